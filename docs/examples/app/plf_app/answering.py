"""Answers in the reader's language, and what is said when something is wrong: what, where and what to do."""

from __future__ import annotations

import logging
from typing import Literal, cast, get_args

from flask import Flask, Response, render_template, request
from werkzeug.exceptions import HTTPException, NotFound, RequestEntityTooLarge

import plfkit
from plf_app.reading import UploadError
from plf_app.words import WORDS
from plfkit.errors import InvalidDataError, LimitError, PlfkitError

Language = Literal["da", "en"]
Answer = tuple[str, int]
PAGE = "app.show_page"
_OWN_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none';"
    " frame-ancestors 'none'"
)
_PAGE_POLICY = "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
"""The page says itself that it loads nothing and runs its own script alone."""
_WELL = 200

log = logging.getLogger(__name__)


class BusyError(Exception):
    """Nobody got round to it."""


def register_answers(app: Flask) -> None:
    """Let an app answer errors in words, and guard whatever it answers."""
    app.register_error_handler(InvalidDataError, show_faults)
    app.register_error_handler(PlfkitError, tell_error)
    app.register_error_handler(UploadError, lambda error: refuse(str(error), 422))
    app.register_error_handler(LimitError, lambda _: refuse("too_large", 413))
    app.register_error_handler(RequestEntityTooLarge, lambda _: refuse("too_large", 413))
    app.register_error_handler(BusyError, lambda _: refuse("busy", 503))
    app.register_error_handler(HTTPException, lambda error: refuse("not_here", error.code or 500))
    app.register_error_handler(Exception, hide_error)
    app.after_request(add_headers)


def show_faults(error: InvalidDataError) -> Answer:
    """Show every fault with its place and what mends it, and no cell."""
    language = find_language()
    faults = plfkit.to_document(error, language=language, audience="page")["faults"]
    return show("faults.html", language, faults=faults), 422


def tell_error(error: PlfkitError) -> Answer:
    """Show what plfkit says of what it refuses."""
    language = find_language()
    why = error.say(language=language, audience="page")
    return show("refused.html", language, why=why), 422


def hide_error(error: Exception) -> Answer:
    """Say that something failed: its text and its values may be somebody's, so they are not even logged."""
    log.error("%s while %s was asked for", type(error).__name__, request.endpoint)
    return refuse("failed", 500)


def refuse(key: str, code: int) -> Answer:
    """Return a page that says why something was refused."""
    language = find_language()
    return show("refused.html", language, why=WORDS[key][language]), code


def show(template: str, language: Language, **values: object) -> str:
    """Fill in a template in a language."""
    other: Language = "en" if language == "da" else "da"

    def say(key: str) -> str:
        return WORDS[key][language]

    return render_template(template, language=language, other=other, say=say, **values)


def find_language() -> Language:
    """Return the language of the address that was asked for; Danish where it has none."""
    first = request.path.strip("/").partition("/")[0]
    return cast("Language", first) if first in get_args(Language) else "da"


def check_language(language: str) -> Language:
    """Return the language of an address.

    Raises:
        NotFound: The app does not speak it.
    """
    if language not in get_args(Language):
        raise NotFound
    return cast("Language", language)


def add_headers(answer: Response) -> Response:
    """Let no browser keep an answer, frame it, guess its type, or load anything for it."""
    is_page = request.endpoint == PAGE and answer.status_code == _WELL
    answer.headers["Content-Security-Policy"] = _PAGE_POLICY if is_page else _OWN_POLICY
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer
