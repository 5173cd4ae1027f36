"""Keeping count of carriers, and opening a review of one who fails (R70-R72)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from chassis.chassis import Listing
from chassis.handling import Handler, Occasion, Outcome
from chassis.shops import Shops
from kernel.actor import Actor
from kernel.deadline import Deadline

from logistics.application.incident_steps import step
from logistics.domain import carrier_score as counting
from logistics.domain import carrier_score_review as reviewing
from logistics.domain.carrier_score import (
    MannersNote,
    Note,
    NoteDown,
    Scorecard,
    ScoreDay,
    TroubleNote,
    score_key,
    scorecard,
)
from logistics.domain.carrier_score_limits import Limits, passed
from logistics.domain.carrier_score_review import (
    CarrierRelation,
    ConcludeReview,
    OpenReview,
    Review,
    Verdict,
)
from logistics.domain.carrier_trial import TRIAL, TRIAL_DAYS, EndTrial, Trial
from logistics.domain.incident import Incident

Days = Handler[NoteDown, ScoreDay, counting.Noted]
Relations = Handler[reviewing.Command, CarrierRelation, reviewing.Change]

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class CarrierScoring:
    """Counts, and looks at what was counted."""

    to_days: Days
    days: Listing[ScoreDay]
    to_relations: Relations
    shops: Shops
    limits: Limits

    async def note_incident(self, incident: Incident, version: int, occasion: Occasion) -> None:
        """An incident with a carrier counts on the day it was opened, as it stands now."""
        trouble, sums = incident.trouble, incident.sums
        if trouble.carrier_id is None:
            return
        on = (await self.shops.of(trouble.shop_id)).day_of(incident.opened_at)
        money = (sums.lost.minor, sums.recovered.minor, sums.penalty.minor)
        note = TroubleNote(version, incident.kind, *money)
        await self._note(trouble.carrier_id, on, incident.incident_id, note, occasion)

    async def note_shipment(
        self, carrier_id: str, name: str, note: counting.ShipmentNote, shop_id: str, occasion: Occasion
    ) -> None:
        """A shipment counts on the day that was promised (R70)."""
        on = (await self.shops.of(shop_id)).day_of(note.promised_until)
        await self._note(carrier_id, on, name, note, occasion)

    async def note_manners(
        self, carrier_id: str, call_id: str, note: MannersNote, on: date, occasion: Occasion
    ) -> None:
        """What a customer said of the courier counts on the day he was to be asked (R71)."""
        await self._note(carrier_id, on, call_id, note, occasion)

    async def card(self, carrier_id: str, first: date, last: date) -> Scorecard:
        """What was counted from one day to another, both included."""
        return scorecard(await self.days_of(carrier_id, first, last))

    async def days_of(self, carrier_id: str, first: date, last: date) -> list[ScoreDay]:
        """Those days on which anything was counted."""
        keys = [score_key(carrier_id, first + n * DAY) for n in range((last - first).days + 1)]
        return [held.state for held in await self.days.load_many(keys) if held.state is not None]

    async def conclude(
        self, carrier_id: str, verdict: Verdict, successor: str | None, actor: Actor, occasion: Occasion
    ) -> Outcome[CarrierRelation]:
        """End a review; unless he is kept, a trial begins, of himself or of who takes his place (R72)."""
        today = (await self.shops.of()).day_of(occasion.at)
        trial = None
        if verdict is not Verdict.KEEP:
            before = await self.card(carrier_id, today - TRIAL_DAYS * DAY, today - DAY)
            tried = successor if verdict is Verdict.REPLACE and successor else carrier_id
            trial = Trial(tried, today, occasion.at + TRIAL_DAYS * DAY, before)
        return await self.to_relations(
            ConcludeReview(carrier_id, verdict, trial, actor, occasion.at), occasion
        )

    async def on_deadline(self, carrier_id: str, deadline: Deadline, occasion: Occasion) -> None:
        """Nobody reviewed him: the shop's owner has it. A trial is over: it is compared (R72)."""
        shop = await self.shops.of()
        due = shop.in_working_days(occasion.at, self.limits.review_days)
        if deadline.name == TRIAL:
            await self._end_trial(carrier_id, shop.owner_id, due, deadline, occasion)
            return
        late = reviewing.ReviewDeadlinePassed(carrier_id, shop.owner_id, due, occasion.at)
        await self.to_relations.fire(deadline, late, occasion)

    async def _end_trial(
        self, carrier_id: str, owner_id: str, due: datetime, deadline: Deadline, occasion: Occasion
    ) -> None:
        relation = (await self.to_relations.store.load(carrier_id)).state
        if relation is None or relation.trial is None:
            return
        trial = relation.trial
        after = await self.card(trial.tried, trial.began_on, trial.began_on + (TRIAL_DAYS - 1) * DAY)
        reasons = passed(after, self.limits) if trial.tried == carrier_id else ()
        over = EndTrial(carrier_id, after, reasons, owner_id, due, occasion.at)
        await self.to_relations.fire(deadline, over, occasion)

    async def _note(self, carrier_id: str, on: date, name: str, note: Note, occasion: Occasion) -> None:
        command = NoteDown(carrier_id, on, name, note)
        noted = await self.to_days(command, step(occasion, f"score:{carrier_id}:{name}"))
        if noted.changes:
            await self._look(carrier_id, on, occasion)

    async def _look(self, carrier_id: str, on: date, occasion: Occasion) -> None:
        limits, shop = self.limits, await self.shops.of()
        found = passed(await self.card(carrier_id, on - limits.looked_back * DAY, on), limits)
        if not found:
            return
        at: datetime = occasion.at
        due = shop.in_working_days(at, limits.review_days)
        review = Review(found, at, shop.owner_id, due)
        command = OpenReview(carrier_id, review, at - limits.rest_days * DAY)
        await self.to_relations(command, step(occasion, f"review:{carrier_id}"))
