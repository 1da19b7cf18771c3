"""The books answer the assessment: the figure suggests, an officer who differs says why, and what was judged does not move."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sajja.assessments import actions, queries
from sajja.assessments.actions import Given
from sajja.assessments.models import Answer, Assessment
from sajja.groups.queries import members_of
from sajja.lib.refusals import Refused
from tests.assessments.instruments import answers, in_force
from tests.cast import Cast
from tests.factories import a_group, a_selected_group
from tests.treasury.books import Kept, a_book

pytestmark = pytest.mark.django_db
DAY = date(2021, 6, 10)
WHY = "นับเงินต่อหน้าเวทีแล้ว"


def asked(cast: Cast) -> tuple[Kept, Assessment]:
    """A group whose book was last touched on its opening, and its governance assessment."""
    selected = a_selected_group(cast=cast)
    book = a_book(selected.group, cast=cast, pledged=10_000)
    version = in_force("governance", cast)
    return book, actions.start_assessment(by=cast.district_officer, selected=selected, version=version, day=DAY)


def key(assessment: Assessment, code: str) -> int:
    return next(one.pk for one in queries.indicators_of(assessment.version) if one.code == code)


def told(assessment: Assessment, code: str) -> tuple[object, ...]:
    figure = Answer.objects.get(assessment=assessment, indicator=key(assessment, code)).figure
    assert figure is not None
    return tuple(figure[name] for name in ("key", "on", "numerator", "denominator", "suggested"))


def answered(cast: Cast, assessment: Assessment) -> Assessment:
    """Everything passes, with a reason where the books say other."""
    given = {pk: Given(one.value, WHY) for pk, one in answers(assessment.version).items()}
    actions.save_answers(by=cast.district_officer, assessment=assessment, answers=given, side="officer")
    return actions.confirm_assessment(by=cast.district_officer, assessment=assessment)


def test_each_answer_keeps_the_figure_as_it_was_seen() -> None:
    cast = Cast()
    _book, assessment = asked(cast)
    given = {key(assessment, code): Given("pass", WHY) for code in ("1.1", "3.1")}
    actions.save_answers(by=cast.district_officer, assessment=assessment, answers=given, side="officer")
    assert told(assessment, "1.1") == ("members_current", "2021-06-10", 3, 3, "pass")
    assert told(assessment, "3.1") == ("books_current", "2021-06-10", 161, None, "fail")


def test_an_officer_who_says_other_than_the_books_says_why() -> None:
    cast = Cast()
    _book, assessment = asked(cast)
    given = {**answers(assessment.version), key(assessment, "1.2"): Given("0")}
    actions.save_answers(by=cast.district_officer, assessment=assessment, answers=given, side="officer")
    with pytest.raises(Refused, match=r"ข้อ 3\.1, 3\.3, 4\.5 ยังไม่มีเหตุผล"):
        actions.confirm_assessment(by=cast.district_officer, assessment=assessment)
    given = {key(assessment, code): Given("pass", WHY) for code in ("3.1", "3.3", "4.5")}
    actions.save_answers(by=cast.district_officer, assessment=assessment, answers=given, side="officer")
    assert actions.confirm_assessment(by=cast.district_officer, assessment=assessment).passed == 20


def test_a_figure_that_was_judged_does_not_move_when_the_books_do() -> None:
    cast = Cast()
    book, assessment = asked(cast)
    done = answered(cast, assessment)
    before = told(done, "3.1")
    book.post("11000", "46000", 5_000, date(2021, 6, 9), "income")
    found = queries.told_by_books(done, queries.indicators_of(done.version))[key(done, "3.1")]
    assert (told(done, "3.1") == before, found["numerator"]) == (True, 1)
    with pytest.raises(DatabaseError, match="what was judged stays as it was judged"), transaction.atomic():
        Answer.objects.filter(assessment=done, indicator=key(done, "3.1")).update(figure={"numerator": 1})


def test_a_group_without_a_book_here_is_asked_as_before() -> None:
    cast = Cast()
    version = in_force("governance", cast)
    assessment = actions.start_assessment(
        by=cast.district_officer, selected=a_selected_group(cast=cast), version=version, day=DAY
    )
    actions.save_answers(by=cast.district_officer, assessment=assessment, answers=answers(version), side="officer")
    assert actions.confirm_assessment(by=cast.district_officer, assessment=assessment).passed == 21
    assert Answer.objects.filter(assessment=assessment, figure__isnull=False).count() == 0


def test_the_officer_reads_the_figure_beside_the_question_and_answers_with_it(client: Client) -> None:
    cast = Cast()
    _book, assessment = asked(cast)
    client.force_login(cast.district_officer)
    url = reverse("assessments:answer", args=[assessment.pk]) + "?aspect=1"
    page = client.get(url).content.decode()
    assert ("3 จาก 3 คน · 100.00%" in page, "ตอบตามบัญชี: ผ่าน" in page) == (True, True)
    result = reverse("assessments:result", args=[answered(cast, assessment).pk])
    shown = client.get(result).content.decode()
    assert ("161 วัน" in shown, WHY in shown, "ต่างจากบัญชี" in shown) == (True, True, True)


def test_offices_read_counts_behind_every_figure_and_the_committee_reads_names(client: Client) -> None:
    cast = Cast()
    book, _assessment = asked(cast)
    names = [member.name for member in members_of(book.group)]
    for person, sees in ((cast.district_officer, False), (book.treasurer, True)):
        client.force_login(person)
        pages = []
        for figure in (
            "members_current",
            "savings_on_time",
            "overdue_principal",
            "members_growth",
            "cash_agrees",
            "books_current",
        ):
            answer = client.get(reverse("treasury:figure", args=[book.kept.book_id, figure]) + "?on=2021-06-10")
            assert answer.status_code == 200
            pages.append(answer.content.decode())
        assert any(name in page for name in names for page in pages) is sees


def test_all_figures_cost_the_same_for_one_member_and_for_three(client: Client) -> None:
    prices = []
    for count in (1, 3):
        cast = Cast()
        book = a_book(a_group(f"กลุ่ม {count} คน"), cast=cast, members=count, pledged=10_000)
        client.force_login(book.treasurer)
        with CaptureQueriesContext(connection) as found:
            assert client.get(reverse("treasury:figures", args=[book.kept.book_id])).status_code == 200
        prices.append(len(found))
    assert prices[0] == prices[1]
