"""The log: what an operator wants to know, under documented names, and nothing of anybody."""

from __future__ import annotations

import io
import logging
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from click.testing import CliRunner

import plfkit
from plfkit.cli import main
from plfkit.errors import InvalidDataError, SectionWarning
from plfkit.pieces import run_pieces

CANARY = "Kanarie"


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """All that the library logs."""
    with caplog.at_level(logging.DEBUG, logger="plfkit"):
        yield caplog


def build_marked_town() -> plfkit.Organisation:
    """Build a school whose people and teams have names and ids that can be searched for."""
    people = [plfkit.Person(f"{CANARY}{n}", f"{CANARY} {n}") for n in range(12)]
    leader, *staff = [one.id for one in people]
    return plfkit.Organisation.of(
        units=[plfkit.Unit("m", "municipality"), plfkit.Unit("s", "school", "Nord", "m")],
        persons=people,
        positions=[plfkit.Position(one.id, "s", "teacher") for one in people],
        communities=[plfkit.Community(f"{CANARY}t", "team", f"{CANARY}s team", "s")],
        memberships=[plfkit.Membership(f"{CANARY}t", one) for one in staff],
        ties=[plfkit.Tie(one, leader, "reports_to") for one in staff],
    )


def test_no_person_is_in_the_log(log: pytest.LogCaptureFixture) -> None:
    """Reading, faults, figures of persons, goals, gate and page log counts, and no name, id or cell."""
    profile = plfkit.load_profile("generic")
    book = io.BytesIO()
    plfkit.write(build_marked_town(), book)
    town = plfkit.read(book.getvalue())
    with pytest.raises(InvalidDataError):
        plfkit.read({"persons.csv": f"id,valid_from\n{CANARY},{CANARY}\n".encode()})
    plfkit.draft_mapping(f"Navn;Stilling\n{CANARY};{CANARY}\n".encode())
    now = plfkit.snapshot(town)
    degree = plfkit.measures.degree(now, relation="reports_to")
    plfkit.release(degree, profile.privacy, identified=f"about {CANARY}")
    card = plfkit.release(plfkit.assess(town, profile, years_back=0), profile.privacy)
    plfkit.render_report(card)
    plfkit.plot(card, "organisation")
    assert {one.name for one in log.records} >= {"plfkit.read", "plfkit.assess", "plfkit.release"}
    assert CANARY not in log.text


class Gone(Executor):
    """An executor whose processes were killed."""

    def submit(self, *_: Any, **__: Any) -> Future[Any]:
        raise BrokenExecutor


def test_what_is_logged_is_documented(
    log: pytest.LogCaptureFixture, root: Path, install_distribution: Callable[..., Path]
) -> None:
    """A profile set aside and a section left out are warnings; names and levels stand on the page."""
    from plfkit.kernels import compiling

    def write_badly(_: plfkit.profiles.SectionContext) -> plfkit.profiles.Section:
        raise ValueError(CANARY)

    profile = evolve(plfkit.load_profile("generic"), sections=(write_badly,))
    town = plfkit.synthetic.municipality(profile, schools=2)
    card = plfkit.release(plfkit.assess(town, profile, years_back=0), profile.privacy)
    with pytest.warns(SectionWarning):
        plfkit.render_report(card)
    compiling._load_compiler.__wrapped__()  # noqa: SLF001 - it says once a process how loops run
    install_distribution("plfkit-old", "", profile="old", requires=("plfkit<0.0.1",))
    plfkit.available_profiles()
    assert [*run_pieces(abs, [-1], Gone())] == [1]
    page = (root / "docs/explanation/promises.md").read_text(encoding="utf-8")
    told = set(re.findall(r"^\| `(plfkit\.\w+)` \| (info|warning)", page, re.MULTILINE))
    plfkit.read({"persons.csv": b"id\np\n"})
    found = {(one.name, one.levelname.lower()) for one in log.records}
    assert found == {one for one in told if one != ("plfkit.kernels", "warning")}
    assert CANARY not in log.text


def test_nothing_is_printed_by_default() -> None:
    """A program that sets up no logging sees nothing of it, warnings included."""
    code = """
import logging
import plfkit
plfkit.read({"persons.csv": b"id\\np\\n"})
logging.getLogger("plfkit.profiles").warning("set aside")
"""
    done = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert (done.stdout, done.stderr) == ("", "")


def test_commands_show_it_when_asked(monkeypatch: pytest.MonkeyPatch, root: Path) -> None:
    """PLFKIT_LOG names a level; the log goes to stderr, and after the command nothing is left of it."""
    town = str(root / "docs/examples/example_municipality")
    plain = CliRunner().invoke(main, ["check", town])
    monkeypatch.setenv("PLFKIT_LOG", "info")
    shown = CliRunner().invoke(main, ["check", town])
    assert shown.stdout == plain.stdout
    assert "INFO plfkit.read: read 6 units" in shown.stderr
    assert "INFO" not in plain.stderr
    monkeypatch.setenv("PLFKIT_LOG", "loud")
    refused = CliRunner().invoke(main, ["check", town])
    assert (refused.exit_code, "PLFKIT_LOG" in refused.stderr) == (2, True)
    [handler] = logging.getLogger("plfkit").handlers
    assert isinstance(handler, logging.NullHandler)
    assert logging.getLogger("plfkit").level == logging.NOTSET
