"""The notices of third parties: what the lock file names, each with its licence, one without is seen."""

from pathlib import Path
from typing import Any

from tools import notices

ROOT = Path(__file__).resolve().parent.parent


def component(name: str, *licences: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "version": "1.2", "bom-ref": name, "licenses": list(licences)}


def test_a_lock_file_names_packages_as_registries_compare_them() -> None:
    lock = "Zope.Interface==6.1 \\\n    --hash=sha256:ab\n    # via something==2\nps_copg==3.2 ; os_name == 'nt' \\\n"
    assert notices.locked(lock) == {"zope-interface", "ps-copg"}
    assert {"django", "typst", "python-docx"} <= notices.locked((ROOT / "requirements" / "main.lock").read_text())


def test_a_licence_is_read_as_an_expression_an_identifier_a_classifier_or_from_what_we_know() -> None:
    declared = {"license": {"name": "License :: OSI Approved :: BSD License"}}
    said = [
        component("one", {"expression": "MIT OR Apache-2.0"}),
        component("two", {"license": {"id": "MIT"}}, {"license": {"id": "MIT"}}),
        component("three", declared),
        component("pyrage"),
        component("nobody-said"),
        component("text", {"license": {"name": "Permission is granted\nto all"}}),
    ]
    assert [notices.licences(one) for one in said] == [["MIT OR Apache-2.0"], ["MIT"], ["BSD License"], ["MIT"], [], []]


def test_web_packages_that_ship_are_in_it_and_the_checker_of_the_tests_is_not() -> None:
    found = {one["name"]: notices.licences(one) for one in notices.web(ROOT)}
    assert ("htmx.org" in found, "axe-core" in found, [name for name, said in found.items() if not said]) == (True, False, [])


def test_the_notices_are_a_line_for_each_package_in_the_order_of_names() -> None:
    made = notices.notices([component("b", {"license": {"id": "MIT"}}), component("A", {"license": {"id": "ISC"}})])
    assert [line for line in made.splitlines() if line.startswith(("| A", "| b"))] == ["| A | 1.2 | ISC |", "| b | 1.2 | MIT |"]
