"""`sajja privacy …`: what is held of whom."""

import argparse

from sajja.config.cli.arguments import Commands


def add(commands: Commands) -> None:
    """privacy register."""
    privacy_ = commands.add_parser("privacy", help="personal data: the register of processing").add_subparsers(
        required=True, metavar="WHAT"
    )
    register_ = privacy_.add_parser("register", help="print what is held of whom, why, on what basis, who sees it, how long")
    register_.set_defaults(command=register, data=False)


def register(args: argparse.Namespace) -> int:
    """The same table as the page of the notice, as markdown."""
    from django.utils.translation import gettext as _

    from sajja.privacy.register import REGISTER

    for one in REGISTER:
        said = {
            _("เจ้าของข้อมูล"): one.who, _("ข้อมูล"): one.data, _("ใช้เพื่อ"): one.why, _("ฐานกฎหมาย"): one.right,
            _("ผู้เห็น"): one.seen_by, _("เก็บไว้"): one.kept,
        }  # fmt: skip
        print(f"## {one.title}\n", *(f"- {head}: {words}" for head, words in said.items()), "", sep="\n")
    return 0
