"""The workbook of the first week: written for people to fill in, and read back."""

from __future__ import annotations

from plfkit.sources.template.filled import FilledTemplate
from plfkit.sources.template.layout import find_template_language
from plfkit.sources.template.reading import read_template
from plfkit.sources.template.writing import write_blank_template

__all__ = ["FilledTemplate", "find_template_language", "read_template", "write_blank_template"]
