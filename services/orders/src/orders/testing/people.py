"""Anna, Boris and Vera sell; Oleg takes orders on the phone; Kira controls; Olga owns the shop; Nina is its service owner."""

from datetime import datetime

from kernel.actor import Actor, Role

from orders.domain.team import Member, Team


def actor(staff_id: str, *roles: Role) -> Actor:
    """Somebody, with his roles."""
    return Actor(staff_id, frozenset(roles), shop_id="main")


SITE = actor("site", Role.SITE)
ANNA = actor("anna", Role.SALES_MANAGER)
BORIS = actor("boris", Role.SALES_MANAGER)
OLEG = actor("oleg", Role.PHONE_OPERATOR)
KIRA = actor("kira", Role.QUALITY_CONTROLLER)
IVAN = actor("ivan", Role.COURIER)
AGENT = actor("agent", Role.CALL_CENTRE_AGENT)
OLGA = actor("olga", Role.OWNER)
NINA = actor("nina", Role.SERVICE_OWNER)


def member(
    staff_id: str,
    role: Role = Role.SALES_MANAGER,
    *,
    open_orders: int = 0,
    active: bool = True,
    away: tuple[datetime, datetime | None] | None = None,
    deputy: str | None = None,
    shop_id: str = "main",
) -> Member:
    """A member of the staff as orders knows him. `away`: since when, and until when."""
    since, until = away or (None, None)
    return Member(staff_id, shop_id, (role.value,), active, since, until, deputy, open_orders)


def team(*members: Member, last_resort: str = "olga") -> Team:
    """The people of the shop."""
    return Team(members, last_resort)


SELLERS = team(member("anna"), member("boris", open_orders=1), member("vera", open_orders=2))
"""Anna answers for the fewest orders, so she is given the next one; after her Boris."""
