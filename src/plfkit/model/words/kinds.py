"""What is known of one kind: a level, a role, a kind of unit, community, event or tie, as a value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import Factory, field, frozen


@frozen
class Label:
    """A text that readers see, in Danish and in English."""

    da: str
    en: str

    @classmethod
    def join(cls, labels: Sequence[Label], *, names: bool) -> Label:
        """Return what readers call several things together, as "Nord, Syd og Vest tilsammen".

        Args:
            labels: What each is called.
            names: Whether these are names, which keep their capitals behind the first.
        """
        head, *others = labels
        rest = others if names else [one.begin_small() for one in others]
        *first, last = head, *rest
        return cls(
            f"{', '.join(one.da for one in first)} og {last.da} tilsammen",
            f"{', '.join(one.en for one in first)} and {last.en} together",
        )

    def begin_small(self) -> Label:
        """Return the same without a capital, to stand within a sentence."""
        return Label(*(text[:1].lower() + text[1:] for text in (self.da, self.en)))

    def __getitem__(self, language: str) -> str:
        return {"da": self.da, "en": self.en}[language]

    def _ipython_key_completions_(self) -> list[str]:
        return ["da", "en"]


@frozen
class Kind:
    """What every kind has.

    Attributes:
        label: What readers call it.
        takes: Titles and labels of another kind, of the core's for one, that mean this kind here and
            no longer that one, whatever their case and spacing.
        formerly: Ids that it had before: wherever they still stand they mean this kind.
    """

    label: Label
    takes: tuple[str, ...] = field(default=(), kw_only=True)
    formerly: tuple[str, ...] = field(default=(), kw_only=True)


@frozen
class Level(Kind):
    """An organisational level of the school system.

    Attributes:
        rank: Its place from the top, 0 first.
        precedence: Which position counts where a person may have only one level: lowest first.
        required: Whether communities must exist here for the level to count as anchored.
        minimum_members: How many members make a community one of this level.
        municipal: Whether the level belongs to the municipality as a whole, not to each school.
    """

    rank: int
    precedence: int
    required: bool = False
    minimum_members: int = 3
    municipal: bool = False


@frozen
class UnitKind(Kind):
    """What a unit is: a municipality, a school, a department."""


@frozen
class Role(Kind):
    """What a position is held as.

    Attributes:
        level: The level it belongs to, or None for those outside the levels.
        resource_person: Whether its holders support their colleagues' practice.
        staff: Whether its holders count as staff in coverage.
        aliases: Job titles that mean this role, whatever their case and spacing.
    """

    level: str | None = None
    resource_person: bool = False
    staff: bool = True
    aliases: tuple[str, ...] = ()


@frozen
class CommunityKind(Kind):
    """What a community is: a learning community, a team, a learning centre.

    Attributes:
        level: The level it always belongs to; None means that of the kind it is a sort of, or else
            every level with enough members in it.
        sort_of: The kind that it is a sort of, as a grade team is of team: wherever that one is
            named it is meant too.
        learning: Whether such a community is a learning community by what it is called; its sorts are
            then too. Any other is one by what it says of itself.
    """

    level: str | None = None
    sort_of: str | None = None
    learning: bool = False


@frozen
class MembershipRole(Kind):
    """What a member is in a community.

    Attributes:
        aliases: Other words for it, whatever their case and spacing.
    """

    aliases: tuple[str, ...] = ()


@frozen
class Relation(Kind):
    """What a tie means.

    Attributes:
        directed: Whether the tie runs from one person to another; the label says which.
        evidence: ``"survey"`` if people report it, which is taken where nothing is said;
            ``"register"`` if the files hold all of them.
        sort_of: The relation that it is a sort of, as advice on reading is of advice: a tie of the sort
            is a tie of that one too, and nobody has the sort to somebody to whom they lack that one.
    """

    directed: bool
    evidence: str = field(default="survey")
    sort_of: str | None = None

    @evidence.validator
    def _check_evidence_word(self, _attribute: object, value: str) -> None:
        if value not in {"survey", "register"}:
            raise ValueError('evidence is "survey" or "register"')

    @property
    def is_reported(self) -> bool:
        """Whether it is known because people report it."""
        return self.evidence == "survey"


@frozen
class Characteristic(Kind):
    """What a professional learning community is recognised by.

    Attributes:
        about: What that means, for people who assess their own community.
    """

    about: Label


@frozen
class AnswerScale:
    """The whole numbers from which an answer is chosen.

    Attributes:
        lowest: The least answer.
        highest: The greatest answer.
        about: What the numbers mean, for those who answer.
    """

    lowest: int
    highest: int = field()
    about: Label

    @highest.validator
    def _check_direction(self, _attribute: object, value: int) -> None:
        if value <= self.lowest:
            raise ValueError("the greatest answer lies above the least")


@frozen
class Framework(Kind):
    """A way to describe what makes a professional learning community.

    Attributes:
        characteristics: What it recognises one by, in its own order.
        reference: Where it comes from.
        keys: The items that measure each characteristic; its own id is the item if left out.
        crosswalk: Which of the five characteristics each of its own answers to, if any.
        reversed: The items that are worded against the others: their answers are turned before
            anything is computed, wherever they are read.
        scale: The scale on which the template asks; 1 to 4 if left out. Data say theirs themselves.
        wordings: How items are worded, where that may be told; a characteristic that is its own item
            is called by its label.
    """

    characteristics: tuple[str, ...]
    reference: str
    keys: Mapping[str, tuple[str, ...]] = Factory(dict)
    crosswalk: Mapping[str, tuple[str, ...]] = Factory(dict)
    reversed: tuple[str, ...] = ()
    scale: AnswerScale | None = None
    wordings: Mapping[str, Label] = Factory(dict)

    def list_items(self, characteristic: str) -> tuple[str, ...]:
        """Return the items that measure a characteristic."""
        return self.keys.get(characteristic, (characteristic,))

    @property
    def all_items(self) -> frozenset[str]:
        """The items that measure any of its characteristics."""
        return frozenset(i for word in self.characteristics for i in self.list_items(word))


@frozen
class EventKind(Kind):
    """What took place: a meeting, a visit, a training day.

    Attributes:
        characteristics: The characteristics that such an event is evidence for.
        meeting: Whether it is a meeting of colleagues about their work, as communities hold them.
    """

    characteristics: tuple[str, ...] = ()
    meeting: bool = False


@frozen
class ParticipationRole(Kind):
    """What somebody is in an event."""


@frozen
class QualificationKind(Kind):
    """What somebody is trained in."""
