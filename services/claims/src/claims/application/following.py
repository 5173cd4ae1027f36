"""What claims follows: shops and staff of crm."""

from dataclasses import dataclass

from chassis.following import following

from claims.domain.team import Member


@dataclass(frozen=True, slots=True)
class Shop:
    """Who owns it: the last resort."""

    shop_id: str
    owner_id: str


MEMBERS = following(Member)
SHOPS = following(Shop)
