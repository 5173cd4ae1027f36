"""Actors of the shop `main`."""

from kernel.actor import Actor, Grade, Role, service


def actor(staff_id: str, *roles: Role, grade: Grade = Grade.REGULAR) -> Actor:
    """Somebody, with his roles."""
    return Actor(staff_id, frozenset(roles), grade, "main")


ANNA = actor("anna", Role.SALES_MANAGER)
BORIS = actor("boris", Role.SALES_MANAGER)
VERA = actor("vera", Role.ACCOUNT_MANAGER)
OLEG = actor("oleg", Role.PHONE_OPERATOR)
KOSTYA = actor("kostya", Role.CONFLICT_MANAGER)
KIRA = actor("kira", Role.QUALITY_CONTROLLER)
SVETA = actor("sveta", Role.SERVICE_OWNER)
TANYA = actor("tanya", Role.TOP_MANAGEMENT)
OWNER = actor("owner", Role.OWNER)
SITE = actor("site", Role.SITE)
ORDERS = service("orders")
