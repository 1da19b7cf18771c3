"""What Sajja is built on: a bill of materials (CycloneDX) and the notices of third parties, both made into build/.

Python packages are those of main.lock as they are installed, read by cyclonedx-bom in an environment of its own; web packages
those of package.json. A package without a licence stops it: nothing ships of which nobody may say how it may be used.
"""

import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parent.parent
BUILD: Final = ROOT / "build"
VENV: Final = BUILD / "sbom"
REQUIREMENTS: Final = ROOT / "requirements"
UNSAID: Final = {"pyrage": "MIT", "bahttext": "BSD"}
"""Packages of which cyclonedx-bom reads no licence: what the licence file beside them, or their own metadata, says."""
Component = Mapping[str, Any]


def main() -> None:
    """Write build/sbom.json and build/THIRD_PARTY_NOTICES.md."""
    command = [str(_reader()), "environment", "--output-reproducible", "--output-format", "JSON", sys.executable]
    made = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    wanted = locked((REQUIREMENTS / "main.lock").read_text())
    python = [one for one in made["components"] if plain(one["name"]) in wanted]
    if missing := wanted - {plain(one["name"]) for one in python} - _not_here(wanted, python):
        sys.exit(f"not installed: {', '.join(sorted(missing))} (make setup)")
    made["components"] = [*python, *web(ROOT)]
    kept = {one["bom-ref"] for one in made["components"]}
    made["dependencies"] = [one for one in made.get("dependencies", []) if one["ref"] in kept]
    if unknown := [one["name"] for one in made["components"] if not licences(one)]:
        sys.exit(f"no licence: {', '.join(unknown)}")
    (BUILD / "sbom.json").write_text(json.dumps(made, indent=1, ensure_ascii=False) + "\n")
    (BUILD / "THIRD_PARTY_NOTICES.md").write_text(notices(made["components"]))
    print(f"build/sbom.json, build/THIRD_PARTY_NOTICES.md: {len(made['components'])} packages")


def plain(name: str) -> str:
    """A package's name as registries compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def locked(lock: str) -> set[str]:
    """The packages that a lock file names."""
    return {plain(found) for found in re.findall(r"^([A-Za-z0-9._-]+)==", lock, re.MULTILINE)}


def web(root: Path) -> list[Component]:
    """The web packages that ship: those of package.json but its development ones."""
    names = json.loads((root / "package.json").read_text())["dependencies"]
    said = [json.loads((root / "node_modules" / name / "package.json").read_text()) for name in sorted(names)]
    return [
        {
            "type": "library",
            "bom-ref": f"npm:{one['name']}",
            "name": one["name"],
            "version": one["version"],
            "purl": f"pkg:npm/{one['name'].replace('@', '%40')}@{one['version']}",
            "licenses": [{"license": {"name": one["license"]}}] if one.get("license") else [],
        }
        for one in said
    ]


def licences(component: Component) -> list[str]:
    """The licences of a package by name, each once; what only repeats a whole text is no name."""
    said = [
        one.get("expression") or one["license"].get("id") or one["license"].get("name", "")
        for one in component.get("licenses", [])
    ]
    named = list(dict.fromkeys(name.rpartition(" :: ")[2] for name in said if name and len(name) < 120 and "\n" not in name))
    return named or [UNSAID[name] for name in [component["name"]] if name in UNSAID]


def notices(components: Iterable[Component]) -> str:
    """A line for each package, by name, its licences and where the licence's text was found with it."""
    lines = [
        f"| {one['name']} | {one['version']} | {', '.join(licences(one))} |"
        for one in sorted(components, key=lambda one: plain(one["name"]))
    ]
    head = ["# Notices of third parties", "", "What Sajja is built on and ships with. Their licences:", ""]
    return "\n".join([*head, "| package | version | licence |", "|---|---|---|", *lines]) + "\n"


def _not_here(wanted: set[str], python: Iterable[Component]) -> set[str]:
    """Packages that main.lock names for other machines alone (a marker stands on their line)."""
    here = {plain(one["name"]) for one in python}
    lines = (REQUIREMENTS / "main.lock").read_text().splitlines()
    marked = {plain(line.split("==")[0]) for line in lines if "==" in line and ";" in line and not line.startswith(" ")}
    return (wanted - here) & marked


def _reader() -> Path:
    """cyclonedx-bom's command; its environment is made the first time and again when the lock file changes."""
    lock = REQUIREMENTS / "sbom.lock"
    stamp, digest = VENV / "stamp", hashlib.sha256(lock.read_bytes()).hexdigest()
    if not stamp.exists() or stamp.read_text() != digest:
        uv = Path(sys.executable).with_name("uv")
        subprocess.run([uv, "venv", "--quiet", "--clear", "--python", sys.executable, VENV], check=True)
        subprocess.run([uv, "pip", "sync", "--quiet", "--python", VENV / "bin" / "python", "--require-hashes", lock], check=True)
        stamp.write_text(digest)
    return VENV / "bin" / "cyclonedx-py"


if __name__ == "__main__":
    main()
