"""The rows that an organisation is made of: one frozen class per native table.

The fields declare the tables. Their order is the order of the columns in files.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from attrs import frozen

from plfkit.model.records import schema
from plfkit.periods import Period

REGISTERS: Mapping[str, tuple[str, ...]] = {
    "events": ("event_kinds",),
    "communities": ("community_kinds",),
    "memberships": ("community_kinds",),
    "positions": ("roles", "levels"),
    "qualifications": ("qualification_kinds",),
}
"""The lists that may be said to be complete, and the sections of the vocabulary with their kinds."""
EVENTS_TABLE = "events"
REQUIRED_TABLES = ("persons",)
"""Tables that an organisation cannot do without."""


@frozen
class Unit:
    """A place in the organisation: a municipality, a school, a department."""

    id: str = schema.declare_id("The unit's id.")
    kind: str = schema.declare_kind("unit_kinds", "What the unit is.")
    name: str | None = schema.declare_text("Its name, as readers know it.")
    parent: str | None = schema.declare_reference("units", "The unit it belongs to.", default=None)
    valid: Period = schema.declare_validity()


@frozen
class Person:
    """Somebody who works in, or with, the organisation."""

    id: str = schema.declare_id("The person's id; never a CPR number.")
    name: str | None = schema.declare_text("Their name; leave it out wherever you can.")
    valid: Period = schema.declare_validity("with the organisation")


@schema.declare_row_rules(one_at_a_time=("person", "unit", "role", "subject"))
@frozen
class Position:
    """What a person is employed as, and where; several at a time are common."""

    person: str = schema.declare_reference("persons", "Who holds it.")
    unit: str = schema.declare_reference("units", "Where.")
    role: str = schema.declare_kind(
        "roles", "As what: a role's id, or a job title the profile knows."
    )
    fte: float | None = schema.declare_number("Share of full time.", minimum=0, maximum=1)
    subject: str | None = schema.declare_label("The subject it is about.")
    valid: Period = schema.declare_validity()


@frozen
class Community:
    """A learning community or team: a group of people with members over time."""

    id: str = schema.declare_id("The community's id.")
    kind: str = schema.declare_kind("community_kinds", "What the community is.")
    name: str | None = schema.declare_text("Its name, as readers know it.")
    unit: str | None = schema.declare_reference("units", "The unit it belongs to.", default=None)
    focus: str | None = schema.declare_reference(
        "focuses", "What it inquires into.", default=None, loose=True
    )
    charter: bool | None = schema.declare_flag("Whether it has a team charter.")
    valid: Period = schema.declare_validity()


@schema.declare_row_rules(one_at_a_time=("community", "person", "role"))
@frozen
class Membership:
    """A person's membership of a community."""

    community: str = schema.declare_reference("communities", "Which community.", within=True)
    person: str = schema.declare_reference("persons", "Who.")
    role: str | None = schema.declare_kind("membership_roles", "As what.", default=None)
    valid: Period = schema.declare_validity()


@frozen
class Survey:
    """A round of questions: about ties (a network survey) or on a scale."""

    id: str = schema.declare_id("The survey's id.")
    kind: str = schema.declare_choice(("network", "scale"), "What sort of answers it gives.")
    relation: str | None = schema.declare_kind(
        "relations", "The relation a network survey asks about.", default=None
    )
    instrument: str | None = schema.declare_label("The questionnaire.")
    date: dt.date | None = schema.declare_day("When it was held; leave an unknown date blank.")
    unit: str | None = schema.declare_reference("units", "The unit it was held in.", default=None)
    max_ties: int | None = schema.declare_integer(
        "How many names a respondent could give, if there was a limit.", minimum=1
    )
    lowest: float | None = schema.declare_number("The least answer on its scale, as 1 of 1 to 4.")
    highest: float | None = schema.declare_number("The greatest answer on its scale.")
    linked: bool | None = schema.declare_flag(
        "Whether respondents of its answers are persons' ids."
    )


@schema.declare_row_rules(unique=("survey", "person"))
@frozen
class Response:
    """The roster of a survey: a row for everybody who was asked."""

    survey: str = schema.declare_reference("surveys", "Which survey.")
    person: str = schema.declare_reference("persons", "Who was asked.")
    answered: bool = schema.declare_flag("Whether they answered.", default=schema.REQUIRED)


@schema.declare_row_rules(unique=("survey", "respondent", "community", "item"))
@frozen
class Answer:
    """One answer on a scale, of one respondent or of a community that answers as one."""

    survey: str = schema.declare_reference("surveys", "Which survey.")
    respondent: str | None = schema.declare_label(
        "A code for the one who answered: a person's id only where the survey is linked."
    )
    community: str | None = schema.declare_reference(
        "communities", "The community, where it answered as one.", default=None
    )
    item: str = schema.declare_label(
        "Which question.", default=schema.REQUIRED, by_name=True, item_of="characteristics"
    )
    value: float = schema.declare_number("The answer.", default=schema.REQUIRED, by_name=True)


@schema.declare_row_rules(
    one_at_a_time=(
        "source",
        "target",
        "relation",
        "survey",
        "subject",
        "initiative",
        "formality",
    )
)
@frozen
class Tie:
    """A tie from one person to another."""

    source: str = schema.declare_reference(
        "persons", "Whom the tie runs from; the one who reports it."
    )
    target: str = schema.declare_reference("persons", "Whom it runs to.")
    relation: str = schema.declare_kind("relations", "What the tie means.")
    survey: str | None = schema.declare_reference(
        "surveys", "The survey that told it.", default=None
    )
    weight: float | None = schema.declare_number("Its strength.", minimum=0)
    subject: str | None = schema.declare_label("The subject it is about.")
    initiative: str | None = schema.declare_choice(
        ("supply", "demand"), "Who began it: the giver or the asker.", default=None
    )
    formality: str | None = schema.declare_choice(
        ("formal", "informal"), "Whether it was arranged or came about.", default=None
    )
    valid: Period = schema.declare_validity()


@frozen
class Event:
    """A meeting, visit, observation or training day that took place."""

    id: str = schema.declare_id("The event's id.")
    kind: str = schema.declare_kind("event_kinds", "What took place.")
    date: dt.date = schema.declare_day(
        "When it took place; its first day.", default=schema.REQUIRED
    )
    unit: str | None = schema.declare_reference("units", "Where.", default=None)
    community: str | None = schema.declare_reference(
        "communities", "Whose event it was, if a community's.", default=None
    )
    focus: str | None = schema.declare_reference(
        "focuses", "What it was about.", default=None, loose=True
    )
    hours: float | None = schema.declare_number("How long it lasted.", minimum=0)
    headcount: int | None = schema.declare_integer(
        "How many took part, counted by head where nobody noted names.", minimum=0
    )
    artefact: str | None = schema.declare_label("What came out of it: minutes, a data sheet.")


@schema.declare_row_rules(unique=("event", "person", "role"))
@frozen
class Participation:
    """Somebody's participation in an event."""

    event: str = schema.declare_reference("events", "Which event.")
    person: str = schema.declare_reference("persons", "Who took part.")
    role: str | None = schema.declare_kind("participation_roles", "As what.", default=None)


@schema.declare_row_rules(one_at_a_time=("unit", "of", "kind"))
@frozen
class Registration:
    """Whether a list of a unit is complete: all its events of a kind, or all that is in a register.

    Without such a row, what is not in a log may still have taken place, and who is not in a
    register may have been left out.
    """

    unit: str = schema.declare_reference(
        "units", "Whose list: the unit's, and of all units below it."
    )
    of: str = schema.declare_choice(
        tuple(REGISTERS),
        "The table that the list is of; events if left blank.",
        default=EVENTS_TABLE,
        by_name=True,
        blank=EVENTS_TABLE,
    )
    kind: str | None = schema.declare_dependent_kind(
        "of",
        REGISTERS,
        "Of what: a kind of event, of community (for its memberships too), a role or level, or a "
        "qualification; blank means all of them, but for events.",
        default=schema.REQUIRED,
        required=False,
    )
    complete: bool = schema.declare_flag(
        "Whether everything of that kind is in it.", default=schema.REQUIRED
    )
    valid: Period = schema.declare_validity("covered")


@schema.declare_row_rules(one_at_a_time=("person", "kind", "subject"))
@frozen
class Qualification:
    """Something a person is trained in."""

    person: str = schema.declare_reference("persons", "Who.")
    kind: str = schema.declare_kind("qualification_kinds", "Trained as what.")
    subject: str | None = schema.declare_label("The subject it is about.")
    valid: Period = schema.declare_validity("that it counts")


@frozen
class Focus:
    """A shared object of inquiry (genstandsfelt) of the municipality, a school or a team."""

    id: str = schema.declare_id("The focus's id.")
    name: str | None = schema.declare_text("Its name, as readers know it.")
    parent: str | None = schema.declare_reference(
        "focuses", "The wider focus it serves.", default=None
    )
    tags: str | None = schema.declare_label("Words that place it, separated by semicolons.")


@schema.declare_row_rules(one_at_a_time=("source", "target", "grade"))
@frozen
class Pathway:
    """A way that pupils go from one unit to another."""

    source: str = schema.declare_reference("units", "The unit they come from.")
    target: str = schema.declare_reference("units", "The unit they move to.")
    grade: str | None = schema.declare_label("The grade they move into.")
    pupils: int | None = schema.declare_integer("How many a year.", minimum=0)
    valid: Period = schema.declare_validity()


@schema.declare_row_rules(one_at_a_time=("unit", "measure", "subgroup"))
@frozen
class Outcome:
    """A supplied figure about pupils: an aggregate, never about one of them."""

    unit: str = schema.declare_reference("units", "Whose pupils.")
    measure: str = schema.declare_label("What the figure is.", default=schema.REQUIRED)
    subgroup: str | None = schema.declare_label("Which of the pupils, if not all.")
    value: float = schema.declare_number("The figure.", default=schema.REQUIRED, by_name=True)
    n: int = schema.declare_integer(
        "How many pupils it rests on; for the coverage of qualifications, lessons.",
        default=schema.REQUIRED,
        by_name=True,
        minimum=0,
    )
    valid: Period = schema.declare_validity("that the figure is about")


NATIVE_ROWS: Mapping[str, type] = {
    "units": Unit,
    "persons": Person,
    "positions": Position,
    "communities": Community,
    "memberships": Membership,
    "surveys": Survey,
    "responses": Response,
    "answers": Answer,
    "ties": Tie,
    "events": Event,
    "participations": Participation,
    "registrations": Registration,
    "qualifications": Qualification,
    "focuses": Focus,
    "pathways": Pathway,
    "outcomes": Outcome,
}
"""The native tables, and the class of their rows."""
