"""Facts published by claims. None carries a word of the customer's or of a letter."""

from datetime import date
from typing import ClassVar, Literal

from pydantic import AwareDatetime

from contracts.fact import Fact, Value, published
from contracts.values import Code, Count, Id, MoneyV1


class ClaimV1(Value):
    """A claim as far as others may know it. `due_on` is the last day of the law's term, by `law_version` (art. 20-26.1).

    `owner_id` is a conflict manager, never who sells (R5, R6).
    """

    claim_id: Id
    order_id: Id | None = None
    customer_id: Id | None = None
    shop_id: Id
    kind: Literal["goods", "delivery", "service", "review"] | Code
    origin: Literal["quality", "person", "delivery_failed", "review", "site"] | Code
    stage: Literal["complaint", "pretrial", "court", "decided", "closed"] | Code
    demand: Literal["refund", "replacement", "repair", "price_cut", "damages", "none"] | Code
    owner_id: Id | None = None
    law_version: Code
    due_on: date | None = None
    at_stake: MoneyV1


class ClaimFact(Fact):
    claim: ClaimV1

    def subject(self) -> str:
        return self.claim.claim_id

    def story(self) -> str:
        return self.claim.order_id or self.claim.claim_id


@published
class ClaimOpenedV1(ClaimFact):
    """Somebody is not content; a calm person answers for it from now on (R5, R76)."""

    topic: ClassVar[str] = "claim.opened"
    type: ClassVar[str] = "claim.opened.v1"


@published
class ClaimEscalatedV1(ClaimFact):
    """Lawyers or top management were brought in, or it went to pre-trial or court (R7, R76)."""

    topic: ClassVar[str] = "claim.escalated"
    type: ClassVar[str] = "claim.escalated.v1"
    to: Literal["legal", "management", "pretrial", "court"] | Code


@published
class ClaimDeadlineNearV1(ClaimFact):
    """Half or four fifths of the law's term are over, or one working day is left."""

    topic: ClassVar[str] = "claim.deadline_near"
    type: ClassVar[str] = "claim.deadline_near.v1"
    mark: Literal["half", "most", "last_day", "over"] | Code
    exposure: MoneyV1


@published
class ClaimDecidedV1(ClaimFact):
    """The shop decided what it does about the demand; above a limit a second person agreed (R80)."""

    topic: ClassVar[str] = "claim.decided"
    type: ClassVar[str] = "claim.decided.v1"
    decision: Literal["satisfied", "partly", "refused"] | Code
    amount: MoneyV1
    by: Id
    approved_by: Id | None = None


@published
class ClaimLetterIssuedV1(ClaimFact):
    """A letter of the claim is written. By `email` it waits to be sent: its words are asked of claims, by its id (R5)."""

    topic: ClassVar[str] = "claim.letter_issued"
    type: ClassVar[str] = "claim.letter_issued.v1"
    letter_id: Id
    letter: Literal["received", "item_asked", "decision"] | Code
    channel: Literal["email", "post", "by_hand"] | Code


@published
class ClaimClosedV1(ClaimFact):
    """Settled: the customer confirmed it, or could not be reached any more (R79)."""

    topic: ClassVar[str] = "claim.closed"
    type: ClassVar[str] = "claim.closed.v1"
    outcome: Literal["confirmed", "unanswered", "solved_by_instruction", "withdrawn"] | Code
    by: Id


@published
class ClaimReopenedV1(ClaimFact):
    """It was not settled after all; how often is shown beside the speed (R79)."""

    topic: ClassVar[str] = "claim.reopened"
    type: ClassVar[str] = "claim.reopened.v1"
    reason: Code
    times: Count
    at: AwareDatetime
