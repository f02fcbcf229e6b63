"""``plfkit schema``: each command's JSON fits the schema that is printed for it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner

from plfkit.cli import main
from plfkit.cli.authoring import SCHEMAS
from plfkit.report.schemas import DOCUMENT_KINDS

COMMANDS = {
    "goals": ["goals", "TOWN", "--profile", "vejle"],
    "measure": [
        "measure",
        "density",
        "TOWN",
        "--relation",
        "advice",
        "--by",
        "school",
        "--interval",
    ],
    "measure of people": [
        *("measure", "degree", "TOWN", "--relation", "reports_to"),
        *("--identified", "--purpose", "check"),
    ],
    "measure by a test": [
        *("test", "qap", "TOWN", "--relation", "advice", "--against", "collaboration"),
        *("--draws", "20"),
    ],
    "compare": ["compare", "TOWN", "OTHER"],
    "trend": ["trend", "TOWN", "--profile", "vejle"],
    "faults of sound data": ["check", "TOWN"],
    "faults": ["check", "docs/examples/faulty_municipality", "--show-values"],
}


@pytest.fixture(scope="module")
def towns(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Two made-up municipalities."""
    folder = tmp_path_factory.mktemp("towns")
    places = {"TOWN": folder / "town", "OTHER": folder / "other"}
    for seed, place in enumerate(places.values()):
        print_json(
            "demo", "--profile", "vejle", "--schools", "2", "--seed", str(seed), "--out", place
        )
    return {name: str(place) for name, place in places.items()}


def print_json(*arguments: str | Path) -> str:
    """Run a command and return what it prints."""
    return CliRunner().invoke(main, [*map(str, arguments)]).stdout


def read_schema(what: str) -> jsonschema.Draft202012Validator:
    """Return what checks documents by the schema that the command prints."""
    return jsonschema.Draft202012Validator(json.loads(print_json("schema", what)))


@pytest.mark.parametrize("command", COMMANDS)
def test_documents_of_commands(command: str, towns: dict[str, str], root: Path) -> None:
    """What a command prints as JSON fits its schema, and with a key more it does not."""
    words = [towns.get(word, word) for word in COMMANDS[command]]
    words = [str(root / word) if word.startswith("docs/") else word for word in words]
    document: dict[str, Any] = json.loads(print_json(*words, "--format", "json"))
    validator = read_schema(command.partition(" ")[0])
    validator.validate(document)
    assert not validator.is_valid({**document, "more": 1})


def test_schemas_are_of_all_documents() -> None:
    """A schema is printed of each document, and of profile.toml; the last is meant if nothing is said."""
    assert {*SCHEMAS} == {*DOCUMENT_KINDS, "profile"}
    assert print_json("schema") == print_json("schema", "profile")
