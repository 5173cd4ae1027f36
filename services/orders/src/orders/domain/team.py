"""Who may answer for an order: the people as orders knows them, and the rule that picks one (R20, R98)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from kernel.actor import Role

from orders.domain.order import Chosen

ANSWERING = (Role.SALES_MANAGER, Role.ACCOUNT_MANAGER)


@dataclass(frozen=True, slots=True)
class Member:
    """A member of the staff, as told by crm. `open_orders`: how many he answers for now."""

    staff_id: str
    shop_id: str
    roles: tuple[str, ...]
    active: bool
    absent_since: datetime | None = None
    absent_until: datetime | None = None
    deputy_id: str | None = None
    open_orders: int = 0

    def is_absent(self, at: datetime) -> bool:
        """Whether he is away at the moment."""
        since, until = self.absent_since, self.absent_until
        return since is not None and since <= at and (until is None or at < until)

    def is_there(self, at: datetime) -> bool:
        """Whether he may be given work."""
        return self.active and not self.is_absent(at)


@dataclass(frozen=True, slots=True)
class Team:
    """The people of a shop; `last_resort` is its owner, who answers when nobody else can."""

    members: tuple[Member, ...]
    last_resort: str

    def member(self, staff_id: str) -> Member | None:
        """The member of this id."""
        return next((each for each in self.members if each.staff_id == staff_id), None)

    def stand_in(self, staff_id: str, at: datetime) -> str | None:
        """The person himself when he is there, else his deputy when that one is; nobody when neither is."""
        member = self.member(staff_id)
        if member is None:
            return staff_id if staff_id == self.last_resort else None
        if member.is_there(at):
            return staff_id
        deputy = self.member(member.deputy_id) if member.deputy_id else None
        return deputy.staff_id if deputy and deputy.is_there(at) else None


def choose(team: Team, at: datetime, spread: str, *, without: Collection[str] = ()) -> tuple[str, Chosen]:
    """Who answers for a new order: of those who sell and are there, who answers for the fewest; among equals the
    order's own id decides, so that work spreads. Nobody there: the shop's owner (R20).
    """
    able = [
        m
        for m in team.members
        if m.is_there(at) and m.staff_id not in without and set(m.roles) & set(ANSWERING)
    ]
    if not able:
        return team.last_resort, Chosen.DEFAULT
    fewest = min(each.open_orders for each in able)
    equal = sorted(each.staff_id for each in able if each.open_orders == fewest)
    return equal[sum(spread.encode()) % len(equal)], Chosen.RULE
