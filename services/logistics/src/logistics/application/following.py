"""What logistics follows: shops and staff of crm."""

from chassis.following import following
from kernel.shop import Shop

from logistics.domain.staff_member import StaffMember

SHOPS = following(Shop)
MEMBERS = following(StaffMember)
