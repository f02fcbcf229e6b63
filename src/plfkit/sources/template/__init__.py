"""The workbook of the first week: written for people to fill in, and read back."""

from __future__ import annotations

from plfkit.sources.template.layout import language_of
from plfkit.sources.template.reading import read_template
from plfkit.sources.template.writing import write_template

__all__ = ["language_of", "read_template", "write_template"]
