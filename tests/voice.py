"""How the code reads, in figures: ``python tests/voice.py [FOLDER] [--list]``.

It counts what names, comments and helpers say for themselves, in every module of a folder, and prints
a table; with ``--list`` also the names that are counted as faults, and where they stand.
"""

from __future__ import annotations

import ast
import io
import sys
import tokenize
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

SOURCES = Path(__file__).parents[1] / "src" / "plfkit"
VERBS = frozenset(
    """
    add adjust advise align allow amend answer apply ask assemble assess assign average begin bind
    blank bound bring build call catch check choose claim clean clear clip close code collect colour combine
    commit compare compile complete compute convert correct correlate count cross cut decide declare
    decode deduce deliver describe divide do draw drop encode end enforce ensure estimate evaluate
    even exit expand explain extend fill find finish fit flip fold follow format freeze gather
    generalise get give grade group handle hash have hide hint hold ignore import include index
    install interpolate intersect invert invoke join judge keep label lay level limit list load log
    locate lock look lower make map mark match mean measure merge minimise mix move name narrow normalise
    note notify number observe offer open order overlap pair parametrize parse partition pass pause
    permute pick plan plant point pool prefix prepare print probe put quote raise rank read recall recode
    record refer refuse regress relabel release remove rename render repeat replace reply require resample
    resolve respect restrict reweight rewire round run save say scale scan score seal search select set
    settle share shorten show simulate sort span spell split spread stack stage start stretch strip
    structure submit subtract suggest sum summarise swap symmetrise sync take tell test trace treat try
    turn unpack update use view walk weigh widen withhold word work wrap write yield
    applies are can fits has ignores is keeps lacks looks may meets needs overlaps sorts stands starts
    """.split()  # noqa: SIM905 - one word after the other is read at a glance
)
NOUNS_TOO = frozenset(
    """
    cut end fit grade group hash index label level limit list look mark match measure name note
    number order pair plan pool rank record reply scale score set share show sum test use word
    """.split()  # noqa: SIM905 - the same
)
"""Verbs that are nouns too: they are verbs where an object follows them."""
CONVERSIONS = frozenset({"to", "from", "of", "as"})


def split_words(name: str) -> list[str]:
    """Split a name into its words."""
    return name.strip("_").split("_")


def is_verb_first(name: str) -> bool:
    """Tell whether a name begins with a verb."""
    first, *others = split_words(name)
    return first in VERBS and (bool(others) or first not in NOUNS_TOO)


def is_bare(name: str) -> bool:
    """Tell whether a private name is one word."""
    return name.startswith("_") and len(split_words(name)) == 1


class Tree:
    """The modules of a folder, as Python reads them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.texts = {
            path: path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.py"))
        }
        self.modules = {path: ast.parse(text) for path, text in self.texts.items()}

    def list_functions(self) -> Iterator[tuple[Path, str, ast.FunctionDef]]:
        """Yield functions and methods with their qualified names, but for magic ones."""
        for path, module in self.modules.items():
            for node in module.body:
                if isinstance(node, ast.FunctionDef) and not node.name.startswith("__"):
                    yield path, node.name, node
                if isinstance(node, ast.ClassDef):
                    for inner in node.body:
                        if isinstance(inner, ast.FunctionDef) and not inner.name.startswith("__"):
                            yield path, f"{node.name}.{inner.name}", inner

    def name_module(self, path: Path) -> str:
        """Return a module's dotted name below the folder."""
        return ".".join(path.relative_to(self.folder).with_suffix("").parts)

    def list_homes(self) -> dict[str, list[str]]:
        """Return functions and classes whose name stands in several modules, with these."""
        homes = defaultdict(set)
        for path, module in self.modules.items():
            for node in module.body:
                if isinstance(node, ast.FunctionDef | ast.ClassDef) and "__" not in node.name:
                    homes[node.name].add(self.name_module(path))
        return {name: sorted(found) for name, found in sorted(homes.items()) if len(found) > 1}

    def list_used_once(self) -> list[tuple[Path, str, int]]:
        """Return private functions that their module mentions once, with how many statements they have."""
        found = []
        for path, module in self.modules.items():
            used = Counter(
                node.id if isinstance(node, ast.Name) else node.attr
                for node in ast.walk(module)
                if isinstance(node, ast.Name | ast.Attribute)
            )
            for node in module.body:
                if isinstance(node, ast.FunctionDef) and node.name.startswith("_"):
                    body = node.body[1:] if ast.get_docstring(node) else node.body
                    if used[node.name] == 1:
                        found.append((path, node.name, len(body)))
        return found

    def count_comments(self, path: Path) -> tuple[int, int]:
        """Count the comments of a module that speak to readers, and its lines of code.

        Lines of code hold neither a docstring nor a comment alone, and are not blank. What a comment
        says to a checker (``noqa``, ``type: ignore``) is no comment.
        """
        silent = {"noqa", "type:", "pragma:"}
        comments: set[int] = set()
        lines: set[int] = set()
        skipped = tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT
        for token in tokenize.generate_tokens(io.StringIO(self.texts[path]).readline):
            if token.type == tokenize.COMMENT:
                words = token.string.lstrip("#: ").split()
                if words and not any(words[0].startswith(word) for word in silent):
                    comments.add(token.start[0])
            elif token.type not in skipped and token.type != tokenize.ENDMARKER:
                lines.update(range(token.start[0], token.end[0] + 1))
        return len(comments), len(lines - self.find_docstring_lines(path))

    def find_docstring_lines(self, path: Path) -> set[int]:
        """Find the lines of texts that stand alone: docstrings."""
        return {
            line
            for node in ast.walk(self.modules[path])
            if isinstance(node, ast.Expr)
            and isinstance(node.value, ast.Constant)
            and isinstance(node.value.value, str)
            for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)
        }

    def list_imports(self, path: Path) -> set[str]:
        """Return the modules of the package that a module imports, however deep inside it."""
        root = self.folder.name
        found = set()
        for node in ast.walk(self.modules[path]):
            if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == root:
                found.add(str(node.module))
            if isinstance(node, ast.Import):
                found |= {name.name for name in node.names if name.name.split(".")[0] == root}
        return found


def measure_tree(tree: Tree) -> dict[str, str]:
    """Return every figure, ready to be printed."""
    functions = list(tree.list_functions())
    nameable = [node.name for _, _, node in functions if not is_property(node)]
    private = [name for name in nameable if name.startswith("_")]
    verbs = sum(map(is_verb_first, nameable))
    converting = sum(split_words(name)[0] in CONVERSIONS for name in nameable)
    bare = sum(map(is_bare, private))
    once = tree.list_used_once()
    helpers = [name for _, name, _ in functions if name.startswith("_") and "." not in name]
    longest = max(functions, key=lambda found: count_lines(found[2]))
    lines = {path: len(text.splitlines()) for path, text in tree.texts.items()}
    largest = max(lines, key=lines.__getitem__)
    imports = sum(len(tree.list_imports(path)) for path in tree.modules) / len(tree.modules)
    return {
        "modules": f"{len(lines)}",
        "lines": f"{sum(lines.values())}",
        "functions and methods, without properties": f"{len(nameable)}",
        "names that begin with a verb": f"{verbs / len(nameable):.0%}",
        "names that begin with a verb, or to, from, of": f"{(verbs + converting) / len(nameable):.0%}",
        "private names of one bare word": f"{bare / max(len(private), 1):.0%} ({bare} of {len(private)})",
        "names of functions and classes in several modules": f"{len(tree.list_homes())}",
        "private helpers used once": f"{len(once)} of {len(helpers)}",
        "of these with one statement": f"{sum(size == 1 for *_, size in once)}",
        "imports of the package a module": f"{imports:.1f}",
        "longest function, with docstring": f"{count_lines(longest[2])} lines ({longest[1]})",
        "longest module": f"{lines[largest]} lines ({tree.name_module(largest)})",
        "examples (>>>)": f"{sum(text.count('>>> ') for text in tree.texts.values())}",
        **measure_comments(tree),
    }


def measure_comments(tree: Tree) -> dict[str, str]:
    """Return the comments per 100 lines of code, in all and by room."""
    rooms: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for path in tree.modules:
        inside = path.relative_to(tree.folder)
        rooms[inside.parts[0] if len(inside.parts) > 1 else "(root)"].append(
            tree.count_comments(path)
        )
    every = [pair for pairs in rooms.values() for pair in pairs]
    return {
        "comments per 100 lines of code": compute_rate(every),
        **{f"  {room}": compute_rate(pairs) for room, pairs in sorted(rooms.items())},
    }


def compute_rate(pairs: list[tuple[int, int]]) -> str:
    """Return comments per 100 lines of code."""
    comments, lines = (sum(side) for side in zip(*pairs, strict=True))
    return f"{100 * comments / max(lines, 1):.1f}"


def is_property(node: ast.FunctionDef) -> bool:
    """Tell whether a method is read like a field."""
    return any("property" in ast.unparse(decorator) for decorator in node.decorator_list)


def count_lines(node: ast.FunctionDef) -> int:
    """Count the lines of a function."""
    return (node.end_lineno or node.lineno) - node.lineno + 1


def list_faults(tree: Tree) -> Iterator[str]:
    """Yield the names that are counted as faults, and where they stand."""
    for path, qualified, node in tree.list_functions():
        verb = is_verb_first(node.name) or split_words(node.name)[0] in CONVERSIONS
        if not verb and not is_property(node):
            yield f"no verb: {tree.name_module(path)}.{qualified}"
        if is_bare(node.name):
            yield f"bare: {tree.name_module(path)}.{qualified}"
    for name, homes in tree.list_homes().items():
        yield f"in several modules: {name} ({', '.join(homes)})"
    for path, name, size in tree.list_used_once():
        if size == 1:
            yield f"used once, one statement: {tree.name_module(path)}.{name}"


def main(arguments: list[str]) -> None:
    """Print the table, and the faults if asked for."""
    folders = [Path(argument) for argument in arguments if not argument.startswith("-")]
    tree = Tree((folders or [SOURCES])[0].resolve())
    for label, figure in measure_tree(tree).items():
        print(f"{label:50} {figure}")
    if "--list" in arguments:
        print(*list_faults(tree), sep="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
