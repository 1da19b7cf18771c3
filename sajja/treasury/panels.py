"""What the books show on a group's page: money, savings, the last closed month; figures by heading, no member's name."""

from django.utils.translation import gettext as _

from sajja.groups.models import GroupBook, Member, SavingsGroup
from sajja.org.door import holds
from sajja.org.models import Person
from sajja.org.permissions import P
from sajja.treasury import chart
from sajja.treasury.models import Appropriation
from sajja.treasury.queries import kept_of, lending
from sajja.treasury.queries.anomalies import anomalies_of
from sajja.treasury.queries.closing import standing
from sajja.treasury.queries.savings import held_by
from sajja.treasury.statement import month_words
from sajja.web import clock
from sajja.web.panels import Panel


def member_panels(person: Person, member: Member) -> list[Panel]:
    """What a member has in the group's book, for its committee."""
    kept = kept_of(member.group)
    if kept is None or not holds(person, P.SEE_ACCOUNTS, member.group.unit):
        return []
    held = held_by(member)
    context: dict[str, object] = {
        "member": member, "pledged": held.pop(chart.PLEDGED, 0), "special": held.pop(chart.SPECIAL, 0),
        "other": sum(held.values()), "may_keep": holds(person, P.KEEP_BOOKS, member.group.unit),
    }  # fmt: skip
    return [Panel(_("เงินของสมาชิก"), "treasury/panels/member.html", context), *_loans(person, kept, member)]


def _loans(person: Person, kept: GroupBook, member: Member) -> list[Panel]:
    """What he borrowed and what he guarantees; the way to an application for who takes one."""
    found = lending.of_member(kept, member, clock.today())
    may_lend = holds(person, P.KEEP_LOANS, member.group.unit) and member.is_active
    if not (found.own or found.guarantees or may_lend):
        return []
    context = {"member": member, "kept": kept, "loans": found, "may_lend": may_lend}
    return [Panel(_("เงินกู้ของสมาชิก"), "treasury/panels/loans.html", context)]


def panels(person: Person, group: SavingsGroup) -> list[Panel]:
    """One panel for who may see the books."""
    if not holds(person, P.SEE_BOOKS, group.unit):
        return []
    kept = kept_of(group)
    if kept is None:
        may_open = holds(person, P.OPEN_BOOK, group.unit) and not group.closed_on
        return [Panel(_("บัญชีของกลุ่ม"), "treasury/panels/none.html", {"group": group, "may_open": may_open})]
    now = standing(kept)
    words = month_words(now.closed_through) if now.closed_through else ""
    book = Panel(_("บัญชีของกลุ่ม"), "treasury/panels/book.html", {"kept": kept, "now": now, "closed_words": words})
    return [*_anomalies(person, kept), book, *_appropriation(kept)]


def _appropriation(kept: GroupBook) -> list[Panel]:
    """What the last general meeting shared out, as the books have it: step 4.2 of the letter."""
    made = Appropriation.objects.filter(year_end__kept=kept, counts=True).select_related("year_end", "resolution__meeting")
    newest = made.prefetch_related("heads").order_by("-on", "-pk").first()
    if newest is None:
        return []
    heads = sorted(newest.heads.all(), key=lambda head: head.position)
    context = {"kept": kept, "made": newest, "heads": heads}
    return [Panel(_("การจัดสรรกำไรครั้งล่าสุด จากบัญชี"), "treasury/panels/appropriation.html", context)]


def _anomalies(person: Person, kept: GroupBook) -> list[Panel]:
    """What in the books deserves a look; the way to it for the group's committee alone."""
    found = [] if kept.group.closed_on else anomalies_of([kept], clock.today()).get(kept.pk, [])
    if not found:
        return []
    context = {"kept": kept, "anomalies": found, "may_see": holds(person, P.SEE_ACCOUNTS, kept.group.unit)}
    return [Panel(_("บัญชีมีเรื่องควรดู"), "treasury/panels/anomalies.html", context)]
