"""Results in one sentence: what is known, how surely, and never why."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plfkit import (
    Label,
    Organisation,
    Person,
    Response,
    Survey,
    Tie,
    load_profile,
    measures,
    release,
    snapshot,
)
from plfkit.errors import UnknownLanguageError
from plfkit.hints import Language
from plfkit.model.records.tables import Table
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
from plfkit.model.words.intervals import IntervalMethod


def told(language: Language, *figures: Figure, **about: Any) -> str:
    """The sentence of a result of some figures."""
    known: dict[str, Any] = {
        "measure": "m",
        "label": Label(da="Tæthed", en="Density"),
        "figure_class": "answers",
        "at": "2018/19",
        "n": 33,
        "observed": 1.0,
    }
    result = Result(figures=Table.of(Figure, figures), **(known | about))
    return result.sentence(language)


def test_a_figure_with_its_range() -> None:
    """Value, people and range stand in one sentence, in either language's numbers."""
    figure = Figure(value=0.1004, lower=0.08, upper=0.234, n=33)
    assert told("en", figure) == (
        "Density in 2018/19: 10.0%; with 33 people; between 8.0% and 23.4% had everybody answered."
    )
    assert told("da", figure) == (
        "Tæthed i 2018/19: 10,0 %; med 33 personer; mellem 8,0 % og 23,4 %, hvis alle havde svaret."
    )


def test_the_kinds_of_range_have_words_of_their_own() -> None:
    """A simulated range is called no bound, an unknown one unknown, and one without width certain."""
    figure = Figure(value=0.5, lower=0.4, upper=0.6)
    assert "1000 simulated completions, which is no bound" in told(
        "en", figure, range_kind="simulated", draws=1000
    )
    assert "at most between" in told("en", figure, range_kind="outer_bound")
    assert "nobody recorded who was asked" in told("en", Figure(value=0.5), range_kind="unknown")
    assert "all it rests on is known" in told("en", Figure(value=0.5, lower=0.5, upper=0.5))


def test_interval_chance_and_correction_are_told_apart() -> None:
    """Each has a part of its own, and none says what brought the figure about."""
    figure = Figure(
        value=0.3,
        interval_lower=0.2,
        interval_upper=0.4,
        expected=0.12,
        p_value=0.03,
        p_adjusted=0.09,
    )
    sentence = told("en", figure)
    assert "95% interval among comparable staffs: 20.0% to 40.0%" in sentence
    assert "chance alone gives 12.0%" in sentence
    assert "chance is as far out in 3.0% of cases" in sentence
    assert "9.0% allowing for how many figures were tested" in sentence
    danish = told("da", figure)
    for word in ("skyldes", "effekt", "årsag"):
        assert word not in danish


def test_a_change_of_shares_is_in_points() -> None:
    """From 4.1 to 4.2 per cent is a tenth of a point, not of a per cent."""
    figure = Figure(value=0.001, before=0.041, after=0.042)
    assert "0.1 percentage points (from 4.1% to 4.2%)" in told("en", figure)
    assert "0,1 procentpoint (fra 4,1 % til 4,2 %)" in told("da", figure)


def test_why_there_is_no_figure() -> None:
    """A missing figure says why; a hidden one says no more than that; a band is one."""
    assert told("en", Figure(reason="no_ties")).endswith(
        "no figure, because there are no ties to compute it from."
    )
    assert told("da", Figure(reason="withheld")).endswith("for ikke vist (diskretioneret).")
    band = Figure(lower=0.9, upper=1.0, reason="band")
    assert "between 90.0% and 100.0%" in told("en", band)


HIGH, LOW = Figure(lower=0.9, upper=1, reason="band"), Figure(lower=0, upper=0.1, reason="band")
HIDDEN, NO_TIES = Figure(reason="withheld"), Figure(reason="no_ties")
RANGE = Figure(lower=0.35, upper=0.73, reason="some_did_not_answer")


def shares(*values: float) -> list[Figure]:
    """Figures that are shown exactly."""
    return [Figure(value=value) for value in values]


@pytest.mark.parametrize(
    ("rows", "danish", "english"),
    [
        (
            [HIGH] * 6 + shares(0.83, 0.88),
            "seks af otte mindst 90 %, de andre mellem 83 % og 88 % alt efter spørgsmål",
            "six of eight at least 90%, the others between 83% and 88% depending on what is asked",
        ),
        (
            [HIGH, HIGH, *shares(0.857, 0.875)],
            "to af fire mindst 90 %, de andre mellem 85,7 % og 87,5 % alt efter spørgsmål",
            "two of four at least 90%, the others between 85.7% and 87.5% depending on what is asked",
        ),
        (
            shares(0.1, 0.3),
            "to tal, mellem 10 % og 30 % alt efter spørgsmål",
            "two figures, between 10% and 30% depending on what is asked",
        ),
        (shares(0.5, 0.5), "to tal, begge 50 %", "two figures, both 50%"),
        ([LOW] * 3, "tre tal, alle højst 10 %", "three figures, all at most 10%"),
        ([HIGH, *shares(0.3)], "ét af to mindst 90 %, det andet 30 %", None),
        (
            [*shares(0.3), LOW, HIDDEN],
            "ét af tre 30 %, ét højst 10 %, det sidste vises ikke",
            "one of three 30%, one at most 10%, the last not shown",
        ),
        (
            [*shares(0.3), RANGE, NO_TIES, NO_TIES],
            "ét af fire 30 %, ét mellem 35 % og 73 %, de andre kan ikke beregnes",
            "one of four 30%, one between 35% and 73%, the others cannot be computed",
        ),
        ([HIGH] * 12, "12 tal, alle mindst 90 %", "12 figures, all at least 90%"),
        ([HIDDEN, HIDDEN], "ingen tal kan vises", "no figures can be shown"),
        ([HIDDEN, NO_TIES], "ingen tal kan vises", "no figures can be shown"),
        (
            [NO_TIES, NO_TIES],
            "intet tal, for der er ingen forbindelser at regne på",
            "no figure, because there are no ties to compute it from",
        ),
    ],
)
def test_several_figures_say_how_far_they_reach(
    rows: list[Figure], danish: str, english: str | None
) -> None:
    """A band has no value but an end; what is hidden or undefined is counted; nobody is named."""
    assert told("da", *rows) == f"Tæthed i 2018/19: {danish}."
    if english is not None:
        assert told("en", *rows) == f"Density in 2018/19: {english}."


def test_several_figures_of_other_scales() -> None:
    """Counts beyond a thousand are written out, and changes of shares are in points."""
    assert told("en", *shares(3, 1230), scale="count").endswith(
        ": two figures, between 3 and 1230 depending on what is asked."
    )
    assert told("en", *shares(-0.25, 0.5), scale="index").endswith(
        "between -0.25 and 0.5 depending on what is asked."
    )
    moved = [Figure(value=v, before=0.5, after=0.5 + v) for v in (-0.02, 0.015)]
    assert told("da", *moved).endswith(
        "mellem -2 procentpoint og 1,5 procentpoint alt efter spørgsmål."
    )


SHARES = st.integers(0, 1000).map(lambda mills: Figure(value=mills / 1000, n=40))
RANGES = st.tuples(st.integers(0, 500), st.integers(501, 1000)).map(
    lambda ends: Figure(
        lower=ends[0] / 1000, upper=ends[1] / 1000, n=40, reason="some_did_not_answer"
    )
)
ABSENT = st.sampled_from([HIDDEN, NO_TIES, Figure(reason="too_few_people")])


@given(st.lists(st.one_of(SHARES, RANGES, ABSENT), min_size=2, max_size=14))
def test_released_sentence(rows: list[Figure]) -> None:
    """Every per cent in it stands in a figure; it has the least and most, and counts all figures."""
    result = Result(
        figures=Table.of(Figure, rows),
        measure="m",
        figure_class="participation",
        at="undated",
        n=40,
        observed=None,
    )
    shown = list(release(result, load_profile("generic").privacy).content)
    sentence = release(result, load_profile("generic").privacy).content.sentence("en")
    numbers = [float(text) for text in re.findall(r"\d+(?:\.\d+)?(?=%)", sentence)]
    carried = {
        round(100 * end, 1)
        for row in shown
        for end in (row.value, row.lower, row.upper)
        if end is not None
    }
    assert {*numbers} <= carried
    values = [row.value for row in shown if row.value is not None]
    if values:
        assert {round(100 * end, 1) for end in (min(values), max(values))} <= {*numbers}
    banded = {row.lower for row in shown if row.reason == "band"}
    assert ("at least 90%" in sentence) == (0.9 in banded)
    assert ("at most 10%" in sentence) == (0.0 in banded)


def test_span_of_schools() -> None:
    """A span of several schools says that they differ, and how far each could reach if that is told."""
    ends = ((0.12, 0.1, 0.2), (0.18, 0.15, 0.3))
    rows = [
        Figure(part=p, value=v, lower=low, upper=up)
        for p, (v, low, up) in zip("ab", ends, strict=True)
    ]
    assert told("da", *rows, by="school").endswith(
        "to tal, mellem 12 % og 18 % alt efter skole; hvis alle havde svaret, og alt var registreret, "
        "kunne de ligge mellem 10 % og 30 %."
    )
    hidden = [Figure(part=p, value=v, reason="range_withheld") for p, v in (("a", 0.1), ("b", 0.2))]
    assert told("en", *hidden, by="school").endswith(
        "depending on the school; their ranges are known, but not shown (disclosure control)."
    )


def test_parts_without_whole() -> None:
    """A whole that has no value does not hide its parts."""
    whole = Figure(figure="total", reason="not_surveyed")
    rows = [Figure(figure=name, value=v) for name, v in (("a", 2.5), ("b", 2.6))]
    sentence = told("en", whole, *rows, Figure(figure="c", reason="not_surveyed"), scale="index")
    assert "two of three between 2.5 and 2.6 depending on what is asked" in sentence
    assert sentence.endswith("the last cannot be computed.")


@pytest.mark.parametrize(
    ("beyond", "null", "told_as"),
    [(2, "size", "at most"), (3, "size", "in 1.5%"), (1, "qap", "at most"), (2, "qap", "in 1.0%")],
)
def test_least_p(beyond: int, null: str, told_as: str) -> None:
    """The least p that so many draws can give is told as a most."""
    figure = Figure(value=0.3, lower=0.3, upper=0.3, p_value=beyond / 201)
    assert told_as in told("en", figure, null=null, draws=200)


@pytest.mark.parametrize(
    ("p", "danish", "english"),
    [
        (0.031, "forekommer 3,1 % af gangene", "chance is as far out in 3.1% of cases"),
        (1e-9, "forekommer højst 0,1 % af gangene", "in at most 0.1% of cases"),
    ],
)
def test_p_without_draws(p: float, danish: str, english: str) -> None:
    """What follows from an interval speaks of no draws, and never of 0.0 %."""
    figure = Figure(value=0.3, before=0.1, after=0.4, p_value=p)
    assert danish in told("da", figure, interval=IntervalMethod.PAIRS)
    assert english in told("en", figure, interval=IntervalMethod.PAIRS)


def test_absent_p() -> None:
    """Where the schools are too few for a p the sentence says so."""
    figure = Figure(figure="correlation", value=0.3)
    sentence = told("da", figure, null="qap", range_kind="unknown", notes={"too_few_schools": 3})
    assert sentence.endswith(
        "skolerne er for få (3) til at sammenligne på tværs: prøv inden for dem."
    )


def test_all_is_said_to_be_known_only_where_it_is() -> None:
    """A range without width is certain if all answered; else missing answers cannot change it."""
    point = Figure(value=0.5, lower=0.5, upper=0.5)
    assert told("en", point).endswith("; all it rests on is known.")
    for about in ({"observed": 0.8}, {"needs": ("answers",)}):
        assert told("en", point, **about).endswith("; what is missing cannot change it.")
    assert told("en", point, observed=None).endswith("because nobody recorded who was asked.")
    assert told("en", point, notes={"people_in_no_group": 3}).endswith(
        ": 50.0%; 3 people are in no group and are left out."
    )


@pytest.mark.parametrize(
    ("needs", "why"),
    [
        (("surveys",), "nobody told where the scale begins and ends"),
        (("outcomes",), "not all have supplied figures"),
        (("responses", "surveys"), "nobody recorded who was asked"),
    ],
)
def test_why_there_is_no_range(needs: tuple[str, ...], why: str) -> None:
    """Nobody is said to have forgotten the roster where the ends of the scale are what is missing."""
    assert why in told("en", Figure(value=0.5), range_kind="unknown", needs=needs)


def test_a_range_without_a_value_is_told() -> None:
    """Where some did not answer the sentence says so, and between what the figure lies."""
    assert told("da", RANGE).endswith(
        "intet tal, for ikke alle har svaret; mellem 35,0 % og 73,0 %, hvis alle havde svaret."
    )
    nobody = told("en", Figure(reason="nobody_answered"), range_kind="unknown")
    assert nobody.endswith("no figure, because none of the answers came in.")


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_measure_speaks(language: Language) -> None:
    """Each measure of the core says one sentence about a small survey, without a stray blank."""
    people = [Person(name) for name in "abcd"]
    now = snapshot(
        Organisation.of(
            persons=people,
            surveys=[Survey("q", "network", "advice")],
            responses=[Response("q", name, answered=name != "d") for name in "abcd"],
            ties=[Tie(a, b, "advice", "q") for a, b in ("ab", "bc", "ca", "ad")],
        )
    )
    groups = {"groups": dict.fromkeys("ab", "x") | dict.fromkeys("cd", "y")}
    ties = {"relation": "advice", "target": "teacher", "draws": 20} | groups
    for found in measures.CORE:
        known = ties if "relation" in found.parameters else {}
        own = {name: known[name] for name in found.parameters if name in known}
        moments = (now, now) if found.about.over_years else now
        result = found(moments, {**found.about.example, **own})
        sentence = result.sentence(language)
        assert sentence.endswith(".")
        assert result.label is not None
        assert sentence.count(result.label[language]) == 1
        assert "{" not in sentence
        assert "None" not in sentence


def test_other_languages_are_refused() -> None:
    """There are two languages, and the refusal says which."""
    with pytest.raises(UnknownLanguageError, match="da or en"):
        told("de", Figure(value=1.0))  # type: ignore[arg-type] # what is refused
