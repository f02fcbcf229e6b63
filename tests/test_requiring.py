"""Whoever gives a public function something else is told what is needed, and what gives it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import plfkit
from plfkit.errors import PlfkitError

NOW = "a Snapshot is needed, not Organisation: plfkit.snapshot"
ORGANISATION = "an Organisation is needed, not Snapshot: plfkit.read"
PROFILE = "a Profile is needed, not str: plfkit.load_profile"
API: Any = plfkit
"""Type checkers would tell of these slips at once; a notebook has none."""
YEARS: dict[str, Any] = {"from_": "2017/18", "to": "2018/19", "relation": "advice"}


@pytest.fixture(scope="module")
def org() -> plfkit.Organisation:
    """A small example."""
    return plfkit.synthetic.municipality(plfkit.load_profile("generic"), schools=1)


WRONG: dict[str, tuple[Callable[[Any, Any], object], str]] = {
    "snapshot": (lambda _, now: API.snapshot(now), ORGANISATION),
    "measure": (lambda org, _: API.measures.density(org, relation="advice"), NOW),
    "register": (lambda org, _: API.measures.membership_coverage(org), NOW),
    "over years": (lambda org, _: API.measures.community_persistence(org), NOW),
    "list": (lambda _, now: API.measures.density([now], relation="advice"), "not list"),
    "change": (lambda _, now: API.inference.change(now, "density", **YEARS), ORGANISATION),
    "flips": (
        lambda org, _: API.inference.flip_count(org, "density", relation="advice", target=0.1),
        NOW,
    ),
    "qap": (lambda org, _: API.inference.qap(org, relation="advice", against="level"), NOW),
    "mrqap": (lambda org, _: API.inference.mrqap(org, relation="advice", on=["level"]), NOW),
    "adjusted": (
        lambda _, now: API.inference.adjusted(now, "holm"),
        "a Result is needed, not Snapshot",
    ),
    "assess": (lambda _, now: API.assess(now, now), ORGANISATION),
    "assess by name": (lambda org, _: API.assess(org, "vejle"), PROFILE),
    "read by name": (lambda *_: API.from_tables({}, profile="vejle"), PROFILE),
    "made up": (lambda *_: API.synthetic.municipality("vejle"), PROFILE),
    "describe": (lambda *_: API.describe("vejle"), PROFILE),
    "write": (lambda _, now: API.write(now, "x"), ORGANISATION),
    "pseudonymise": (lambda _, now: API.pseudonymise(now, b""), ORGANISATION),
    "exclude": (lambda _, now: API.exclude(now, "a"), ORGANISATION),
    "combine": (lambda org, _: API.combine([org]), "a Mapping is needed, not list"),
    "combine others": (lambda _, now: API.combine({"a": now}), ORGANISATION),
    "compare": (lambda org, _: API.compare([org]), "a Mapping is needed, not list"),
    "frames": (lambda org, _: API.from_tables(org), "a Mapping is needed, not Organisation"),
    "profile": (lambda *_: API.load_profile(3), "a path, bytes or a stream"),
    "release": (
        lambda org, _: API.release(org, floor=API.load_profile("generic").privacy),
        "a Result or Scorecard .* is needed, not Organisation",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_first_arguments(name: str, org: plfkit.Organisation) -> None:
    """What is needed is said, what was given, and what gives it."""
    call, words = WRONG[name]
    with pytest.raises(TypeError, match=words):
        call(org, plfkit.snapshot(org))


SAID: dict[str, tuple[Callable[[Any], object], str]] = {
    "year": (lambda org: API.snapshot(org, 2026), '"2026/27", not as int'),
    "no year": (lambda org: API.snapshot(org, 20.5), '"2018/19", not as float'),
    "years": (
        lambda org: API.inference.change(org, "density", **YEARS | {"to": 2018}),
        '"2018/19", not as int',
    ),
    "school year": (lambda _: API.SchoolYear.parse(2018), '"2018/19", not as int'),
    "function": (
        lambda org: API.inference.change(org, API.measures.density, **YEARS),
        'by its name, as text: "density"',
    ),
    "flips": (
        lambda org: API.inference.flip_count(
            API.snapshot(org), API.measures.density, relation="advice"
        ),
        'by its name, as text: "density"',
    ),
    "column": (lambda org: org.positions.column("rol"), 'no column rol, did you mean "role"'),
    "skole": (lambda org: group_by(org, "skole"), 'did you mean "school"'),
    "Skole": (lambda org: group_by(org, " Skole "), 'did you mean "school"'),
    "label": (lambda org: group_by(org, "Forvaltningsenhed"), 'did you mean "administration_unit"'),
    "no word": (lambda org: group_by(org, 3), "cannot be grouped by 3"),
    "relation": (
        lambda org: API.snapshot(org).layer("faglig sparring"),
        'did you mean "advice"',
    ),
}


def group_by(org: plfkit.Organisation, by: Any) -> plfkit.Result:
    """Compute a figure for each group."""
    return plfkit.measures.density(plfkit.snapshot(org), relation="advice", by=by)


@pytest.mark.parametrize("name", SAID)
def test_words_and_years(name: str, org: plfkit.Organisation) -> None:
    """A year as a number, a function in place of its name, a Danish label: each is told what to write."""
    call, words = SAID[name]
    with pytest.raises(PlfkitError, match=words.replace("(", "[(]")):
        call(org)


def test_a_table_is_no_frame(org: plfkit.Organisation) -> None:
    """A column's name in brackets, and pandas' own way, are told of columns and of to_frame."""
    import pandas as pd

    with pytest.raises(TypeError, match=r"\.columns\['role'\].*\.to_frame\(\)\['role'\]"):
        org.positions["role"]  # type: ignore[call-overload]
    profile = API.load_profile("generic")
    card = API.assess(org, profile)
    for value in (
        org.positions,
        card,
        API.release(card, profile.privacy),
        group_by(org, "school"),
    ):
        with pytest.raises(TypeError, match=r"is no array: its to_frame\(\)"):
            pd.DataFrame(value)
        assert len(value.to_frame())
