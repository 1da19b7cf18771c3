"""An act: one function of a room's `actions`, in one transaction, remembered by one audit row."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from sajja.web import transactions

Given = ParamSpec("Given")
Made = TypeVar("Made")


def act(action: Callable[Given, Made]) -> Callable[Given, Made]:
    """Run the action in one transaction, tried again where the database says that two met."""

    @wraps(action)
    def in_one_transaction(*args: Given.args, **kwargs: Given.kwargs) -> Made:
        return transactions.run(lambda: action(*args, **kwargs))

    return in_one_transaction
