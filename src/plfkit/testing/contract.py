"""Holding profiles to the contract: in a test, check by check, or all at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from attrs import frozen

from plfkit.errors import ProfileError, say_error
from plfkit.hints import Hint, Language
from plfkit.model.words.titles import suggest_word
from plfkit.profiles import Profile
from plfkit.testing.checks import CHECKS, Check
from plfkit.testing.subjects import Subject

PASSED, FAILED = "passed", "failed"
EXPECTED, UNEXPECTED = "expected failure", "passes against expectation"
NOT_APPLICABLE, ADVISED = "not applicable", "advice"
_LEFT_OVER = "take it out of the expected failures"


@frozen
class Outcome:
    """What became of one check.

    Attributes:
        check: The check.
        state: ``"passed"``, ``"failed"``, ``"advice"``, ``"expected failure"``,
            ``"passes against expectation"`` or ``"not applicable"``.
        told: What to do, or why the failure is expected, for a reader of either language.
    """

    check: Check
    state: str
    told: Hint | None = None

    @property
    def advice(self) -> str:
        """What to do, or why the failure is expected, in English."""
        return self.say_advice("en")

    def say_advice(self, language: Language) -> str:
        """Say what to do, or why the failure is expected.

        Args:
            language: ``"da"`` or ``"en"``; most checks advise in English only.
        """
        return "" if self.told is None else self.told.say(language=language)


@frozen
class ContractReport:
    """What became of a profile under the contract.

    Attributes:
        subject: What was checked.
        outcomes: One for each check.
    """

    subject: str
    outcomes: tuple[Outcome, ...]

    @property
    def run(self) -> int:
        """How many checks were run."""
        return sum(outcome.state != NOT_APPLICABLE for outcome in self.outcomes)

    @property
    def failures(self) -> tuple[Outcome, ...]:
        """Checks that failed, or that passed although a failure was expected."""
        return tuple(o for o in self.outcomes if o.state in {FAILED, UNEXPECTED})

    def __str__(self) -> str:
        return self.say()

    def say(self, *, language: Language = "en") -> str:
        """Say what became of each check, its advice below it; checks themselves are told in English.

        Args:
            language: Of the advice: ``"da"`` or ``"en"``.
        """
        counts = [
            f"{sum(outcome.state == state for outcome in self.outcomes)} {state}"
            for state in (PASSED, FAILED, ADVISED, EXPECTED, UNEXPECTED, NOT_APPLICABLE)
            if any(outcome.state == state for outcome in self.outcomes)
        ]
        total = f"{self.run} checks of {self.subject}: {', '.join(counts)}"
        return "\n".join([*_write_outcome_lines(self.outcomes, language), total])


def _write_outcome_lines(outcomes: Iterable[Outcome], language: Language) -> Iterator[str]:
    for outcome in outcomes:
        yield f"{outcome.state:<16}  {outcome.check.name}: {outcome.check.sentence}"
        yield from (f"{'':<16}    {line}" for line in outcome.say_advice(language).splitlines())


def run_checks(
    source: Profile | str | Path, *, expected_failures: Mapping[str, str] | None = None
) -> ContractReport:
    """Run every check of the contract on a profile.

    Args:
        source: A profile, the name of an installed one, or the path of a ``profile.toml``.
        expected_failures: Names of checks that fail for now, and why; those that the profile itself
            expects if left out.

    Raises:
        ProfileError: The profile cannot be loaded, or there is no such check.
    """
    subject = Subject.of(source)
    expected = _check_expected_failures(subject.profile, expected_failures)
    return ContractReport(
        subject.name,
        tuple(_judge_contract_check(subject, check, expected.get(check.name)) for check in CHECKS),
    )


def check_profile(
    source: Profile | str | Path, *, expected_failures: Mapping[str, str] | None = None
) -> ContractReport:
    """Hold a profile to the contract, and tell how many checks were run.

    It is `run_checks` for tests: a check that fails raises.

    Args:
        source: The profile, as `run_checks` takes it.
        expected_failures: What fails for now, as `run_checks` takes it.

    Raises:
        AssertionError: A check failed, or passed although a failure was expected; each with advice.
        ProfileError: The profile cannot be loaded, or there is no such check.
    """
    report = run_checks(source, expected_failures=expected_failures)
    if report.failures:
        raise AssertionError(f"{report.subject} breaks the contract:\n{report}")
    return report


def parametrize_with_checks(
    *sources: Profile | str | Path, expected_failures: Mapping[str, str] | None = None
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Run a pytest test once for every check and profile, with the arguments `subject` and `check`.

    A failure that is expected is marked so, strictly: once it passes, the test says that nothing is
    left to expect. A check that only advises is no test.

    Args:
        sources: Profiles, names of installed ones, or paths.
        expected_failures: Names of checks that fail for now, and why; those that each profile itself
            expects if left out.

    Examples:
        >>> from plfkit.testing import parametrize_with_checks
        >>> @parametrize_with_checks("generic")
        ... def test_contract(subject, check):
        ...     check(subject)

    Raises:
        ProfileError: A profile cannot be loaded, or there is no such check.
    """
    import pytest  # noqa: PLC0415 - an extra; checking without it is fine

    cases = []
    for subject in map(Subject.of, sources):
        expected = _check_expected_failures(subject.profile, expected_failures)
        for check in CHECKS:
            if check.advises or not check.applies_to(subject):
                continue
            reason = expected.get(check.name)
            marks = [] if reason is None else [pytest.mark.xfail(reason=reason, strict=True)]
            name = f"{subject.profile.id}-{check.name}"
            cases.append(pytest.param(subject, check, marks=marks, id=name))
    return pytest.mark.parametrize(("subject", "check"), cases)


def _check_expected_failures(
    profile: Profile, given: Mapping[str, str] | None
) -> Mapping[str, str]:
    expected = profile.expected_failures if given is None else given
    known = [check.name for check in CHECKS]
    for name, reason in expected.items():
        if not reason.strip():
            raise ProfileError(f"expected_failures: say why {name} fails")
        if name not in known:
            hint = suggest_word(name, known) or f"; there are {', '.join(known)}"
            raise ProfileError(f"expected_failures: there is no check {name!r}{hint}")
    return expected


def _judge_contract_check(subject: Subject, check: Check, reason: str | None) -> Outcome:
    if not check.applies_to(subject):
        return Outcome(check, NOT_APPLICABLE, Hint.of("it looks at plug-ins, and this is none"))
    problem = _find_contract_problem(subject, check)
    if problem is None:
        return (
            Outcome(check, PASSED)
            if reason is None
            else Outcome(check, UNEXPECTED, Hint.of(_LEFT_OVER))
        )
    if reason is None:
        return Outcome(check, ADVISED if check.advises else FAILED, problem)
    return Outcome(check, EXPECTED, Hint("contract.lines", lines=(f"{reason}:", problem)))


def _find_contract_problem(subject: Subject, check: Check) -> Hint | None:
    try:
        check(subject)
    except AssertionError as error:
        return Hint.of(error)
    except Exception as error:  # noqa: BLE001 - a measure of the profile's own may raise anything
        return Hint.of(f"it raises {say_error(error)}")
    return None
