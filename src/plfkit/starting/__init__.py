"""Starting a distribution: from a template to a plug-in that is tested and can be published."""

from plfkit.starting.answers import RECORD, Answers, answer_by_default
from plfkit.starting.beginning import start_distribution
from plfkit.starting.templates import CONTENT, is_content, render_distribution
from plfkit.starting.updating import FileChange, FileFate, update_distribution

__all__ = [
    "CONTENT",
    "RECORD",
    "Answers",
    "FileChange",
    "FileFate",
    "answer_by_default",
    "is_content",
    "render_distribution",
    "start_distribution",
    "update_distribution",
]


def __dir__() -> list[str]:
    return list(__all__)
