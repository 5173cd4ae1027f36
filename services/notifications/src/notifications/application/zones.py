"""Which clock counts: the delivery city's, else the shop's, else the setting's."""

from dataclasses import dataclass
from typing import Protocol

from chassis.handling import Decider, Held

from notifications.domain.correspondence import Order
from notifications.domain.message import Promise


@dataclass(frozen=True, slots=True)
class ShopZone:
    """The time zone of a shop, as crm told."""

    shop_id: str
    zone: str


@dataclass(frozen=True, slots=True)
class ZoneHeard:
    """It is so now."""

    now: ShopZone


SHOP_ZONE: Decider[ShopZone, ShopZone, ZoneHeard] = Decider(
    lambda news: news.shop_id,
    lambda news, _: [ZoneHeard(news)],  # kept even when known, so that it is known how new it is
    lambda _, change: change.now,
    lambda _, __: (),
    lambda _: (),
)


class ShopZones(Protocol):
    """Where zones of shops are kept."""

    async def load(self, key: str) -> Held[ShopZone]: ...


@dataclass(frozen=True, slots=True)
class Zones:
    """Time zones, by what is known of an order."""

    shops: ShopZones
    default: str

    async def of(self, order: Order, promise: Promise | None = None) -> str:
        """An IANA name."""
        promised = promise or order.promise
        if promised is not None:
            return promised.time_zone
        return await self.of_shop(order.shop_id)

    async def of_shop(self, shop_id: str) -> str:
        """The shop's own."""
        shop = (await self.shops.load(shop_id)).state
        return shop.zone if shop else self.default
