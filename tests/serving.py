"""The example app, served by a process of its own on this machine alone."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import encode_multipart

ROOT = Path(__file__).parents[1]
APP = ROOT / "docs/examples/app"
_PATIENCE = 30
_ANSWER = 120


class Answer(NamedTuple):
    """What the app answered."""

    code: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode("utf-8")


class Server(NamedTuple):
    """The app while it runs: where, in which folder, and where it writes its log."""

    port: int
    folder: Path
    log: Path

    @property
    def address(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.port}"

    def ask(
        self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Send a request and read the answer whole."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=_ANSWER)
        connection.request(method, path, body or None, dict(headers or {}))
        answer = connection.getresponse()
        read = Answer(answer.status, dict(answer.getheaders()), answer.read())
        connection.close()
        return read

    def upload(
        self, path: str, files: Sequence[tuple[str, bytes]], profile: str = "generic"
    ) -> Answer:
        """Send files as the form sends them."""
        sent = [FileStorage(BytesIO(data), filename=name) for name, data in files]
        boundary, body = encode_multipart(MultiDict({"profile": profile, "files": sent}))
        kind = {"Content-Type": f"multipart/form-data; boundary={boundary}"}
        return self.ask("POST", path, body, kind)


def read_folder(folder: Path) -> list[tuple[str, bytes]]:
    """Return the files of a folder by their names."""
    return [(path.name, path.read_bytes()) for path in sorted(folder.iterdir())]


@contextmanager
def serve(folder: Path) -> Iterator[Server]:
    """Serve the app on a free port from an empty folder, and end it by its own process id."""
    empty, log = folder / "work", folder / "log"
    empty.mkdir()
    server = Server(_find_free_port(), empty, log)
    with log.open("wb") as written:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter
            [sys.executable, "-m", "plf_app", "--port", str(server.port)],
            cwd=empty,
            stdout=written,
            stderr=written,
            env={
                **os.environ,
                "PYTHONPATH": os.pathsep.join([str(APP), *sys.path]),
                "TMPDIR": str(empty),
            },
        )
        try:
            _wait_for_answer(server, process)
            yield server
        finally:
            process.terminate()
            process.wait(timeout=_PATIENCE)


def _find_free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def _wait_for_answer(server: Server, process: subprocess.Popen[bytes]) -> None:
    ends = time.monotonic() + _PATIENCE
    while time.monotonic() < ends and process.poll() is None:
        try:
            server.ask("GET", "/da/")
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(server.log.read_text(encoding="utf-8"))
