"""Asking crm who a customer is, over HTTP with our own token."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from chassis.peers import Peer

from orders.application.naming import Named
from orders.domain.meant import Meant
from orders.domain.order import Placing
from orders.domain.words import Preference


@dataclass(frozen=True, slots=True)
class CrmNames:
    """`POST /customers:resolve` finds or registers him; asking twice gives the same customer. Where several share his number,
    the likeliest of them.
    """

    crm: Peer

    async def __call__(self, placing: Placing) -> Named:
        recipient = placing.recipient
        wish = (
            None if placing.preference is Preference.ANY else placing.preference
        )  # `any` undoes no earlier wish
        body = {
            "shop_id": placing.shop_id,
            "phone": recipient.phone.e164,
            "name": recipient.name.value,
            "address": recipient.address.value if recipient.address else None,
            "contact_preference": wish,
        }
        answer = await self.crm.post("/customers:resolve", body)  # the deadline worker tries again by itself
        meant = tuple(_meant(each) for each in answer.get("candidates", ()))
        if (
            len(meant) > 1
        ):  # several share the number: the likeliest, and the others for a person to choose from
            first = meant[0]
            return Named(first.customer_id, first.owner_id, first.wants_no_calls, meant)
        return Named(answer["customer_id"], answer.get("owner_id"), _quiet(answer))


def _meant(one: Mapping[str, Any]) -> Meant:
    return Meant(one["customer_id"], one["owner_id"], one["reason"], _quiet(one))


def _quiet(said: Mapping[str, Any]) -> bool:
    return said.get("contact_preference") == Preference.NO_CALLS
