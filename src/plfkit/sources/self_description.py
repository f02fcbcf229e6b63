"""What data say of themselves: whose words they speak, and in which language they are written."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from plfkit.hints import Language
from plfkit.sources.descriptor import DESCRIPTOR, read_descriptor
from plfkit.sources.given import read_given_file
from plfkit.sources.limits import Limits, fill_in_limits
from plfkit.sources.recognising import find_file_kind, is_workbook

if TYPE_CHECKING:
    from plfkit.sources.sheets import WorkbookSheet


def find_profile_name(path: str | Path, *, limits: Limits | None = None) -> str | None:
    """Return the profile whose words a folder or workbook says it speaks; None if it does not say."""
    source, limits = Path(path), fill_in_limits(limits)
    if is_workbook(source):
        from plfkit.sources.about_sheet import read_about  # noqa: PLC0415 - folders need none of it

        sheets = _open_workbook(source, limits)
        return None if sheets is None else read_about(sheets)[0].profile
    file = source / DESCRIPTOR
    return read_descriptor({DESCRIPTOR: file} if file.exists() else {}, limits)[0].profile


def find_data_language(path: str | Path, *, limits: Limits | None = None) -> Language | None:
    """Return the language in which a workbook is the template; None if it is none, or no workbook."""
    source, limits = Path(path), fill_in_limits(limits)
    if not is_workbook(source):
        return None
    sheets = _open_workbook(source, limits)
    if sheets is None:
        return None
    from plfkit.sources.template.layout import find_template_language  # noqa: PLC0415 - the same

    return find_template_language(sheets)


def _open_workbook(path: Path, limits: Limits) -> Mapping[str, WorkbookSheet] | None:
    """Return the sheets of a workbook; None of a zip file that is none."""
    from plfkit.sources.sheets import open_sheets  # noqa: PLC0415 - folders need none of it

    file = read_given_file(path, limits)
    return open_sheets(file, limits)[0] if find_file_kind(file) == "workbook" else None
