"""Four hooks: each brings what it should, and one that is wrong costs only what it would have brought."""

from __future__ import annotations

import json
import re
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import get_type_hints

import pytest
from attrs import fields
from attrs.exceptions import FrozenInstanceError
from click.testing import CliRunner
from reference_pages.hooks import EXAMPLES, PAGES

import plfkit
from plfkit.cli import main
from plfkit.errors import PluginError, PluginWarning, SetAside
from plfkit.profiles import hooks
from plfkit.profiles.calling import HOOKS, write_signature
from plfkit.report import collect_own_sections

Install = Callable[..., Path]

EXAMPLE = {page.name: (EXAMPLES / page.example).read_text(encoding="utf-8") for page in PAGES}
MANIFEST = (EXAMPLES / "profile.toml").read_text(encoding="utf-8")
PAYROLL = "LON|enhed|stilling\nBB|north|Lærer\nCC|north|Skoleleder\n".encode("cp1252")


@pytest.fixture
def put_on_path(install_distribution: Install) -> Callable[..., Path]:
    """Return a function that installs the example's plug-in with the code of further hooks."""

    def put(*more: str, profile: str = EXAMPLE["plfkit_profile"]) -> Path:
        code = "\n".join([profile, *more])
        requires = ("plfkit>=0.1",)
        site = install_distribution(
            "plfkit-exampletown", code, profile="exampletown", requires=requires
        )
        (site / "profile.toml").write_text(MANIFEST, encoding="utf-8")
        return site

    return put


def load_with_problems() -> tuple[plfkit.Profile, list[SetAside]]:
    """Load the example's profile, and return it with what is set aside."""
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        profile = plfkit.load_profile("exampletown")
    assert all(isinstance(one.message, PluginWarning) for one in told)
    return profile, [one.message.set_aside for one in told]  # type: ignore[union-attr] # as is shown


def test_signatures_on_the_page(root: Path) -> None:
    """The page has each hook as the code declares it, and a row for each field of its context."""
    page = (root / "docs/reference/hooks.md").read_text(encoding="utf-8")
    written = re.findall(r"^`(plfkit_\w+\(.*)`$", page, re.MULTILINE)
    assert written == [write_signature(name) for name in HOOKS]
    assert set(HOOKS) == {name for name in vars(hooks) if name.startswith("plfkit_")}
    for name in HOOKS:
        section = page.partition(f"## {name}\n")[2].partition("\n## ")[0]
        for field in fields(get_type_hints(getattr(hooks, name))["context"]):
            assert re.search(rf"^\| `{field.name}` \| `[^`]+` \| \w", section, re.MULTILINE)
        assert EXAMPLE[name].strip() in section


def test_an_example_of_each_hook_works(put_on_path: Callable[..., Path]) -> None:
    """One plug-in with all four is listed, loaded and used: figures, a file of its own, a section."""
    put_on_path(*(EXAMPLE[name] for name in HOOKS[1:]))
    profile, problems = load_with_problems()
    assert not problems
    org = plfkit.read(PAYROLL, profile=profile)
    assert [(one.person, one.unit, one.role) for one in org.positions] == [
        ("BB", "north", "teacher"),
        ("CC", "north", "principal"),
    ]
    example = plfkit.synthetic.municipality(profile, schools=3)
    released = plfkit.release(plfkit.assess(example, profile), profile.privacy)
    [counted] = [one for one in released.content.indicators if one.id == "E1b"]
    assert counted.figure is not None
    own = collect_own_sections(released)
    assert [section.title.en for section in own.sections] == ["Thanks to all"]


@pytest.mark.parametrize("name", HOOKS)
def test_each_example_stands_alone(put_on_path: Callable[..., Path], name: str) -> None:
    """The profile's example is a plug-in, and any other hook is added to it without the rest."""
    put_on_path(*([] if name == "plfkit_profile" else [EXAMPLE[name]]))
    profile, problems = load_with_problems()
    assert not problems
    brought = [key for key in ("measures", "readers", "sections") if getattr(profile, key)]
    assert brought == ([] if name == "plfkit_profile" else [name.removeprefix("plfkit_")])


def test_contexts_say_whose_it_is(put_on_path: Callable[..., Path]) -> None:
    """Each hook is told distribution, version, folder and what came before, and can change none of it."""
    code = """
import plfkit
seen = []

@plfkit.hookimpl
def plfkit_profile(context):
    seen.append(context)
    return plfkit.load_profile(context.folder / "profile.toml")
"""
    others = "".join(
        f"@plfkit.hookimpl\ndef {name}(context):\n    seen.append(context)\n    return ()\n"
        for name in HOOKS[1:]
    )
    site = put_on_path(others, "plfkit_seen = seen", profile=code)
    profile, _ = load_with_problems()
    [module] = [one for one in [*sys.modules.values()] if hasattr(one, "plfkit_seen")]
    first, *rest = module.plfkit_seen
    assert (first.id, first.distribution, first.version) == (
        "exampletown",
        "plfkit-exampletown",
        "1.0",
    )
    assert all(one.profile == profile for one in rest)
    for one, name in zip(module.plfkit_seen, HOOKS, strict=True):
        assert type(one) is get_type_hints(getattr(hooks, name))["context"]
        assert (one.folder / "profile.toml").read_text(encoding="utf-8") == MANIFEST
        assert one.folder == site
        with pytest.raises(FrozenInstanceError):
            one.version = "2.0"


def test_a_package_has_its_own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the module is a package, the folder is the package's, also of an entry below it."""
    package = tmp_path / "plfkit_nested_fake"
    (package / "inner").mkdir(parents=True)
    (package / "__init__.py").write_text("")
    (package / "inner/__init__.py").write_text("")
    (package / "inner/hooks.py").write_text(EXAMPLE["plfkit_profile"])
    (package / "inner/profile.toml").write_text(MANIFEST, encoding="utf-8")
    info = tmp_path / "plfkit_nested_fake-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: plfkit-nested-fake\nVersion: 1\n")
    entry = "[plfkit.profiles]\nexampletown = plfkit_nested_fake.inner.hooks\n"
    (info / "entry_points.txt").write_text(entry)
    monkeypatch.syspath_prepend(str(tmp_path))
    assert plfkit.load_profile("exampletown").label.en == "Exampletown"


def test_a_hook_without_its_context(put_on_path: Callable[..., Path]) -> None:
    """Who needs no context leaves it out, and what evolve gave is not brought twice."""
    profile = """
from attrs import evolve
import plfkit
from pathlib import Path

@plfkit.hookimpl
def plfkit_profile():
    read = plfkit.load_profile(Path(__file__).with_name("profile.toml"))
    return evolve(read, measures=(community_count,))
"""
    put_on_path(EXAMPLE["plfkit_measures"].replace("context: MeasuresContext", ""), profile=profile)
    loaded, problems = load_with_problems()
    assert not problems
    assert [one.__name__ for one in loaded.measures] == ["community_count"]


MARK = "import plfkit, sys\n@plfkit.hookimpl\n"
WRONG = {
    "raising": ("(context):\n    1 / 0", "ZeroDivisionError: division by zero"),
    "exiting": ("(context):\n    sys.exit(3)", "it ends the program"),
    "other_arguments": ("(context, extra):\n    return []", "extra"),
    "needed_keyword": ("(context, *, extra):\n    return []", "extra"),
    "nothing": ("(context):\n    pass", "it gives nothing, not a list"),
    "text": ("(context):\n    return 'many'", "it gives str, not a list"),
    "yielding": ("(context):\n    yield", "it gives generator, not a list"),
    "a_profile": ("(context):\n    return context.profile", "it gives Profile, not a list"),
    "broken_error": (
        "(context):\n    raise type('Mute', (Exception,), {'__str__': lambda self: 1})()",
        "it does not say what is wrong",
    ),
}


@pytest.mark.parametrize("name", HOOKS[1:])
@pytest.mark.parametrize("wrong", WRONG)
def test_broken_hook(put_on_path: Callable[..., Path], name: str, wrong: str) -> None:
    """Whatever one hook does wrong, the profile and what the others bring are there, and it is said."""
    code, reason = WRONG[wrong]
    others = [EXAMPLE[other] for other in HOOKS[1:] if other != name]
    put_on_path(*others, f"{MARK}def {name}{code}\n")
    profile, [problem] = load_with_problems()
    assert (problem.profile, problem.distribution, problem.version, problem.part) == (
        "exampletown",
        "plfkit-exampletown",
        "1.0",
        name,
    )
    assert reason in problem.reason
    assert problem.remedy
    brought = {key for key in ("measures", "readers", "sections") if getattr(profile, key)}
    assert brought == {"measures", "readers", "sections"} - {name.removeprefix("plfkit_")}


BESIDE = """
from attrs import evolve
import plfkit
from plfkit.profiles import Profile, Reader

class Own(Profile): pass
class OwnReader(Reader):
    def __init__(self):
        super().__init__(name="own", label=plfkit.Label("a", "b"), read=list, suffixes=".own")

@plfkit.hookimpl
def plfkit_profile(context):
    read = plfkit.load_profile(context.folder / "profile.toml")
    return {given}
"""


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ("evolve(read, readers=('payroll',))", "readers holds plfkit.profiles.Reader, not str"),
        ("evolve(read, readers=(OwnReader(),))", "Reader, not OwnReader"),
        ("evolve(read, readers=None)", "'readers' must be <class 'tuple'>"),
        ("evolve(read, measures=(7,))", "'measures' must be callable"),
        ("evolve(read, sections=(one for one in ()))", "'sections' must be <class 'tuple'>"),
        ("object.__new__(Own)", "its hook gives Own, not a Profile"),
    ],
)
def test_what_a_profile_may_not_hold(
    put_on_path: Callable[..., Path], given: str, reason: str
) -> None:
    """What a profile brings itself is held to what it is: else the profile is set aside, with why."""
    put_on_path(profile=BESIDE.format(given=given))
    with pytest.raises(PluginError, match=re.escape(reason)):
        plfkit.load_profile("exampletown")


def test_a_hook_changes_nothing_of_anybody(put_on_path: Callable[..., Path]) -> None:
    """The words that it is told are shared with every other profile: it cannot change them."""
    code = "(context):\n    context.profile.vocabulary.roles['x'] = 1\n    return []\n"
    put_on_path(f"{MARK}def plfkit_measures{code}")
    profile, [problem] = load_with_problems()
    assert "cannot be changed" in problem.reason
    assert "x" not in profile.vocabulary.roles


@pytest.mark.parametrize(
    ("hook", "reason"),
    [
        (MARK + "def plfkit_reader(context): return []", 'did you mean "plfkit_readers"?'),
        (MARK + "def plfkit_extras(context): return []", "unknown hook 'plfkit_extras'"),
        ("def plfkit_readers(context): return []", "is not marked with @plfkit.hookimpl"),
    ],
)
def test_a_hook_that_is_none(put_on_path: Callable[..., Path], hook: str, reason: str) -> None:
    """A misspelt name gets the nearest one, and a function that is not marked is told of."""
    put_on_path(EXAMPLE["plfkit_measures"], hook)
    profile, [problem] = load_with_problems()
    assert reason in problem.reason
    assert "plfkit_readers(context: ReadersContext) -> Sequence[Reader]" in problem.remedy
    assert profile.measures


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ("[len]", "it is no measure"),
        ("[community_count, 7]", "it is no measure"),
        ("[community_count, other]", "another measure has the same name"),
    ],
)
def test_things_are_judged_one_by_one(
    put_on_path: Callable[..., Path], given: str, reason: str
) -> None:
    """What is no measure is set aside alone; of two with one name neither is trusted."""
    measures = EXAMPLE["plfkit_measures"].replace("[community_count]", given)
    other = """
@measure(label=plfkit.Label("a", "b"), tells=plfkit.Label("a", "b"), beware=plfkit.Label("a", "b"),
         figure_class="organisational", tables=(), reference="r")
def other(snapshot): ...
other.__name__ = "community_count"
"""
    put_on_path(measures, other)
    profile, problems = load_with_problems()
    assert all(reason in problem.reason for problem in problems)
    assert [len(problems), len(profile.measures)] == {
        "[len]": [1, 0],
        "[community_count, 7]": [1, 1],
        "[community_count, other]": [2, 0],
    }[given]


READERS = """
from plfkit.profiles import Reader
import plfkit

def read(file): return []

@plfkit.hookimpl
def plfkit_readers():
    label = plfkit.Label("Egen", "Own")
    return [
        Reader(name="csv", label=label, read=read, suffixes=".lon"),
        Reader(name="Big Town", label=label, read=read, suffixes=".lon"),
        Reader(name="tables", label=label, read=read, suffixes=[".csv"]),
        Reader(name="nothing", label=label, read=read),
        Reader(name="all", label=label, read=read, begins=b""),
        Reader(name="odd", label=label, read=read, suffixes="LON"),
        Reader(name="twice", label=label, read=read, suffixes=".a"),
        Reader(name="twice", label=label, read=read, suffixes=".b"),
        Reader(name="good", label=label, read=read, suffixes=".lon"),
        Reader(name="marked", label=label, read=read, suffixes=".csv", begins=b"LON"),
        "payroll",
    ]
"""


def test_readers_that_take_what_is_not_theirs(put_on_path: Callable[..., Path]) -> None:
    """The name or the files of a core format, no files, all files: each is set aside with its reason."""
    put_on_path(READERS)
    profile, problems = load_with_problems()
    assert [(one.name, one.owner) for one in profile.readers] == [
        ("good", "plfkit-exampletown 1.0"),
        ("marked", "plfkit-exampletown 1.0"),
    ]
    assert [(problem.part, problem.reason.partition(":")[0]) for problem in problems] == [
        ("the reader 'csv'", "that is the name of one of plfkit's own formats"),
        (
            "the reader 'Big Town'",
            "its name 'Big Town' is not lower-case letters, digits and underscores",
        ),
        ("the reader 'tables'", "files that end in .csv are plfkit's own"),
        ("the reader 'nothing'", "it does not say which files are its own"),
        ("the reader 'all'", "it does not say which files are its own"),
        ("the reader 'odd'", "the suffix 'LON' is not written as '.lon'"),
        ("the reader 'twice'", "another reader has the same name"),
        ("the reader 'twice'", "another reader has the same name"),
        ("the reader 'str'", "it is no plfkit.profiles.Reader, but str"),
    ]


DENSITY = EXAMPLE["plfkit_measures"].replace("community_count", "density")


def test_a_measure_named_as_one_of_plfkits(put_on_path: Callable[..., Path]) -> None:
    """It is set aside where measures are gathered, and the command goes on with plfkit's own."""
    put_on_path(DENSITY)
    profile, problems = load_with_problems()
    assert not problems
    example = plfkit.synthetic.municipality(profile, schools=3)
    with pytest.warns(PluginWarning, match="the measure 'density' of the profile 'exampletown' of"):
        plfkit.assess(example, profile)
    done = CliRunner().invoke(main, ["measures", "--profile", "exampletown", "--format", "json"])
    assert done.exit_code == 0
    assert "plfkit has a measure of that name" in done.stderr
    names = [one["name"] for one in json.loads(done.stdout)["measures"]]
    assert names.count("density") == 1


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no other plug-in be tried: each is a process."""
    monkeypatch.setenv("PLFKIT_PLUGINS", "plfkit-exampletown")


@pytest.mark.usefixtures("alone")
def test_the_listing_says_what_each_brings(put_on_path: Callable[..., Path]) -> None:
    """In a table counts and names, in CSV the same, in JSON all names; and for which plfkit it is made."""
    put_on_path(*(EXAMPLE[name] for name in HOOKS[1:]))
    run = CliRunner().invoke
    [_, _, row, _] = run(main, ["profiles", "--verbose"]).stdout.splitlines()
    assert row.split() == [
        *("exampletown", "plfkit-exampletown", "1.0", "works", "plfkit>=0.1"),
        *("1", "2", "0", "0", "community_count", "payroll", "write_thanks"),
    ]
    [head, line, _] = run(main, ["profiles", "-v", "--format", "csv"]).stdout.splitlines()
    assert head.startswith("id,distribution,version,state,made_for,goals,indicators,claims,kinds,")
    assert line.startswith("exampletown,plfkit-exampletown,1.0,works,plfkit>=0.1,1,2,0,0,")
    told = json.loads(run(main, ["profiles", "-v", "--format", "json"]).stdout)
    [known, generic] = told["profiles"]
    assert generic["id"] == "generic"
    assert known == {
        "id": "exampletown",
        "distribution": "plfkit-exampletown",
        "version": "1.0",
        "made_for": "plfkit>=0.1",
        "goals": ["E1"],
        "indicators": ["E1a", "E1b"],
        "claims": [],
        "kinds": [],
        "measures": ["community_count"],
        "readers": ["payroll"],
        "sections": ["write_thanks"],
    }


@pytest.mark.usefixtures("alone")
def test_the_listing_says_which_parts_are_set_aside(put_on_path: Callable[..., Path]) -> None:
    """The profile works in part: hook or thing, reason and remedy are told, and strict fails."""
    put_on_path(f"{MARK}def plfkit_readers(context):\n    1 / 0\n", DENSITY)
    run = CliRunner().invoke
    told = json.loads(run(main, ["profiles", "--format", "json"]).stdout)
    assert [one["id"] for one in told["profiles"]] == ["exampletown", "generic"]
    assert [one["part"] for one in told["set_aside"]] == ["plfkit_readers", "the measure 'density'"]
    done = run(main, ["profiles"])
    assert done.exit_code == 0
    assert "works in part" in done.stdout
    assert "plfkit_readers of the profile 'exampletown' of plfkit-exampletown 1.0" in done.stdout
    csv = run(main, ["profiles", "--format", "csv"]).stdout
    assert "plfkit_readers: it fails while loading (ZeroDivisionError" in csv
    strict = run(main, ["profiles", "--strict-plugins"])
    assert strict.exit_code == 1
    assert "ZeroDivisionError" in strict.stderr


@pytest.mark.usefixtures("alone")
def test_a_hook_that_hangs(put_on_path: Callable[..., Path]) -> None:
    """The listing waits no longer than for a profile, and says in which hook it hangs."""
    put_on_path(f"{MARK}def plfkit_readers(context):\n    import time; time.sleep(600)\n")
    done = CliRunner().invoke(main, ["profiles", "--time-limit", "2"])
    assert "too slow" in done.stdout
    assert "(calling plfkit_readers of plfkit-exampletown 1.0)" in done.stdout


def test_commands_say_what_is_set_aside(put_on_path: Callable[..., Path]) -> None:
    """A command works without the part, and says so once, on stderr."""
    put_on_path(f"{MARK}def plfkit_sections(context):\n    1 / 0\n")
    done = CliRunner().invoke(main, ["describe", "exampletown"])
    assert done.exit_code == 0
    assert done.stderr.count("plfkit_sections of the profile 'exampletown'") == 1
    assert "Traceback" not in done.stderr


def test_commands_read_a_file_of_a_reader(put_on_path: Callable[..., Path], tmp_path: Path) -> None:
    """With the profile it is data like any; its faults have places, in the language of the command."""
    put_on_path(EXAMPLE["plfkit_readers"])
    path = tmp_path / "staff.lon"
    path.write_bytes(PAYROLL)
    command = ["check", str(path), "--profile", "exampletown", "--lang", "da"]
    assert CliRunner().invoke(main, command).exit_code == 0
    path.write_bytes(PAYROLL + b"DD|south|teacher\nEE")
    done = CliRunner().invoke(main, command)
    assert done.exit_code == 1
    assert "Lønudtræk (fra plfkit-exampletown 1.0) kan ikke læse filen: ValueError" in done.output
    path.write_bytes(PAYROLL + b"DD|south|teacher")
    assert "staff.lon, række 4, kolonne unit" in CliRunner().invoke(main, command).output


def test_what_is_brought_goes_on_to_who_extends(
    put_on_path: Callable[..., Path], tmp_path: Path
) -> None:
    """A file that extends an installed profile has its measures, readers and sections."""
    put_on_path(*(EXAMPLE[name] for name in HOOKS[1:]))
    own = tmp_path / "profile.toml"
    own.write_text('schema_version = 1\nid = "more"\nextends = "exampletown"\n')
    profile = plfkit.load_profile(own)
    assert len(profile.measures) == len(profile.readers) == len(profile.sections) == 1
    assert plfkit.read(PAYROLL, profile=profile).persons


def test_a_misspelt_profile_hook_is_refused(put_on_path: Callable[..., Path]) -> None:
    """Without a profile there is nothing to use: the error has the nearest name and the signature."""
    wrong = EXAMPLE["plfkit_profile"].replace("def plfkit_profile", "def plfkit_profil")
    put_on_path(profile=wrong)
    with pytest.raises(PluginError, match='did you mean "plfkit_profile"') as caught:
        plfkit.load_profile("exampletown")
    assert "def plfkit_profile(context: ProfileContext) -> Profile" in str(caught.value)


LABELS = {"da": "Alle byens fællesskaber", "en": "All communities of the town"}


@pytest.mark.parametrize("language", LABELS)
def test_labels_stand_wherever_a_measure_does(
    put_on_path: Callable[..., Path], tmp_path: Path, language: str
) -> None:
    """Commands, documents and pages call a profile's own measure by its label, in the reader's language."""
    put_on_path(EXAMPLE["plfkit_measures"])
    label = LABELS[language]
    page = tmp_path / "page.html"
    named = ["--profile", "exampletown", "--lang", language]

    def run(*command: str) -> str:
        done = CliRunner().invoke(main, [*command, *named])
        assert done.exit_code == 0, done.output
        return done.stdout

    heading, *_, sentence = run("measure", "community_count").splitlines()
    assert heading.startswith(f"{label} (community_count, ")
    assert sentence.startswith(label)
    document = json.loads(run("measure", "community_count", "--format", "json"))
    assert document["label"] == LABELS
    assert document["sentence"][language].startswith(label)
    assert label in run("measures")
    run("report", "--out", str(page))
    assert label in page.read_text(encoding="utf-8")
    described = CliRunner().invoke(main, ["describe", "exampletown", "--lang", language]).stdout
    assert label in described


def test_results_carry_the_label_and_the_reference(put_on_path: Callable[..., Path]) -> None:
    """A measure that sets neither has those it declares, in sentences and once it is released."""
    put_on_path(EXAMPLE["plfkit_measures"])
    profile, _ = load_with_problems()
    example = plfkit.synthetic.municipality(profile, schools=3)
    result = profile.measures[0](plfkit.snapshot(example))
    assert result.label == plfkit.Label(**LABELS)
    assert result.reference == "our own definition"
    assert result.sentence("da").startswith(LABELS["da"])
    card = plfkit.release(plfkit.assess(example, profile), profile.privacy).content
    [outcome] = [one for one in card.indicators if one.id == "E1b"]
    assert {point.result.label for point in outcome.trend if point.result} == {result.label}
    assert card.measures["community_count"].label == result.label


def test_a_fault_in_its_code_has_a_line(put_on_path: Callable[..., Path]) -> None:
    """Where a hook fails while loading the file and the line of the plug-in's own code are told."""
    code = put_on_path(f"{MARK}def plfkit_readers(context):\n    return 1 / 0\n")
    _, [problem] = load_with_problems()
    [file] = [one for one in code.rglob("*.py") if "1 / 0" in one.read_text(encoding="utf-8")]
    line = 1 + file.read_text(encoding="utf-8").splitlines().index("    return 1 / 0")
    assert f"(ZeroDivisionError: division by zero, {file.name}, line {line})" in problem.reason


def test_an_author_mends_where_it_is_written(put_on_path: Callable[..., Path]) -> None:
    """Whoever installed it editable is told the folder; anybody else upgrades or uninstalls it."""
    place = put_on_path(f"{MARK}def plfkit_readers(context):\n    return 1 / 0\n")
    assert load_with_problems()[1][0].remedy == "upgrade or uninstall plfkit-exampletown"
    [metadata] = place.rglob("METADATA")
    origin = {"url": "file:///home/me/plfkit%20own", "dir_info": {"editable": True}}
    (metadata.parent / "direct_url.json").write_text(json.dumps(origin), encoding="utf-8")
    assert load_with_problems()[1][0].remedy == "mend it in /home/me/plfkit own"
