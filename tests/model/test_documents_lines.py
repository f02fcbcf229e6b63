"""Lines of documents: found by reading statement by statement, and as they stand in the file."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plfkit.model.documents import find_path_lines

TEXT = """\
# [not.a.table]
id = "x"   # id = "y"
"quoted key" = 1
rule.counts = "people"
rule.exactly = 2

[indicators.V1a]
label = { da = "a", en = "b" }
text = '''
[looks.like.a.table]
label = 3
'''
list = [
  "a",  # ]
  "b",
]
after = 1

[indicators."V1.b"]
label = { da = "c", en = "d" }
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("id",), 2),
        (("quoted key",), 3),
        (("rule",), 4),
        (("rule", "exactly"), 5),
        (("indicators", "V1a"), 7),
        (("indicators", "V1a", "label", "en"), 8),
        (("indicators", "V1a", "text"), 9),
        (("indicators", "V1a", "list"), 13),
        (("indicators", "V1a", "after"), 17),
        (("indicators", "V1.b", "label"), 20),
    ],
)
def test_a_path_has_the_line_on_which_it_begins(path: tuple[str, ...], line: int) -> None:
    """Comments, long texts and lists deceive nobody; keys may be dotted or quoted."""
    found = find_path_lines(TEXT)
    assert found[path] == line
    assert ("looks",) not in found
    assert ("not",) not in found


@given(st.lists(st.text("ab\"'#[]{}=\\\n ", max_size=8), min_size=1, max_size=8))
def test_every_value_is_found_whatever_it_holds(values: list[str]) -> None:
    """Values with quotes, brackets and signs of comments, written as TOML writes them."""
    import json

    text = "\n".join(f"[t{n}]\nkey = {json.dumps(value)}" for n, value in enumerate(values))
    found = find_path_lines(text)
    assert [found[f"t{n}", "key"] for n in range(len(values))] == [
        2 * n + 2 for n in range(len(values))
    ]


def test_long_documents_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten thousand lines of a list, and as many of a text, are not tried line by line."""
    tried: list[str] = []
    loads = tomllib.loads

    def counted(text: str) -> dict[str, Any]:
        tried.append(text)
        return loads(text)

    monkeypatch.setattr(tomllib, "loads", counted)
    long_list = "\n".join(["names = [", *['  "x",'] * 10_000, "]"])
    long_text = "\n".join(["text = '''", *["words"] * 10_000, "'''"])
    found = find_path_lines(f"{long_list}\n{long_text}\nlast = 1")
    assert found["last",] == 20_005
    assert len(tried) < 10
