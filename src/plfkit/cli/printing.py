"""How results are printed, in every form, and what a reader should know beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plfkit.cli.output import Output, Reply, deliver
from plfkit.cli.speaking import choose_language, notify_user
from plfkit.model.words.notes import Note
from plfkit.model.words.reasons import Reason

if TYPE_CHECKING:
    from plfkit.disclosure import Released
    from plfkit.model.records.organisation import Organisation
    from plfkit.model.results.result import Result


def print_result(released: Released[Result], output: Output, organisation: Organisation) -> None:
    """Print a released result; what a reader should know beside it goes to stderr."""
    from plfkit.report.documents import to_document
    from plfkit.report.glances import show_result
    from plfkit.report.rows import list_released

    _notify_reader(released)
    language = choose_language()
    example = organisation.title if organisation.synthetic else None
    about = {
        "example": organisation.synthetic,
        "title": None if example is None else example[language],
    }
    reply = Reply(
        document=lambda: {**about, **to_document(released)},
        listings=lambda: list_released(released, example),
        glance=lambda: show_result(released, language, example),
    )
    deliver(reply, output)


def _notify_reader(released: Released[Result]) -> None:
    """Tell what is withheld, why single persons are shown, and whether the work was interrupted."""
    if any(row.reason == Reason.WITHHELD for row in released.content):
        notify_user("withheld")
    if released.purpose is not None:
        notify_user("identified", purpose=released.purpose)
    if missing := released.content.notes.get(Note.DRAWS_MISSING):
        notify_user("interrupted", missing=missing)
