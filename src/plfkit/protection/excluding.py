"""A person taken out of the data, with all that others told of them."""

from __future__ import annotations

from difflib import get_close_matches

from attrs import evolve

from plfkit.errors import Fault, InvalidDataError, Place
from plfkit.hints import Hint
from plfkit.model.records.organisation import Organisation
from plfkit.protection.mentions import FREE_TEXTS, Wanted, blank_mentions, list_whole_phrases
from plfkit.requiring import require_instance


def exclude(organisation: Organisation, person: str) -> Organisation:
    """Return an organisation without a person and without all that is told of them.

    Their positions, memberships, qualifications, participations, responses and answers go, and ties
    of others to them as well as their own. A name of a unit, community or focus, an artefact or a tag
    that has their id or name in it is blank. Head counts of events stay as they were given, and so do
    codes of respondents that lead to nobody.

    Figures that have been published stand: nothing here takes them back.

    Args:
        organisation: The data.
        person: The person's id.

    Raises:
        InvalidDataError: Nobody has this id. The hint says how many ids are near it; the fault's
            value is these ids, which nothing prints unless somebody asks for values.

    Examples:
        >>> from plfkit.model.records.rows import Person, Tie
        >>> two = Organisation.of(persons=[Person("a"), Person("b")], ties=[Tie("a", "b", "advice")])
        >>> exclude(two, "b")
        <Organisation: data without a title, undated, 1 person, 1 row>
    """
    require_instance(organisation, Organisation)
    ids = organisation.persons.column("id")
    if person not in ids.categories:
        raise InvalidDataError([_describe_stranger(person, ids.categories)])
    wanted = Wanted.of(list_whole_phrases(organisation.persons.take(ids.match_text(person))))
    left = organisation.without(person)
    return evolve(left, tables=blank_mentions(left.tables, wanted, columns=FREE_TEXTS))


def _describe_stranger(person: str, known: tuple[str, ...]) -> Fault:
    place = Place("persons", None, "id")
    near = get_close_matches(person, known)
    if not near:
        return Fault("dangling_reference", place, Hint("row.nobody"))
    hint = Hint("protecting.one_near" if len(near) == 1 else "protecting.near", count=len(near))
    return Fault("dangling_reference", place, hint, ", ".join(near))
