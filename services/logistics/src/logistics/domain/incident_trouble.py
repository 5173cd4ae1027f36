"""Trouble, as whoever meets it tells of it: what, whose, since when (R50-R52)."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import NAMESPACE_URL, uuid5

from kernel.money import Money
from kernel.window import Window


class Source(StrEnum):
    """Where incidents come from; there are five places (R50)."""

    MANAGER = "manager"
    WAREHOUSE = "warehouse"
    OWN_COURIER = "own_courier"
    COURIER_SERVICE = "courier_service"
    CUSTOMER = "customer"


MIS_SORT, DELAY, LOSS, DAMAGE, SHORTAGE = "mis_sort", "delay", "loss", "damage", "shortage"
REFUSAL, WRONG_ADDRESS, NO_CONTACT, NO_PICKUP = "refusal", "wrong_address", "no_contact", "no_pickup"
PROMISE_ERROR, DATA_ERROR, OTHER = "promise_error", "data_error", "other"

KINDS = (
    MIS_SORT, DELAY, LOSS, DAMAGE, SHORTAGE, REFUSAL,
    WRONG_ADDRESS, NO_CONTACT, NO_PICKUP, PROMISE_ERROR, DATA_ERROR, OTHER,
)  # fmt: skip
"""The short catalogue; more only with a playbook that two people wanted (R51)."""

CHASED = frozenset({DELAY, LOSS, OTHER})
"""Kinds for which asking the carrier while the window is open is chasing him (R57)."""

MEANT = {"refused_quality": REFUSAL, "missed_cutoff": DELAY, "window_missed": DELAY}
"""Words of other facts, and the kind they are."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """`attempt` is that at the door; `happened_at` when it went wrong, so far as known (R52); `about` names what else
    than a shipment or an order it is about: a pick-up. With kind and attempt it makes the trouble the same when it is
    told of again. `terms_version`: the carrier's that was promised by.
    """

    kind: str
    source: Source
    happened_at: datetime
    shop_id: str
    carrier_id: str | None = None
    order_id: str | None = None
    shipment_id: str | None = None
    attempt: int = 0
    window: Window | None = None
    at_stake: Money = field(default_factory=lambda: Money(0))
    about: str | None = None
    terms_version: int | None = None


def kind_of(word: str, known: frozenset[str]) -> str:
    """The kind that a word means; one that nobody knows is `other` (R51)."""
    kind = MEANT.get(word, word)
    return kind if kind in known else OTHER


def incident_of(trouble: Trouble) -> str:
    """The id of the incident that this trouble is: one for a shipment, a kind and an attempt."""
    thing = trouble.shipment_id or trouble.order_id or trouble.about or trouble.carrier_id or trouble.shop_id
    kind = MEANT.get(trouble.kind, trouble.kind)
    return uuid5(NAMESPACE_URL, f"opblok:incident:{thing}:{kind}:{trouble.attempt}").hex
