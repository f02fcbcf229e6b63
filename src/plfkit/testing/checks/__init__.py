"""The contract: what every profile must keep, one check each, with advice for those that do not."""

from __future__ import annotations

from collections.abc import Callable

from attrs import frozen

from plfkit.testing.checks import conduct, figures, kinds, measured, words
from plfkit.testing.subjects import Subject


@frozen
class Check:
    """One thing that a profile must keep.

    Attributes:
        name: Its name, by which a failure may be expected.
        sentence: What must be true.
        function: Raises AssertionError with advice if it is not.
        of_plugins: Whether it looks at how a distribution is imported, and so not at a file.
        advises: Whether a profile that does not keep it gets advice, and nothing worse.
    """

    name: str
    sentence: str
    function: Callable[[Subject], None]
    of_plugins: bool = False
    advises: bool = False

    def __call__(self, subject: Subject) -> None:
        """Check a subject.

        Raises:
            AssertionError: It does not keep it; the message says what to do.
        """
        self.function(subject)

    def applies_to(self, subject: Subject) -> bool:
        """Tell whether there is anything to check."""
        return not self.of_plugins or subject.distribution is not None


_OF_PLUGINS = (conduct.import_leaves_no_traces,)
_ADVISING = (kinds.names_current, figures.goals_lead, measured.indicators_measured)

CHECKS: tuple[Check, ...] = tuple(
    Check(
        function.__name__,
        (function.__doc__ or "").partition("\n")[0],
        function,
        of_plugins=function in _OF_PLUGINS,
        advises=function in _ADVISING,
    )
    for function in (
        words.both_languages,
        kinds.vocabulary_extends_the_core,
        kinds.aliases_resolve,
        kinds.names_current,
        kinds.levels_ordered,
        figures.measures_exist,
        figures.arguments_fit,
        figures.targets_in_reach,
        figures.claims_checkable,
        figures.goals_evaluable,
        figures.goals_lead,
        measured.indicators_measured,
        figures.measures_are_sound,
        figures.people_counted,
        figures.deterministic,
        conduct.import_leaves_no_traces,
        conduct.privacy_floor_respected,
        conduct.sections_hold,
        words.purpose_stated,
        words.documented,
        words.words_for_readers,
        conduct.round_trip,
    )
)
"""Every check of the contract, in the order in which they run."""
