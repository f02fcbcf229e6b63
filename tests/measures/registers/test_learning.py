"""What counts as a learning community, by definitions spelt out and all that could have been answered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import product
from typing import Any

import pytest
from attrs import evolve, frozen
from hypothesis import given
from hypothesis import strategies as st
from searching import search

from plfkit import (
    Community,
    Membership,
    Organisation,
    Person,
    Position,
    Survey,
    Unit,
    measures,
    snapshot,
)
from plfkit.errors import MeasureError, UnknownGroupError
from plfkit.model.records.rows import Answer, Focus
from plfkit.model.words.kinds import CommunityKind, Label
from plfkit.model.words.vocabulary import load_core_vocabulary

PEOPLE = "abcdefgh"
ROLES = ("teacher", "teacher", "teacher", "pedagogue", "reading_coach", "reading_coach")
BOTH = ("reflective_dialogues", "pupil_learning_focus")
KINDS = ("learning_community", "team", "leadership_team", "learning_centre", "network")
MANY = 5
"""So many blanks have more ways to be filled in than a quick test goes through."""
WORDS = ("reflective_dialogues", "pupil_learning_focus", "deprivatised_practice")


@frozen
class Group:
    """A community as a test knows it.

    Attributes:
        kind: Its kind.
        members: Its members, of one letter each.
        said: What it answered to each word, from 1 to 4; None for nothing.
        focus: What it inquires into.
    """

    kind: str
    members: frozenset[str]
    said: tuple[int | None, ...]
    focus: str | None = None

    @property
    def enough(self) -> bool:
        """Whether it has enough members: two leaders, where its kind is not of another level, or three."""
        of_any_level = self.kind != "learning_centre"
        leaders = self.kind == "leadership_team" or (of_any_level and self.members >= {*"gh"})
        return len(self.members) >= (2 if leaders else 3)

    @property
    def sees_both(self) -> bool:
        """Whether it sees both core practices in itself, all having been said."""
        return self.enough and all((value or 0) >= 3 for value in self.said[:2])

    @property
    def learns(self) -> bool:
        """Whether it is a learning community: one that was set up as such, or sees both."""
        return self.sees_both or (self.enough and self.kind == "learning_community")


GROUPS = st.lists(
    st.builds(
        Group,
        kind=st.sampled_from(KINDS),
        members=st.frozensets(st.sampled_from(PEOPLE), min_size=1),
        said=st.tuples(*[st.sampled_from([None, 2, 3])] * len(WORDS)),
        focus=st.sampled_from([None, "own", "linked"]),
    ),
    min_size=1,
    max_size=3,
)


def build(groups: list[Group]) -> Organisation:
    """Write communities down as an organisation of one school, with two leaders."""
    said = [
        Answer("v", None, f"g{n}", item=word, value=value)
        for n, group in enumerate(groups)
        for word, value in zip(WORDS, group.said, strict=True)
        if value is not None
    ]
    roles = [*ROLES, "principal", "deputy_principal"]
    return Organisation.of(
        units=[Unit("s", "school")],
        persons=[Person(name) for name in PEOPLE],
        positions=[Position(name, "s", role) for name, role in zip(PEOPLE, roles, strict=True)],
        communities=[Community(f"g{n}", g.kind, None, "s", g.focus) for n, g in enumerate(groups)],
        memberships=[Membership(f"g{n}", m) for n, g in enumerate(groups) for m in g.members],
        focuses=[
            Focus("town"),
            Focus("s", parent="town"),
            Focus("linked", parent="s"),
            Focus("own"),
        ],
        surveys=[Survey("v", "scale", None, "five", date(2018, 11, 1), lowest=1, highest=4)],
        answers=said,
    )


def completions(groups: list[Group], *, focuses: bool = False) -> Iterator[list[Group]]:
    """Yield all that the communities could have answered, and registered of their focus."""
    blanks = [
        (n, place) for n, g in enumerate(groups) for place, v in enumerate(g.said) if v is None
    ]
    unnamed = [n for n, g in enumerate(groups) if focuses and g.focus is None]
    for values in product((2, 3), repeat=len(blanks)):
        filled = list(groups)
        for (n, place), value in zip(blanks, values, strict=True):
            said = list(filled[n].said)
            said[place] = value
            filled[n] = evolve(filled[n], said=tuple(said))
        for words in product(("own", "linked"), repeat=len(unnamed)):
            whole = list(filled)
            for n, word in zip(unnamed, words, strict=True):
                whole[n] = evolve(whole[n], focus=word)
            yield whole


def covered(groups: list[Group]) -> float:
    """The share of the eight who are in a learning community."""
    return len(frozenset().union(*(g.members for g in groups if g.learns))) / len(PEOPLE)


def covered_by_own_word(groups: list[Group]) -> float:
    """The share of the eight who are in one that sees both practices, whatever it was set up as."""
    return len(frozenset().union(*(g.members for g in groups if g.sees_both))) / len(PEOPLE)


def leading(groups: list[Group]) -> float:
    """The share of the two leaders who are in one besides the leadership team."""
    inside = [g.members for g in groups if g.learns and g.kind != "leadership_team"]
    return len(frozenset("gh") & frozenset().union(*inside)) / 2


@search(40)
@given(groups=GROUPS)
def test_range_of_learning_coverage(groups: list[Group]) -> None:
    """Each end is what the best or the worst answers would give; a value is there if they agree."""
    now = snapshot(build(groups))
    for result, share in (
        (measures.membership_coverage(now, basis="learning"), covered),
        (measures.membership_coverage(now, basis="self_assessed"), covered_by_own_word),
        (measures.leaders_in_teams(now), leading),
    ):
        (figure,) = result
        could = {share(whole) for whole in completions(groups)}
        assert (figure.lower, figure.upper) == pytest.approx((min(could), max(could)))
        assert (figure.value is None) == (len(could) > 1)
        if len(could) > 1:
            assert figure.reason in {"some_not_assessed", "not_registered"}


@search(15)
@given(groups=GROUPS.filter(lambda groups: sum(g.said.count(None) for g in groups) < MANY))
def test_sure_learning_anchoring(
    groups: list[Group],
) -> None:
    """The levels anchored for certain are those anchored whatever is answered, and so at the top."""

    def levels(whole: list[Group]) -> float:
        result = measures.level_anchoring(snapshot(build(whole)), basis="learning")
        return next(f.lower or 0.0 for f in result if f.figure == "total")

    could = {levels(whole) for whole in completions(groups)}
    result = measures.level_anchoring(snapshot(build(groups)), basis="learning")
    total = next(f for f in result if f.figure == "total")
    assert total.lower == pytest.approx(min(could))
    # Of the administration nobody is registered, so that a community may be there unseen.
    assert total.upper == pytest.approx(max(could) + 1 / 4)


@given(groups=GROUPS)
def test_what_communities_see_in_themselves(groups: list[Group]) -> None:
    """The share with both words, of those that answered on both; the range goes over the others."""
    now = snapshot(build(groups))
    result = measures.characteristics_profile(
        now, characteristics=WORDS[1:], kinds=("team", "learning_community"), at_least=2
    )
    (figure,) = result
    asked = [g for g in groups if g.enough and g.kind in {"team", "learning_community"}]
    told = [g for g in asked if None not in g.said[1:]]

    def shows(group: Group) -> bool:
        return all((value or 0) >= 3 for value in group.said[1:])

    if asked:
        wide = [g for g in asked if all(value in {None, 3} for value in g.said[1:])]
        ends = sum(map(shows, asked)) / len(asked), len(wide) / len(asked)
        assert (figure.lower, figure.upper) == pytest.approx(ends)
    if figure.value is not None:
        known = asked if figure.lower == figure.upper else told
        assert figure.value == pytest.approx(sum(map(shows, known)) / len(known))


@search(40)
@given(groups=GROUPS)
def test_linked_focuses(groups: list[Group]) -> None:
    """Whatever is answered and registered, the share of learning communities is within the range."""
    (figure,) = measures.focus_chain(snapshot(build(groups)), basis="learning")
    could = []
    for whole in completions(groups, focuses=True):
        learning = [g for g in whole if g.learns]
        if learning:
            could.append(sum(g.focus == "linked" for g in learning) / len(learning))
    if not could:
        assert figure.reason == "no_communities"
        return
    if not any(
        evolve(g, said=(0, 0, 0)).learns or (None not in g.said[:2] and g.learns) for g in groups
    ):
        assert (figure.lower, figure.reason) == (None, "not_registered")
        return
    assert (figure.lower, figure.upper) == pytest.approx((min(could), max(could)))


def test_said_and_held() -> None:
    """A team that sees one of two in itself, and met on the other, shows neither by both together."""
    group = Group("team", frozenset("abc"), (3, None, 2))
    now = snapshot(build([group]))
    ask: dict[str, Any] = {"characteristics": ("reflective_dialogues", "deprivatised_practice")}
    said = measures.characteristics_profile(now, at_least=2, **ask).main
    assert said is not None
    assert said.value == 0
    either = measures.characteristics_profile(now, at_least=1, source="either", **ask).main
    assert either is not None
    assert either.value == 1
    held = measures.characteristics_profile(now, at_least=1, source="events", **ask)
    assert held.main is not None
    assert (held.main.value, held.main.reason) == (None, "not_registered")
    assert all(need.of is not None for need in held.needs)


def test_a_profile_may_flag_another_kind() -> None:
    """A centre is a learning community where the profile says so, and sorts of one are too."""
    groups = [Group("learning_centre", frozenset("abc"), (None, None, None))]
    plain = build(groups)
    flagged = load_core_vocabulary().extended(
        {"community_kinds": {"learning_centre": {"learning": True}}}
    )
    assert "learning_centre" in flagged.learning_kinds
    assert measures.membership_coverage(snapshot(plain), basis="learning").main is not None
    own = evolve(plain, vocabulary=flagged)
    (figure,) = measures.membership_coverage(snapshot(own), basis="learning")
    assert figure.lower == figure.upper == figure.value == 3 / 8
    sort = CommunityKind(Label("Sprogteam", "Language team"), sort_of="learning_community")
    words = evolve(flagged, community_kinds={**flagged.community_kinds, "language": sort})
    assert "language" in words.learning_kinds


def test_nothing_said_is_nothing_known() -> None:
    """Without a flagged kind and without an answer nobody knows of any learning community."""
    groups = [Group("team", frozenset("abc"), (None, None, None))]
    (figure,) = measures.membership_coverage(snapshot(build(groups)), basis="learning")
    assert (figure.value, figure.reason) == (None, "not_registered")


@pytest.mark.parametrize(
    ("arguments", "error", "told"),
    [
        ({"source": "anwers"}, MeasureError, "answers"),
        ({"characteristics": ("reflective_dialog",)}, MeasureError, "reflective_dialogues"),
        ({"characteristics": ("collaboration",), "at_least": 2}, MeasureError, "at_least"),
        ({"kinds": ("teem",)}, UnknownGroupError, "team"),
    ],
)
def test_what_is_not_there_is_refused(
    arguments: dict[str, Any], error: type[Exception], told: str
) -> None:
    """A slip in a word is told with what was meant."""
    now = snapshot(build([Group("team", frozenset("abc"), (3, 3, 3))]))
    with pytest.raises(error, match=told):
        measures.characteristics_profile(now, **arguments)
