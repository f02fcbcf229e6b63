"""The routes: a form, and for what is sent by it faults, goals, the page or the figures.

Each answer is made of what came with its own request. Nothing is kept between two of them, so two people
at once are nothing to think of.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import PurePosixPath
from threading import BoundedSemaphore
from typing import IO, cast

from flask import Blueprint, Flask, Request, Response, jsonify, redirect, request

import plfkit
from plf_app.answering import (
    BusyError,
    Language,
    check_language,
    register_answers,
    show,
)
from plf_app.reading import Upload, UploadError, read_uploads

Card = plfkit.Released[plfkit.Scorecard]
MOST_BYTES = 20_000_000
MOST_PARTS = 42
THREADS = 4
_AT_ONCE = 2
"""How many scorecards are made at a time; others wait."""
_PATIENCE = 60
"""For how many seconds."""

routes = Blueprint("app", __name__)
_places = BoundedSemaphore(_AT_ONCE)


class MemoryRequest(Request):
    """A request whose files stay in memory; the framework would put large ones into temporary files."""

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        del total_content_length, content_type, filename, content_length
        return BytesIO()


def create_app() -> Flask:
    """Return the app."""
    app = Flask(__name__)
    app.request_class = MemoryRequest
    app.config.update(MAX_CONTENT_LENGTH=MOST_BYTES, MAX_FORM_PARTS=MOST_PARTS)
    app.register_blueprint(routes)
    register_answers(app)
    return app


@routes.get("/")
def choose_language() -> Response:
    """Send to the start in the language that the browser asks for."""
    return cast(
        "Response", redirect(f"/{request.accept_languages.best_match(['da', 'en']) or 'da'}/")
    )


@routes.get("/<language>/")
def show_start(language: str) -> str:
    """Show the form."""
    profiles = [info.id for info in plfkit.available_profiles()]
    return show("start.html", check_language(language), profiles=profiles)


@routes.post("/<language>/goals")
def show_goals(language: str) -> str:
    """Show how the goals stand, as far as it may be shown."""
    chosen = check_language(language)
    released = release_uploads()
    frame = released.to_frame("pyarrow", language=chosen)
    rows = [row for row in frame.to_pylist() if row["verdict"] and not row["part"]]
    words = {"say_verdict": say_verdict, "say_reason": say_reason}
    return show("goals.html", chosen, card=released.content, rows=rows, **words)


@routes.post("/<language>/page")
def show_page(language: str) -> str:
    """Show the page for the meeting."""
    chosen = check_language(language)
    return plfkit.render_report(release_uploads(), language=chosen)


@routes.post("/<language>/figures")
def send_figures(language: str) -> Response:
    """Send every published figure as a document that programs read; `plfkit audit` reads it too."""
    check_language(language)
    answer = jsonify(plfkit.to_document(release_uploads()))
    answer.headers["Content-Disposition"] = "attachment; filename=figures.json"
    return answer


def release_uploads() -> Card:
    """Read what was sent, hold it against the goals, and take out what may not be seen."""
    uploads = [
        Upload(name_file(one.filename or ""), one.read()) for one in request.files.getlist("files")
    ]
    profile = load_known_profile(request.form.get("profile", "generic"))
    with take_place():
        organisation = read_uploads([one for one in uploads if one.name], profile)
        return plfkit.release(plfkit.assess(organisation, profile), profile.privacy)


def name_file(name: str) -> str:
    """Return the last part of a name: browsers may send folders with it, and others anything."""
    return PurePosixPath(name.replace("\\", "/")).name


def load_known_profile(name: str) -> plfkit.Profile:
    """Return a profile that is installed: a name that is none could be a path.

    Raises:
        UploadError: It is not installed.
    """
    if name not in {info.id for info in plfkit.available_profiles()}:
        raise UploadError("unknown_profile")
    return plfkit.load_profile(name)


@contextmanager
def take_place() -> Iterator[None]:
    """Wait until there is room for one more computation.

    Raises:
        BusyError: There was none in time.
    """
    if not _places.acquire(timeout=_PATIENCE):
        raise BusyError
    try:
        yield
    finally:
        _places.release()


def say_verdict(word: str, language: Language) -> str:
    """Return what readers call a verdict; where the gate withheld it there is none."""
    known = plfkit.Verdict.find_word(word)
    return "–" if known is None else known.words[language]


def say_reason(word: str | None, language: Language) -> str:
    """Return why a figure, or its range, is not shown; a dash where nobody says why."""
    known = None if word is None else plfkit.Reason.find_word(word)
    return "–" if known is None else known.words[language]
