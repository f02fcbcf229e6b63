"""Feed hostile bytes to every door: CSV, descriptor, workbook, Parquet, JSON Lines, mappings, profile.

    python tests/fuzz/fuzz_read.py -max_total_time=1800

Whatever comes in, an organisation comes out or one of plfkit's own errors. Needs atheris, which is
no dependency of the tests: ``pip install atheris``.
"""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import atheris

with atheris.instrument_imports(include=["plfkit"]):
    from plfkit import (
        ImportMapping,
        Profile,
        SurveyMapping,
        add_survey,
        draft_mapping,
        import_files,
        read,
        write,
    )
    from plfkit.errors import PlfkitError
    from plfkit.model.documents import parse_toml, structure_document
    from plfkit.model.records.organisation import Organisation
    from plfkit.model.records.rows import NATIVE_ROWS, Person

FOLDER = Path(tempfile.mkdtemp(prefix="plfkit-fuzz-"))
PEOPLE = Organisation.of(persons=[Person("a"), Person("b")])
BOOK = FOLDER / "book.xlsx"
CORPUS = Path(__file__).parents[1] / "sources/exports"
ENDINGS = {".csv", ".tsv", ".xlsx"}
EXPORTS = sorted(
    {path.parent for path in CORPUS.glob("*/*") if path.suffix in ENDINGS and path.stem != "names"}
    & {path.parent for path in CORPUS.glob("*/mapping.toml")}
)
KINDS = ["staff", "network", "scale", "edges", "meetings"]


def members() -> dict[str, bytes]:
    """The files inside a workbook that plfkit wrote."""
    write(PEOPLE, BOOK)
    with zipfile.ZipFile(BOOK) as package:
        return {name: package.read(name) for name in package.namelist()}


MEMBERS = members()
DIALECTS: tuple[dict[str, Any], ...] = (
    {},
    {"encoding": "cp1252", "delimiter": ";", "decimal": ",", "dates": "day-first"},
    {"encoding": "utf-16"},
)


def folder_of(file: str, data: bytes) -> Path:
    """A folder with one hostile file among good ones."""
    folder = FOLDER / "data"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    (folder / "persons.csv").write_text("id\na\nb\n")
    (folder / file).write_bytes(data)
    return folder


def a_folder(provider: atheris.FuzzedDataProvider) -> None:
    """Any bytes as any table, in any dialect; what can be read can be written and read again."""
    table = provider.PickValueInList(sorted(NATIVE_ROWS))
    dialect = provider.PickValueInList(list(DIALECTS))
    organisation = read(folder_of(f"{table}.csv", provider.ConsumeBytes(10_000)), **dialect)
    assert read(write(organisation, FOLDER / "copy")) == organisation


def a_table(provider: atheris.FuzzedDataProvider) -> None:
    """The right header above any rows."""
    from plfkit.model.records.schema import list_column_specs

    table = provider.PickValueInList(sorted(NATIVE_ROWS))
    header = ",".join(spec.name for spec in list_column_specs(NATIVE_ROWS[table]))
    text = header + "\n" + provider.ConsumeUnicodeNoSurrogates(5_000)
    organisation = read(folder_of(f"{table}.csv", text.encode()))
    assert read(write(organisation, FOLDER / "copy")) == organisation


def a_descriptor(provider: atheris.FuzzedDataProvider) -> None:
    """Any bytes as datapackage.json."""
    read(folder_of("datapackage.json", provider.ConsumeBytes(10_000)))


def a_parquet_file(provider: atheris.FuzzedDataProvider) -> None:
    """Any bytes as a Parquet file."""
    read(folder_of("units.parquet", b"PAR1" + provider.ConsumeBytes(10_000) + b"PAR1"))


def json_lines(provider: atheris.FuzzedDataProvider) -> None:
    """Any bytes as JSON Lines, given as they are; what can be read can be written and read again."""
    table = provider.PickValueInList(sorted(NATIVE_ROWS))
    files = {"persons.csv": b"id\na\nb\n", f"{table}.jsonl": provider.ConsumeBytes(10_000)}
    organisation = read(files)
    assert read(write(organisation, FOLDER / "lines", format="jsonl")) == organisation


def any_file(provider: atheris.FuzzedDataProvider) -> None:
    """Any bytes where a folder or a workbook is wanted."""
    read(provider.ConsumeBytes(10_000))


def a_workbook(provider: atheris.FuzzedDataProvider) -> None:
    """A workbook with one file replaced, or any bytes at all."""
    if provider.ConsumeBool():
        BOOK.write_bytes(provider.ConsumeBytes(10_000))
    else:
        name = provider.PickValueInList(sorted(MEMBERS))
        data = io.BytesIO()
        with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as package:
            for member, content in MEMBERS.items():
                if member != name:
                    package.writestr(member, content)
                elif provider.ConsumeBool():
                    at = provider.ConsumeIntInRange(0, len(content))
                    package.writestr(
                        member, content[:at] + provider.ConsumeBytes(200) + content[at:]
                    )
                else:
                    package.writestr(member, provider.ConsumeBytes(10_000))
        BOOK.write_bytes(data.getvalue())
    read(BOOK)


def a_survey(provider: atheris.FuzzedDataProvider) -> None:
    """Any bytes as an exported survey."""
    mapping = structure_document(
        {
            "survey": {"id": "s", "relation": "advice"},
            "respondent": "id",
            "names": "n*",
            "blank": "silent",
        },
        SurveyMapping,
        "mapping",
    )
    export = FOLDER / "export.csv"
    export.write_bytes(b"id,n1,n2\n" + provider.ConsumeBytes(5_000))
    add_survey(PEOPLE, export, mapping)


def a_document(provider: atheris.FuzzedDataProvider) -> None:
    """Any text as a profile or a mapping."""
    text = provider.ConsumeUnicode(5_000)
    structure_document(parse_toml(text, "fuzz"), SurveyMapping, "fuzz")
    Profile.from_document(parse_toml("schema_version = 1\n" + text, "fuzz"))


def an_export(provider: atheris.FuzzedDataProvider) -> None:
    """Any bytes as an export of the corpus, as a list that its mapping names, or in the mapping itself."""
    folder = provider.PickValueInList(EXPORTS)
    mapping = (folder / "mapping.toml").read_bytes()
    files = {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix in ENDINGS}
    name = provider.PickValueInList(["", *sorted(files)])
    if name:
        files[name] = spoil(files[name], provider)
    else:
        mapping = spoil(mapping, provider)
    import_files(mapping, *(name_stream(*file) for file in files.items()))


def a_mapping(provider: atheris.FuzzedDataProvider) -> None:
    """Any text behind the beginning of a mapping, and any bytes as the export."""
    text = f'schema_version = 1\n[[take]]\nkind = "{provider.PickValueInList(KINDS)}"\n'
    mapping = ImportMapping.parse(text + provider.ConsumeUnicodeNoSurrogates(500))
    import_files(mapping, provider.ConsumeBytes(2_000), into=PEOPLE)


def a_draft(provider: atheris.FuzzedDataProvider) -> None:
    """Any bytes, or a spoilt export, to be drafted; the draft is TOML whatever stands in it."""
    folder = provider.PickValueInList(EXPORTS)
    export = next(path for path in sorted(folder.iterdir()) if path.suffix in ENDINGS)
    data = spoil(export.read_bytes(), provider)
    if provider.ConsumeBool():
        data = provider.ConsumeBytes(2_000)
    parse_toml(draft_mapping(name_stream(export.name, data)).text, "draft")


def spoil(data: bytes, provider: atheris.FuzzedDataProvider) -> bytes:
    """Bytes with something put in, in place of something."""
    at = provider.ConsumeIntInRange(0, len(data))
    put: bytes = provider.ConsumeBytes(100)
    return data[:at] + put + data[at + provider.ConsumeIntInRange(0, 100) :]


def name_stream(name: str, data: bytes) -> io.BytesIO:
    """A stream with a name, as an opened file is."""
    stream = io.BytesIO(data)
    stream.name = name
    return stream


DOORS = (
    a_folder,
    a_table,
    a_descriptor,
    a_parquet_file,
    json_lines,
    any_file,
    a_workbook,
    a_survey,
    a_document,
    an_export,
    a_mapping,
    a_draft,
)


def one(data: bytes) -> None:
    """Try one input."""
    provider = atheris.FuzzedDataProvider(data)
    door = provider.PickValueInList(list(DOORS))
    try:
        door(provider)
    except PlfkitError as error:
        str(error)


if __name__ == "__main__":
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()
