"""Hypothesis strategies for vocabularies, and rows that use every kind of one."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from plfkit.model.records.native import Records
from plfkit.model.records.rows import (
    Community,
    Event,
    Membership,
    Participation,
    Person,
    Position,
    Qualification,
    Tie,
    Unit,
)
from plfkit.model.words.vocabulary import Vocabulary, load_core_vocabulary

# No control characters: they are refused at entry, as are texts that look like CPR numbers.
WORDS = st.text("aæøåÅéz019 '\"<,;:=+-@/_", min_size=1, max_size=8).map(str.strip).filter(bool)
_OWN_KIND_IDS = st.from_regex(r"own_[a-z]{1,4}", fullmatch=True)
_OWN_KIND_LABELS = st.fixed_dictionaries({"da": WORDS, "en": WORDS})
_FIVE = st.lists(st.sampled_from(["collaboration", "shared_values"]), unique=True)
_KIND_SECTIONS: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "unit_kinds": {},
    "community_kinds": {"level": st.just("pedagogical_staff"), "sort_of": st.just("team")},
    "membership_roles": {"aliases": st.lists(WORDS.map("titel {}".format), max_size=2)},
    "characteristics": {"about": _OWN_KIND_LABELS},
    "frameworks": {
        "characteristics": st.just(["collaboration"]),
        "reference": WORDS,
        "keys": st.dictionaries(st.just("collaboration"), st.lists(WORDS, min_size=1)),
        "crosswalk": st.dictionaries(st.just("collaboration"), _FIVE),
    },
    "event_kinds": {"characteristics": _FIVE, "meeting": st.booleans()},
    "participation_roles": {},
    "qualification_kinds": {},
}
"""The sections of a vocabulary that take kinds of any sort, and what these have beside a label."""


@st.composite
def vocabularies(draw: st.DrawFn) -> Vocabulary:
    """Draw a vocabulary: the core's with kinds of its own, as a profile or a combination has."""
    return load_core_vocabulary().extended(
        {
            **{section: draw(_draw_own_kinds(**more)) for section, more in _KIND_SECTIONS.items()},
            "roles": draw(_draw_own_roles()),
            "relations": draw(_draw_own_relations()),
            "levels": {
                "pedagogical_staff": {"label": draw(_OWN_KIND_LABELS), "minimum_members": 2}
            },
            "profile": draw(st.none() | _OWN_KIND_IDS),
            "reference_day": draw(st.sampled_from(["03-01", "09-05"])),
            "minimum_members": draw(st.integers(2, 5)),
        }
    )


def _draw_own_kinds(**more: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Draw kinds by id; the id says its section, because some sections share one name space."""
    kind = st.fixed_dictionaries({"label": _OWN_KIND_LABELS, **more})
    suffix = "_".join(more) or "plain"
    return st.dictionaries(_OWN_KIND_IDS.map(f"{{}}_{suffix}".format), kind, max_size=2)


@st.composite
def _draw_own_relations(draw: st.DrawFn) -> dict[str, Any]:
    """Draw relations, some of them a sort of one of the core's."""
    plain = {"directed": st.booleans(), "evidence": st.sampled_from(["survey", "register"])}
    sort = {"directed": st.sampled_from([True]), "sort_of": st.just("advice")}
    return {**draw(_draw_own_kinds(**plain)), **draw(_draw_own_kinds(**sort))}


@st.composite
def _draw_own_roles(draw: st.DrawFn) -> dict[str, Any]:
    """Draw roles, no two of them with one title."""
    return {
        name: {
            "label": draw(_OWN_KIND_LABELS),
            "level": draw(st.sampled_from(["resource_persons", "pedagogical_staff"])),
            "resource_person": draw(st.booleans()),
            "staff": draw(st.booleans()),
            "aliases": [f"{draw(WORDS)} {name}"],
        }
        for name in draw(st.lists(_OWN_KIND_IDS.map("{}_role".format), max_size=2, unique=True))
    }


def use_own_kinds(words: Vocabulary) -> Records:
    """Return a row for each kind that a vocabulary has beside the core's."""
    core = load_core_vocabulary()

    def own(section: str) -> list[str]:
        return [name for name in words.section(section) if name not in core.section(section)]

    return Records(
        persons=[Person("own-a"), Person("own-b")],
        units=[Unit("own", "school"), *(Unit(kind, kind) for kind in own("unit_kinds"))],
        positions=[Position("own-a", "own", role) for role in own("roles")],
        communities=[
            Community("own", "team"),
            *(Community(kind, kind) for kind in own("community_kinds")),
        ],
        memberships=[
            Membership("own", person, role)
            for person, role in zip(("own-a", "own-b"), own("membership_roles"), strict=False)
        ],
        ties=[Tie("own-a", "own-b", relation) for relation in own("relations")],
        events=[
            Event("own", "workshop", date(2018, 9, 1)),
            *(Event(kind, kind, date(2018, 9, 1)) for kind in own("event_kinds")),
        ],
        participations=[
            Participation("own", person, role)
            for person, role in zip(("own-a", "own-b"), own("participation_roles"), strict=False)
        ],
        qualifications=[Qualification("own-a", kind) for kind in own("qualification_kinds")],
    )
