"""Write the lock files again: names, versions and hashes, and no address of any registry."""

import json
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NAMES = ["bootstrap", "main", "dev", "node", "bench", "sbom"]  # dev is held to the versions of the two before it


def main() -> None:
    for name in NAMES:
        lock_python(name)
    subprocess.run(["npm", "install", "--package-lock-only", "--silent"], cwd=ROOT, check=True)
    strip_addresses(ROOT / "package-lock.json")


def lock_python(name: str) -> None:
    command = [
        ".venv/bin/uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11", "--generate-hashes",
        "--no-header", "--no-emit-index-url", f"requirements/{name}.in", "-o", f"requirements/{name}.lock",
    ]  # fmt: skip
    subprocess.run(command, cwd=ROOT, check=True)


def strip_addresses(lock: Path) -> None:
    """npm leaves out `resolved` by our .npmrc; the makers' funding pages are addresses too."""
    content = json.loads(lock.read_text())
    for package in content["packages"].values():
        package.pop("funding", None)
        package.pop("resolved", None)
    lock.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
