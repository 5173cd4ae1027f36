"""Reserving: the steps between an order's reservations and the carrier's day that holds their places.

The order keeps what it wants and what it still owes the day; who dies in between is followed by whoever takes the
deadline (wire.md 3, "many things at once").
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog
from chassis.handling import Handler, Occasion, Outcome
from chassis.metrics import meter
from kernel.deadline import Deadline

from logistics.application.standing import Standing
from logistics.domain import day as of_day
from logistics.domain import reservation as r
from logistics.domain.building import lead_days_of, promise_of
from logistics.domain.carrier import lately_in_force
from logistics.domain.day import Day
from logistics.domain.promise import NamedPromise, Promise, Reason, Wish
from logistics.domain.reaching import Reach
from logistics.domain.refusals import PromiseOutsideTerms
from logistics.domain.reservation import Reservation, Reserved, Step
from logistics.domain.reservation_changes import Change
from logistics.domain.rooming import day_promised, slot_of
from logistics.domain.terms import Terms

log = structlog.get_logger(__name__)

OVERBOOKED = meter.create_counter(
    "opblok.reservations.overbooked",
    description="Orders confirmed after their reservation was given up; `over`: beyond what the terms allow.",
)
UNKNOWN = meter.create_counter(
    "opblok.reservations.unknown", description="Orders confirmed with a reservation that nobody made here."
)

Reservations = Handler[r.Command, Reserved, Change]
Days = Handler[of_day.Command, Day, of_day.Change]


@dataclass(frozen=True, slots=True)
class Reserving:
    """`hold_for`: so long a reservation waits for its order's confirmation."""

    reservations: Reservations
    days: Days
    standing: Standing
    hold_for: timedelta

    async def reserve(
        self, order_id: str, reservation_id: str, named: NamedPromise, occasion: Occasion
    ) -> Reservation | None:
        """Seek a place for a promise within its terms; the reservation as it is then. None: somebody else is at it."""
        terms = await self.standing.named(named.carrier_id, named.terms_version)
        promise = promise_of(terms, named) if terms else None
        if terms is None or promise is None:
            raise PromiseOutsideTerms("The terms that it names don't know this promise.")
        barred = await self._barred(terms, promise, occasion.at)
        expires_at = occasion.at + self.hold_for
        command = r.Reserve(
            order_id, reservation_id, promise, expires_at, occasion.actor, occasion.at, barred
        )
        outcome = await self.reservations(command, occasion)
        settled = await self._settle(outcome, occasion)
        found = settled.reservations.get(reservation_id)
        return None if found is None or found.owes is Step.BOOK else found

    async def confirm(self, order_id: str, reservation_id: str, occasion: Occasion) -> None:
        """The customer agreed: this place is firm, the order's others are free (R65)."""
        command = r.ConfirmDelivery(order_id, reservation_id, occasion.at)
        settled = await self._settle(await self.reservations(command, occasion), occasion)
        if reservation_id not in settled.reservations and settled.cancelled_at is None:
            log.warning("a confirmed reservation is unknown", order_id=order_id)
            UNKNOWN.add(1)

    async def cancel(self, order_id: str, occasion: Occasion) -> None:
        """The order is cancelled: it holds nothing, now or later."""
        await self._settle(
            await self.reservations(r.CancelDelivery(order_id, occasion.at), occasion), occasion
        )

    async def on_deadline(self, order_id: str, deadline: Deadline, occasion: Occasion) -> None:
        """What nobody confirmed frees itself; a step that nobody finished is taken again."""
        passed = r.DeadlinePassed(order_id, deadline.name, occasion.at)
        await self._settle(await self.reservations.fire(deadline, passed, occasion), occasion)

    async def _barred(self, terms: Terms, promise: Promise, at: datetime) -> str | None:
        """Why a promise within its terms can't be kept any more. Terms that were in force a moment ago still count: the
        customer was just told so.
        """
        carrier = (await self.standing.shelf(at)).carrier(terms.carrier_id)
        on = day_promised(promise)
        if carrier is None or not carrier.profile.active:
            return Reason.NO_TERMS.value
        if terms.version not in lately_in_force(carrier, on, at - self.hold_for):
            return Reason.OTHER_TERMS.value
        reach = Reach(terms, Wish(promise.zone, promise.kind), at)
        held_up = reach.held_up_by(promise.starts_at, on, lead_days_of(terms, promise))
        return held_up.value if held_up else None

    async def _settle(self, outcome: Outcome[Reserved], occasion: Occasion) -> Reserved:
        """Take each step that is owed; what others took meanwhile is theirs."""
        reserved = outcome.state
        assert reserved is not None
        for id_ in list(reserved.reservations):
            each = reserved.reservations.get(id_)
            if each is not None and each.owes is not None:
                reserved = await self._step(reserved, each, each.owes, occasion) or reserved
        return reserved

    async def _step(
        self, reserved: Reserved, each: Reservation, owes: Step, occasion: Occasion
    ) -> Reserved | None:
        id_, order_id = each.reservation_id, reserved.order_id
        its_own = Occasion(f"{occasion.id}/{owes.value}", occasion.at, occasion.actor, order_id)
        command = await self._command(order_id, each, owes, its_own.at)
        day = (await self.days(command, its_own)).state
        booking = day.bookings.get(id_) if day else None
        if booking is None or booking.round != each.round:
            return None
        answer = r.NoteAnswer(
            order_id,
            id_,
            each.round,
            has_place=booking.slot is not None,
            at=its_own.at,
            refused=booking.refused,
            courier_id=booking.courier_id,
            over=booking.over,
        )
        noted = await self.reservations(answer, replace(its_own, id=f"{its_own.id}/noted"))
        if owes is Step.FIRM and each.late and noted.changes:
            OVERBOOKED.add(1, {"carrier": each.promise.carrier_id, "over": booking.over})
        return noted.state

    async def _command(self, order_id: str, each: Reservation, owes: Step, at: datetime) -> of_day.Command:
        carrier_id, on = each.promise.carrier_id, day_promised(each.promise)
        if owes is Step.FREE:
            return of_day.FreeSlot(carrier_id, on, each.reservation_id, order_id, each.round, at)
        terms = await self.standing.named(carrier_id, each.promise.terms_version)
        assert terms is not None  # a reservation is only made within approved terms
        slot, room = slot_of(terms, each.promise)
        step = of_day.BookSlot if owes is Step.BOOK else of_day.FirmSlot
        return step(
            carrier_id, on, each.reservation_id, order_id, each.round, slot, room, each.due_at or at, at
        )
