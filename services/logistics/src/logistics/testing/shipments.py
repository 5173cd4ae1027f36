"""What orders tells of an order that is to be shipped, in the words of logistics."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from kernel.actor import Actor
from kernel.money import Money

from logistics.domain import shipment_commands as k
from logistics.domain.shipment import KnownOrder, ParcelLine, Plan, Promised, Report, Shipping
from logistics.domain.shipment_decider import decide
from logistics.domain.shipment_evolving import evolve
from logistics.domain.shipment_stage import ShipmentStage
from logistics.testing.people import STEPAN

NOON = datetime(2026, 3, 2, 9, tzinfo=UTC)
TOMORROW = Promised(
    "own-couriers",
    1,
    "r-1",
    datetime(2026, 3, 3, 6, tzinfo=UTC),
    datetime(2026, 3, 3, 12, tzinfo=UTC),
    "Europe/Moscow",
)
LAMPS = (ParcelLine(1, "brass-lamp", 2), ParcelLine(2, "shade", 1))
READY = KnownOrder(
    "main", "c-1", LAMPS, allocated=True, covered=True, due=Money(0), cancelled=False, promised=TOMORROW
)
PLAN = Plan("own_staff", date(2026, 3, 2))
SHIPMENT = "o-1.1"


def heard(known: KnownOrder = READY, plan: Plan = PLAN, at: datetime = NOON) -> k.HearOrder:
    """Orders tells."""
    return k.HearOrder("o-1", known, plan, at)


def register(actor: Actor = STEPAN, at: datetime = NOON) -> k.RegisterShipment:
    return k.RegisterShipment("o-1", SHIPMENT, actor, at)


def registered(ref: str | None = None, at: datetime = NOON) -> k.NoteCarrier:
    """The carrier took it."""
    return k.NoteCarrier("o-1", SHIPMENT, "register", at, ref)


def dispatch(actor: Actor = STEPAN, at: datetime = NOON) -> k.DispatchShipment:
    return k.DispatchShipment("o-1", SHIPMENT, actor, at)


def recall(actor: Actor = STEPAN, at: datetime = NOON) -> k.RecallShipment:
    return k.RecallShipment("o-1", SHIPMENT, actor, at)


def seen(stage: ShipmentStage, minutes: int = 60, reason: str | None = None) -> Report:
    """A report of so many minutes past noon."""
    at = NOON + timedelta(minutes=minutes)
    return Report(f"{stage.value}@{minutes}", stage, at, "stepan", reason=reason)


def report(told: Report, actor: Actor = STEPAN, *, his_own: bool = True) -> k.ReportShipment:
    """A person reports it a day later."""
    return k.ReportShipment(
        "o-1", SHIPMENT, replace(told, by=actor.id), actor, NOON + timedelta(days=3), his_own
    )


def lived(*commands: k.Command) -> Shipping:
    """An order's shipments after these commands."""
    shipping: Shipping | None = None
    for command in commands:
        decision = decide(command, shipping)
        assert isinstance(decision, list), decision
        for change in decision:
            shipping = evolve(shipping, change)
    assert shipping is not None
    return shipping


ON_ITS_WAY = (heard(), register(), registered(), dispatch())
