"""How the command line speaks: short, on the right stream, with an exit code."""

import json
import sys
from collections.abc import Callable
from typing import Any, NoReturn, TypeVar

from chassis.settings import SettingsProblem
from rich.console import Console
from rich.table import Table

T = TypeVar("T")

out = Console(highlight=False, soft_wrap=True, width=None if sys.stdout.isatty() else 160)
err = Console(stderr=True, highlight=False, soft_wrap=True)


def say(line: str) -> None:
    out.print(line)


def give_up(what: str, remedy: str = "", code: int = 1) -> NoReturn:
    """What went wrong, what to do about it, and out."""
    err.print(f"[red]opblok:[/] {what}", markup=True)
    if remedy:
        err.print(f"  [bold]Remedy:[/] {remedy}")
    raise SystemExit(code)


def given(settings: Callable[[], T]) -> T:
    """Settings from the environment; a wrong one is named."""
    try:
        return settings()
    except SettingsProblem as wrong:
        give_up(str(wrong), "docs/settings.md, or `opblok settings`, says what each may be.", code=2)


def as_json(value: Any) -> None:
    """For programs: one JSON value, nothing else on standard output."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2, default=str) + "\n")


def table(title: str, *columns: str) -> Table:
    made = Table(title=title or None, title_justify="left", show_edge=False, pad_edge=False, box=None)
    for column in columns:
        made.add_column(column, overflow="fold")
    return made
