"""Many municipalities, each in a folder of its own: read one at a time, assessed and released."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Executor
from datetime import date
from os import PathLike
from pathlib import Path

from attrs import frozen

from plfkit.disclosure.comparing import find_strictest_floor
from plfkit.disclosure.gate import release
from plfkit.disclosure.ledger import open_ledger
from plfkit.disclosure.released import Released
from plfkit.door.reading import read
from plfkit.errors import DisclosureError, PlfkitError
from plfkit.goals.assess import YEARS_BACK, assess
from plfkit.goals.scorecard import Scorecard
from plfkit.hints import Hint
from plfkit.model.declared.declarations import PrivacyFloor
from plfkit.periods import Period
from plfkit.pieces import run_pieces
from plfkit.profiles import Profile
from plfkit.progress import Progress
from plfkit.requiring import require_instance

FolderPath = str | PathLike[str]


@frozen
class ReleasedFolders:
    """What came of the folders of several municipalities.

    Attributes:
        released: The released scorecards, by the names of the municipalities, in the order of the folders.
        refused: Why the others have none, by name: files with faults, a ledger that is none.
    """

    released: Mapping[str, Released[Scorecard]]
    refused: Mapping[str, PlfkitError]


def release_folders(  # noqa: PLR0913 - a declaration each
    folders: Mapping[str, FolderPath],
    profile: Profile | Mapping[str, Profile],
    *,
    at: str | date | Period | None = None,
    years_back: int = YEARS_BACK,
    floor: PrivacyFloor | None = None,
    ledgers: Mapping[str, FolderPath] | None = None,
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> ReleasedFolders:
    """Read, assess and release municipalities, one at a time.

    Of no more than one municipality there are data in memory, or of one for each worker of an executor. Only
    paths and profiles go to workers, and only what may be seen comes back. A folder with faults keeps no
    other from being released.

    Args:
        folders: The folder or workbook of each municipality, by its name, as `plfkit.read` takes it.
        profile: What they want to know: one profile for all, or each one's own by its name.
        at: The period; the latest school year of each municipality if left out.
        years_back: How many earlier years trends show.
        floor: The thresholds; the strictest of the profiles if left out, as `plfkit.compare` needs them.
        ledgers: The file of each municipality's ledger, by its name; those without one are judged alone.
        executor: Where: any `concurrent.futures.Executor`; here if left out. What is told is the same.
        progress: What is called after each municipality: how many are done, and how many there are.

    Returns:
        The released scorecards by name, and of those that could not be read or assessed the reason.

    Raises:
        DisclosureError: A ledger is named for a municipality that has no folder, or for two.
        KeyError: A municipality has no profile.

    Examples:
        >>> from plfkit.profiles import load_profile
        >>> found = release_folders({"Nord": "there-is-no-such-folder"}, load_profile("generic"))
        >>> {name: error.faults[0].code for name, error in found.refused.items()}
        {'Nord': 'no_folder'}
    """
    require_instance(folders, Mapping)
    require_instance(profile, Profile, Mapping)
    ledgers = ledgers or {}
    _require_own_ledgers(folders, ledgers)
    if not folders:
        return ReleasedFolders({}, {})
    profiles = {
        name: profile if isinstance(profile, Profile) else profile[name] for name in folders
    }
    strictest = find_strictest_floor([one.privacy for one in profiles.values()])
    pieces = [
        _Folder(
            path=path,
            profile=profiles[name],
            at=at,
            years_back=years_back,
            floor=floor or strictest,
            ledger=ledgers.get(name),
        )
        for name, path in folders.items()
    ]
    released: dict[str, Released[Scorecard]] = {}
    refused: dict[str, PlfkitError] = {}
    for name, told in zip(folders, run_pieces(_release_folder, pieces, executor), strict=True):
        if isinstance(told, PlfkitError):
            refused[name] = told
        else:
            released[name] = told
        if progress is not None:
            progress(len(released) + len(refused), len(folders))
    return ReleasedFolders(released, refused)


def _require_own_ledgers(
    folders: Mapping[str, FolderPath], ledgers: Mapping[str, FolderPath]
) -> None:
    """Refuse a ledger that nobody would look into, and one into which two municipalities would write.

    A name that is misspelt would leave a municipality judged alone, and nobody would know.
    """
    if strangers := ledgers.keys() - folders.keys():
        raise DisclosureError(Hint("disclosure.ledger_of_nobody", name=min(strangers)))
    named: dict[Path, str] = {}
    for name, path in ledgers.items():
        other = named.setdefault(Path(path).resolve(), name)
        if other != name:
            raise DisclosureError(Hint("disclosure.ledger_of_two", name=name, other=other))


@frozen(kw_only=True)
class _Folder:
    path: FolderPath
    profile: Profile
    at: str | date | Period | None
    years_back: int
    floor: PrivacyFloor
    ledger: FolderPath | None


def _release_folder(folder: _Folder) -> Released[Scorecard] | PlfkitError:
    """Read, assess and release one municipality, or say why it cannot be."""
    profile = folder.profile
    try:
        town = read(folder.path, profile=profile)
        card = assess(town, profile, at=folder.at, years_back=folder.years_back)
        ledger = None if folder.ledger is None else open_ledger(folder.ledger)
        return release(card, floor=folder.floor, ledger=ledger)
    except PlfkitError as error:
        return error
