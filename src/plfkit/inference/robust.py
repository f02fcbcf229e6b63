"""The robust t: pairs that share a person are taken to go together, however they do.

The variance of a coefficient adds up the products of what any two pairs contribute that have a person
in common (Fafchamps & Gubert 2007; Aronow, Samii & Assenova 2015). Of person i, let S_i be the sum over
i's pairs. Then Σ S_i² has every product of two such pairs once, and that of a pair with itself twice, for
both of its people: so it is Σ S_i² − P, where P adds up the squares of pairs. With few people the
difference may come out as nothing or less; it is never taken to be less than P, what it would be if
pairs had nothing to do with each other.
"""

from __future__ import annotations

import numpy as np

from plfkit.arrays import Floats
from plfkit.inference.least_squares import LeastSquaresFit, divide_by_error
from plfkit.inference.pairs import Pairs


def choose_variance(of_people: Floats, of_pairs: Floats, pairs: Pairs) -> Floats:
    """Return the variance of sums over pairs.

    Args:
        of_people: The sum of the squared sums of each person's pairs.
        of_pairs: The sum of the squares of pairs.
        pairs: The matrices; of undirected ones the sums have each pair twice.
    """
    together = np.fmax(of_people - of_pairs, of_pairs)
    variance: Floats = together * pairs.n / (pairs.n - 1) / pairs.times**2
    return variance


def divide_robustly(
    fit: LeastSquaresFit, of_people: Floats, of_pairs: Floats, pairs: Pairs
) -> Floats:
    """Return the coefficients over their robust standard errors.

    Args:
        fit: The regression.
        of_people: What each person's pairs contribute to each column.
        of_pairs: The sums of products of what pairs contribute to any two columns.
        pairs: The matrices.
    """
    spread = np.sum((of_people @ fit.weights.T) ** 2, axis=0)
    alone = np.einsum("ij,jk,ik->i", fit.weights, of_pairs, fit.weights)
    error = np.sqrt(choose_variance(spread, alone, pairs))
    return divide_by_error(fit.coefficients, error, fit.widest)
