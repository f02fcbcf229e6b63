"""The parts that an organisation is made of: one frozen class per native table.

The fields declare the tables. Their order is the order of the columns in files.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from attrs import frozen

from plfkit.model import schema
from plfkit.periods import Period


@frozen
class Unit:
    """A place in the organisation: a municipality, a school, a department."""

    id: str = schema.identifier("The unit's id.")
    kind: str = schema.kind("unit_kinds", "What the unit is.")
    name: str | None = schema.text("Its name, as readers know it.")
    parent: str | None = schema.reference("units", "The unit it belongs to.", default=None)
    valid: Period = schema.valid()


@frozen
class Person:
    """Somebody who works in, or with, the organisation."""

    id: str = schema.identifier("The person's id; never a CPR number.")
    name: str | None = schema.text("Their name; leave it out wherever you can.")
    valid: Period = schema.valid("with the organisation")


@frozen
class Position:
    """What a person is employed as, and where; several at a time are common."""

    person: str = schema.reference("persons", "Who holds it.")
    unit: str = schema.reference("units", "Where.")
    role: str = schema.kind("roles", "As what: a role's id, or a job title the profile knows.")
    fte: float | None = schema.number("Share of full time.", minimum=0, maximum=1)
    subject: str | None = schema.label("The subject it is about.")
    valid: Period = schema.valid()


@frozen
class Community:
    """A learning community or team: a group of people with members over time."""

    id: str = schema.identifier("The community's id.")
    kind: str = schema.kind("community_kinds", "What the community is.")
    name: str | None = schema.text("Its name, as readers know it.")
    unit: str | None = schema.reference("units", "The unit it belongs to.", default=None)
    focus: str | None = schema.label("What it inquires into.")
    charter: bool | None = schema.flag("Whether it has a team charter.")
    valid: Period = schema.valid()


@frozen
class Membership:
    """A person's membership of a community."""

    community: str = schema.reference("communities", "Which community.")
    person: str = schema.reference("persons", "Who.")
    role: str | None = schema.kind("membership_roles", "As what.", default=None)
    valid: Period = schema.valid()


@frozen
class Survey:
    """A round of questions: about ties (a network survey) or on a scale."""

    id: str = schema.identifier("The survey's id.")
    kind: str = schema.choice(("network", "scale"), "What sort of answers it gives.")
    relation: str | None = schema.kind(
        "relations", "The relation a network survey asks about.", default=None
    )
    instrument: str | None = schema.label("The questionnaire.")
    date: dt.date | None = schema.day("When it was held; leave an unknown date blank.")
    unit: str | None = schema.reference("units", "The unit it was held in.", default=None)
    max_ties: int | None = schema.integer(
        "How many names a respondent could give, if there was a limit.", minimum=1
    )


@frozen
class Response:
    """The roster of a survey: a row for everybody who was asked."""

    survey: str = schema.reference("surveys", "Which survey.")
    person: str = schema.reference("persons", "Who was asked.")
    answered: bool = schema.flag("Whether they answered.", default=schema.REQUIRED)


@frozen
class Tie:
    """A tie from one person to another."""

    source: str = schema.reference("persons", "Whom the tie runs from; the one who reports it.")
    target: str = schema.reference("persons", "Whom it runs to.")
    relation: str = schema.kind("relations", "What the tie means.")
    survey: str | None = schema.reference("surveys", "The survey that told it.", default=None)
    weight: float | None = schema.number("Its strength.", minimum=0)
    subject: str | None = schema.label("The subject it is about.")
    initiative: str | None = schema.choice(
        ("supply", "demand"), "Who began it: the giver or the asker.", default=None
    )
    formality: str | None = schema.choice(
        ("formal", "informal"), "Whether it was arranged or came about.", default=None
    )
    valid: Period = schema.valid()


PARTS: Mapping[str, type] = {
    "units": Unit,
    "persons": Person,
    "positions": Position,
    "communities": Community,
    "memberships": Membership,
    "surveys": Survey,
    "responses": Response,
    "ties": Tie,
}
"""The native tables and the part that each row of them is."""

REQUIRED_TABLES = ("persons",)
"""Tables that an organisation cannot do without."""
