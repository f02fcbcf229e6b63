"""The contract: what every profile must keep, one check each, with advice for those that do not."""

from __future__ import annotations

import inspect
import json
import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib.metadata import metadata
from typing import Any

from attrs import asdict, evolve, fields, frozen, has

from plfkit.disclosure import release
from plfkit.errors import PlfkitError
from plfkit.goals import Scorecard, assess
from plfkit.goals.assess import NEAR
from plfkit.measures.catalogue import known_of
from plfkit.model.declarations import PrivacyFloor
from plfkit.model.kinds import Kind, Label
from plfkit.model.result import KEYS, Result
from plfkit.model.vocabulary import core_vocabulary, did_you_mean, normalise_title
from plfkit.profiles import Profile
from plfkit.report.records import scorecard_document
from plfkit.report.texts import Texts
from plfkit.testing.importing import traces
from plfkit.testing.subjects import Subject

_NEVER_SHOWN = re.compile(
    r"\b(anonym\w*|isolere[td]e?|skjulte eksperter|rangliste\w*|effekt(?:en|er|erne)?|skyldes"
    r"|overvågning\w*|niveau 5|plc|brokers?|isolated|hidden experts?|rankings?|surveillance)\b"
)
"""Words that promise too much, hurt or mislead, in texts that colleagues read about themselves."""


@frozen
class Check:
    """One thing that a profile must keep.

    Attributes:
        name: Its name, by which a failure may be expected.
        sentence: What must be true.
        function: Raises AssertionError with advice if it is not.
        of_plugins: Whether it looks at how a distribution is imported, which a file has none of.
    """

    name: str
    sentence: str
    function: Callable[[Subject], None]
    of_plugins: bool = False

    def __call__(self, subject: Subject) -> None:
        """Check a subject.

        Raises:
            AssertionError: It does not keep it; the message says what to do.
        """
        self.function(subject)

    def applies_to(self, subject: Subject) -> bool:
        """Tell whether there is anything to check."""
        return not self.of_plugins or subject.distribution is not None


def _refuse(problems: Iterable[str]) -> None:
    if found := list(problems):
        raise AssertionError("\n".join(found))


def both_languages(subject: Subject) -> None:
    """Every text stands in Danish and in English, and the two differ, names and kinds apart."""
    _refuse(_one_language(subject.profile))


def _one_language(profile: Profile) -> Iterator[str]:
    for path, label in _texts_of(profile):
        danish, english = label.da.strip(), label.en.strip()
        if not (danish and english):
            yield f"{path} is empty in one language: write it in both"
        elif danish == english and not _MAY_BE_THE_SAME.match(path):
            yield f"{path} is the same in Danish and English: translate {label.da!r}"


_MAY_BE_THE_SAME = re.compile(r"vocabulary\.|programmes\.[^.]+\.(label|grant)")
"""Where a word may be the same in both languages: kinds, names, currencies."""


def _texts_of(profile: Profile) -> Iterator[tuple[str, Label]]:
    """Yield every text that readers may see, its path first; those of its own measures too."""
    yield from _labels(profile, ())
    for function in profile.measures:
        yield from _labels(known_of(function), (function.__name__,))


def _labels(value: Any, path: tuple[str, ...]) -> Iterator[tuple[str, Label]]:
    """Yield every label in a value, with the path that leads to it."""
    if isinstance(value, Label):
        yield ".".join(path), value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _labels(inner, (*path, str(key)))
    elif has(type(value)):
        for attribute in fields(type(value)):
            yield from _labels(getattr(value, attribute.name), (*path, attribute.name))


def _own_kinds(profile: Profile) -> Iterator[tuple[str, str, Kind]]:
    """Yield the kinds that the profile adds to the core or says otherwise than it."""
    core = core_vocabulary()
    for section in profile.vocabulary.sections:
        for name, kind in profile.vocabulary.section(section).items():
            if core.section(section).get(name) != kind:
                yield section, name, kind


def vocabulary_extends_the_core(subject: Subject) -> None:
    """The vocabulary keeps every kind of the core as it is, and gives no two kinds one label."""
    words, core = subject.profile.vocabulary, core_vocabulary()
    problems = []
    for section in core.sections:
        for name, kind in core.section(section).items():
            if name not in words.section(section):
                problems.append(f"{section}.{name} is missing: build on the core vocabulary")
            elif _meaning(words.section(section)[name]) != _meaning(kind):
                problems.append(
                    f"{section}.{name} means something else than in the core: add a kind"
                )
        for language in ("da", "en"):
            labels = Counter(
                normalise_title(kind.label[language]) for kind in words.section(section).values()
            )
            problems += [
                f"{section}: {count} kinds are called {label!r} ({language}): tell them apart"
                for label, count in labels.items()
                if count > 1
            ]
    _refuse(problems)


def _meaning(kind: Kind) -> dict[str, Any]:
    """Return what a profile may not change of a kind of the core."""
    amendable = {"label", "aliases", "minimum_members"}
    return {key: value for key, value in asdict(kind).items() if key not in amendable}


def aliases_resolve(subject: Subject) -> None:
    """Every alias means the kind that it stands with."""
    words = subject.profile.vocabulary
    _refuse(
        f"{section}: {alias!r} should mean {name} and means {words.resolve(section, alias)}: "
        "take it out, or choose another word"
        for section, name, kind in _own_kinds(subject.profile)
        for alias in getattr(kind, "aliases", ())
        if words.resolve(section, alias) != name
    )


def levels_ordered(subject: Subject) -> None:
    """No two levels share a rank or a precedence, so it is clear which is above and which counts."""
    levels = subject.profile.vocabulary.levels
    problems = []
    for what in ("rank", "precedence"):
        held: dict[int, str] = {}
        for name, level in levels.items():
            other = held.setdefault(getattr(level, what), name)
            if other != name:
                problems.append(f"levels.{name} has the {what} of {other}: give it one of its own")
    _refuse(problems)


def measures_exist(subject: Subject) -> None:
    """Every indicator names a measure that plfkit or the profile itself has."""
    known = [measure.name for measure in subject.catalogue]
    users: dict[str, list[str]] = {}
    for name, indicator in subject.profile.indicators.items():
        if indicator.measure not in known:
            users.setdefault(indicator.measure, []).append(name)
    hints = {measure: did_you_mean(measure, known, closeness=NEAR) for measure in users}
    _refuse(
        f"there is no measure {measure!r}{hints[measure]}: see {', '.join(names)}"
        for measure, names in users.items()
    )


def arguments_fit(subject: Subject) -> None:
    """Every indicator calls its measure with arguments that it takes."""
    catalogue = subject.catalogue
    _refuse(
        f"indicators.{name}: {misfit}"
        for name, indicator in subject.profile.indicators.items()
        if indicator.measure in catalogue
        and (misfit := catalogue[indicator.measure].misfit(indicator.arguments)) is not None
    )


def targets_in_reach(subject: Subject) -> None:
    """The target of a share lies between 0 and 1."""
    catalogue = subject.catalogue
    _refuse(
        f"indicators.{name}: the target {target.value:g} is out of reach: write 1 for 100 per cent"
        for name, indicator in subject.profile.indicators.items()
        if (target := indicator.target) is not None
        and indicator.measure in catalogue
        and catalogue[indicator.measure].about.scale == "share"
        and not 0 <= target.value <= 1
    )


def claims_checkable(subject: Subject) -> None:
    """Every claim says by a rule how data would settle it."""
    _refuse(
        f"claims.{name} has no rule: say what would have to be counted, or move it to [context]"
        for name, claim in subject.profile.claims.items()
        if claim.rule is None
    )


def goals_evaluable(subject: Subject) -> None:
    """Every goal has indicators, and none of them is refused on an example that fits the profile."""
    profile = subject.profile
    served = {goal.serves for name, goal in profile.goals.items() if goal.serves != name}
    problems = [
        f"goals.{name} has no indicator: say which figures would tell of it"
        for name in profile.goals
        if not profile.indicators_of(name) and name not in served
    ]
    for name, indicator in subject.usable_indicators.items():
        try:
            subject.catalogue[indicator.measure](subject.now, indicator.arguments)
        except PlfkitError as error:
            problems.append(f"indicators.{name} cannot be computed: {error}")
    _refuse(problems)


def measures_are_sound(subject: Subject) -> None:
    """The profile's own measures give each key once, with a finite value or a reason for none."""
    problems = []
    for function in subject.profile.measures:
        for arguments in _calls(subject, function.__name__):
            result = subject.catalogue[function.__name__](subject.now, arguments)
            problems += [f"{function.__name__}: {problem}" for problem in _unsound(result)]
    _refuse(problems)


def _calls(subject: Subject, measure: str) -> list[Mapping[str, Any]]:
    """Return the arguments with which indicators call a measure; none of them if none does."""
    used = [i.arguments for i in subject.usable_indicators.values() if i.measure == measure]
    return used or ([{}] if subject.catalogue[measure].misfit({}) is None else [])


def _unsound(result: object) -> Iterator[str]:
    if not isinstance(result, Result):
        yield f"it gives {type(result).__name__}: return a plfkit.Result"
        return
    rows = result.rows()
    keys = Counter(tuple(row.get(key) for key in KEYS) for row in rows)
    if repeated := [key for key, count in keys.items() if count > 1]:
        yield f"{len(repeated)} keys stand more than once: give each row keys of its own"
    known = Texts.catalogue()["reasons"]
    for reason in {row["reason"] for row in rows} - {None, *known}:
        hint = did_you_mean(reason, known) or f"; there are {', '.join(known)}"
        yield f"there are no words for the reason {reason!r}{hint}"
    for row in rows:
        if row["value"] is not None and row["reason"]:
            yield "a figure has a value and a reason for having none: give one of the two"
        numbers = [row[name] for name in ("value", "lower", "upper") if row[name] is not None]
        if not all(math.isfinite(number) for number in numbers):
            yield "a figure is infinite: leave it out and give a reason"
        if row["value"] is None and not row["reason"]:
            yield "a figure is missing without a reason: NaN and None need one"


def deterministic(subject: Subject) -> None:
    """Loaded and assessed twice, the profile is the same and so are its figures."""
    if subject.load() != subject.load():
        raise AssertionError("two loads give two profiles: build it from the file alone")
    if _card(subject) != _card(subject):
        raise AssertionError("two assessments differ: a measure must not depend on chance or time")


def _card(subject: Subject) -> Scorecard:
    indicators = subject.usable_indicators
    return assess(subject.example, evolve(subject.profile, indicators=indicators))


def import_leaves_no_traces(subject: Subject) -> None:
    """Loading the plug-in prints nothing, writes nothing and changes nothing outside itself."""
    _refuse(traces(subject.profile.id))


def privacy_floor_respected(subject: Subject) -> None:
    """Thresholds are plfkit's own or higher, and nothing that is released names a person."""
    floor, least = subject.profile.privacy, PrivacyFloor()
    problems = [
        f"privacy.{name} is {getattr(floor, name)}, below {getattr(least, name)}: raise it"
        for name in ("k", "statistics")
        if getattr(floor, name) < getattr(least, name)
    ]
    people = set(subject.example.persons.column("id").categories)
    released = scorecard_document(release(_card(subject), floor))
    words = {word for text in _texts(released) for word in _WORD.findall(text)}
    named = words & people
    if named:
        problems.append(
            f"a released scorecard names {len(named)} persons: put persons in the key id, where the "
            "gate finds them"
        )
    _refuse(problems)


_WORD = re.compile(r"[\w-]+")


def _texts(document: Any) -> Iterator[str]:
    if isinstance(document, str):
        yield document
    elif isinstance(document, Mapping):
        for value in document.values():
            yield from _texts(value)
    elif isinstance(document, list):
        for value in document:
            yield from _texts(value)


def purpose_stated(subject: Subject) -> None:
    """The profile says what data about colleagues are used for, and within which limits."""
    if subject.profile.purpose is None:
        raise AssertionError("there is no [purpose]: say what for, who sees what, and the limits")


def documented(subject: Subject) -> None:
    """A distribution says in its metadata what it is, and each of its measures in a docstring."""
    problems = [
        f"{function.__name__} has no docstring: say what it tells, and when it is undefined"
        for function in subject.profile.measures
        if not inspect.getdoc(function)
    ]
    if subject.distribution is not None:
        known = metadata(subject.distribution).json
        problems += [
            f"{subject.distribution} has no {what} in its metadata: {advice}"
            for what, advice in _METADATA.items()
            if not str(known.get(what, "")).strip()
        ]
    _refuse(problems)


_METADATA = {
    "summary": "add description to pyproject.toml",
    "description": "add readme to pyproject.toml",
}


def words_for_readers(subject: Subject) -> None:
    """No text uses a word that promises too much or hurts those it is about."""
    _refuse(
        f"{path} says {word!r}: choose a word that readers can bear"
        for path, label in _texts_of(subject.profile)
        if not path.startswith("purpose.")  # which says what is not done
        for text in (label.da, label.en)
        for word in _NEVER_SHOWN.findall(normalise_title(text))
    )


def round_trip(subject: Subject) -> None:
    """The profile is what its document says: written and read back it is equal."""
    profile = subject.profile
    document = json.loads(json.dumps(profile.to_document(), allow_nan=False))
    if evolve(Profile.from_document(document), measures=profile.measures) != profile:
        raise AssertionError("it holds more than its document: use Profile as it is, no subclass")


_OF_PLUGINS = (import_leaves_no_traces,)

CHECKS: tuple[Check, ...] = tuple(
    Check(
        function.__name__,
        (function.__doc__ or "").partition("\n")[0],
        function,
        of_plugins=function in _OF_PLUGINS,
    )
    for function in (
        both_languages,
        vocabulary_extends_the_core,
        aliases_resolve,
        levels_ordered,
        measures_exist,
        arguments_fit,
        targets_in_reach,
        claims_checkable,
        goals_evaluable,
        measures_are_sound,
        deterministic,
        import_leaves_no_traces,
        privacy_floor_respected,
        purpose_stated,
        documented,
        words_for_readers,
        round_trip,
    )
)
"""Every check of the contract, in the order in which they run."""
