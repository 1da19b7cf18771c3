"""The register of processing: which personal data, of whom, for what, by which right, seen by whom, kept how long. Data, no code.

Personal Data Protection Act B.E. 2562: §39 asks for the register, §23 for the notice, §24 names the rights. A test holds that
every table of the program stands either under one of these or among those that hold none.
"""

from typing import Final, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


class Processing(NamedTuple):
    """A line of the register, and the tables that it is about."""

    key: str
    title: Text
    who: Text
    data: Text
    why: Text
    right: Text
    seen_by: Text
    kept: Text
    tables: tuple[str, ...]


REGISTER: Final = (
    Processing(
        "members", _("ทะเบียนสมาชิกของกลุ่ม"), _("สมาชิก ผู้ปกครอง คู่สมรส ผู้รับผลประโยชน์"),
        _("ชื่อ วันเกิด เพศ ที่อยู่ โทรศัพท์ อาชีพ เลขประจำตัวประชาชน (เก็บแบบเข้ารหัส แสดงเฉพาะท้าย) ไม่เก็บรูปบัตรหรือศาสนา"),
        _("รับสมาชิก นับสิทธิ และจ่ายเงินให้ถูกคน"), _("ปฏิบัติตามสัญญากับสมาชิก (มาตรา 24 (3)) เลขประจำตัวใช้เท่าที่จำเป็นต่อสัญญา"),
        _("กรรมการของกลุ่มนั้น เจ้าหน้าที่เห็นยอดรวม การเปิดเลขเต็มต้องบอกเหตุผลและมีบันทึก"), _("ตลอดสมาชิกภาพ และ 10 ปีหลังพ้น"),
        ("groups.Member", "groups.MemberChange", "groups.Beneficiary", "groups.Family", "groups.Pledge", "groups.MemberImport"),
    ),
    Processing(
        "savings", _("เงินออม เงินกู้ และบัญชีของกลุ่ม"), _("สมาชิก ผู้กู้ คู่สมรส ผู้ค้ำประกัน ผู้รับเงิน"),
        _("ยอดเงินออม เงินกู้ การชำระ ที่อยู่ผู้ค้ำประกันที่ไม่ใช่สมาชิก ชื่อผู้รับและผู้จ่ายเงินในใบสำคัญ เหตุที่จ่ายสวัสดิการ (เกิด เจ็บป่วย เสียชีวิต)"),
        _("ทำบัญชีของกลุ่มให้ถูกและตรวจสอบได้"), _("ปฏิบัติตามสัญญา (มาตรา 24 (3))"),
        _("กรรมการของกลุ่มนั้น ผู้ถือใบแสดงยอดเห็นยอดของใบนั้นโดยไม่มีชื่อ เจ้าหน้าที่เห็นยอดรวม"),
        _("ตลอดอายุบัญชี และ 10 ปีหลังปิด บัญชีกลับรายการได้ แต่ไม่ลบ"),
        (
            "treasury.MemberAccount", "treasury.Keeper", "treasury.CashCount", "treasury.Handover", "treasury.CollectingDay",
            "treasury.SheetLine", "treasury.Loan", "treasury.LoanMove", "treasury.LoanPlan", "treasury.Guarantor",
            "treasury.GuarantorNotice", "treasury.GuarantorConsent", "treasury.FineWaiver", "treasury.OpeningDraft",
            "treasury.BroughtIn", "treasury.LegacyImport", "treasury.InterestRun", "treasury.Settlement", "treasury.PassbookMark",
            "treasury.BalanceConfirmation", "treasury.MemberSlip", "treasury.ReopenRequest", "treasury.ReopenAnswer",
            "treasury.MonthCheck", "treasury.Voucher", "treasury.Second", "treasury.Pin", "treasury.YearRules",
            "treasury.YearAdjustment", "treasury.AuditOpinion", "treasury.YearEnd", "treasury.Appropriation", "treasury.Share",
            "treasury.Reconciliation", "treasury.BankAccount", "treasury.BankLine", "ledger.Entry", "ledger.Movement", "ledger.Account",
            "ledger.PeriodMove",
        ),
    ),
    Processing(
        "committees", _("กรรมการและผู้ติดต่อของกลุ่ม"), _("กรรมการ ผู้ติดต่อ"), _("ชื่อ เพศ ตำแหน่ง วาระ โทรศัพท์ติดต่อ มติที่ประชุม"),
        _("ติดต่อและรู้ว่าใครทำแทนกลุ่มได้"), _("ภารกิจของรัฐ (มาตรา 24 (4))"),
        _("กรรมการของกลุ่ม เจ้าหน้าที่ของอำเภอ จังหวัด และกรมฯ"), _("10 ปีหลังพ้นวาระ"),
        (
            "groups.SavingsGroup", "groups.CommitteeMember", "groups.Meeting", "groups.Resolution", "groups.CentreFounding",
            "groups.DevelopmentLevel", "groups.LastAppropriation", "groups.RegisterImport",
        ),
    ),
    Processing(
        "forums", _("เวทีพัฒนากลุ่มและผลของเวที"), _("ผู้เข้าร่วมเวที ผู้สังเกตการณ์ ผู้ลงนามแผน"),
        _("ชื่อ เพศ ตำแหน่ง ลายมือชื่อบนกระดาษ รูปถ่ายในเวที (ลบตำแหน่งและข้อมูลกล้องแล้ว)"),
        _("จัดเวที ประเมิน ทำแผน และรายงานตามหนังสือสั่งการ"),
        _("ภารกิจของรัฐ (มาตรา 24 (4)) รูปที่เห็นหน้าใช้ความยินยอม (มาตรา 19) ขอให้เอาออกได้ที่พัฒนากร"),
        _("เจ้าหน้าที่ของอำเภอ จังหวัด ผู้ติดตามของเขต กรมฯ กรรมการของกลุ่ม"), _("10 ปีงบประมาณ"),
        (
            "forums.Forum", "forums.ForumMove", "forums.Sitting", "forums.Attendee", "forums.RunStep", "forums.Photo",
            "assessments.Assessment", "assessments.Answer", "plans.Plan", "plans.PlanLine", "plans.PlanSignature", "plans.LineDone",
        ),
    ),
    Processing(
        "money", _("เงินงบประมาณของกิจกรรม"), _("ผู้ยืมเงิน ผู้ขาย ผู้อนุมัติ"),
        _("ชื่อ จำนวนเงิน ใบเสร็จและรูปใบเสร็จ ไม่เก็บสำเนาบัตรประชาชน"), _("ใช้และส่งใช้เงินราชการให้ตรวจสอบได้"),
        _("หน้าที่ตามกฎหมาย (มาตรา 24 (6))"), _("เจ้าหน้าที่ผู้เกี่ยวข้อง กลุ่มเห็นรายการของตนโดยไม่มีชื่อผู้ขาย"), _("10 ปีงบประมาณ"),
        ("budget.Allocation", "budget.Advance", "budget.AdvanceMove", "budget.Voucher", "budget.Return"),
    ),
    Processing(
        "reports", _("รายงาน การติดตาม และหนังสือเวียน"), _("เจ้าหน้าที่ผู้ส่ง ผู้ตรวจ ผู้รับทราบ"), _("ชื่อ ตำแหน่ง เวลาที่ทำ ข้อความที่เขียน"),
        _("รายงานตามลำดับชั้นและติดตามผล"), _("ภารกิจของรัฐ (มาตรา 24 (4))"), _("เจ้าหน้าที่ในสายงานของพื้นที่นั้น"), _("10 ปีงบประมาณ"),
        (
            "reports.DistrictReport", "reports.ReportMove", "reports.Extension", "reports.ProvinceReport",
            "reports.ProvinceReportMove", "followup.Visit", "followup.VisitMove", "followup.VisitPhoto", "followup.Finding",
            "followup.FindingMove", "followup.Evidence", "programme.ProgrammeYear", "programme.Revision", "programme.Proposal",
            "programme.ProvinceList", "programme.SelectedGroup", "programme.Circular", "programme.Acknowledgement",
            "assessments.InstrumentVersion",
        ),
    ),
    Processing(
        "accounts", _("บัญชีผู้ใช้และข้อความ"), _("ผู้ใช้ทุกคน"),
        _("ชื่อ ชื่อผู้ใช้ ตำแหน่ง อีเมลที่ให้ไว้ ข้อความในระบบ เครื่องและเวลาที่เข้าสู่ระบบ รหัสผ่านเก็บเป็นค่าที่ย้อนไม่ได้"),
        _("ให้เข้าถึงเฉพาะงานของตน และแจ้งงานที่ถึงกำหนด"), _("ภารกิจของรัฐ (มาตรา 24 (4))"),
        _("เจ้าของบัญชี ผู้แต่งตั้งในหน่วยงาน"), _("5 ปีหลังพ้นตำแหน่งสุดท้าย"),
        ("org.Person", "org.Post", "org.Invitation", "inbox.Message", "inbox.Mail", "inbox.MailAddress", "web.Receipt"),
    ),
    Processing(
        "trail", _("ประวัติการทำรายการ"), _("ผู้ใช้ทุกคน"), _("ใครทำอะไร เมื่อไร เพราะอะไร รวมการเปิดดูข้อมูลส่วนบุคคล"),
        _("ตรวจสอบย้อนหลังได้และกันการแก้ไขลับ"), _("หน้าที่ตามกฎหมาย (มาตรา 24 (6)) และมาตรการความปลอดภัย (มาตรา 37 (1))"),
        _("ผู้บังคับบัญชาและผู้ตรวจของหน่วยงานนั้น"), _("10 ปี"), ("audit.AuditRow", "privacy.Breach", "privacy.BreachNote"),
    ),
)  # fmt: skip
NONE: Final = (
    "followup.VisitPlace", "budget.Purse", "assessments.Instrument", "assessments.Aspect", "assessments.Indicator",
    "assessments.AspectScore", "assessments.Verdict", "programme.Place", "treasury.BookRules", "treasury.BankTie",
    "treasury.SheetColumn", "treasury.LoanProduct", "treasury.Instalment", "treasury.AppropriationHead", "groups.Regulation",
    "groups.AppropriationHead", "groups.GroupBook", "ledger.Book", "ledger.BookHead", "ledger.Numbering", "ledger.PeriodTotal",
    "inbox.DailyRun", "org.Unit", "org.ZoneProvince", "audit.AuditSeal",
)  # fmt: skip
"""Tables that tell nothing of a person."""
