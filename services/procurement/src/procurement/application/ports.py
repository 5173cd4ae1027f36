"""What the use cases need of the outside."""

from collections.abc import Awaitable, Callable, Collection, Iterator
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from procurement.domain.feed import Read
from procurement.domain.feed_sight import FeedMapping, Sight


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


class NotAFeed(Exception):
    """The file can't be read as a feed at all; the text says why, for people."""


@dataclass(frozen=True, slots=True)
class OpenedFeed:
    """A feed whose format is known. `rows` are read anew each time; `asks`: a person has to say first what it means."""

    rows: Callable[[], Iterator[Read]]
    asks: Sight | None = None


OpenFeed = Callable[[Path, Path, Collection[FeedMapping]], OpenedFeed]
"""Open a feed's file, given a folder to unpack into and the mappings of its supplier. Raise `NotAFeed`."""
