"""A pick-up of our own couriers: Monday from two to four in the afternoon, Moscow time, with its cut-off at noon."""

from datetime import datetime, timedelta

from kernel.actor import Actor

from logistics.application.pick_up_days import agreed_pick_up
from logistics.domain import pick_up_commands as k
from logistics.domain.pick_up import Interval, PickUp
from logistics.domain.pick_up_decider import decide
from logistics.domain.pick_up_evolving import evolve
from logistics.domain.terms import Terms
from logistics.testing.agreements import MONDAY, OWN, TODAY, TUESDAY, at
from logistics.testing.people import STEPAN

AGREED = agreed_pick_up(Terms(1, OWN), TODAY, "lena")
PICK_UP = AGREED.pickup_id
NOON, GONE = at("12:00"), at("16:00")


def expected(when: datetime = MONDAY) -> k.ExpectPickUp:
    """A shipment is to leave by it."""
    return k.ExpectPickUp(AGREED, "logistics", when)


def asked(
    when: datetime = MONDAY, interval: Interval | None = None, actor: Actor = STEPAN
) -> k.RequestPickUp:
    """Stepan asks for it, and two are ready."""
    return k.RequestPickUp(AGREED, interval, 2, TUESDAY, actor, when)


def scanned(*shipment_ids: str, when: datetime = NOON + timedelta(hours=2)) -> k.HandOver:
    """Stepan scans."""
    return k.HandOver(PICK_UP, shipment_ids, STEPAN, when)


def passed(name: str, when: datetime, waiting: int = 0) -> k.PickUpDeadlinePassed:
    """A deadline, and so many that may go are still here."""
    return k.PickUpDeadlinePassed(PICK_UP, name, waiting, TUESDAY, "logistics", when)


def lived(*commands: k.Command) -> PickUp:
    """The pick-up after these commands."""
    pick_up: PickUp | None = None
    for command in commands:
        decision = decide(command, pick_up)
        assert isinstance(decision, list), decision
        for change in decision:
            pick_up = evolve(pick_up, change)
    assert pick_up is not None
    return pick_up
