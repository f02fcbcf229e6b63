"""The contract: each check is kept by good profiles, and catches the one profile made to break it."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import attrs
import pytest
from click.testing import CliRunner

import plfkit
from plfkit import Profile, load_profile
from plfkit.cli import main
from plfkit.errors import ProfileError
from plfkit.graph import Snapshot
from plfkit.measures import measure
from plfkit.model.results.figures import build_figures
from plfkit.model.results.result import Result
from plfkit.model.words.kinds import Label
from plfkit.model.words.reasons import Reason
from plfkit.model.words.vocabulary import Vocabulary, load_core_vocabulary
from plfkit.profiles import FigureRow, Section, SectionContext, Text
from plfkit.testing import CHECKS, check_profile, parametrize_with_checks, run_checks

pytestmark = pytest.mark.slow

ABOUT: dict[str, Any] = {
    "label": Label("Eget tal", "A figure of its own"),
    "tells": Label("Noget", "Something"),
    "beware": Label("Intet", "Nothing"),
    "tables": ("persons",),
    "reference": "the test's own definition",
}
MEASURED_CHECK = "indicators_measured"
PURPOSE = {
    "purpose": {"da": "At lære", "en": "To learn"},
    "audience": {"da": "Alle", "en": "Everybody"},
    "limits": {"da": "Ingen", "en": "None"},
}


def good(**changes: Any) -> Profile:
    """A small profile that keeps the contract, with changes."""
    document = {
        "schema_version": 1,
        "id": "small",
        "label": {"da": "Lille Kommune", "en": "Small Municipality"},
        "goals": {"G": {"label": _text("Alle med"), "text": _text("Alle er med")}},
        "indicators": {"coverage": _indicator("membership_coverage", goal="G")},
        "claims": {
            "workshops": {
                "text": _text("Der var en workshop"),
                "certainty": "stated",
                "rule": {"counts": "events", "at_least": 1, "events": ["workshop"]},
            }
        },
        "purpose": PURPOSE,
    }
    return Profile.from_document({**document, **changes})


def _text(danish: str) -> dict[str, str]:
    return {"da": danish, "en": f"{danish}, in English"}


def _indicator(name: str, **more: Any) -> dict[str, Any]:
    return {"label": _text(f"Tal om {name}"), "measure": name, **more}


def measured(name: str, snapshot: Snapshot, **columns: Any) -> Result:
    """A result of a measure that the profile brings."""
    length = len(next(iter(columns.values())))
    about: dict[str, Any] = {"measure": name, "figure_class": "organisational", "scale": "count"}
    table = build_figures(length, **columns)
    return Result(figures=table, n=1, observed=1.0, at=str(snapshot.period), **about)


@measure(figure_class="organisational", scale="count", **ABOUT)
def sound(snapshot: Snapshot) -> Result:
    """Count the units: never undefined."""
    return measured("sound", snapshot, value=[float(len(snapshot.units))])


@measure(figure_class="organisational", scale="count", **ABOUT)
def repeating(snapshot: Snapshot) -> Result:
    """Give one key twice."""
    return measured("repeating", snapshot, part=["a", "a"], value=[1.0, 2.0])


@measure(figure_class="organisational", scale="count", **ABOUT)
def missing(snapshot: Snapshot) -> Result:
    """Give NaN, which is a missing value without a reason."""
    return measured("missing", snapshot, part=["a", "b"], value=[1.0, float("nan")])


@measure(figure_class="organisational", scale="count", **ABOUT)
def contradicting(snapshot: Snapshot) -> Result:
    """Give a value and a reason for having none."""
    return measured("contradicting", snapshot, value=[0.0], reason=["no_ties"])


@measure(figure_class="organisational", scale="count", **ABOUT)
def unexplained(snapshot: Snapshot) -> Result:
    """Give a reason that readers have no words for."""
    return measured("unexplained", snapshot, value=[None], reason=["full_moon"])


@measure(figure_class="organisational", scale="count", **ABOUT)
def raising(snapshot: Snapshot) -> Result:
    """Fail."""
    return measured("raising", snapshot, value=[float(snapshot.nothing)])  # type: ignore[attr-defined]


@measure(figure_class="organisational", scale="count", **ABOUT)
def empty_handed(snapshot: Snapshot) -> Result:
    """Give something else than a result."""
    return len(snapshot.units)  # type: ignore[return-value]


@measure(figure_class="participation", scale="index", **ABOUT)
def uncounted(snapshot: Snapshot) -> Result:
    """Leave out how many people the figure rests on."""
    return attrs.evolve(
        measured("uncounted", snapshot, value=[2.5]), figure_class="participation", scale="index"
    )


@measure(figure_class="organisational", scale="count", **ABOUT)
def naming(snapshot: Snapshot) -> Result:
    """Pass persons off as groups, where the gate does not look for them."""
    names = list(snapshot.persons.column("id").categories)
    return measured("naming", snapshot, part=names, value=[1.0] * len(names))


_calls = iter(range(1_000_000))


@measure(figure_class="organisational", scale="count", **ABOUT)
def moody(snapshot: Snapshot) -> Result:
    """Depend on how often it was asked."""
    return measured("moody", snapshot, value=[float(next(_calls))])


@measure(figure_class="organisational", scale="count", **ABOUT)
def silent(snapshot: Snapshot) -> Result:
    return measured("silent", snapshot, value=[1.0])


@attrs.frozen(kw_only=True)
class Extended(Profile):
    """A profile that holds more than its document."""

    motto: str = "Fremad"


def own(function: Callable[..., Result]) -> Profile:
    """A good profile with a measure of its own, and an indicator that uses it."""
    indicators = {
        "coverage": _indicator("membership_coverage", goal="G"),
        "own": _indicator(function.__name__),
    }
    return attrs.evolve(good(indicators=indicators), measures=(function,))


def smaller_vocabulary() -> Vocabulary:
    """The core without one of its relations."""
    core = load_core_vocabulary()
    relations = {name: kind for name, kind in core.relations.items() if name != "co_teaching"}
    return attrs.evolve(core, relations=relations, profile="small")


def other_rank() -> Vocabulary:
    """The core with a level moved to another place."""
    core = load_core_vocabulary()
    moved = {**core.levels, "administration": attrs.evolve(core.levels["administration"], rank=9)}
    return attrs.evolve(core, levels=moved, profile="small")


def words(section: str, name: str, **entry: Any) -> dict[str, Any]:
    return {"vocabulary": {section: {name: entry}}}


def extended() -> Profile:
    profile = good()
    values = {field.name: getattr(profile, field.name) for field in attrs.fields(Profile)}
    return Extended(**values)


PAIRS: dict[str, Any] = {"arguments": {"relation": "advice", "groups": "level"}}


def targeted(name: str, *, each: str | None = None, **more: Any) -> dict[str, Any]:
    """An indicator with a decided target, for each of some parts if they are named."""
    parts = {} if each is None else {"each": each}
    target = {"value": 0.5, "source": "decided", **parts}
    return _indicator(name, goal="G", direction="up", target=target, **more)


def dated(**more: Any) -> dict[str, Any]:
    """A share that shall fall to a tenth by 2027/28."""
    target = {"value": 0.1, "source": "decided", "by": "2027/28"}
    return _indicator("membership_coverage", goal="G", direction="down", target=target, **more)


def writing(function: Callable[[SectionContext], Section]) -> Profile:
    """The small profile with a section of its own."""
    return attrs.evolve(good(), sections=(function,))


def write_unknown(context: SectionContext) -> Section:
    """Name an indicator that is none."""
    del context
    return Section(Label("Titel", "Title"), (FigureRow("coverag"),))


def write_alike(context: SectionContext) -> Section:
    """Say the same in both languages."""
    del context
    return Section(Label("Alle", "Alle"), (FigureRow("coverage"),))


def write_hurting(context: SectionContext) -> Section:
    """Use a word that readers cannot bear."""
    del context
    said = Label("Ingen er isoleret", "Nobody is alone")
    return Section(Label("Titel", "Title"), (Text(said),))


def write_by_chance(context: SectionContext) -> Section:
    """Say something else each time."""
    del context
    letters = "".join(random.choices("abcdefghij", k=20))  # noqa: S311 - chance is what is tested
    return Section(Label("Titel", "Title"), (Text(Label(f"Da {letters}", f"En {letters}")),))


BROKEN: Mapping[str, Callable[[], Profile]] = {
    "both_languages": lambda: good(label={"da": "Lille", "en": "Lille"}),
    "vocabulary_extends_the_core": lambda: good(
        **words(
            "characteristics",
            "togetherness",
            label={"da": "SAMARBEJDE ", "en": "Togetherness"},
            about=_text("Vi er sammen"),
        )
    ),
    "aliases_resolve": lambda: good(
        **words("roles", "learning_guide", label=_text("Guide"), aliases=["Principal"])
    ),
    "levels_ordered": lambda: good(
        **words("levels", "district", label=_text("Distrikt"), rank=3, precedence=9)
    ),
    "measures_exist": lambda: good(
        indicators={"a": _indicator("membership_coverge", goal="G", figure_class="answers")}
    ),
    "arguments_fit": lambda: good(
        indicators={"a": _indicator("density", goal="G", arguments={"relaton": "advice"})}
    ),
    "targets_in_reach": lambda: good(
        indicators={
            "a": _indicator(
                "membership_coverage",
                goal="G",
                direction="up",
                target={"value": 100.0, "source": "proposed"},
            )
        }
    ),
    "claims_checkable": lambda: good(
        claims={"c": {"text": _text("Det går godt"), "certainty": "stated"}}
    ),
    "goals_evaluable": lambda: good(
        indicators={"a": _indicator("density", goal="G", arguments={"relation": "advise"})}
    ),
    "measures_are_sound": lambda: own(repeating),
    "people_counted": lambda: own(uncounted),
    "deterministic": lambda: own(moody),
    "privacy_floor_respected": lambda: good(privacy={"k": 4}),
    "purpose_stated": lambda: attrs.evolve(good(), purpose=None),
    "documented": lambda: own(silent),
    "words_for_readers": lambda: good(
        goals={"G": {"label": _text("Ingen er isoleret"), "text": _text("Alle er med")}}
    ),
    "round_trip": extended,
    "sections_hold": lambda: writing(write_unknown),
}
"""For each check a profile that breaks it, and nothing else."""

IMPORTING = """
import plfkit
{trace}

@plfkit.hookimpl
def plfkit_profile():
    return plfkit.load_profile({file!r})
"""


def failed(profile: Profile | str) -> set[str]:
    return {outcome.check.name for outcome in run_checks(profile).failures}


def test_good_profile() -> None:
    """Every check that applies to a file passes, and the report counts them."""
    report = check_profile(own(sound))
    assert report.run == len(CHECKS) - 1
    counts = f"{report.run - 1} passed, 1 advice, 1 not applicable"
    assert f"{report.run} checks of small: {counts}" in str(report)


def test_a_goal_without_a_leading_figure_gets_advice() -> None:
    """Nothing fails by it; the advice is the line to write, and is gone once that is written."""
    (advised,) = [one for one in run_checks(good()).outcomes if one.state == "advice"]
    assert 'goals.G names no leading figure: write leading = "coverage"' in advised.advice
    goal = {"label": _text("Alle med"), "text": _text("Alle er med"), "leading": "coverage"}
    assert "advice" not in {one.state for one in run_checks(good(goals={"G": goal})).outcomes}


@measure(figure_class="organisational", scale="count", **ABOUT)
def seeking(snapshot: Snapshot) -> Result:
    """Look for a word that stands in no profile."""
    return measured("seeking", snapshot, value=[None], reason=["not_registered"])


MEASURED = {
    "no_staff": _indicator(
        "qualification_share",
        goal="G",
        arguments={"kind": "coach_training", "role": "teacher", "level": "administration"},
    ),
    "one_unit": _indicator("cross_unit_contact", arguments={"relation": "advice"}),
    "needs_combined": _indicator(
        "cross_unit_contact", arguments={"relation": "advice"}, combined=True
    ),
    "not_surveyed": _indicator("response_rate", arguments={"relation": "reports_to"}),
}
"""An indicator for each reason why an example may have no figure."""


@pytest.mark.parametrize(
    ("reason", "remedy"),
    [
        ("no_staff", "See whether its arguments can hold together"),
        ("one_unit", "write combined = true"),
        ("needs_combined", "The profile says so itself"),
        ("not_surveyed", "show it by a case"),
    ],
)
def test_an_indicator_without_a_figure_gets_advice(reason: str, remedy: str) -> None:
    """Nothing fails by it; the advice says why there is none, and what to do."""
    coverage = _indicator("membership_coverage", goal="G")
    report = run_checks(good(indicators={"coverage": coverage, "i": MEASURED[reason]}))
    (advice,) = [o for o in report.outcomes if o.check.name == MEASURED_CHECK]
    assert (advice.state, report.failures) == ("advice", ())
    assert f"indicators.i: {MEASURED[reason]['measure']} gives no figure" in advice.advice
    words = Reason[reason.upper()].words
    assert words.en in advice.advice
    assert remedy in advice.advice
    assert words.da in advice.say_advice("da")


def test_a_measure_of_ones_own_without_a_figure_gets_advice() -> None:
    """The words that it looks for have to be arguments, for the example to have them."""
    (advice,) = [o for o in run_checks(own(seeking)).outcomes if o.check.name == MEASURED_CHECK]
    assert "(it is not registered). The example has the words that stand" in advice.advice


def test_advice_names_the_line(tmp_path: Path) -> None:
    """Of a file the line is told, in the language that was asked for."""
    file = tmp_path / "profile.toml"
    file.write_text(
        'schema_version = 1\nid = "town"\nlabel = { da = "By", en = "Town" }\n'
        '[indicators.across]\nlabel = { da = "På tværs", en = "Across" }\n'
        'measure = "cross_unit_contact"\narguments = { relation = "advice" }\n'
    )
    said = CliRunner().invoke(main, ["check-profile", str(file), "--lang", "da"]).stdout
    assert "profile.toml, linje 4 (indicators.across): cross_unit_contact giver intet tal" in said


@pytest.mark.parametrize("check", BROKEN)
def test_only_its_check_catches_a_broken_profile(check: str) -> None:
    """The profile made to break one check breaks that one alone, and gets advice."""
    report = run_checks(BROKEN[check]())
    assert [outcome.check.name for outcome in report.failures] == [check]
    assert report.failures[0].advice.strip()


@pytest.mark.parametrize(
    ("check", "profile"),
    [
        (
            "vocabulary_extends_the_core",
            lambda: attrs.evolve(good(), vocabulary=smaller_vocabulary()),
        ),
        ("vocabulary_extends_the_core", lambda: attrs.evolve(good(), vocabulary=other_rank())),
        ("words_for_readers", lambda: good(label={"da": "Under overvågning", "en": "Watched"})),
        ("words_for_readers", lambda: good(label={"da": "På niveau 5", "en": "On step five"})),
        ("both_languages", lambda: writing(write_alike)),
        ("words_for_readers", lambda: writing(write_hurting)),
        ("sections_hold", lambda: writing(write_by_chance)),
        ("measures_are_sound", lambda: own(missing)),
        ("measures_are_sound", lambda: own(contradicting)),
        ("measures_are_sound", lambda: own(unexplained)),
        ("measures_are_sound", lambda: own(naming)),
        ("goals_evaluable", lambda: own(raising)),
        ("goals_evaluable", lambda: own(empty_handed)),
        ("goals_evaluable", lambda: good(indicators={})),
        # A target for each school, of a measure that knows no schools.
        ("arguments_fit", lambda: good(indicators={"a": targeted("focus_chain", each="school")})),
        # A target for several figures: pairs of groups, in all and at each school.
        ("goals_evaluable", lambda: good(indicators={"a": targeted("block_density", **PAIRS)})),
        (
            "goals_evaluable",
            lambda: good(indicators={"a": targeted("block_density", each="school", **PAIRS)}),
        ),
        ("targets_in_reach", lambda: good(indicators={"a": dated(steps={"2026/27": 70.0})})),
        (
            "targets_in_reach",
            lambda: good(indicators={"a": dated(baseline={"value": 60, "period": "2024/25"})}),
        ),
    ],
)
def test_other_ways_to_break_a_check_are_caught_too(
    check: str, profile: Callable[[], Profile]
) -> None:
    """A kind of the core taken away, NaN, persons among the groups, targets that nothing meets."""
    assert check in failed(profile())


def test_a_measure_that_fails_is_told_with_its_line() -> None:
    """Whoever brought it can find it, and assessing goes on without it."""
    profile = own(raising)
    (advice,) = [
        o.advice for o in run_checks(profile).failures if o.check.name == "goals_evaluable"
    ]
    assert "the measure raising fails: AttributeError" in advice
    assert "test_contract.py, line" in advice
    card = plfkit.assess(plfkit.synthetic.municipality(profile, schools=2), profile)
    outcomes = {outcome.id: outcome for outcome in card.indicators}
    assert (outcomes["own"].verdict, outcomes["own"].reason) == ("not_measured", "refused")
    assert outcomes["coverage"].figure is not None


def test_every_check_breaks() -> None:
    """No check is there that nothing has ever failed."""
    on_plugins = {check.name for check in CHECKS if check.of_plugins}
    advising = {check.name for check in CHECKS if check.advises}
    assert {check.name for check in CHECKS} == set(BROKEN) | on_plugins | advising
    assert all(check.sentence.endswith(".") for check in CHECKS)


MOVING = "import os; os.chdir('/')"  # a file that is written afterwards lies elsewhere
TRACES = {
    "print('hello')": "prints",
    "import os; os.environ['PLF'] = '1'": "environment",
    MOVING: "working folder",
    "import sys; sys.path.append('/nowhere')": "sys.path",
    "import warnings; warnings.simplefilter('ignore')": "warnings",
    "import random; random.seed(1)": "random",
    "open('note.txt', 'w').close()": "writes files",
    "import signal; signal.signal(signal.SIGUSR1, signal.SIG_IGN)": "signals",
    "import logging; logging.basicConfig()": "logging",
    "import sys; sys.setrecursionlimit(5000)": "limits or settings",
    "import threading, time; threading.Thread(target=time.sleep, args=(1,)).start()": "threads",
}


@pytest.fixture
def installed(install_distribution: Any, tmp_path: Path) -> Callable[[str], None]:
    """Return a function that installs a good profile whose import leaves a trace."""

    def install(trace: str) -> None:
        file = tmp_path / "profile.toml"
        file.write_text(
            'schema_version = 1\nid = "fake"\n'
            'label = { da = "Falsk Kommune", en = "Fake Municipality" }\n'
            '[purpose]\npurpose = { da = "At lære", en = "To learn" }\n'
            'audience = { da = "Alle", en = "Everybody" }\nlimits = { da = "Ingen", en = "None" }\n'
        )
        install_distribution("plfkit-fake", IMPORTING.format(trace=trace, file=str(file)))

    return install


@pytest.mark.parametrize(
    "traces", [[MOVING], [trace for trace in TRACES if trace != MOVING]], ids=["moving", "others"]
)
def test_an_import_that_leaves_traces_is_caught(
    installed: Callable[[str], None],
    traces: list[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    """What a plug-in does to its surroundings while it is loaded is told, one by one."""
    monkeypatch.chdir(tmp_path)
    # This process loads it too, and is spared.
    lines = "".join(f"    {trace}\n" for trace in traces)
    installed(f"if __import__('os').getpid() != {os.getpid()}:\n{lines}")
    (failure,) = run_checks("fake").failures
    assert failure.check.name == "import_leaves_no_traces"
    assert [trace for trace in traces if TRACES[trace] not in failure.advice] == []


def test_an_installed_plug_in_keeps_all_checks(installed: Callable[[str], None]) -> None:
    """For a distribution the checks of imports and metadata run as well."""
    installed("")
    assert check_profile("fake").run == len(CHECKS)


def test_a_failure_may_be_expected_with_a_reason() -> None:
    """By argument or by the profile itself; the reason is told, and the profile passes."""
    reason = {"claims_checkable": "nobody knows yet how to count it"}
    report = check_profile(BROKEN["claims_checkable"](), expected_failures=reason)
    assert "1 expected failure" in str(report)
    assert "nobody knows yet" in str(report)
    claims = {"c": {"text": _text("Det går godt"), "certainty": "stated"}}
    assert check_profile(good(claims=claims, expected_failures=reason)).run == len(CHECKS) - 1


def test_expected_failure_missing() -> None:
    """Otherwise an expectation outlives its reason."""
    with pytest.raises(AssertionError, match="take it out of the expected failures"):
        check_profile(good(), expected_failures={"round_trip": "once it was so"})
    with pytest.raises(ProfileError, match='did you mean "round_trip"'):
        check_profile(good(), expected_failures={"round_trp": "a slip"})


@parametrize_with_checks(good(), "generic")
def test_checks_run_one_by_one(subject: Any, check: Any) -> None:
    """In pytest each check is a test with a name of its own."""
    check(subject)


def test_the_command_advises(tmp_path: Path) -> None:
    """The command tells what to do, and exits with 1 if something has to be done."""
    file = tmp_path / "profile.toml"
    file.write_text('schema_version = 1\nid = "town"\nlabel = { da = "By", en = "Town" }\n')
    done = CliRunner().invoke(main, ["check-profile", str(file)])
    assert done.exit_code == 1
    assert "there is no [purpose]: say what for" in done.stdout
    done = CliRunner().invoke(main, ["check-profile", "generic", "--format", "json"])
    document = json.loads(done.stdout)
    assert (done.exit_code, document["ok"]) == (0, True)
    assert {check["state"] for check in document["checks"]} == {
        "passed",
        "expected failure",
        "not applicable",
    }
    assert load_profile("generic").expected_failures.keys() == {"purpose_stated"}
