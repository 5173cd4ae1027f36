"""One pass over a feed, chunk by chunk, in a thread of its own, so that neither memory nor the event loop fills up.

Of codes only digests are kept, eight bytes each: which were named, and which were called gone.
"""

import asyncio
import hashlib
from collections.abc import AsyncGenerator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from procurement.domain.availability import Stock
from procurement.domain.feed import BadRow, Broken, Heading, RawRow, Read, Row
from procurement.domain.feed_terms import LONGEST_CODE, read_row

CHUNK = 500

Place = Row | BadRow | Broken
Rows = Callable[[], Iterator[Read]]
"""A feed from its beginning."""


def digest(code: str) -> int:
    """A code's place in the sets below."""
    return int.from_bytes(hashlib.blake2b(code.encode(), digest_size=8).digest())


@dataclass
class Pass:
    """What one pass has met so far. `named` holds bad rows' codes too: an offer with a bad row has not vanished."""

    supplier_id: str
    named: set[int] = field(default_factory=set[int])
    gone: set[int] = field(default_factory=set[int])
    good: int = 0
    heading: Heading | None = None
    broken: Broken | None = None

    @property
    def is_whole(self) -> bool:
        """Read to its end, and meant to name everything: what it leaves out is gone."""
        return self.broken is None and not (self.heading and self.heading.partial)

    def take(self, reads: Iterator[Read], size: int) -> list[Place]:
        """The next places of the feed; none at its end."""
        places: list[Place] = []
        for read in islice(reads, size):
            match read:
                case Heading():
                    self.heading = read
                case Broken():
                    self.broken = read
                    places.append(read)
                case RawRow():
                    places.append(self._place(read))
        return places

    def _place(self, raw: RawRow) -> Row | BadRow:
        row = read_row(raw, self.supplier_id)
        code = digest(raw.code)
        if raw.code and code in self.named:
            same = "another offer of this feed has the same id"
            return BadRow(raw.line, raw.code[:LONGEST_CODE], same, raw.part)
        if raw.code:
            self.named.add(code)
        if isinstance(row, Row):
            self.good += 1
            if row.terms.availability.stock is Stock.NONE:
                self.gone.add(code)
        return row


async def chunks(rows: Rows, met: Pass, size: int = CHUNK) -> AsyncGenerator[list[Place]]:
    """The feed's places in order; `size` is at least 2, since the heading counts. The next chunk is read while the last one is worked on."""
    loop, reads = asyncio.get_running_loop(), rows()
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="feed") as thread:
        coming = loop.run_in_executor(thread, met.take, reads, size)
        while places := await coming:
            coming = loop.run_in_executor(thread, met.take, reads, size)
            yield places


async def dated(rows: Rows) -> datetime | None:
    """The feed's own date, from its beginning."""

    def first() -> datetime | None:
        for each in rows():
            return each.dated if isinstance(each, Heading) else None
        return None

    return await asyncio.to_thread(first)
