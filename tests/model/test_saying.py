"""Results in one sentence: what is known, how surely, and never why."""

from __future__ import annotations

from typing import Any

import pytest

from plfkit import Label, Organisation, Person, Response, Survey, Tie, measures, snapshot
from plfkit.errors import UnknownLanguageError
from plfkit.model.result import Figure, Result
from plfkit.model.tables import Table
from plfkit.testing.manifests import ARGUMENTS


def told(language: str, *figures: Figure, **about: Any) -> str:
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


def test_several_figures_say_how_far_they_reach() -> None:
    """Nobody is named, and those that are hidden are counted."""
    rows = [Figure(part="A", value=0.1), Figure(part="B", value=0.3), Figure(part="C")]
    assert told("en", *rows) == (
        "Density in 2018/19: 2 of 3 figures can be shown, from 10.0% to 30.0%."
    )
    assert told("en", Figure(part="A", reason="withheld"), Figure(part="B", reason="withheld")) == (
        "Density in 2018/19: no figures can be shown."
    )


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_measure_speaks(language: str) -> None:
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
        result = found(moments, ARGUMENTS[found.name] | own)
        sentence = result.sentence(language)
        assert sentence.endswith(".")
        assert result.label is not None
        assert sentence.count(result.label[language]) == 1
        assert "{" not in sentence
        assert "None" not in sentence


def test_other_languages_are_refused() -> None:
    """There are two languages, and the refusal says which."""
    with pytest.raises(UnknownLanguageError, match="da or en"):
        told("de", Figure(value=1.0))
