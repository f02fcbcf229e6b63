"""Plug-ins that harm nobody: whatever one does, it is set aside and the others work."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import pytest
from click.testing import CliRunner

from plfkit import available_profiles, load_profile
from plfkit.cli import main
from plfkit.errors import (
    DuplicateProfileError,
    IncompatibleProfileError,
    PluginError,
    UnknownProfileError,
)
from plfkit.profiles import probing
from plfkit.profiles.plugins import list_offers
from plfkit.profiles.probing import probe_profiles

pytestmark = pytest.mark.slow

Install = Callable[..., Path]

HOOK = """
from plfkit import Profile, hookimpl

@hookimpl
def plfkit_profile():
    label = {"da": "Falsk", "en": "Fake"}
    return Profile.from_document({"schema_version": 1, "id": "fake", "label": label})
"""

BROKEN = {
    "raising": ("raise RuntimeError('boom')", "RuntimeError: boom"),
    "exiting": ("import sys; sys.exit(3)", "it ends the program"),
    "misspelt": (
        HOOK.replace("def plfkit_profile", "def plfkit_profil"),
        "unknown hook 'plfkit_profil'",
    ),
    "silent": ("", "nothing, not a Profile"),
    "wrong_type": (HOOK.replace("return Profile", "return str or Profile"), "gives type"),
    "wrong_signature": (HOOK.replace("plfkit_profile()", "plfkit_profile(extra)"), "extra"),
    "other_name": (HOOK.replace('"id": "fake"', '"id": "other"'), "the profile itself 'other'"),
    "raising_hook": (HOOK.replace("label =", "1 / 0; label ="), "ZeroDivisionError"),
    "wrong_profile": (HOOK.replace('"schema_version": 1', '"schema_version": 0'), "schema_version"),
    "newer_format": (HOOK.replace('"schema_version": 1', '"schema_version": 99'), "upgrade plfkit"),
    "skipping": ("import pytest; pytest.skip('x', allow_module_level=True)", "Skipped"),
}


def test_a_distribution_offers_its_profile_by_a_hook(install_distribution: Install) -> None:
    """It is listed with its version without being imported, and loaded by name."""
    install_distribution("plfkit-fake", HOOK)
    before = set(sys.modules)
    (listed,) = [info for info in available_profiles() if info.id == "fake"]
    assert (listed.distribution, listed.version) == ("plfkit-fake", "1.0")
    assert not any(name.startswith("plfkit_fake") for name in set(sys.modules) - before)
    assert load_profile("fake").label["da"] == "Falsk"


@pytest.mark.parametrize("fault", BROKEN)
def test_broken_plug_in(install_distribution: Install, fault: str) -> None:
    """Whatever a plug-in does wrong, the error is ours, says whose fault it is, and the rest works."""
    code, reason = BROKEN[fault]
    install_distribution("plfkit-fake", code)
    with pytest.raises(PluginError, match=reason) as caught:
        load_profile("fake")
    (aside,) = caught.value.set_aside
    assert (aside.profile, aside.distribution, aside.version) == ("fake", "plfkit-fake", "1.0")
    assert aside.remedy
    assert load_profile("generic").id == "generic"


def probed(**options: float) -> dict[str, str | None]:
    """The reason why each profile of the fakes is set aside, by distribution; None if it works.

    Nobody else's is tried: each trial is a process.
    """
    offered = {offer.info.distribution for offer in list_offers()}
    fakes = {name for name in offered if name.startswith("fake-")}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PLFKIT_PLUGINS", ",".join(fakes))
        tried = probe_profiles(**options)
    return {
        one.info.distribution: None if one.problem is None else one.problem.reason
        for one in tried
        if one.info.distribution in fakes
    }


def test_the_listing_tries_each_and_all_others_work(install_distribution: Install) -> None:
    """Raising, exiting for good and hanging plug-ins are told apart; the good one is not harmed."""
    plugins = {
        "good": HOOK.replace('"fake"', '"good"') + "\nprint('I am loaded')",
        "raising": "raise RuntimeError('boom')",
        "gone": "import os; os._exit(0)",
    }
    for name, code in plugins.items():
        install_distribution(f"fake-{name}", code, profile=name)
    found = probed()
    assert found["fake-good"] is None
    assert "boom" in (found["fake-raising"] or "")
    assert "ends the program" in (found["fake-gone"] or "")


def test_hanging_profile(install_distribution: Install, monkeypatch: pytest.MonkeyPatch) -> None:
    """It may be slow only: the listing says so, how long it waited both times, and which option waits."""
    monkeypatch.setenv("PLFKIT_PLUGINS", "fake-hanging")
    sleeper = "[sys.executable, '-c', 'import time; time.sleep(600)']"
    hanging = f"import subprocess, sys; subprocess.Popen({sleeper}).wait()"
    install_distribution("fake-hanging", hanging, profile="hanging")
    done = CliRunner().invoke(main, ["profiles", "--time-limit", "0.5"])
    assert done.exit_code == 0
    assert "too slow" in done.stdout
    assert "within 0.5 seconds, nor within 1.5 when it was tried again" in done.stdout
    assert "--time-limit 1.5" in done.stdout
    strict = CliRunner().invoke(main, ["profiles", "--strict-plugins", "--time-limit", "0.25"])
    assert strict.exit_code == 1
    assert "within 0.25 seconds" in strict.stderr


def test_a_slow_profile_is_tried_again(
    install_distribution: Install, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever was too slow at first, as on a busy machine, and is not the second time, works."""
    note = tmp_path / "seen"
    site = install_distribution("fake-slow", HOOK)
    (site / "sitecustomize.py").write_text(f"""
import pathlib, time
if not pathlib.Path({str(note)!r}).exists():
    pathlib.Path({str(note)!r}).touch()
    time.sleep(600)
""")
    monkeypatch.setenv("PLFKIT_PLUGINS", "fake-slow")
    monkeypatch.setattr(probing, "PATIENCE", 100)  # however busy this machine is
    assert probed(seconds=2) == {"fake-slow": None}
    assert note.exists()


def test_what_a_working_plug_in_started_is_ended_too(
    install_distribution: Install, tmp_path: Path
) -> None:
    """A process that a profile starts while it is tried does not outlive the trial."""
    note = tmp_path / "pid"
    install_distribution("fake-starter", starting(note) + HOOK)
    assert probed()["fake-starter"] is None
    assert has_ended(note.read_text())


def starting(note: Path) -> str:
    """Python that starts a process and notes its number."""
    return f"""
import os, pathlib, subprocess, sys
child = subprocess.Popen([sys.executable, "-S", "-c", "import time; time.sleep(60)"])
pathlib.Path({str(note)!r} + ".begun").write_text(str(child.pid))
os.replace({str(note)!r} + ".begun", {str(note)!r})  # whole or not at all
"""


def has_ended(process: str) -> bool:
    """Tell whether a process is gone, waiting a moment for the system to clear it away."""
    state = Path(f"/proc/{process}/stat")
    for _ in range(100):
        if not state.exists() or state.read_text().split()[2] == "Z":
            return True
        time.sleep(0.05)
    return False


def test_ends_with_hanging_plug_in(
    install_distribution: Install, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing that a probe set going is left behind."""
    monkeypatch.setenv("PLFKIT_PLUGINS", "fake-parent")
    note = tmp_path / "pid"
    site = install_distribution("fake-parent", HOOK, profile="parent")
    hanging = starting(note) + "import time\ntime.sleep(600)\n"
    (site / "sitecustomize.py").write_text(hanging)
    for seconds in (2, 8, 32):  # however busy this machine is, it comes to start something
        assert f"within {seconds} seconds" in (probed(seconds=seconds)["fake-parent"] or "")
        if note.exists():
            break
    assert has_ended(note.read_text())


def test_two_with_one_name(install_distribution: Install) -> None:
    """No claimant is trusted, all are named, and the name is not listed."""
    install_distribution("fake-one", HOOK)
    install_distribution("fake-two", HOOK)
    with pytest.raises(DuplicateProfileError) as caught:
        load_profile("fake")
    assert [aside.distribution for aside in caught.value.set_aside] == ["fake-one", "fake-two"]
    assert "fake" not in [info.id for info in available_profiles()]
    assert set(probed().values()) == {
        "fake-two claims the same name",
        "fake-one claims the same name",
    }


def test_allowed_plug_ins(install_distribution: Install, monkeypatch: pytest.MonkeyPatch) -> None:
    """By distribution or profile; what the list lacks is not used, and the error says so."""
    install_distribution("fake-one", HOOK)
    install_distribution("fake-two", HOOK)
    monkeypatch.setenv("PLFKIT_PLUGINS", "Fake_One, other")
    assert load_profile("fake").id == "fake"
    assert [i.distribution for i in available_profiles()] == ["fake-one", "plfkit"]
    monkeypatch.setenv("PLFKIT_PLUGINS", "")
    with pytest.raises(UnknownProfileError, match="PLFKIT_PLUGINS does not list it"):
        load_profile("fake")
    assert [info.id for info in available_profiles()] == ["generic"]


@pytest.mark.parametrize("needed", ["plfkit>=99", "plfkit (<0.0.1)", "PLFKIT~=42.0"])
def test_a_plug_in_for_another_plfkit_is_not_imported(
    install_distribution: Install, needed: str
) -> None:
    """Its metadata say which plfkit it needs; the error says which this is, and what to install."""
    install_distribution("plfkit-fake", "raise RuntimeError", requires=("attrs", needed))
    with pytest.raises(IncompatibleProfileError, match=f"this is {version('plfkit')}.*pip install"):
        load_profile("fake")
    assert "fake" not in [info.id for info in available_profiles()]


@pytest.mark.parametrize(
    "needed", ["plfkit>=0.1", 'plfkit>=99; extra == "dev"', "plfkit", "nonsense!"]
)
def test_a_plug_in_for_this_plfkit_is_used(install_distribution: Install, needed: str) -> None:
    """Extras and other packages do not count."""
    install_distribution("plfkit-fake", HOOK, requires=(needed, "plfkit-else>=99"))
    assert load_profile("fake").id == "fake"


def test_broken_metadata_of_others_do_not_matter(install_distribution: Install) -> None:
    """Distributions whose entry points cannot be read, or that have no name, stop nobody."""
    site = install_distribution("plfkit-fake", HOOK)
    for number, text in enumerate([b"\xff\xfe", b"[plfkit.profiles]\nno equals sign\n", b"="]):
        info = site / f"broken{number}-1.dist-info"
        info.mkdir()
        (info / "entry_points.txt").write_bytes(text)
    assert load_profile("fake").id == "fake"
    assert set(probed()) == set()
    assert {"fake", "generic"} <= {info.id for info in available_profiles()}


@pytest.mark.parametrize(
    "metadata",
    [
        b"Metadata-Version: 2.1\nName: \xff\xfe\n",
        "Metadata-Version: 2.1\nName: fake-odd\n".encode("utf-16"),
        b"",
        b'Metadata-Version: 2.1\nName: fake-odd\nVersion: 1\nRequires-Dist: foo; extra ~= "1"\n',
        b'Metadata-Version: 2.1\nName: fake-odd\nVersion: 1\nRequires-Dist: plfkit; os_name ~= "x"\n',
        b"Metadata-Version: 2.1\nName: fake-odd\nVersion: 1\nRequires-Dist: " + b"(" * 5000 + b"\n",
    ],
)
def test_metadata_that_cannot_be_read_harm_nobody(
    install_distribution: Install, metadata: bytes
) -> None:
    """Whatever stands in one distribution's metadata, the others are listed and loaded."""
    site = install_distribution("plfkit-fake", HOOK)
    info = site / "odd-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_bytes(metadata)
    (info / "entry_points.txt").write_text("[plfkit.profiles]\nodd = nowhere\n")
    assert load_profile("fake").id == "fake"
    assert "fake" in [info.id for info in available_profiles()]
    with pytest.raises(PluginError):
        load_profile("odd")


METADATA = b"Metadata-Version: 2.1\nName: plfkit-odd\nVersion: 1\n"
EXTENSIONS = b"".join(
    b"[%s]\ninit = odd_extension:start\n" % group
    for group in (b"numba_extensions", b"networkx.backends", b"networkx.backend_info")
)
DISTURBED: dict[str, dict[str, bytes]] = {
    "a line that is no entry": {"entry_points.txt": b"[plfkit.profiles]\nodd plfkit_odd\n"},
    "letters of no alphabet": {"entry_points.txt": b"[plfkit.profiles]\nodd = \xff\xfe\n"},
    "nothing but an extension": {"METADATA": b"", "entry_points.txt": EXTENSIONS},
    "one name twice": {"entry_points.txt": EXTENSIONS.replace(b"start", b"start\ninit = a:b", 1)},
    "an extension that raises": {"entry_points.txt": EXTENSIONS, "code": b"raise BaseException"},
    "an extension that exits": {"entry_points.txt": EXTENSIONS, "code": b"raise SystemExit(3)"},
}
"""What may be wrong with a distribution that somebody else has installed: its files."""


def disturb(site: Path, files: dict[str, bytes]) -> dict[str, str]:
    """Put a distribution on disk, and return the environment of a process that finds it."""
    info = site / "plfkit_odd-1.dist-info"
    info.mkdir(parents=True)
    (site / "another-1.dist-info").write_text("a file where a folder should be")
    for name, content in {"METADATA": METADATA, **files}.items():
        (site / "odd_extension.py" if name == "code" else info / name).write_bytes(content)
    return {**os.environ, "PYTHONPATH": str(site)}


def run(code: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a piece of Python in a process of its own."""
    return subprocess.run(  # noqa: S603 - this very Python
        [sys.executable, "-c", code],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


REACHING = """
import plfkit
from plfkit import Organisation, Person, Tie
from plfkit.errors import LibraryError
from plfkit.kernels import load_compiler

load_compiler()
told = [Tie("a", "b", "reports_to"), Tie("b", "c", "reports_to")]
now = plfkit.snapshot(Organisation.of(persons=map(Person, "abc"), ties=told))
reach = plfkit.measures.k_step_reach(now, relation="reports_to", k=2, direction="out")
print([figure.numerator for figure in reach])
try:
    print(now.to_networkx("reports_to"))
except LibraryError as error:
    print(error)
print([info.id for info in plfkit.available_profiles()])
"""


@pytest.mark.parametrize("fault", DISTURBED)
def test_loops_run_whatever_others_have_installed(fault: str, tmp_path: Path) -> None:
    """Compiled or as Python the figures are the same; a graph comes out, or whose fault it is."""
    done = run(REACHING, disturb(tmp_path / "site", DISTURBED[fault]))
    assert done.returncode == 0, done.stderr
    figures, graph, listed = done.stdout.splitlines()
    assert figures == "[2.0, 1.0, 0.0]"
    assert "2 edges" in graph or "networkx cannot be imported" in graph
    assert "'generic'" in listed
    assert "Traceback" not in done.stderr
    broken = ("networkx cannot" in graph) and "letters" not in fault
    assert not broken or "loops run as Python" in done.stderr


COMMANDS = """
import sys
from plfkit.cli import main

for command in (
    "profiles --time-limit 100",
    "measure k_step_reach {data} --relation advice",
    "goals {data} --profile langeland",
    "report {data} --out {folder}/page.html",
    "cases {case} --profile langeland",
    "check-profile generic",
):
    try:
        main(command.split())
    except SystemExit as end:
        print("ended with", end.code, command)
"""


def test_commands_run_whatever_others_have_installed(root: Path, tmp_path: Path) -> None:
    """With a malformed distribution on the path every command does its work, and compiles nothing for it."""
    environment = disturb(tmp_path / "site", DISTURBED["letters of no alphabet"])
    case = next(iter(sorted(root.glob("plugins/plfkit-langeland/tests/cases/*.yaml"))))
    data = root / "docs/examples/example_municipality"  # small: loops run as Python here
    done = run(COMMANDS.format(folder=tmp_path, data=data, case=case), environment)
    ended = [line for line in done.stdout.splitlines() if line.startswith("ended with")]
    assert [line.split()[2] for line in ended] == ["0"] * 6, done.stdout[-2000:] + done.stderr
    assert "Traceback" not in done.stderr
    assert "loops run as Python" not in done.stderr
    assert "<svg" in (tmp_path / "page.html").read_text(encoding="utf-8")


def test_what_lies_in_the_working_folder_is_not_run(
    install_distribution: Install, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A module of the same name as one of Python's, in the folder of the asker, deceives nobody."""
    (tmp_path / "random.py").write_text("raise SystemExit")
    install_distribution("fake-good", HOOK)
    monkeypatch.chdir(tmp_path)
    assert probed() == {"fake-good": None}


def test_a_rival_that_cannot_be_used_takes_nobody_down(install_distribution: Install) -> None:
    """A claimant made for another plfkit leaves the name to the one that works."""
    install_distribution("fake-good", HOOK)
    install_distribution("fake-future", "raise RuntimeError", requires=("plfkit>=99",))
    assert load_profile("fake").id == "fake"
    found = probed()
    assert set(found) == {"fake-good", "fake-future"}
    assert found["fake-good"] is None


def test_errors_of_plug_ins_are_told_in_plain_letters(install_distribution: Install) -> None:
    """What a terminal would take for a command is not passed on, nor an error that cannot speak."""
    install_distribution("fake-loud", "raise RuntimeError('\\x1b[31mred\\x07')", profile="loud")
    mute = "class Mute(Exception):\n    def __str__(self):\n        raise ValueError\nraise Mute"
    install_distribution("fake-mute", mute, profile="mute")
    with pytest.raises(PluginError) as loud:
        load_profile("loud")
    assert str(loud.value).isprintable()
    with pytest.raises(PluginError, match="it does not say what is wrong"):
        load_profile("mute")


def test_nobody_takes_the_name_of_the_built_in_profile(install_distribution: Install) -> None:
    """A distribution that calls its profile generic is set aside."""
    install_distribution("fake-generic", HOOK, profile="generic")
    install_distribution("fake-odd", HOOK, profile="Big Town")
    assert load_profile("generic").label["en"] == "No municipality profile"
    reasons = probed()
    assert "built-in" in (reasons["fake-generic"] or "")
    assert "lower-case" in (reasons["fake-odd"] or "")


def test_the_command_lists_who_works_and_who_does_not(
    install_distribution: Install, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever is set aside is named with the reason and what to do; the command itself succeeds."""
    monkeypatch.setenv("PLFKIT_PLUGINS", "fake-good, fake-bad")
    install_distribution("fake-good", HOOK)
    install_distribution("fake-bad", "raise RuntimeError('boom')", profile="bad")
    done = CliRunner().invoke(main, ["profiles"])
    assert done.exit_code == 0
    assert "fake-good" in done.stdout
    assert "boom" in done.stdout
    assert "upgrade or uninstall fake-bad" in done.stdout
    document = json.loads(CliRunner().invoke(main, ["profiles", "--format", "json"]).stdout)
    assert "fake" in [profile["id"] for profile in document["profiles"]]
    (aside,) = [one for one in document["set_aside"] if one["distribution"] == "fake-bad"]
    assert set(aside) == {"profile", "distribution", "version", "reason", "remedy", "part"}


@pytest.mark.parametrize(
    "command",
    [["profiles", "--strict-plugins"], ["--strict-plugins", "describe", "generic"]],
)
def test_strict_fails_instead(
    install_distribution: Install, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    """With --strict-plugins one plug-in that is set aside fails the command; without one it works."""
    monkeypatch.setenv("PLFKIT_PLUGINS", "fake-bad")
    assert CliRunner().invoke(main, command).exit_code == 0
    install_distribution("fake-bad", "raise RuntimeError('boom')", profile="bad")
    done = CliRunner().invoke(main, command)
    assert done.exit_code == 1
    assert "fake-bad 1.0 is set aside" in done.stderr


def test_listing_imports_nothing(install_distribution: Install) -> None:
    """In a fresh process, listing what is available imports no plug-in and no graph library."""
    site = install_distribution("plfkit-fake", "raise RuntimeError")
    code = "import sys, plfkit; print(plfkit.available_profiles(), sorted(sys.modules))"
    done = subprocess.run(  # noqa: S603 - this very Python
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "id='fake'" in done.stdout
    assert "plfkit_fake" not in done.stdout.partition("[")[2]
    assert "'networkx'" not in done.stdout


def test_an_unknown_name_gets_a_suggestion() -> None:
    """A misspelt profile is refused with the nearest one."""
    with pytest.raises(UnknownProfileError, match='did you mean "generic"'):
        load_profile("genric")


def test_generic_is_listed_with_plfkits_version() -> None:
    """The built-in profile is listed like any other."""
    (info,) = [info for info in available_profiles() if info.id == "generic"]
    assert (info.distribution, info.version) == ("plfkit", version("plfkit"))
