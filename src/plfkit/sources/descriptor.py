"""The descriptor of a folder: a Frictionless Data Package, and plfkit's own few words in it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from attrs import frozen

from plfkit.errors import Fault, InvalidDataError, Place, ProfileError
from plfkit.hints import Hint
from plfkit.model.documents import get_subtable, parse_json, structure_document
from plfkit.model.records.organisation import Organisation
from plfkit.model.records.rows import NATIVE_ROWS
from plfkit.model.records.schema import ID, ColumnSpec, list_column_specs, read_row_rules
from plfkit.model.words.kinds import Label
from plfkit.model.words.vocabulary import Vocabulary, load_core_vocabulary
from plfkit.model.written_formats import TABLES_FORMAT
from plfkit.sources.formats import TableFormat
from plfkit.sources.given import Given, read_given_file
from plfkit.sources.limits import Limits

DESCRIPTOR = "datapackage.json"


@frozen(kw_only=True)
class About:
    """What a source says of itself.

    Attributes:
        title: What readers should call the organisation.
        synthetic: Whether it is an example.
        schema_version: The version that it was written in.
        profile: The profile whose words it speaks.
        vocabulary: The kinds that its rows name, where they are not the core's alone.
        frameworks: The frameworks on which a template lets teams assess themselves.
    """

    title: Label | None = None
    synthetic: bool = False
    schema_version: int | None = None
    profile: str | None = None
    vocabulary: Vocabulary | None = None
    frameworks: tuple[str, ...] = ()

    def list_advice(self) -> Iterator[Fault]:
        """Yield what is worth a look in what a source says of itself: that it is of an older version."""
        if self.schema_version is None:
            return
        if (hint := TABLES_FORMAT.advise_update(self.schema_version)) is not None:
            yield Fault("older_format", Place("plfkit", None, "schema_version"), hint)

    def find_conflicts(self, vocabulary: Vocabulary, file: str) -> Iterator[Fault]:
        """Find kinds that another profile, in whose words the source is to be read, means otherwise."""
        if self.vocabulary is None or self.profile == vocabulary.profile:
            return
        for section, name in vocabulary.find_conflicts(self.vocabulary):
            asked = vocabulary.profile or Hint("profile.vocabulary_read_with")
            what = {"word": repr(name), "section": section, "profile": asked}
            hint = Hint("profile.conflict", remedy=Hint("profile.leave_out"), **what)
            yield Fault("other_profile", Place(file), hint)


def build_about(organisation: Organisation) -> About:
    """Return what an organisation's files should say of it."""
    words = organisation.vocabulary
    return About(
        title=organisation.title,
        synthetic=organisation.synthetic,
        schema_version=TABLES_FORMAT.version,
        profile=words.profile,
        vocabulary=None if words == load_core_vocabulary() else words,
    )


def encode_about(about: About) -> dict[str, Any]:
    """Return plfkit's part of a descriptor; what is unknown is left out."""
    title = None if about.title is None else {"da": about.title.da, "en": about.title.en}
    words = {
        "title": title,
        "synthetic": about.synthetic,
        "schema_version": about.schema_version,
        "profile": about.profile,
        "vocabulary": None if about.vocabulary is None else about.vocabulary.to_document(),
        "frameworks": list(about.frameworks) or None,
    }
    return {name: value for name, value in words.items() if value is not None}


def read_descriptor(files: Mapping[str, Given], limits: Limits) -> tuple[About, list[Fault]]:
    """Read plfkit's part of a folder's descriptor; without one nothing is known.

    Args:
        files: The files of the folder by name. A table that the descriptor names must be there.
        limits: How much is read.
    """
    if (file := files.get(DESCRIPTOR)) is None:
        return About(), []
    try:
        data = read_given_file(file, limits, name=DESCRIPTOR).data
        document = parse_json(data.decode("utf-8-sig"), DESCRIPTOR)
        known = parse_about(get_subtable(document, "plfkit", DESCRIPTOR))
    except (ProfileError, ValueError) as error:
        return About(), [Fault("bad_descriptor", Place(DESCRIPTOR), Hint.of(error))]
    except InvalidDataError as error:
        return About(), list(error.faults)
    return known, list(_find_missing_files(document.get("resources"), files))


def is_written(folder: Path) -> bool:
    """Tell whether a folder holds data that plfkit wrote, as its descriptor says."""
    file = folder / DESCRIPTOR
    return file.is_file() and "plfkit" in parse_json(file.read_text("utf-8"), DESCRIPTOR)


def is_example(folder: Path) -> bool:
    """Tell whether a folder says of itself that it holds an example."""
    file = folder / DESCRIPTOR
    return file.is_file() and read_descriptor({DESCRIPTOR: file}, Limits())[0].synthetic


def _find_missing_files(resources: object, files: Mapping[str, Given]) -> Iterator[Fault]:
    """Find tables that the descriptor names and that are not there."""
    for resource in resources if isinstance(resources, list) else ():
        path = resource.get("path") if isinstance(resource, dict) else None
        if isinstance(path, str) and path not in files and Path(path).stem in NATIVE_ROWS:
            hint = Hint("file.missing", descriptor=DESCRIPTOR)
            yield Fault("missing_file", Place(path), hint)


def parse_about(words: Mapping[str, Any]) -> About:
    """Read plfkit's own words.

    Raises:
        ProfileError: They have unknown keys or wrong types.
        ValueError: A text cannot be shown, or a newer plfkit wrote them.
    """
    title = words.get("title")
    if isinstance(title, str):
        words = {**words, "title": {"da": title, "en": title}}
    known = structure_document(_update_words(words), About, "plfkit")
    for text in () if known.title is None else (known.title.da, known.title.en):
        ID.check(text)
    return known


def _update_words(words: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return plfkit's own words as they are said today; without a version they are of today."""
    written = words.get("schema_version")
    if type(written) is not int:
        return words
    if not TABLES_FORMAT.is_known(written):
        raise ValueError(Hint("format.unknown", written=written, version=TABLES_FORMAT.version))
    return TABLES_FORMAT.update_document(words, written)


def render_datapackage(
    organisation: Organisation, files: Mapping[str, str], form: TableFormat
) -> str:
    """Describe files as a Data Package, so that other tools can check and load them.

    Args:
        organisation: What they hold.
        files: The file of each table that was written.
        form: The format of the files.
    """
    resources = [_describe_resource(name, files, form) for name in files]
    document = {
        "profile": "data-package",
        "name": "plfkit-organisation",
        "resources": resources,
        "plfkit": encode_about(build_about(organisation)),
    }
    return json.dumps(document, ensure_ascii=False, allow_nan=False, indent=2) + "\n"


def _describe_resource(name: str, files: Mapping[str, str], form: TableFormat) -> dict[str, Any]:
    part = NATIVE_ROWS[name]
    specs = list_column_specs(part)
    schema: dict[str, Any] = {"fields": [_describe_field(spec, form) for spec in specs]}
    if read_row_rules(part).unique == ("id",):
        schema["primaryKey"] = ["id"]
    keys = [
        _describe_foreign_key(spec, name)
        for spec in specs
        if spec.refers_to in files or spec.refers_to == name
    ]
    if keys:
        schema["foreignKeys"] = keys
    if form.missing is not None:
        schema["missingValues"] = list(form.missing)
    described = {
        "name": name,
        "path": files[name],
        "profile": form.resource_profile,
        "format": form.name,
        "mediatype": form.media_type,
        "encoding": form.encoding,
        "schema": schema,
    }
    return {fact: value for fact, value in described.items() if value is not None}


def _describe_field(spec: ColumnSpec, form: TableFormat) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if spec.required else {}
    limits = {"minimum": spec.minimum, "maximum": spec.maximum}
    constraints |= {name: limit for name, limit in limits.items() if limit is not None}
    if spec.choices:
        constraints["enum"] = list(spec.choices)
    described: dict[str, Any] = {
        "name": spec.name,
        "type": spec.codec.name,
        "description": spec.doc,
        **form.describe_field(spec),
    }
    return {**described, "constraints": constraints} if constraints else described


def _describe_foreign_key(spec: ColumnSpec, table: str) -> dict[str, Any]:
    other = "" if spec.refers_to == table else spec.refers_to
    return {"fields": [spec.name], "reference": {"resource": other, "fields": ["id"]}}
