"""The words of a rush: its lanes, its parts, and the policies it locks."""

from enum import StrEnum


class Lane(StrEnum):
    """Where a person stands while the rush lasts (R18)."""

    PHONE_ORDERS = "phone_orders"
    PROCESSING = "processing"
    PACKING = "packing"
    DELIVERY = "delivery"
    CLAIMS = "claims"


class Part(StrEnum):
    """What a rush is made of; it is used in whole or in part (R116).

    `lanes`: who stands where, and who was there. `phone_hours`: when the phone is answered. `requests`: ready answers of
    the rush, and no favours. `freeze`: locked policies. `ranking`: the queue by profit.
    """

    LANES = "lanes"
    PHONE_HOURS = "phone_hours"
    REQUESTS = "requests"
    FREEZE = "freeze"
    RANKING = "ranking"


class PolicyName(StrEnum):
    """A policy of the shop that a rush may lock (R116). `DUTIES` (who may do what) and `BUYING` (what is agreed with
    suppliers) are kept by others, who hear of the rush and lock them; as they do terms of carriers and the shop's hours.
    """

    MINIMUM_ORDER = "minimum_order"
    DELIVERY_PRICES = "delivery_prices"
    HOURS = "hours"
    BONUS_MAX_SHARE = "bonus_max_share"
    DUTIES = "duties"
    BUYING = "buying"


KEPT_HERE = tuple(name for name in PolicyName if name not in {PolicyName.DUTIES, PolicyName.BUYING})
"""Those of which orders keeps a value, or the name of the version in force."""
