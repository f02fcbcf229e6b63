"""What several commands do: read the data, tell of what a reader should know, use chance."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from plfkit.cli.options import Data
from plfkit.cli.speaking import choose_language, notify_user, say_words
from plfkit.errors import NoDataError, StoreError
from plfkit.hints import Hint

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from plfkit.disclosure import Released
    from plfkit.model.records.organisation import Organisation
    from plfkit.profiles import Profile


@contextmanager
def prepare_chance(draws: int, seed: int, workers: int) -> Iterator[dict[str, Any]]:
    """Return the keywords that say how chance is used, with processes as long as they are needed."""
    with start_workers(workers) as executor:
        yield {"draws": draws, "seed": seed, "executor": executor}


@contextmanager
def start_workers(count: int) -> Iterator[Executor | None]:
    """Return processes as long as they are needed; None where this one is to do the work alone."""
    if count == 1:
        yield None
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    with ProcessPoolExecutor(count, mp_context=get_context("spawn")) as executor:
        yield executor


def load_data(data: Data, profile: Profile, *periods: str | None) -> Organisation:
    """Read the data, and tell of what a reader should know beforehand.

    Args:
        data: What to read.
        profile: In whose words.
        periods: What the command is asked about; None for the latest school year.

    Raises:
        PeriodError: A text is no period.
        NoDataError: The data tell nothing of one of the periods.
    """
    from plfkit.periods import Period

    asked = [None if at is None else Period.parse(at) for at in periods]
    if data.path is not None:
        notify_user("reading", path=str(data.path))
    organisation = data.read(profile)
    written_for = data.find_written_profile()
    if written_for is not None and written_for != profile.vocabulary.profile:
        notify_user("written_for", written=written_for, asked=profile.id)
    if organisation.synthetic:
        notify_user("example", title=name_organisation(organisation))
    if profile.purpose is None:
        notify_user("no_purpose", profile=profile.id)
    for at, period in zip(periods, asked, strict=True):
        if period is None:
            _notify_quiet_year(organisation)
        elif not period.overlaps(organisation.span):
            raise NoDataError(Hint("periods.unknown", at=at, years=_name_known_years(organisation)))
    return organisation


def _notify_quiet_year(organisation: Organisation) -> None:
    """Say so where nothing was asked and nothing took place in the latest year, but before."""
    from plfkit.periods import SchoolYear

    known = [table.column("date") for table in (organisation.surveys, organisation.events)]
    days = [max(filter(None, column.tolist())) for column in known if not column.missing.all()]
    latest = organisation.latest_period
    if days and (year := SchoolYear.of(max(days)).period) != latest:
        notify_user("quiet_year", latest=str(latest), year=str(year))


def notify_untold_years(organisation: Organisation, at: str, years_back: int) -> None:
    """Say why years are left out whose rows know those who are still there, and nobody else.

    Args:
        organisation: The data.
        at: The period that was asked about.
        years_back: How many years before it were asked about.
    """
    from plfkit.periods import Period, SchoolYear

    first, begin, start = organisation.told_from, organisation.span.start, Period.parse(at).start
    if first is None or begin is None or start is None:
        return
    if begin < first and SchoolYear.of(start).first - years_back < first.year:
        notify_user("untold_years", year=str(SchoolYear.of(first)))


def _name_known_years(organisation: Organisation) -> Hint | str:
    """Name the school years from the first to the latest that the data tell of."""
    from plfkit.periods import SchoolYear

    span = organisation.span
    first = "" if span.start is None else str(SchoolYear.of(span.start))
    latest = str(organisation.latest_period)
    return latest if first == latest else Hint("periods.years", first=first, last=latest)


def name_organisation(organisation: Organisation) -> str:
    """Return what data are called on the command line."""
    known = organisation.title
    return say_words("notice.untitled") if known is None else known[choose_language()]


def notify_judgement(released: Released[Any]) -> None:
    """Say beside what was judged what is shown, and how much of it is not told."""
    from plfkit.disclosure.released import ALONE

    if released.purpose is not None:
        return
    if released.judged == ALONE:
        notify_user("alone")
    if released.standing:
        notify_user("standing", count=released.standing)
    if released.small or released.others:
        notify_user("not_told", small=released.small, others=released.others)


def refuse_existing(path: Path) -> None:
    """Refuse to write over what somebody may need.

    Raises:
        StoreError: Something stands there, and it is no empty folder.
    """
    if path.is_dir() and not any(path.iterdir()):
        return
    if path.exists():
        raise StoreError(Hint("files.exists", path=str(path)))
