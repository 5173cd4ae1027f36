"""Lena writes terms, Vera owns the service and approves; Anna sells; Stepan packs; Olga owns the shop."""

from kernel.actor import Actor, Role, service


def actor(staff_id: str, *roles: Role) -> Actor:
    """Somebody, with his roles."""
    return Actor(staff_id, frozenset(roles), shop_id="main")


LENA = actor("lena", Role.LOGISTICIAN)
LEV = actor("lev", Role.LOGISTICIAN)
VERA = actor("vera", Role.SERVICE_OWNER)
OLGA = actor("olga", Role.OWNER)
ANNA = actor("anna", Role.SALES_MANAGER)
STEPAN = actor("stepan", Role.WAREHOUSE_WORKER)
SITE = actor("site", Role.SITE)
PARTNER = actor("cdek", Role.PARTNER)
ORDERS = service("orders")
KOSTYA = actor("kostya", Role.CONFLICT_MANAGER)
KIRA = actor("kira", Role.QUALITY_CONTROLLER)
