"""The register of processing: every table of the program stands in it or holds nothing of a person; anyone reads the notice."""

from collections import Counter

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from sajja.config.cli import main
from sajja.privacy.register import NONE, REGISTER
from tests.cast import Cast

OURS = {model._meta.label for model in apps.get_models() if model.__module__.startswith("sajja.")}
PEOPLE = {"org.Person", "groups.Member"}


def test_every_table_stands_in_the_register_or_among_those_without_people_once() -> None:
    said = Counter([table for one in REGISTER for table in one.tables] + list(NONE))
    assert OURS - set(said) == set(), "say in privacy/register.py what these hold of whom, and why"
    assert set(said) - OURS == set(), "these tables are gone"
    assert [table for table, times in said.items() if times > 1] == []


def test_no_table_without_people_points_at_one_or_keeps_a_name() -> None:
    for label in NONE:
        for field in apps.get_model(label)._meta.concrete_fields:
            told = field.related_model._meta.label if field.is_relation and field.related_model else ""
            assert told not in PEOPLE, f"{label}.{field.name}"
            assert field.name not in {"full_name", "by_name", "phone", "address", "born_on"}, f"{label}.{field.name}"


@pytest.mark.django_db
def test_anyone_reads_the_notice_and_who_signed_in_the_register() -> None:
    notice = Client().get(reverse("privacy:notice"))
    assert (notice.status_code, "สิทธิของท่าน" in notice.content.decode()) == (200, True)
    assert [str(one.title) for one in REGISTER if str(one.title) not in notice.content.decode()] == []
    assert Client().get(reverse("privacy:register")).status_code == 302
    client = Client()
    client.force_login(Cast().district_officer)
    shown = client.get(reverse("privacy:register")).content.decode()
    assert [str(one.right) for one in REGISTER if str(one.right) not in shown] == []
    assert reverse("privacy:breaches") not in shown
    assert client.get(reverse("privacy:register_sheet"))["Content-Type"].startswith("application/vnd.openxml")
    assert client.get(reverse("privacy:breaches")).status_code == 403


def test_the_command_prints_every_line_of_the_register(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["privacy", "register"]) == 0
    printed = capsys.readouterr().out
    assert [one.key for one in REGISTER if f"## {one.title}" not in printed or f"- เก็บไว้: {one.kept}" not in printed] == []
