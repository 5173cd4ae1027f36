"""Others are told of an attempt that separation of duties refused (R9, R17)."""

from contracts.crm import DutyRefusedV1
from kernel.refused_duty import DutyRefused


def duty_refused(
    change: DutyRefused, thing: str, thing_id: str, order_id: str | None = None
) -> DutyRefusedV1:
    """The attempt upon this thing; `order_id` where it belongs to an order: then it is a part of the order's story."""
    return DutyRefusedV1(
        thing=thing,
        thing_id=thing_id,
        action=change.action,
        rule=change.rule,
        actor_id=change.actor_id,
        actor_roles=change.actor_roles,
        order_id=order_id,
    )
