"""Every check by one name. Sessions share the environment that ``uv run`` has made."""

from __future__ import annotations

import shutil
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

import nox

nox.options.default_venv_backend = "none"
nox.options.sessions = ["lint", "types", "rooms", "tests", "docs", "wheels", "lowest"]
ROOT = Path(__file__).parent
PLUGINS = sorted(
    path for path in (ROOT / "plugins").iterdir() if (path / "pyproject.toml").exists()
)
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
def tests(session: nox.Session) -> None:
    session.run("pytest", *session.posargs)


@nox.session
def search(session: nox.Session) -> None:
    """Let properties look twenty times as long; before something is called done."""
    session.run("pytest", "--hypothesis-profile=long", *session.posargs)


@nox.session
def docs(session: nox.Session) -> None:
    session.run("sphinx-build", "-W", "-q", "-b", "html", "docs", "docs/_build/html")


@nox.session
def wheels(session: nox.Session) -> None:
    """Build wheels and sdists, look inside, and test each plug-in alone in a clean environment."""
    with tempfile.TemporaryDirectory() as folder:
        dist = Path(folder) / "dist"
        for package in ("plfkit", *(plugin.name for plugin in PLUGINS)):
            session.run(UV, "build", "-q", "--package", package, "-o", str(dist), external=True)
        for archive in sorted(dist.iterdir()):
            if archive.suffix in {".whl", ".gz"}:
                _look_inside(session, archive)
        library = next(dist.glob("plfkit-*.whl"))
        for plugin in PLUGINS:
            wheel = next(dist.glob(f"{plugin.name.replace('-', '_')}-*.whl"))
            alone = Path(folder) / plugin.name
            python = _environment(session, alone / "venv")
            requirements = (f"{library}[testing,report]", str(wheel))
            session.run(
                UV, "pip", "install", "-q", "--python", python, *requirements, external=True
            )
            # Away from the checkout, so that nothing but the wheels can be imported.
            shutil.copytree(plugin / "tests", alone / "tests")
            with session.chdir(alone):
                session.run(python, "-m", "pytest", "-q", "tests", external=True)


@nox.session
def lowest(session: nox.Session) -> None:
    """Run the tests with the oldest version of every direct dependency."""
    with tempfile.TemporaryDirectory() as folder:
        python = _environment(session, Path(folder) / "venv")
        pip = (UV, "pip", "install", "-q", "--python", python, "--resolution", "lowest-direct")
        plugins = [str(plugin) for plugin in PLUGINS]
        session.run(*pip, "--group", "dev", f"{ROOT}[all]", *plugins, external=True)
        session.run(python, "-m", "pytest", "-q", "tests", "plugins", external=True)


def _environment(session: nox.Session, folder: Path) -> str:
    """Make a clean virtual environment and return its Python."""
    session.run(UV, "venv", "-q", "--python", sys.executable, str(folder), external=True)
    return str(folder / "bin/python")


NEEDED = {
    "plfkit": (
        "plfkit/py.typed",
        "plfkit/model/words/core.toml",
        "plfkit/model/results/saying.toml",
        "plfkit/profiles/generic.toml",
        "plfkit/report/texts.toml",
        "plfkit/report/templates/report.html",
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
