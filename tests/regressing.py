"""Regressions over pairs of people the long way, and three networks to try them on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from plfkit import Organisation, Person, Response, Snapshot, Survey, Tie, snapshot
from plfkit.inference.aligning import align_relations
from plfkit.inference.regression import Statistic
from plfkit.resampling import Drawing, Permutations, Work

Floats = NDArray[np.float64]

NETWORKS = {
    "advice": "ab ac bc bd ca cd db de ea ef fa fb ga gh hb hg",
    "observation": "ab bc bd cd da de ec ef fa gh gb hg ha",
    "coaching": "ac bc ca db ea fb fe gc hg hd",
}
"""Three networks among eight people; a tie is two letters."""

PATTERNS: dict[str, dict[str, str]] = {
    "everybody": {},
    "some_silent": {"advice": "gh", "coaching": "a"},
}
"""Who did not answer about which relation."""


def surveyed(silent: Mapping[str, str]) -> Snapshot:
    """The three networks, each told in a survey of its own."""
    return snapshot(
        Organisation.of(
            persons=[Person(name) for name in "abcdefgh"],
            surveys=[Survey(name, "network", name) for name in NETWORKS],
            responses=[
                Response(name, person, answered=person not in silent.get(name, ""))
                for name in NETWORKS
                for person in "abcdefgh"
            ],
            ties=[
                Tie(tie[0], tie[1], name, name)
                for name, ties in NETWORKS.items()
                for tie in ties.split()
                if tie[0] not in silent.get(name, "")
            ],
        )
    )


def dense(silent: Mapping[str, str]) -> tuple[list[Floats], NDArray[np.bool_]]:
    """The networks as matrices, and which of their cells were observed in all of them."""
    people = "abcdefgh"
    seen = ~np.eye(8, dtype=np.bool_)
    for names in silent.values():
        seen[[people.index(name) for name in names], :] = False
    matrices = []
    for ties in NETWORKS.values():
        matrix = np.zeros((8, 8))
        for tie in ties.split():
            matrix[people.index(tie[0]), people.index(tie[1])] = 1
        matrices.append(matrix * seen)
    return matrices, seen


def ordinary(
    y: Floats, columns: Sequence[Floats], cells: NDArray[np.int64] | None = None
) -> tuple[Floats, Floats, float]:
    """Least squares the long way: coefficients, t and explained variation.

    With the cells of the pairs, t is the robust one, product by product of two pairs with a person in
    common; but never less than the squares of pairs alone give.
    """
    design = np.stack([np.ones(len(y)), *columns], axis=1)
    coefficients, *_ = np.linalg.lstsq(design, y, rcond=None)
    residual = y - design @ coefficients
    inverse = np.linalg.pinv(design.T @ design)
    variance = inverse.diagonal() * (residual @ residual) / (len(y) - design.shape[1])
    if cells is not None:
        scores = design * residual[:, None]
        first, second = (cells[:, None, :], cells[None, :, :])
        shared = (first[..., :, None] == second[..., None, :]).any(axis=(2, 3))
        same = (np.sort(first) == np.sort(second)).all(axis=2)
        part = inverse @ scores.T
        of_people, of_pairs = (
            np.einsum("ki,ij,kj->k", part, together.astype(float), part)
            for together in (shared, same)
        )
        people = len(np.unique(cells))
        variance = np.fmax(of_people, of_pairs) * people / (people - 1)
    errors = np.sqrt(np.asarray(variance, np.float64))
    explained = 1 - residual @ residual / ((y - y.mean()) @ (y - y.mean()))
    found: Floats = np.asarray(coefficients, np.float64)
    return found, found / np.asarray(errors, np.float64), float(explained)


def cells_of(seen: NDArray[np.bool_], statistic: Statistic) -> NDArray[np.int64] | None:
    """The two people of each pair that was seen, where the robust t asks for them."""
    return np.argwhere(seen) if statistic == "robust" else None


def semi_partialled(
    matrices: list[Floats],
    seen: NDArray[np.bool_],
    tested: int,
    orders: NDArray[np.int64],
    statistic: Statistic,
) -> Floats:
    """The t of a predictor whose rest after the others is permuted, draw by draw."""
    others = [m[seen] for k, m in enumerate(matrices) if k not in {0, tested}]
    y = matrices[0][seen]
    design = np.stack([np.ones(len(y)), *others], axis=1)
    fit, *_ = np.linalg.lstsq(design, matrices[tested][seen], rcond=None)
    rest = np.zeros(seen.shape)
    rest[seen] = matrices[tested][seen] - design @ fit
    found = []
    for order in orders:
        moved = np.zeros(seen.shape)
        moved[np.ix_(order, order)] = rest
        _, t, _ = ordinary(y, [moved[seen], *others], cells_of(seen, statistic))
        found.append(t[1])
    return np.array(found)


def drawn_orders(
    now: Snapshot, draws: int, seed: int, relations: tuple[str, ...] = tuple(NETWORKS)
) -> NDArray[np.int64]:
    """The permutations that a test with this seed draws: the same strata, and the same chance."""
    pairs = align_relations(now, relations, within=None, missing="available")
    permutations = Permutations(pairs.strata)

    def orders(chance: np.random.Generator, count: int) -> Floats:
        return permutations.draw(chance, count).astype(np.float64)

    return Work(Drawing(draws=draws, seed=seed), "test").draw(orders).astype(np.int64)
