from django.utils.translation import gettext_lazy as _

from sajja.lib.refusals import Refused


def test_a_refusal_carries_its_sentence_and_the_field_it_is_about() -> None:
    refusal = Refused("โปรดเลือกกลุ่มก่อน", field="group")

    assert str(refusal) == refusal.message == "โปรดเลือกกลุ่มก่อน"
    assert refusal.field == "group"


def test_a_lazy_sentence_is_read_when_it_is_shown() -> None:
    assert str(Refused(_("โปรดเลือกกลุ่มก่อน"))) == "โปรดเลือกกลุ่มก่อน"
