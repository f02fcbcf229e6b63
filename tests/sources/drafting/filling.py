"""Finishing a draft as a person would: its questions are answered from a mapping written by hand."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from fnmatch import fnmatchcase
from typing import Any

from plfkit.sources.drafting import Draft, Question
from plfkit.sources.drafting.writing import write_toml_key, write_toml_value

_OPEN_COLUMN = re.compile(r'    # ?("(?:[^"\\]|\\.)*"),')
_FILE_KEYS = {"dates", "decimal", "ends", "empty", "encoding"}
_JOINED = {"columns", "words", "split", "every", "only", "survey", "items"}
Document = dict[str, Any]


def join_tables(shared: Mapping[str, Any], own: Mapping[str, Any]) -> Document:
    """Return two tables as one: those of the language that are joined key by key are."""
    joined = dict(shared)
    for key, value in own.items():
        before = joined.get(key)
        is_joined = isinstance(before, dict) and isinstance(value, dict)
        joined[key] = join_tables(before, value) if is_joined and before else value
    return joined


def list_takes(document: Mapping[str, Any]) -> list[Document]:
    """Return the takes of a mapping with all that they share."""
    takes = [join_tables(document.get("common", {}), take) for take in document.get("take", [])]
    for take in takes:
        take["file"] = {**document.get("file", {}), **take.get("file", {})}
    return takes


def list_titles(take: Mapping[str, Any], key: str) -> list[str]:
    """Return the titles that a take has under a key of its columns."""
    value = take.get("columns", {}).get(key, [])
    if key == "items":
        return list(value)
    return [value] if isinstance(value, str) else list(value)


def is_named(title: str, patterns: list[str]) -> bool:
    """Tell whether a title is among some, in which ``*`` stands for anything."""
    plain = [re.sub(r"([\[\]?])", lambda found: f"[{found[1]}]", p) for p in patterns]
    return any(title == p for p in patterns) or any(fnmatchcase(title, p) for p in plain)


def fill_in(draft: Draft, hand: Document) -> Document | None:
    """Return the mapping that a draft becomes; None if it takes other things than the one by hand."""
    document = tomllib.loads(draft.text)
    drafted, wanted = list_takes(document), list_takes(hand)
    if [take["kind"] for take in drafted] != [take["kind"] for take in wanted]:
        return None
    for question in draft.questions:
        for number, (take, answer) in enumerate(zip(drafted, wanted, strict=True), 1):
            if question.take in {None, number}:
                answer_question(question, take, answer)
    for title in list_open_titles(draft.text):
        for take, answer in zip(drafted, wanted, strict=True):
            settle_column(title, take, answer)
    filled: Document = {"schema_version": 1, "take": drafted}
    return filled | {key: hand[key] for key in ("names", "units", "communities") if key in hand}


def list_open_titles(text: str) -> list[str]:
    """Return the titles that a draft leaves open: commented out in ``ignore``."""
    found = [match for line in text.splitlines() if (match := _OPEN_COLUMN.match(line))]
    return [tomllib.loads(f"x = {match[1]}")["x"] for match in found]


def answer_question(question: Question, take: Document, answer: Document) -> None:
    """Write what the mapping by hand says where a question asks for it."""
    table, _, key = question.key.partition(".")
    if question.key in _FILE_KEYS or table == "file":
        name = key or question.key
        if name in answer["file"] and name in _FILE_KEYS:
            take["file"][name] = answer["file"][name]
    elif table in answer and not key:
        take[table] = answer[table]
    elif key and key in answer.get(table, {}):
        own = take.setdefault(table, {})
        value = answer[table][key]
        own[key] = join_words(own.get(key, {}), value) if isinstance(value, dict) else value


def join_words(own: Mapping[str, Any], wanted: Mapping[str, Any]) -> Document:
    """Return a table of words or items with what else is wanted; what a title says stays."""
    new = {k: v for k, v in wanted.items() if not any(is_named(title, [k]) for title in own)}
    return {**own, **new}


def settle_column(title: str, take: Document, answer: Document) -> None:
    """Say of a column that a draft leaves open what the mapping by hand says of it."""
    if any(is_named(title, list_titles(take, key)) for key in take.get("columns", {})):
        return
    if is_named(title, answer["file"].get("ignore", [])):
        take["file"]["ignore"] = [*take["file"].get("ignore", []), title]
    for key in answer.get("columns", {}):
        if is_named(title, list_titles(answer, key)):
            for table in ("columns", "words", "split"):
                if key in answer.get(table, {}):
                    take.setdefault(table, {})[key] = answer[table][key]
    if title in answer.get("only", {}):
        take.setdefault("only", {})[title] = answer["only"][title]


def write_document(document: Mapping[str, Any]) -> str:
    """Write a mapping as TOML."""
    return "\n".join(f"{write_toml_key(k)} = {_write_value(v)}" for k, v in document.items()) + "\n"


def _write_value(value: Any) -> str:
    if isinstance(value, dict):
        return (
            "{"
            + ", ".join(f"{write_toml_key(k)} = {_write_value(v)}" for k, v in value.items())
            + "}"
        )
    if isinstance(value, list):
        return "[" + ", ".join(map(_write_value, value)) + "]"
    return write_toml_value(value)
