"""Exports of offices and survey tools, read as a mapping says, and added to what is known."""

from __future__ import annotations

from collections.abc import Sequence

from plfkit.model.records.organisation import Organisation
from plfkit.model.words.vocabulary import Vocabulary, load_core_vocabulary
from plfkit.sources.given import Given, read_given_file
from plfkit.sources.importing.importing import apply_mapping
from plfkit.sources.importing.language import ImportMapping
from plfkit.sources.importing.survey_mapping import SurveyMapping, read_mapping
from plfkit.sources.limits import Limits, fill_in_limits


def import_exports(
    mapping: Given | ImportMapping,
    files: Sequence[Given],
    *,
    into: Organisation | None = None,
    vocabulary: Vocabulary | None = None,
    limits: Limits | None = None,
) -> Organisation:
    """Read files as a mapping says, into a new organisation or added to one; see `plfkit.import_files`.

    Args:
        mapping: The mapping: a path, bytes or a stream, or one that was read.
        files: The files: paths, bytes or streams.
        into: The organisation to which the rows are added.
        vocabulary: The kinds that cells may name; the organisation's, or the core's, if left out.
        limits: How much is read; generous if left out.
    """
    limits = fill_in_limits(limits)
    words = vocabulary or (load_core_vocabulary() if into is None else into.vocabulary)
    before = Organisation.of(vocabulary=words) if into is None else into
    given = [read_given_file(file, limits) for file in files]
    return apply_mapping(read_mapping(mapping, limits, words), given, before, words, limits)


def add_survey(
    organisation: Organisation,
    path: Given,
    mapping: SurveyMapping | ImportMapping,
    *,
    limits: Limits | None = None,
) -> Organisation:
    """Return an organisation with the answers of an exported survey.

    Whoever has a row was asked; those who have none were not. Nobody's silence is guessed: a row
    without any name is refused, unless the mapping says what it means. `plfkit.import_files` does the
    same, and more, with a mapping of today's language.

    Args:
        organisation: The organisation to which the answers are added.
        path: The export, a CSV file or a workbook with one sheet: its path, its bytes, or a stream
            of bytes.
        mapping: How it is to be read as a survey; of either kind.
        limits: How much is read; generous if left out.

    Raises:
        InvalidDataError: Something is wrong with the export or its rows; every fault is in it.
        LimitError: The export is too large.
    """
    known = mapping.to_import_mapping() if isinstance(mapping, SurveyMapping) else mapping
    return import_exports(known, [path], into=organisation, limits=limits)
