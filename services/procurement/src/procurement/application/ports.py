"""What the use cases need of the outside."""

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


class Spool(Protocol):
    """Where a feed lies from its arrival to its end, so that any process can take its import up."""

    async def keep(self, import_id: str, file: Path) -> None:
        """Keep a copy; the same id again replaces it."""
        ...

    def file(self, import_id: str) -> AbstractAsyncContextManager[Path]:
        """The feed as a local file. Raise `NotSpooled` when it is not there."""
        ...

    async def drop(self, import_id: str) -> None:
        """Keep it no longer."""
        ...


class NotSpooled(Exception):
    """The feed's file is gone."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What the address said of what it gave."""

    etag: str | None
    last_modified: str | None


class FetchFailed(Exception):
    """The feed could not be fetched; the text says why, for people."""


Fetch = Callable[[str, str | None, str | None, Path], Awaitable[Fetched | None]]
"""Fetch from an address into a file, unless it is as the ETag and Last-Modified say: then None. Raise `FetchFailed`."""
