"""Who is called when a deadline nears or passes: first whoever has the claim, then management, then lawyers (R7, R80).

Half of the law's term and four fifths of it: the keeper, today. The last working day before it ends, an approval or a
letter that is late, a claim left alone twice: management. The term is over: lawyers, since from now on it costs.
"""

from collections.abc import Mapping

from claims.domain import changes as c
from claims.domain import commands as o
from claims.domain.changes import Change
from claims.domain.claim import Claim
from claims.domain.policies import Policy
from claims.domain.term import MARKS
from claims.domain.words import Guests

RUNGS: Mapping[str, Guests] = {
    "last_day": Guests.MANAGEMENT,
    "over": Guests.LEGAL,
    "approval": Guests.MANAGEMENT,
    "letter": Guests.MANAGEMENT,
}


def climbed(claim: Claim, passed: o.DeadlinePassed, policy: Policy) -> list[Change]:
    """What is done about a deadline that passed, besides telling it."""
    return [*_hurried(claim, passed, policy), *_called(claim, passed.name)]


def _hurried(claim: Claim, passed: o.DeadlinePassed, policy: Policy) -> list[Change]:
    """A mark of the law's term is the keeper's next task, however long he had before."""
    soon = passed.by(policy.contact_within)
    return [c.KeeperHurried(soon)] if passed.name in MARKS and soon < claim.attend_by else []


def _called(claim: Claim, name: str) -> list[Change]:
    """Each of them once in a claim's life."""
    alone_again = name == "attend" and claim.alone > 0
    to = Guests.MANAGEMENT if alone_again else RUNGS.get(name)
    return [c.Called(to)] if to is not None and to not in claim.called else []
