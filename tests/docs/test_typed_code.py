"""What pages for programmers show passes the strictest of type checkers, as their own code does."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

_BLOCK = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
_SETTINGS = "[mypy]\nstrict = true\n[mypy-jsonschema.*]\nignore_missing_imports = true\n"
PAGES = ("docs/tutorial/first-app.md", "docs/howto/use-in-a-server.md")


@pytest.mark.slow
def test_shown_code_is_typed(root: Path, tmp_path: Path) -> None:
    """The blocks of each page, one below the other, are a module that `mypy --strict` accepts."""
    modules = [tmp_path / f"{Path(page).stem.replace('-', '_')}.py" for page in PAGES]
    for page, module in zip(PAGES, modules, strict=True):
        blocks = _BLOCK.findall((root / page).read_text(encoding="utf-8"))
        assert len(blocks) > 5
        module.write_text("\n".join(blocks), encoding="utf-8")
    (tmp_path / "mypy.ini").write_text(_SETTINGS, encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--config-file", str(tmp_path / "mypy.ini")]
    # A cache of its own kind: other settings than the project's.
    command += ["--cache-dir", str(root / ".mypy_cache/docs"), *map(str, modules)]
    done = subprocess.run(  # noqa: S603 - our own interpreter
        command, cwd=root, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
