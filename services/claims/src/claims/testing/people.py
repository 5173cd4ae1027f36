"""Kostya and Kira settle claims; Anna sells; Tanya manages; Lev is a lawyer; Olga owns the shop."""

from kernel.actor import Actor, Grade, Role, service


def actor(staff_id: str, *roles: Role, grade: Grade = Grade.REGULAR) -> Actor:
    """Somebody, with his roles."""
    return Actor(staff_id, frozenset(roles), grade, "main")


KOSTYA = actor("kostya", Role.CONFLICT_MANAGER, grade=Grade.SENIOR)
PETR = actor("petr", Role.CONFLICT_MANAGER)
ANNA = actor("anna", Role.SALES_MANAGER)
KIRA = actor("kira", Role.QUALITY_CONTROLLER)
TANYA = actor("tanya", Role.TOP_MANAGEMENT)
LEV = actor("lev", Role.LAWYER)
OLGA = actor("owner", Role.OWNER)
SITE = actor("site", Role.SITE)
CLAIMS = service("claims")
NOTIFICATIONS = service("notifications")
