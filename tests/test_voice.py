"""What names must be: functions begin with a verb, and a name means one thing in the whole house."""

from __future__ import annotations

import inspect
import pkgutil
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any

from voice import CONVERSIONS, is_bare, is_verb_first, split_words

import plfkit
import plfkit.inference
import plfkit.testing
from plfkit.measures import CORE

ALLOWED = {
    "at": "Fault: where a fault is, as in `fault.at(row)`",
    "bounds": "of estimators: least and most, the pair that every formula of a range returns",
    "column": "Table: looks up a column, as frames do",
    "nearest": "Snapshot, public: a question asked in words, `now.nearest(unit, 'school')`",
    "person_numbers": "Snapshot, public: a column as numbers, beside `person_ids`",
    "assigned_among": "Snapshot, public: beside the property `assigned`",
    "numbers_of": "Snapshot, public: beside `person_ids`",
    "restricted": "Snapshot, public: the same moment with some of its people",
    "layer": "Snapshot, public: looks up a layer, as tables do columns",
    "questions": "Snapshot, public: what was asked",
    "with_": "Organisation, public: `with` is a word of Python's",
    "without": "Organisation, public: its other half",
    "in_force": "Organisation and Table, public: a question asked in words",
    "empty": "Table, public: a table without rows",
    "tolist": "Column: numpy's word",
    "joined": "Table and Column, public: a new one, as `sorted` gives",
    "sorted": "Table, public: Python's word",
    "rows": "Result, public: its rows, one by one",
    "item": "Result, public: numpy's word",
    "sentence": "Result, public: what it shows, in words",
    "extended": "Vocabulary and Catalogue, public: a new one, as `sorted` gives",
    "additions": "Vocabulary, public: what it has beyond the core",
    "section": "Vocabulary, public: looks up a section",
    "wider_kinds": "Vocabulary, public: beside `sorts_of`",
    "words": "Vocabulary, public: the words of a section",
    "label": "Wording: to label, as in `texts.label(goal.label)`; the verb without an object",
    "year_before": "Period, public: beside the properties `start` and `end`",
    "reference_day": "Period, public: the same",
    "first_of": "SchoolYear: the first year of a day, beside `of`",
    "manifest_schema": "public: JSON's word for a description of `profile.toml`",
    "indicators_of": "Profile, public: the indicators of a goal",
    "municipality": "plfkit.synthetic, public: the example itself",
    "measure": "decorates a function that measures",
    "kernel": "decorates a loop, as `measure` does a measure",
    "data_options": "decorates a command, in click's fashion (`version_option`)",
    "given_data_options": "the same, where data must be given",
    "pop": "FixedDict: Python's word, refused",
    "popitem": "FixedDict: the same",
    "setdefault": "FixedDict: the same",
}
"""Names without a verb that stay, and why; forty at most."""
MOST_ALLOWED = 40

HOMES_ALLOWED = {
    "Outcome": "a row of supplied outcomes, and what a check of the contract came to",
    "check_profile": "the command, and the function it runs",
    "measure": "the command, and what makes a measure of a function",
    "profiles": "the command, and the strategy that draws profiles",
}
"""Names that stand in two modules, and why."""


@cache
def import_house() -> tuple[ModuleType, ...]:
    """Import every module."""
    found = pkgutil.walk_packages(plfkit.__path__, "plfkit.")
    return tuple(import_module(module.name) for module in found if "__main__" not in module.name)


def list_own_functions(module: ModuleType) -> Iterator[tuple[str, str]]:
    """Yield the functions and methods that a module defines: where they stand, and their names."""
    for name, value in list_own(module):
        if inspect.isclass(value):
            for inner, method in vars(value).items():
                if _is_method(method, module) and not (inner[0] == inner[-1] == "_"):
                    yield f"{module.__name__}.{name}.{inner}", inner
        elif not _is_command(value) and not name.startswith("__"):
            yield f"{module.__name__}.{name}", name


def list_own(module: ModuleType) -> Iterator[tuple[str, Callable[..., Any]]]:
    """Yield the functions and classes that a module defines, under their own names."""
    for name, value in vars(module).items():
        made = getattr(value, "callback", getattr(value, "function", value))
        own = getattr(made, "__module__", None) == module.__name__
        if own and getattr(made, "__name__", None) == name and callable(value):
            yield name, value


def _is_method(value: Any, module: ModuleType) -> bool:
    """Tell whether a class of a module has something as its own method, which Python did not write."""
    function = inspect.unwrap(value) if callable(value) else getattr(value, "__func__", None)
    return inspect.isfunction(function) and function.__module__ == module.__name__


def _is_command(value: Any) -> bool:
    return hasattr(value, "callback")


def _is_called_otherwise(place: str, name: str) -> bool:
    """Tell whether a name is of a kind that needs no verb.

    They are measures, which are noun phrases; conversions; what the face shows; hooks; methods that pickle
    calls by these names; and checks, fixtures and strategies of the contract, which are named for what they
    hold or give.
    """
    shown = {*plfkit.__all__, *plfkit.inference.__all__, *plfkit.testing.__all__}
    return (
        name in CORE
        or split_words(name)[0] in CONVERSIONS
        or name in shown
        or name.startswith(("plfkit_", "persistent_"))
        or place.startswith(("plfkit.testing.checks.", "plfkit.testing.fixtures."))
    )


def test_verbs() -> None:
    """Functions are named for what they do: they begin with a verb, unless their kind has another rule."""
    missing = [
        place
        for module in import_house()
        for place, name in list_own_functions(module)
        if not is_verb_first(name)
        and not is_bare(name)
        and not _is_called_otherwise(place, name)
        and name not in ALLOWED
    ]
    assert not missing, (
        f"no verb that tests/voice.py knows begins {', '.join(missing)}: name what it does "
        "(count_pairs, find_range), or add the verb there"
    )


def test_allowed_names() -> None:
    """The names that stay without a verb are few, and every one of them is there."""
    names = {name for module in import_house() for _, name in list_own_functions(module)}
    assert len(ALLOWED) <= MOST_ALLOWED, (
        "give one of the names allowed a verb before you add another"
    )
    assert set(ALLOWED) <= names, (
        f"take {set(ALLOWED) - names} off the names allowed: there is none"
    )


def test_private_names() -> None:
    """A private name has two words or more: with one it does not say of what."""
    bare = [
        place
        for module in import_house()
        for place, name in list_own_functions(module)
        if is_bare(name)
    ]
    assert not bare, f"say of what, in a second word: {', '.join(bare)}"


def test_one_meaning() -> None:
    """A name of a function or class stands in one module, so that it means one thing."""
    homes = defaultdict(list)
    for module in import_house():
        for name, _ in list_own(module):
            if not name.startswith("__"):
                homes[name].append(module.__name__)
    twice = {name: found for name, found in homes.items() if len(found) > 1}
    assert set(twice) <= set(HOMES_ALLOWED), (
        "import the one from the other, or say in the name how they differ: "
        + "; ".join(
            f"{n} in {', '.join(found)}" for n, found in twice.items() if n not in HOMES_ALLOWED
        )
    )
