"""Hints: worded in both languages for every audience, and said from the values that a fault has."""

from __future__ import annotations

import pickle
import re
from string import Formatter
from typing import Any

import pytest

from plfkit.errors import (
    Fault,
    InvalidDataError,
    LimitError,
    MissingExtraError,
    PeriodError,
    Place,
    StoreError,
    UnknownProfileError,
)
from plfkit.hints import (
    AUDIENCES,
    LANGUAGES,
    AllowedWord,
    Audience,
    ColumnName,
    Hint,
    TableName,
    find_blanks,
    load_hints,
)
from plfkit.periods import Period
from plfkit.profiles import load_profile

KEYWORD = re.compile(r"\w=\S")
OPTION = re.compile(r"--\w")
SAME = {
    "plain.text",
    "fault.line",
    "contract.lines",
    "word.label",
    "document.problem",
    "document.problem_at_large",
    "audit.leak_of",
}
"""Hints whose words are those of their values."""


def make(key: str) -> Hint:
    """Make a hint with a value of the right sort for each blank."""
    values: dict[str, Any] = {}
    for entry in load_hints()[key].values():
        for text in entry.values():
            for _, name, form, _ in Formatter().parse(text):
                if name is not None:
                    number = form in {",", "g"}
                    values[name] = 7 if number else ("Æ", "Ø") if form else f"<{name}>"
    return Hint(key, **values)


@pytest.mark.parametrize("key", sorted(load_hints()))
def test_every_hint_is_worded_for_everybody(key: str) -> None:
    """Both languages say something of their own to each audience, and no blank is left."""
    assert load_hints()[key].keys() == set(AUDIENCES)
    for audience in AUDIENCES:
        said = {one: make(key).say(language=one, audience=audience) for one in LANGUAGES}
        assert not re.search(r"[{}]", "".join(said.values()))
        assert all(said.values())
        assert said["da"] != said["en"] or key in SAME


@pytest.mark.parametrize("key", sorted(load_hints()))
def test_a_page_reads_of_no_option_and_no_keyword(key: str) -> None:
    """Nobody in front of a page can follow either; nor has the command line keywords, or Python options."""
    for language in LANGUAGES:
        page = load_hints()[key]["page"][language]
        assert not OPTION.search(page)
        assert not KEYWORD.search(page)
        assert not OPTION.search(load_hints()[key]["python"][language])
        line = load_hints()[key]["command_line"][language]
        assert not KEYWORD.search(re.sub(r"--(set|limit) \S+", "", line)) or "Python" in line


def test_every_value_is_used_and_none_is_missing() -> None:
    """A hint with a value too many or too few is refused where it is made, not where it is read."""
    assert find_blanks("csv.narrow_row") == {"cells", "width"}
    for values in ({"cells": 3}, {"cells": 3, "width": 4, "row": 5}):
        with pytest.raises(ValueError, match="has the blanks"):
            Hint("csv.narrow_row", **values)
    with pytest.raises(KeyError):
        Hint("csv.no_such_hint")


def test_values_are_said_in_the_language_too() -> None:
    """Numbers have the signs of the language, several words its conjunction, hints its words."""
    hint = Hint("cell.or_else", hint=Hint("cell.at_least", limit=0.1, what="w"), remedy="x")
    assert hint.say() == "give at least 0.1 (w); or x"
    assert hint.say(language="da") == "skriv mindst 0,1; eller x"
    rows = Hint("place.more_rows", rows="2", more=2449)
    assert rows.say(language="da", audience="page") == "2 og 2.449 til"
    words = Hint("row.duplicate", columns=("a", "b"))
    assert "a and b" in words.say()
    assert "a og b" in words.say(language="da")


def test_a_source_puts_its_own_names_into_hints() -> None:
    """Tables, columns and allowed words are called as the source calls them, in nested hints too."""
    columns = (ColumnName("unit"), ColumnName("role"))
    hint = Hint("cell.checked_later", hint=Hint("row.duplicate", columns=columns))
    assert "Enhed og role" in hint.rename(columns={"unit": "Enhed"}).say(language="da")
    table = Hint("table.no_rows", table=TableName("units"))
    assert "Enheder" in table.rename(tables={"units": "Enheder"}).say()
    flag = Hint("cell.flag", words=(AllowedWord("yes"), AllowedWord("no")))
    assert flag.rename(words={"yes": "ja", "no": "nej"}).say(language="da") == "skriv ja eller nej"
    assert table.rename(columns={"units": "x"}) == table


def test_only_known_languages_and_audiences_are_spoken_to() -> None:
    """Another is refused, with those there are."""
    hint = Hint("cell.date")
    with pytest.raises(ValueError, match="da or en"):
        hint.say(language="de")  # type: ignore[arg-type] # what is refused
    with pytest.raises(ValueError, match="command_line or python or page"):
        hint.say(audience="radio")  # type: ignore[arg-type] # the same


def test_a_plain_text_is_a_hint_too() -> None:
    """What a plug-in wrote as text is said as it stands, whatever the language."""
    fault = Fault("unreadable", Place("f.csv", 3, "kind"), "mend {this}")
    assert fault.hint == "mend {this}"
    assert str(fault) == "f.csv, row 3, column kind: mend {this} [unreadable]"
    assert fault.say(language="da") == "f.csv, række 3, kolonne kind: mend {this} [unreadable]"
    assert fault.say(language="da", audience="page") == "f.csv, række 3, kolonne kind: mend {this}"
    assert fault == Fault("unreadable", Place("f.csv", 3, "kind"), Hint.of("mend {this}"))
    assert pickle.loads(pickle.dumps(fault)) == fault  # noqa: S301 - made here
    assert min(Fault("unreadable", Place("f"), text) for text in ("b", "a")).hint == "a"


DECIMALS = Hint("cell.or_else", hint=Hint("cell.number"), remedy=Hint("cell.declare_commas"))


@pytest.mark.parametrize(
    ("audience", "remedy"),
    [
        ("command_line", "declare decimal commas: --decimal ,"),
        ("python", 'declare decimal commas: decimal=","'),
        ("page", "save the file as an Excel workbook, with numbers as numbers"),
    ],
)
def test_each_audience_reads_what_it_can_do(audience: Audience, remedy: str) -> None:
    """Options stand on the command line, keywords in Python, and a page has neither."""
    fault = Fault("invalid_value", Place("f.csv", 2), DECIMALS)
    said = f"write a number with a decimal point, for example 0.5; or {remedy}"
    assert fault.remedy.say(audience=audience) == said
    assert said in InvalidDataError([fault]).say(audience=audience)


def test_errors_speak_both_languages() -> None:
    """An error with a hint says it for whoever reads, and its text is what Python knows."""
    error = MissingExtraError("excel", Hint("libraries.reading_workbook"))
    assert (
        str(error)
        == error.say()
        == 'Reading a workbook needs more libraries: pip install "plfkit[excel]"'
    )
    assert error.say(language="da").startswith("At læse en projektmappe kræver flere biblioteker")
    assert "pip" not in error.say(language="da", audience="page")
    with pytest.raises(PeriodError, match="is no period") as caught:
        Period.parse("næste år")
    assert "er ikke en periode" in caught.value.say(language="da")
    with pytest.raises(
        UnknownProfileError, match="no profile 'generix' is installed, did"
    ) as other:
        load_profile("generix")
    assert (
        other.value.say(language="da")
        == "profilen 'generix' er ikke installeret, mente I \"generic\"?"
    )
    assert StoreError("plain").say(language="da") == "plain"
    assert pickle.loads(pickle.dumps(caught.value)).say(language="da")  # noqa: S301 - made here


def test_faults_in_errors_are_counted_in_the_language() -> None:
    """One fault, several, and more than a screen holds."""
    many = [Fault("unreadable", Place("f", row), f"mend {row}") for row in range(2, 30)]
    assert InvalidDataError(many[:1]).say(language="da").startswith("1 fejl i data:\n  f, række 2")
    told = InvalidDataError(many)
    assert told.say(language="da").startswith("28 fejl i data:")
    assert told.say(language="da", audience="page").endswith("… og 8 til")
    assert str(told).endswith("… and 8 more; plfkit check lists them all")
    assert LimitError(many[0]).say(language="da") == "f, række 2: mend 2 [unreadable]"
