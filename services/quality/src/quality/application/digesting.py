"""Digesting: each Monday what customers said in the week before is brought together (R95)."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from chassis.handling import Decider, Handler, Occasion
from chassis.listing import Query
from kernel.actor import Actor, Role
from kernel.deadline import Deadline

from quality.application.announcements import announce_digest
from quality.application.journalling import Journalling
from quality.application.knowing import Kept, Known, all_of
from quality.domain import digest as d
from quality.domain.acts import JOURNAL
from quality.domain.call import Answered, Call
from quality.domain.flags import flags
from quality.domain.hours import local_day, moment
from quality.domain.judging import CRITIC, NEUTRAL, PROMOTER, Figures, group_of
from quality.domain.sla import Sla

DIGEST: Decider[d.DigestCommand, d.Digest, d.DigestChange] = Decider(
    lambda command: d.key_of(command.shop_id, command.week),
    d.decide,
    d.evolve,
    announce_digest,
    d.deadlines,
)
MOST = 200
"""So many customers' words stand in a digest, the newest."""
MADE_AT = time(8)


@dataclass(frozen=True, slots=True)
class Digesting:
    """One a week and shop; each one makes sure that there will be the next."""

    calls: Kept[Call]
    kept: Kept[d.Digest]
    slas: Kept[Sla]
    handle: Handler[d.DigestCommand, d.Digest, d.DigestChange]
    known: Known
    journalling: Journalling

    async def expect(self, shop_id: str, at: datetime, why: Occasion) -> None:
        """The week of this moment will have a digest, on the Monday after it at eight, by the shop's clock."""
        zone = (await self.known.calendar(shop_id)).zone
        week = d.week_of(local_day(at, zone))
        due_at = moment(d.monday_of(week) + d.A_WEEK, MADE_AT, zone)
        if (await self.kept.load(d.key_of(shop_id, week))).state is None:
            quiet = replace(why, id=f"{why.id}/{week}", heard=None, remembered=False, fingerprint=None)
            await self.handle(d.Expect(shop_id, week, due_at), quiet)

    async def on_deadline(self, key: str, deadline: Deadline, why: Occasion) -> None:
        """The week is over; or a crash kept an act out of the journal."""
        digest = (await self.kept.load(key)).state
        if digest is None:
            return
        if deadline.name == JOURNAL:
            await self._enter(key, why)
            done = d.DigestJournalled(digest.shop_id, digest.week, 0)
            await self.handle.fire(deadline, done, replace(why, id=f"{why.id}/fired"))
            return
        await self.expect(digest.shop_id, digest.due_at, why)
        contents = await self._contents(digest)
        await self.handle.fire(deadline, d.Make(digest.shop_id, digest.week, contents), why)

    async def read(
        self, shop_id: str, week: str, actor: Actor, why: Occasion
    ) -> tuple[d.Digest, list[Answered]]:
        """The digest, and the calls whose customers said something. Raise `UnknownDigest`; not for who is controlled."""
        outcome = await self.handle(d.ReadDigest(shop_id, week, actor, why.at), why)
        await self._enter(d.key_of(shop_id, week), why)
        assert outcome.state
        assert outcome.state.contents
        found = [(await self.calls.load(call_id)).state for call_id in outcome.state.contents.words]
        return outcome.state, [each for each in found if isinstance(each, Answered) and each.answers.words]

    async def _contents(self, digest: d.Digest) -> d.Contents:
        first = d.monday_of(digest.week)
        delivered = _days("delivered_on", digest.shop_id, first)
        called = replace(delivered, equal={**delivered.equal, "state": "answered"})
        found = await all_of(self.calls, _days("answered_on", digest.shop_id, first))
        answers = sorted((each for each in found if isinstance(each, Answered)), key=lambda one: one.at)
        groups = Counter(group_of(each.answers.nps) for each in answers if each.answers.nps is not None)
        said = [each for each in answers if each.answers.words][-MOST:]
        return d.Contents(
            delivered=await self.calls.count(delivered),
            called=await self.calls.count(called),
            figures=Figures(groups[PROMOTER], groups[NEUTRAL], groups[CRITIC]),
            problems=dict(Counter(reason for each in answers for reason in each.reasons).most_common()),
            words=tuple(each.asking.call_id for each in said),
            ideas=tuple(each.asking.call_id for each in said if is_idea(each)),
            flags=await self._flags(digest),
        )

    async def _flags(self, digest: d.Digest) -> tuple[str, ...]:
        """What the service owner has to see to; and whether there is one (R13, R92)."""
        roster = (await self.known.roster(digest.shop_id)).values()
        nobody = not any(each.active and Role.SERVICE_OWNER.value in each.roles for each in roster)
        found = ["no_service_owner"] if nobody else []
        for sla in await all_of(self.slas, Query()):
            if sla.versions:
                words = flags(sla.versions[-1].draft, digest.due_at.date())
                found += [f"{sla.sla_id}.{word}" for word in words]
        return tuple(found)

    async def _enter(self, key: str, why: Occasion) -> None:
        digest = (await self.kept.load(key)).state
        if digest is None or not digest.acts.open:
            return
        for act in digest.acts.open:
            await self.journalling.enter("digest", key, act, why)
        done = d.DigestJournalled(digest.shop_id, digest.week, digest.acts.open[-1].number)
        quiet = replace(why, id=f"{why.id}/journalled", remembered=False, fingerprint=None)
        await self.handle(done, quiet)


def is_idea(call: Answered) -> bool:
    """A wish, or what the controller tagged as one (R84)."""
    return "wishes" in call.answers.words or "idea" in call.answers.tags


def _days(field: str, shop_id: str, first: date) -> Query:
    last = first + timedelta(days=6)
    return Query(
        equal={"shop_id": shop_id},
        at_least={field: first.isoformat()},
        at_most={field: last.isoformat()},
        order=field,
    )
