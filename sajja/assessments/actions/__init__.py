"""Every write of the assessments room."""

from sajja.assessments.actions.assessing import (
    Given,
    Side,
    against_books,
    confirm_assessment,
    correct_assessment,
    drop_assessment,
    keep_evidence,
    needs_reason,
    owes_reason,
    read_value,
    record_online,
    refuse_unfinished,
    save_answers,
    start_assessment,
)
from sajja.assessments.actions.instruments import load_instrument, publish_version, retire_version, withdraw_version

__all__ = [
    "Given",
    "Side",
    "against_books",
    "confirm_assessment",
    "correct_assessment",
    "drop_assessment",
    "keep_evidence",
    "load_instrument",
    "needs_reason",
    "owes_reason",
    "publish_version",
    "read_value",
    "record_online",
    "refuse_unfinished",
    "retire_version",
    "save_answers",
    "start_assessment",
    "withdraw_version",
]
