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
nox.options.sessions = ["lint", "types", "rooms", "tests", "docs", "wheels"]
ROOT = Path(__file__).parent
PACKAGES = ("plfkit", "plfkit-vejle")
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
def docs(session: nox.Session) -> None:
    session.run("sphinx-build", "-W", "-q", "-b", "html", "docs", "docs/_build/html")


@nox.session
def wheels(session: nox.Session) -> None:
    """Build wheels and sdists, look inside, and use the plug-in alone in a clean environment."""
    with tempfile.TemporaryDirectory() as folder:
        dist = Path(folder) / "dist"
        for package in PACKAGES:
            session.run(UV, "build", "-q", "--package", package, "-o", str(dist), external=True)
        _look_inside(session, dist)
        python = Path(folder) / "venv/bin/python"
        session.run(
            UV, "venv", "-q", "--python", sys.executable, str(python.parents[1]), external=True
        )
        built = [str(path) for path in sorted(dist.glob("*.whl"))]
        pip = (UV, "pip", "install", "-q", "--python", str(python))
        session.run(*pip, f"{built[0]}[testing,report]", built[1], external=True)
        # Away from the checkout, so that nothing but the wheels can be imported.
        shutil.copytree(ROOT / "plugins/plfkit-vejle/tests", Path(folder) / "tests")
        session.chdir(folder)
        session.run(str(python), "-m", "pytest", "-q", "tests", external=True)
        session.chdir(ROOT)


@nox.session
def lowest(session: nox.Session) -> None:
    """Run the tests of the library with the oldest version of every direct dependency."""
    with tempfile.TemporaryDirectory() as folder:
        python = Path(folder) / "venv/bin/python"
        session.run(
            UV, "venv", "-q", "--python", sys.executable, str(python.parents[1]), external=True
        )
        pip = (UV, "pip", "install", "-q", "--python", str(python), "--resolution", "lowest-direct")
        session.run(*pip, f"{ROOT}[all]", f"{ROOT}/plugins/plfkit-vejle", "sybil", external=True)
        session.run(str(python), "-m", "pytest", "-q", "tests", "plugins", external=True)


def _look_inside(session: nox.Session, dist: Path) -> None:
    """Fail if a wheel or sdist lacks what it needs, or holds what it should not."""
    needed = {
        "plfkit-": ("plfkit/py.typed", "plfkit/model/core.toml", "plfkit/profiles/generic.toml",
                    "plfkit/report/texts.toml", "plfkit/report/templates/report.html", "LICENSE"),
        "plfkit_vejle-": ("plfkit_vejle/py.typed", "plfkit_vejle/profile.toml", "LICENSE"),
    }  # fmt: skip
    for archive in sorted(dist.iterdir()):
        if archive.suffix not in {".whl", ".gz"}:
            continue
        names = _names(archive)
        for start, files in needed.items():
            if archive.name.startswith(start):
                for file in files:
                    if not any(name.endswith(file) for name in names):
                        session.error(f"{archive.name} lacks {file}")
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
