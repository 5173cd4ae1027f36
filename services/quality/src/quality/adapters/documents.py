"""How calls, days, service levels, the journal, and what is known of others lie in MongoDB."""

from typing import Annotated

from chassis.documents import Documents, Listed
from kernel.shop import Shop
from pydantic import Field, TypeAdapter

from quality.domain.benchmarks import Benchmarks
from quality.domain.call import Answered, Call, NotCalled, Open
from quality.domain.digest import Digest
from quality.domain.journal import Entry
from quality.domain.judging import group_of
from quality.domain.limiter import Pestering
from quality.domain.measuring import Measure
from quality.domain.people import Member
from quality.domain.scripting import Script
from quality.domain.sla import Sla
from quality.domain.story import Story
from quality.domain.timing import Timer

_CALLS: TypeAdapter[Call] = TypeAdapter(Annotated[Open | Answered | NotCalled, Field(discriminator="kind")])


def _listed(call: Call) -> dict[str, Listed]:
    asking = call.asking
    answered = call if isinstance(call, Answered) else None
    nps = answered.answers.nps if answered else None
    return {
        "shop_id": asking.shop_id,
        "customer_id": asking.customer_id,
        "order_id": asking.order_id,
        "carrier_id": asking.carrier_id,
        "responsible_id": asking.responsible_id,
        "suppliers": asking.suppliers,
        "touchpoints": asking.touchpoints,
        "state": call.kind,
        "delivered_on": asking.delivered_on.isoformat(),
        "answered_on": answered.answered_on.isoformat() if answered else None,
        "nps": group_of(nps) if nps is not None else None,
        "next_at": call.next_at if isinstance(call, Open) else None,
        "assignee": call.assignee if isinstance(call, Open) else None,
        "overdue": call.overdue if isinstance(call, Open) else False,
        "checker": _checker(call),
        "contradicted": bool(answered and answered.claim_at) or _disagreed(call),
    }


def _checker(call: Call) -> str | None:
    if isinstance(call, Open) or call.check is None or call.check.agrees is not None:
        return None
    return call.check.checker


def _disagreed(call: Call) -> bool:
    return not isinstance(call, Open) and call.check is not None and call.check.agrees is False


CALLS: Documents[Call] = Documents(
    collection="calls",
    states=_CALLS,
    schema=1,
    listed=_listed,
    indexes=(
        ("delivered_on",),
        ("order_id",),
        ("state", "delivered_on"),
        ("assignee", "next_at"),
        ("checker", "delivered_on"),
        ("contradicted", "delivered_on"),
        ("customer_id",),
        ("shop_id", "answered_on", "nps"),
        ("shop_id", "state", "next_at"),
    ),
    sealed=("answers.words", "check.words"),
)

STORIES: Documents[Story] = Documents(
    collection="stories", states=TypeAdapter(Story), schema=1, listed=lambda _: {}
)

STAFF: Documents[Member] = Documents(
    collection="staff",
    states=TypeAdapter(Member),
    schema=1,
    listed=lambda member: {"shop_id": member.shop_id},
    indexes=(("shop_id",),),
)

SHOPS: Documents[Shop] = Documents(
    collection="shops", states=TypeAdapter(Shop), schema=1, listed=lambda _: {}
)

PESTERING: Documents[Pestering] = Documents(
    collection="pestering", states=TypeAdapter(Pestering), schema=1, listed=lambda _: {}
)

MEASURES: Documents[Measure] = Documents(
    collection="measures",
    states=TypeAdapter(Measure),
    schema=1,
    listed=lambda measure: {
        "of": measure.place.of.value,
        "day": measure.place.day,
        "shop_id": measure.place.shop_id,
    },
    indexes=(("of", "day"),),
)

DIGESTS: Documents[Digest] = Documents(
    collection="digests",
    states=TypeAdapter(Digest),
    schema=1,
    listed=lambda digest: {
        "shop_id": digest.shop_id,
        "week": digest.week,
        "made": digest.contents is not None,
    },
    indexes=(("shop_id", "made", "week"),),
)

SLAS: Documents[Sla] = Documents(collection="slas", states=TypeAdapter(Sla), schema=1, listed=lambda _: {})

BENCHMARKS: Documents[Benchmarks] = Documents(
    collection="benchmarks", states=TypeAdapter(Benchmarks), schema=1, listed=lambda _: {}
)

SCRIPTS: Documents[Script] = Documents(
    collection="scripts", states=TypeAdapter(Script), schema=1, listed=lambda _: {}
)

TIMERS: Documents[Timer] = Documents(
    collection="timers",
    states=TypeAdapter(Timer),
    schema=1,
    listed=lambda timer: {
        "sla_id": timer.sla_id,
        "state": timer.state,
        "ended": timer.took is not None,
        "began_at": timer.running.at if timer.running else None,
    },
    indexes=(("sla_id", "state"), ("sla_id", "ended", "began_at")),
)

JOURNAL: Documents[Entry] = Documents(
    collection="journal",
    states=TypeAdapter(Entry),
    schema=1,
    listed=lambda entry: {"number": entry.number, "act_id": entry.act_id},
    indexes=(("number",),),
    unique=(("act_id",),),
)
