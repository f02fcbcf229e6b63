"""What values show of themselves: one line, a small table, and no figure before it is released."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from attrs import evolve

from plfkit import (
    Fault,
    Label,
    Organisation,
    Person,
    Place,
    Position,
    Profile,
    Unit,
    assess,
    draft_mapping,
    measures,
    release,
    snapshot,
)
from plfkit.goals.comparing import Comparison
from plfkit.model.declared.declarations import PrivacyFloor
from plfkit.model.showing import MOST_ROWS, Display
from plfkit.model.words.reasons import Reason
from plfkit.model.words.verdicts import Verdict

HOSTILE = '<img src=x onerror="alert(1)">&\n\x1b[2J'
ALLOWED = {"div", "p", "strong", "br", "table", "thead", "tbody", "tr", "th", "td", "em"}


class Shown(HTMLParser):
    """The tags of a text, and its words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.words = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.words += f"{data} "


def show(value: Any) -> Shown:
    """Read what a value shows in a notebook."""
    return Shown(value._repr_html_())


def make_hostile(profile: Profile) -> list[Any]:
    """Return one of each that shows itself, with names that are markup and commands to a terminal."""
    label = Label(HOSTILE.replace("\x1b", "").replace("\n", " "), "x")
    goals = {name: evolve(goal, label=label) for name, goal in profile.goals.items()}
    hostile = evolve(profile, label=Label(HOSTILE, HOSTILE), goals=goals)
    town = Organisation.of(
        vocabulary=profile.vocabulary,
        title=label,
        units=[Unit("s", "school", "<b>Skolen</b>")],
        persons=[Person("secret-one"), Person("secret-two")],
        positions=[Position("secret-one", "s", "teacher"), Position("secret-two", "s", "teacher")],
    )
    now = snapshot(town)
    result = evolve(measures.membership_coverage(now), label=Label(HOSTILE, HOSTILE))
    card = assess(town, hostile)
    released = release(result, card, card.indicators[0], floor=PrivacyFloor())
    return [town, now, result, hostile, card, released]


def test_hostile_names_are_only_text(profile: Profile) -> None:
    """No name becomes a tag, none speaks to a terminal, and nobody's id is shown."""
    for value in make_hostile(profile):
        shown, line = show(value), repr(value)
        assert shown.tags <= ALLOWED, type(value)
        assert "\x1b" not in line + shown.words
        assert "secret" not in line + shown.words
        assert "\n" not in line
        assert len(line) < 300
    assert "<img src=x" in show(make_hostile(profile)[3]).words


def test_nothing_raw_is_shown(town: Organisation, profile: Profile) -> None:
    """A result and a scorecard in memory say that they are not released, and hold back every figure."""
    odd = 0.123456
    whole = measures.membership_coverage(snapshot(town))
    figures = whole.figures
    marked = evolve(
        whole, figures=type(figures).of(type(figures[0]), [evolve(figures[0], value=odd)])
    )
    card = assess(town, profile)
    verdicts = {str(outcome.verdict) for outcome in card.indicators} - {"shown"}
    assert verdicts
    for value in (marked, card):
        for text in (repr(value), show(value).words):
            assert "not released" in text
            assert not re.search(r"\d[.,]\d", text), text
            assert not verdicts & set(text.split())
    assert "plfkit.release(result, profile.privacy)" in show(marked).words
    assert "membership_coverage" in repr(marked)
    assert "1 row" in repr(marked)


def test_what_is_released_is_shown(town: Organisation, profile: Profile) -> None:
    """Behind the gate the figures stand, as the gate lets them out."""
    card = assess(town, profile)
    released = release(card, floor=profile.privacy)
    shown = show(released).words
    figure = next(one.figure for one in released.content.indicators if one.id == "coverage")
    assert figure is not None
    assert figure.upper is not None
    assert "coverage" in shown
    assert f"{figure.upper:.6g}" in shown
    assert "not released" not in shown
    assert "judged alone" in repr(released)


def test_what_came_out_of_the_gate_says_so(town: Organisation, profile: Profile) -> None:
    """Taken out of what was released, a scorecard and a result do not say that they are not."""
    card, result = assess(town, profile), measures.membership_coverage(snapshot(town))
    for one in release(card, result, floor=profile.privacy):
        for text in (repr(one), show(one).words):
            assert "not released" not in text
            assert "released" in text
            assert "plfkit.release(" not in text


def test_verdicts_and_reasons_are_words(town: Organisation, profile: Profile) -> None:
    """Beside labels in Danish stand verdicts and reasons as readers are told them, and no codes."""
    shown = show(release(assess(town, profile), floor=profile.privacy)).words
    codes = {word.value for kind in (Verdict, Reason) for word in kind if "_" in word.value}
    assert [code for code in codes if code in shown] == []
    assert Verdict.NOT_MEASURED.words.da in shown


def test_each_thing_that_is_released_has_its_table(town: Organisation, profile: Profile) -> None:
    """Results part by part, an indicator year by year, a comparison municipality by municipality."""
    card = assess(town, profile)
    by_school = measures.membership_coverage(snapshot(town), by="school")
    shown = show(release(by_school, card.indicators[0], floor=profile.privacy)).words
    assert "part" in shown
    assert card.at in shown
    empty = Comparison(card.at, ("Her", "Der"), (), (), ())
    assert "Her, Der" in show(release(empty, floor=profile.privacy)).words


def test_single_persons_are_not_shown(town: Organisation) -> None:
    """Figures about persons that were released for a purpose are seen as a frame, not in passing."""
    result = measures.degree(snapshot(town), relation="advice", direction="in")
    released = release(result, floor=PrivacyFloor(), identified="a talk that was agreed on")
    ids = set(town.persons.column("id").categories)
    words = set(show(released).words.split())
    assert not ids & words
    assert "single" in words


@pytest.mark.parametrize(("count", "more"), [(MOST_ROWS, ""), (MOST_ROWS + 3, "… and 3 more rows")])
def test_a_long_table_is_cut(count: int, more: str) -> None:
    """It is short, and says how much more there is."""
    html = Display("Title", head=("n",), rows=[(n,) for n in range(count)]).write_html("Thing")
    assert html.count("<tr>") == MOST_ROWS + 1
    assert more in html
    assert ("more row" in html) == bool(more)


def test_outcomes_and_drafts_are_short(profile: Profile) -> None:
    """An outcome, a draft and a fault are a line, and a fault keeps its cell to itself."""
    _, _, _, _, card, _ = make_hostile(profile)
    draft = draft_mapping("Nr;Stilling\n1;Lærer\n".encode(), language="en")
    faulty = Fault("unknown_kind", Place("positions", 2, "role"), "no word", "secret")
    for value in (*card.indicators, *card.goals, *card.claims, draft, faulty):
        assert re.fullmatch(r"<\w+: [^\n]*>", repr(value))
        assert len(repr(value)) < 400
        assert "secret" not in repr(value)
    assert str(len(draft.questions)) in repr(draft)
    assert draft.questions[0].text in show(draft).words
    assert str(draft).startswith("#")
