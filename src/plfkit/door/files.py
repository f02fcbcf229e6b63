"""Organisations from files of offices and survey tools, by a mapping."""

from __future__ import annotations

from plfkit.door.read_log import log_reading
from plfkit.door.vocabularies import choose_vocabulary
from plfkit.hints import Language
from plfkit.model.records.organisation import Organisation
from plfkit.profiles.asking import list_frameworks_of_teams, list_read_frameworks
from plfkit.profiles.profile import Profile
from plfkit.renamed_keywords import take_old_names
from plfkit.sources import Given, Limits
from plfkit.sources.drafting import Draft, FrameworkUse, build_draft
from plfkit.sources.importing import ImportMapping, import_exports


@take_old_names(lang="language", organisation="into")
def draft_mapping(
    *files: Given,
    profile: Profile | None = None,
    into: Organisation | None = None,
    language: Language = "da",
    show_values: bool = False,
    limits: Limits | None = None,
) -> Draft:
    r"""Look at files of offices and survey tools, and write a mapping of them for a person to finish.

    What the files prove stands in the draft; what is likely stands there commented out, with a question.
    Applied as it is, a draft gives what is right or is refused: it decides nothing that files do not say.

    Args:
        *files: The files: paths, bytes or streams of CSV files and workbooks.
        profile: Whose vocabulary the cells may speak, and which frameworks are asked about; the
            organisation's vocabulary, or the core's, if left out.
        into: What the files will be added to: it tells which of several columns has people's
            names, and how many of those are known.
        language: The language of the comments: ``"da"`` or ``"en"``.
        show_values: Whether cells that may be personal are shown. Titles, schools and answers on a
            scale are shown anyway.
        limits: How much is read; generous if left out.

    Raises:
        InvalidDataError: A file is neither text nor a workbook.
        LimitError: A file is too large.
        MissingExtraError: A workbook is read, and the libraries for it are not installed.
        UnknownLanguageError: There are no drafts in that language.

    Examples:
        >>> import plfkit
        >>> draft = plfkit.draft_mapping("Init.;Stilling;Timer\nBB;Lærer;29,6\n".encode(), language="en")
        >>> print(*(line for line in draft.text.splitlines() if line[:1].isalpha()), sep="\n")
        schema_version = 1
        delimiter = ";"
        decimal = ","
        kind = "staff"
        person = "Init."
        role = "Stilling"
        hours = "Timer"
        >>> [question.key for question in draft.questions][:3]
        ['units', 'columns.unit', 'every.full_time']
    """
    words = choose_vocabulary(profile)
    if words is None and into is not None:
        words = into.vocabulary
    use = None
    if profile is not None:
        use = FrameworkUse(list_read_frameworks(profile), list_frameworks_of_teams(profile))
    return build_draft(
        files,
        vocabulary=words,
        organisation=into,
        language=language,
        show_values=show_values,
        limits=limits,
        frameworks=use,
    )


def import_files(
    mapping: Given | ImportMapping,
    *files: Given,
    into: Organisation | None = None,
    profile: Profile | None = None,
    limits: Limits | None = None,
) -> Organisation:
    r"""Read files of offices and survey tools as a mapping says, into a new organisation or added to one.

    Staff lists, questions about ties, questions on a scale, lists of ties and of meetings are taken,
    as they are exported; the reference page about mappings says how each is declared. Nothing is
    guessed: what is not declared, and matters, is a fault with the line to write. What was left out as
    the mapping says, and how often, is told in `Organisation.advice`.

    Args:
        mapping: The mapping: the path of a TOML file, its bytes or a stream of them, or an
            `ImportMapping`. One of the older kind (`SurveyMapping`) is read too.
        *files: The files: paths, bytes or streams of CSV files and workbooks. Lists that the mapping
            names (``names``, ``asked``) may be among them; else they stand beside the mapping.
        into: The organisation to which the rows are added; it stays as it is.
        profile: Whose vocabulary the cells speak; the organisation's, or the core's, if left out.
        limits: How much is read; generous if left out.

    Raises:
        InvalidDataError: Something is not as the mapping says, or not said; every fault is in it.
        DocumentError: The mapping says what it must not, or lacks what it must.
        LimitError: A file is too large.
        MissingExtraError: A workbook is read, and the libraries for it are not installed.

    Examples:
        >>> import plfkit
        >>> mapping = plfkit.ImportMapping.parse(
        ...     "schema_version = 1\n"
        ...     '[units.nord]\nkind = "school"\n'
        ...     '[[take]]\nkind = "staff"\nevery.unit = "nord"\n'
        ...     'columns = { person = "Init.", role = "Stilling" }'
        ... )
        >>> staff = plfkit.import_files(mapping, "Init.,Stilling\nBB,Lærer\n".encode())
        >>> staff.positions[0].person, staff.positions[0].role
        ('BB', 'teacher')
    """
    words = choose_vocabulary(profile)
    return log_reading(import_exports(mapping, files, into=into, vocabulary=words, limits=limits))
