"""The command line: one sub-command a file of `opblok.commands`."""

import typer

from opblok.commands import (
    clock,
    dead_letters,
    facts,
    feed,
    keys,
    mongodb,
    order,
    routing,
    secrets,
    topics,
    webhooks,
)
from opblok.commands.demo import demo
from opblok.commands.fake_bitrix24 import fake_bitrix24
from opblok.commands.outbox import outbox
from opblok.commands.settings import settings
from opblok.commands.token import token
from opblok.commands.up import down, up
from opblok.commands.watching import logs, ps

app = typer.Typer(
    name="opblok",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Opblok, the operations block of a niche store: run it here, look into it, try it.",
)
for command in (up, down, ps, logs, demo, outbox, token, settings, fake_bitrix24):
    app.command()(command)
for group in (order, routing, webhooks, facts, dead_letters, topics, clock, feed, keys, secrets, mongodb):
    app.add_typer(group.app, name=group.__name__.rpartition(".")[2].replace("_", "-"))


def main() -> None:
    """The entry of the console script."""
    app()
