"""Results are held to what their measure declares; what misbehaves costs its own figure only."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import pytest
from attrs import evolve

from plfkit import (
    Organisation,
    Profile,
    Result,
    Snapshot,
    assess,
    load_profile,
    release,
    snapshot,
    to_document,
)
from plfkit.errors import InvalidDataError, MeasureError, ProfileError
from plfkit.goals import Scorecard
from plfkit.measures import CORE, measure
from plfkit.measures.engine.catalogue import Catalogue, Measure
from plfkit.measures.engine.holding import find_contradictions
from plfkit.model.declared.declarations import Indicator
from plfkit.model.records.tables import Table
from plfkit.model.results.figures import Figure, build_figures
from plfkit.model.words.kinds import Label
from plfkit.synthetic import municipality

ABOUT: dict[str, Any] = {
    "label": Label("Eget tal", "A figure of its own"),
    "tells": Label("Noget", "Something"),
    "beware": Label("Intet", "Nothing"),
    "tables": ("persons",),
    "reference": "the test's own definition",
}
HALF = Figure(value=0.5, lower=0.25, upper=0.75, numerator=6, denominator=12, n=12)


def result_of(now: Snapshot, *rows: Figure, **about: Any) -> Result:
    """What an honest measure of who takes part gives, but for what a test changes."""
    honest: dict[str, Any] = {"measure": "own", "figure_class": "participation", "n": 24}
    honest |= {"figures": Table.of(Figure, rows or [HALF]), "at": str(now.period), "observed": 1.0}
    return Result(**{**honest, **about})


def own(body: Callable[[Snapshot], Any], **about: Any) -> Measure:
    """A measure of somebody else's."""

    @measure(**{"figure_class": "participation", **ABOUT, **about})
    def own(snapshot: Snapshot) -> Result:
        """Give what the test wants."""
        given: Result = body(snapshot)
        return given

    return Catalogue.of(own)["own"]


def with_row(**changes: Any) -> Callable[[Snapshot], Result]:
    return lambda now: result_of(now, evolve(HALF, **changes))


def with_column(name: str, cell: float) -> Callable[[Snapshot], Result]:
    """A result whose table was built from arrays, which no codec has looked at."""
    return lambda now: result_of(
        now, figures=build_figures(1, **{"value": np.array([0.5]), name: np.array([cell])})
    )


def saying(**about: Any) -> Callable[[Snapshot], Result]:
    return lambda now: result_of(now, **about)


LIES: dict[str, tuple[Callable[[Snapshot], Any], str]] = {
    "another class": (saying(figure_class="organisational"), "declared is 'participation'"),
    "another scale": (saying(scale="index"), "declared is 'share'"),
    "another name": (saying(measure="density"), "declared is 'own'"),
    "another year": (saying(at="1999/00"), "at is '1999/00'"),
    "another day": (saying(reference_day="1999-03-01"), "reference_day"),
    "no such relation": (saying(relation="friendship"), "no relation 'friendship'"),
    "no class at all": (saying(figure_class="secret"), "figure_class cannot be 'secret'"),
    "people who are places": (saying(counts_people=False), "counts_people=False"),
    "pairs counted by halves": (saying(weight=0), "weight is at least 1"),
    "a range of another sort": (saying(range_kind="sure"), "range_kind"),
    "needs of another world": (saying(needs=("horoscopes",)), "no native table"),
    "more than there are": (saying(n=5000), "n is 5000, and there are 24 persons"),
    "fewer than none": (saying(n=-1), "negative"),
    "text for a number": (saying(n="24"), "n cannot be '24'"),
    "a number of numpy's": (saying(n=np.int64(24)), "n cannot be of type int64"),
    "notes that count nothing": (saying(notes={"left_out": "many"}), "notes cannot be"),
    "rows that are no table": (saying(figures=[HALF]), "figures cannot be of type list"),
    "strangers who were silent": (saying(silent=frozenset({"nobody"})), "silent names 1"),
    "strangers who bear it out": (saying(rests_on=("teacher-east-1",)), "no communities"),
    "a share of five": (with_row(value=5.0, numerator=5, denominator=1), "outside 0 to 1"),
    "a part greater than its whole": (
        with_row(value=None, numerator=13, reason="no_ties"),
        "greater than its denominator",
    ),
    "counts of another share": (with_row(numerator=9), "not its numerator over its denominator"),
    "fewer than none above": (with_row(value=None, numerator=-1, reason="x"), "numerator lies"),
    "a range upside down": (with_row(lower=0.75, upper=0.25), "lower lies above upper"),
    "a value beyond its range": (with_row(value=0.8, numerator=9.6), "outside its range"),
    "a range beyond all": (with_row(upper=1.5), "upper lies outside 0 to 1"),
    "observed twice": (with_row(observed=2.0), "observed lies outside"),
    "more than the whole": (with_row(n=25), "greater than 24"),
    "a value and none": (with_row(reason="no_ties"), "a value and a reason"),
    "nothing, for no reason": (with_row(value=None), "missing without a reason"),
    "a story for a reason": (with_row(value=None, reason="Ann was ill"), "a reason is a code"),
    "a person as a group": (with_row(part="teacher-east-1"), "part names 1 persons"),
    "nobody's figure": (with_row(id="nobody"), "id names 1 that are no persons"),
    "infinity": (with_column("value", np.inf), "value is infinite"),
    "a boundless range": (with_column("upper", np.inf), "upper is infinite"),
    "a text": (lambda _: "hello", "it gives str, not a plfkit.Result"),
    "nothing": (lambda _: None, "it gives NoneType"),
}
"""What a measure of somebody else's may get wrong, and what is said of it."""


@pytest.mark.parametrize("lie", LIES)
def test_a_result_that_contradicts_itself_is_refused(town: Organisation, lie: str) -> None:
    """The measure is set aside with its name, whose it is, and what is wrong."""
    body, told = LIES[lie]
    with pytest.raises(MeasureError, match="the measure own is set aside") as caught:
        own(body)(snapshot(town), {})
    assert told in str(caught.value)
    assert f"of the module {__name__}" in str(caught.value)


@pytest.mark.parametrize(
    ("body", "about"),
    [
        (with_row(), {}),
        (with_row(value=None, lower=None, upper=None, reason="no_ties"), {}),
        (with_row(part="east"), {}),
        (with_row(id="teacher-east-1"), {}),
        (saying(extreme=True), {}),
        (saying(scale="index"), {"scale": "index"}),
        (saying(relation="advice", weight=2, needs=("registrations:workshop",)), {}),
        (with_row(value=0.1 + 0.2, numerator=3, denominator=10), {}),
    ],
)
def test_an_honest_result_passes(
    town: Organisation, body: Callable[[Snapshot], Result], about: dict[str, Any]
) -> None:
    """What fits together is left as it is, but for the label and the reference that it does not set."""
    now = snapshot(town)
    measure = own(body, **about)
    label, reference = measure.about.label, measure.about.source.en
    assert measure(now, {}) == evolve(body(now), label=label, reference=reference)


def test_an_extreme_is_told(town: Organisation) -> None:
    """What rests on a maximum by declaration cannot pass for something else in its result."""
    with pytest.raises(MeasureError, match="extreme=True is declared"):
        own(saying(), extreme=True)(snapshot(town), {})


def test_sizes_of_groups(town: Organisation) -> None:
    """Without them the gate could not tell that one of two groups has two people."""
    row = evolve(HALF, from_="east", to="west")

    def body(sizes: dict[tuple[str | None, str], int]) -> Measure:
        told = saying(figures=Table.of(Figure, [row]), figure_class="answers", sizes=sizes)
        return own(told, figure_class="answers")

    assert len(body({(None, "east"): 12, (None, "west"): 12})(snapshot(town), {})) == 1
    with pytest.raises(MeasureError, match="sizes lacks 1"):
        body({(None, "east"): 12})(snapshot(town), {})


class Mute(Exception):  # noqa: N818 - it stands for what others write
    """An error that cannot even say what is wrong."""

    def __str__(self) -> str:
        raise ValueError


RAISED: tuple[BaseException, ...] = (
    *(BaseException("boo"), GeneratorExit(), SystemExit(3), RecursionError(), MemoryError()),
    *(
        Mute(),
        ProfileError("lost"),
        InvalidDataError([]),
        UnicodeDecodeError("utf-8", b"", 0, 1, ""),
    ),
)


def raising(error: BaseException) -> Callable[[Snapshot], Result]:
    def body(_: Snapshot) -> Result:
        raise error

    return body


@pytest.mark.parametrize("error", RAISED, ids=lambda error: type(error).__name__)
def test_whatever_a_measure_raises_is_told_as_its_own(
    town: Organisation, error: BaseException
) -> None:
    """Errors that end programs, that cannot speak, or that are plfkit's own, all named with the line."""
    with pytest.raises(MeasureError, match=f"own fails: {type(error).__name__}") as caught:
        own(raising(error))(snapshot(town), {})
    assert "test_holding.py, line" in str(caught.value)


def test_an_interruption_is_the_users(town: Organisation) -> None:
    """Whoever presses Ctrl-C wants to end the program, not the measure."""
    with pytest.raises(KeyboardInterrupt):
        own(raising(KeyboardInterrupt()))(snapshot(town), {})


def test_a_refusal_is_the_measures_own(town: Organisation) -> None:
    """A measure that refuses what it was asked says so in its own words."""
    with pytest.raises(MeasureError, match=r"^ask within schools$"):
        own(raising(MeasureError("ask within schools")))(snapshot(town), {})


def unannotated(snapshot, *, by=None, **options):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN003, ANN201, ARG001
    return result_of(snapshot)


def unresolved(snapshot: Snapshot, *, by: Nowhere = None) -> Result:  # type: ignore[name-defined] # noqa: ARG001, F821
    return result_of(snapshot)


def mistyped(snapshot: Snapshot, **options: int) -> Result:  # noqa: ARG001
    return result_of(snapshot)


def without_snapshot() -> Result:
    raise AssertionError


def writing(snapshot: Snapshot) -> Result:
    snapshot.counted[...] = False
    return result_of(snapshot)


def writing_ties(snapshot: Snapshot) -> Result:
    snapshot.layer("advice").adjacency.data[...] = 0
    return result_of(snapshot)


@pytest.mark.parametrize(
    "function", [unannotated, unresolved, mistyped, without_snapshot, writing, writing_ties]
)
def test_what_misbehaves_costs_its_own_figure_only(
    profile: Profile, town: Organisation, function: Callable[..., Result]
) -> None:
    """The scorecard comes out, the figure is refused by name, and all others are as without it."""
    bad = measure(figure_class="participation", **ABOUT)(function)
    indicator = Indicator(label=ABOUT["label"], measure=function.__name__)
    more = evolve(profile, measures=(bad,), indicators={"bad": indicator, **profile.indicators})
    card, without = assess(town, more), assess(town, profile)
    (refused,) = [outcome for outcome in card.indicators if outcome.id == "bad"]
    assert (refused.verdict, refused.reason) == ("not_measured", "refused")
    assert function.__name__ in (refused.detail or "")
    assert [outcome for outcome in card.indicators if outcome.id != "bad"] == [*without.indicators]
    assert (card.goals, card.overview) == (without.goals, without.overview)
    assert json.dumps(document_of(card, more), allow_nan=False)


def document_of(card: Scorecard, profile: Profile) -> dict[str, Any]:
    return to_document(release(card, profile.privacy))


def test_a_measure_is_told_with_its_distribution(
    install_distribution: Callable[..., Any], town: Organisation
) -> None:
    """Whoever reads of it knows what to upgrade or uninstall."""
    install_distribution("plfkit-fake", PLUGIN)
    profile = load_profile("fake")
    (outcome,) = assess(town, profile).indicators
    assert "the measure failing fails: ZeroDivisionError" in (outcome.detail or "")
    assert "of plfkit-fake 1.0" in (outcome.detail or "")


PLUGIN = """
import attrs, plfkit
from plfkit.measures import measure

text = plfkit.Label(da="Tal", en="Figure")

@measure(label=text, tells=text, beware=text, figure_class="answers", tables=(), reference="x")
def failing(snapshot):
    return 1 / 0

@plfkit.hookimpl
def plfkit_profile():
    label = {"da": "Falsk", "en": "Fake"}
    own = {"label": label, "measure": "failing"}
    document = {"schema_version": 1, "id": "fake", "label": label, "indicators": {"own": own}}
    return attrs.evolve(plfkit.Profile.from_document(document), measures=(failing,))
"""


@pytest.mark.parametrize(
    ("about", "told"),
    [
        ({"figure_class": "secret"}, "figure_class cannot be 'secret'"),
        ({"label": "Tal"}, "label cannot be 'Tal'"),
        ({"tables": "persons"}, "tables cannot be 'persons'"),
    ],
)
def test_a_declaration_of_another_type_is_refused(about: dict[str, Any], told: str) -> None:
    """It is told as the measure is declared, before anything rests on it."""
    with pytest.raises(MeasureError, match=told):
        own(saying(), **about)


@cache
def example() -> Organisation:
    """A small example municipality with every table filled."""
    return municipality(load_profile("generic"), schools=3)


@pytest.mark.parametrize("found", list(CORE), ids=lambda found: found.name)
@pytest.mark.parametrize("by", [None, "school"])
def test_plfkits_own_measures_keep_it_too(found: Measure, by: str | None) -> None:
    """What the core declares of class, scale and bounds holds of what it gives, whole and in parts."""
    arguments = dict(found.about.example)
    if by is not None and "by" in found.parameters and found.name not in OTHER_PARTS:
        arguments["by"] = by
    if "draws" in found.parameters:
        arguments["draws"] = 20
    moments = found.choose_moments(snapshot(example()), lambda period: snapshot(example(), period))
    several = (moments,) if isinstance(moments, Snapshot) else moments
    given = found(moments, arguments)
    assert [*find_contradictions(given, found.name, found.about, several)] == []


OTHER_PARTS = {"level_anchoring", "characteristics_profile"}
"""Measures whose `by=` means something else than elsewhere."""
