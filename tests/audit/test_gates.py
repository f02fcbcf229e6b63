"""The audit over what the gate tells, over what it would tell with a rule less, and over the earlier gate."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from audit.earlier_gate import list_rows
from audit.publishing import publish
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from searching import search
from staffing import Staff, hold_two_meetings, name_people, staffs, trained_people

from plfkit import (
    Organisation,
    Profile,
    Result,
    Snapshot,
    assess,
    audit,
    measures,
    release,
    to_document,
)
from plfkit.disclosure import plans, publication, tables
from plfkit.model.declared.declarations import PrivacyFloor
from plfkit.synthetic import municipality
from plfkit.testing import build_moment

FLOOR = PrivacyFloor()
GROUPINGS = (None, "level", "school", "role")
TOWN = Staff({"a": (3, 6, 40), "b": (4, 5, 30), "c": (2, 4, 17)}, office=8)


def measure_all(now: Snapshot) -> list[Result]:
    """Return who is trained, in every grouping."""
    return [measures.qualification_share(now, kind="coach_training", by=by) for by in GROUPINGS]


def find_leaks(folder: Path, now: Snapshot, *results: Result) -> list[str]:
    """Publish results together, audit them, and say what leaks."""
    place = folder / "publication.json"
    document = to_document(release(*results, floor=FLOOR))
    place.write_text(json.dumps(document), encoding="utf-8")
    return [leak.sentence("en") for leak in audit(place, staff=make_organisation(now))]


def make_organisation(now: Snapshot) -> Organisation:
    """Return the staff list of a moment: units, people and positions."""
    names = ("units", "persons", "positions")
    tables: Any = {name: now.tables[name] for name in names}
    return Organisation.of(**tables)


@search(15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(staffs(), st.data())
def test_no_leak(tmp_path: Path, staff: Staff, data: st.DataObject) -> None:
    """Whoever is trained, and however the share is asked for, no group is known too well."""
    now = staff.take_moment({*data.draw(trained_people(staff)), staff.people[0]})
    assert find_leaks(tmp_path, now, *measure_all(now)) == []


@pytest.mark.parametrize("seed", [0, 1])
def test_reports(tmp_path: Path, profile: Profile, seed: int) -> None:
    """Nothing follows from the scorecard of a made-up municipality."""
    town = municipality(profile, schools=3, seed=seed)
    place = tmp_path / "card.json"
    released = release(assess(town, profile), floor=profile.privacy)
    place.write_text(json.dumps(to_document(released)), encoding="utf-8")
    assert audit(place, staff=town) == ()


def find_single(count: int, _span: Any, _width: int) -> tuple[int, int]:
    """Tell every count exactly."""
    return count, count


def find_exact(count: int, _span: Any, **_about: int) -> tuple[int, int]:
    """Tell every total exactly."""
    return count, count


def join_nothing(sets: Any, **_about: Any) -> list[plans.ToldSet]:
    """Tell of every set, however small."""
    return [plans.ToldSet((label,), persons) for label, persons in sets.items()]


def keep_sets(sets: Any, *_about: Any) -> dict[str, Any]:
    """Leave every set as it is."""
    return dict(sets)


def be_narrow(patch: pytest.MonkeyPatch) -> None:
    """Let classes hold single counts."""
    patch.setattr(tables, "find_class", find_single)


def be_exact(patch: pytest.MonkeyPatch) -> None:
    """Tell the whole exactly, also near nobody and everybody."""
    patch.setattr(tables, "find_total_class", find_exact)


def be_small(patch: pytest.MonkeyPatch) -> None:
    """Tell of groups of whatever size."""
    patch.setattr(plans, "join_small_sets", join_nothing)
    patch.setattr(tables, "find_class", find_single)


def be_complete(patch: pytest.MonkeyPatch) -> None:
    """Tell of a school that is all but a few of the municipality."""
    patch.setattr(plans, "_restrict_sets", keep_sets)
    patch.setattr(tables, "find_total_class", find_exact)


CASES: dict[Callable[[pytest.MonkeyPatch], None], tuple[Staff, list[str]]] = {
    be_narrow: (TOWN, [*name_people("a", "t", 30), *name_people("b", "t", 20), "ap000"]),
    be_exact: (TOWN, [*name_people("a", "t", 2)]),
    be_small: (TOWN, [*name_people("a", "p", 2), *name_people("a", "t", 20)]),
    be_complete: (Staff({"a": (0, 0, 40)}, office=3), [*name_people("a", "t", 24), "vo000"]),
}


@pytest.mark.parametrize("loosen", CASES, ids=lambda one: one.__name__)
def test_each_rule_is_needed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, loosen: Callable[[pytest.MonkeyPatch], None]
) -> None:
    """With one rule of the gate switched off the audit finds what follows; with all it finds nothing."""
    staff, trained = CASES[loosen]
    now = staff.take_moment(trained)
    assert find_leaks(tmp_path, now, *measure_all(now)) == []
    loosen(monkeypatch)
    assert find_leaks(tmp_path, now, *measure_all(now))


def test_the_rule_of_thresholds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Told exactly one after the other, two thresholds tell who reaches one of them alone."""
    now = hold_two_meetings()
    asked = [
        measures.practice_participation(now, kinds=("data_meeting",), at_least=times)
        for times in (1, 2)
    ]
    assert find_leaks(tmp_path, now, *asked) == []

    def tell_first(self: Any, of: Any, universe: Any, count: Any, _related: Any) -> Any:
        plan = plans.plan_sets(asked[0].facts.staff, universe, self.floor.k)  # type: ignore[union-attr]
        return self._tell_first(of, plan, count)

    monkeypatch.setattr(publication.Publication, "_tell_nested", tell_first)
    (leak, *_) = find_leaks(tmp_path, now, *asked)
    assert "exactly" in leak


WAYS: dict[str, tuple[Staff, list[str]]] = {
    "a band over few people": (TOWN, [*name_people("v", "o", 8), *name_people("a", "t", 20)]),
    "leaders are the school less its staff": (
        TOWN,
        [*name_people("a", "p", 3), *name_people("a", "t", 20), *name_people("b", "t", 10)],
    ),
    "the whole less the schools": (
        Staff({"a": (0, 0, 40), "b": (0, 0, 30)}, office=3),
        [*name_people("a", "t", 20), *name_people("b", "t", 10), "vo000"],
    ),
}


@pytest.mark.parametrize("way", WAYS)
def test_the_earlier_gate(tmp_path: Path, way: str) -> None:
    """Each way in which figures that left one by one gave people away is found, and is closed now."""
    staff, trained = WAYS[way]
    now = staff.take_moment(trained)
    results = [
        *measure_all(now),
        measures.qualification_share(
            now, kind="coach_training", level="pedagogical_staff", by="school"
        ),
    ]
    place = publish(tmp_path, *list_rows(*results))
    assert audit(place, staff=make_organisation(now))
    assert find_leaks(tmp_path, now, *results) == []


def test_who_answered() -> None:
    """A school's rate and its staff's once gave its silent leaders away; now neither does."""
    people = {"p": name_people("a", "p", 4), "t": name_people("a", "t", 40)}
    silent = people["p"][:3]
    told = [one for one in (*people["p"], *people["t"]) if one not in silent]
    now = build_moment(
        units=["v municipality", "a school parent=v", "b school parent=v"],
        positions=[*Staff({"a": (4, 0, 40), "b": (2, 0, 40)}).positions],
        surveys=["q network relation=advice date=2018-11-01"],
        responses=[
            f"q {','.join(told)} yes",
            f"q {','.join(silent)} no",
            f"q {','.join([*name_people('b', 'p', 2), *name_people('b', 't', 40)])} yes",
        ],
        ties=["at001 at000 advice survey=q"],
    )
    for by in (None, "school", "level"):
        for row in release(measures.density(now, relation="advice", by=by), FLOOR).content:
            assert row.observed is None
            assert row.response_rate is None
