"""The vocabulary: which levels, unit kinds, roles, community kinds and relations there are.

The core vocabulary stands in ``core.toml``. A profile adds kinds, relabels them and adds aliases; it
never removes one. Ids are lower_snake text; levels, roles, unit kinds and community kinds share one
name space, because `groups=` and `by=` name them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from attrs import Factory, asdict, fields, frozen

from plfkit.errors import DocumentError
from plfkit.model.caching import Caching, work_out_once
from plfkit.model.documents import structure_document
from plfkit.model.words.amending import (
    is_kind_key_written,
    merge_section,
    read_kind_meaning,
    update_references,
    write_kind_entry,
)
from plfkit.model.words.contradictions import find_vocabulary_problems
from plfkit.model.words.core import FIVE_CHARACTERISTICS, load_core_document
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
from plfkit.model.words.meanings import collect_word_meanings
from plfkit.model.words.titles import join_title, normalise_title
from plfkit.periods import MonthDay


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
        if problems := list(find_vocabulary_problems(self)):
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
        further aliases, titles taken from other kinds, ids that it had before, another minimum of
        members if it is a level, reversed items, a scale and wordings if it is a framework, and a word
        on whether it is a learning community if it is a kind of community: its meaning stays.

        Raises:
            DocumentError: A kind would change its meaning, or names clash.
        """
        own = asdict(self)
        for section, addition in document.items():
            if section in own and isinstance(addition, Mapping) and isinstance(own[section], dict):
                own[section] = merge_section(
                    section, own[section], addition, self.former_ids.get(section, {})
                )
            else:
                own[section] = addition
        update_references(own, self.former_ids)
        return Vocabulary.from_document(own)

    def additions(self) -> dict[str, Any]:
        """Return the document with which the core vocabulary is `extended` to this one."""
        core = load_core_vocabulary()
        document: dict[str, Any] = {}
        for name in self.sections:
            was = core.section(name)
            changed = {k: v for k, v in self.section(name).items() if was.get(k) != v}
            if entries := {
                key: write_kind_entry(kind, was.get(key)) for key, kind in changed.items()
            }:
                document[name] = entries
        for name in ("reference_day", "minimum_members"):
            if getattr(self, name) != getattr(core, name):
                document[name] = getattr(self, name)
        return document

    def to_document(self) -> dict[str, Any]:
        """Return the document that `from_document` builds this vocabulary from: the whole of it."""
        return asdict(self, filter=is_kind_key_written)

    def find_conflicts(self, other: Vocabulary) -> Iterator[tuple[str, str]]:
        """Yield section and id of each kind that another vocabulary added and that means something else here.

        Labels, aliases, minimums and flags are no part of what a kind means. A title that the other took
        from a kind is yielded too, in place of the id, where it means another kind here.
        """
        core = load_core_vocabulary()
        for section in self.sections:
            own = self.section(section)
            for name, kind in other.section(section).items():
                here = None if name in core.section(section) else self.resolve(section, name)
                if here is not None and (
                    (here != name and name not in own[here].formerly)
                    or read_kind_meaning(own[here]) != read_kind_meaning(kind)
                ):
                    yield section, name
                for word in kind.takes:
                    if self.resolve(section, word) not in {None, here or name}:
                        yield section, word

    def section(self, name: str) -> Mapping[str, Kind]:
        """Return the kinds of one section, such as ``"roles"``, by id."""
        kinds: Mapping[str, Kind] = getattr(self, name)
        return kinds

    def resolve(self, section: str, text: str) -> str | None:
        """Return the id that a text means: an id, of now or before, an alias, or a label in either language.

        Case, spaces, hyphens and full stops do not matter: ``Tekn. servicemedarb.`` is
        ``tekn.servicemedarb``. Every letter does. A label that two kinds share means neither.
        """
        current = self.find_current(text, section)
        if current in self.section(section):
            return current
        exact = self.words(section).get(normalise_title(text))
        return exact or self._joined_words[section].get(join_title(text))

    @property
    @work_out_once
    def former_ids(self) -> Mapping[str, Mapping[str, str]]:
        """For each section the ids that kinds had before, and their ids now."""
        return {
            section: {
                old: name for name, kind in self.section(section).items() for old in kind.formerly
            }
            for section in self.sections
        }

    def find_current(self, name: str, *sections: str) -> str:
        """Return what a kind is called now; a name that no kind had before comes back as it is.

        Args:
            name: An id, of now or of before.
            sections: Where it is looked for; everywhere if left out.
        """
        among = sections or self.sections
        if any(name in self.section(section) for section in among):
            return name
        found = {now for s in among if (now := self.former_ids[s].get(name)) is not None}
        return found.pop() if len(found) == 1 else name

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

    @property
    @work_out_once
    def learning_kinds(self) -> tuple[str, ...]:
        """The kinds of community that are learning communities by what they are called."""
        flagged = [name for name, kind in self.community_kinds.items() if kind.learning]
        return self.sorts_of(*flagged)

    def words(self, section: str) -> Mapping[str, str]:
        """Return what each alias and label of a section means; ids mean themselves."""
        return self._meanings_by_section[section]

    @property
    @work_out_once
    def _meanings_by_section(self) -> Mapping[str, Mapping[str, str]]:
        core = load_core_vocabulary()
        return {
            name: collect_word_meanings(name, self.section(name), core.section(name))
            for name in self.sections
        }

    @property
    @work_out_once
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

    @property
    @work_out_once
    def required_levels(self) -> tuple[str, ...]:
        """The levels on which communities must exist, top first."""
        required = [(level.rank, name) for name, level in self.levels.items() if level.required]
        return tuple(name for _, name in sorted(required))

    @property
    def five_characteristics(self) -> tuple[str, ...]:
        """The characteristics that those of all frameworks answer to."""
        framework = self.frameworks.get(FIVE_CHARACTERISTICS)
        return () if framework is None else framework.characteristics

    @property
    @work_out_once
    def reversed_items(self) -> tuple[str, ...]:
        """The items that any framework reverses: a question is worded one way, whoever reads it."""
        words = (word for framework in self.frameworks.values() for word in framework.reversed)
        return tuple(sorted(set(words)))


@cache
def load_core_vocabulary() -> Vocabulary:
    """Return the vocabulary that every profile extends."""
    return Vocabulary.from_document(load_core_document())
