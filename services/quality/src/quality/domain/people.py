"""Who is independent enough to ask, to check, and to read (R8-R11)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from kernel.actor import Role

CHAIN = 20
"""So many superiors are looked at; a circle of them ends there."""


@dataclass(frozen=True, slots=True)
class Member:
    """A member of the staff, as crm told; no name. `present` is of the first shape, which did not know the moments of an
    absence.
    """

    staff_id: str
    shop_id: str
    roles: tuple[str, ...]
    reports_to: str | None
    active: bool
    present: bool = True
    absent_since: datetime | None = None
    absent_until: datetime | None = None

    def is_there(self, at: datetime) -> bool:
        """Whether he is not away then: crm tells of an absence beforehand, and nothing when it is over."""
        since, until = self.absent_since, self.absent_until
        away = since is not None and since <= at and (until is None or at < until)
        return self.present and not away


Roster = Mapping[str, Member]


def superiors(staff_id: str, roster: Roster) -> list[str]:
    """Whom he reports to, directly or through others."""
    found: list[str] = []
    member = roster.get(staff_id)
    while member and member.reports_to and member.reports_to not in found and len(found) < CHAIN:
        found.append(member.reports_to)
        member = roster.get(member.reports_to)
    return found


def bias(staff_id: str, touched: Collection[str], roster: Roster) -> str | None:
    """The rule by which he may not judge an order: he touched it (R9), or reports to who did (R10). None: he may.

    A shop's owner is nobody's head of a controlled function: everybody reports to him in the end, so only his direct hand
    in the order counts, not that the controller answers to him (R10 wants that).
    """
    if staff_id in touched:
        return "R9"
    heads = [each for each in superiors(staff_id, roster) if not _is_owner(each, roster)]
    return "R10" if any(each in touched for each in heads) else None


def independent(  # noqa: PLR0917 - whose order it is, who is who, and when
    shop_id: str,
    touched: Collection[str],
    roster: Roster,
    owner_id: str,
    at: datetime,
    besides: Collection[str] = (),
) -> list[str]:
    """Controllers of the shop who may judge the order, then the owner. Who is away is given nothing while others are there."""
    members = [each for each in roster.values() if each.shop_id == shop_id and controls(each)]
    free = [
        each
        for each in members
        if each.staff_id != owner_id and _may(each.staff_id, touched, roster, besides)
    ]
    there = [each for each in free if each.is_there(at)] or free
    owner = [owner_id] if _may(owner_id, touched, roster, besides) else []
    return [*sorted(each.staff_id for each in there), *owner]


def assigned(order_id: str, free: list[str], owner_id: str) -> str:
    """Whom of the independent it falls to: spread over the controllers by the order's id, the owner last."""
    controllers = [each for each in free if each != owner_id]
    if not controllers:
        return owner_id
    return controllers[sum(order_id.encode()) % len(controllers)]


def controls(member: Member) -> bool:
    """Whether asking is his work (R8)."""
    return member.active and Role.QUALITY_CONTROLLER.value in member.roles


def _may(staff_id: str, touched: Collection[str], roster: Roster, besides: Collection[str]) -> bool:
    return staff_id not in besides and bias(staff_id, touched, roster) is None


def _is_owner(staff_id: str, roster: Roster) -> bool:
    member = roster.get(staff_id)
    return member is not None and Role.OWNER.value in member.roles
