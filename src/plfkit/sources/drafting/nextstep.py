"""What is to be done with a draft that is finished: the command that applies it."""

from __future__ import annotations

import shlex

from attrs import frozen

from plfkit.sources.drafting.writing import DraftWords


@frozen(kw_only=True)
class NextStep:
    """Where the things stand that the command names.

    Attributes:
        files: The files.
        is_added: Whether what they hold is about people who must be there before.
        mapping: Where the draft is saved.
        data: What the files are added to, if that is known.
        profile: The profile whose words the files speak, if it is not the usual one.
    """

    files: tuple[str, ...]
    is_added: bool
    mapping: str = "mapping.toml"
    data: str | None = None
    profile: str | None = None

    def write_command(self, words: DraftWords) -> str:
        """Write the command; names of data that nobody has told are a proposal in the reader's language."""
        into = self.data or (words("next.first") if self.is_added else None)
        out = words("next.first" if into is None else "next.new")
        parts = ["plfkit", "import", self.mapping, *self.files]
        parts += ["--profile", self.profile] if self.profile else []
        parts += ["--into", into] if into else []
        return shlex.join([*parts, "--out", out])
