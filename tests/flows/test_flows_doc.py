"""docs/flows.md names places that are there."""

import ast
import re

from tests.sources import ROOT

STEP = re.compile(r"`(sajja/[\w/]+\.py)`((?:[^`;\n]*`\w+`)+)")


def functions(file: str) -> set[str]:
    """The functions of a file."""
    return {node.name for node in ast.walk(ast.parse((ROOT / file).read_text())) if isinstance(node, ast.FunctionDef)}


def test_every_step_of_the_walks_is_a_function_that_is_there() -> None:
    steps = STEP.findall((ROOT / "docs/flows.md").read_text())
    named = [(file, name) for file, names in steps for name in re.findall(r"`(\w+)`", names)]
    assert len(named) > 20
    assert [f"{file} {name}" for file, name in named if name not in functions(file)] == []
