"""Offers that only their supplier can name, compared with goods that others offer: in the background after an import, page by
page, within bounds. What is likely is proposed to a person (R43).
"""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from chassis.chassis import Listing
from chassis.clock import Clock
from chassis.handling import Handler, Occasion
from chassis.listing import Query

from procurement.application.occasions import step
from procurement.application.taking_in import Imports
from procurement.domain import match as matching
from procurement.domain.feed_import import ENDS, Comparing
from procurement.domain.feed_import_commands import NoteCompared
from procurement.domain.likeness import Alike, Blocks, Described, best, likeness
from procurement.domain.match import Likeness, Match, ProposeMatch, Standing
from procurement.domain.offer import Offer

PAGE = 500
AT_ONCE = 5000
"""So many offers are compared in one pass over the known goods."""
MOST_OFFERS = 20_000
MOST_GOODS = 300_000
"""Beyond these the rest waits for another import; the answer says how many were looked at."""

REPORT_EVERY = 20.0
"""Well within the patience of those who would take the work up; seconds."""

Matches = Handler[matching.Command, Match, matching.Change]


@dataclass(frozen=True, slots=True)
class ComparingOffers:
    """Works one import's comparing off."""

    matches: Matches
    imports: Imports
    offers: Listing[Offer]
    alike: Alike
    clock: Clock

    async def run(self, import_id: str, occasion: Occasion) -> None:
        """Compare the offers of an import's supplier, and say how far it is."""
        now = (await self.imports.store.load(import_id)).state
        if now is None or now.stage not in ENDS or now.matching is None or now.matching.due_at is None:
            return
        so_far, report = Comparing(), self._reporting(import_id, occasion)
        async for unnamed in self._unnamed(now.supplier_id):
            before = so_far
            blocks, found = Blocks(unnamed), dict[str, list[Likeness]]()
            async for goods in self._goods(now.supplier_id):
                await asyncio.to_thread(self._compare, blocks, goods, found)
                so_far = replace(so_far, goods=max(so_far.goods, before.goods) + len(goods))
                await report(so_far)
            proposed = await self._propose(now.supplier_id, unnamed, found, occasion)
            so_far = replace(so_far, offers=so_far.offers + len(unnamed), proposed=so_far.proposed + proposed)
        await self._note(import_id, so_far, occasion, done=True)

    def _compare(self, blocks: Blocks, goods: Sequence[Described], found: dict[str, list[Likeness]]) -> None:
        for each in goods:
            for offer in blocks.near(each):
                known = found.setdefault(offer.key, [])
                known[:] = best([*known, likeness(offer, each, self.alike)])

    async def _propose(
        self,
        supplier_id: str,
        unnamed: Sequence[Described],
        found: dict[str, list[Likeness]],
        occasion: Occasion,
    ) -> int:
        at, proposed = self.clock.now(), 0
        likely = [each for each in unnamed if found.get(each.key)]
        for start in range(0, len(likely), PAGE):
            commands = [
                ProposeMatch(each.key, supplier_id, each.title, tuple(found[each.key]), at)
                for each in likely[start : start + PAGE]
            ]
            outcomes = await self.matches.many([(each, step(occasion, "propose")) for each in commands])
            proposed += sum(bool(each.changes) for each in outcomes)
        return proposed

    async def _unnamed(self, supplier_id: str) -> AsyncIterator[list[Described]]:
        """What the supplier has and only he can name, where nobody has decided yet."""
        waiting: list[Described] = []
        taken = 0
        async for offers in self._pages(Query(equal={"supplier_id": supplier_id, "available": True})):
            mine = [_described(each, each.offer_id) for each in offers if is_unnamed(each)]
            decided = {
                held.key
                for held in await self.matches.store.load_many([each.key for each in mine])
                if held.state is not None and held.state.standing is Standing.ACCEPTED
            }
            waiting += [each for each in mine if each.key not in decided][
                : MOST_OFFERS - taken - len(waiting)
            ]
            if len(waiting) >= AT_ONCE:
                yield waiting
                taken, waiting = taken + len(waiting), []
        if waiting:
            yield waiting

    async def _goods(self, supplier_id: str) -> AsyncIterator[list[Described]]:
        """Goods that others offer under a name of the world, or that we have ourselves."""
        left = MOST_GOODS
        async for offers in self._pages(Query()):
            page = list(_named(offers, supplier_id))[:left]
            left -= len(page)
            if page:
                yield page
            if left <= 0:
                return

    async def _pages(self, query: Query) -> AsyncIterator[list[Offer]]:
        cursor = None
        while True:
            page = await self.offers.page(query, PAGE, cursor)
            yield [held.state for held in page.items if held.state is not None]
            if (cursor := page.next) is None:
                return

    def _reporting(self, import_id: str, occasion: Occasion) -> Callable[[Comparing], Awaitable[None]]:
        last = time.monotonic()

        async def report(far: Comparing) -> None:
            nonlocal last
            if time.monotonic() - last >= REPORT_EVERY:
                last = time.monotonic()
                await self._note(import_id, far, occasion, done=False)

        return report

    async def _note(self, import_id: str, far: Comparing, occasion: Occasion, *, done: bool) -> None:
        at = self.clock.now()
        note = NoteCompared(import_id, far.offers, far.goods, far.proposed, done, at)
        await self.imports(note, step(occasion, "compared"))


def is_unnamed(offer: Offer) -> bool:
    """Known by its supplier's code alone, and nobody has said yet what it is."""
    return offer.laid is None and offer.terms.product_id.startswith(f"{offer.supplier_id}:")


def _named(offers: Sequence[Offer], without: str) -> Iterator[Described]:
    for each in offers:
        if each.supplier_id != without and not is_unnamed(each):
            yield _described(each, each.terms.product_id)


def _described(offer: Offer, key: str) -> Described:
    terms = offer.terms
    return Described(key, terms.title, terms.vendor or "", terms.attributes, terms.price.minor)
