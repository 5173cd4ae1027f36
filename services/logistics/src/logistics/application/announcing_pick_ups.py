"""What others are told of pick-ups."""

from collections.abc import Sequence
from typing import Any

from chassis.duties_told import duty_refused
from contracts.deliveries import PickupCutoffNearV1, PickupMissedCutoffV1, PickupRequestedV1
from contracts.fact import Fact
from kernel.refused_duty import DutyRefused

from logistics.domain import pick_up_changes as c
from logistics.domain.pick_up import PickUp


def of_pick_up(change: c.Change, pick_up: PickUp) -> Sequence[Fact]:
    """Reminded of, asked for, missed (R61), and what was not somebody's to do (R17)."""
    agreed, about = pick_up.agreed, _about(pick_up)
    match change:
        case c.PickUpRequested():
            return [
                PickupRequestedV1(
                    **about,
                    shipments=change.waiting,
                    by=change.by,
                )
            ]
        case c.PickUpReminded():
            return [
                PickupCutoffNearV1(
                    **about,
                    shipments=change.waiting,
                    cutoff_at=agreed.cut_off_at,
                    minutes=change.minutes,
                    responsible_id=agreed.responsible_id or None,
                )
            ]
        case c.PickUpMissed():
            return [
                PickupMissedCutoffV1(
                    **about,
                    shipments=change.left,
                    cutoff_at=change.cut_off_at,
                )
            ]
        case DutyRefused():
            return [duty_refused(change, "pick_up", pick_up.pickup_id)]
        case _:
            return []


def _about(pick_up: PickUp) -> dict[str, Any]:
    """Which pick-up it is, in each fact of it."""
    return {
        "pickup_id": pick_up.pickup_id,
        "carrier_id": pick_up.agreed.carrier_id,
        "day": pick_up.agreed.on,
        "starts_at": pick_up.interval.starts_at,
        "ends_at": pick_up.interval.ends_at,
    }
