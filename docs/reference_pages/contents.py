"""What a page of the reference has below it."""

from __future__ import annotations

from collections.abc import Iterable


def list_contents(pages: Iterable[str]) -> list[str]:
    """Write the contents by which the sidebar shows pages below this one."""
    return ["```{toctree}", ":hidden:", "", *pages, "```"]
