"""Tables with a row for each respondent: questions about colleagues, and questions on a scale."""

from __future__ import annotations

import re
from collections.abc import Sequence

from attrs import define

from plfkit.sources.drafting.columns import SeenColumn, gather_answers
from plfkit.sources.drafting.edges import ask_relation, offer_half
from plfkit.sources.drafting.identity import (
    AnsweredColumn,
    Identity,
    find_identity,
    is_anonymous,
    write_answered,
    write_person,
)
from plfkit.sources.drafting.networks import (
    ColleagueQuestion,
    NamedQuestion,
    find_colleagues,
    find_named,
    write_colleagues,
    write_named,
)
from plfkit.sources.drafting.scales import ScaleQuestion, find_scale_questions, write_scale
from plfkit.sources.drafting.sketching import Sketch, is_titled
from plfkit.sources.drafting.writing import Page

_MOST_VALUES = 12
_MOST_NAMED = 3  # a usual limit, for a person to mend
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
Network = NamedQuestion | ColleagueQuestion


@define
class _Answers:
    """What a table with a row for each respondent holds."""

    identity: Identity
    networks: Sequence[Network]
    scales: Sequence[ScaleQuestion]
    first_day: str | None = None

    @property
    def questions(self) -> list[Network | ScaleQuestion]:
        """The questions, in the order of their columns."""
        questions = [*self.networks, *self.scales]
        return sorted(questions, key=lambda question: question.columns[0].number)

    @property
    def columns(self) -> list[SeenColumn]:
        """The columns that hold answers."""
        return [column for question in self.questions for column in question.columns]


def plan_respondents(sketch: Sketch, take: int) -> list[Page]:
    """Write the takes of a table with a row for each respondent; none if it has no questions.

    Args:
        sketch: The table.
        take: The number of the first take.
    """
    first_day = _find_first_answer_day(sketch.table.columns)
    _settle_needless(sketch)
    answers = _find_answers(sketch)
    answers.first_day = first_day
    if not (questions := answers.questions):
        return _plan_interviews(sketch, take, answers)
    numbers = range(take, take + len(questions))
    pages = [sketch.start_page(number) for number in numbers]
    for page, question in zip(pages, questions, strict=True):
        page.put("", "kind", "scale" if isinstance(question, ScaleQuestion) else "network")
    shared = pages[0] if len(pages) == 1 else sketch.start_page(None, "[common]")
    _write_respondents(shared, sketch, answers)
    for page, question in zip(pages, questions, strict=True):
        _write_question(page, sketch, question)
    return pages if shared is pages[0] else [shared, *pages]


def _plan_interviews(sketch: Sketch, take: int, answers: _Answers) -> list[Page]:
    """Write who was interviewed, whose answers stand in other files by another id; nothing without one."""
    also = sketch.list_titled("also")[:1]
    if not also or not answers.identity.candidates:
        return []
    page = sketch.start_page(take)
    page.put("", "kind", "network")
    answers.identity = find_identity(sketch, is_person_needed=True)
    for column in also:
        page.put("columns", "also", column.title)
    sketch.settle(also, "also", "also")
    _write_respondents(page, sketch, answers)
    _ask_survey(page)
    ask_relation(page, sketch, "survey")
    return [page]


def _ask_survey(page: Page) -> None:
    page.ask("survey", "id", "ask.survey_id")
    page.offer("survey", "id", "")


def _settle_needless(sketch: Sketch) -> None:
    """Set aside what survey tools write, and who answered where nobody was to say so."""
    sketch.ignore_if(lambda c: is_titled(c, "cpr"), "cpr")
    sketch.ignore_if(lambda c: is_titled(c, "total"), "total")
    sketch.ignore_if(lambda c: is_titled(c, "ignore") and not is_titled(c, "answered"), "tool")
    known = [c for c in sketch.left if is_titled(c, "number") and sketch.people.fits_column(c)]
    sketch.ignore_if(lambda c: is_titled(c, "number") and c not in known, "tool")
    sketch.ignore_if(
        lambda c: is_titled(c, "name", "address", "person", "employee") and is_anonymous(c),
        "anonymous",
    )


def _find_answers(sketch: Sketch) -> _Answers:
    """Find who answered, and what; whose row it is must be known where colleagues are named."""
    guess = find_identity(sketch, is_person_needed=True)
    own = {column for columns in guess.candidates for column in columns}
    sketch.left = [column for column in sketch.left if column not in own]
    _settle_repeated_choices(sketch)
    networks: list[Network] = [*find_colleagues(sketch, guess), *find_named(sketch, guess)]
    set_aside = sketch.list_titled("answered", "status", "unit", "date", "community")
    sketch.left = [column for column in sketch.left if column not in set_aside]
    scales = find_scale_questions(sketch)
    sketch.left = [c for c in sketch.table.columns if c not in sketch.fates]
    identity = find_identity(sketch, is_person_needed=bool(networks))
    return _Answers(identity, networks, scales)


def _settle_repeated_choices(sketch: Sketch) -> None:
    """Set aside columns that tell once more what one column tells: a choice each, ticked or not."""
    titles = {column.title for column in sketch.left}
    again = [
        column
        for column in sketch.left
        if column.title.rpartition("/")[0] in titles and column.is_all("whole")
    ]
    sketch.settle(again, "again")


def _find_first_answer_day(columns: Sequence[SeenColumn]) -> str | None:
    """Return the first day on which an answer was sent in, where it is sure."""
    days = [
        found[0]
        for column in columns
        if is_titled(column, "ignore", "answered") and column.is_all("moment", "day")
        for answer in column.answers
        if (found := _ISO_DAY.match(answer))
    ]
    return min(days, default=None)


def _write_respondents(page: Page, sketch: Sketch, answers: _Answers) -> None:
    """Write who answered and what is to be decided about rows: once for all questions of a table."""
    if page.take is None:
        page.say("", "tell.common")
    identity, networks = answers.identity, answers.networks
    if not networks and not identity.others and identity.chosen is None:
        page.say("columns", "tell.unlinked")
    else:
        keys = ["person"] if networks or identity.chosen else ["person", "respondent"]
        write_person(page, sketch, identity, keys)
    answered = write_answered(page, sketch)
    if identity.candidates:
        _ask_who_was_asked(page)
        _ask_about_rows(page, sketch, answers, answered)
    _offer_parts(page, sketch)
    for column in sketch.list_titled("status"):
        write_only(page, sketch, column)
    page.ask("survey", "date", "ask.date_seen" if answers.first_day else "ask.date")
    page.offer("survey", "date", answers.first_day or "")
    page.ask("survey", "unit", "ask.survey_unit")
    page.offer("survey", "unit", "")


def _ask_who_was_asked(page: Page) -> None:
    page.ask("", "asked", "ask.asked")
    for value in ("staff", "rows"):
        page.offer("", "asked", value, page.words(f"asked.{value}"))
    page.offer("", "asked", ["spurgte.csv"], page.words("asked.file"))


def _ask_about_rows(
    page: Page, sketch: Sketch, answers: _Answers, answered: AnsweredColumn | None
) -> None:
    """Ask what rows mean that may mean two things; where there is none, nothing is asked."""
    has_many_rows = any(question.item is not None for question in answers.scales)
    if not has_many_rows and (count := answers.identity.count_repeated()):
        page.ask("", "repeated", "ask.repeated", count=count)
        page.offer("", "repeated", "last", page.words("repeated.last"))
        page.offer("", "repeated", "first", page.words("repeated.first"))
    if answered is not None:
        count = _count_half_rows(answers, answered)
        offer_half(page, "ask.half" if count else "ask.half_maybe", count)
    elif count := _count_blank_rows(answers):
        page.ask("", "nothing", "ask.nothing", count=count)
        for value in ("answered", "silent"):
            page.offer("", "nothing", value, page.words(f"nothing.{value}"))
    if any(_has_self_naming(sketch, question, answers) for question in answers.networks):
        page.ask("", "self", "ask.self")
        page.offer("", "self", "drop", page.words("self.drop"))


def _count_half_rows(answers: _Answers, answered: AnsweredColumn) -> int:
    """Count the rows that have answers and no mark that somebody answered."""
    has_answers = map(any, zip(*(c.texts for c in answers.columns), strict=True))
    marks = answered.list_marks() if answers.columns else ()
    return sum(found and not mark for mark, found in zip(marks, has_answers, strict=True))


def _count_blank_rows(answers: _Answers) -> int:
    """Count the rows without an answer to a question, that with most of them."""
    parts = [zip(*(c.texts for c in q.columns), strict=True) for q in answers.questions]
    return max(sum(not any(row) for row in rows) for rows in parts)


def _has_self_naming(sketch: Sketch, question: Network, answers: _Answers) -> bool:
    """Tell whether anybody names themselves, or whether nobody can know: initials are no names."""
    find_people = sketch.people.people.find_people
    rows = [find_people(text) for text in answers.identity.list_rows()]
    if not any(rows) or isinstance(question, ColleagueQuestion):
        return True
    for column in question.columns:
        for own, cell in zip(rows, column.texts, strict=True):
            pieces = cell.split(question.split) if question.split else [cell]
            if own and own in map(find_people, pieces):
                return True
    return False


def _offer_parts(page: Page, sketch: Sketch) -> None:
    """Offer what may part a survey: a unit, a team or a day for each row."""
    for key in ("unit", "date", "community"):
        for column in sketch.list_titled(key):
            page.ask("columns", key, f"ask.part_{key}", column=column.title)
            sketch.offer_columns(page, key, [column])
            sketch.settle([column], "part", is_open=True)


def write_only(page: Page, sketch: Sketch, column: SeenColumn) -> None:
    """Ask which rows are taken, by what a column holds; where all hold the same, it is sure."""
    table = f"only.{column.title}"
    counts = gather_answers([column])
    values = [value for value in counts if not sketch.people.has_person(value)]
    if len(column.answers) == 1 and column.filled == len(column.cells) and values:
        page.say(table, "tell.only_one")
        page.put(table, values[0], value=True)
        sketch.settle([column], "only", "only")
        return
    page.ask(table, "", "ask.only", column=column.title)
    for value in values[:_MOST_VALUES]:
        page.offer(table, value, value=True, note=page.words("tell.cells", count=counts[value]))
    sketch.settle([column], "only", "only", is_open=True)


def _write_question(page: Page, sketch: Sketch, question: Network | ScaleQuestion) -> None:
    _ask_survey(page)
    if isinstance(question, ScaleQuestion):
        write_scale(page, sketch, question)
        return
    page.ask("survey", "max_ties", "ask.max_ties")
    page.offer("survey", "max_ties", _MOST_NAMED)
    ask_relation(page, sketch, "survey")
    if isinstance(question, NamedQuestion):
        write_named(page, sketch, question)
    else:
        write_colleagues(page, sketch, question)
