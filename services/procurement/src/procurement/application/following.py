"""What procurement follows: shops and staff of crm."""

from chassis.following import following
from kernel.shop import Shop

from procurement.domain.member import Member

SHOPS = following(Shop)
MEMBERS = following(Member)
