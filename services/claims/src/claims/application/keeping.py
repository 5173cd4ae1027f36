"""Where the contents of evidence lie, and what is swept from there: contents that no claim came to name."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from chassis.chassis import Listing
from chassis.clock import Clock
from chassis.metrics import meter

from claims.domain.claim import Claim

SWEPT = meter.create_counter(
    "opblok.claims.files_swept", description="Contents that no claim named, removed."
)
AFTER = timedelta(days=1)
"""So long an upload may take until a claim names it."""


class Files(Protocol):
    """Contents by the name `claim/digest`. The same name twice is the same content; times are the service's clock's."""

    async def keep(self, file_id: str, content: bytes, at: datetime) -> None:
        """Safe from the sweep for a day from `at` on, also when it lay there before."""
        ...

    async def read(self, file_id: str) -> bytes | None: ...

    async def named(self, file_id: str) -> None:
        """A claim names it from now on: the sweep does not look at it again."""
        ...

    async def remove(self, claim_id: str) -> None:
        """All contents of a claim."""
        ...

    def unnamed(self, before: datetime) -> AsyncIterator[str]:
        """Contents kept before then that were not said to be named."""
        ...

    async def drop(self, file_id: str, before: datetime) -> bool:
        """Remove one, unless it was kept again since."""
        ...

    async def drop_torn(self, before: datetime) -> int:
        """Remove what uploads left that died before then; answer how many."""
        ...


@dataclass(frozen=True, slots=True)
class Sweep:
    """Several replicas sweeping at once do no harm: each removal is conditional."""

    files: Files
    claims: Listing[Claim]
    clock: Clock
    every: timedelta = timedelta(hours=1)

    async def forever(self) -> None:
        """Once an hour."""
        while True:
            await self.once()
            await asyncio.sleep(self.every.total_seconds())

    async def once(self) -> int:
        """Remove contents that for a day no claim named; answer how many there were."""
        before, swept = self.clock.now() - AFTER, 0
        async for file_id in self.files.unnamed(before):
            if await self._is_named(file_id):
                await self.files.named(file_id)
            else:
                swept += await self.files.drop(file_id, before)
        swept += await self.files.drop_torn(before)
        SWEPT.add(swept)
        return swept

    async def _is_named(self, file_id: str) -> bool:
        claim_id, _, digest = file_id.rpartition("/")
        claim = (await self.claims.load(claim_id)).state
        return claim is not None and any(each.evidence_id == digest for each in claim.evidence)
