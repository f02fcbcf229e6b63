"""The JSON Schema of ``profile.toml``, from the classes that it is structured into."""

from __future__ import annotations

import inspect
import re
from collections.abc import Mapping
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from attrs import NOTHING, fields, has

from plfkit.model.validators import OneOf
from plfkit.model.words.amending import AMENDABLE_KEYS
from plfkit.model.words.closed import ClosedWord
from plfkit.model.words.vocabulary import Vocabulary
from plfkit.model.written_formats import PROFILE_FORMAT
from plfkit.profiles.extending import AMENDABLE
from plfkit.profiles.profile import Declarations

_ID_PATTERN = "^[a-z][a-z0-9_]*$"
_PLAIN_TYPES = {str: "string", int: "integer", float: "number", bool: "boolean"}

Schema = dict[str, Any]


def manifest_schema() -> Schema:
    """Return the JSON Schema of ``profile.toml``: with it an editor completes and checks.

    What it accepts may still be refused when it is loaded, where one entry contradicts another.
    """
    definitions: dict[str, Schema] = {}
    whole = _build_object_schema(Declarations, definitions)
    own = {
        "schema_version": {
            "const": PROFILE_FORMAT.version,
            "description": "The version of the format.",
        },
        "extends": {
            "type": "string",
            "description": "The id of the profile that this one extends.",
        },
        "vocabulary": _build_vocabulary_schema(definitions),
    }
    for section, keys in AMENDABLE.items():
        entry = whole["properties"][section]["additionalProperties"]
        amendment = _build_amendment_schema(
            definitions[entry["$ref"].rpartition("/")[2]], sorted(keys)
        )
        whole["properties"][section]["additionalProperties"] = {"anyOf": [entry, amendment]}
    purpose = whole["properties"]["purpose"]
    whole["properties"]["purpose"] = {
        "anyOf": [{"$ref": purpose["$ref"]}, _build_amendment_schema(definitions["Purpose"], None)],
        "description": purpose["description"],
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A plfkit profile",
        "type": "object",
        "properties": {**own, **whole["properties"]},
        "required": ["schema_version", "id"],
        "if": {"not": {"required": ["extends"]}},
        "then": {"required": ["label"]},
        "additionalProperties": False,
        "$defs": definitions,
    }


def _build_amendment_schema(entry: Schema, keys: list[str] | None) -> Schema:
    """Return what a profile may say anew, where it extends another; anything without `keys`."""
    properties = {key: entry["properties"][key] for key in keys or entry["properties"]}
    return {
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
    }


def _build_vocabulary_schema(definitions: dict[str, Schema]) -> Schema:
    """Return the schema of what a profile adds to the vocabulary; entries may be amendments."""
    schema = _build_object_schema(Vocabulary, definitions)
    schema["description"] = "What the municipality calls things, beside the core vocabulary."
    del schema["properties"]["profile"]
    for section in schema["properties"].values():
        if entry := section.get("additionalProperties"):
            kind = definitions[entry["$ref"].rpartition("/")[2]]
            amendment = _build_amendment_schema(
                kind, sorted(AMENDABLE_KEYS & kind["properties"].keys())
            )
            section["additionalProperties"] = {"anyOf": [entry, amendment]}
            section["propertyNames"] = {"pattern": _ID_PATTERN}
    return schema


def _build_object_schema(cls: type, definitions: dict[str, Schema]) -> Schema:
    hints, docs = get_type_hints(cls), _read_attribute_docs(cls)
    properties = {}
    required = []
    for attribute in fields(cls):
        schema = dict(_build_type_schema(hints[attribute.name], definitions))
        if isinstance(attribute.validator, OneOf):
            schema["enum"] = list(attribute.validator.words)
        if attribute.name in docs:
            schema["description"] = docs[attribute.name]
        if attribute.default is NOTHING:
            required.append(attribute.name)
        elif isinstance(attribute.default, str | int | float):
            schema["default"] = attribute.default
        properties[attribute.name] = schema
    return {
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


def _build_type_schema(hint: Any, definitions: dict[str, Schema]) -> Schema:
    arguments = [argument for argument in get_args(hint) if argument is not type(None)]
    origin = get_origin(hint)
    if origin in {Union, UnionType}:
        choices = [_build_type_schema(argument, definitions) for argument in arguments]
        return choices[0] if len(choices) == 1 else {"anyOf": choices}
    if origin is Literal:
        return {"enum": arguments}
    if isinstance(hint, type) and issubclass(hint, ClosedWord):
        return {"enum": [str(word) for word in hint]}
    if origin is tuple:
        return {"type": "array", "items": _build_type_schema(arguments[0], definitions)}
    if origin is Mapping:
        return {
            "type": "object",
            "additionalProperties": _build_type_schema(arguments[1], definitions),
        }
    return _build_simple_schema(hint, definitions)


def _build_simple_schema(hint: Any, definitions: dict[str, Schema]) -> Schema:
    """Return the schema of a plain type, of a declaration, or of anything."""
    if hint in _PLAIN_TYPES:
        return {"type": _PLAIN_TYPES[hint]}
    if not has(hint):
        return {}
    if hint.__name__ not in definitions:
        definitions[hint.__name__] = _build_object_schema(hint, definitions)
    return {"$ref": f"#/$defs/{hint.__name__}"}


def _read_attribute_docs(cls: type) -> Mapping[str, str]:
    """Return what the docstrings of a class and its bases tell of each attribute."""
    docs: dict[str, str] = {}
    for base in reversed(cls.__mro__):
        _, _, attributes = (inspect.getdoc(base) or "").partition("Attributes:\n")
        for name, text in re.findall(r"^    (\w+): (.+(?:\n {8}.+)*)", attributes, re.MULTILINE):
            docs[name] = " ".join(text.replace("``", "").split())
    return docs
