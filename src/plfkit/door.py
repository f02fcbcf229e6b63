"""The door: what opens data, and what is handed out to be filled in, in the words of a profile."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from plfkit.graph.from_graphs import read_network
from plfkit.model.records.organisation import Organisation
from plfkit.model.words.kinds import Label
from plfkit.model.words.vocabulary import Vocabulary, load_core_vocabulary
from plfkit.profiles import GENERIC
from plfkit.profiles.asking import list_team_frameworks
from plfkit.profiles.profile import Profile
from plfkit.sources import Dialect, Given, Limits, read_frames, read_source
from plfkit.sources.drafting import Draft, build_draft
from plfkit.sources.importing import ImportMapping, import_exports
from plfkit.sources.template import write_blank_template

if TYPE_CHECKING:
    import networkx as nx


def read(  # noqa: PLR0913 - a declaration each
    path: Given | Mapping[str, Given],
    *,
    profile: Profile | None = None,
    encoding: str = "utf-8",
    delimiter: Literal[",", ";", "\t"] = ",",
    decimal: Literal[".", ","] = ".",
    dates: Literal["iso", "day-first"] = "iso",
    ends: Literal["day after", "last day"] = "day after",
    limits: Limits | None = None,
) -> Organisation:
    """Read an organisation from a native folder or a workbook, in a profile's vocabulary.

    Args:
        path: A folder of CSV, Parquet or JSON Lines files; or one workbook, native or the template,
            as a path, bytes or a stream of bytes; or the files of a folder by their names, each
            given in one of these ways.
        profile: Whose vocabulary the rows speak. If it is left out, or adds no words to the
            core's, the data's own is used: what plfkit wrote holds the vocabulary it was written in.
        encoding: The encoding of CSV files; ``"cp1252"`` is Windows in Denmark.
        delimiter: What stands between the cells of a CSV file.
        decimal: What stands before the decimals of numbers.
        dates: ``"iso"`` for 2018-08-01, ``"day-first"`` for 01-08-2018.
        ends: What ``valid_to`` holds: ``"day after"`` for the first day no longer in force,
            ``"last day"`` as staff systems have it. The template has last days in any case.
        limits: How much is read; generous if left out.

    Raises:
        InvalidDataError: Something is wrong with the files or their rows; every fault is in it.
        LimitError: Something is too large.
        MissingExtraError: The format needs libraries that are not installed.
    """
    dialect = Dialect(
        encoding=encoding, delimiter=delimiter, decimal=decimal, dates=dates, ends=ends
    )
    return read_source(path, vocabulary=_choose_vocabulary(profile), dialect=dialect, limits=limits)


def from_tables(  # noqa: PLR0913 - a declaration each
    tables: Mapping[str, Any],
    *,
    profile: Profile | None = None,
    decimal: Literal[".", ","] = ".",
    dates: Literal["iso", "day-first"] = "iso",
    ends: Literal["day after", "last day"] = "day after",
    limits: Limits | None = None,
    title: Label | None = None,
    synthetic: bool = False,
) -> Organisation:
    """Build an organisation from frames, in a profile's vocabulary.

    Args:
        tables: A frame for each native table you have, by its name: pandas, polars, pyarrow, duckdb,
            or anything else with an Arrow stream.
        profile: Whose vocabulary the rows speak; the core vocabulary if left out.
        decimal: What stands before the decimals of numbers that a frame holds as text.
        dates: ``"iso"`` or ``"day-first"``, for dates that a frame holds as text.
        ends: What ``valid_to`` holds: ``"day after"`` or ``"last day"``.
        limits: How much is read; generous if left out.
        title: What readers should call the organisation.
        synthetic: Whether it is an example.

    Raises:
        InvalidDataError: Something is wrong with the frames or their rows; every fault is in it.
            Rows are counted from 1, without a header.
        LimitError: A frame is too large.
        MissingExtraError: narwhals and pyarrow are not installed.
    """
    return read_frames(
        tables,
        vocabulary=_choose_vocabulary(profile),
        dialect=Dialect(decimal=decimal, dates=dates, ends=ends),
        limits=limits,
        title=title,
        synthetic=synthetic,
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
    words = _choose_vocabulary(profile)
    return import_exports(mapping, files, into=into, vocabulary=words, limits=limits)


def draft_mapping(
    *files: Given,
    profile: Profile | None = None,
    organisation: Organisation | None = None,
    lang: str = "da",
    show_values: bool = False,
    limits: Limits | None = None,
) -> Draft:
    r"""Look at files of offices and survey tools, and write a mapping of them for a person to finish.

    What the files prove stands in the draft; what is likely stands there commented out, with a question.
    Applied as it is, a draft gives what is right or is refused: it decides nothing that files do not say.

    Args:
        *files: The files: paths, bytes or streams of CSV files and workbooks.
        profile: Whose vocabulary the cells may speak; the organisation's, or the core's, if left out.
        organisation: What the files will be added to: it tells which of several columns has people's
            names, and how many of those are known.
        lang: The language of the comments: ``"da"`` or ``"en"``.
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
        >>> draft = plfkit.draft_mapping("Init.;Stilling;Timer\nBB;Lærer;29,6\n".encode(), lang="en")
        >>> print(*(line for line in draft.text.splitlines() if line[:1].isalpha()), sep="\n")
        schema_version = 1
        delimiter = ";"
        decimal = ","
        kind = "staff"
        person = "Init."
        role = "Stilling"
        hours = "Timer"
        >>> draft.questions[0].key
        'columns.unit'
    """
    words = _choose_vocabulary(profile)
    if words is None and organisation is not None:
        words = organisation.vocabulary
    return build_draft(
        files,
        vocabulary=words,
        organisation=organisation,
        language=lang,
        show_values=show_values,
        limits=limits,
    )


def from_networkx(
    graph: nx.Graph,
    *,
    relation: str | None = None,
    profile: Profile | None = None,
    into: Organisation | None = None,
) -> Organisation:
    """Build an organisation from a graph of networkx, or add one to an organisation.

    What `Snapshot.to_networkx` and `Snapshot.to_two_mode` give comes back: the same ties, roster and
    figures. Of any other graph nodes are people, edges ties. Attributes that are read: of nodes ``unit``
    and ``unit_kind``, ``role``, ``answered``; of edges ``relation``, ``weight``, ``survey``, ``subject``,
    ``initiative``, ``formality``; others are left alone. Where nodes have ``bipartite``, those with 1 are
    communities and edges are memberships. Who answered is never made up: without ``answered`` nobody was
    asked, and what was observed is unknown.

    Args:
        graph: The graph.
        relation: What its ties mean, where neither its edges nor the graph itself say so.
        profile: Whose vocabulary it speaks; the core vocabulary if left out.
        into: The organisation that it is added to, in whose vocabulary; of people who are there already
            only ties, answers and memberships are added.

    Raises:
        InvalidDataError: Something is wrong with the graph; every fault is in it. Its place is the node or
            edge, counted from 1 in the order of the graph, and its value says which.
        TypeError: It is no graph, or both a profile and an organisation were given.
    """
    if not hasattr(graph, "is_directed"):
        raise TypeError(f"a graph of networkx is needed, not {type(graph).__name__}")
    if profile is not None and into is not None:
        raise TypeError("give a profile, or the organisation that is added to, not both")
    return read_network(graph, relation=relation, vocabulary=_choose_vocabulary(profile), into=into)


def write_template(
    path: str | Path, *, language: str = "da", profile: Profile | None = None
) -> Path:
    """Write the workbook of the first week, for people to fill in.

    Args:
        path: The ``.xlsx`` file.
        language: ``"da"`` or ``"en"``.
        profile: In whose words: its lists offer the kinds and relations of the profile, and teams
            assess themselves on its framework and on those that its figures ask communities about;
            those of the core if left out.

    Raises:
        UnknownLanguageError: There is no template in that language.
        MissingExtraError: XlsxWriter is not installed.
        StoreError: The file could not be written; what was there before still is.
    """
    if profile is None:
        return write_blank_template(path, language=language)
    return write_blank_template(
        path,
        language=language,
        vocabulary=profile.vocabulary,
        frameworks=list_team_frameworks(profile),
        profile=None if profile.id == GENERIC else profile.id,
    )


def _choose_vocabulary(profile: Profile | None) -> Vocabulary | None:
    """Return the words of a profile; None where it has none beside the core's."""
    known = load_core_vocabulary()
    return None if profile is None or profile.vocabulary == known else profile.vocabulary
