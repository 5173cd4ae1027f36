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
NEAR, FAR_EVERY = timedelta(seconds=3), timedelta(seconds=10)
"""A look goes back this far; the whole overlap is looked over now and then."""

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
        self._far_at: datetime | None = None

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
        after: str | None = None
        while True:
            page = await self._store.page(Query(), PAGE, after)
            for held in page.items:
                self.take(held.key, held.state, held.version)
            after = page.next
            if after is None:
                break
        self._since = now - OVERLAP

    async def catch_up(self, now: datetime) -> None:
        """What others saved since. What is here already is not read again: while a hundred thousand cards are loaded, most of
        what changed just now was saved by this replica.
        """
        far = self._far_at is None or now - self._far_at >= FAR_EVERY
        begun = self._since or now
        found = await self._store.versions(
            Query(at_least={"changed_at": begun if far else max(begun, now - NEAR)})
        )
        newer = [key for key, version in found.items() if version > self._versions.get(key, 0)]
        for begins in range(0, len(newer), PAGE):
            for held in await self._store.load_many(newer[begins : begins + PAGE]):
                self.take(held.key, held.state, held.version)
        if far:
            self._far_at, self._since = now, max(begun, now - OVERLAP)
