"""A page says of communities, people and levels only what the tables that are there can bear out."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import pytest

import plfkit
from plfkit import Organisation, Profile, load_profile

STAFF = frozenset({"units", "persons", "positions"})
KINDS = frozenset({"communities"})
MEMBERS = frozenset({"communities", "memberships"})
ADVICE = frozenset({"surveys", "responses", "ties"})
EVENTS = frozenset({"events", "participations", "registrations"})
SUBSETS = (
    frozenset({"units"}),
    frozenset({"persons"}),
    frozenset({"units"}) | KINDS,
    *(STAFF | kept for kept in (frozenset[str](), KINDS, MEMBERS, ADVICE)),
    *(STAFF | KINDS | kept for kept in (ADVICE, EVENTS)),
    *(STAFF | MEMBERS | kept for kept in (ADVICE, EVENTS)),
    STAFF | MEMBERS | ADVICE | EVENTS,
)
"""Tables that are there together: each has those that its rows point to."""
OF_MEMBERS = (
    *("har registreret egne fællesskaber", "har et fællesskab", "intet registreret", "mindst ét;"),
    *("antal fællesskaber, større cirkel", "intet eget fællesskab", "ingen fællesskaber at regne"),
    *("ingen personer på niveauet", "ingen personer registreret"),
    *("schools have registered communities", "has a community", "none registered"),
    *("number of communities, a larger", "no community of its own", "no communities to compute"),
    *("nobody on the level", "nobody registered"),
)
"""What only lists of members can tell: how many communities there are, or that a level has none."""
OF_STAFF = (r"\d+ medarbejdere\.", r"\d+ members of staff\.")
OF_KINDS = ("Ingen fællesskaber er registreret.", "No communities are registered.")
OF_SURVEYS = (r"Har svaret \(", r"Answered \(", "har ikke svaret om", "did not answer about")


@cache
def make_town() -> tuple[Organisation, Profile]:
    """A town with every table, and its profile."""
    profile = load_profile("vejle")
    return plfkit.synthetic.municipality(profile, schools=2), profile


def write_pages(tables: frozenset[str]) -> list[str]:
    """The page of some of its tables, in both languages."""
    town, profile = make_town()
    kept: dict[str, Any] = {name: [*getattr(town, name)] for name in tables}
    organisation = Organisation.of(vocabulary=profile.vocabulary, **kept)
    released = plfkit.release(plfkit.assess(organisation, profile), profile.privacy)
    return [_drop_methods(plfkit.render_report(released, language=one)) for one in ("da", "en")]


def _drop_methods(page: str) -> str:
    """Drop what explains words whatever the data are, and what machines read."""
    return re.sub(r"<script.*?</script>|<style.*?</style>", "", page, flags=re.DOTALL)


@pytest.mark.parametrize("tables", SUBSETS, ids=lambda tables: "+".join(sorted(tables)))
def test_nothing_is_said_of_what_is_not_there(tables: frozenset[str]) -> None:
    """Without lists of members no place has, or lacks, a community; without staff nobody is counted."""
    unsaid = [] if "memberships" in tables else [*OF_MEMBERS]
    unsaid += [] if "positions" in tables else [*OF_STAFF]
    unsaid += [] if "responses" in tables else [*OF_SURVEYS]
    unsaid += [*OF_KINDS] if "communities" in tables else []
    for page in write_pages(tables):
        assert [words for words in unsaid if re.search(words, page)] == []
        assert not re.search(r"[ >]undated\b", page)
