"""What a loan really costs a year. Pure."""

from typing import Final

LAWFUL_BP: Final = 1500
"""Above 15 % a year interest is a crime (Civil and Commercial Code 654)."""
