"""Backups: one encrypted file that holds database, pictures and keys whole, and the way back. See docs/adr/0008-backups.md."""


class Unsafe(Exception):  # noqa: N818 -- what the operator is told, in one line
    """A backup or a restore that cannot be trusted, or must not be made here; nothing is left behind."""


SPOILT = "the backup is cut short or was changed: restore another one"
EMPTY = "there are no people in it: this is an empty installation, look at SAJJA_DATA and DATABASE_URL"
