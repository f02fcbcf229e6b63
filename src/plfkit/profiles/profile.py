"""Profiles: what one municipality adds to the core, as a value and as a document."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from attrs import Factory, asdict, evolve, field, fields, frozen
from attrs.validators import deep_iterable, instance_of, is_callable

from plfkit.errors import DocumentError, IncompatibleProfileError, NoDataError, Problem
from plfkit.hints import Hint, quote_word
from plfkit.model.declared.declarations import Goal, Indicator, PrivacyFloor, Purpose
from plfkit.model.declared.facts import Claim, Programme, Rule, School, Statement
from plfkit.model.declared.sections import SectionWriter
from plfkit.model.declared.standards import Standards
from plfkit.model.documents import structure_document
from plfkit.model.showing import Display, SelfShowing, count_things
from plfkit.model.words.kinds import Label
from plfkit.model.words.naming_clashes import find_shared_labels
from plfkit.model.words.titles import hint_at_choice, is_kind_id, suggest_word
from plfkit.model.words.vocabulary import Vocabulary, load_core_vocabulary
from plfkit.model.written_formats import PROFILE_FORMAT
from plfkit.profiles.extending import amend_document
from plfkit.profiles.renamed_declarations import update_declarations
from plfkit.profiles.target_checks import find_target_problems
from plfkit.sources.readers import Reader

if TYPE_CHECKING:
    from plfkit.model.results.result import MeasureFunction

GENERIC = "generic"
"""The name of the profile that plfkit itself brings."""
CODE_FIELDS = ("measures", "sections", "readers")
"""What a profile holds that is code: no document tells of it, and who extends the profile has it too."""
STAFF, EVERYONE = "staff", "everyone"
"""Words for all who count as staff, and for all who are employed."""
GUEST_LEVEL = "external_partner"
NOT_EMPLOYED = (GUEST_LEVEL, "political_level")
"""Levels of people whom the municipality does not employ."""


def _check_reader(_profile: object, _attribute: object, value: object) -> None:
    if type(value) is not Reader:
        raise TypeError(f"readers holds plfkit.profiles.Reader, not {type(value).__name__}")


@frozen(kw_only=True)
class Declarations:
    """What ``profile.toml`` declares beside its vocabulary.

    Attributes:
        id: The profile's id, which is also its entry point's name.
        label: The municipality's name.
        code: The municipality's official number, as ``"630"``.
        question: What its pages ask in their heading, and answer below it.
        framework: The framework whose characteristics its communities are recognised by.
        context: Facts about its situation and its aims, by id.
        challenges: What it finds hard, by id.
        programmes: Projects that it takes part in, by id.
        schools: Its schools, by id, as far as the profile tells of them.
        goals: What it wants to reach, by id.
        goals_complete: Whether it has no other goals than these; None if nobody has said so.
        indicators: The figures that tell of them, by id, in the order they are shown.
        claims: What has been said about it, by id.
        privacy: The thresholds of the gate.
        standards: Where lines are drawn that no law draws, each with its source or as a convention.
        purpose: Why the data are used, if somebody has said so.
        expected_failures: Checks of the contract that fail for now, and why.
    """

    id: str
    label: Label
    code: str | None = None
    question: Label | None = None
    framework: str = "five_characteristics"
    context: Mapping[str, Statement] = Factory(dict)
    challenges: Mapping[str, Statement] = Factory(dict)
    programmes: Mapping[str, Programme] = Factory(dict)
    schools: Mapping[str, School] = Factory(dict)
    goals: Mapping[str, Goal] = Factory(dict)
    goals_complete: bool | None = None
    indicators: Mapping[str, Indicator] = Factory(dict)
    claims: Mapping[str, Claim] = Factory(dict)
    privacy: PrivacyFloor = Factory(PrivacyFloor)
    standards: Standards = Factory(Standards)
    purpose: Purpose | None = None
    expected_failures: Mapping[str, str] = Factory(dict)


@frozen(kw_only=True, repr=False)
class Profile(SelfShowing, Declarations):
    """What a municipality declares, in the words of its vocabulary; every `Declarations` is part of it.

    Attributes:
        vocabulary: The core vocabulary and what the profile adds to it.
        measures: Measures of its own: functions marked with `plfkit.measures.measure`.
        sections: Sections of the page of its own: functions that write one from what may be told.
        readers: Formats of its own: what a payroll export or a local system gives.
        advice: Where its document is of an older version of the format, or names kinds by ids that
            they had before; it is read as if it said what is said now.
    """

    vocabulary: Vocabulary
    measures: tuple[MeasureFunction, ...] = field(
        default=(), validator=deep_iterable(is_callable(), instance_of(tuple))
    )
    sections: tuple[SectionWriter, ...] = field(
        default=(), validator=deep_iterable(is_callable(), instance_of(tuple))
    )
    readers: tuple[Reader, ...] = field(
        default=(), validator=deep_iterable(_check_reader, instance_of(tuple))
    )
    advice: tuple[Problem, ...] = field(default=(), eq=False)

    def __attrs_post_init__(self) -> None:
        """Refuse a profile that contradicts itself."""
        if problems := list(_find_profile_problems(self)):
            raise DocumentError(f"profile {self.id!r}", problems)

    def _describe_self(self) -> Display:
        return Display(
            title=self.label.da,
            facts=(
                self.id,
                count_things(len(self.goals), "goal"),
                count_things(len(self.indicators), "indicator"),
                count_things(len(self.claims), "claim"),
            ),
            head=("goal", "label", "indicators", "leading"),
            rows=[
                (name, goal.label.da, len(self.indicators_of(name)), goal.leading)
                for name, goal in self.goals.items()
            ],
            note="plfkit.describe(profile) tells all that it holds.",
        )

    @classmethod
    def from_document(
        cls,
        document: Mapping[str, Any],
        where: str = "profile.toml",
        *,
        base: Profile | None = None,
    ) -> Profile:
        """Build a profile from a document.

        Args:
            document: What ``profile.toml`` holds.
            where: What the document is called in messages.
            base: The profile that it extends, if it says that it does.

        Raises:
            DocumentError: Unknown keys, wrong types, a contradiction, or a collision with `base`; each
                with its path.
            IncompatibleProfileError: It was written for a newer plfkit.
        """
        own = dict(document)
        written_in = _check_manifest_version(own.pop("schema_version", None), where)
        own = PROFILE_FORMAT.update_document(own, written_in)
        if (extends := own.pop("extends", None)) is not None and base is None:
            hint = f"it extends {extends!r}: load it with plfkit.load_profile, which finds that one"
            raise DocumentError(where, [Problem(("extends",), hint)])
        additions = own.pop("vocabulary", {})
        if not isinstance(additions, Mapping):
            raise DocumentError(where, [Problem(("vocabulary",), "expected a table")])
        if problems := list(_find_misplaced_keys(additions, extending=base is not None)):
            raise DocumentError(where, problems)
        try:
            words = load_core_vocabulary() if base is None else base.vocabulary
            vocabulary = _extend_vocabulary(words, additions)
            own, advice = update_declarations(own, vocabulary)
            whole = own if base is None else amend_document(base.to_document(), own)
            code: dict[str, Any] = {
                name: () if base is None else getattr(base, name) for name in CODE_FIELDS
            }
            written = _raise_floor(structure_document(whole, Declarations, where))
            return cls(
                vocabulary=_name_speaker(vocabulary, written.id),
                **code,
                advice=(*_advise_on_version(written_in), *advice),
                **{name: getattr(written, name) for name in _DECLARED},
            )
        except DocumentError as error:
            raise DocumentError(where, error.problems) from error

    def to_document(self) -> dict[str, Any]:
        """Return the document that this profile is built from; what is code is no part of it."""
        declared = asdict(self, filter=_is_written, value_serializer=_convert_tuple)
        words = self.vocabulary.additions()
        return {
            "schema_version": PROFILE_FORMAT.version,
            **declared,
            **({"vocabulary": words} if words else {}),
        }

    def indicators_of(self, goal: str | None) -> Mapping[str, Indicator]:
        """Return the indicators of one goal, or those that only describe."""
        return {name: i for name, i in self.indicators.items() if i.goal == goal}

    def keep_indicators(self, names: Collection[str]) -> Profile:
        """Return the profile with some of its indicators, and of its goals what these still bear out.

        Args:
            names: The ids of the indicators to keep.

        Raises:
            NoDataError: The profile has no such indicator.
            TypeError: One text was given in place of several.
        """
        if isinstance(names, str):
            raise TypeError(f"several ids are needed, as [{quote_word(names)}], not one text")
        for name in names:
            if name not in self.indicators:
                near = hint_at_choice(name, self.indicators)
                raise NoDataError(Hint("profile.no_indicator", name=quote_word(name), near=near))
        goals = {name: _narrow_goal(goal, names) for name, goal in self.goals.items()}
        kept = {name: one for name, one in self.indicators.items() if name in names}
        return evolve(self, goals=goals, indicators=kept)


_DECLARED = tuple(attribute.name for attribute in fields(Declarations))
_UNWRITTEN = {"vocabulary", "advice", *CODE_FIELDS}
"""What no document of declarations holds: words stand apart in it, code and advice nowhere."""


def _is_written(attribute: Any, value: Any) -> bool:
    """Tell whether a document holds an attribute."""
    return value is not None and attribute.name not in _UNWRITTEN


def _convert_tuple(_instance: object, _attribute: object, value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _raise_floor(written: Declarations) -> Declarations:
    """Let the standard of answers and the gate's floor be one: the higher of the two."""
    least = max(written.privacy.statistics, written.standards.answers)
    return evolve(
        written,
        privacy=evolve(written.privacy, statistics=least),
        standards=evolve(written.standards, answers=least),
    )


def _check_manifest_version(version: object, where: str) -> int:
    """Return the version of the format that a profile says it is written in."""
    if type(version) is not int or version < 1:
        hint = f"add schema_version = {PROFILE_FORMAT.version} at the top"
        raise DocumentError(where, [Problem(("schema_version",), hint)])
    if not PROFILE_FORMAT.is_known(version):
        raise IncompatibleProfileError(
            f"{where} is written in version {version} of the format, this plfkit reads "
            f"{PROFILE_FORMAT.version}: upgrade plfkit"
        )
    return version


def _advise_on_version(written: int) -> Iterator[Problem]:
    """Yield what to say of a profile in an older version of the format."""
    if (hint := PROFILE_FORMAT.advise_update(written)) is not None:
        yield Problem(("schema_version",), hint)


def _extend_vocabulary(words: Vocabulary, additions: Mapping[str, Any]) -> Vocabulary:
    """Return what a profile makes of a vocabulary, as yet of nobody's."""
    if not additions and words.profile is None:
        return words
    try:
        vocabulary = words.extended({**additions, "profile": None})
    except DocumentError as error:
        problems = [evolve(p, path=("vocabulary", *p.path)) for p in error.problems]
        raise DocumentError(error.where, problems) from error
    if shared := [*find_shared_labels(vocabulary, additions)]:
        raise DocumentError(
            "the vocabulary", [evolve(p, path=("vocabulary", *p.path)) for p in shared]
        )
    return vocabulary


def _name_speaker(vocabulary: Vocabulary, profile: str) -> Vocabulary:
    """Return a profile's vocabulary with whose it is; without additions to the core it is the core's."""
    core = load_core_vocabulary()
    return core if vocabulary == core else evolve(vocabulary, profile=profile)


def _find_misplaced_keys(additions: Mapping[str, Any], *, extending: bool) -> Iterator[Problem]:
    """Find what a vocabulary may not say here: how heads are counted is settled by the base."""
    if "profile" in additions:
        yield Problem(("vocabulary", "profile"), "unknown key 'profile'")
    if not extending:
        return
    settled = "the profile that this one extends settles how is counted: leave it out"
    for key in ("reference_day", "minimum_members"):
        if key in additions:
            yield Problem(("vocabulary", key), settled)
    levels = additions.get("levels", {})
    for name, level in levels.items() if isinstance(levels, Mapping) else ():
        if isinstance(level, Mapping) and "minimum_members" in level and "rank" not in level:
            yield Problem(("vocabulary", "levels", name, "minimum_members"), settled)


def _find_profile_problems(profile: Profile) -> Iterator[Problem]:
    if not is_kind_id(profile.id):
        message = f"{profile.id!r} is not lower-case letters, digits and underscores"
        yield Problem(("id",), message)
    for several in {STAFF, EVERYONE} & profile.vocabulary.roles.keys():
        hint = f"{several} means several roles: choose another id"
        yield Problem(("vocabulary", "roles", several), hint)
    for path, word, known in _list_references(profile):
        if word is not None and word not in known:
            hint = suggest_word(word, known) or f"; there are {', '.join(sorted(known)) or 'none'}"
            yield Problem(path, f"there is no {word!r} here{hint}")
        elif word is not None and path[1:] in {(word, "moves_to"), (word, "serves")}:
            yield Problem(path, f"{word} cannot be its own")
    for name, indicator in profile.indicators.items():
        for problem in find_target_problems(indicator, profile.vocabulary.unit_kinds):
            yield evolve(problem, path=("indicators", name, *problem.path))


def _list_references(
    profile: Profile,
) -> Iterator[tuple[tuple[str, ...], str | None, Collection[str]]]:
    """Yield every word that must stand elsewhere in the profile: its path, itself, what there is."""
    words = profile.vocabulary
    yield ("framework",), profile.framework, words.frameworks
    for name, indicator in profile.indicators.items():
        yield ("indicators", name, "goal"), indicator.goal, profile.goals
    for name, goal in profile.goals.items():
        yield ("goals", name, "serves"), goal.serves, profile.goals
        yield ("goals", name, "leading"), goal.leading, profile.indicators_of(name)
        for indicator_id in _list_matrix_words(goal):
            yield ("goals", name, "matrix", "rows"), indicator_id, profile.indicators_of(name)
    for name, school in profile.schools.items():
        yield ("schools", name, "moves_to"), school.moves_to, profile.schools
    for name, claim in profile.claims.items():
        for key, word, known in _list_rule_words(claim, words):
            yield ("claims", name, "rule", key), word, known


def _narrow_goal(goal: Goal, names: Collection[str]) -> Goal:
    """Return a goal that names none but some indicators; a matrix with gaps is none."""
    leading = goal.leading if goal.leading in names else None
    whole = all(name in names for name in _list_matrix_words(goal))
    return evolve(goal, leading=leading, matrix=goal.matrix if whole else None)


def _list_matrix_words(goal: Goal) -> Iterator[str]:
    """Yield the indicators that a goal's matrix names, each once."""
    rows = () if goal.matrix is None else goal.matrix.rows
    yield from dict.fromkeys(name for row in rows for name in row.indicators)


def find_asked_roles(rule: Rule, words: Vocabulary) -> tuple[str, ...]:
    """Return the roles of the people that a rule is about; none where it is about anybody."""
    word, roles = rule.each_person, words.roles
    if word is None:
        return rule.roles
    if word == STAFF:
        return tuple(name for name, role in roles.items() if role.staff)
    if word == EVERYONE:
        return tuple(name for name, role in roles.items() if role.level not in NOT_EMPLOYED)
    return (word,)


def _list_rule_words(
    claim: Claim, words: Vocabulary
) -> Iterator[tuple[str, str | None, Collection[str]]]:
    if (rule := claim.rule) is None:
        return
    yield "each_unit", rule.each_unit, words.unit_kinds
    yield "within", rule.within, words.unit_kinds
    yield "each_person", rule.each_person, {*words.roles, STAFF, EVERYONE}
    for key, named, known in (
        ("events", rule.events, words.event_kinds),
        ("communities", rule.communities, words.community_kinds),
        ("qualifications", rule.qualifications, words.qualification_kinds),
        ("roles", rule.roles, words.roles),
    ):
        for word in named:
            yield key, word, known
