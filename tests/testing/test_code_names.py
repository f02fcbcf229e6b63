"""Ids of before in a plug-in's code: each is told with its file and line."""

from __future__ import annotations

from pathlib import Path

from plfkit.testing.code_names import find_former_ids

CODE = '''"""Old stands here, and old."""
ROLE = "old"
KIND = {"formerly": ["old"], "label": "old"}
def measured(snapshot, role="old"):
    return build(formerly=["old"], role=f"{role} old")
'''


def test_every_way_to_name_a_kind(tmp_path: Path) -> None:
    """Constants, defaults and cells count, in modules below too; where an id is declared it names nothing."""
    (tmp_path / "inner").mkdir()
    (tmp_path / "measures.py").write_text(CODE, encoding="utf-8")
    (tmp_path / "inner/words.py").write_text("WORDS = ('new', 'old')\n", encoding="utf-8")
    (tmp_path / "broken.py").write_text("def (", encoding="utf-8")
    told = [str(one) for one in find_former_ids(tmp_path, {"old": "new"})]
    assert told == [
        "inner/words.py, line 1: 'old' is called 'new' now: write that",
        *(f"measures.py, line {line}: 'old' is called 'new' now: write that" for line in (2, 3, 4)),
    ]
