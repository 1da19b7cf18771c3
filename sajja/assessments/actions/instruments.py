"""Loading, publishing and retiring instruments."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

from django.utils.translation import gettext as _

from sajja.assessments import instrument_file
from sajja.assessments.instrument_file import InstrumentData
from sajja.assessments.models import (
    Aspect,
    Indicator,
    Instrument,
    InstrumentVersion,
    Status,
)
from sajja.audit.actions import record
from sajja.audit.acts import act
from sajja.lib.life import Life
from sajja.lib.refusals import Refused
from sajja.org.models import Person
from sajja.web import clock

By = Person | Literal["system"]
DEPARTMENT = ""
VERSION = Life({"draft": {"publish": "published", "withdraw": "withdrawn"}, "published": {"retire": "retired"}})


@act
def load_instrument(*, by: By, data: Mapping[str, Any], at: datetime | None = None) -> InstrumentVersion:
    """Keep an instrument's file as a draft version; the mapping of instrument_file.parse. Refused with every problem."""
    at = at or clock.now()
    given = instrument_file.read(data)
    instrument, made = Instrument.objects.get_or_create(
        code=given.code, defaults={"title": given.title, "short_title": given.short_title, "slot": given.slot}
    )
    if instrument.slot != given.slot:
        raise Refused(_("รหัส %s เป็นแบบประเมินอีกชนิดหนึ่งอยู่แล้ว ใช้รหัสใหม่ หรือแก้ slot ให้ตรง") % given.code, "file")
    version = InstrumentVersion.objects.create(
        instrument=instrument,
        number=instrument.versions.count() + 1,
        fiscal_year=given.fiscal_year,
        official=given.official,
        title=given.title,
        source=given.source,
        bands=list(given.bands),
        loaded_by=_person(by),
        loaded_at=at,
    )
    _keep_indicators(version, given)
    record(by, "assessments.load_instrument", version, DEPARTMENT, at=at, code=given.code, shape=list(given.shape), new=made)
    return version


def _keep_indicators(version: InstrumentVersion, given: InstrumentData) -> None:
    aspects = Aspect.objects.bulk_create(
        Aspect(version=version, number=one.number, title=one.title, short_name=one.short_name) for one in given.aspects
    )
    Indicator.objects.bulk_create(
        Indicator(
            aspect=aspect,
            code=row.code,
            position=position,
            text=row.text,
            guidance=row.guidance,
            evidence_wanted=row.evidence,
            kind=row.kind,
            weight=row.weight,
            rule=row.rule,
            allows_not_applicable=row.allows_not_applicable,
            recommendation=row.recommendation,
            figure=row.figure,
        )
        for aspect, one in zip(aspects, given.aspects, strict=True)
        for position, row in enumerate(one.indicators, 1)
    )


@act
def publish_version(*, by: By, version: InstrumentVersion, at: datetime | None = None) -> InstrumentVersion:
    """Put a draft in force, by another person than the one who loaded it; what it replaces in its year and slot is retired."""
    at = at or clock.now()
    version = _locked_version(version)
    after = VERSION.after(version.status, "publish")
    person = _person(by)
    if person is not None and version.loaded_by_id == person.pk:
        raise Refused(_("ผู้นำเข้าประกาศใช้เองไม่ได้ โปรดให้เจ้าหน้าที่กรมฯ อีกคนตรวจและประกาศ"))
    shape = (version.aspects.count(), Indicator.objects.filter(aspect__version=version).count())
    if found := instrument_file.shape_problems(version.instrument.slot, shape):
        raise Refused("\n".join(found))
    replaced = _retire_those_it_replaces(version, at)
    version.status, version.published_by, version.published_at = after, person, at
    version.save(update_fields=["status", "published_by", "published_at"])
    record(by, "assessments.publish_version", version, DEPARTMENT, at=at, retired=replaced)
    return version


def _retire_those_it_replaces(version: InstrumentVersion, at: datetime) -> list[int]:
    """Same year, and the same instrument or the same official slot."""
    others = InstrumentVersion.objects.filter(status=Status.PUBLISHED, fiscal_year=version.fiscal_year)
    if version.instrument.slot in instrument_file.OFFICIAL_SHAPE:
        others = others.filter(instrument__slot=version.instrument.slot)
    else:
        others = others.filter(instrument=version.instrument)
    replaced = list(others.values_list("pk", flat=True))
    InstrumentVersion.objects.filter(pk__in=replaced).update(status=Status.RETIRED, retired_at=at)
    return replaced


@act
def retire_version(*, by: By, version: InstrumentVersion, at: datetime | None = None) -> InstrumentVersion:
    """Take a version out of use: no new assessment begins with it; open ones finish, confirmed ones stay as they are."""
    return _move_version(by, version, "retire", at or clock.now())


@act
def withdraw_version(*, by: By, version: InstrumentVersion, at: datetime | None = None) -> InstrumentVersion:
    """Put a draft aside."""
    return _move_version(by, version, "withdraw", at or clock.now())


def _move_version(by: By, version: InstrumentVersion, move: str, at: datetime) -> InstrumentVersion:
    version = _locked_version(version)
    version.status, version.retired_at = VERSION.after(version.status, move), at
    version.save(update_fields=["status", "retired_at"])
    record(by, f"assessments.{move}_version", version, DEPARTMENT, at=at)
    return version


def _locked_version(version: InstrumentVersion) -> InstrumentVersion:
    return InstrumentVersion.objects.select_for_update(of=("self",)).select_related("instrument").get(pk=version.pk)


def _person(by: By) -> Person | None:
    return None if by == "system" else by
