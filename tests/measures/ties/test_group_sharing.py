"""Who shares a group with whom, counted without a list of pairs, is what a list of pairs gives."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import sparse

from plfkit.graph.observation import Observation
from plfkit.measures.ties.group_sharing import GroupSharing


@st.composite
def places(draw: st.DrawFn) -> tuple[np.ndarray, Observation]:
    """Some people, each in one group or several or none, and what was observed of their classes."""
    n, groups, classes = (draw(st.integers(1, most)) for most in (7, 3, 3))
    first = draw(arrays(np.int64, n, elements=st.integers(0, groups - 1)))
    members = np.eye(groups, dtype=np.bool_)[first]
    if draw(st.booleans()):  # and some in further ones
        members |= draw(arrays(np.bool_, (n, groups)))
    if draw(st.booleans()):
        members[draw(arrays(np.bool_, n))] = False
    codes = draw(arrays(np.int64, n, elements=st.integers(0, classes - 1)))
    told = draw(arrays(np.bool_, (classes, classes)))
    return members, Observation(codes, told, ~told, np.zeros(classes), directed=True)


@given(places())
def test_mates(found: tuple[np.ndarray, Observation]) -> None:
    """For each person those others of whom something holds, in other groups and in a group of their own."""
    members, observation = found
    where = observation.told
    sharing = GroupSharing(sparse.csr_array(members.astype(np.float64)))
    between, within = sharing.count_pair_mates(observation, where)
    held = where[np.ix_(observation.codes, observation.codes)] & ~np.eye(
        len(members), dtype=np.bool_
    )
    together = (members @ members.T) > 0
    assert within.tolist() == (held & together).sum(axis=1).tolist()
    assert between.tolist() == (held & ~together).sum(axis=1).tolist()


@given(places())
def test_pairs_within(found: tuple[np.ndarray, Observation]) -> None:
    """For each group the ordered pairs of different people in it of whom something holds."""
    members, observation = found
    where = observation.told
    sharing = GroupSharing(sparse.csr_array(members.astype(np.float64)))
    held = where[np.ix_(observation.codes, observation.codes)] & ~np.eye(
        len(members), dtype=np.bool_
    )
    expected = [int(held[np.ix_(group, group)].sum()) for group in members.T]
    assert sharing.count_pairs_within(observation, where).tolist() == expected
