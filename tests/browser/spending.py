"""The money of the walk: from the department to the district, spent for a group, cleared by two others."""

from playwright.sync_api import expect

from tests.browser.walker import Walk, picture


def allocate(walk: Walk) -> None:
    """The department gives the province its share, the province the district."""
    steps = (("department_officer", "พช 0407/1", "2,280,000.00"), ("province_officer", "นพ 0019/2", "3,000.00"))
    for role, reference, given in steps:
        walk.be(role)
        walk.go("/budget/")
        walk.press("เปิดใบจัดสรร")
        walk.fill(reference=f"{reference} (ตัวอย่าง)")
        walk.press("บันทึกการจัดสรร")
        expect(walk.page.locator("section[aria-labelledby=has]")).to_contain_text(f"แล้ว{given}")


def spend(walk: Walk, group: str) -> None:
    """The district's officer borrows the group's 3,000 baht, pays for paper with a receipt and its picture, returns the rest."""
    page = walk.be("district_officer")
    walk.go("/budget/")
    walk.press("ทำสัญญายืมเงิน")
    walk.fill(number="บย 1/2564", satang="3,000", purpose="จัดเวทีพัฒนากลุ่ม")
    walk.press("บันทึกสัญญา")
    walk.press("เปิดสัญญานี้")
    expect(page.locator("h1")).to_contain_text("บย 1/2564")
    advance = page.url
    page.locator("section[aria-labelledby=groups]").get_by_role("link", name=group).first.click()
    page.locator('[name="kind"][value="materials"]').check(force=True)
    walk.fill(what="กระดาษและปากกา", satang="1,200", seller="ร้านตัวอย่าง", number="7/12", on="20 พ.ค. 2564")
    page.locator('[name="picture"]').set_input_files([picture("teal")])  # type: ignore[arg-type]
    walk.press("บันทึกใบสำคัญ")
    page.goto(advance)
    walk.press("ส่งคืนเงินที่เหลือ")
    expect(page.locator('[name="satang"]')).to_have_value("1,800.00")
    walk.fill(receipt="บค 12/34")
    walk.press("บันทึกเงินส่งคืน")


def clear(walk: Walk) -> None:
    """The officer submits, the head asks for a change and then agrees, the province approves; nobody holds money then."""
    walk.press("ส่งใช้เงินยืม")
    walk.press("ส่งใช้เงินยืม")
    advance = walk.page.url
    page = walk.be("district_head")
    page.goto(advance)
    walk.press("ส่งกลับแก้ไข")
    walk.fill(reason="ถ่ายใบเสร็จใหม่ให้ชัด")
    walk.press("ส่งกลับให้แก้")
    page = walk.be("district_officer")
    page.goto(advance)
    expect(page.locator("main")).to_contain_text("ถ่ายใบเสร็จใหม่ให้ชัด")
    walk.press("ส่งใช้เงินยืม")
    walk.press("ส่งใช้เงินยืม")
    page = walk.be("district_head")
    page.goto(advance)
    walk.press("ตรวจแล้วถูกต้อง")
    walk.press("ตรวจแล้วถูกต้อง")
    page = walk.be("province_officer")
    page.goto(advance)
    walk.press("อนุมัติ")
    walk.press("อนุมัติ")
    expect(page.locator("main")).to_contain_text("1,200.00")
    walk.go("/budget/")
    expect(page.locator("section[aria-labelledby=held]")).to_contain_text("1,200.00")
