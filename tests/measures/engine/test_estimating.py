"""From an estimator to a result: what is noted, and where chance has nothing to say."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from plfkit import Organisation, Person, Position, Response, Snapshot, Survey, Tie, Unit, snapshot
from plfkit.errors import MeasureError, MissingDataWarning
from plfkit.measures import density, reciprocity, transitivity
from plfkit.measures.engine.estimating import find_fewest_draws
from plfkit.measures.engine.strata import count_few_schools, find_strata
from plfkit.measures.ties.mixing import ei_index
from plfkit.resampling import Work


def town(*staffs: str, silent: str = "") -> Snapshot:
    """Schools with people of one letter, each of whom seeks advice of the next."""
    people = "".join(staffs)
    return snapshot(
        Organisation.of(
            units=[Unit(f"s{number}", "school") for number in range(len(staffs))],
            persons=[Person(name) for name in people],
            positions=[
                Position(name, f"s{number}", "teacher")
                for number, staff in enumerate(staffs)
                for name in staff
            ],
            surveys=[Survey("q", "network", "advice")],
            responses=[Response("q", name, answered=name not in silent) for name in people],
            ties=[
                Tie(a, people[(place + 1) % len(people)], "advice", "q")
                for place, a in enumerate(people)
                if a not in silent
            ],
        )
    )


@pytest.mark.parametrize(
    ("staffs", "few"),
    [(["ab"], 0), (["ab", "cd"], 2), (["ab", "cd", "ef"], 3), (["ab", "cd", "ef", "gh"], 0)],
)
def test_few_schools(staffs: list[str], few: int) -> None:
    """Two or three schools are too few for a p, unless people change places within them."""
    now = town(*staffs)
    layer = now.layer("advice")
    groups = dict(zip("".join(staffs), "xy" * 4, strict=False))
    for within, counted in ((None, few), (groups, few), ("school", 0)):
        assert count_few_schools(now, layer, find_strata(now, layer, within)) == counted
    result = ei_index(now, relation="advice", groups=groups, null="labels", draws=20)
    (figure,) = result
    assert result.notes.get("too_few_schools", 0) == few
    assert (figure.p_value is None) == (figure.p_greater is None) == (few > 0)
    assert figure.expected is not None
    assert ei_index(now, relation="advice", groups=groups).notes == {}


def test_strata() -> None:
    """Without groups everybody is of one stratum, with them each group is."""
    now = town("ab", "cd")
    layer = now.layer("advice")
    assert find_strata(now, layer, None).tolist() == [0] * 4
    first, second, third, fourth = find_strata(now, layer, "school").tolist()
    assert (first, third) == (second, fourth)
    assert first != third


def test_fewest_draws() -> None:
    """Figures rest on the fewest draws that any of them rests on, none of those without."""
    assert find_fewest_draws([7, 0, 5]) == 5
    assert find_fewest_draws([0]) == find_fewest_draws([]) == 0


@pytest.mark.parametrize(
    ("method", "large", "small"),
    [("bootstrap", "abcdefghijklmno", "pqrstuvwxyzæøå"), ("jackknife", "abcdefgh", "ijklmno")],
)
def test_intervals_of_large_parts_only(method: str, large: str, small: str) -> None:
    """From so many people on there is one; smaller parts are counted, and alone they are refused."""
    asked: dict[str, Any] = {"relation": "advice", "interval": method, "draws": 20}
    result = density(town(large, small), by="school", **asked)
    known, unknown = result
    assert known.interval_lower is not None
    assert known.interval_upper is not None
    assert unknown.interval_lower is None
    assert unknown.value is not None
    assert result.notes == {"too_few_for_interval": 1, "narrow_where_ties_close": 1}
    drawn = (20, 0) if method == "bootstrap" else (None, None)
    assert (result.interval, result.draws, result.seed) == (method, *drawn)
    with pytest.raises(MeasureError, match=f"density has a 95% interval from {len(large)} people"):
        density(town(small), **asked)


@pytest.mark.parametrize(
    ("silent", "more", "method"),
    [
        ("", {}, None),
        ("b", {}, "observed"),
        ("b", {"missing": "null"}, "null"),
        ("b", {"missing": "reconstruct"}, "reconstruct"),
    ],
)
def test_how_values_follow_from_answers(
    silent: str, more: dict[str, Any], method: str | None
) -> None:
    """The result names how silence was treated, where there was any."""
    now = town("abcd", silent=silent)
    if "reconstruct" in more.values():
        with pytest.warns(MissingDataWarning, match="advise against it"):
            result = density(now, relation="advice", **more)
    else:
        result = density(now, relation="advice", **more)
    assert (result.method, result.missing) == (method, more.get("missing", "available"))
    assert (result.draws, result.seed, result.null) == (None, None, None)


def test_no_answers_are_no_range() -> None:
    """What nobody was asked about has a reason, and a range of which nothing is known."""
    result = density(town("abc"), relation="observation")
    (figure,) = result
    assert (figure.value, figure.lower, figure.reason, figure.n) == (None, None, "not_surveyed", 3)
    assert result.range_kind == "unknown"


def test_simulated_ranges_need_draws() -> None:
    """Of what somebody silent could have told there is a range by draws, and none without them."""
    now = town("abcdef", silent="f")
    (drawn,) = found = transitivity(now, relation="advice", draws=30)
    assert drawn.lower is not None
    assert drawn.upper is not None
    assert drawn.lower < drawn.upper
    assert (found.range_kind, found.draws) == ("simulated", 30)
    (bare,) = transitivity(now, relation="advice", draws=0)
    assert (bare.lower, bare.upper) == (None, None)
    (whole,) = exact = transitivity(town("abcdef"), relation="advice", draws=0)
    assert whole.lower == whole.upper == whole.value
    assert exact.range_kind == "exact"


def test_an_interruption_is_noted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever stops the draws gets those that were made, and how many are missing."""
    now = town("abcdef")

    def stop(self: Work, task: Any) -> Any:
        object.__setattr__(self, "interrupted", True)
        return task(np.random.default_rng(0), 4)

    monkeypatch.setattr(Work, "draw", stop)
    result = reciprocity(now, relation="advice", null="size", draws=10)
    assert (result.draws, result.notes) == (4, {"draws_missing": 6})


def test_parts_stand_below_each_other() -> None:
    """Each part has its rows, with its people, who answered, and which share of dyads was observed."""
    result = reciprocity(
        town("abc", "def", silent="f"), relation="advice", by="school", null="size"
    )
    assert [(f.part, f.n, f.response_rate, f.observed) for f in result] == [
        ("s0", 3, 1.0, 1.0),
        ("s1", 3, pytest.approx(2 / 3), pytest.approx(1 / 3)),
    ]
    assert all(figure.p_value is not None for figure in result)
