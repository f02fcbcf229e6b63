"""Questions about colleagues: columns that hold names, and columns that are about one colleague each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

from attrs import evolve, frozen

from plfkit.sources.drafting.columns import SeenColumn, TitleFamily, find_families, gather_answers
from plfkit.sources.drafting.identity import Identity
from plfkit.sources.drafting.knowing import find_scales, has_never, is_no_answer, read_mark
from plfkit.sources.drafting.people import ENOUGH, looks_like_name
from plfkit.sources.drafting.scales import choose_scale, is_scale_like
from plfkit.sources.drafting.sketching import Sketch, is_titled
from plfkit.sources.drafting.writing import Page
from plfkit.sources.importing.people import split_name

DASH = "-"
"""What often stands for nothing; whether it does is asked once for the file."""
_SIGNS = (";", "|", ",", "/", " ")
_MOST_MARKS = 12
_FREE_STARS = {"other", "andet", "andre", "comment", "kommentar"}


@frozen
class NamedQuestion:
    """Columns whose cells hold those who were named.

    Attributes:
        titles: The columns, as a mapping names them.
        columns: The columns.
        split: What stands between several in one cell.
        is_split_sure: Whether that is sure.
        weights: Columns that may hold strengths.
        is_one: Whether the columns belong together for sure.
    """

    titles: str | list[str]
    columns: tuple[SeenColumn, ...]
    split: str | None = None
    is_split_sure: bool = True
    weights: TitleFamily | None = None
    is_one: bool = True


@frozen
class ColleagueQuestion:
    """Columns that are about one colleague each.

    Attributes:
        pattern: Their titles, ``*`` for the colleague.
        columns: The columns.
        is_sure: Whether they are known to be about colleagues.
        marks_are_names: Whether each cell repeats who the column is about.
    """

    pattern: str
    columns: tuple[SeenColumn, ...]
    is_sure: bool
    marks_are_names: bool


def find_colleagues(sketch: Sketch, identity: Identity) -> list[ColleagueQuestion]:
    """Find columns that are about one colleague each, and take them."""
    found = []
    own = identity.collect_names()
    for family in find_families(sketch.left):
        stars = family.stars
        names = {c: s for c, s in stars.items() if s.casefold() not in _FREE_STARS}
        known = sum(_is_somebody(sketch, star, own) for star in names.values())
        repeats = all(set(c.answers) <= {s} for c, s in names.items()) and any(
            column.filled for column in names
        )
        is_sure = known * 2 > len(names) or repeats
        if is_sure or _are_marks(names):
            others = [column for column in stars if column not in names]
            sketch.settle(others, "free")
            sketch.settle(names, "colleague", "colleagues", is_open=not is_sure)
            sketch.stars |= dict.fromkeys(names, family.pattern)
            found.append(ColleagueQuestion(family.pattern, tuple(names), is_sure, repeats))
    plain = [
        c
        for c in sketch.left
        if _is_somebody(sketch, c.title, own) and len(c.answers) <= _MOST_MARKS
    ]
    if len(plain) > 1:
        sketch.settle(plain, "colleague", "colleagues")
        sketch.stars |= dict.fromkeys(plain, "*")
        found.append(ColleagueQuestion("*", tuple(plain), is_sure=True, marks_are_names=False))
    return found


def _is_somebody(sketch: Sketch, text: str, own: set[tuple[str, ...]]) -> bool:
    return sketch.people.has_person(text) or split_name(text) in own or looks_like_name(text)


def _are_marks(columns: Sequence[SeenColumn] | dict[SeenColumn, str]) -> bool:
    """Tell whether columns hold ticks and nothing else; yes and no in words may be any question."""
    answers = gather_answers(tuple(columns))
    return (
        bool(answers)
        and not find_scales(answers)
        and all(read_mark(a) is not None for a in answers)
    )


def find_named(sketch: Sketch, identity: Identity) -> list[NamedQuestion]:
    """Find columns whose cells hold those who were named, and take them."""
    own = identity.collect_names()
    columns = [column for column in sketch.left if _has_names(sketch, column, own)]
    found: list[NamedQuestion] = []
    for family in find_families(columns):
        weights = _find_weights(sketch, family)
        found.append(NamedQuestion(family.pattern, family.columns, weights=weights))
        columns = [column for column in columns if column not in family.stars]
    single: list[NamedQuestion] = []
    for column in columns:
        sign, is_sure = _find_split(sketch, column)
        if sign is None or not is_sure:
            single.append(NamedQuestion(column.title, (column,), sign, is_sure))
        else:
            found.append(NamedQuestion(column.title, (column,), sign, is_sure))
    found = _join_single(found, single)
    for question in found:
        sketch.settle(question.columns, "named", "named", is_open=not question.is_one)
        if question.weights:
            sketch.settle(question.weights.columns, "weight", "weight", is_open=True)
    return sorted(found, key=lambda question: question.columns[0].number)


def _join_single(
    found: list[NamedQuestion], single: Sequence[NamedQuestion]
) -> list[NamedQuestion]:
    """Join columns of one name each with a family of such: whether they are one question is asked."""
    families = [question for question in found if len(question.columns) > 1]
    if len(single) == 1 and len(families) == 1 and families[0].weights is None:
        (family,), (first,) = families, single
        columns = (*first.columns, *family.columns)
        titles = [str(first.titles), str(family.titles)]
        others = [question for question in found if question is not family]
        return [*others, evolve(first, titles=titles, columns=columns, is_one=False)]
    return [*found, *single]


def _has_names(sketch: Sketch, column: SeenColumn, own: set[tuple[str, ...]]) -> bool:
    """Tell whether the cells of a column hold names: its title asks who, or most are somebody's."""
    if column.is_all("whole", "number", "day", "moment") or is_scale_like([column]):
        return False
    if is_titled(column, "named") and column.filled:
        return not column.is_all("long")
    first = list(islice(column.answers, ENOUGH))
    for sign in (*_SIGNS, None):
        pieces = _split_row_cells(first, sign)
        known = [p for p in pieces if sketch.people.has_person(p) or split_name(p) in own]
        if known and len(known) * 2 > len(pieces):
            return True
    return False


def _split_row_cells(cells: Iterable[str], sign: str | None) -> list[str]:
    """Return what stands between signs in some cells, each once."""
    pieces = (p.strip() for cell in cells for p in (cell.split(sign) if sign else [cell]))
    return list(dict.fromkeys(filter(None, pieces)))


def _find_split(sketch: Sketch, column: SeenColumn) -> tuple[str | None, bool]:
    """Find what stands between several names in a cell, and whether that is sure."""
    if any(";" in answer for answer in column.answers):
        return ";", True
    with_comma = [answer for answer in column.answers if "," in answer]
    if with_comma and sketch.people.count_known(with_comma) == len(with_comma):
        return None, True  # each of them is one person, surname first
    whole = sketch.people.count_known(column.answers)
    for sign in _SIGNS:
        pieces = _split_row_cells(column.answers, sign)
        found = sketch.people.count_known(pieces)
        if len(pieces) > len(column.answers) and found > whole and found * 2 > len(pieces):
            return sign, True
    choices = {
        star
        for family in find_families(sketch.table.columns)
        for star in family.stars.values()
        if family.pattern == f"{column.title}/*"
    }
    if choices and set(_split_row_cells(column.answers, " ")) <= choices:
        return " ", True
    return (",", False) if with_comma else (None, True)


def _find_weights(sketch: Sketch, named: TitleFamily) -> TitleFamily | None:
    """Find the columns that may hold the strength of each who was named: filled in where they are."""
    for family in find_families(sketch.left):
        if set(family.stars.values()) == set(named.stars.values()) and not set(family.stars) & set(
            named.stars
        ):
            beside = {star: column for column, star in family.stars.items()}
            pairs = [(column, beside[star]) for column, star in named.stars.items()]
            if is_scale_like(list(beside.values())) and all(_is_within(a, b) for a, b in pairs):
                return family
    return None


def _is_within(named: SeenColumn, weight: SeenColumn) -> bool:
    return all(name or not text for name, text in zip(named.texts, weight.texts, strict=True))


def write_named(page: Page, sketch: Sketch, question: NamedQuestion) -> None:
    """Write a question whose answers are names."""
    if question.is_one:
        page.put("columns", "named", question.titles)
    else:
        page.ask("columns", "named", "ask.one_question")
        page.offer("columns", "named", question.titles)
    _tell_known(page, sketch, question)
    if question.weights is not None:
        page.ask("columns", "weight", "ask.weight", pattern=question.weights.pattern)
        page.offer("columns", "weight", question.weights.pattern)
    if question.split is not None and question.is_split_sure:
        page.say("split", "tell.split")
        page.put("split", "named", question.split)
    elif question.split is not None:
        page.ask("split", "named", "ask.split")
        page.offer("split", "named", question.split)


def _tell_known(page: Page, sketch: Sketch, question: NamedQuestion) -> None:
    """Tell how many of those who were named are known, and who is not if that may be shown."""
    if sketch.people.is_empty:
        return
    pieces = sorted(
        {p for c in question.columns for p in _split_row_cells(c.answers, question.split)}
    )
    found = sketch.people.count_known(pieces)
    page.say("columns", "tell.named_found", found=found, of=len(pieces))
    if found < len(pieces):
        page.say("columns", "tell.names_file")
    if sketch.show_values:
        for piece in pieces:
            if not sketch.people.has_person(piece):
                near = ", ".join(sketch.people.people.find_nearest(piece)) or "–"
                page.say("columns", "tell.unknown_name", name=piece, near=near)


def write_colleagues(page: Page, sketch: Sketch, question: ColleagueQuestion) -> None:
    """Write a question with a column for each colleague."""
    if question.is_sure:
        page.say("columns", "tell.colleagues", count=len(question.columns))
        page.put("columns", "colleagues", question.pattern)
    else:
        page.ask("columns", "colleagues", "ask.colleagues", count=len(question.columns))
        page.offer("columns", "colleagues", question.pattern)
    if question.marks_are_names:
        page.say("words.colleagues", "tell.marks_are_names")
        page.put("words.colleagues", "*", value=True)
        return
    write_marks(page, sketch, question.columns)


def write_marks(page: Page, sketch: Sketch, columns: Sequence[SeenColumn]) -> None:
    """Write what marks in columns about people mean: ticks, or how often in words."""
    table, answers = "words.colleagues", gather_answers(columns)
    spoken = [answer for answer in answers if not is_no_answer(answer) and answer != DASH]
    ticks = {answer: mark for answer in spoken if (mark := read_mark(answer)) is not None}
    scale = None if len(ticks) == len(spoken) else choose_scale(spoken)
    if scale is not None and not has_never(scale):
        scale = None  # its least word may be a weak tie
    meanings: dict[str, bool | int] = dict(ticks)
    if scale is not None:
        meanings = {a: n - scale.first for a, n in scale.give_numbers(spoken).items()}
    for answer in answers:
        if is_no_answer(answer):
            page.put(table, answer, "none", sketch.words("tell.no_answer"))
    if meanings and scale is not None:
        page.say(table, "tell.strengths")
    for answer, meaning in sorted(meanings.items(), key=lambda found: (found[1], found[0])):
        page.put(table, answer, meaning)
    if unknown := sorted(answer for answer in spoken if answer not in meanings):
        page.ask(table, "", "ask.marks", count=len(unknown))
        for answer in unknown:
            if sketch.may_show(answer):
                page.offer(table, answer, value=True)
    page.get_lines(table)
