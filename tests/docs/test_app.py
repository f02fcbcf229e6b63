"""The example app with a real server: what it shows, what it refuses, and what it never lets out."""

from __future__ import annotations

import json
import logging
import socket
import time
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from io import BytesIO
from pathlib import Path

import pytest
from flask import request
from plf_app import create_app
from plf_app.words import WORDS
from serving import Answer, Server, read_folder, serve
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

import plfkit

EXAMPLES = Path(__file__).parents[2] / "docs/examples"
TOWN = EXAMPLES / "example_municipality"
A_PROFILE = EXAMPLES.parents[1] / "plugins/plfkit-vejle/src/plfkit_vejle/profile.toml"
WAYS = ("goals", "page", "figures")
UNPROCESSABLE, TOO_LARGE = 422, 413


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The app; at the end nothing that was sent lies about, nor stands in its log."""
    with serve(tmp_path_factory.mktemp("app")) as running:
        yield running
        log = running.log.read_text(encoding="utf-8")
        assert list(running.folder.iterdir()) == []
        assert "Traceback" not in log
        assert "ek-0" not in log


def read_example(name: str = "example_municipality") -> list[tuple[str, bytes]]:
    """The tables of an example."""
    return read_folder(EXAMPLES / name)


def check_answer(answer: Answer, code: int) -> None:
    """Any answer has its code and its guards, and says nothing of how it was made."""
    assert answer.code == code, answer.text[:500]
    assert answer.headers["Cache-Control"] == "no-store"
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    for word in ("Traceback", "werkzeug", 'File "', "plf_app"):
        assert word not in answer.text


@pytest.mark.parametrize(
    ("asked", "language"), [("da,en;q=0.5", "da"), ("en-GB", "en"), ("de", "da")]
)
def test_start(server: Server, asked: str, language: str) -> None:
    """The form is in the language that the browser asks for, else in Danish."""
    sent = server.ask("GET", "/", headers={"Accept-Language": asked})
    assert sent.headers["Location"] == f"/{language}/"
    answer = server.ask("GET", f"/{language}/")
    check_answer(answer, 200)
    assert WORDS["lead"][language] in answer.text
    assert '<option value="vejle">' in answer.text


@pytest.mark.parametrize("language", ["da", "en"])
def test_goals(server: Server, language: str) -> None:
    """Sound files show how the goals stand, as they left the gate."""
    answer = server.upload(f"/{language}/goals", read_example(), "vejle")
    check_answer(answer, 200)
    vejle = plfkit.load_profile("vejle")
    assert vejle.indicators["V1b"].label[language] in answer.text.replace("&#39;", "’")
    assert WORDS["example"][language] in answer.text
    assert str(plfkit.Verdict.NOT_MEASURED.words[language]) in answer.text


@pytest.mark.parametrize("language", ["da", "en"])
def test_why_a_range_is_not_shown(server: Server, language: str) -> None:
    """A figure whose range the gate keeps does not stand there as if it were sure."""
    answer = server.upload(f"/{language}/goals", read_example(), "generic")
    assert str(plfkit.Reason.RANGE_WITHHELD.words[language]) in answer.text


def test_page_and_figures_are_those_of_plfkit(server: Server, tmp_path: Path) -> None:
    """What the app puts out is what plfkit makes of the same files, and the audit finds nothing in it."""
    vejle = plfkit.load_profile("vejle")
    org = plfkit.read(TOWN, profile=vejle)
    released = plfkit.release(plfkit.assess(org, vejle), vejle.privacy)
    page = server.upload("/en/page", read_example(), "vejle")
    figures = server.upload("/en/figures", read_example(), "vejle")
    check_answer(page, 200)
    check_answer(figures, 200)
    assert page.text == plfkit.render_report(released, language="en")
    assert json.loads(figures.body) == json.loads(json.dumps(plfkit.to_document(released)))
    for name, answer in (("page.html", page), ("figures.json", figures)):
        (tmp_path / name).write_bytes(answer.body)
        assert plfkit.audit(tmp_path / name, staff=org) == ()


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("language", "said"), [("da", "mente I"), ("en", "did you mean")])
def test_faults(server: Server, language: str, said: str, way: str) -> None:
    """Faults are shown with file, row, column and what mends them, and no cell."""
    name, data = "positions.csv", (TOWN / "positions.csv").read_bytes()
    files = [(n, d) for n, d in read_example() if n != name]
    wrong = data.replace(b",Konsulent,", b",Konsullent,", 1)
    answer = server.upload(f"/{language}/{way}", [*files, (name, wrong)])
    check_answer(answer, UNPROCESSABLE)
    assert said in answer.text
    assert "positions.csv" in answer.text
    assert "Konsullent" not in answer.text


def test_a_folder_full_of_faults(server: Server) -> None:
    """All of them are told at once."""
    answer = server.upload("/da/goals", read_example("faulty_municipality"))
    check_answer(answer, UNPROCESSABLE)
    with pytest.raises(plfkit.errors.InvalidDataError) as caught:
        plfkit.read(dict(read_example("faulty_municipality")))
    assert f"({len(caught.value.faults)})" in answer.text


def test_a_workbook(server: Server, tmp_path: Path) -> None:
    """One workbook is read as the folder is."""
    path = tmp_path / "town.xlsx"
    plfkit.write(plfkit.read(TOWN), path)
    answer = server.upload("/en/goals", [(path.name, path.read_bytes())])
    check_answer(answer, 200)
    assert server.upload("/en/goals", read_example()).text.count("<tr>") == answer.text.count(
        "<tr>"
    )


def test_a_mapping(server: Server) -> None:
    """Exports come in by the mapping that is sent with them."""
    names = ("personale.toml", "personale.csv")
    files = [(name, (EXAMPLES / "office_files" / name).read_bytes()) for name in names]
    answer = server.upload("/en/goals", files)
    check_answer(answer, 200)


HOSTILE: dict[str, tuple[list[tuple[str, bytes]], int]] = {
    "nothing": ([], UNPROCESSABLE),
    "noise": ([("persons.csv", bytes(range(256)) * 40)], UNPROCESSABLE),
    "a way out": ([("../../etc/passwd", b"root:x:0:0\n")], UNPROCESSABLE),
    "a way out in Windows": ([("C:\\temp\\persons.csv", b"id\nek-001\n")], UNPROCESSABLE),
    "markup": ([("<script>alert(1)</script>.csv", b"id\n1\n")], UNPROCESSABLE),
    "the same twice": ([("persons.csv", b"id\na\n"), ("persons.csv", b"id\nb\n")], UNPROCESSABLE),
    "a mapping alone": ([("m.toml", b"schema_version = 1\n")], UNPROCESSABLE),
    "a mapping that is none": ([("m.toml", b"[[["), ("a.csv", b"x\n1\n")], UNPROCESSABLE),
    "a picture": ([("persons.png", b"\x89PNG\r\n\x1a\n" + bytes(99))], UNPROCESSABLE),
    "a workbook beside tables": ([("a.xlsx", b"PK"), ("persons.csv", b"id\na\n")], UNPROCESSABLE),
    "too many": ([(f"{n}.csv", b"id\n") for n in range(60)], TOO_LARGE),
    "too large": ([("persons.csv", b"id\n" + b"x" * 21_000_000)], TOO_LARGE),
}


@pytest.mark.parametrize(("files", "code"), HOSTILE.values(), ids=HOSTILE)
def test_hostile_uploads(server: Server, files: list[tuple[str, bytes]], code: int) -> None:
    """Each is answered in words, and what it is called is text."""
    answer = server.upload("/da/goals", files)
    check_answer(answer, code)
    assert "<h1>" in answer.text
    assert "<script" not in answer.text


def test_a_bomb(server: Server) -> None:
    """A workbook that is small and grows without end is refused before it does."""
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/worksheets/sheet1.xml", b"0" * 200_000_000)
    assert len(held.getvalue()) < 1_000_000
    check_answer(server.upload("/en/goals", [("a.xlsx", held.getvalue())]), TOO_LARGE)


def test_a_name_that_turns_what_stands_behind_it(server: Server) -> None:
    """It turns itself alone: not the line in which a fault is told."""
    answer = server.upload(
        "/en/goals", [("\u202evsc.csv", b"id\n1\n"), ("persons.csv", b"id\n1\n")]
    )
    assert "<bdi>\u202evsc.csv</bdi>" in answer.text


@pytest.mark.slow
def test_connections_that_say_nothing(server: Server) -> None:
    """Whoever opens all that there are keeps others out for seconds, not for good."""
    with ExitStack() as held:
        for _ in range(110):
            silent = held.enter_context(socket.create_connection(("127.0.0.1", server.port)))
            silent.sendall(b"POST /en/goals HTTP/1.1\r\nHost: x\r\nContent-Length: 9999\r\n\r\nx")
        began = time.monotonic()
        check_answer(server.ask("GET", "/en/"), 200)
        assert time.monotonic() - began < 40


@pytest.mark.parametrize("profile", ["../../etc/passwd", str(A_PROFILE), "nobody", ""])
def test_other_profiles(server: Server, profile: str) -> None:
    """Only those installed are loaded: a name is no path, though there be a profile at its end."""
    assert A_PROFILE.exists()
    check_answer(server.upload("/en/goals", read_example(), profile), UNPROCESSABLE)


@pytest.mark.parametrize(
    ("method", "path", "code"),
    [
        ("GET", "/da/goals", 405),
        ("GET", "/sv/", 404),
        ("POST", "/sv/page", 404),
        ("GET", "/x/y/z", 404),
    ],
)
def test_other_addresses(server: Server, method: str, path: str, code: int) -> None:
    """What is not there is said not to be."""
    check_answer(server.ask(method, path), code)


def test_several_at_once(server: Server) -> None:
    """Each gets what is made of their own files, as if they were alone."""
    towns = ["vejle", "langeland", "generic", "vejle"]
    alone = [server.upload("/da/goals", read_example(), name).text for name in towns]
    with ThreadPoolExecutor(len(towns)) as people:
        at_once = list(
            people.map(lambda name: server.upload("/da/goals", read_example(), name).text, towns)
        )
    assert at_once == alone
    assert len(set(alone)) == 3


def test_what_breaks_tells_nothing(caplog: pytest.LogCaptureFixture) -> None:
    """An error of the app's own is answered in words, and its text stands in no log."""
    app = create_app()

    def break_down() -> str:
        raise ValueError("ek-001 is ill")

    app.add_url_rule("/en/broken", view_func=break_down)
    with caplog.at_level(logging.DEBUG):
        answer = app.test_client().get("/en/broken")
    assert answer.status_code == 500
    assert WORDS["failed"]["en"] in answer.text
    assert "ek-001" not in answer.text + caplog.text
    assert "ValueError" in caplog.text


def test_files_stay_in_memory() -> None:
    """A file too large for the framework's own buffer is held in memory, and not in a temporary file."""
    sent = FileStorage(BytesIO(b"x" * 2_000_000), filename="persons.csv")
    boundary, body = encode_multipart({"files": sent})
    kind = f"multipart/form-data; boundary={boundary}"
    with create_app().test_request_context(method="POST", data=body, content_type=kind):
        assert isinstance(request.files["files"].stream, BytesIO)
