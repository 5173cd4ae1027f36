"""Roles that may not be one person, as data; checked when a role is granted (rules.md, R4-R12)."""

from collections.abc import Collection
from dataclasses import dataclass

from kernel.actor import Grade, Role

SELLS = frozenset({Role.SALES_MANAGER, Role.ACCOUNT_MANAGER, Role.PHONE_OPERATOR, Role.CALL_CENTRE_AGENT})
"""Roles that sell; they may open and read a claim, never take, answer or close one (R6)."""

CONTROLLED = frozenset({*SELLS, Role.BUYER, Role.CONFLICT_MANAGER, Role.WAREHOUSE_WORKER, Role.COURIER})
"""Roles whose work the quality controller controls (R8, R9)."""

MACHINES = frozenset({Role.SERVICE, Role.SITE, Role.PARTNER})
"""Roles of programs and outsiders; a member of the staff never holds one."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two roles that one person may not hold; `tolerated` with the owner's recorded waiver (R12)."""

    one: Role
    other: Role
    rule: str
    tolerated: bool = False

    def within(self, roles: Collection[Role]) -> bool:
        """Whether somebody with these roles holds both."""
        return self.one in roles and self.other in roles


PAIRS: tuple[Pair, ...] = (
    *(Pair(Role.QUALITY_CONTROLLER, role, "R9") for role in sorted(CONTROLLED)),
    *(Pair(Role.CONFLICT_MANAGER, role, "R6") for role in sorted(SELLS)),
    *(Pair(Role.LAWYER, role, "R7") for role in sorted({*SELLS, Role.QUALITY_CONTROLLER})),
    Pair(Role.QUALITY_CONTROLLER, Role.LOGISTICIAN, "R12", tolerated=True),
    Pair(Role.QUALITY_CONTROLLER, Role.OFFICE_ADMINISTRATOR, "R12", tolerated=True),
    Pair(Role.QUALITY_CONTROLLER, Role.SERVICE_OWNER, "R13", tolerated=True),
)

BUYER_GRADE = Grade.SENIOR
"""Only the best buy (R4)."""


@dataclass(frozen=True, slots=True)
class Breach:
    """Why a role may not be held: the rule, and in words."""

    rule: str
    words: str


def breach(
    held: Collection[Role], wanted: Role, grade: Grade, waived: Collection[Role] = frozenset()
) -> Breach | None:
    """What forbids a person of this grade, who holds these roles, to be granted another one; None when nothing does.

    `waived` are roles for which the owner recorded a waiver; it helps with tolerated pairs only (R4, R6, R9, R12).
    """
    if wanted in MACHINES:
        return Breach("R9", f"{wanted} is a role of programs, not of people")
    if wanted is Role.BUYER and grade is not BUYER_GRADE:
        return Breach("R4", "only a senior may buy")
    after = {*held, wanted}
    for pair in PAIRS:
        if wanted not in (pair.one, pair.other) or not pair.within(after):
            continue
        if not (pair.tolerated and wanted in waived):
            hint = "; the owner may waive it" if pair.tolerated else ""
            return Breach(pair.rule, f"{pair.one} and {pair.other} may not be one person{hint}")
    return None


def conflicts(roles: Collection[Role]) -> list[Pair]:
    """The pairs that these roles hold together, tolerated ones included."""
    return [pair for pair in PAIRS if pair.within(roles)]
