"""Who answers for a customer (R98)."""

from collections.abc import Collection, Mapping
from datetime import datetime
from hashlib import sha256

from kernel.actor import Role

from crm.domain.staff import Presence, Staff


def sellers_there(
    staff: Collection[Staff], shop_id: str, at: datetime, role: Role = Role.SALES_MANAGER
) -> list[Staff]:
    """The shop's people of this role who are not away; those who have gone home only when nobody is at work."""
    able = [
        person
        for person in staff
        if person.shop_id == shop_id and role in person.roles and person.is_there(at)
    ]
    return [person for person in able if person.presence is not Presence.OFF] or able


def choose(
    sellers: Collection[Staff], loads: Mapping[str, int], last_resort: str | None, spread: str
) -> str | None:
    """Who answers for a new lead: of those who are there, who answers for the fewest; among equals `spread` (the
    customer's id) decides, so that leads spread. Nobody there: the shop's owner.
    """
    fewest = min((loads.get(each.staff_id, 0) for each in sellers), default=0)
    equal = sorted(each.staff_id for each in sellers if loads.get(each.staff_id, 0) == fewest)
    if not equal:
        return last_resort
    return equal[int.from_bytes(sha256(spread.encode()).digest()[:4]) % len(equal)]
