"""People's ids replaced by pseudonyms that only who has the key can make again."""

from __future__ import annotations

import hashlib
import hmac
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from attrs import evolve

from plfkit.errors import ProtectionError
from plfkit.hints import Hint
from plfkit.model.records.organisation import Organisation
from plfkit.model.records.schema import ColumnSpec, list_column_specs
from plfkit.model.records.tables import Table
from plfkit.protection.generalising import Generalisation, generalise_tables, read_generalisations
from plfkit.protection.keys import require_long_key
from plfkit.protection.mentions import (
    FREE_TEXTS,
    Wanted,
    blank_column,
    blank_mentions,
    list_all_phrases,
    list_whole_phrases,
    replace_columns,
)
from plfkit.requiring import require_instance

_PREFIXES: Mapping[str, str] = {
    "units": "u",
    "persons": "p",
    "communities": "c",
    "surveys": "s",
    "events": "e",
    "focuses": "f",
    "respondents": "r",
    "words": "w",
}
"""What pseudonyms begin with, by what they stand for."""
_GROUPS, _DIGITS = 4, 4
"""Pseudonyms have 64 bits. Groups of four digits are read easily, and never taken for a CPR number."""


def pseudonymise(
    organisation: Organisation, key: bytes, *, generalise: Iterable[Generalisation] = ()
) -> Organisation:
    """Return an organisation whose people cannot be told by id or name.

    Every person's id becomes a pseudonym: the start of the HMAC-SHA-256 of the id under the key. The
    same key gives the same pseudonyms, so that years can still be put together; another key gives
    others. So do the codes of respondents. Names of people are dropped. A name of a unit, community
    or focus, an artefact or a tag is dropped where it names somebody, and an id or a key that does is
    replaced by a pseudonym. **The data are still personal**: who knows where people work and with
    whom can find many of them again.

    Args:
        organisation: The data.
        key: At least 32 bytes that nobody can guess: one for each project, kept apart from the data.
        generalise: What else to make coarser: ``"title"`` makes a role the first one of its level
            that counts alike, ``"subject"`` drops subjects, ``"dates"`` widens intervals to whole
            school years and moves surveys and events to the first day of theirs.

    Raises:
        ProtectionError: The key is too short, nothing can be generalised by that name, or two ids
            would get one pseudonym.

    Examples:
        >>> from plfkit.model.records.rows import Person
        >>> known = Organisation.of(persons=[Person("anna", "Anna Jensen")])
        >>> pseudonymise(known, bytes(range(32))).persons[0]
        Person(id='p-8949-ade0-726a-118c', name=None, valid=Period(start=None, end=None))
    """
    require_instance(organisation, Organisation)
    require_long_key(key)
    chosen = read_generalisations(generalise)
    persons = organisation.persons
    wanted = Wanted.of(list_all_phrases(persons))
    texts = {name: FREE_TEXTS[name] for name in FREE_TEXTS if name != "units"}
    tables = blank_mentions(organisation.tables, wanted, columns=texts)
    whole = Wanted.of(list_whole_phrases(persons))
    tables = blank_mentions(tables, whole, columns={"units": FREE_TEXTS["units"]})
    tables["persons"] = blank_column(tables["persons"], "name")
    tables = _rename_people(tables, whole, key)
    tables = generalise_tables(tables, organisation.vocabulary, chosen)
    checked = Organisation.of(vocabulary=organisation.vocabulary, **tables)  # type: ignore[arg-type]
    return evolve(checked, title=organisation.title, synthetic=organisation.synthetic)


def make_pseudonyms(texts: Iterable[str], key: bytes, *, of: str) -> dict[str, str]:
    """Return the pseudonym of each text.

    Args:
        texts: Ids, codes or words.
        key: The key.
        of: What they stand for: a table, ``"respondents"`` or ``"words"``. The same text gets
            another pseudonym as another thing.

    Raises:
        ProtectionError: Two texts would get one pseudonym.
    """
    made = {text: _make_pseudonym(text, key, of) for text in texts}
    if len(set(made.values())) < len(made):
        raise ProtectionError(Hint("protecting.collision"))
    return made


def _make_pseudonym(text: str, key: bytes, of: str) -> str:
    # NUL stands in no id, so that no text as one thing is another text as another thing.
    message = f"plfkit\0{of}\0{unicodedata.normalize('NFC', text)}".encode()
    digest = hmac.new(key, message, hashlib.sha256).hexdigest()
    groups = [digest[n * _DIGITS : (n + 1) * _DIGITS] for n in range(_GROUPS)]
    return "-".join([_PREFIXES[of], *groups])


def _rename_people(
    tables: Mapping[str, Table[Any]], wanted: Wanted, key: bytes
) -> dict[str, Table[Any]]:
    """Give pseudonyms to people, to respondents, and to whatever is called after somebody."""
    people = tables["persons"].column("id").categories
    codes = set(tables["answers"].column("respondent").categories) - set(people)
    renamed = {
        "persons": make_pseudonyms(people, key, of="persons"),
        "respondents": make_pseudonyms(sorted(codes), key, of="respondents"),
    }
    renamed["respondents"] |= renamed["persons"]  # in linked surveys respondents are persons
    for of, texts in _gather_texts(tables).items():
        named = [text for text in sorted(texts) if wanted.is_named_in(text)]
        renamed[of] = make_pseudonyms(named, key, of=of)
    return {
        name: replace_columns(
            table,
            {
                spec.name: table.column(spec.name).relabel_texts(
                    [ids.get(text, text) for text in table.column(spec.name).categories]
                )
                for spec in list_column_specs(table.row_type)
                if (ids := renamed.get(_name_namespace(name, spec)))
            },
        )
        for name, table in tables.items()
    }


def _gather_texts(tables: Mapping[str, Table[Any]]) -> dict[str, set[str]]:
    """Return the ids of each table but persons, and all words that are compared, by what they are.

    A focus may be a word that stands in no table: what is referred to counts as an id too.
    """
    found: dict[str, set[str]] = {}
    for name, table in tables.items():
        for spec in list_column_specs(table.row_type):
            of = _name_namespace(name, spec)
            if of not in {"", "persons", "respondents"}:
                found.setdefault(of, set()).update(table.column(spec.name).categories)
    return found


def _name_namespace(table: str, spec: ColumnSpec) -> str:
    """Return whose ids a column holds; "words" if it holds words that are compared, "" if neither."""
    is_kind = bool(spec.kind or spec.choices or spec.depends_on)
    if not spec.codec.is_text or is_kind or spec.name in FREE_TEXTS.get(table, ()):
        return ""
    if spec.name == "respondent":
        return "respondents"
    if table == "persons" and spec.name != "id":
        return ""
    return table if spec.name == "id" else spec.refers_to or "words"
