"""What was observed, counted over classes and groups."""

from __future__ import annotations

import tracemalloc
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from plfkit import measures, snapshot
from plfkit.graph.paired_groups import PairedGroups
from plfkit.measures.ties.group_sharing import GroupSharing
from plfkit.testing import build_moment
from plfkit.testing.strategies import twice_surveyed_networks


@pytest.mark.parametrize("asked", [True, False])
@given(data=st.data())
def test_unseen_inside(asked: bool, data: st.DataObject) -> None:  # noqa: FBT001
    """What is unobserved within groups is what is unobserved between each group and itself."""
    layer = snapshot(data.draw(twice_surveyed_networks(most=6))).layer("advice")
    if (seen := layer.recorded) is None:
        return
    inside = data.draw(st.lists(st.booleans(), min_size=3 * layer.n, max_size=3 * layer.n))
    members = sparse.csr_array(np.array(inside, np.float64).reshape(layer.n, 3))
    where = ~seen.seen & (seen.asked == asked)
    found = GroupSharing(members).count_pairs_within(seen, where)
    groups = PairedGroups(members, np.arange(3), np.arange(3), seen.codes, len(seen.told))
    assert found.tolist() == seen.count_unseen_pairs(groups, asked=asked).tolist()


def test_thousands_of_groups() -> None:
    """An index over three thousand pairs of colleagues holds no matrix of pairs by pairs."""
    ids = [f"p{number:04d}" for number in range(6_000)]
    now = build_moment(
        ties=[f"{a} {b} advice survey=s" for a, b in pairwise(ids)],
        responses=[f"s {one} {'no' if one == ids[-1] else 'yes'}" for one in ids],
        surveys=["s network relation=advice"],
    )
    groups = {one: f"team-{number // 2}" for number, one in enumerate(ids)}
    now.layer("advice")
    tracemalloc.start()
    [figure] = measures.ei_index(now, relation="advice", groups=groups)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    # 3,000 ties within pairs and 2,999 between them; 3,000² cells of 8 bytes would be 72 MB.
    assert (figure.numerator, figure.denominator) == (2_999, 5_999)
    assert None not in (figure.lower, figure.upper)
    assert peak < 30e6
