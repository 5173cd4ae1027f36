"""Things of one kind held in memory, as the store has them: what this replica saves is taken at once, what another one
saves a moment later.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from chassis.chassis import Listing
from chassis.handling import Outcome
from chassis.listing import Query

S = TypeVar("S")

PAGE = 500
OVERLAP = timedelta(seconds=30)
"""Clocks of replicas may differ by so much, and a save may take so long, and still nothing is missed."""

Taken = Callable[[str, "S | None", S], None]


def _nothing(key: str, before: object, now: object) -> None:
    del key, before, now


class Shelf(Generic[S]):
    """`taken` is told of each thing that changed, with how it was before. The store lists `changed_at`."""

    def __init__(self, store: Listing[S], taken: Taken[S] = _nothing) -> None:
        self.items: dict[str, S] = {}
        self._store = store
        self._taken = taken
        self._versions: dict[str, int] = {}
        self._since: datetime | None = None

    def get(self, key: str | None) -> S | None:
        """The thing, if it is known."""
        return self.items.get(key) if key else None

    def take(self, key: str, state: S | None, version: int) -> None:
        """Take this version in, unless a newer one is here."""
        if state is None or version <= self._versions.get(key, 0):
            return
        before = self.items.get(key)
        self.items[key], self._versions[key] = state, version
        self._taken(key, before, state)

    def hear(self, outcome: Outcome[S]) -> Outcome[S]:
        """What this replica saved."""
        self.take(outcome.key, outcome.state, outcome.version)
        return outcome

    async def fill(self, now: datetime) -> None:
        """All there is; before the first call."""
        await self._pages(Query())
        self._since = now - OVERLAP

    async def catch_up(self, now: datetime) -> None:
        """What others saved since."""
        since = self._since or now
        await self._pages(Query(at_least={"changed_at": since}, order="changed_at"))
        self._since = max(since, now - OVERLAP)

    async def _pages(self, query: Query) -> None:
        after: str | None = None
        while True:
            page = await self._store.page(query, PAGE, after)
            for held in page.items:
                self.take(held.key, held.state, held.version)
            if page.next is None:
                return
            after = page.next
