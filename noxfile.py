"""Every check by one name. Sessions share the environment that ``uv run`` has made."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import zipfile
from pathlib import Path

import nox

nox.options.default_venv_backend = "none"
nox.options.sessions = [
    *("lint", "types", "rooms", "files", "licences", "tests", "deep", "docs", "browser", "wheels"),
    *("lowest", "newest", "pythons"),
]
ROOT = Path(__file__).parent
PLUGINS = sorted(
    path for path in (ROOT / "plugins").iterdir() if (path / "pyproject.toml").exists()
)
QUICK: tuple[str, ...] = ("-m", "not slow and not hypothesis")
"""The tests that are run with other versions: neither those that take long nor properties."""
WHOLE: tuple[str, ...] = ("-m", "not slow", "--cov", "--cov-report=term")
"""Properties too, and how much of the code is run."""
UV = shutil.which("uv") or str(ROOT / ".tools/bin/uv")


@nox.session
def lint(session: nox.Session) -> None:
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")


@nox.session
def types(session: nox.Session) -> None:
    session.run("mypy")


@nox.session
def rooms(session: nox.Session) -> None:
    session.run("lint-imports")


@nox.session
def files(session: nox.Session) -> None:
    """Check what other programs read: metadata, workflows, forms, hooks, and how to cite."""
    projects = [str(folder / "pyproject.toml") for folder in (ROOT, *PLUGINS)]
    with tempfile.TemporaryDirectory() as folder:
        tools = _install_release_tools(session, Path(folder))
        session.run(f"{tools}/validate-pyproject", *projects, external=True)
        session.run(f"{tools}/pre-commit", "validate-config", external=True)
        for kind, patterns in FORMS.items():
            paths = [str(path) for pattern in patterns for path in sorted(ROOT.glob(pattern))]
            check = (f"{tools}/check-jsonschema", "--builtin-schema", f"vendor.{kind}")
            session.run(*check, *paths, external=True)


@nox.session
def licences(session: nox.Session) -> None:
    """List the licences of all that is needed when plfkit runs, and refuse those that bind."""
    session.run("python", "tests/release/licences.py")


@nox.session
def tests(session: nox.Session) -> None:
    session.run("pytest", *session.posargs)


@nox.session
def deep(session: nox.Session) -> None:
    """Let properties look at ten times as many examples, all of them or a part (`--part 3/12`)."""
    options = ("-q", "-m", "hypothesis", "--hypothesis-profile=deep")
    session.run("pytest", *options, *session.posargs, "tests")


@nox.session
def faults(session: nox.Session) -> None:
    """Plant small faults and see whether the tests find them; an hour or two on a free machine."""
    session.run("python", "tests/mutation/session.py", *session.posargs)


@nox.session
def municipalities(session: nox.Session) -> None:
    """Go the whole way with a hundred municipalities on one core, a pool and Dask, and audit them."""
    benchmark = ("python", "tests/benchmarks/municipalities.py")
    session.run(*benchmark, "--count", "100", "--rounds", "1", *session.posargs)
    session.run(*benchmark, "--audit", "10", "30", "100")


@nox.session
def docs(session: nox.Session) -> None:
    session.run("sphinx-build", "-W", "-q", "-b", "html", "docs", "docs/_build/html")


@nox.session
def browser(session: nox.Session) -> None:
    """Look at reports and the documentation in Chromium; at all its pages with `--every-page`."""
    docs(session)
    # One process: there is one browser. What drives it is no part of the common environment.
    pytest = (UV, "run", "--group", "browser", "pytest", "-n", "0", "-q", "tests/browser")
    session.run(*pytest, *session.posargs, external=True)


@nox.session
def wheels(session: nox.Session) -> None:
    """Build wheels and sdists twice, look inside, and test each plug-in alone from wheels.

    So is a distribution that ``plfkit new`` makes, which is the way every author begins. With
    `--keep FOLDER`, what was built stands there afterwards.
    """
    with tempfile.TemporaryDirectory() as folder:
        dist = Path(folder) / "dist"
        for package in ("plfkit", *(plugin.name for plugin in PLUGINS)):
            session.run(UV, "build", "-q", "--package", package, "-o", str(dist), external=True)
        for archive in sorted(dist.iterdir()):
            if archive.suffix in {".whl", ".gz"}:
                _look_inside(session, archive)
        _check_for_an_index(session, dist, _install_release_tools(session, Path(folder)))
        session.run("python", "tests/release/rebuilding.py", UV, str(dist))
        _try_sdist(session, next(dist.glob("plfkit-*.tar.gz")), Path(folder) / "unpacked")
        library = next(dist.glob("plfkit-*.whl"))
        for plugin in PLUGINS:
            wheel = next(dist.glob(f"{plugin.name.replace('-', '_')}-*.whl"))
            _test_alone(session, library, wheel, plugin)
        if session.posargs[:1] == ["--keep"]:
            shutil.copytree(dist, session.posargs[1], dirs_exist_ok=True)
        _test_made(session, library, dist)


def _test_alone(session: nox.Session, library: Path, wheel: Path, source: Path) -> str:
    """Run a plug-in's tests beside two wheels in a clean environment, and return its Python."""
    alone = library.parents[1] / f"{source.name}-alone"
    python = _environment(session, alone / "venv")
    wheels = (f"plfkit @ {library.as_uri()}", f"{source.name}[testing] @ {wheel.as_uri()}")
    session.run(UV, "pip", "install", "-q", "--python", python, *wheels, external=True)
    # Away from the checkout, so that nothing but the wheels can be imported.
    for name in ("tests", "docs"):
        shutil.copytree(source / name, alone / name)
    with session.chdir(alone):
        session.run(python, "-m", "pytest", "-q", "tests", external=True)
    return python


def _test_made(session: nox.Session, library: Path, dist: Path) -> None:
    """Make a distribution with the wheel, build it, and run all that its own CI would."""
    made = dist.parent / "plfkit-randers"
    python = _environment(session, dist.parent / "venv")
    session.run(UV, "pip", "install", "-q", "--python", python, str(library), external=True)
    new = ("-m", "plfkit", "new", "randers", "--defaults", "--out", str(made))
    session.run(python, *new, external=True)
    session.run(UV, "build", "-q", str(made), "-o", str(dist), external=True)
    for archive in dist.glob("plfkit_randers-*"):
        _look_inside(session, archive)
    wheel = next(dist.glob("plfkit_randers-*.whl"))
    python = _test_alone(session, library, wheel, made)
    with session.chdir(made):
        for check in (("ruff", "check"), ("ruff", "format", "--check"), ("mypy",)):
            session.run(python, "-m", *check, external=True)
        session.run(python, "-m", "plfkit", "check-profile", "randers", external=True)


@nox.session
def release(session: nox.Session) -> None:
    """Say what keeps this tree from being released, then build it into `dist/`; nothing is published."""
    session.run("python", "tests/release/readiness.py")
    for check in ("lint", "types", "rooms", "files", "licences", "docs"):
        session.notify(check)
    session.notify("wheels", ["--keep", str(ROOT / "dist")])


@nox.session
def lowest(session: nox.Session) -> None:
    """Run what is quick with the oldest version of every direct dependency."""
    _run_elsewhere(session, sys.executable, "--resolution=lowest-direct")


@nox.session
def newest(session: nox.Session) -> None:
    """Run what is quick with the newest of everything; with `--prerelease=allow`, with what is to come."""
    _run_elsewhere(session, sys.executable, "--upgrade", "--refresh", *session.posargs)


@nox.session
def pythons(session: nox.Session) -> None:
    """Run what is quick with every other Python that is claimed and found, or with those named.

    Where none is named, properties are looked at too with the last of those found, or with this one
    where none is found, and coverage is measured.
    """
    found = {version: path for version in _claimed_pythons() if (path := _find_python(version))}
    if session.posargs:
        runs = [(found.get(version, sys.executable), QUICK) for version in session.posargs]
    else:
        *others, last = [*found.values()] or [sys.executable]
        runs = [*((path, QUICK) for path in others), (last, WHOLE)]
    for path, tests in runs:
        _run_elsewhere(session, path, tests=tests)


def _claimed_pythons() -> list[str]:
    """Return the versions that the classifiers claim, but for the one that runs this."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    words = [classifier.split(" :: ") for classifier in project["classifiers"]]
    claimed = [word[2] for word in words if word[:2] == ["Programming Language", "Python"]]
    return [version for version in claimed if version != ".".join(map(str, sys.version_info[:2]))]


def _find_python(version: str) -> str | None:
    """Return a Python that starts, on the path or kept by pyenv; None if the machine has none."""
    name = f"python{version}"
    kept = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    places = [shutil.which(name), *map(str, kept.glob(f"{version}.*/bin/{name}"))]
    return next((place for place in places if place and _starts(place)), None)


def _starts(python: str) -> bool:
    asked = [python, "-c", ""]
    done = subprocess.run(asked, check=False, capture_output=True)  # noqa: S603 - a Python of this machine
    return not done.returncode


def _run_elsewhere(
    session: nox.Session, python: str, *options: str, tests: tuple[str, ...] = QUICK
) -> None:
    """Install all there is into a clean environment, and run some of the tests there."""
    with tempfile.TemporaryDirectory() as folder:
        clean = _environment(session, Path(folder) / "venv", python)
        pip = (UV, "pip", "install", "-q", "--compile-bytecode", "--python", clean, *options)
        plugins = [str(plugin) for plugin in PLUGINS]
        session.run(*pip, "--group", "dev", f"{ROOT}[all]", *plugins, external=True)
        some = ("-q", "--hypothesis-profile=quick", *tests)
        session.run(clean, "-m", "pytest", *some, "tests", "plugins", external=True)


def _environment(session: nox.Session, folder: Path, python: str = sys.executable) -> str:
    """Make a clean virtual environment and return its Python."""
    session.run(UV, "venv", "-q", "--python", python, str(folder), external=True)
    return str(folder / "bin/python")


def _install_release_tools(session: nox.Session, folder: Path) -> Path:
    """Install what looks at metadata and forms away from the common environment; return its scripts."""
    python = _environment(session, folder / "tools")
    pip = (UV, "pip", "install", "-q", "--python", python, "--group", "release")
    session.run(*pip, external=True)
    return Path(python).parent


def _check_for_an_index(session: nox.Session, dist: Path, tools: Path) -> None:
    """Fail if an index would refuse an archive, or show less of it than there is."""
    wheels = [str(path) for path in sorted(dist.glob("*.whl"))]
    sdists = [str(path) for path in sorted(dist.glob("*.tar.gz"))]
    session.run(f"{tools}/twine", "check", "--strict", *wheels, *sdists, external=True)
    session.run(f"{tools}/check-wheel-contents", *wheels, external=True)
    session.run("python", "tests/release/wheel_metadata.py", str(dist))


def _try_sdist(session: nox.Session, sdist: Path, folder: Path) -> None:
    """Run some of the tests that an sdist holds, on the code that it holds."""
    with tarfile.open(sdist) as tar:
        tar.extractall(folder, filter="data")
    (unpacked,) = folder.iterdir()
    with session.chdir(unpacked):
        some = ("pytest", "-n", "0", "-q", "tests/test_face.py", "tests/test_periods.py")
        session.run(*some, env={"PYTHONPATH": "src"})


FORMS = {
    "citation-file-format": ["CITATION.cff"],
    "github-issue-config": [".github/ISSUE_TEMPLATE/config.yml"],
    "github-issue-forms": [".github/ISSUE_TEMPLATE/[!c]*.yml"],
    "github-workflows": [".github/workflows/*.yml", "plugins/*/.github/workflows/*.yml"],
}
"""Files of a form that others keep, by its name."""
NEEDED = {
    "plfkit": (
        "plfkit/py.typed",
        "plfkit/model/words/core.toml",
        "plfkit/model/results/saying.toml",
        "plfkit/profiles/generic.toml",
        "plfkit/report/texts.toml",
        "plfkit/report/templates/report.html",
        "plfkit/starting/template/0.2/pyproject.toml.template",
        "plfkit/starting/template/0.2/.gitignore.template",
        "plfkit/starting/template/0.2/.github/workflows/tests.yml.template",
        "plfkit/starting/template/0.2/src/plfkit_$name/profile.toml.template",
        "LICENSE",
    ),
    "plug-in": ("py.typed", "profile.toml", "LICENSE"),
}


def _look_inside(session: nox.Session, archive: Path) -> None:
    """Fail if a wheel or sdist lacks what it needs, or holds what it should not."""
    names = _names(archive)
    needed = NEEDED["plfkit" if archive.name.startswith("plfkit-") else "plug-in"]
    if lacking := [file for file in needed if not any(name.endswith(file) for name in names)]:
        session.error(f"{archive.name} lacks {lacking}")
    strays = [n for n in names if "__pycache__" in n or ".venv" in n or n.endswith("uv.lock")]
    if archive.suffix == ".whl":
        strays += [name for name in names if name.startswith(("tests/", "docs/"))]
    if strays:
        session.error(f"{archive.name} holds {strays}")
    session.log(f"{archive.name}: {len(names)} files, as they should be")


def _names(archive: Path) -> list[str]:
    if archive.suffix == ".whl":
        return zipfile.ZipFile(archive).namelist()
    with tarfile.open(archive) as tar:
        return tar.getnames()
