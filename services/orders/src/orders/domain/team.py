"""Who may answer for an order: the people as orders knows them, and the rule that picks one (R20, R98)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from kernel.actor import Role

from orders.domain.words import Chosen


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

    def member(self, staff_id: str | None) -> Member | None:
        """The member of this id, if crm has told of him."""
        return next((each for each in self.members if each.staff_id == staff_id), None)

    def is_there(self, staff_id: str, at: datetime) -> bool:
        """Whether somebody known to orders may be given work; the owner is always known."""
        member = self.member(staff_id)
        return member.is_there(at) if member else staff_id == self.last_resort

    def stand_in(self, staff_id: str, at: datetime) -> str | None:
        """The person himself, or his deputy when he is gone or away; nobody when neither is there.

        Somebody of whom crm has not told yet is taken to be there: crm named him, and topics have no order among each
        other, so the news of him may only be late.
        """
        member = self.member(staff_id)
        if member is None or member.is_there(at):
            return staff_id
        deputy = self.member(member.deputy_id)
        return deputy.staff_id if deputy and deputy.is_there(at) else None


def choose(team: Team, at: datetime, spread: str, *, without: Collection[str] = ()) -> tuple[str, Chosen]:
    """Who answers for a new order: of the sales managers who are there, whoever answers for the fewest. No sales
    manager: an account manager; nobody who sells: a deputy of theirs; nobody at all: the shop's owner (R20, R98).
    """
    there = [each for each in team.members if each.is_there(at) and each.staff_id not in without]
    deputies = {each.deputy_id for each in team.members if each.is_absent(at) and _sells(each)}
    groups = (
        [each for each in there if Role.SALES_MANAGER in each.roles],
        [each for each in there if _sells(each)],
        [each for each in there if each.staff_id in deputies],
    )
    for group in groups:
        if group:
            return _least_busy(group, spread), Chosen.RULE
    return team.stand_in(team.last_resort, at) or team.last_resort, Chosen.DEFAULT


def _sells(member: Member) -> bool:
    return member.active and not {Role.SALES_MANAGER, Role.ACCOUNT_MANAGER}.isdisjoint(member.roles)


def _least_busy(able: Iterable[Member], spread: str) -> str:
    """Among equals the order's own id decides, so that work spreads and the same order meets the same person."""
    ranked = sorted(able, key=lambda each: (each.open_orders, each.staff_id))
    equal = [each.staff_id for each in ranked if each.open_orders == ranked[0].open_orders]
    return equal[sum(spread.encode()) % len(equal)]
