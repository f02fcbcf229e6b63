"""Every example in README, documentation and docstrings runs, and prints what it says it prints."""

from __future__ import annotations

import doctest
import os
import shlex
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sybil import Example, Sybil
from sybil.integration.pytest import SybilItem
from sybil.parsers.markdown import CodeBlockParser, PythonCodeBlockParser
from sybil.parsers.rest import DocTestParser
from xdist.scheduler import LoadScopeScheduling

pytest_plugins = ["plfkit.testing.fixtures"]

ROOT = Path(__file__).parent

# Pages and tests show what an English reader sees, where neither option nor data say otherwise.
os.environ["PLFKIT_LANG"] = "en"
# Many processes are started here: each would compile everything anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a long search be run in parts."""
    parser.addoption("--part", default="1/1", help="run every M-th test, from the N-th: N/M")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep the part that is asked for."""
    first, step = (int(number) for number in config.getoption("part").split("/"))
    kept = items[first - 1 :: step]
    if left := [item for place, item in enumerate(items) if place % step != first - 1]:
        config.hook.pytest_deselected(items=left)
    items[:] = kept


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> None:
    """Tell what failed before or after an example: Sybil seeks the example in its traceback, and dies."""
    if isinstance(item, SybilItem) and call.when != "call":
        item._traceback_filter = _keep_traceback  # type: ignore[method-assign] # noqa: SLF001


def _keep_traceback(excinfo: pytest.ExceptionInfo[BaseException]) -> Any:
    return excinfo.traceback


class TogetherScheduling(LoadScopeScheduling):  # type: ignore[misc] # it has no types
    """Leaves in one process what leans on each other: a page's blocks, a test's cases."""

    def _split_scope(self, nodeid: str) -> str:
        page, _, block = nodeid.partition("::line:")
        return page if block else nodeid.partition("[")[0]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> TogetherScheduling:
    """Share the tests out among the processes."""
    return TogetherScheduling(config, log)


def run_console(example: Example) -> str | None:
    """Run the commands of a console block and compare what they print; ``...`` stands for anything."""
    from plfkit.cli import main  # noqa: PLC0415 - only where such a block stands

    for command, expected in _commands(example.parsed):
        done = CliRunner().invoke(main, shlex.split(command)[1:])
        checker = doctest.OutputChecker()
        options = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
        if expected.strip() and not checker.check_output(expected, done.stdout, options):
            return f"{command}\nprints\n{done.stdout}\nnot\n{expected}"
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
    return None


def _commands(block: str) -> Iterator[tuple[str, str]]:
    for part in block.split("$ ")[1:]:
        command, _, expected = part.partition("\n")
        yield command.strip(), expected


def change_file(example: Example) -> str | None:
    """Apply the diff of a file that the page has made; those of plfkit's own are a test's business."""
    first, _, lines = example.parsed.partition("\n")
    path = Path(first.removeprefix("--- "))
    if not path.is_file():
        return None
    text = path.read_text(encoding="utf-8")
    before, after = (
        "".join(f"{line[1:]}\n" for line in lines.splitlines() if line[0] in signs)
        for signs in (" -", " +")
    )
    if text.count(before) != 1:
        return f"{path} does not hold once\n{before}"
    path.write_text(text.replace(before, after), encoding="utf-8")
    return None


@pytest.fixture(scope="module")
def beside_the_examples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Run in a fresh folder in which the examples stand where the documentation says."""
    folder = tmp_path_factory.mktemp("reader")
    shutil.copytree(ROOT / "docs/examples", folder / "docs/examples")
    before, path = Path.cwd(), [*sys.path]
    os.chdir(folder)
    yield
    os.chdir(before)
    sys.path[:] = path


pages = Sybil(
    parsers=[
        PythonCodeBlockParser(),
        CodeBlockParser("console", run_console),
        CodeBlockParser("diff", change_file),
    ],
    patterns=["*.md"],
    excludes=["docs/_build/*"],
    fixtures=["beside_the_examples"],
)
docstrings = Sybil(parsers=[DocTestParser()], path="src", patterns=["*.py"])
pytest_collect_file = (pages + docstrings).pytest()
