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
from typing import Any, ParamSpec

import click

from plfkit.cli.options import Data
from plfkit.errors import (
    MeasureError,
    MissingDataWarning,
    NotComparableError,
    PeriodError,
    PlfkitError,
    UnknownProfileError,
)
from plfkit.model.organisation import Organisation
from plfkit.periods import Period
from plfkit.profiles import Profile
from plfkit.sources import profile_of

P = ParamSpec("P")
REFUSED, MISUSED = 1, 2
_MISUSE = (MeasureError, PeriodError, UnknownProfileError)


def guarded(command: Callable[P, None]) -> Callable[P, None]:
    """Turn plfkit's errors into a message and an exit code."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("always", MissingDataWarning)
                warnings.showwarning = _told
                command(*args, **kwargs)
        except NotComparableError as error:
            click.echo(f"plfkit: {error}", err=True)
            sys.exit(REFUSED)
        except PlfkitError as error:
            click.echo(f"plfkit: {error}", err=True)
            sys.exit(MISUSED if isinstance(error, _MISUSE) else REFUSED)

    return run


def _told(message: Warning | str, *_where: Any, **_more: Any) -> None:
    """Tell the user of a warning, without saying where in the code it was given."""
    notify(str(message))


@contextmanager
def drawing(draws: int, seed: int, workers: int) -> Iterator[dict[str, Any]]:
    """Return the keywords that say how chance is used, with processes as long as they are needed."""
    chance: dict[str, Any] = {"draws": draws, "seed": seed}
    if workers == 1:
        yield chance
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as executor:
        yield {**chance, "executor": executor}


def load(data: Data, at: str | None) -> tuple[Organisation, Profile]:
    """Read the data, and tell of what a reader should know beforehand."""
    if data.path is not None:
        notify(f"reading {data.path}")
    organisation, profile = data.read()
    written_for = None if data.path is None else profile_of(data.path)
    if written_for is not None and written_for != profile.vocabulary.profile:
        notify(f"the data were written for the profile {written_for}, and you ask for {profile.id}")
    if organisation.synthetic:
        notify(f"this is an example: {title(organisation)}")
    if profile.purpose is None:
        notify(
            f"the profile {profile.id} does not say what data about colleagues are used for: "
            "a profile's [purpose] does"
        )
    latest = organisation.latest_period
    if at is not None and latest.end is not None and Period.parse(at).starts_after(latest):
        notify(f"nothing in the data is dated later than {latest}: {at} shows what is still open")
    return organisation, profile


def title(organisation: Organisation) -> str:
    """Return what data are called on the command line."""
    known = organisation.title
    return "data without a title" if known is None else known.da


def notify(message: str) -> None:
    """Tell the user something that is not data."""
    click.echo(f"plfkit: {message}", err=True)


def print_json(document: Any) -> None:
    """Print a document as JSON, which knows no NaN."""
    click.echo(json.dumps(document, ensure_ascii=False, allow_nan=False, indent=2))
