"""Small faults, one at a time: what of a module can be broken, and the module with it broken."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from types import CodeType
from typing import Any, TypeVar

from attrs import frozen

Node = TypeVar("Node", bound=ast.AST)

SWAPPED: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.Pow: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
CALLED_INSTEAD = {"min": "max", "any": "all", "minimum": "maximum"}
CALLED_INSTEAD |= {theirs: ours for ours, theirs in CALLED_INSTEAD.items()}
BROKEN_INSIDE = (ast.Compare, ast.BoolOp, ast.UnaryOp)
"""Conditions that have faults of their own: they need not be turned round as well."""


@frozen
class Fault:
    """One fault in one module: some node, and what stands in its place.

    Attributes:
        function: The outermost function it is in, after its class; empty for the module itself.
        line: The first line of that function; 0 for the module itself, its classes and defaults.
        node: What is there.
        other: What is there instead.
    """

    function: str
    line: int
    node: ast.AST
    other: ast.AST

    def __str__(self) -> str:
        if isinstance(self.node, ast.Call) and isinstance(self.other, ast.Call):
            kept = {id(one) for one in self.other.keywords}
            for one in self.node.keywords:
                if id(one) not in kept:
                    return f"{self.function}: {ast.unparse(self.node.func)} without {one.arg}="
        return f"{self.function}: {ast.unparse(self.node)} -> {ast.unparse(self.other)}"


def list_faults(node: ast.AST, function: str = "", line: int = 0) -> Iterator[Fault]:
    """Yield each fault below a node, in the order of the text."""
    for child in _list_running_children(node):
        name, start = function, line
        if isinstance(child, ast.FunctionDef | ast.ClassDef) and not line:
            name = f"{function}.{child.name}".lstrip(".")
        if isinstance(node, ast.FunctionDef) and not isinstance(child, ast.arguments) and not line:
            # Compiled code begins at the first decorator.
            start = min([node.lineno, *(one.lineno for one in node.decorator_list)])
        for old, new in _propose_others(child):
            yield Fault(name, start, old, new)
        yield from list_faults(child, name, start)


def compile_broken(tree: ast.Module, fault: Fault, file: str) -> CodeType:
    """Compile a module with one fault; the tree is whole again afterwards."""
    _Replacing(fault.node, fault.other).visit(tree)
    code = compile(ast.fix_missing_locations(tree), file, "exec", dont_inherit=True)
    _Replacing(fault.other, fault.node).visit(tree)
    return code


class _Replacing(ast.NodeTransformer):
    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self.old, self.new = old, new

    def visit(self, node: ast.AST) -> ast.AST:
        return self.new if node is self.old else self.generic_visit(node)


def _list_running_children(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the parts of a node that do something: no types, docstrings, imports or decorators."""
    idle = {id(getattr(node, name, None)) for name in ("annotation", "returns")}
    idle |= {id(one) for one in getattr(node, "decorator_list", ())}
    for child in ast.iter_child_nodes(node):
        docstring = isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)
        declared = isinstance(child, ast.Import | ast.ImportFrom | ast.JoinedStr)
        if not (id(child) in idle or docstring or declared or _is_about_names(child)):
            yield child


def _is_about_names(node: ast.AST) -> bool:
    """Tell whether a node says only what names there are, and of what type."""
    if isinstance(node, ast.If):
        return ast.unparse(node.test) == "TYPE_CHECKING"
    if isinstance(node, ast.Assign):
        return ast.unparse(node.targets[0]) == "__all__"
    return any(ast.unparse(one) == "overload" for one in getattr(node, "decorator_list", ()))


def _propose_others(  # noqa: C901 - one case for each kind of node
    node: ast.AST,
) -> Iterator[tuple[ast.AST, ast.AST]]:
    """Yield a node, or its condition, with what could stand there by mistake."""
    match node:
        case ast.Compare():
            for place, one in enumerate(node.ops):
                yield node, _alter(node, ops=_alter_item(node.ops, place, SWAPPED[type(one)]()))
        case ast.BoolOp() | ast.BinOp() | ast.AugAssign():
            if type(node.op) in SWAPPED:
                yield node, _alter(node, op=SWAPPED[type(node.op)]())
        case ast.UnaryOp():
            # Doubled, an operator does nothing: not not x, ~~x, --x.
            yield node, _alter(node, operand=ast.UnaryOp(node.op, node.operand))
        case ast.Constant():
            yield from ((node, one) for one in _vary_constant(node))
        case ast.Call():
            yield from ((node, one) for one in _vary_call(node))
        case ast.Raise() | ast.Continue() | ast.Expr(value=ast.Call()):
            yield node, ast.copy_location(ast.Pass(), node)
        case ast.Assign(targets=[ast.Subscript()]):
            yield node, ast.copy_location(ast.Pass(), node)
        case ast.If() | ast.IfExp() | ast.While():
            yield from _turn_conditions([node.test])
        case ast.comprehension():
            yield from _turn_conditions(node.ifs)


def _turn_conditions(tests: list[ast.expr]) -> Iterator[tuple[ast.AST, ast.AST]]:
    for test in tests:
        if not isinstance(test, BROKEN_INSIDE):
            yield test, ast.copy_location(ast.UnaryOp(ast.Not(), test), test)


def _vary_constant(node: ast.Constant) -> Iterator[ast.Constant]:
    """Yield another value; sentences are left alone, so that nobody tests wording."""
    value = node.value
    if isinstance(value, bool):
        yield _alter(node, value=not value)
    elif isinstance(value, int | float):
        yield _alter(node, value=value + 1)
    elif isinstance(value, str) and value.isidentifier():
        yield _alter(node, value=f"{value}_")


def _vary_call(call: ast.Call) -> Iterator[ast.Call]:
    """Yield a call of the opposite function, and calls that leave an argument to its default."""
    function = call.func
    if isinstance(function, ast.Name) and function.id in CALLED_INSTEAD:
        yield _alter(call, func=_alter(function, id=CALLED_INSTEAD[function.id]))
    if isinstance(function, ast.Attribute) and function.attr in CALLED_INSTEAD:
        yield _alter(call, func=_alter(function, attr=CALLED_INSTEAD[function.attr]))
    for place, one in enumerate(call.keywords):
        if one.arg is not None:
            yield _alter(call, keywords=call.keywords[:place] + call.keywords[place + 1 :])


def _alter(node: Node, **changes: Any) -> Node:
    """Return a node with some fields changed."""
    fields = {name: getattr(node, name) for name in node._fields}
    return ast.copy_location(type(node)(**(fields | changes)), node)


def _alter_item(items: list[Any], place: int, item: object) -> list[Any]:
    return [*items[:place], item, *items[place + 1 :]]
