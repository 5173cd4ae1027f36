"""Phoning: when the phone of a shop is answered, for whoever asks (R113)."""

from dataclasses import dataclass
from datetime import datetime

from chassis.handling import Store
from kernel.shop import Shop

from orders.application.rushing import Rushing
from orders.domain.rush_phone_hours import Answered, answered, phone_hours
from orders.domain.rush_refusals import UnknownShop


@dataclass(frozen=True, slots=True)
class PhoneTimes:
    """The hours, in the shop's `zone`, and whether a rush set them."""

    answered: Answered
    zone: str
    in_rush: bool


@dataclass(frozen=True, slots=True)
class Phoning:
    """Only of a shop that crm told of: made-up hours are worse than none."""

    shops: Store[Shop]
    rushing: Rushing

    async def of(self, shop_id: str, at: datetime) -> PhoneTimes:
        """Current and next hours."""
        shop = (await self.shops.load(shop_id)).state
        if shop is None:
            raise UnknownShop("There is no such shop.")
        of_rush = phone_hours(await self.rushing.book(shop_id))
        return PhoneTimes(answered(shop.calendar, of_rush, at), shop.zone, of_rush is not None)
