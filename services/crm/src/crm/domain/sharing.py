"""Several customers have one number: who is meant, only they can say; who is asked for first, and why (R96, R97)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime

from crm.domain.customer import Customer
from crm.domain.handover import Stage

NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Candidate:
    """`reason`: why he stands before the next; of the last, why he is there at all."""

    customer: Customer
    reason: str


def in_order(found: Collection[Customer]) -> list[Candidate]:
    """Blocked ones last, who has bought before who has not, who was in touch lately before who was not."""
    ranked = sorted(found, key=_rank)
    following = [*ranked[1:], None]
    return [Candidate(each, _reason(each, after)) for each, after in zip(ranked, following, strict=False)]


def _rank(one: Customer) -> tuple[bool, bool, float, str]:
    heard = (one.heard_at or NEVER).timestamp()
    return one.blocked, one.stage is not Stage.CUSTOMER, -heard, one.customer_id


def _reason(one: Customer, after: Customer | None) -> str:
    if after is None:
        return "has_this_number"
    words = ("not_blocked", "has_bought", "in_touch_lately", "by_id")
    differ = (a != b for a, b in zip(_rank(one), _rank(after), strict=True))
    return next(word for word, differs in zip(words, differ, strict=True) if differs)
