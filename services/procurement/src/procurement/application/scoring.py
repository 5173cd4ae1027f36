"""Keeping track of suppliers: notes by the month, scorecards and reliability out of them (R41, R45, R48)."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from chassis.chassis import Listing
from chassis.handling import Handler, Held, Occasion
from chassis.shops import Shops

from procurement.application.occasions import step
from procurement.domain.scorecard import Scorecard, months_between, reliability, scorecard
from procurement.domain.supplier_case import Stage, SupplierCase
from procurement.domain.track_record import (
    AnswerNote,
    CaseNote,
    DeliveryNote,
    Month,
    Note,
    Noted,
    NoteDown,
    month_key,
)

LOOKED_BACK = 6
"""Months that reliability looks back on, the running one included."""
MOST_MONTHS = 36

Months = Handler[NoteDown, Month, Noted]


@dataclass(frozen=True, slots=True)
class Answered:
    """A supplier's word that was asked for: how long it took in working minutes, None when it did not come in time."""

    supplier_id: str
    order_id: str
    offer_id: str
    minutes: int | None


@dataclass(frozen=True, slots=True)
class Scoring:
    """Notes down what happens, and adds it up."""

    months: Months
    kept: Listing[Month]
    cases: Listing[SupplierCase]
    shops: Shops

    async def note_case(self, case_id: str, occasion: Occasion) -> None:
        """The case as it stands now, whatever was told of it when."""
        held: Held[SupplierCase] = await self.cases.load(case_id)
        case = held.state
        if case is None:
            return
        note = CaseNote(
            version=held.version,
            trouble=case.trouble,
            closed=case.stage is Stage.CLOSED,
            at_stake=case.at_stake.minor,
            recovered=case.recovered.minor,
            own_failures=case.own_failures,
        )
        opened_on = (await self.shops.of()).day_of(case.opened_at)
        await self._note(case.supplier_id, opened_on, case_id, note, occasion)

    async def note_delivery(
        self, supplier_id: str, purchase_id: str, note: DeliveryNote, occasion: Occasion
    ) -> None:
        """A purchase order as told: it belongs to the month in which it is expected."""
        await self._note(supplier_id, note.expected_on, purchase_id, note, occasion)

    async def note_answer(self, answered: Answered, occasion: Occasion) -> None:
        """A supplier's word came, or did not."""
        asked = f"{answered.order_id}/{answered.offer_id}".encode()
        name = hashlib.blake2b(asked, digest_size=8).hexdigest()
        today = (await self.shops.of()).day_of(occasion.at)
        await self._note(answered.supplier_id, today, name, AnswerNote(1, answered.minutes), occasion)

    async def scorecard(self, supplier_id: str, first: str, last: str, at: datetime) -> Scorecard:
        """Of these months, both included; at most three years of them."""
        found = await self._months([supplier_id], months_between(first, last)[:MOST_MONTHS])
        return scorecard(found, (await self.shops.of()).day_of(at))

    async def reliability(self, supplier_ids: Collection[str], at: datetime) -> Mapping[str, float]:
        """How far each can be relied on, by his last half year; from 0 to 1."""
        today = (await self.shops.of()).day_of(at)
        found = await self._months(sorted(supplier_ids), _last_months(today))
        by_supplier: dict[str, list[Month]] = {name: [] for name in supplier_ids}
        for month in found:
            by_supplier[month.supplier_id].append(month)
        return {name: reliability(scorecard(months, today)) for name, months in by_supplier.items()}

    async def _months(self, supplier_ids: Sequence[str], months: Sequence[str]) -> list[Month]:
        keys = [month_key(supplier, month) for supplier in supplier_ids for month in months]
        return [held.state for held in await self.kept.load_many(keys) if held.state] if keys else []

    async def _note(self, supplier_id: str, on: date, name: str, note: Note, occasion: Occasion) -> None:
        command = NoteDown(supplier_id, f"{on:%Y-%m}", name, note)
        await self.months(command, step(occasion, "score"))


def _last_months(today: date) -> list[str]:
    before = today.year * 12 + today.month - LOOKED_BACK
    return months_between(f"{before // 12:04}-{before % 12 + 1:02}", f"{today:%Y-%m}")
