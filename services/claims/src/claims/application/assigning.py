"""The people of a shop, with how busy they are, read from claims' own projections."""

from dataclasses import dataclass, replace
from datetime import datetime

from chassis.chassis import Listing
from chassis.listing import Query
from chassis.shops import Shops

from claims.domain.claim import Claim, Keeper
from claims.domain.policies import Policy
from claims.domain.team import Member, Team, choose, stand_in
from claims.domain.words import Guests

MOST = 200
COUNT_UP_TO = 500


@dataclass(frozen=True, slots=True)
class Assigning:
    """The owner of the shop is the last resort (R5)."""

    members: Listing[Member]
    shops: Shops
    claims: Listing[Claim]
    policy: Policy

    async def team(self, shop_id: str) -> Team:
        """Who works there, the conflict managers with their open claims and the cases they had."""
        page = await self.members.page(Query(equal={"shop_id": shop_id, "settles": True}), MOST)
        found = [await self._counted(held.state) for held in page.items if held.state]
        return Team(tuple(found), (await self.shops.of(shop_id)).owner_id)

    async def keeper(self, shop_id: str, at: datetime) -> Keeper:
        """Who answers for a new claim (R5, R77)."""
        return choose(await self.team(shop_id), at, self.policy.learning)

    async def stand_in(self, claim: Claim, at: datetime) -> Keeper | None:
        """Who takes over when the keeper is away or no conflict manager any more."""
        team = await self.team(claim.cause.shop_id)
        keeper = claim.keeper
        if team.member(keeper.staff_id) is None:
            gone = (await self.members.load(keeper.staff_id)).state
            team = replace(team, members=(*team.members, gone)) if gone else team
        return stand_in(team, keeper, at, self.policy.learning)

    async def trained(self, staff_id: str, grade: str, claim_id: str) -> bool:
        """Whether he has the algorithm, this claim not counted (R77)."""
        member = Member(staff_id, "", (), grade, active=True)
        cases = await self._cases(staff_id)
        claim = (await self.claims.load(claim_id)).state
        mine = claim is not None and claim.keeper.staff_id == staff_id
        return replace(member, cases=cases - mine).trained(self.policy.learning)

    async def may_mentor(self, staff_id: str | None, claim_id: str) -> bool:
        """Whether he can stand by a learner: the shop's owner, or a conflict manager who has the algorithm (R77)."""
        claim = (await self.claims.load(claim_id)).state
        if staff_id is None or claim is None:
            return False
        if staff_id == (await self.shops.of(claim.cause.shop_id)).owner_id:
            return True
        member = (await self.members.load(staff_id)).state
        return member is not None and (await self._counted(member)).mentors(self.policy.learning)

    async def may_be_brought_in(self, staff_id: str, of: Guests) -> bool:
        """Whether he is what he is wanted as; of somebody of whom crm has not told yet nobody knows better (R7)."""
        member = (await self.members.load(staff_id)).state
        return member is None or member.is_a(of)

    async def _counted(self, member: Member) -> Member:
        query = Query(equal={"keeper_id": member.staff_id, "open": True})
        busy = await self.claims.count(query, most=COUNT_UP_TO)
        return replace(member, open_claims=busy, cases=await self._cases(member.staff_id))

    async def _cases(self, staff_id: str) -> int:
        return await self.claims.count(Query(equal={"keeper_id": staff_id}), most=self.policy.learning + 1)
