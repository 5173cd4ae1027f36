"""Logs that never fill the disk."""

import asyncio
import shutil
from collections.abc import Iterable
from pathlib import Path

LARGEST = 10_000_000
KEPT = 3
LOOK_EVERY = 10.0


def rotate(log: Path, largest: int = LARGEST, kept: int = KEPT) -> bool:
    """Copy a log that has grown too large to `.1` (older ones move on) and empty it under its writer.

    The writer holds the file open in append mode and need not know. What it writes between copy and truncation, a
    few lines in ten megabytes, is lost.
    """
    if not log.exists() or log.stat().st_size < largest:
        return False
    for number in range(kept - 1, 0, -1):
        older = numbered(log, number)
        if older.exists():
            older.replace(numbered(log, number + 1))
    shutil.copyfile(log, numbered(log, 1))
    with log.open("r+b") as file:
        file.truncate(0)
    return True


def numbered(log: Path, number: int) -> Path:
    return log.with_name(f"{log.name}.{number}")


async def keep_small(logs: Iterable[Path]) -> None:
    watched = list(logs)
    while True:
        await asyncio.sleep(LOOK_EVERY)
        for log in watched:
            await asyncio.to_thread(rotate, log)
