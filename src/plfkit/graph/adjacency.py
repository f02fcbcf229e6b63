"""Adjacency: ties as a sparse matrix of ones, from rows to columns."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from plfkit.arrays import Floats, Numbers

Adjacency = sparse.csr_array[Any]
"""A matrix of ones, row to column."""


def build_adjacency(sources: Numbers, targets: Numbers, n: int) -> Adjacency:
    """Build the matrix of some ties; a tie told several times is there once."""
    # The same tie told twice adds up to 2, which becomes 1 again below.
    told = sparse.coo_array((np.ones(len(sources), np.int32), (sources, targets)), shape=(n, n))
    matrix = told.tocsr()
    matrix.data = np.ones(matrix.nnz, np.int8)
    return matrix


def build_symmetric_adjacency(sources: Numbers, targets: Numbers, n: int) -> Adjacency:
    """Build the symmetric matrix of some ties."""
    there, back = np.concatenate([sources, targets]), np.concatenate([targets, sources])
    return build_adjacency(there, back, n)


def unpack_arcs(matrix: Adjacency) -> tuple[Numbers, Numbers]:
    """Return the rows and columns of a matrix's entries."""
    entries = matrix.tocoo()
    return entries.row.astype(np.int64), entries.col.astype(np.int64)


def count_entries(matrix: Adjacency) -> tuple[Floats, Floats]:
    """Count the entries of each column and of each row: the ties to each node, and those from it."""
    into = np.bincount(matrix.indices, minlength=matrix.shape[1])
    return into.astype(np.float64), np.diff(matrix.indptr).astype(np.float64)


def unpack_targets(matrix: Adjacency) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return where the targets of each row begin, with the end of the last one, and all targets."""
    return matrix.indptr.astype(np.int32, copy=False), matrix.indices.astype(np.int32, copy=False)
