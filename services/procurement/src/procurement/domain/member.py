"""A member of the staff as procurement knows him, and whether suppliers may be his (R4)."""

from dataclasses import dataclass

from kernel.actor import Role
from kernel.pairs import BUYER_GRADE


@dataclass(frozen=True, slots=True)
class Member:
    """As told by crm."""

    staff_id: str
    shop_id: str
    roles: tuple[str, ...]
    grade: str
    active: bool

    @property
    def may_own(self) -> bool:
        """Only the best buyers coordinate procurement; the shop's owner is the last resort (R4, R45)."""
        buys = Role.BUYER in self.roles and self.grade == BUYER_GRADE
        return self.active and (buys or Role.OWNER in self.roles)

    @property
    def oversees(self) -> bool:
        """Whether cases that are late go up to him: the service owner is in charge of standards being kept (R13)."""
        return self.active and Role.SERVICE_OWNER in self.roles
