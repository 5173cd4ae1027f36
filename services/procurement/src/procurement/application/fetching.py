"""Bringing a feed in from its supplier's address, into the spool."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from procurement.application.ports import Fetch, Fetched, FetchFailed, Spool
from procurement.domain.supplier import Supplier


@dataclass(frozen=True, slots=True)
class Fetching:
    """Asks only for what changed since the last catalogue."""

    ask: Fetch
    spool: Spool

    async def fetch(self, import_id: str, supplier: Supplier) -> Fetched | None:
        """What the address said of it; None when it is the same as last time. Raise `FetchFailed`."""
        feed = supplier.conditions.feed
        if feed is None:
            raise FetchFailed("the supplier has no feed address any more")
        with tempfile.TemporaryDirectory(prefix="opblok-feed-") as folder:
            file = Path(folder) / "feed"
            got = await self.ask(feed.url, supplier.etag, supplier.last_modified, file)
            if got is not None:
                await self.spool.keep(import_id, file)
            return got
