"""Short words for the steps of a run-sheet. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

from sajja.programme.terms import Terms

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

SHORT: Final[dict[str, StrOrPromise]] = {
    "register": _("ทบทวนกลุ่ม"),
    "governance": _("ประเมินศักยภาพธรรมาภิบาล"),
    "ssg": _("ประเมินตามกระบวนการ SSG"),
    "books": _("โปรแกรมบัญชีของกลุ่ม"),
    "plan": _("จัดทำแผนการพัฒนากลุ่ม"),
}
"""What a step opens → its short title."""


def short_titles(terms: Terms) -> dict[str, str]:
    """Step → its short title, in the letter's order; a step that opens nothing keeps the letter's own words."""
    return {key: str(SHORT.get(terms.step_opens.get(key, ""), letter)) for key, letter in terms.steps}
