"""The least and the most that follows from what is told: without a solver, and as a solver has it."""

from __future__ import annotations

import subprocess
import sys
from itertools import product

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st
from searching import search

from plfkit.arrays import Numbers
from plfkit.disclosure.extremes import find_extremes, find_extremes_by_solver, find_most

Tables = tuple[Numbers, Numbers, Numbers, Numbers]


@st.composite
def told_tables(draw: st.DrawFn) -> Tables:
    """Draw a sum of up to five numbers, and up to four other sums of them with what is told of each."""
    count, told = draw(st.integers(1, 5)), draw(st.integers(0, 4))
    marks = st.lists(st.integers(0, 1), min_size=count, max_size=count)
    sizes = np.array(draw(st.lists(st.integers(0, 4), min_size=count, max_size=count)))
    rows = np.array([draw(marks) for _ in range(told)], np.int64).reshape(told, count)
    true = np.array([draw(st.integers(0, size)) for size in sizes.tolist()])
    further = st.integers(0, 2)
    spans = [(n - draw(further), n + draw(further)) for n in (rows @ true).tolist()]
    return np.array(draw(marks)), rows, np.array(spans, np.int64).reshape(told, 2), sizes


THREE = np.array([[1, 1, 0], [1, 0, 1], [0, 1, 1]])
ODD = (np.ones(3, np.int64), THREE, np.ones((3, 2), np.int64), np.ones(3, np.int64))
"""Of each two of three people one has it: a half of each, which nobody is."""


@search(150)
@given(told_tables())
def test_all_numbers_tried(told: Tables) -> None:
    """What is found without a solver is the largest sum of all numbers that fit."""
    wanted, rows, spans, sizes = told
    tried = np.array([*product(*(range(size + 1) for size in sizes.tolist()))])
    sums = tried @ rows.T
    fits = ((spans[:, 0] <= sums) & (sums <= spans[:, 1])).all(axis=1)
    found = find_most(wanted, rows, spans, sizes)
    assert found is None or found == (tried[fits] @ wanted).max()


@search(60)
@given(told_tables())
@example(ODD)
def test_as_a_solver_has_it(told: Tables) -> None:
    """Whoever finds them, the least and the most are the same."""
    assert find_extremes(*told) == find_extremes_by_solver(*told)


def test_halves_are_left_to_a_solver() -> None:
    """Where whole numbers do not lead to the end nothing is guessed."""
    assert find_most(*ODD) is None


def test_a_municipality_needs_no_solver() -> None:
    """Everything told of the example municipality follows without one, who surely has something too."""
    program = (
        "import sys, plfkit\n"
        "vejle = plfkit.load_profile('vejle')\n"
        "town = plfkit.synthetic.municipality(vejle)\n"
        "plfkit.release(plfkit.assess(town, vejle), vejle.privacy)\n"
        "assert 'scipy.optimize' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)  # noqa: S603 - this very Python
