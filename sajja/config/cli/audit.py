"""`sajja audit …`: what was done, sealed and checked."""

import argparse

from sajja.config.cli.arguments import Commands


def add(commands: Commands) -> None:
    """audit seal, audit verify."""
    audit_ = commands.add_parser("audit", help="seal what was done, and read the seals again").add_subparsers(
        required=True, metavar="WHAT"
    )
    seal_ = audit_.add_parser("seal", help="seal every row since the last seal; prints the head to keep elsewhere")
    seal_.set_defaults(command=seal)
    verify_ = audit_.add_parser("verify", help="read every sealed row again; exit 1 names the first seal that is not met")
    verify_.set_defaults(command=verify)


def seal(args: argparse.Namespace) -> int:
    """Seal, and print the newest head: number, rows, moment, hash."""
    from sajja.audit.actions import seal_audit
    from sajja.audit.models import AuditSeal

    seal_audit()
    head = AuditSeal.objects.last()
    print(f"{head.pk} {head.last} {head.sealed_at:%Y-%m-%d} {head.hash}" if head else "nothing to seal")
    return 0


def verify(args: argparse.Namespace) -> int:
    """Every seal that is not met is one line."""
    from sajja.audit.models import AuditSeal
    from sajja.audit.queries import flaws

    found = flaws()
    for flaw in found:
        print(flaw)
    if not found:
        print(f"audit: {AuditSeal.objects.count()} seals, each met")
    return 1 if found else 0
