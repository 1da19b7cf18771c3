"""Commands about messages: remind."""

import argparse

from sajja.config.cli.arguments import Commands, day


def add(commands: Commands) -> None:
    """remind."""
    remind_ = commands.add_parser("remind", help="make the reminders of a day, once; `serve` does it by itself every day")
    remind_.add_argument("--day", type=day, help="the day (default: today)")
    remind_.set_defaults(command=remind)


def remind(args: argparse.Namespace) -> int:
    """Make the reminders of the day and of days that were missed; says how many messages are new."""
    from sajja.inbox import actions
    from sajja.web import clock

    of_day = args.day or clock.today()
    run = actions.remind(by="system", day=of_day)
    print(f"{run.messages} messages" if run else f"the reminders of {of_day} are made already")
    return 0
