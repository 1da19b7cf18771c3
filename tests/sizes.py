"""Each test that has two sizes: the suite's, and the one of `make soak`."""

import os

SOAK = os.environ.get("SAJJA_SOAK") == "1"


def size(suite: int, soak: int) -> int:
    """How many rounds, examples or people this run takes."""
    return soak if SOAK else suite
