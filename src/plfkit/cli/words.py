"""The command line's own words: notices, and what was asked wrongly."""

from __future__ import annotations

from attrs import frozen

from plfkit.model.words.wording import Wording


@frozen
class CommandWords(Wording):
    """What the command line says in its own voice."""

    package = "plfkit.cli"
    file = "words.toml"
