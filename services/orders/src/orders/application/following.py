"""What orders follows: shops, staff and owners of crm, closed sales of procurement."""

from dataclasses import dataclass

from chassis.following import following
from kernel.shop import Shop

from orders.domain.team import Member


@dataclass(frozen=True, slots=True)
class CustomerOwner:
    """Who answers for a customer (R98); nobody for one who is erased."""

    customer_id: str
    owner_id: str | None
    erased: bool = False


@dataclass(frozen=True, slots=True)
class Sale:
    """Whether a product may be sold (R46)."""

    product_id: str
    closed: bool


SHOPS = following(Shop)
MEMBERS = following(Member)
OWNERS = following(CustomerOwner)
SALES = following(Sale)
