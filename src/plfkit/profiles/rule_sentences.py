"""The rule of a claim in one sentence."""

from __future__ import annotations

from plfkit.model.declared.facts import RULE_SECTIONS, YEAR_BEFORE, Rule
from plfkit.profiles.description_words import DescriptionWords
from plfkit.profiles.profile import EVERYONE, STAFF, Profile

_COUNTED_KINDS = ("events", "communities", "qualifications", "roles")
"""The keys of a rule that list what is counted, in the order in which they are told."""


def describe_rule(rule: Rule, profile: Profile, say: DescriptionWords) -> str:
    """Say what a rule counts, how many there should be, and of whom."""
    words = profile.vocabulary
    counted = f"{rule.counts}_of_stay" if rule.stay else rule.counts
    parts = [_describe_rule_bound(rule, say(f"rule.{counted}"), say)]
    for key in _COUNTED_KINDS:
        if named := getattr(rule, key):
            kinds = words.section(RULE_SECTIONS[key])
            labels = ", ".join(say.label(kinds[name].label) for name in named)
            parts.append(say(f"rule.of_{key}", text=labels))
    parts += [
        say(f"rule.of_{key}", text=", ".join(named))
        for key in ("subjects", "outcomes")
        if (named := getattr(rule, key))
    ]
    parts += [
        say(f"rule.{key}", text=say.label(words.unit_kinds[kind].label))
        for key in ("each_unit", "within")
        if (kind := getattr(rule, key)) is not None
    ]
    if rule.each_person is not None:
        who = rule.each_person
        named = who not in {STAFF, EVERYONE}
        text = say.label(words.roles[who].label) if named else say(f"rule.{who}")
        parts.append(say("rule.each_person", text=text))
    return ", ".join(parts)


def _describe_rule_bound(rule: Rule, what: str, say: DescriptionWords) -> str:
    """Say how many there should be."""
    if rule.more_than == YEAR_BEFORE:
        return say("rule.more_than_year_before", what=what)
    if rule.more_than is not None:
        return say("rule.more_than", what=what, period=rule.more_than)
    bound = "at_least" if rule.exactly is None else "exactly"
    return say(f"rule.{bound}", count=rule.count, what=what)
