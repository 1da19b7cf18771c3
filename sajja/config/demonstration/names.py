"""Invented names: every person is plainly ตัวอย่าง; villages sound like their region. Pure."""

from random import Random
from typing import Final, NamedTuple


def words(text: str) -> tuple[str, ...]:
    """The words of a text."""
    return tuple(text.split())


SURNAME: Final = "ตัวอย่าง"
WOMEN: Final = words(
    "คำปุ่น บุญมี สมหมาย ทองใบ สุดใจ ประนอม บัวลา จันทร์เพ็ญ วิไล อรุณี สุภาพ มะลิ ลำดวน สายทอง บุญเรือน แสงเดือน ละเอียด "
    "พิกุล ดวงใจ เพ็ญศรี ทองคำ สมพร อำนวย ประภา รัตนา กัลยา นงนุช สุนีย์ วันเพ็ญ จำปี บัวผัน สมจิตร ทิพย์ ศรีไพร นิภา "
    "มาลัย อุไร จินดา ลัดดา พรทิพย์ กาญจนา สำราญ ยุพิน เรณู วาสนา สุมาลี หนูเล็ก คำแพง บุญช่วย อ่อนสี"
)
MEN: Final = words(
    "บุญมา สมชาย ประเสริฐ สมบัติ บุญมี ทองสุข สวัสดิ์ ประสาน วิชัย สมศักดิ์ บุญเลิศ คำสิงห์ สุรชัย ไพบูลย์ สมพงษ์ อุดม "
    "ประยูร จำรัส มานิตย์ เฉลิม สุพจน์ ชาญชัย ธงชัย ณรงค์ บุญธรรม สนั่น ไพโรจน์ วีระ สำเริง ถนอม คำดี ทองพูน สมาน "
    "อนันต์ ประดิษฐ์ วิเชียร เสถียร สุทัศน์ บุญเพ็ง หนูแดง คำผาย ทวี สังวาลย์ เจริญ พิชัย อำพล สุวิทย์ เกษม โกวิท มงคล"
)
REGION: Final = {
    "1": "central",
    "2": "central",
    "3": "northeast",
    "4": "northeast",
    "5": "north",
    "6": "north",
    "7": "central",
    "8": "south",
    "9": "south",
}
BEGINNINGS: Final = {
    "central": words("บาง คลอง ท่า หนอง วัง ดอน ไผ่ สระ ทุ่ง โคก"),
    "northeast": words("โนน หนอง โพน นา คำ ดอน ห้วย กุด ท่า โคก"),
    "north": words("สัน ป่า แม่ ดง ทุ่ง หัว ร่อง น้ำ ปาง ห้วย"),
    "south": words("ควน บาง ปาก เกาะ ทุ่ง ท่า นา เขา คลอง ไส"),
}
ENDINGS: Final = words(
    "สวรรค์ เจริญ แก้ว ทอง ขาม ใหญ่ น้อย ศรี พัฒนา งาม สูง ยาว แดง ขาว บัว ไทร มะม่วง มะขาม ตาล สามัคคี สมบูรณ์ ชัย มงคล ใหม่ "
    "กลาง นาง หลวง หิน ทราย สะแก ตูม ยาง ไผ่ จาน เดื่อ กอก แค หว้า"
)


class Human(NamedTuple):
    """An invented person: sex is a key of groups.models.Sex."""

    name: str
    sex: str


def someone(dice: Random, women: float = 0.6) -> Human:
    """One person; `women` is how likely she is a woman."""
    if dice.random() < women:
        return Human(f"{dice.choice(['นาง', 'นาง', 'นางสาว'])}{dice.choice(WOMEN)} {SURNAME}", "female")
    return Human(f"นาย{dice.choice(MEN)} {SURNAME}", "male")


def company(dice: Random, number: int) -> list[Human]:
    """So many people, no first name twice: the committee and members of one group."""
    women = [Human(f"{'นางสาว' if dice.random() < 0.25 else 'นาง'}{first} {SURNAME}", "female") for first in WOMEN]
    men = [Human(f"นาย{first} {SURNAME}", "male") for first in MEN if first not in WOMEN]
    dice.shuffle(women)
    dice.shuffle(men)
    many = round(number * dice.uniform(0.45, 0.75))
    chosen = women[:many] + men[: number - many]
    dice.shuffle(chosen)
    return chosen


def villages(dice: Random, province: str, number: int) -> list[str]:
    """So many different village names of the province's region: บ้านโนนสวรรค์."""
    starts = BEGINNINGS[REGION[province[0]]]
    every = [f"บ้าน{start}{end}" for start in starts for end in ENDINGS if start != end]
    return dice.sample(every, number)


def group(village: str) -> str:
    """กลุ่มออมทรัพย์บ้านโนนสวรรค์."""
    return f"กลุ่มออมทรัพย์{village}"
