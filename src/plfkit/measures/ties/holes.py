"""Structural holes: whether somebody's contacts know each other already."""

from __future__ import annotations

from typing import Unpack

import numpy as np
from attrs import frozen

from plfkit.arrays import Floats
from plfkit.graph.adjacency import Adjacency
from plfkit.graph.groups import GroupSpec
from plfkit.graph.layers import Layer
from plfkit.graph.snapshot import Snapshot
from plfkit.measures.engine.estimates import Estimate, choose_reasons
from plfkit.measures.engine.estimating import measure_pieces
from plfkit.measures.engine.layer_parts import build_person_keys, open_layer
from plfkit.measures.engine.options import TieOptions
from plfkit.measures.engine.pieces import Piece
from plfkit.measures.ties.tie_defaults import measure_each_person
from plfkit.measures.ties.triangles import divide_or_zero, sum_up_triangles
from plfkit.model.results.result import Result
from plfkit.model.words.choices import check_choice
from plfkit.model.words.kinds import Label
from plfkit.model.words.reasons import Reason

CONSTRAINT_VARIANTS = ("directed", "undirected")
_PAIRS_TO_A_TIE = 8
"""With fewer pairs of people to a tie than that, matrices with a cell for each pair are quicker."""

HOLE_FIGURES = ("constraint", "effective_size", "efficiency", "hierarchy")


@measure_each_person(
    label=Label(da="Bundethed til kontakter", en="Constraint"),
    tells=Label(
        da="Om en persons kontakter har hinanden i forvejen (højt), eller personen binder dem sammen (lavt).",
        en="Whether a person's contacts have each other anyway (high), or that person joins them (low).",
    ),
    beware=Label(
        da="Få kontakter giver af sig selv et højt tal, og tallet må ikke bruges om enkeltpersoner.",
        en="Few contacts make for a high figure by themselves, and it is not for judging people.",
    ),
    scale="index",
    reference="Burt (1992), Structural Holes, Harvard University Press, ch. 2",
    example={"relation": "advice"},
    no_interval="a person drawn twice would be a contact of themselves",
)
def constraint(
    snapshot: Snapshot,
    *,
    relation: str,
    by: GroupSpec | None = None,
    survey: str | None = None,
    variant: str = "directed",
    **options: Unpack[TieOptions],
) -> Result:
    """Return Burt's constraint, effective size, efficiency and hierarchy of each person.

    Formula:
        Σ_j (p_ij + Σ_q p_iq · p_qj)², where p_ij is the share of i's ties, given and received, that
        are with j.

    That is ``constraint``, a sum of c_ij over i's contacts j. ``effective_size`` is the number of
    contacts less Σ_j Σ_q p_iq · m_jq, where m_jq is j's tie with q over j's strongest; ``efficiency``
    that size over the number of contacts; ``hierarchy`` how unequal the c_ij are (0 all equal, towards
    1 one contact alone). Computed on the whole network (igraph, networkx), not on each person's own one
    (UCINET's default).

    Anybody may be a contact, and contacts be each other's: where some did not answer there is no value,
    only the range, which is simulated; ``missing="null"`` counts what was told.

    Beware:
        Few contacts make for a high figure by themselves, and it is not for judging people.

    Args:
        snapshot: The moment.
        relation: Which ties.
        by: The people of each of these groups, and ties within it.
        survey: Which survey, if several asked.
        variant: ``"directed"`` counts a tie in both directions twice; ``"undirected"`` once.
        options: What every measure of ties takes: see `plfkit.measures.TieOptions`.

    Returns:
        Four figures for each person, ``id`` and ``figure``. Undefined without contacts
        (``"no_ties"``), hierarchy also with one contact (``"one_contact"``), and where some did not
        answer.

    Raises:
        MeasureError: There is no such relation, survey or variant, or an option is refused.
        UnknownGroupError: People cannot be grouped by `by`.

    Source:
        Burt (1992), ch. 2.

    Examples:
        Cy seeks Ann and Bo, who do not know each other: (1/2)² + (1/2)² for Cy, and 1 for those who
        have but one contact.

        >>> from plfkit.testing import build_moment
        >>> now = build_moment(ties=["cy ann,bo advice"])
        >>> figures = constraint(now, relation="advice")
        >>> [(one.id, one.value) for one in figures if one.figure == "constraint"]
        [('ann', 1.0), ('bo', 1.0), ('cy', 0.5)]
    """
    check_choice("constraint", "variant", variant, CONSTRAINT_VARIANTS)
    cut = open_layer(constraint, snapshot, relation, options=options, by=by, survey=survey)
    holes = HoleEstimator(variant)
    pieces = [
        Piece(
            parts=parts,
            keys=build_person_keys(snapshot, parts.layer, HOLE_FIGURES),
            places=np.tile(parts.layer.node_parts, len(HOLE_FIGURES)),
            estimator=holes,
            certain_only=True,
        )
        for parts in cut.sort_parts()
    ]
    return measure_pieces(constraint, cut, pieces, variant=variant, method=None)


@frozen
class HoleEstimator:
    """Burt's four figures of every node, one after the other."""

    variant: str

    def __call__(self, layer: Layer) -> Estimate:
        """Return the four figures of a layer."""
        union = layer.count_directions()
        if self.variant == "undirected":
            union = union.sign()
        contacts = np.diff(union.indptr).astype(np.float64)
        figures = _compute_hole_figures(union, contacts)
        length = len(figures) * layer.n
        apart = np.tile(contacts == 0, len(figures))
        # Hierarchy is the last of the four.
        alone = np.arange(length) >= length - layer.n
        alone &= np.tile(contacts == 1, len(figures))
        reasons = choose_reasons(length, (apart, Reason.NO_TIES), (alone, Reason.ONE_CONTACT))
        value = np.where(reasons.codes < 0, np.concatenate(figures), np.nan)
        return Estimate(value=value, reasons=reasons)


def _compute_hole_figures(union: Adjacency, contacts: Floats) -> list[Floats]:
    """Return constraint, effective size, efficiency and hierarchy from a symmetric matrix."""
    if not union.nnz:
        return [contacts] * len(HOLE_FIGURES)  # noughts
    # 1,800 people with 900 contacts each make a hundred million triangles, and three million pairs.
    if union.nnz * _PAIRS_TO_A_TIE > len(contacts) ** 2:
        return _follow_matrices(union.toarray().astype(np.float64), contacts)
    total, redundancy, unequal = sum_up_triangles(union, contacts)
    return _name_figures(total, contacts, redundancy, unequal)


def _follow_matrices(union: Floats, contacts: Floats) -> list[Floats]:
    """Return the figures as their formulas stand, with a cell for every pair."""
    tied = union > 0
    ours = divide_or_zero(union, union.sum(axis=1, keepdims=True))
    theirs = divide_or_zero(union, union.max(axis=1, keepdims=True, initial=0))
    bound = np.where(tied, ours + ours @ ours, 0) ** 2
    redundancy = (ours * (tied.astype(np.float64) @ theirs)).sum(axis=1)
    total = bound.sum(axis=1)
    each = divide_or_zero(bound * contacts[:, None], total[:, None])
    # Where there is no tie the logarithm is of 1, which is nothing.
    return _name_figures(total, contacts, redundancy, (each * np.log(each + ~tied)).sum(axis=1))


def _name_figures(
    total: Floats, contacts: Floats, redundancy: Floats, unequal: Floats
) -> list[Floats]:
    """Return constraint, effective size, efficiency and hierarchy from their sums for each person."""
    size = contacts - redundancy
    spread = divide_or_zero(unequal, contacts * np.log(np.fmax(contacts, 1)))
    return [total, size, divide_or_zero(size, contacts), spread]
