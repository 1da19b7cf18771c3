"""The clone's own files as the house tests read them: what git tracks, or would."""

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
THAI = re.compile(r"[฀-๿]")


@cache
def files() -> list[Path]:
    """Every file of the clone that is not ignored, tracked or new."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode()
    return sorted(file for name in listed.split("\0") if name and (file := ROOT / name).is_file())


def ending(*suffixes: str, under: str = "") -> list[Path]:
    """The files with one of these endings below a folder of the clone."""
    return [file for file in files() if file.name.endswith(suffixes) and name(file).startswith(under)]


def name(file: Path) -> str:
    """How a finding names a file."""
    return file.relative_to(ROOT).as_posix()


def python(under: str = "") -> list[Path]:
    """Python that people wrote: migrations are Django's."""
    return [file for file in ending(".py", under=under) if "migrations" not in file.parts]


@cache
def tree(file: Path) -> ast.Module:
    """The parsed module."""
    return ast.parse(file.read_text(encoding="utf-8"), filename=name(file))


def calls(file: Path) -> Iterator[ast.Call]:
    """Every call in a module."""
    return (node for node in ast.walk(tree(file)) if isinstance(node, ast.Call))


def dotted(node: ast.expr) -> str:
    """`a.b.c` of an expression as far as it is plain names; what comes before is dropped."""
    if isinstance(node, ast.Attribute):
        before = dotted(node.value)
        return f"{before}.{node.attr}" if before else node.attr
    return node.id if isinstance(node, ast.Name) else ""


def templates() -> list[Path]:
    """Every template."""
    return [file for file in ending(".html", ".txt", ".svg", under="sajja/") if "templates" in file.parts]


def line_of(text: str, at: int) -> int:
    """The line number of a position."""
    return text.count("\n", 0, at) + 1
