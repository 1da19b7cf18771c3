"""The year's end: adjustments, the closing, the audit committee's opinion, what the general meeting shared out. Satang."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from sajja.groups.models import GroupBook, Member, Resolution, percent_of_bp
from sajja.ledger.models import Entry
from sajja.treasury.models.loans import Loan


class DividendBase(models.TextChoices):
    """What a dividend is shared out by (dividend.py)."""

    MONTH_WEIGHTED = "month-weighted", "เงินสัจจะถ่วงน้ำหนักตามเดือน"
    YEAR_END = "year-end", "เงินสัจจะ ณ วันสิ้นปี"
    AVERAGE = "average", "เงินสัจจะเฉลี่ยทุกสิ้นเดือน"


class WholeBaht(models.TextChoices):
    """Whether shares are paid in whole baht, the rest to a head."""

    NONE = "none", "จ่ายถึงสตางค์"
    CUT_EACH = "cut-each", "ตัดเศษสตางค์ของแต่ละคน"
    WHOLE_POOL = "whole-pool", "แบ่งเป็นบาทเต็มทั้งก้อน"


class YearRules(models.Model):
    """How this book ends its year, from a year on; the newest counting row until then holds. Rates in basis points.

    `depreciation` is {heading: basis points a year of its cost}, straight line, to 17900; `allowance_bp` of overdue principal.
    """

    PATH_FIELD: ClassVar[str] = "kept__group__unit__path"

    kept = models.ForeignKey(GroupBook, models.PROTECT, related_name="year_rules")
    from_year = models.PositiveSmallIntegerField()
    dividend_base = models.CharField(max_length=16, choices=DividendBase.choices, default=DividendBase.MONTH_WEIGHTED)
    whole_baht = models.CharField(max_length=10, choices=WholeBaht.choices, default=WholeBaht.NONE)
    rest_to = models.CharField(max_length=10, default="34000")
    depreciation = models.JSONField(default=dict)
    allowance_bp = models.PositiveIntegerField(default=0)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    counts = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kept", "from_year"], condition=Q(counts=True), name="one_counting_year_rules"),
            models.CheckConstraint(condition=Q(allowance_bp__lte=10000), name="allowance_is_a_part_of_what_is_owed"),
        ]


class AdjustmentKind(models.TextChoices):
    """What is adjusted on the last day of the year, in period 13."""

    DEPRECIATION = "depreciation", "ค่าเสื่อมราคา"
    ALLOWANCE = "allowance", "ค่าเผื่อหนี้สงสัยจะสูญ"
    ACCRUED = "accrued", "ดอกเบี้ยเงินฝากพิเศษค้างจ่าย"
    AUDIT = "audit", "รายการปรับปรุงตามผู้ตรวจสอบ"


class YearAdjustment(models.Model):
    """An adjusting entry of a fiscal year (C.E. of its end); `rows` tell how its amount came about.

    Depreciation, allowance and accrued interest are made once; taken back (reversed) one does not count and can be made anew.
    """

    PATH_FIELD: ClassVar[str] = "kept__group__unit__path"

    kept = models.ForeignKey(GroupBook, models.PROTECT, related_name="adjustments")
    year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=AdjustmentKind.choices)
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="adjustment")
    satang = models.BigIntegerField()
    rows = models.JSONField(default=list)
    resolution = models.ForeignKey(Resolution, models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    counts = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kept", "year", "kind"], condition=Q(counts=True) & ~Q(kind="audit"), name="each_adjustment_is_made_once"
            ),
            models.CheckConstraint(
                condition=~Q(kind="allowance") | Q(resolution__isnull=False), name="an_allowance_has_its_resolution"
            ),
        ]

    def get_absolute_url(self) -> str:
        """The page of its year."""
        return reverse("treasury:year", args=[self.kept.book_id, self.year])

    @property
    def told(self) -> str:
        """Which adjustment it is, for lists of other rooms."""
        return _("%(kind)s ปี %(year)s") % {"kind": self.get_kind_display(), "year": self.year + 543}


class Opinion(models.TextChoices):
    """What the audit committee says of the year's statements."""

    RIGHT = "right", "ถูกต้องตามที่ควร"
    EXCEPT = "except", "ถูกต้อง ยกเว้นเรื่องที่ระบุ"
    WRONG = "wrong", "ไม่ถูกต้อง"
    NONE = "none", "ไม่แสดงความเห็น"


class AuditOpinion(models.Model):
    """The audit committee's opinion on a year, with the chain's head as it was printed; the newest one holds."""

    PATH_FIELD: ClassVar[str] = "kept__group__unit__path"

    kept = models.ForeignKey(GroupBook, models.PROTECT, related_name="opinions")
    year = models.PositiveSmallIntegerField()
    on = models.DateField()
    opinion = models.CharField(max_length=8, choices=Opinion.choices)
    words = models.TextField(blank=True)
    names = models.JSONField(default=list)
    head = models.CharField(max_length=200)
    by = models.CharField(max_length=80)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(opinion="right") | ~Q(words=""), name="an_opinion_that_is_not_clean_says_why")
        ]


class YearEnd(models.Model):
    """That a fiscal year (C.E. of its end) was closed, once: its surplus (below nought: a loss) and its closing entry.

    `entry` is None where there was neither income nor expense. `figures` are what the year is told by in years to come.
    """

    PATH_FIELD: ClassVar[str] = "kept__group__unit__path"

    kept = models.ForeignKey(GroupBook, models.PROTECT, related_name="year_ends")
    year = models.PositiveSmallIntegerField()
    first = models.DateField()
    last = models.DateField()
    surplus_satang = models.BigIntegerField()
    entry = models.OneToOneField(Entry, models.PROTECT, null=True, related_name="year_end")
    carried = models.OneToOneField(Entry, models.PROTECT, null=True, related_name="+")
    figures = models.JSONField(default=dict)
    head = models.CharField(max_length=200)
    by = models.CharField(max_length=80)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    uuid = models.UUIDField(null=True, unique=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["kept", "year"], name="a_year_is_closed_once")]

    def __str__(self) -> str:
        return f"{self.kept} {self.year + 543}"

    @property
    def result_satang(self) -> int:
        """The surplus or the loss, to stand behind its own word."""
        return abs(self.surplus_satang)

    @property
    def label(self) -> str:
        """Its B.E. year: 2564."""
        return str(self.year + 543)

    @property
    def appropriation(self) -> "Appropriation | None":
        """What the general meeting did with it; None while it waits, and after it was taken back."""
        return self.appropriations.filter(counts=True).first()


class Appropriation(models.Model):
    """What the general meeting did with a year's surplus, once: the heads, how the dividend was shared, the entry of its day.

    `satang` is what was shared out (nought in a year of loss, whose entry moves the loss to 33000). `rest_satang` is what
    rounding left over, credited to `rest_to`. `rate` is the dividend's percent where the meeting fixed a rate, not a pool.
    One that was taken back before anything was paid does not count, and can be made anew.
    """

    PATH_FIELD: ClassVar[str] = "year_end__kept__group__unit__path"

    year_end = models.ForeignKey(YearEnd, models.PROTECT, related_name="appropriations")
    resolution = models.ForeignKey(Resolution, models.PROTECT, related_name="+")
    on = models.DateField()
    satang = models.BigIntegerField()
    base = models.CharField(max_length=16, choices=DividendBase.choices)
    whole_baht = models.CharField(max_length=10, choices=WholeBaht.choices)
    rate = models.DecimalField(max_digits=7, decimal_places=4, null=True)
    rest_to = models.CharField(max_length=10)
    rest_satang = models.BigIntegerField(default=0)
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="appropriation")
    by = models.CharField(max_length=80)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    uuid = models.UUIDField(null=True, unique=True)
    counts = models.BooleanField(default=True)
    taken_back_because = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(satang__gte=0), name="only_a_surplus_is_shared_out"),
            models.UniqueConstraint(fields=["year_end"], condition=Q(counts=True), name="a_surplus_is_shared_out_once"),
        ]

    def __str__(self) -> str:
        return f"{self.year_end}"

    @property
    def told(self) -> str:
        """Which year's it is, for lists of other rooms."""
        return _("การจัดสรรกำไรปี %(year)s") % {"year": self.year_end.year + 543}


class AppropriationHead(models.Model):
    """A head: its name, account, percent and amount."""

    appropriation = models.ForeignKey(Appropriation, models.PROTECT, related_name="heads")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80)
    code = models.CharField(max_length=10)
    percent_bp = models.PositiveIntegerField()
    satang = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["appropriation", "position"], name="one_head_per_place"),
            models.CheckConstraint(condition=Q(satang__gte=0, percent_bp__gt=0), name="a_head_has_its_part"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def percent(self) -> str:
        """60 of 6000 basis points."""
        return percent_of_bp(self.percent_bp)


class PaidHow(models.TextChoices):
    """How a member got what was declared."""

    UNPAID = "unpaid", "ยังไม่ได้รับ"
    CASH = "cash", "เงินสด"
    SAVINGS = "savings", "เข้าเงินสัจจะสะสมพิเศษ"
    SET_OFF = "set_off", "หักชำระหนี้"
    LATER = "later", "มารับภายหลัง"


class Share(models.Model):
    """What one member was declared: his weight in satang-months, dividend, interest paid in the year, refund; and how he got it.

    `signed_on`: he signed the list, or agreed to the set-off. An absent member stays UNPAID: his money is a liability under
    23100 and 23200 until he fetches it (LATER, by a voucher of its own).
    """

    PATH_FIELD: ClassVar[str] = "appropriation__year_end__kept__group__unit__path"

    appropriation = models.ForeignKey(Appropriation, models.PROTECT, related_name="shares")
    member = models.ForeignKey(Member, models.PROTECT, related_name="shares")
    weight = models.BigIntegerField()
    dividend_satang = models.BigIntegerField()
    interest_satang = models.BigIntegerField(default=0)
    refund_satang = models.BigIntegerField(default=0)
    how = models.CharField(max_length=8, choices=PaidHow.choices, default=PaidHow.UNPAID)
    set_off = models.ForeignKey(Loan, models.PROTECT, null=True, related_name="+")
    signed_on = models.DateField(null=True)
    entry = models.ForeignKey(Entry, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["appropriation", "member"], name="one_share_per_member"),
            models.CheckConstraint(condition=Q(dividend_satang__gte=0, refund_satang__gte=0), name="a_share_is_not_negative"),
            models.CheckConstraint(
                condition=~Q(how="set_off") | (Q(set_off__isnull=False) & Q(signed_on__isnull=False)),
                name="a_set_off_has_its_loan_and_signature",
            ),
            models.CheckConstraint(condition=Q(how="unpaid") | Q(entry__isnull=False), name="what_was_paid_has_its_entry"),
        ]

    @property
    def total_satang(self) -> int:
        """Dividend and refund."""
        return self.dividend_satang + self.refund_satang
