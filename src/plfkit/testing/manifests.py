"""A hypothesis strategy for profiles: what any author might write, and nothing that is refused."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from plfkit.measures import CORE
from plfkit.model.declared.facts import CERTAINTIES, YEAR_BEFORE
from plfkit.model.words.vocabulary import load_core_vocabulary
from plfkit.profiles import Profile

_MANIFEST_IDS = st.from_regex(r"own_[a-z]{1,6}", fullmatch=True)
_MANIFEST_TEXTS = st.text("abcæøå ÅÉ'\"<>&{}\\", min_size=1, max_size=12).filter(str.strip)
_MANIFEST_LABELS = st.fixed_dictionaries({"da": _MANIFEST_TEXTS, "en": _MANIFEST_TEXTS})
_PERIODS = st.sampled_from(["2016/17", "2018-03-01", "2014-01-01/", "2016-08-01/2018-08-01"])
_TARGET_SHARES = st.floats(0, 1)
_JUDGED = ("membership_coverage", "level_anchoring", "density", "reciprocity", "data_meeting_share")
"""Measures that give one figure, or one for each part, so that a target can be held against it."""


def profiles() -> st.SearchStrategy[Profile]:
    """Draw a profile: a vocabulary of its own, goals, indicators, facts and thresholds."""
    return _draw_manifest().map(Profile.from_document)


@st.composite
def _draw_manifest(draw: st.DrawFn) -> dict[str, Any]:
    goals = draw(st.lists(_MANIFEST_IDS, max_size=3, unique=True))
    indicators = draw(st.lists(_MANIFEST_IDS, max_size=4, unique=True))
    declared = {name: _draw_indicator(draw, goals) for name in indicators}
    return {
        "schema_version": 1,
        "id": draw(_MANIFEST_IDS),
        "label": draw(_MANIFEST_LABELS),
        "code": draw(st.sampled_from(["630", "000"])),
        "goals_complete": draw(st.booleans()),
        "vocabulary": draw(_draw_vocabulary()),
        "context": draw(st.dictionaries(_MANIFEST_IDS, _draw_statement(), max_size=2)),
        "challenges": draw(st.dictionaries(_MANIFEST_IDS, _draw_statement(), max_size=2)),
        "programmes": draw(st.dictionaries(_MANIFEST_IDS, _draw_programme(), max_size=2)),
        "schools": _draw_schools(draw),
        "goals": {
            goal: _draw_goal(
                draw, [key for key, one in declared.items() if one.get("goal") == goal]
            )
            for goal in goals
        },
        "indicators": declared,
        "claims": draw(st.dictionaries(_MANIFEST_IDS, _draw_claim(), max_size=2)),
        "privacy": {"k": draw(st.integers(5, 10)), "statistics": draw(st.integers(15, 30))},
        "standards": draw(_draw_standards()),
        **({"purpose": draw(_draw_purpose())} if draw(st.booleans()) else {}),
        **({"question": draw(_MANIFEST_LABELS)} if draw(st.booleans()) else {}),
    }


def _draw_dictionary(
    required: dict[str, Any], **optional: Any
) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(required, optional=optional)


def _draw_statement() -> st.SearchStrategy[dict[str, Any]]:
    certain = {"text": _MANIFEST_LABELS, "certainty": st.sampled_from(CERTAINTIES)}
    return _draw_dictionary(certain, period=_PERIODS, source=_MANIFEST_TEXTS)


def _draw_programme() -> st.SearchStrategy[dict[str, Any]]:
    grant = st.fixed_dictionaries({"value": st.floats(0, 1e6), "unit": _MANIFEST_LABELS})
    return _draw_dictionary(
        {"label": _MANIFEST_LABELS, "certainty": st.sampled_from(CERTAINTIES)},
        about=_MANIFEST_LABELS,
        period=_PERIODS,
        funder=_MANIFEST_TEXTS,
        grant=grant,
        partners=st.lists(_MANIFEST_TEXTS, max_size=2),
        municipalities=st.lists(_MANIFEST_TEXTS, max_size=2),
    )


def _draw_schools(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a receiving school, and schools whose pupils move to it."""
    feeders = draw(st.integers(0, 2))
    receiver = {"name": draw(_MANIFEST_TEXTS), "grades": "0-9", "certainty": "stated"}
    feeder = {"grades": "0-6", "certainty": "site", "moves_to": "receiver"}
    named = {f"feeder_{n}": {**feeder, "name": draw(_MANIFEST_TEXTS)} for n in range(feeders)}
    return {"receiver": receiver, **named} if feeders else {}


def _draw_goal(draw: st.DrawFn, own: list[str]) -> dict[str, Any]:
    """Draw a goal, and of its indicators the leading one and a matrix of one row."""
    said = _draw_dictionary(
        {"label": _MANIFEST_LABELS, "text": _MANIFEST_LABELS},
        rule=st.sampled_from(["all", "any"]),
        reading=_MANIFEST_LABELS,
    )
    goal = draw(said)
    if draw(st.booleans()) and own:
        columns = draw(st.lists(_MANIFEST_LABELS, min_size=len(own), max_size=len(own)))
        row = {"label": draw(_MANIFEST_LABELS), "indicators": own}
        goal |= {"leading": own[0], "matrix": {"columns": columns, "rows": [row]}}
    return goal


def _draw_indicator(draw: st.DrawFn, goals: list[str]) -> dict[str, Any]:
    indicator: dict[str, Any] = {"label": draw(_MANIFEST_LABELS)}
    if draw(st.booleans()) and goals:
        indicator["goal"] = draw(st.sampled_from(goals))
    measure = draw(st.sampled_from([*CORE]))
    if measure.name in _JUDGED and draw(st.booleans()):
        indicator |= draw(_draw_target(each=measure.name == "density"))
    return {**indicator, "measure": measure.name, "arguments": dict(measure.about.example)}


@st.composite
def _draw_target(draw: st.DrawFn, *, each: bool) -> dict[str, Any]:
    """Draw a target with its direction, and what it may say of years and parts."""
    target: dict[str, Any] = {
        "value": draw(_TARGET_SHARES),
        "source": draw(st.sampled_from(["proposed", "decided"])),
    }
    declared = {"target": target, "direction": draw(st.sampled_from(["up", "down"]))}
    if each and draw(st.booleans()):
        target |= {"each": "school", "needs": draw(st.just("all") | st.floats(0.1, 1))}
    if draw(st.booleans()):
        target["by"] = "2027/28"
        declared["baseline"] = {"value": draw(_TARGET_SHARES), "period": draw(_PERIODS)}
        declared["steps"] = draw(st.just({}) | st.just({"2025/26": target["value"]}))
    return declared


def _draw_claim() -> st.SearchStrategy[dict[str, Any]]:
    core = load_core_vocabulary()
    rule = st.fixed_dictionaries(
        {
            "counts": st.sampled_from(["people", "events", "rounds", "days", "person_days"]),
            "at_least": st.integers(1, 20),
            "events": st.lists(st.sampled_from(list(core.event_kinds)), min_size=1, max_size=2),
            "roles": st.lists(st.sampled_from(list(core.roles)), max_size=1),
        }
    )
    grown = st.fixed_dictionaries(
        {
            "counts": st.just("people"),
            "more_than": st.just(YEAR_BEFORE),
            "roles": st.lists(st.sampled_from(list(core.roles)), min_size=1, max_size=2),
        }
    )
    certain = {
        "text": _MANIFEST_LABELS,
        "certainty": st.sampled_from(CERTAINTIES),
        "rule": rule | grown,
        "certainties": st.dictionaries(st.just("rule"), st.sampled_from(CERTAINTIES)),
    }
    return _draw_dictionary(certain, period=_PERIODS)


def _draw_vocabulary() -> st.SearchStrategy[dict[str, Any]]:
    role = st.fixed_dictionaries(
        {
            "label": _MANIFEST_LABELS,
            "level": st.sampled_from(["resource_persons", "pedagogical_staff"]),
            "resource_person": st.booleans(),
        }
    )
    kind = _draw_dictionary({"label": _MANIFEST_LABELS}, learning=st.booleans())
    return _draw_dictionary(
        {},
        roles=_draw_kinds("role", role),
        community_kinds=_draw_kinds("group", kind),
        levels=st.just({"resource_persons": {"minimum_members": 2}}),
        minimum_members=st.integers(2, 5),
    )


def _draw_kinds(
    sort: str, kind: st.SearchStrategy[dict[str, Any]]
) -> st.SearchStrategy[dict[str, Any]]:
    """Draw kinds by id, each called something of its own: a label that two share would be refused."""

    def call_apart(kinds: dict[str, Any]) -> dict[str, Any]:
        return {
            name: {**one, "label": {at: f"{text} {name}" for at, text in one["label"].items()}}
            for name, one in kinds.items()
        }

    return st.dictionaries(_MANIFEST_IDS.map(f"{sort}_{{}}".format), kind, max_size=2).map(
        call_apart
    )


def _draw_standards() -> st.SearchStrategy[dict[str, Any]]:
    return _draw_dictionary(
        {},
        meetings=st.integers(1, 40),
        longest_gap=st.sampled_from(["3 weeks", "1 week", "45 days"]),
        clear=st.floats(0.1, 1),
        answers=st.integers(15, 20),
        sources=st.dictionaries(
            st.sampled_from(["meetings", "steps"]), _MANIFEST_TEXTS, max_size=1
        ),
    )


def _draw_purpose() -> st.SearchStrategy[dict[str, Any]]:
    said = {"purpose": _MANIFEST_LABELS, "audience": _MANIFEST_LABELS, "limits": _MANIFEST_LABELS}
    return _draw_dictionary(said, discussed_on=st.just("2018-09-01"))
