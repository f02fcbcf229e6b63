"""The vocabulary: which levels, unit kinds, roles, community kinds and relations there are.

The core vocabulary stands in ``core.toml``. A profile adds kinds, relabels them and adds aliases; it
never removes one. Ids are lower_snake text; levels, roles, unit kinds and community kinds share one
name space, because `groups=` and `by=` name them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import cache, cached_property
from importlib import resources
from itertools import chain
from typing import Any

from attrs import Factory, asdict, fields, frozen

from plfkit.errors import DocumentError, Problem
from plfkit.hints import Hint
from plfkit.model.caching import Caching
from plfkit.model.documents import parse_toml, structure_document
from plfkit.model.words.kinds import (
    Characteristic,
    CommunityKind,
    EventKind,
    Framework,
    Kind,
    Level,
    MembershipRole,
    ParticipationRole,
    QualificationKind,
    Relation,
    Role,
    UnitKind,
)
from plfkit.periods import MonthDay

_KIND_ID = re.compile(r"[a-z][a-z0-9_]*")
_BETWEEN_LETTERS = re.compile(r"[\s.\-\u2010\u2011\u2013]+")
"""Spaces, full stops, hyphens and the dash that is taken for one."""
_GROUPING = ("levels", "roles", "unit_kinds", "community_kinds")
AMENDABLE_KEYS = {
    *("label", "aliases", "minimum_members", "learning"),
    *("reversed", "scale", "wordings"),
}
"""What a profile may say anew of a kind that the vocabulary has."""
FIVE_CHARACTERISTICS = "five_characteristics"
"""The framework that the others answer to."""
_SORTED = ("community_kinds", "relations")
"""Sections in which a kind may be a sort of another."""
_REFERENCES = (
    ("roles", "level", "levels"),
    ("community_kinds", "level", "levels"),
    ("community_kinds", "sort_of", "community_kinds"),
    ("relations", "sort_of", "relations"),
    ("frameworks", "characteristics", "characteristics"),
    ("event_kinds", "characteristics", "characteristics"),
)
"""Which kinds name other kinds: in which section, under which key, of which section."""


@frozen(slots=False)
class Vocabulary(Caching):
    """The kinds that data may use, and the conventions by which they are counted.

    Attributes:
        profile: The id of the profile whose words these are; None for the core's alone.
        reference_day: The day of the school year on which heads are counted.
        minimum_members: How many members a community needs whose kind names no level.
    """

    levels: Mapping[str, Level] = Factory(dict)
    unit_kinds: Mapping[str, UnitKind] = Factory(dict)
    roles: Mapping[str, Role] = Factory(dict)
    community_kinds: Mapping[str, CommunityKind] = Factory(dict)
    membership_roles: Mapping[str, MembershipRole] = Factory(dict)
    relations: Mapping[str, Relation] = Factory(dict)
    characteristics: Mapping[str, Characteristic] = Factory(dict)
    frameworks: Mapping[str, Framework] = Factory(dict)
    event_kinds: Mapping[str, EventKind] = Factory(dict)
    participation_roles: Mapping[str, ParticipationRole] = Factory(dict)
    qualification_kinds: Mapping[str, QualificationKind] = Factory(dict)
    profile: str | None = None
    reference_day: str = "03-01"
    minimum_members: int = 3

    def __attrs_post_init__(self) -> None:
        """Refuse a vocabulary that contradicts itself."""
        if problems := list(_find_vocabulary_problems(self)):
            raise DocumentError("the vocabulary", problems)
        MonthDay.parse(self.reference_day)

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Vocabulary:
        """Build a vocabulary from a document that holds the whole of it.

        Raises:
            DocumentError: The document has unknown keys, wrong types, or contradicts itself.
        """
        return structure_document(document, cls, "vocabulary")

    def extended(self, document: Mapping[str, Any]) -> Vocabulary:
        """Return a vocabulary that adds to this one.

        A kind that is new needs all that its sort requires; one that exists takes a new label,
        further aliases, another minimum of members if it is a level, reversed items, a scale and
        wordings if it is a framework, and a word on whether it is a learning community if it is a kind
        of community: its meaning stays.

        Raises:
            DocumentError: A kind would change its meaning, or names clash.
        """
        own = asdict(self)
        for section, addition in document.items():
            if section in own and isinstance(addition, Mapping) and isinstance(own[section], dict):
                own[section] = _merge_section(section, own[section], addition)
            else:
                own[section] = addition
        return Vocabulary.from_document(own)

    def additions(self) -> dict[str, Any]:
        """Return the document with which the core vocabulary is `extended` to this one."""
        core = load_core_vocabulary()
        document: dict[str, Any] = {}
        for name in self.sections:
            was = core.section(name)
            changed = {k: v for k, v in self.section(name).items() if was.get(k) != v}
            if entries := {
                key: _write_kind_entry(kind, was.get(key)) for key, kind in changed.items()
            }:
                document[name] = entries
        for name in ("reference_day", "minimum_members"):
            if getattr(self, name) != getattr(core, name):
                document[name] = getattr(self, name)
        return document

    def to_document(self) -> dict[str, Any]:
        """Return the document that `from_document` builds this vocabulary from: the whole of it."""
        return asdict(self, filter=lambda _, value: value is not None)

    def find_conflicts(self, other: Vocabulary) -> Iterator[tuple[str, str]]:
        """Yield section and id of each kind that another vocabulary added and that means something else here.

        Labels, aliases, minimums and flags are no part of what a kind means.
        """
        core = load_core_vocabulary()
        for section in self.sections:
            own = self.section(section)
            for name, kind in other.section(section).items():
                here = None if name in core.section(section) else self.resolve(section, name)
                if here is not None and (
                    here != name or _read_kind_meaning(own[here]) != _read_kind_meaning(kind)
                ):
                    yield section, name

    def section(self, name: str) -> Mapping[str, Kind]:
        """Return the kinds of one section, such as ``"roles"``, by id."""
        kinds: Mapping[str, Kind] = getattr(self, name)
        return kinds

    def resolve(self, section: str, text: str) -> str | None:
        """Return the id that a text means: an id, an alias, or a label in either language.

        Case, spaces, hyphens and full stops do not matter: ``Tekn. servicemedarb.`` is
        ``tekn.servicemedarb``. Every letter does. A label that two kinds share means neither.
        """
        if text in self.section(section):
            return text
        exact = self.words(section).get(normalise_title(text))
        return exact or self._joined_words[section].get(join_title(text))

    @property
    def groupings(self) -> tuple[str, ...]:
        """What people can be grouped by, in one word."""
        return ("level", "role", *self.unit_kinds, *self.community_kinds)

    def sorts_of(self, *kinds: str, section: str = "community_kinds") -> tuple[str, ...]:
        """Return some kinds with all their sorts, and the sorts of those.

        A sort of a kind is that kind wherever kinds are named: a subject team is a team.

        Args:
            kinds: The kinds.
            section: Whose they are: ``"community_kinds"`` or ``"relations"``.
        """
        known = self.section(section)
        return tuple(
            kind for kind in known if {*kinds} & {*self.wider_kinds(kind, section=section)}
        )

    def wider_kinds(self, kind: str, *, section: str = "community_kinds") -> tuple[str, ...]:
        """Return a kind, what it is a sort of, and so on up.

        Args:
            kind: The kind.
            section: Whose it is: ``"community_kinds"`` or ``"relations"``.
        """
        known: Mapping[str, Any] = self.section(section)
        found: dict[str, None] = {}
        step: str | None = kind
        while step is not None and step in known and step not in found:
            found[step] = None
            step = known[step].sort_of
        return tuple(found)

    def level_of(self, kind: str) -> str | None:
        """Return the level of a kind of community, or of the nearest that it is a sort of."""
        levels = (self.community_kinds[name].level for name in self.wider_kinds(kind))
        return next((level for level in levels if level is not None), None)

    @cached_property
    def learning_kinds(self) -> tuple[str, ...]:
        """The kinds of community that are learning communities by what they are called."""
        flagged = [name for name, kind in self.community_kinds.items() if kind.learning]
        return self.sorts_of(*flagged)

    def words(self, section: str) -> Mapping[str, str]:
        """Return what each alias and label of a section means; ids mean themselves."""
        return self._meanings_by_section[section]

    @cached_property
    def _meanings_by_section(self) -> Mapping[str, Mapping[str, str]]:
        core = load_core_vocabulary()
        return {
            name: _collect_word_meanings(name, self.section(name), core.section(name))
            for name in self.sections
        }

    @cached_property
    def _joined_words(self) -> Mapping[str, Mapping[str, str]]:
        """The same by words without spaces, hyphens and full stops; what then means two kinds means none."""
        joined: dict[str, dict[str, str]] = {}
        for section, words in self._meanings_by_section.items():
            meant: dict[str, set[str]] = {}
            for word, kind in words.items():
                meant.setdefault(join_title(word), set()).add(kind)
            joined[section] = {
                word: kind for word, kinds in meant.items() if len(kinds) == 1 for kind in kinds
            }
        return joined

    @property
    def sections(self) -> tuple[str, ...]:
        """The names of the sections, such as ``"roles"``."""
        own = [attribute.name for attribute in fields(Vocabulary)]
        return tuple(name for name in own if isinstance(getattr(self, name), Mapping))

    @cached_property
    def required_levels(self) -> tuple[str, ...]:
        """The levels on which communities must exist, top first."""
        required = [(level.rank, name) for name, level in self.levels.items() if level.required]
        return tuple(name for _, name in sorted(required))

    @property
    def five_characteristics(self) -> tuple[str, ...]:
        """The characteristics that those of all frameworks answer to."""
        framework = self.frameworks.get(FIVE_CHARACTERISTICS)
        return () if framework is None else framework.characteristics

    @cached_property
    def reversed_items(self) -> tuple[str, ...]:
        """The items that any framework reverses: a question is worded one way, whoever reads it."""
        words = (word for framework in self.frameworks.values() for word in framework.reversed)
        return tuple(sorted(set(words)))


def is_kind_id(text: str) -> bool:
    """Tell whether a text can be the id of a kind: lower-case letters, digits and underscores."""
    return _KIND_ID.fullmatch(text) is not None


def normalise_title(title: str) -> str:
    """Fold case and white space, so that titles compare as people read them."""
    return " ".join(title.split()).casefold()


def join_title(title: str) -> str:
    """Fold a title further, without spaces, hyphens and full stops: no letter is lost.

    >>> join_title("Afd.-leder") == join_title("AFD. LEDER") == "afdleder"
    True
    """
    return _BETWEEN_LETTERS.sub("", title).casefold()


def suggest_word(word: str, known: Iterable[str], *, closeness: float = 0.6) -> str:
    """Return ``', did you mean "advice"?'`` for a near miss, else the empty text.

    Args:
        word: What was written.
        known: What could have been meant.
        closeness: How alike the two must be, 1 being the same.
    """
    close = get_close_matches(word, list(known), n=1, cutoff=closeness)
    return Hint("near.word", word=close[0]).say() if close else ""


def hint_at_word(word: str, known: Iterable[str]) -> Hint | None:
    """Return the same as a hint; None without a near miss."""
    close = get_close_matches(word, list(known), n=1)
    return Hint("near.word", word=close[0]) if close else None


@cache
def load_core_vocabulary() -> Vocabulary:
    """Return the vocabulary that every profile extends."""
    return Vocabulary.from_document(_load_core_document())


@cache
def _load_core_document() -> Mapping[str, Any]:
    text = resources.files("plfkit.model.words").joinpath("core.toml").read_text(encoding="utf-8")
    return parse_toml(text, "core.toml")


def _merge_section(
    section: str, kinds: dict[str, Any], addition: Mapping[str, Any]
) -> dict[str, Any]:
    merged = dict(kinds)
    for name, entry in addition.items():
        merged[name] = entry
        if name in kinds and isinstance(entry, Mapping):
            if problems := list(_find_bad_amendments(section, name, entry)):
                raise DocumentError("the vocabulary", problems)
            aliases = [*kinds[name].get("aliases", ()), *entry.get("aliases", ())]
            merged[name] = {**kinds[name], **entry, **({"aliases": aliases} if aliases else {})}
    return merged


def _write_kind_entry(kind: Kind, was: Kind | None) -> dict[str, Any]:
    """Write a kind as a document does: all of it, or what it adds to what was there."""
    entry = {key: value for key, value in asdict(kind).items() if value is not None}
    if was is None:
        return {key: _convert_tuples(value) for key, value in entry.items()}
    before = asdict(was)
    changed = {key: entry[key] for key in AMENDABLE_KEYS & set(entry) if entry[key] != before[key]}
    if "aliases" in changed:
        changed["aliases"] = changed["aliases"][len(before["aliases"]) :]
    return {key: _convert_tuples(value) for key, value in changed.items()}


def _read_kind_meaning(kind: Kind) -> dict[str, Any]:
    """Return what a profile may not say anew of a kind."""
    return {key: value for key, value in asdict(kind).items() if key not in AMENDABLE_KEYS}


def _convert_tuples(value: Any) -> Any:
    """Return a value as documents have it, with lists for tuples."""
    if isinstance(value, Mapping):
        return {key: _convert_tuples(inner) for key, inner in value.items()}
    return list(value) if isinstance(value, tuple) else value


def _find_bad_amendments(section: str, name: str, entry: Mapping[str, Any]) -> Iterator[Problem]:
    """Find what an entry would change of a kind that exists."""
    for key in sorted(set(entry) - AMENDABLE_KEYS):
        yield Problem(
            (section, name, key),
            f"{name} exists in the vocabulary it extends: it takes a new label and more aliases, "
            f"not {key}; give a new meaning a new id",
        )
    if not isinstance(entry.get("aliases", []), list):
        yield Problem((section, name, "aliases"), "expected a list of texts")


def _find_vocabulary_problems(vocabulary: Vocabulary) -> Iterator[Problem]:
    yield from _find_bad_kind_ids(vocabulary)
    yield from _find_id_clashes(vocabulary)
    for section, key, known in _REFERENCES:
        kinds = vocabulary.section(known)
        for name, kind in vocabulary.section(section).items():
            for word in _gather_named_words(getattr(kind, key)):
                if word not in kinds:
                    what = f"there is no such word in {known}: {word!r}{suggest_word(word, kinds)}"
                    yield Problem((section, name, key), what)
    yield from _find_misplaced_words(vocabulary)
    yield from _find_misplaced_items(vocabulary)
    yield from _find_kind_circles(vocabulary)
    yield from _find_unlike_sorts(vocabulary)
    titles: dict[str, str] = {}
    for title, role in _list_aliases("roles", vocabulary.roles, usual=False):
        other = titles.setdefault(title, role)
        if other != role:
            message = f"the alias {title!r} means both {other} and {role}"
            yield Problem(("roles", role, "aliases"), message)


def _gather_named_words(words: str | tuple[str, ...] | None) -> tuple[str, ...]:
    return words if isinstance(words, tuple) else () if words is None else (words,)


def _find_misplaced_words(vocabulary: Vocabulary) -> Iterator[Problem]:
    """Find keys and crosswalks of frameworks that name what is not there, or nothing."""
    five = vocabulary.five_characteristics
    for name, framework in vocabulary.frameworks.items():
        own = framework.characteristics
        for key in ("keys", "crosswalk"):
            for word in getattr(framework, key):
                if word not in own:
                    what = f"{name} has no such characteristic: {word!r}{suggest_word(word, own)}"
                    yield Problem(("frameworks", name, key, word), what)
        for word, items in framework.keys.items():
            if not items:
                what = "name an item, or leave the key out: then the characteristic is the item"
                yield Problem(("frameworks", name, "keys", word), what)
        for word, others in framework.crosswalk.items():
            for other in others:
                if other not in five:
                    near = suggest_word(other, five) or f": there are {', '.join(five)}"
                    what = f"{other!r} is none of {FIVE_CHARACTERISTICS}{near}"
                    yield Problem(("frameworks", name, "crosswalk", word), what)


def _find_misplaced_items(vocabulary: Vocabulary) -> Iterator[Problem]:
    """Find items that their framework does not have, or that another reads as they stand."""
    for name, framework in vocabulary.frameworks.items():
        own = [item for word in framework.characteristics for item in framework.list_items(word)]
        for key in ("reversed", "wordings"):
            for item in getattr(framework, key):
                if item not in own:
                    what = f"{name} has no such item: {item!r}{suggest_word(item, own)}"
                    yield Problem(("frameworks", name, key), what)
        for item in vocabulary.reversed_items:
            if item in chain(*framework.keys.values()) and item not in framework.reversed:
                what = (
                    f"{item!r} is reversed in another framework: a question is worded one way, so "
                    "reverse it here too, or give one of the two another name"
                )
                yield Problem(("frameworks", name, "reversed"), what)


def _find_kind_circles(vocabulary: Vocabulary) -> Iterator[Problem]:
    """Find kinds that are sorts of themselves, by way of others."""
    for section in _SORTED:
        kinds: Mapping[str, Any] = vocabulary.section(section)
        for name, kind in kinds.items():
            wider = vocabulary.wider_kinds(str(kind.sort_of), section=section)
            if kind.sort_of in kinds and name in wider:
                what = f"{name} would be a sort of itself: let one of the two be a sort of nothing"
                yield Problem((section, name, "sort_of"), what)


def _find_unlike_sorts(vocabulary: Vocabulary) -> Iterator[Problem]:
    """Find relations that cannot be a sort of what they name: their ties could not be its ties too."""
    for name, relation in vocabulary.relations.items():
        wider = vocabulary.relations.get(relation.sort_of or "")
        if wider is None:
            continue
        if relation.directed != wider.directed:
            which = {True: "runs from one person to another", False: "has no direction"}
            what = (
                f"{relation.sort_of} {which[wider.directed]}, {name} {which[relation.directed]}: a "
                "sort is told the same way, so let `directed` be the same in both"
            )
            yield Problem(("relations", name, "directed"), what)
        if relation.is_reported and not wider.is_reported:
            what = (
                f"{relation.sort_of} is known from a register, which holds all its ties: what people "
                f'report cannot add to it; let {name} have evidence = "register" too, or be a sort of '
                "nothing"
            )
            yield Problem(("relations", name, "evidence"), what)


def _find_bad_kind_ids(vocabulary: Vocabulary) -> Iterator[Problem]:
    for section in vocabulary.sections:
        for name in vocabulary.section(section):
            if not is_kind_id(name):
                yield Problem(
                    (section, name), "an id is lower-case letters, digits and underscores"
                )


def _collect_word_meanings(
    section: str, kinds: Mapping[str, Kind], core: Mapping[str, Kind]
) -> dict[str, str]:
    """Collect what words mean: usual titles, labels of one kind only, the core's too, aliases, ids."""
    labelled: dict[str, set[str]] = {}
    for name, kind in (*core.items(), *kinds.items()):
        for label in (kind.label.da, kind.label.en) if name in kinds else ():
            labelled.setdefault(normalise_title(label), set()).add(name)
    usual = {t: name for t, name in _list_aliases(section, kinds, usual=True) if t not in labelled}
    unique = {label: name for label, names in labelled.items() if len(names) == 1 for name in names}
    own = dict(_list_aliases(section, kinds, usual=False))
    return usual | unique | own | {normalise_title(name): name for name in kinds}


def _find_id_clashes(vocabulary: Vocabulary) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for section in _GROUPING:
        for name in vocabulary.section(section):
            if (other := seen.setdefault(name, section)) != section:
                message = (
                    f"{name!r} is an id in both {other} and {section}, which share one name space"
                )
                yield Problem((section, name), message)


def _list_aliases(
    section: str, kinds: Mapping[str, Kind], *, usual: bool
) -> Iterator[tuple[str, str]]:
    """Yield aliases with the kind they mean: the usual ones, or those that mean nothing else.

    What the core calls a kind beside its labels is usual: a profile may give it to another kind.
    """
    core = _load_core_document().get(section, {})
    for name, kind in kinds.items():
        labels = {normalise_title(kind.label.da), normalise_title(kind.label.en)}
        given = core.get(name, {}).get("aliases", ())
        for alias in getattr(kind, "aliases", ()):
            title = normalise_title(alias)
            if usual == (alias in given and title not in labels):
                yield title, name
