"""Documents that cannot be used are refused with what is wrong and what to do."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from audit.publishing import employ, publish, tell

from plfkit import audit
from plfkit.errors import InvalidDataError

TOWN = employ((20, "east", "teacher"))


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.json", "{", "no valid JSON"),
        ("a.json", "[]", "one JSON object"),
        ("a.json", '{"k": 5, "k": 6}', "a key stands twice"),
        ("a.json", "{}", "does not tell what was published"),
        ("a.json", '{"publication": 3}', "does not tell what was published"),
        ("a.csv", "part,value\na,0.6\n", "does not say of whom"),
        ("a.xlsx", "PK", "does not say of whom"),
        ("a.html", "<p>nothing</p>", "does not tell what was published"),
        ("a.json", '{"publication": {"schema_version": 9}}', "schema_version 1"),
        ("a.json", '{"publication": {"schema_version": 1}}', "'k' is missing"),
    ],
)
def test_files(tmp_path: Path, name: str, text: str, said: str) -> None:
    """A file that holds no publication is refused in both languages, whatever it holds."""
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidDataError, match=said) as caught:
        audit(path, staff=TOWN)
    assert "fejl i data" in caught.value.say(language="da")


def test_bytes(tmp_path: Path) -> None:
    """A file that is no text, and one that is not there, are refused too."""
    path = tmp_path / "a.json"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InvalidDataError, match="not UTF-8"):
        audit(path, staff=TOWN)
    with pytest.raises(InvalidDataError, match="no such file"):
        audit(tmp_path / "none.json", staff=TOWN)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"kind": "mean"}, "kind is one of count"),
        ({"surely": None}, "needs the keys"),
        ({"surely": [5, 3]}, "from a least to a most"),
        ({"surely": [5, 10**400]}, "more than the 20 people"),
        ({"answered": [21, 21]}, "more than the 20 people"),
        ({"surely": [1, 2, 3]}, "figures.0.surely"),
        ({"surely": ["1", 2]}, "expected a whole number"),
        ({"period": "next year"}, "is no period"),
        ({"exact": 12}, "unknown key 'exact'"),
        ({"who": {"off": []}}, "did you mean 'of'"),
        ({"people": 2.5}, "expected a whole number"),
        ({"who": {"of": ["teachers"]}}, "has no teachers"),
        ({"who": {"at": ["eest"]}}, 'has no eest, did you mean "east"'),
        ({"universe": {"not_of": ["nobody"]}}, "has no nobody"),
    ],
)
def test_figures(tmp_path: Path, change: dict[str, Any], said: str) -> None:
    """A figure that is not understood is refused, never skipped."""
    path = publish(tmp_path, tell(20, [5, 9]) | change)
    with pytest.raises(InvalidDataError, match=said):
        audit(path, staff=TOWN)


def test_rules(tmp_path: Path) -> None:
    """A publication without any rule of how many are few is refused."""
    for rules in ({"k": 0}, {"statistics": -1}, {"k": "5"}, {"k": True}):
        with pytest.raises(InvalidDataError, match=next(iter(rules))):
            audit(publish(tmp_path, **rules), staff=TOWN)


def test_figures_of_another_shape(tmp_path: Path) -> None:
    """Figures that are no list of objects are refused."""
    for figures in (3, [3], {"a": 1}, None):
        path = tmp_path / "a.json"
        block = {"schema_version": 1, "k": 5, "statistics": 15, "figures": figures}
        path.write_text(json.dumps({"publication": block}), encoding="utf-8")
        with pytest.raises(InvalidDataError):
            audit(path, staff=TOWN)
