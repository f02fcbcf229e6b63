"""Lists of meetings: a row for each, or for each who was there."""

from __future__ import annotations

from plfkit.sources.drafting.columns import SeenColumn, gather_answers
from plfkit.sources.drafting.knowing import read_mark
from plfkit.sources.drafting.networks import write_marks
from plfkit.sources.drafting.people import looks_like_name
from plfkit.sources.drafting.sketching import Sketch, is_titled, show_rows
from plfkit.sources.drafting.writing import Page

_KEYS = ("kind", "community", "hours", "headcount", "artefact", "unit")
_MOST_WORDS = 40
_MOST_MARKS = 6


def is_meeting_list(sketch: Sketch) -> bool:
    """Tell whether a table lists meetings: days, with what meetings have and surveys have not."""
    if _has_joins(sketch):
        return True
    dates = sketch.list_titled("date")
    facts = sketch.list_titled("kind", "present", "headcount", "artefact", "hours")
    return len(dates) == 1 and bool(facts) and not sketch.list_titled("role")


def _has_joins(sketch: Sketch) -> bool:
    """Tell whether a table tells who joined a meeting online, and when."""
    titles = {column.title.casefold() for column in sketch.left}
    return bool(titles & {"first join", "in-meeting duration"})


def plan_meetings(sketch: Sketch, take: int) -> list[Page]:
    """Write the take of a list of meetings.

    Args:
        sketch: The table.
        take: The number of the take.
    """
    page = sketch.start_page(take)
    page.put("", "kind", "meetings")
    page.ask("", "id", "ask.meeting_id")
    page.offer("", "id", "")
    if _has_joins(sketch):
        _write_joins(page, sketch)
    else:
        _write_meetings(page, sketch)
    sketch.ignore_if(lambda c: is_titled(c, "ignore", "address"), "tool")
    sketch.ignore_if(lambda c: is_titled(c, "total"), "total")
    page.ask("", "complete", "ask.complete")
    sketch.has_periods = True
    return [page]


def _write_joins(page: Page, sketch: Sketch) -> None:
    """Write who was there, a row each; which meeting it was is not in the table."""
    for key, meaning in (("person", "name"), ("role", "meeting_role")):
        for column in sketch.list_titled(meaning)[:1]:
            page.put("columns", key, column.title)
            sketch.settle([column], key, key)
            if key == "role":
                _list_meeting_words(page, sketch, "role", column, "participation_roles")
    for key in ("event", "date", "kind", "unit", "community", "hours"):
        page.ask("every", key, f"ask.meeting_{key}")
        page.offer("every", key, "")


def _write_meetings(page: Page, sketch: Sketch) -> None:
    (date,) = sketch.list_titled("date")
    page.put("columns", "date", date.title)
    sketch.settle([date], "date", "date")
    found = {key: columns[0] for key in _KEYS if (columns := sketch.list_titled(key))}
    for key, column in found.items():
        page.put("columns", key, column.title)
        sketch.settle([column], key, key)
    if "kind" in found:
        _list_meeting_words(page, sketch, "kind", found["kind"], "event_kinds")
    else:
        page.ask("every", "kind", "ask.meeting_kind")
        page.list_choices("every", sketch.label_words("event_kinds"))
        page.offer("every", "kind", "")
    if "community" in found:
        teams = sketch.find_rows(found["community"])
        page.ask("words.community", "", "ask.words_community", count=len(teams))
        for word in list(teams)[:_MOST_WORDS]:
            if sketch.may_show(word):
                page.offer("words.community", word, "")
    else:
        page.ask("every", "community", "ask.meeting_community")
        page.offer("every", "community", "")
    if "unit" not in found:
        page.ask("every", "unit", "ask.meeting_unit")
        page.offer("every", "unit", "")
    _write_present(page, sketch)


def _list_meeting_words(
    page: Page, sketch: Sketch, key: str, column: SeenColumn, section: str
) -> None:
    """List the words of a column that the vocabulary does not know."""
    words = sketch.find_rows(column)
    unknown = {
        word: rows for word, rows in words.items() if not sketch.vocabulary.resolve(section, word)
    }
    if not unknown:
        return
    page.ask(f"words.{key}", "", "ask.words_kind", count=len(unknown))
    page.say(
        f"words.{key}", "tell.known_words", known=", ".join(sketch.vocabulary.section(section))
    )
    for word, rows in list(unknown.items())[:_MOST_WORDS]:
        if sketch.may_show(word):
            note = sketch.words("tell.rows", rows=show_rows(rows))
            page.offer(f"words.{key}", word, "", note)


def _write_present(page: Page, sketch: Sketch) -> None:
    """Write who was there: names in a cell, or a column for each person."""
    for column in sketch.list_titled("present")[:1]:
        page.put("columns", "named", column.title)
        sketch.settle([column], "named", "named")
        if any(";" in answer for answer in column.answers):
            page.put("split", "named", ";")
        elif any("," in answer for answer in column.answers):
            page.ask("split", "named", "ask.split")
            page.offer("split", "named", ",")
    people = [c for c in sketch.left if _is_ticked(sketch, c)]
    if len(people) > 1:
        page.say("columns", "tell.colleagues", count=len(people))
        page.put("columns", "colleagues", "*")
        write_marks(page, sketch, people)
        sketch.settle(people, "colleague", "colleagues")
        sketch.stars |= dict.fromkeys(people, "*")


def _is_ticked(sketch: Sketch, column: SeenColumn) -> bool:
    """Tell whether a column is about somebody, with a mark for each meeting."""
    answers = gather_answers([column])
    is_marked = any(read_mark(answer) for answer in answers) and len(answers) <= _MOST_MARKS
    return is_marked and (sketch.people.has_person(column.title) or looks_like_name(column.title))
