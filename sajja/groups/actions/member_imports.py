"""The members from a sheet: uploaded and read, shown, confirmed, and only then done, all or nothing."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from sajja.audit.actions import Doer, record
from sajja.audit.acts import act
from sajja.groups.actions.members import NewBeneficiary, NewMember, enrol_members, identity
from sajja.groups.member_sheet import MemberReading, Wanted
from sajja.groups.models import ImportState, Member, MemberImport, SavingsGroup
from sajja.lib.refusals import Refused
from sajja.web import clock

DAYS = ("joined_on", "born_on")


@act
def receive_members(
    *, by: Doer, group: SavingsGroup, file_name: str, sha256: str, reading: MemberReading, at: datetime | None = None
) -> MemberImport:
    """Keep a sheet that was read and checked, for a look and a confirmation; nobody is a member yet, every national ID sealed."""
    if group.closed_on:
        raise Refused(_("กลุ่มนี้เลิกแล้ว รับสมาชิกไม่ได้"))
    intake = MemberImport.objects.create(
        group=group, by_name=str(by.full_name), at=at or clock.now(), file_name=file_name[-150:], sha256=sha256,
        state=ImportState.WRONG if reading.wrong else ImportState.READ,
        rows=[_kept(row) for row in reading.wanted], errors=[row.kept() for row in reading.wrong],
        row_count=len(reading.wanted) + len(reading.wrong),
    )  # fmt: skip
    record(
        by, "groups.receive_members", intake, group.unit.path, at=at, rows=intake.row_count, errors=len(reading.wrong),
        sha256=sha256,
    )  # fmt: skip
    return intake


@act
def confirm_members(*, by: Doer, intake: MemberImport, at: datetime | None = None) -> list[Member]:
    """These people join, all or none; afterwards the sheet's rows are kept no longer."""
    if intake.errors:
        raise Refused(_("ยังมีแถวที่ต้องแก้ แก้ในไฟล์แล้วส่งไฟล์ใหม่ทั้งไฟล์"))
    if intake.state != ImportState.READ:
        raise Refused(_("ไฟล์นี้%sไปแล้ว") % intake.get_state_display())
    if not intake.rows:
        raise Refused(_("ไฟล์นี้ไม่มีแถวข้อมูล ใส่ข้อมูลใต้หัวคอลัมน์แล้วส่งใหม่"))
    made = enrol_members(by=by, group=intake.group, members=[new_member(row) for row in intake.rows], at=at)
    intake.state, intake.rows = ImportState.DONE, []
    intake.save(update_fields=["state", "rows"])
    record(by, "groups.confirm_members", intake, intake.group.unit.path, at=at, members=len(made))
    return made


@act
def drop_members(*, by: Doer, intake: MemberImport, at: datetime | None = None) -> MemberImport:
    """Do not do this sheet after all; its rows go."""
    if intake.state not in {ImportState.READ, ImportState.WRONG}:
        raise Refused(_("ไฟล์นี้%sไปแล้ว ยกเลิกไม่ได้") % intake.get_state_display())
    intake.state, intake.rows, intake.errors = ImportState.DROPPED, [], []
    intake.save(update_fields=["state", "rows", "errors"])
    record(by, "groups.drop_members", intake, intake.group.unit.path, at=at)
    return intake


def _kept(row: Wanted) -> dict[str, Any]:
    """A row as JSON, its national ID sealed."""
    days = {name: row.fields[name].isoformat() for name in DAYS if row.fields[name]}
    return row.fields | days | identity(row.national_id)


def new_member(kept: dict[str, Any]) -> NewMember:
    """A kept row as someone who joins."""
    days = {name: date.fromisoformat(kept[name]) if kept[name] else None for name in DAYS}
    heirs = [NewBeneficiary(*one) for one in kept["beneficiaries"]]
    return NewMember(**(kept | days | {"beneficiaries": heirs}))
