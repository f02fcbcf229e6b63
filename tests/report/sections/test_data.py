"""What the page rests on: dots in three steps by what is told, and what is not known in four lines."""

from __future__ import annotations

import pytest
from attrs import evolve
from report.made import between, exactly, make_card, make_outcome, make_result

from plfkit import release
from plfkit.disclosure import Released
from plfkit.goals import Scorecard
from plfkit.goals.scorecard import IndicatorOutcome
from plfkit.model.declared.declarations import PrivacyFloor, Purpose
from plfkit.model.records.tables import Table
from plfkit.model.results.figures import Figure
from plfkit.model.words.breaks import Break
from plfkit.model.words.kinds import Label
from plfkit.model.words.reasons import Reason
from plfkit.report.sections.data import list_school_data, list_unknowns
from plfkit.report.texts import Texts

ENGLISH = Texts("en")


def with_answers(figure: Figure) -> Scorecard:
    """A card of one school of which is told how many answered."""
    card = make_card()
    result = evolve(make_result(figure), figures=Table.of(Figure, [evolve(figure, part="s")]))
    return evolve(card, overview=evolve(card.overview, answered_by_school={"advice": result}))


@pytest.mark.parametrize(
    ("figure", "sign", "words"),
    [
        (exactly(0.9), "●", "answers: all or nearly all"),
        (between(0.7, 1.0), "◐", "answers: some"),
        (between(0.85, 1.0), "●", "answers: all or nearly all"),
        (between(0.4, 0.7), "◐", "answers: some"),
        (between(0.0, 0.3), "○", "answers: few or none"),
        (Figure(reason=Reason.WITHHELD), "?", "answers: not known"),
    ],
)
def test_dots(figure: Figure, sign: str, words: str) -> None:
    """The middle of what is told chooses the dot, and words say the same."""
    (school,) = list_school_data(with_answers(figure), ENGLISH)
    assert (school.dots[0].sign, school.dots[0].words) == (sign, words)
    assert school.name == "Skolen"


def test_schools_told_together_share_a_dot() -> None:
    """Of two schools that are told as one each has the dot of both."""
    card = with_answers(exactly(0.9))
    result = card.overview.answered_by_school["advice"]
    joined = evolve(result, figures=Table.of(Figure, [evolve(exactly(0.3), part="r + s")]))
    overview = evolve(card.overview, answered_by_school={"advice": joined})
    (school,) = list_school_data(evolve(card, overview=overview), ENGLISH)
    assert school.dots[0].sign == "◐"


AGREED = Purpose(
    Label("Formål", "Purpose"),
    Label("Alle", "Everybody"),
    Label("Ingen", "None"),
    discussed_on="2018-05-01",
    deleted_by="2025-07-31",
)


def unknowns(*outcomes: IndicatorOutcome, purpose: Purpose | None = AGREED) -> list[str]:
    """What is not known of some figures, in a year of its own."""
    card = evolve(make_card(*outcomes), at="2018/19", purpose=purpose)
    bare: Released[Scorecard] = release(make_card(), PrivacyFloor(k=5))
    return list_unknowns(evolve(bare, contents=(card,)), ENGLISH)


def test_unknowns() -> None:
    """Not measured, too uncertain, unsettled changes and what is held back: a line each, with numbers."""
    absent = evolve(make_outcome(None, name="A"), reason=Reason.NO_MEASURE)
    wide = make_outcome(between(0.1, 0.9), name="B", before=between(0.2, 0.8))
    broken = make_outcome(
        exactly(0.5), name="C", before=exactly(0.4), breaks=(Break.SCHOOLS_CHANGED,)
    )
    told_as_class = make_outcome(evolve(between(0.2, 0.9), reason=Reason.BAND), name="D")
    assert unknowns(absent, wide, broken, told_as_class) == [
        "Not measured: 1 of 4 figures.",
        (
            "Too uncertain to be used alone: 1 of 4 figures "
            "(ranges above 20 percentage points, not known or not shown)."
        ),
        "Up or down since last year: open for 2 of the 2 figures that can be followed.",
        "For the sake of groups of fewer than 5: 0 figures are not shown, 1 is shown as a band.",
    ]


def test_what_is_not_agreed_is_always_said() -> None:
    """That nobody said when data are deleted goes before the last of four other lines."""
    absent = evolve(make_outcome(None, name="A"), reason=Reason.NO_MEASURE)
    open_ = make_outcome(between(0.1, 0.9), name="B", before=between(0.2, 0.8))
    hidden = make_outcome(evolve(between(0.2, 0.9), reason=Reason.BAND), name="C")
    said = unknowns(absent, open_, hidden, purpose=evolve(AGREED, deleted_by=None))
    assert len(said) == 4
    assert said[-1].endswith(
        "when data are deleted, and whether MED has discussed them, is not filled in (see Trust)."
    )


def test_first_year() -> None:
    """Where nothing can be followed yet, that is said once; a known figure needs no line."""
    assert unknowns(make_outcome(exactly(0.5))) == [
        (
            "Up or down: there are no figures of the year before 2018/19. A list of those who are here "
            "today tells nothing of earlier years."
        )
    ]


def test_without_dates() -> None:
    """Data without dates have no first year."""
    card = evolve(make_card(make_outcome(exactly(0.5))), purpose=AGREED)
    bare = release(make_card(), PrivacyFloor(k=5))
    assert list_unknowns(evolve(bare, contents=(card,)), ENGLISH) == [
        "Up or down: the data have no dates."
    ]
