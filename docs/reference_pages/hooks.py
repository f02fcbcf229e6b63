"""The hooks of a plug-in: their signatures, what they are told, and an example of each."""

from __future__ import annotations

import inspect
import re
from pathlib import Path
from typing import Any, get_type_hints

from attrs import NOTHING, fields, frozen

from plfkit.model.declared.declarations import MeasureInfo
from plfkit.model.declared.sections import SectionContext, SectionFigure
from plfkit.profiles import GivenFile, Reader, TextRow, hooks
from plfkit.profiles.calling import HOOKS, write_signature

EXAMPLES = Path(__file__).parents[1] / "examples/hooks"
_HEADING = re.compile(r"^(Called|Args|Returns|Fails):\n((?:[ ]{4}.*\n|\n)+)", re.MULTILINE)
_ATTRIBUTE = re.compile(r"^    (\w+): (.+(?:\n {8}.+)*)", re.MULTILINE)


@frozen
class HookPage:
    """What the page tells of a hook.

    Attributes:
        name: The hook.
        example: The file of its example; the first of them is part of every other plug-in.
        values: Classes that whoever writes the hook meets, beside its context.
    """

    name: str
    example: str
    values: tuple[type, ...] = ()


PAGES = (
    HookPage("plfkit_profile", "profile.py"),
    HookPage("plfkit_measures", "measures.py"),
    HookPage("plfkit_readers", "readers.py", (Reader, TextRow, GivenFile)),
    HookPage("plfkit_sections", "sections.py", (SectionContext, SectionFigure)),
)


def describe_hooks() -> str:
    """Write the page about hooks."""
    lines = [
        "# Hooks",
        "",
        "What a plug-in may bring beside its `profile.toml`. All of it stands in one module, which the",
        "entry point of the group `plfkit.profiles` names; the entry point's name is the profile's id.",
        "Each hook is a function of this name, marked with `plfkit.hookimpl`. It gets one context, which",
        "cannot be changed; whoever does not need it leaves the argument out, as in",
        "`def plfkit_profile() -> Profile`. All classes named here stand in `plfkit.profiles`.",
        "",
        "A hook that raises, is misspelt or not marked, takes other arguments or gives something else",
        "costs only what it would have brought: a `plfkit.errors.PluginWarning` says whose it is, why it is",
        "not used and what to do, `plfkit profiles` lists it, and `--strict-plugins` fails. A misspelt name",
        "gets the nearest one. [Plug-ins that harm nobody](../explanation/plugins.md) tells the whole of it,",
        "[Bring measures, readers and sections](../howto/add-to-a-profile.md) how to write them.",
        "",
        "The first example is a whole plug-in. Each of the others is added to it.",
    ]
    assert tuple(page.name for page in PAGES) == HOOKS
    for page in PAGES:
        lines += _describe_hook(page)
    return "\n".join(lines) + "\n"


def _describe_hook(page: HookPage) -> list[str]:
    hook = getattr(hooks, page.name)
    told, told_apart = _split_hook_docstring(hook)
    context = get_type_hints(hook)["context"]
    return [
        "",
        f"## {page.name}",
        "",
        f"`{write_signature(page.name)}`",
        "",
        _mark_code(told),
        "",
        f"**Called:** {_mark_code(told_apart['Called'])}",
        "",
        f"**Gives:** {_mark_code(told_apart['Returns'])}",
        "",
        f"**If it fails:** {_mark_code(told_apart['Fails'])}",
        *_describe_fields(context),
        *(line for value in page.values for line in _describe_fields(value)),
        *(_describe_declaration() if page.name == "plfkit_measures" else []),
        "",
        "### Example",
        "",
        "```python",
        (EXAMPLES / page.example).read_text(encoding="utf-8").rstrip(),
        "```",
    ]


def _split_hook_docstring(hook: Any) -> tuple[str, dict[str, str]]:
    """Return what a hook says of itself, and what it tells apart, each in one line."""
    text = f"{inspect.getdoc(hook)}\n"
    told_apart = {head: " ".join(body.split()) for head, body in _HEADING.findall(text)}
    return " ".join(_HEADING.sub("", text).split()), told_apart


def _describe_fields(value: type) -> list[str]:
    """Return the table of a class: each field, its type and what it means."""
    docs = _read_attributes(value)
    rows = [
        f"| `{one.name}` | `{_write_type(one.type)}` | {docs[one.name]} |" for one in fields(value)
    ]
    return ["", f"| `{value.__name__}` | type | meaning |", "|---|---|---|", *rows]


def _describe_declaration() -> list[str]:
    """Return the table of what `@measure(…)` takes."""
    docs = _read_attributes(MeasureInfo)
    rows = [
        f"| `{one.name}` | `{_write_type(one.type)}` | {_write_default(one.default)} | {docs[one.name]} |"
        for one in fields(MeasureInfo)
    ]
    return [
        "",
        "### What a measure declares",
        "",
        "`@plfkit.measures.measure(…)` takes these by name. A name that it does not take is refused with the",
        "nearest one, and with the line of your code. What a result says of itself has to agree with them.",
        "",
        "| `@measure(…)` | type | left out | meaning |",
        "|---|---|---|---|",
        *rows,
    ]


def _write_default(default: Any) -> str:
    """Return what stands for an attribute that is left out; one without a default must be given."""
    if default is NOTHING:
        return "must be given"
    return f"`{default.factory() if hasattr(default, 'factory') else default!r}`"


def _read_attributes(value: type) -> dict[str, str]:
    """Return what a class says of each of its attributes."""
    docs: dict[str, str] = {}
    for base in reversed(value.__mro__):
        _, _, attributes = (inspect.getdoc(base) or "").partition("Attributes:\n")
        told = _ATTRIBUTE.findall(attributes)
        docs |= {name: _mark_code(" ".join(text.split())) for name, text in told}
    return docs


def _write_type(annotation: object) -> str:
    """Return a type as it is written; a bar would end the cell of a table."""
    return str(getattr(annotation, "__name__", annotation)).replace("|", "\\|")


def _mark_code(text: str) -> str:
    return text.replace("``", "`")
