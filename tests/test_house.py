"""The rules of the house that no other tool checks. Each test names what breaks its rule; the list must be empty."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.urls import reverse

from sajja.org.permissions import WORDS
from tests import routes, sources
from tests.sources import ROOT, name

WHERE_WRITES_LIVE = {"actions", "jobs"}
ONCE = "sajja/web/once.py"
FROZEN = "sajja/web/frozen.py"  # puts on the triggers that refuse writes
CLOCK = "sajja/web/clock.py"
ALWAYS_A_WRITE = {"create", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "delete"}
CLOCK_READINGS = re.compile(
    r"(^|\.)(datetime\.(now|utcnow|today)|date\.today|timezone\.(now|localdate|localtime)|time\.(time|time_ns|localtime|gmtime|ctime))$"
)
OPEN_TO_ALL = {
    "healthz",
    "account_login",
    "account_logout",
    "account_signup",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "org:invited",
    "org:paper",
    "treasury:balances",
    "privacy:notice",
}
SAFE_MARKUP = {"sajja/web/charts.py", "sajja/web/shelf.py", "sajja/web/templatetags/sajja.py"}
MACHINE_PATHS = re.compile(r"""["'`\s(](/(?:home|root|tmp|work|mnt|srv|opt|Users)/[\w.]|~/)""")


# --- routes --------------------------------------------------------------------------------


def test_every_route_says_who_may_open_it() -> None:
    known = {*WORDS, "signed_in", "open_to_all"}
    assert [f"{route.name} {route.pattern}" for route in routes.every() if route.guard not in known] == []


def test_only_these_routes_are_open_to_all() -> None:
    opened = {route.name for route in routes.every() if route.guard == "open_to_all"}
    assert opened - OPEN_TO_ALL - routes.DEMONSTRATION_ONLY == set()


def test_every_route_has_a_name_and_no_thai() -> None:
    assert [route.pattern for route in routes.every() if not route.name or sources.THAI.search(route.pattern)] == []


def test_every_part_of_an_address_has_its_fixed_name() -> None:
    assert [f"{route.name}: {part}" for route in routes.every() for part in route.parts if part not in routes.PARTS] == []


# --- writes --------------------------------------------------------------------------------


def test_only_actions_write() -> None:
    found = [
        f"{name(file)}:{call.lineno} .{call.func.attr}()"
        for file in sources.python("sajja/")
        if not _may_write(file)
        for call in sources.calls(file)
        if isinstance(call.func, ast.Attribute) and _writes(call, call.func)
    ]
    assert found == []


def _may_write(file: Path) -> bool:
    return name(file) in {ONCE, FROZEN} or bool({file.stem, *file.relative_to(ROOT).parts} & WHERE_WRITES_LIVE)


def _writes(call: ast.Call, method: ast.Attribute) -> bool:
    """A model is saved without positional words (a picture has its file); a queryset is updated by keywords (a dict is not)."""
    if method.attr == "save":
        return not call.args
    if method.attr == "update":
        return bool(call.keywords) and not call.args
    return method.attr in ALWAYS_A_WRITE or (method.attr in {"execute", "executemany"} and not _is_reading(call))


def _is_reading(call: ast.Call) -> bool:
    first = call.args[0] if call.args else None
    if isinstance(first, ast.JoinedStr) and first.values:  # its first words are written there
        first = first.values[0]
    words = str(first.value) if isinstance(first, ast.Constant) else ""
    return words.lstrip().upper().startswith(("SELECT", "PRAGMA", "EXPLAIN"))


@pytest.mark.parametrize(
    ("line", "writes"),
    [
        ("Forum.objects.create(at=at)", True),
        ("forum.save(update_fields=['state'])", True),
        ("forum.save()", True),
        ("Forum.objects.filter(pk=1).update(state='held')", True),
        ("forum.delete()", True),
        ("cursor.execute('UPDATE forums SET state = 1')", True),
        ("cursor.execute(sql)", True),
        ("picture.save(buffer, 'JPEG')", False),
        ("digest.update(chunk)", False),
        ("known.update(more)", False),
        ("cursor.execute('SELECT 1')", False),
        ("cursor.execute(f'SELECT {marks}')", False),
        ("cursor.execute(f'{verb} forums')", True),
    ],
)
def test_the_rule_knows_a_write_when_it_sees_one(line: str, writes: bool) -> None:
    call = ast.parse(line, mode="eval").body
    assert isinstance(call, ast.Call)
    assert isinstance(call.func, ast.Attribute)
    assert _writes(call, call.func) is writes


def test_a_view_acts_only_inside_once() -> None:
    found = [
        f"{name(file)}:{call.lineno} {sources.dotted(call.func)}"
        for file in sources.python("sajja/")
        if "views" in {file.stem, *file.parts}
        for view in sources.tree(file).body
        if isinstance(view, ast.FunctionDef)
        for call in _calls_outside_lambdas(view)
        if sources.dotted(call.func).startswith("actions.")
    ]
    assert found == []


def _calls_outside_lambdas(view: ast.FunctionDef) -> list[ast.Call]:
    """The calls that run when the view runs: not those that it hands to `submit` or `once` to be run."""
    found: list[ast.Call] = []
    waiting: list[ast.AST] = [*view.body] if view.decorator_list else []
    while waiting:
        node = waiting.pop()
        if isinstance(node, (ast.Lambda, ast.FunctionDef)):
            continue
        if isinstance(node, ast.Call):
            found.append(node)
        waiting.extend(ast.iter_child_nodes(node))
    return found


@pytest.mark.django_db
def test_migrations_are_in_step_with_the_models() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


# --- the clock -----------------------------------------------------------------------------


def test_only_the_clock_reads_the_clock() -> None:
    found = [
        f"{name(file)}:{node.lineno} {sources.dotted(node)}"
        for file in sources.python("sajja/")
        if name(file) != CLOCK
        for node in ast.walk(sources.tree(file))
        if isinstance(node, ast.Attribute) and CLOCK_READINGS.search(sources.dotted(node))
    ]
    assert found == []


def test_no_field_and_no_template_reads_the_clock() -> None:
    fields = [
        f"{name(file)}:{word.value.lineno} {word.arg}"
        for file in sources.python("sajja/")
        for call in sources.calls(file)
        for word in call.keywords
        if word.arg in {"auto_now", "auto_now_add"} or sources.dotted(word.value) == "timezone.now"
    ]
    assert fields + _found_in_templates(r"{%\s*now\b") == []


# --- size, words ---------------------------------------------------------------------------


def test_functions_stop_at_60_lines() -> None:
    found = [
        f"{name(file)}:{node.lineno} {node.name}"
        for file in sources.python()
        for node in ast.walk(sources.tree(file))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and (node.end_lineno or 0) - node.lineno >= 60
    ]
    assert found == []


def test_files_stop_at_400_lines() -> None:
    written = [*sources.python(), *sources.ending(".html", ".css", ".js", under="sajja/")]
    assert [name(file) for file in written if len(file.read_text(encoding="utf-8").splitlines()) > 400] == []


def test_every_model_stands_in_the_glossary() -> None:
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    ours = [model for model in apps.get_models() if model.__module__.startswith("sajja.")]
    assert [model.__name__ for model in ours if f"`{model.__name__}`" not in glossary] == []


# --- templates -----------------------------------------------------------------------------


def _found_in_templates(pattern: str) -> list[str]:
    return [
        f"{name(file)}:{sources.line_of(text, hit.start())} {hit.group().strip()}"
        for file in sources.templates()
        for text in [file.read_text(encoding="utf-8")]
        for hit in re.finditer(pattern, text, re.IGNORECASE | re.DOTALL)
    ]


def test_no_template_holds_style_or_script() -> None:
    inline = r"""\sstyle\s*=|<style\b|<script(?![^>]*\ssrc=)[^>]*>|\son[a-z]+\s*=\s*["']|\shx-on|javascript:"""
    assert _found_in_templates(inline) == []


def test_no_template_turns_escaping_off() -> None:
    assert _found_in_templates(r"\|\s*safe(seq)?\b|{%\s*autoescape\s+off") == []


def test_only_the_shelf_marks_text_as_safe() -> None:
    found = [
        f"{name(file)}:{node.lineno}"
        for file in sources.python("sajja/")
        if name(file) not in SAFE_MARKUP
        for node in ast.walk(sources.tree(file))
        if isinstance(node, (ast.Name, ast.Attribute)) and sources.dotted(node).rpartition(".")[2] in {"mark_safe", "SafeData"}
    ]
    assert found == []


def test_no_page_asks_another_site_for_anything() -> None:
    assert _found_in_templates(r"""(src|href|action|srcset)\s*=\s*["'](https?:)?//""") == []


def test_every_visible_thai_word_can_be_translated() -> None:
    found = []
    for file in sources.templates():
        if file.name == "500.html":
            continue  # stands when nothing else does, translations neither
        bare = _without_tags(file.read_text(encoding="utf-8"))
        found += [
            f"{name(file)}:{number} {line.strip()}"
            for number, line in enumerate(bare.splitlines(), 1)
            if sources.THAI.search(line)
        ]
    assert found == []


def _without_tags(text: str) -> str:
    """The template without comments, translated blocks and the insides of tags; line breaks stay."""
    for pattern in (
        r"{#.*?#}",
        r"{%\s*comment.*?endcomment\s*%}",
        r"{%\s*blocktrans(?:late)?\b.*?{%\s*endblocktrans(?:late)?\s*%}",
        r"{%.*?%}",
        r"{{.*?}}",
    ):
        text = re.sub(pattern, lambda hit: "\n" * hit.group().count("\n"), text, flags=re.DOTALL)
    return text


def test_every_form_that_writes_is_sent_once_and_from_here() -> None:
    found = []
    for file in sources.templates():
        text = file.read_text(encoding="utf-8")
        for form in re.finditer(r"<form\b[^>]*\bmethod\s*=\s*[\"']?post.*?</form>", text, re.IGNORECASE | re.DOTALL):
            wanted = ["{% csrf_token %}"] if {"account", "mfa"} & {*file.parts} else ["{% csrf_token %}", "{% once %}"]
            found += [
                f"{name(file)}:{sources.line_of(text, form.start())} lacks {tag}" for tag in wanted if tag not in form.group()
            ]
    assert found == []


# --- the clone -----------------------------------------------------------------------------


def test_nothing_names_a_path_of_one_machine() -> None:
    found = [
        f"{name(file)}:{sources.line_of(text, hit.start())} {hit.group().strip()}"
        for file in sources.ending(".py", ".md", ".toml", ".html", ".js", ".css", ".json", "Makefile", "run")
        for text in [file.read_text(encoding="utf-8")]
        for hit in MACHINE_PATHS.finditer(text)
        if name(file) != "tests/test_house.py"
    ]
    assert found == []


def test_no_link_leads_out_of_the_clone() -> None:
    assert [name(file) for file in sources.files() if file.is_symlink() and not file.resolve().is_relative_to(ROOT)] == []


def test_no_page_of_the_docs_has_a_dead_link() -> None:
    found = [
        f"{name(file)}: {target}"
        for file in sources.ending(".md")
        for target in re.findall(r"\]\(([^)#\s]+)", file.read_text(encoding="utf-8"))
        if not target.startswith(("http:", "https:", "mailto:")) and not (file.parent / target).exists()
    ]
    assert found == []


def test_third_party_files_are_installed_not_committed() -> None:
    foreign = re.compile(r"(\.min\.(js|css)|\.woff2?|\.ttf|\.otf|\.whl|\.mo)$|(^|/)node_modules/")
    assert [name(file) for file in sources.files() if foreign.search(name(file))] == []


def test_lock_files_hold_no_address() -> None:
    locks = [*sources.ending(".lock"), ROOT / "package-lock.json"]
    assert len(locks) == 7
    assert [name(file) for file in locks if re.search(r"https?:|resolved", file.read_text())] == []


def test_every_dependency_is_locked_and_says_why() -> None:
    found = []
    for listed in sources.ending(".in", under="requirements/"):
        locked = listed.with_suffix(".lock").read_text()
        for line in listed.read_text().splitlines():
            if not (hit := re.match(r"([A-Za-z][\w.-]*)", line)):
                continue
            if not re.search(rf"^{re.escape(hit[1].lower())}==", locked, re.MULTILINE):
                found.append(f"{hit[1]} is not locked")
            if listed.stem == "main" and "  #" not in line and " # " not in line:
                found.append(f"{hit[1]} does not say why")
    assert found == []


# --- the tests -----------------------------------------------------------------------------


def test_no_test_is_skipped_mocked_or_out_of_sight() -> None:
    excuse = re.compile(
        r"pytest\.(skip|importorskip|xfail|mark\.(skip|skipif|xfail))|unittest\.mock|SkipTest|\bmonkeypatch\b.*setattr"
    )
    found = [
        f"{name(file)}:{number} {line.strip()}"
        for file in sources.python("tests/")
        if name(file) != "tests/test_house.py"
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if excuse.search(line)
    ]
    hidden = [
        name(file)
        for file in sources.python("tests/")
        if not file.name.startswith("test_")
        and any(isinstance(n, ast.FunctionDef) and n.name.startswith("test_") for n in sources.tree(file).body)
    ]
    assert found + hidden == []


def test_every_promise_has_its_test() -> None:
    promised = re.findall(r"`(test_\w+)`", (ROOT / "docs" / "promises.md").read_text(encoding="utf-8"))
    written = {
        node.name
        for file in sources.python("tests/")
        for node in ast.walk(sources.tree(file))
        if isinstance(node, ast.FunctionDef)
    }
    assert promised
    assert [promise for promise in promised if promise not in written] == []


def test_healthz_is_where_operators_look_for_it() -> None:
    assert reverse("healthz") == "/healthz"
