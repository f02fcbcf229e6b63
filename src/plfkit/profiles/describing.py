"""A profile as text that somebody who knows the municipality can review."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from plfkit.hints import Language
from plfkit.model.declared.declarations import (
    Goal,
    Indicator,
    Matrix,
    MeasureInfo,
    find_measure_info,
)
from plfkit.model.declared.facts import Claim, Programme, Statement
from plfkit.model.declared.standards import StandardWords
from plfkit.model.words.kinds import Kind, Role
from plfkit.model.words.vocabulary import load_core_vocabulary
from plfkit.profiles.description_words import (
    DescriptionWords,
    describe_direction,
    write_measure_call,
)
from plfkit.profiles.profile import Profile
from plfkit.profiles.rule_sentences import describe_rule
from plfkit.requiring import require_instance

_SUPPORT = "resource_persons"


def describe(
    profile: Profile,
    *,
    language: Language = "da",
    measures: Mapping[str, MeasureInfo] | None = None,
) -> str:
    """Return all that a profile holds as plain text, for people to review.

    Args:
        profile: The profile.
        language: ``"da"`` or ``"en"``.
        measures: What is known of measures, by name: their usual values are told beside indicators.

    Raises:
        UnknownLanguageError: There are no texts in that language.
    """
    require_instance(profile, Profile)
    say = DescriptionWords.of(language)
    title = say("headings.profile", label=say.label(profile.label))
    parts = [f"{title}\n{'=' * len(title)}"]
    for name, lines in _SECTION_WRITERS.items():
        if text := "\n".join(lines(profile, say)):
            parts.append(_put_heading(name, text, say))
    if usual := "\n".join(_describe_anchors(profile, measures or {}, say)):
        parts.append(_put_heading("anchors", usual, say))
    return "\n\n".join(parts) + "\n"


def _put_heading(name: str, text: str, say: DescriptionWords) -> str:
    heading = say(f"headings.{name}")
    return f"{heading}\n{'-' * len(heading)}\n{text}"


def _describe_purpose(profile: Profile, say: DescriptionWords) -> Iterator[str]:
    yield say("lines.id", id=profile.id)
    if profile.code is not None:
        yield say("lines.code", code=profile.code)
    if profile.question is not None:
        yield say("lines.question", text=say.label(profile.question))
    purpose = profile.purpose
    if purpose is None:
        yield say("lines.no_purpose")
        return
    for name in ("purpose", "audience", "limits"):
        yield say(f"lines.{name}", text=say.label(getattr(purpose, name)))
    for name in ("discussed_on", "deleted_by"):
        yield say(f"lines.{name}", text=getattr(purpose, name) or say("lines.not_filled_in"))


def _describe_context(profile: Profile, say: DescriptionWords) -> Iterator[str]:
    return _describe_statements(profile.context, say)


def _describe_challenges(profile: Profile, say: DescriptionWords) -> Iterator[str]:
    return _describe_statements(profile.challenges, say)


def _describe_statements(
    statements: Mapping[str, Statement], say: DescriptionWords
) -> Iterator[str]:
    for statement in statements.values():
        yield f"* {say.label(statement.text)} [{_describe_provenance(statement, say)}]"


def _describe_provenance(fact: Statement | Claim, say: DescriptionWords) -> str:
    """Say who vouches for a fact, when it holds and where it can be read."""
    period = (
        ()
        if fact.period is None
        else (say.write_period(fact.period) + _say_key_certainty(fact, "period", say),)
    )
    source = () if fact.source is None else (say("lines.source", text=fact.source),)
    return "; ".join((say(f"certainty.{fact.certainty}"), *period, *source))


def _say_key_certainty(
    fact: Statement | Programme, name: str, say: DescriptionWords, brackets: str = "()"
) -> str:
    """Say who vouches for one key of a fact, where that is not who vouches for the fact."""
    known = fact.certainties.get(name)
    return "" if known is None else f" {brackets[0]}{say(f'certainty.{known}')}{brackets[1]}"


def _describe_programmes(profile: Profile, say: DescriptionWords) -> Iterator[str]:
    for programme in profile.programmes.values():
        yield f"* {say.label(programme.label)} [{say(f'certainty.{programme.certainty}')}]"
        if programme.about is not None:
            yield f"  {say.label(programme.about)}{_say_key_certainty(programme, 'about', say, '[]')}"
        for name, text in _list_programme_facts(programme, say):
            yield f"  {say(f'lines.{name}', text=text)}{_say_key_certainty(programme, name, say, '[]')}"


def _list_programme_facts(programme: Programme, say: DescriptionWords) -> Iterator[tuple[str, str]]:
    for name in ("period", "funder", "lead", "source"):
        if (text := getattr(programme, name)) is not None:
            yield name, text
    if (grant := programme.grant) is not None:
        yield "grant", f"{say.write_number(grant.value)} {say.label(grant.unit)}"
    for name in ("partners", "municipalities"):
        if words := getattr(programme, name):
            yield name, ", ".join(words)


def _describe_schools(profile: Profile, say: DescriptionWords) -> Iterator[str]:
    for school in profile.schools.values():
        grades = {"first": school.first_grade, "last": school.last_grade}
        text = say("lines.school", name=school.name, **grades)
        if school.moves_to is not None:
            text += "; " + say("lines.moves", name=profile.schools[school.moves_to].name)
        source = () if school.source is None else (say("lines.source", text=school.source),)
        yield f"* {text} [{'; '.join((say(f'certainty.{school.certainty}'), *source))}]"


def _describe_levels(profile: Profile, say: DescriptionWords) -> Iterator[str]:
    words = profile.vocabulary
    for level in sorted(words.levels.values(), key=lambda level: level.rank):
        required = say("lines.required") if level.required else ""
        label, least = say.label(level.label), level.minimum_members
        yield "* " + say("lines.level", label=label, members=least, required=required)
    yield say("lines.minimum_members", members=words.minimum_members)
    yield say("lines.reference_day", day=words.reference_day)


def _describe_resource_persons(profile: Profile, say: DescriptionWords) -> Iterator[str]:
    words = profile.vocabulary
    support = [role for role in words.roles.values() if role.resource_person]
    yield say("lines.all_support", roles=", ".join(say.label(role.label) for role in support))
    level = words.levels[_SUPPORT]
    others = [r for r in words.roles.values() if r.level == _SUPPORT and r not in support]
    names = ", ".join(say.label(role.label) for role in others)
    yield say("lines.on_level", level=say.label(level.label), roles=names)


def _describe_titles(profile: Profile, say: DescriptionWords) -> Iterator[str]:
    core = load_core_vocabulary()
    for section in profile.vocabulary.sections:
        for name, kind in profile.vocabulary.section(section).items():
            if kind.takes:
                words = {"kind": say.label(kind.label), "titles": ", ".join(kind.takes)}
                yield "* " + say("lines.kind_takes", **words)
            known = getattr(core.section(section).get(name), "aliases", ())
            if titles := getattr(kind, "aliases", ())[len(known) :]:
                label = say.label(kind.label)
                yield "* " + say("lines.title", role=label, titles=", ".join(titles))


def _describe_own_kinds(profile: Profile, say: DescriptionWords) -> Iterator[str]:
    """Yield kinds that are new, or that have another label than in the core."""
    core = load_core_vocabulary()
    for section in profile.vocabulary.sections:
        for name, kind in profile.vocabulary.section(section).items():
            was = core.section(section).get(name)
            if was is None:
                facts = [
                    *_explain_sort(kind, profile.vocabulary.section(section), say),
                    *_explain_role(kind, profile, say),
                ]
                meaning = f": {'; '.join(facts)}" if facts else ""
                yield f"* {say.label(kind.label)} ({name}){meaning}"
            elif was.label != kind.label:
                yield f"* {say.label(kind.label)} ({name}) ← {say.label(was.label)}"


def _explain_sort(kind: Kind, kinds: Mapping[str, Kind], say: DescriptionWords) -> Iterator[str]:
    """Yield what a kind of the profile's own is a sort of, and what it was called before."""
    if (wider := getattr(kind, "sort_of", None)) is not None:
        yield say("lines.kind_sort_of", wider=say.label(kinds[wider].label))
    if kind.formerly:
        yield say("lines.kind_formerly", ids=", ".join(kind.formerly))


def _explain_role(kind: Kind, profile: Profile, say: DescriptionWords) -> list[str]:
    """Say what a kind of the profile's own means, as far as it is a role, or a community of one level."""
    name = getattr(kind, "level", None)
    level = None if name is None else say.label(profile.vocabulary.levels[name].label)
    placed = [] if level is None else [say("lines.role_level", level=level)]
    if not isinstance(kind, Role):
        return placed
    return [
        *placed,
        *([say("lines.role_supports")] if kind.resource_person else []),
        *([] if kind.staff else [say("lines.role_no_staff")]),
    ]


def _describe_framework(profile: Profile, say: DescriptionWords) -> Iterator[str]:
    words = profile.vocabulary
    framework = words.frameworks[profile.framework]
    yield f"{say.label(framework.label)}: {framework.reference}"
    for name in framework.characteristics:
        known = words.characteristics[name]
        yield f"* {say.label(known.label)}: {say.label(known.about)}"
    if framework.scale is not None:
        yield say("lines.scale", about=say.label(framework.scale.about))
    if framework.reversed:
        worded = {name: say.label(label) for name, label in framework.wordings.items()}
        items = (f'"{worded[one]}"' if one in worded else one for one in framework.reversed)
        yield say("lines.reversed", items=", ".join(items))


def _describe_goals(profile: Profile, say: DescriptionWords) -> Iterator[str]:
    for name, goal in profile.goals.items():
        yield from _describe_goal(name, goal, say)
        for key, indicator in profile.indicators_of(name).items():
            yield from _describe_indicator(key, indicator, say)
        yield ""
    if profile.goals_complete is not None:
        yield say("lines.closed_list" if profile.goals_complete else "lines.open_list")


def _describe_goal(name: str, goal: Goal, say: DescriptionWords) -> Iterator[str]:
    yield f"{name}  {say.label(goal.label)}"
    yield f"  {say.label(goal.text)}"
    if goal.serves is not None:
        yield "  " + say("lines.serves", goal=goal.serves)
    if goal.reading is not None:
        yield "  " + say("lines.reading", text=say.label(goal.reading))
    yield "  " + say(f"lines.rule_{goal.rule}")
    if goal.leading is not None:
        yield "  " + say("lines.leading", name=goal.leading)
    if goal.matrix is not None:
        yield from _describe_matrix(goal.matrix, say)


def _describe_matrix(matrix: Matrix, say: DescriptionWords) -> Iterator[str]:
    yield "  " + say("lines.matrix", columns=" | ".join(map(say.label, matrix.columns)))
    for row in matrix.rows:
        yield f"    {say.label(row.label)}: {' | '.join(row.indicators)}"


def _describe_indicator(name: str, indicator: Indicator, say: DescriptionWords) -> Iterator[str]:
    facts = [
        *describe_direction(indicator, say),
        say("lines.measure", name=write_measure_call(indicator)),
        *(
            [say("lines.needs", tables=say.name_tables(indicator.tables))]
            if indicator.tables
            else []
        ),
        *([say("lines.combined")] if indicator.combined else []),
        *([say("lines.only_above_zero")] if indicator.only_above_zero else []),
    ]
    yield f"  * {name}: {say.label(indicator.label)}"
    yield f"    {'; '.join(facts)}"
    if indicator.note is not None:
        yield f"    {say.label(indicator.note)}"


def _describe_other_indicators(profile: Profile, say: DescriptionWords) -> Iterator[str]:
    for name, indicator in profile.indicators_of(None).items():
        yield from _describe_indicator(name, indicator, say)


def _describe_claims(profile: Profile, say: DescriptionWords) -> Iterator[str]:
    for claim in profile.claims.values():
        yield f"* {say.label(claim.text)} [{_describe_provenance(claim, say)}]"
        if claim.rule is None:
            yield "  " + say("lines.not_settled")
        else:
            rule = describe_rule(claim.rule, profile, say) + _say_key_certainty(claim, "rule", say)
            yield "  " + say("lines.settled_by", rule=rule)


def _describe_privacy(profile: Profile, say: DescriptionWords) -> Iterator[str]:
    yield say("lines.k", k=profile.privacy.k)
    yield say("lines.statistics", n=profile.privacy.statistics)


def _describe_standards(profile: Profile, say: DescriptionWords) -> Iterator[str]:
    return (
        f"* {line}" for line in StandardWords.of(say.language).tell_standards(profile.standards)
    )


def _describe_anchors(
    profile: Profile, measures: Mapping[str, MeasureInfo], say: DescriptionWords
) -> Iterator[str]:
    """Yield usual values of the measures in use: context, never marks."""
    used = dict.fromkeys(indicator.measure for indicator in profile.indicators.values())
    for name in used:
        for anchor in measures[name].anchors if name in measures else ():
            ends = [anchor.lower, *([] if anchor.upper is None else [anchor.upper])]
            value = "–".join(dict.fromkeys(map(say.write_number, ends)))
            known = "anchor_from" if anchor.upper is None else "anchor"
            label = say.label(anchor.label)
            yield "* " + say(f"lines.{known}", label=label, value=value, source=anchor.source)


def _describe_code(profile: Profile, say: DescriptionWords) -> Iterator[str]:
    """Yield what the profile brings that is code, as readers call it."""
    for function in profile.measures:
        if (known := find_measure_info(function)) is not None:
            told = {"label": say.label(known.label), "tells": say.label(known.tells)}
            yield "* " + say("lines.own_measure", name=function.__name__, **told)
    for reader in profile.readers:
        yield "* " + say("lines.own_reader", name=reader.name, label=say.label(reader.label))
    for write in profile.sections:
        yield "* " + say("lines.own_section", name=getattr(write, "__name__", "?"))


def _list_review_points(profile: Profile, say: DescriptionWords) -> Iterator[str]:
    """Yield what somebody who knows the municipality should look at."""
    targets = [i.target for i in profile.indicators.values() if i.target is not None]
    sections = (profile.context, profile.challenges, profile.claims)
    facts = [fact for section in sections for fact in section.values()]
    certainties = [[fact.certainty, *fact.certainties.values()] for fact in facts]
    counts = {
        "leading": sum(
            goal.leading is None and bool(profile.indicators_of(name))
            for name, goal in profile.goals.items()
        ),
        "proposed": sum(target.source == "proposed" for target in targets),
        "inferred": sum("inferred" in known for known in certainties),
        "unsettled": sum(claim.rule is None for claim in profile.claims.values()),
    }
    for name, count in counts.items():
        if count:
            yield "* " + say(f"review.{name}", count=count)
    if profile.purpose is None:
        yield "* " + say("review.purpose")
    elif profile.purpose.discussed_on is None or profile.purpose.deleted_by is None:
        yield "* " + say("review.med")
    yield "* " + say("review.titles")
    for reason in profile.expected_failures.values():
        yield "* " + say("review.gap", reason=reason)


_SECTION_WRITERS = {
    "purpose": _describe_purpose,
    "context": _describe_context,
    "challenges": _describe_challenges,
    "programmes": _describe_programmes,
    "schools": _describe_schools,
    "levels": _describe_levels,
    "resource_persons": _describe_resource_persons,
    "titles": _describe_titles,
    "kinds": _describe_own_kinds,
    "framework": _describe_framework,
    "goals": _describe_goals,
    "description": _describe_other_indicators,
    "claims": _describe_claims,
    "code": _describe_code,
    "privacy": _describe_privacy,
    "standards": _describe_standards,
    "review": _list_review_points,
}
"""What a description tells, in order: the heading, and what gives its lines."""
