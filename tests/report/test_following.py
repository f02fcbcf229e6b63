"""Page one follows the data: change them on purpose, and it changes as it should."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve

from plfkit import Organisation, Profile, assess, load_profile, release
from plfkit.disclosure import Released
from plfkit.goals import Scorecard
from plfkit.report.sections.answer import write_answer
from plfkit.report.sections.cards import list_cards
from plfkit.report.sections.data import list_school_data
from plfkit.report.sections.decisions import list_decisions
from plfkit.report.texts import Texts
from plfkit.report.views import PageView, build_page_view
from plfkit.synthetic import municipality

ENGLISH = Texts("en")


@pytest.fixture(scope="module")
def langeland() -> Profile:
    """The profile of three schools."""
    return load_profile("langeland")


@pytest.fixture(scope="module")
def example(langeland: Profile) -> Organisation:
    """Its example municipality."""
    return municipality(langeland)


def assess_changed(example: Organisation, profile: Profile, **tables: Any) -> Released[Scorecard]:
    """The card of the example with some tables changed."""
    told: dict[str, Any] = {**example.tables, **tables}
    changed = Organisation.of(
        vocabulary=example.vocabulary, title=example.title, synthetic=True, **told
    )
    return release(assess(changed, profile, years_back=1), profile.privacy)


def test_a_leading_figure_falls(example: Organisation, langeland: Profile) -> None:
    """Where most leave their communities, the first sentence and the card tell the lower figure."""
    members = [
        evolve(row, valid=evolve(row.valid, end=None)) if number % 5 == 0 else None
        for number, row in enumerate(example.memberships)
    ]
    before = release(assess(example, langeland, years_back=1), langeland.privacy).content
    after = assess_changed(
        example, langeland, memberships=[row for row in members if row is not None]
    ).content
    told = [{c.goal[:2]: c for c in list_cards(card, ENGLISH)}["L1"] for card in (before, after)]
    least = [int(card.value.rstrip("%").split("–")[0].split()[-1]) for card in told]
    assert least[1] < least[0]
    assert write_answer(before, ENGLISH)[0] != write_answer(after, ENGLISH)[0]


def test_half_the_answers_go(example: Organisation, langeland: Profile) -> None:
    """Figures of answers become wider, and the second decision asks those who are silent."""
    half = [
        evolve(row, answered=row.answered and number % 2 == 0)
        for number, row in enumerate(example.responses)
    ]
    silent = {(row.survey, row.person) for row in half if not row.answered}
    ties = [tie for tie in example.ties if (tie.survey, tie.source) not in silent]
    answers = [a for a in example.answers if (a.survey, a.respondent) not in silent]
    card = assess_changed(example, langeland, responses=half, ties=ties, answers=answers).content
    dots = [school.dots[0].words for school in list_school_data(card, ENGLISH)]
    assert "answers: all or nearly all" not in dots
    assert "get a reminder?" in list_decisions(card, ENGLISH)[-1].question


def test_one_school_registers_nothing(example: Organisation, langeland: Profile) -> None:
    """Its dot for meetings is open; those of the others are as they were."""
    first = next(unit for unit in example.units if unit.kind == "school")
    kept = [row for row in example.registrations if row.unit != first.id]
    no = [
        evolve(row, unit=first.id, complete=False)
        for row in {(r.kind, r.of): r for r in example.registrations}.values()
    ]
    views = [
        build_page_view(card, ENGLISH)
        for card in (
            release(assess(example, langeland, years_back=1), langeland.privacy),
            assess_changed(example, langeland, registrations=[*kept, *no]),
        )
    ]
    logs = [_list_log_dots(view) for view in views]
    name = first.name or first.id
    assert logs[0][name] != "logs of meetings: little or nothing"
    assert logs[1][name] == "logs of meetings: little or nothing"
    assert {k: v for k, v in logs[1].items() if k != name} == {
        k: v for k, v in logs[0].items() if k != name
    }


def _list_log_dots(view: PageView) -> dict[str, str]:
    return {school.name: school.dots[2].words for school in view.school_data}


def test_no_sentence_is_in_stock() -> None:
    """No sentence of page one is the same for the three municipalities; they share headings alone."""
    found = []
    for name in ("vejle", "middelfart", "langeland"):
        profile = load_profile(name)
        card = release(assess(municipality(profile), profile, years_back=1), profile.privacy)
        view = build_page_view(card, ENGLISH)
        texts = [view.question, *view.answer, *view.unknowns]
        texts += [text for one in view.decisions for text in (one.question, one.figures)]
        texts += [text for c in view.cards for text in (c.label, c.moved, c.others, c.step)]
        found.append({text for text in texts if text})
    assert found[0] & found[1] & found[2] == set()
