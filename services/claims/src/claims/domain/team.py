"""Who may answer for a claim, and the rule that picks one (R5, R77)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kernel.actor import Grade, Role
from kernel.pairs import SELLS

from claims.domain.claim import Keeper
from claims.domain.words import Chosen, Guests


@dataclass(frozen=True, slots=True)
class Member:
    """A member of the staff, as told by crm. `open_claims` he answers for now, `cases` he ever had."""

    staff_id: str
    shop_id: str
    roles: tuple[str, ...]
    grade: str
    active: bool
    absent_since: datetime | None = None
    absent_until: datetime | None = None
    deputy_id: str | None = None
    open_claims: int = 0
    cases: int = 0

    def is_there(self, at: datetime) -> bool:
        """Whether he may be given work."""
        since, until = self.absent_since, self.absent_until
        away = since is not None and since <= at and (until is None or at < until)
        return self.active and not away

    @property
    def settles(self) -> bool:
        """A conflict manager, who sells nothing (R5, R6)."""
        return self.active and Role.CONFLICT_MANAGER in self.roles and SELLS.isdisjoint(self.roles)

    def trained(self, learning: int) -> bool:
        """Whether he has the algorithm: a senior, or one who had so many cases (R77)."""
        return self.grade == Grade.SENIOR or self.cases >= learning

    def mentors(self, learning: int) -> bool:
        """Whether he may stand by a learner (R77)."""
        return self.settles and self.trained(learning)

    def is_a(self, guest: Guests) -> bool:
        """Whether he is a lawyer, or of the management, and still here (R7)."""
        roles = (Role.LAWYER,) if guest is Guests.LEGAL else (Role.TOP_MANAGEMENT, Role.OWNER)
        return self.active and any(role in self.roles for role in roles)


@dataclass(frozen=True, slots=True)
class Team:
    """The people of a shop; `last_resort` is its owner."""

    members: tuple[Member, ...]
    last_resort: str

    def member(self, staff_id: str | None) -> Member | None:
        return next((each for each in self.members if each.staff_id == staff_id), None)

    def able(self, at: datetime) -> list[Member]:
        """Conflict managers who are there, and deputies of those who are not that are conflict managers too (R5)."""
        return [each for each in self.members if each.settles and each.is_there(at)]

    def answers(self, staff_id: str, at: datetime) -> bool:
        """Whether who has the claim is there; somebody of whom crm has not told yet is taken to be."""
        member = self.member(staff_id)
        return member is None or staff_id == self.last_resort or (member.settles and member.is_there(at))


def choose(team: Team, at: datetime, learning: int) -> Keeper:
    """Of the trained who are there the least busy; a learner only when there is nobody else, with a mentor; nobody at
    all: the shop's owner, who hears an alarm (R5, R77).
    """
    able = sorted(team.able(at), key=lambda each: (each.open_claims, each.staff_id))
    trained = [each for each in able if each.trained(learning)]
    if trained:
        return Keeper(trained[0].staff_id, Chosen.RULE)
    if able:
        return Keeper(able[0].staff_id, Chosen.RULE, _mentor(team, able[0], learning))
    return Keeper(team.last_resort, Chosen.LAST_RESORT)


def stand_in(team: Team, keeper: Keeper, at: datetime, learning: int) -> Keeper | None:
    """Who takes over from somebody who is away: his deputy, if he may, else by the rule. None when he is there, or when
    the rule knows nobody else.
    """
    if keeper.chosen is Chosen.LAST_RESORT or team.answers(keeper.staff_id, at):
        found = choose(team, at, learning) if keeper.chosen is Chosen.LAST_RESORT else keeper
        return None if found in (keeper, Keeper(keeper.staff_id, Chosen.LAST_RESORT)) else found
    away = team.member(keeper.staff_id)
    deputy = next((each for each in team.able(at) if away and each.staff_id == away.deputy_id), None)
    if deputy and deputy.trained(learning):
        return Keeper(deputy.staff_id, Chosen.RULE)
    return choose(team, at, learning)


def _mentor(team: Team, learner: Member, learning: int) -> str:
    others: Sequence[Member] = [each for each in team.members if each != learner]
    return next((each.staff_id for each in others if each.mentors(learning)), team.last_resort)
