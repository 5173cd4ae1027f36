"""What claims follows: shops and staff of crm."""

from chassis.following import following
from kernel.shop import Shop

from claims.domain.team import Member

MEMBERS = following(Member)
SHOPS = following(Shop)
