"""A claim as it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from kernel.money import Money

from claims.domain.papers import ItemAsked, Letter, Proof
from claims.domain.term import Demanded
from claims.domain.words import (
    BY_GOODS,
    Chosen,
    Demand,
    Guests,
    Kind,
    Origin,
    Outcome,
    Stage,
    Step,
    Verdict,
)


@dataclass(frozen=True, slots=True)
class Cause:
    """What it is about, and who brought it. `words` are the customer's, sealed at rest."""

    kind: Kind
    origin: Origin
    cause_id: str
    shop_id: str
    order_id: str | None = None
    customer_id: str | None = None
    reasons: tuple[str, ...] = ()
    words: str | None = None


@dataclass(frozen=True, slots=True)
class Keeper:
    """Who answers for it, and who stands by him in his first cases (R5, R77)."""

    staff_id: str
    chosen: Chosen
    mentor_id: str | None = None


@dataclass(frozen=True, slots=True)
class Ruling:
    """A decision. It is in force once a second person agreed, where the sum needs one (R80)."""

    number: int
    verdict: Verdict
    amount: Money
    reason: str
    by: str
    at: datetime
    approve_by: datetime | None = None
    approved_by: str | None = None
    reminded: bool = False

    @property
    def in_force(self) -> bool:
        return self.approve_by is None or self.approved_by is not None


@dataclass(frozen=True, slots=True)
class Payment:
    """Money that orders is asked for; `refused`: it said no, and a person has to act."""

    number: int
    amount: Money
    ask_at: datetime
    tries: int = 0
    taken_at: datetime | None = None
    refused: bool = False


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody brought in, who may read until then (R7)."""

    staff_id: str
    of: Guests
    until: datetime
    advice: str | None = None


@dataclass(frozen=True, slots=True)
class Ending:
    """How, when and by whom it was closed."""

    outcome: Outcome
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Claim:
    """`attend_by`: an open claim always waits for something to be done by somebody by then. `begun`: since when the term of
    each demand runs, whatever was written after it. `given`: the money that orders took over so far, of all decisions. `alarm_by`: so long the
    shop's owner may keep what no conflict manager was there for (R5). `keep_until`: of a closed
    one, so long the person stays in it; `erased_at`: since when he is in it no more, and `files_gone`: nor are his files. `called`: who was called by
    the ladder; `alone`: how often in a row it was due and nobody did anything. `decisions`: how many were ever made or proposed.
    """

    claim_id: str
    cause: Cause
    opened_at: datetime
    keeper: Keeper
    contact_by: datetime
    attend_by: datetime
    stage: Stage = Stage.COMPLAINT
    contacted_at: datetime | None = None
    steps: tuple[Step, ...] = ()
    instruction: bool | None = None
    demanded: Demanded | None = None
    ruling: Ruling | None = None
    payment: Payment | None = None
    evidence: tuple[Proof, ...] = ()
    letters: tuple[Letter, ...] = ()
    guests: tuple[Guest, ...] = ()
    items_asked: tuple[ItemAsked, ...] = ()
    mediation_on: date | None = None
    tries: tuple[date, ...] = ()
    ending: Ending | None = None
    reopened: int = 0
    begun: Mapping[Demand, date] = field(default_factory=dict[Demand, date])
    given: Money | None = None
    alarm_by: datetime | None = None
    keep_until: datetime | None = None
    erased_at: datetime | None = None
    files_gone: bool = False
    called: tuple[Guests, ...] = ()
    alone: int = 0
    decisions: int = 0

    @property
    def is_open(self) -> bool:
        return self.ending is None

    @property
    def is_settled(self) -> bool:
        """Whether the law's clock has nothing left to count: refused, or orders took over the money. What is met by goods, or
        by money that no order is asked for, is met when the customer says so: then the claim is closed (art. 20-22).
        """
        if self.ruling is None or not self.ruling.in_force:
            return False
        if self.ruling.verdict is Verdict.REFUSED:
            return True
        by_goods = self.demanded is not None and self.demanded.demand in BY_GOODS
        return not by_goods and self.payment is not None and self.payment.taken_at is not None

    @property
    def owes_money(self) -> bool:
        """Whether money that was decided on has not been taken over by orders."""
        return self.payment is not None and self.payment.taken_at is None

    @property
    def undelivered(self) -> tuple[Letter, ...]:
        """Letters that did not go, and were not written anew since."""
        return tuple(
            each
            for each in self.letters
            if each.failed and not any(it.paper is each.paper for it in self.letters[each.number :])
        )

    def is_guest(self, staff_id: str, at: datetime) -> bool:
        """Whether he was brought in and may still read."""
        return any(each.staff_id == staff_id and at < each.until for each in self.guests)
