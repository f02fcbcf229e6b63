"""What several commands do: read the data, speak to the user, turn errors into exit codes."""

from __future__ import annotations

import json
import sys
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import wraps
from multiprocessing import get_context
from pathlib import Path
from typing import Any, ParamSpec

import click

from plfkit.cli.options import Data, choose_language
from plfkit.disclosure import Released
from plfkit.disclosure.gate import ALONE
from plfkit.errors import (
    MeasureError,
    MissingDataWarning,
    NoDataError,
    NotComparableError,
    PeriodError,
    PlfkitError,
    StoreError,
    UnknownProfileError,
)
from plfkit.hints import Hint
from plfkit.model.records.organisation import Organisation
from plfkit.periods import Period, SchoolYear
from plfkit.profiles import Profile
from plfkit.sources import find_profile_name

P = ParamSpec("P")
REFUSED, MISUSED = 1, 2
_MISUSE = (MeasureError, PeriodError, UnknownProfileError)


def catch_errors(command: Callable[P, None]) -> Callable[P, None]:
    """Turn plfkit's errors into a message and an exit code."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("always", MissingDataWarning)
                warnings.showwarning = _show_warning
                command(*args, **kwargs)
        except NotComparableError as error:
            notify_user(error.say(language=choose_language(), audience="command_line"))
            sys.exit(REFUSED)
        except PlfkitError as error:
            notify_user(error.say(language=choose_language(), audience="command_line"))
            sys.exit(MISUSED if isinstance(error, _MISUSE) else REFUSED)

    return run


def _show_warning(message: Warning | str, *_where: Any, **_more: Any) -> None:
    """Tell the user of a warning, without saying where in the code it was given."""
    notify_user(str(message))


@contextmanager
def prepare_chance(draws: int, seed: int, workers: int) -> Iterator[dict[str, Any]]:
    """Return the keywords that say how chance is used, with processes as long as they are needed."""
    chance: dict[str, Any] = {"draws": draws, "seed": seed}
    if workers == 1:
        yield chance
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as executor:
        yield {**chance, "executor": executor}


def load_data(data: Data, *periods: str | None) -> tuple[Organisation, Profile]:
    """Read the data, and tell of what a reader should know beforehand.

    Args:
        data: What to read.
        periods: What the command is asked about; None for the latest school year.

    Raises:
        NoDataError: The data tell nothing of one of the periods.
    """
    if data.path is not None:
        notify_user(f"reading {data.path}")
    organisation, profile = data.read()
    written_for = None if data.path is None else find_profile_name(data.path)
    if written_for is not None and written_for != profile.vocabulary.profile:
        notify_user(
            f"the data were written for the profile {written_for}, and you ask for {profile.id}"
        )
    if organisation.synthetic:
        notify_user(f"this is an example: {name_organisation(organisation)}")
    if profile.purpose is None:
        notify_user(
            f"the profile {profile.id} does not say what data about colleagues are used for: "
            "a profile's [purpose] does"
        )
    for at in periods:
        if at is None:
            _notify_quiet_year(organisation)
        else:
            _refuse_unknown_period(organisation, at)
    return organisation, profile


def _notify_quiet_year(organisation: Organisation) -> None:
    """Say so where nothing was asked and nothing took place in the latest year, but before."""
    known = [table.column("date") for table in (organisation.surveys, organisation.events)]
    days = [max(filter(None, column.tolist())) for column in known if not column.missing.all()]
    latest = organisation.latest_period
    if days and (year := SchoolYear.of(max(days)).period) != latest:
        notify_user(
            f"this is about {latest}, in which something begins; nothing was asked, and nothing took "
            f"place, later than {year}: --at {year} is about that"
        )


def _refuse_unknown_period(organisation: Organisation, at: str) -> None:
    if Period.parse(at).overlaps(organisation.span):
        return
    raise NoDataError(Hint("periods.unknown", at=at, years=_name_known_years(organisation)))


def _name_known_years(organisation: Organisation) -> Hint | str:
    """Name the school years from the first to the latest that the data tell of."""
    span = organisation.span
    first = "" if span.start is None else str(SchoolYear.of(span.start))
    latest = str(organisation.latest_period)
    return latest if first == latest else Hint("periods.years", first=first, last=latest)


def name_organisation(organisation: Organisation) -> str:
    """Return what data are called on the command line."""
    known = organisation.title
    return "data without a title" if known is None else known.da


def notify_user(message: str) -> None:
    """Tell the user something that is not data."""
    click.echo(f"plfkit: {message}", err=True)


def notify_judgement(released: Released[Any]) -> None:
    """Say beside what was judged what is shown, and how much of it is not told."""
    if released.purpose is not None:
        return
    if released.judged == ALONE:
        notify_user(
            "judged alone: without --ledger nobody knows what follows from it and what was "
            "published before"
        )
    if released.standing:
        notify_user(
            f"{released.standing} figures stand as they were told before: the people are not "
            "quite the same"
        )
    if released.small or released.others:
        notify_user(
            f"{released.small} figures are not told because they are of few people, "
            f"{released.others} because they would tell of others"
        )


def refuse_existing(path: Path) -> None:
    """Refuse to write over what somebody may need.

    Raises:
        StoreError: Something stands there, and it is no empty folder.
    """
    if path.is_dir() and not any(path.iterdir()):
        return
    if path.exists():
        raise StoreError(f"{path} exists: give another name, or move it away")


def print_json(document: Any) -> None:
    """Print a document as JSON, which knows no NaN."""
    click.echo(json.dumps(document, ensure_ascii=False, allow_nan=False, indent=2))
