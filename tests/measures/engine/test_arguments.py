"""Arguments given as data: what a measure asks for, or a refusal that says what it takes."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from typing import Any, Literal, TypedDict, Unpack

import pytest

from plfkit.errors import MeasureError
from plfkit.measures.engine.arguments import Keyword, convert_argument, read_keywords

TEXTS = tuple[str, ...]


@pytest.mark.parametrize(
    ("value", "hint", "given"),
    [
        (None, int | None, None),
        ("a,b", TEXTS, ("a", "b")),
        (["a", "b"], TEXTS | None, ("a", "b")),
        (("a",), TEXTS, ("a",)),
        ("yes", bool, True),
        ("no", bool, False),
        ("true", bool, True),
        ("false", bool, False),
        (True, bool, True),
        ("3", int, 3),
        ("-3", int, -3),
        ("+3", int | None, 3),
        ("0.5", float, 0.5),
        ("2", float, 2.0),
        (2, float, 2.0),
        ("2", int | float, 2.0),
        ("a", Literal["a", "b"], "a"),
        ("a", str, "a"),
        ({"ann": "x"}, str | Mapping[str, str], {"ann": "x"}),
        ("school", str | Mapping[str, str], "school"),
    ],
)
def test_what_data_mean(value: object, hint: Any, given: object) -> None:
    """A text stands for a number, a list, or yes and no, where the measure asks for one."""
    found = convert_argument("density", "k", value, hint)
    assert (type(found), found) == (type(given), given)


@pytest.mark.parametrize(
    ("value", "hint", "wanted"),
    [
        (None, int, "a whole number"),
        ([1], TEXTS, "a list of texts"),
        (["a", 1], TEXTS, "a list of texts"),
        (3, TEXTS, "a list of texts"),
        ("maybe", bool, "yes or no"),
        (1, bool, "yes or no"),
        ("yes", int, "a whole number"),
        ("1.0", int, "a whole number"),
        (1.0, int, "a whole number"),
        (True, int, "a whole number"),
        ("-", int, "a whole number"),
        ("many", float, "a number"),
        ("nan", float, "a number"),
        ("-inf", float, "a number"),
        (True, float, "a number"),
        ({"ann": "x"}, str, "a text"),
        (3, Literal["a", "b"], "a text"),
        ("many", Executor | None, "an executor"),
    ],
)
def test_what_is_nothing_of_the_kind(value: object, hint: Any, wanted: str) -> None:
    """It is refused with the measure, the argument, and what that takes."""
    with pytest.raises(MeasureError, match=f"^density: k must be {wanted}$"):
        convert_argument("density", "k", value, hint)


def test_an_executor_is_given_as_it_is() -> None:
    """It cannot be spelt as data."""
    with ThreadPoolExecutor(1) as executor:
        assert convert_argument("density", "executor", executor, Executor | None) is executor


class More(TypedDict, total=False):
    """Keywords that several measures take."""

    draws: int


def asked(_snapshot: object, *, relation: str, k: int = 2, **more: Unpack[More]) -> None:
    """Take a keyword of each sort."""


def test_keywords_of_a_measure() -> None:
    """All but the snapshot, with their types; those without a default must be given."""
    assert read_keywords(asked) == {
        "relation": Keyword(str, required=True),
        "k": Keyword(int),
        "draws": Keyword(int),
    }


def silent(_snapshot, k=2):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201
    """Do not say what it takes."""


def test_a_measure_that_does_not_say_what_it_takes() -> None:
    """It is named, with what to do."""
    with pytest.raises(MeasureError, match="the measure silent does not say what it takes"):
        read_keywords(silent)
