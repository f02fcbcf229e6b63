"""Which columns measures read: sets of them that several read, for their ``columns=``."""

from __future__ import annotations

STAFF_COLUMNS = ("persons.id", "positions.person", "positions.unit", "positions.role")
"""Who there is, where and as what."""

UNIT_COLUMNS = ("units.id", "units.kind", "units.parent")

LAYER_COLUMNS = (
    *(*STAFF_COLUMNS, *UNIT_COLUMNS),
    *("ties.source", "ties.target", "ties.relation", "ties.survey", "ties.weight"),
    *("surveys.id", "surveys.kind", "surveys.relation", "surveys.instrument", "surveys.date"),
    *("surveys.unit", "surveys.max_ties"),
    *("responses.survey", "responses.person", "responses.answered"),
)
"""Ties of one relation, who was asked about them, and of whom that is a part."""

COMMUNITY_COLUMNS = (
    *("communities.id", "communities.kind", "communities.unit"),
    *("memberships.community", "memberships.person"),
)

EVENT_COLUMNS = (
    *("events.id", "events.kind", "events.date", "events.unit", "events.community"),
    *("registrations.unit", "registrations.of", "registrations.kind", "registrations.complete"),
)
"""What took place, and where that is all."""

PARTICIPATION_COLUMNS = ("participations.event", "participations.person")

ASSESSMENT_COLUMNS = (
    *("surveys.id", "surveys.kind", "surveys.date", "surveys.lowest", "surveys.highest"),
    *("answers.survey", "answers.community", "answers.item", "answers.value"),
)
"""What communities said of themselves."""

ANSWER_COLUMNS = (
    *("surveys.id", "surveys.kind", "surveys.date", "surveys.unit", "surveys.instrument"),
    *("surveys.lowest", "surveys.highest", "surveys.linked"),
    *("answers.survey", "answers.respondent", "answers.item", "answers.value"),
    *("responses.survey", "responses.person", "responses.answered"),
)
"""What people answered on scales, and who was asked."""

QUALIFICATION_COLUMNS = ("qualifications.person", "qualifications.kind")
