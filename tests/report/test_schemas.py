"""The JSON Schemas of documents: they take what plfkit writes, and nothing beside it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import plfkit
from plfkit.disclosure import release_comparison
from plfkit.errors import InvalidDataError
from plfkit.report import build_document_schema
from plfkit.report.schemas import DOCUMENT_KINDS

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def documents() -> dict[str, list[dict[str, Any]]]:
    """Documents of every kind, read back from JSON: of the three municipalities, and of faulty data."""
    profiles = [plfkit.load_profile(name) for name in ("vejle", "langeland", "middelfart")]
    cards = [plfkit.assess(plfkit.synthetic.municipality(one, schools=3), one) for one in profiles]
    floor = profiles[0].privacy
    indicators = [one for one in cards[0].indicators if one.trend][:2]
    now = plfkit.snapshot(plfkit.read(ROOT / "docs/examples/example_municipality"), "2018/19")
    density = plfkit.measures.density(now, relation="advice", interval=True)
    degree = plfkit.measures.degree(now, relation="reports_to")
    coverage = plfkit.measures.membership_coverage(now, by="level")
    told: dict[str, list[dict[str, Any]]] = {
        "goals": [plfkit.to_document(plfkit.release(card, floor)) for card in cards],
        "measure": [
            plfkit.to_document(plfkit.release(density, floor)),
            plfkit.to_document(plfkit.release(coverage, floor)),
            plfkit.to_document(plfkit.release(degree, floor, identified="a check")),
        ],
        "compare": [
            plfkit.to_document(release_comparison(dict(zip("ab", cards[:2], strict=True))))
        ],
        "trend": [
            plfkit.to_document(plfkit.release(indicators[0], floor)),
            plfkit.to_document(plfkit.release(*indicators, floor=floor)),
        ],
        "faults": [
            plfkit.to_document([]),
            plfkit.to_document(find_faults(), audience="page", values=True),
        ],
        "publication": [plfkit.to_document(plfkit.release(density, coverage, floor=floor))],
    }
    assert set(told) == set(DOCUMENT_KINDS)
    assert all("goals" in one for one in told["goals"])
    read_back: dict[str, list[dict[str, Any]]] = json.loads(json.dumps(told, allow_nan=False))
    return read_back


def find_faults() -> InvalidDataError:
    """Read data that have faults of several kinds."""
    with pytest.raises(InvalidDataError) as caught:
        plfkit.read(
            {"persons.csv": b"id,nme\np1,Anna\np1,Bo\n", "units.csv": b"id,kind\nn,skool\n"}
        )
    assert len({fault.code for fault in caught.value.faults}) > 1
    return caught.value


@pytest.mark.parametrize("kind", DOCUMENT_KINDS)
def test_documents_fit(kind: Any, documents: dict[str, list[dict[str, Any]]]) -> None:
    """A document fits the schema of its kind; one that was published fits that of publications too."""
    validator = make_validator(kind)
    for document in documents[kind]:
        validator.validate(document)
        if kind != "faults":
            make_validator("publication").validate(document)
        others = {*DOCUMENT_KINDS} - {kind, "publication"}
        assert not any(make_validator(other).is_valid(document) for other in others)


@pytest.mark.parametrize("kind", DOCUMENT_KINDS)
def test_every_object_is_closed(kind: Any, documents: dict[str, list[dict[str, Any]]]) -> None:
    """A key more, anywhere that keys have names, is refused, and so is a document without one of them."""
    validator = make_validator(kind)
    document = documents[kind][-1]
    for name in document:
        assert not validator.is_valid({key: one for key, one in document.items() if key != name})
    places = [*list_objects(document)]
    assert len(places) > 1
    for place in places:
        place["unheard_of"] = "?"
        assert not validator.is_valid(document), place
        del place["unheard_of"]
    validator.validate(document)


def list_objects(value: Any, key: str = "") -> Iterator[dict[str, Any]]:
    """Yield the objects of a document whose keys are fixed; of a list those in the first entry."""
    if isinstance(value, dict) and key not in _MAPS:
        yield value
        for name, one in value.items():
            yield from list_objects(one, name)
    elif isinstance(value, list) and value:
        yield from list_objects(value[0])


_MAPS = {"arguments", "notes", "evidence", "names", "counts", "units", "lacking", "steps", "rows"}


def make_validator(kind: Any) -> jsonschema.Draft202012Validator:
    """Make what checks a document of a kind."""
    schema = build_document_schema(kind)
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(json.loads(json.dumps(schema)))


def test_wrong_values_are_refused(documents: dict[str, list[dict[str, Any]]]) -> None:
    """A verdict, a code or a share that cannot be is no document of plfkit's."""
    goals = documents["goals"][0]
    first = goals["goals"][0]["indicators"][0]
    for name, wrong in {"verdict": "splendid", "observed": 2, "label": "Andel", "n": 0.5}.items():
        kept, first[name] = first[name], wrong
        assert not make_validator("goals").is_valid(goals), name
        first[name] = kept
    faults = documents["faults"][-1]
    faults["faults"][0]["code"] = "bad_luck"
    assert not make_validator("faults").is_valid(faults)


def test_unknown_kind() -> None:
    """A schema that there is not is refused, with those there are."""
    with pytest.raises(ValueError, match="'pages': choose publication, goals"):
        build_document_schema("pages")  # type: ignore[arg-type] # what is refused
