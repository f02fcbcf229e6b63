"""What a take lacks, and what its keys say against each other."""

from __future__ import annotations

from collections.abc import Iterator

from plfkit.errors import Problem
from plfkit.hints import Hint
from plfkit.sources.importing.take import RESPONDENTS, TAKE_KINDS, Take
from plfkit.sources.importing.titles import ANYTHING

_SPLIT = ("named", "role")
"""The keys whose cells may hold several."""


def find_clashes(take: Take) -> Iterator[Problem]:
    """Find everything that keeps a take from being applied, each with the line to write."""
    yield from _find_needs(take)
    yield from _find_bare_stars(take)
    yield from _find_half_said_columns(take)
    yield from _find_half_said_survey(take)
    yield from _find_idle_keys(take)
    if "asked" in take.columns and take.asked is not None:
        yield Problem(("asked",), Hint("mapping.asked_twice"))


def _find_needs(take: Take) -> Iterator[Problem]:
    """Find what must be said and is not; of several in one, any will do."""
    said = {*take.columns, *take.every}
    said.update(key for key in ("items", "survey") if getattr(take, key))
    for need in TAKE_KINDS[take.kind].needs:
        if not said.intersection(need):
            yield _build_need(take, *need)
    if take.kind == "meetings" and take.id is None and not take.has("event"):
        yield _build_need(take, "event", "id")
    if "item" in take.columns and "value" not in take.columns:
        yield _build_need(take, "value")


def _build_need(take: Take, *keys: str) -> Problem:
    return Problem((keys[0],), Hint("mapping.need", keys=keys, kind=take.kind))


def _find_bare_stars(take: Take) -> Iterator[Problem]:
    """Find titles that need one star, since what it stands for says something."""
    keys = ["colleagues"]
    if take.kind == "network" and "weight" in take.columns:
        keys += ["weight", "named"]
    for key in keys:
        if any(title.count(ANYTHING) != 1 for title in take.columns.get(key, ())):
            yield Problem(("columns", key), Hint("mapping.one_star", name=key))
    for title, item in take.items.items():
        if ANYTHING in item and title.count(ANYTHING) != 1:
            yield Problem(("columns", "items", title), Hint("mapping.one_star", name=title))


def _find_half_said_columns(take: Take) -> Iterator[Problem]:
    if "colleagues" in take.columns and "colleagues" not in take.words:
        yield Problem(("words",), Hint("mapping.marks"))
    if take.kind == "staff" and take.has("hours") and not take.has("full_time"):
        yield Problem(("every", "full_time"), Hint("mapping.full_time"))
    if take.kind == "scale" and sum(key in take.columns for key in RESPONDENTS) > 1:
        yield Problem(("columns",), Hint("mapping.one_respondent"))


def _find_idle_keys(take: Take) -> Iterator[Problem]:
    """Find keys that would say nothing: what only columns say, and what nothing stands between."""
    of_columns = {"named", "colleagues", *(("weight",) if take.kind == "network" else ())}
    for key in of_columns.intersection(take.every):
        yield Problem(("every", key), Hint("mapping.only_columns", name=key))
    for key in take.every.keys() & {*take.columns, *(("items",) if take.items else ())}:
        yield Problem(("every", key), Hint("mapping.said_twice", name=key))
    for key, sign in take.split.items():
        if key not in _SPLIT or not sign:
            yield Problem(("split", key), Hint("mapping.split", keys=_SPLIT))


def _find_half_said_survey(take: Take) -> Iterator[Problem]:
    survey = take.survey
    if survey is None:
        return
    if take.kind == "scale" and None in (survey.lowest, survey.highest):
        yield Problem(("survey",), Hint("mapping.ends_of_scale"))
    if take.kind == "network" and survey.relation is None:
        yield Problem(("survey", "relation"), Hint("mapping.relation"))
