"""A worked year, played: a file's `in-` blocks become a group with a book, and every statement is printed as its `out-` blocks.

What a person keys in goes through the treasury's actions on its own day; what the program makes by the rules is made by the
rules, at its place in the row of vouchers. Any file of the form of tests/flows/worked-year.md plays.
"""

from sajja.config.play.making import make
from sajja.config.play.printing import statements
from sajja.config.play.reading import Story, read

__all__ = ["Story", "make", "read", "statements"]
