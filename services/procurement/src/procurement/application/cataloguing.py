"""Taking a feed's rows over into offers, in bulk; and finding which offers a complete feed leaves out."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from datetime import datetime

from chassis.chassis import Listing
from chassis.handling import Handler, Occasion
from chassis.listing import Query

from procurement.application.abreast import Abreast
from procurement.application.known import Known
from procurement.application.reading import CHUNK, Pass, Place, Rows, chunks, digest
from procurement.domain import offer as offering
from procurement.domain.availability import NOTHING
from procurement.domain.feed import BadRow, Broken, Row
from procurement.domain.feed_import import BAD_ROWS_KEPT, Tally, Wiping
from procurement.domain.offer import ListOffer, Offer, WithdrawOffer, code_of, offer_id

MOST_OWING = 5_000
"""How many offers may owe facts that Kafka has not taken yet, before an import holds back."""

Offers = Handler[offering.Command, Offer, offering.Change]
Progress = Callable[[Tally], Awaitable[None]]
Names = tuple[str, ...]
Taken = tuple[Sequence[Place], Sequence[Names]]


@dataclass(frozen=True, slots=True)
class Taking:
    """What is taken over: whose rows, as of when, what caused it, and what is known already."""

    supplier_id: str
    as_of: datetime
    occasion: Occasion
    known: Known = field(default_factory=Known)


@dataclass(frozen=True, slots=True)
class Survey:
    """A feed read through, and what taking it over would do."""

    met: Pass
    tally: Tally
    wiping: Wiping
    known: Known


@dataclass(frozen=True, slots=True)
class Cataloguing:
    """Works a feed off against the offers that are there."""

    offers: Offers
    listing: Listing[Offer]
    chunk: int = CHUNK

    async def survey(self, rows: Rows, supplier_id: str, progress: Progress) -> Survey:
        """What the feed would take away of what can be had now, without changing anything; and what is known already."""
        met, tally, known = Pass(supplier_id), Tally(), Known()
        async with aclosing(chunks(rows, met, self.chunk)) as all_places:
            async for places in all_places:
                tally = counted(tally, places, ())
                await progress(tally)
        lost = of = 0
        async for offers in self._pages(Query(equal={"supplier_id": supplier_id})):
            can_be_had = [each for each in offers if each.terms.availability != NOTHING]
            of += len(can_be_had)
            lost += sum(_is_lost(offer, met) for offer in can_be_had)
            for offer in offers:
                known.learn(offer)
        return Survey(met, tally, Wiping(lost, of), known)

    async def apply(self, rows: Rows, taking: Taking, tally: Tally, progress: Progress) -> tuple[Pass, Tally]:
        """Take the rows over, from the place on where an earlier try stopped; a few chunks at a time, counted in order."""
        met, passed, start = Pass(taking.supplier_id), 0, tally.places
        async with aclosing(chunks(rows, met, self.chunk)) as all_places, Abreast[Taken]() as abreast:
            async for places in all_places:
                fresh = places[max(0, start - passed) :]
                passed += len(places)
                if fresh:
                    await self._hold_back(tally, progress)
                    for done in await abreast.add(self._taken_over(fresh, taking)):
                        tally = counted(tally, *done)
                        await progress(tally)
            for done in await abreast.rest():
                tally = counted(tally, *done)
        return met, tally

    async def withdraw_unnamed(self, met: Pass, taking: Taking, tally: Tally) -> Tally:
        """A complete catalogue leaves out what is not to be had any more."""
        if await self.has_available(taking.supplier_id) == met.good - len(met.gone):
            return tally  # all that can be had was named
        async for offers in self._pages(_available(taking.supplier_id)):
            gone = [
                WithdrawOffer(offer.offer_id, taking.as_of)
                for offer in offers
                if digest(code_of(offer)) not in met.named
            ]
            outcomes = await self.offers.many([(command, taking.occasion) for command in gone])
            tally = replace(tally, gone=tally.gone + sum(bool(each.changes) for each in outcomes))
        return tally

    async def has_available(self, supplier_id: str) -> int:
        """How many of a supplier's offers can be had."""
        return await self.listing.count(_available(supplier_id))

    async def _taken_over(
        self, places: Sequence[Place], taking: Taking
    ) -> tuple[Sequence[Place], Sequence[Names]]:
        """The places, and what changed by each good row among them."""
        rows = [each for each in places if isinstance(each, Row)]
        news = [row for row in rows if not taking.known.says(row.code, row.terms)]
        commands = [
            ListOffer(offer_id(taking.supplier_id, row.code), taking.supplier_id, row.terms, taking.as_of)
            for row in news
        ]
        outcomes = await self.offers.many([(each, taking.occasion) for each in commands]) if commands else []
        unchanged: list[Names] = [()] * (len(rows) - len(news))
        return places, [*(outcome.changes for outcome in outcomes), *unchanged]

    async def _hold_back(self, tally: Tally, progress: Progress) -> None:
        while (await self.listing.backlog())[0] > MOST_OWING:
            await progress(tally)
            await asyncio.sleep(0.2)

    async def _pages(self, query: Query) -> AsyncIterator[list[Offer]]:
        cursor = None
        while True:
            page = await self.listing.page(query, self.chunk, cursor)
            yield [held.state for held in page.items if held.state is not None]
            if (cursor := page.next) is None:
                return


def counted(tally: Tally, places: Sequence[Place], changes: Sequence[Names]) -> Tally:
    """The tally with these places passed; `changes` of the good rows, as far as they were taken over."""
    bad = tuple(place for place in places if isinstance(place, BadRow))
    good = sum(isinstance(place, Row) for place in places)
    new = sum("OfferListed" in names for names in changes)
    changed = sum(bool(names) for names in changes) - new
    return replace(
        tally,
        places=tally.places + len(places),
        good=tally.good + good,
        bad=tally.bad + len(bad),
        new=tally.new + new,
        changed=tally.changed + changed,
        same=tally.same + len(changes) - new - changed,
        broken=next((place for place in places if isinstance(place, Broken)), tally.broken),
        bad_rows=(*tally.bad_rows, *bad)[:BAD_ROWS_KEPT],
    )


def _is_lost(offer: Offer, met: Pass) -> bool:
    """Said to be gone; or left out of a feed that was read to its end. A broken or partial one leaves out nothing."""
    code = digest(code_of(offer))
    return code in met.gone if code in met.named else met.is_whole


def _available(supplier_id: str) -> Query:
    return Query(equal={"supplier_id": supplier_id, "available": True})
