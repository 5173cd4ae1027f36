"""Who may be meant by a number that several customers share, as crm told when it named the customer (R97)."""

from dataclasses import dataclass
from datetime import datetime

from kernel.actor import Actor

from orders.domain.team import Team


@dataclass(frozen=True, slots=True)
class Meant:
    """One of them; nothing personal. `reason`: why crm puts him before the next."""

    customer_id: str
    owner_id: str | None
    reason: str
    wants_no_calls: bool = False


@dataclass(frozen=True, slots=True)
class ChooseCustomer:
    """A person says whose the order is. `owner_id`: who answers for him by now."""

    order_id: str
    customer_id: str
    owner_id: str | None
    actor: Actor
    at: datetime
    team: Team
