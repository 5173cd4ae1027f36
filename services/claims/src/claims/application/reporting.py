"""Speed beside quality: how fast claims are met and closed, and how often they come back (R79, R81, R94)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import TypeVar

from chassis.chassis import Listing
from chassis.listing import Query

from claims.domain.claim import Claim
from claims.domain.review import Review
from claims.domain.words import Outcome

AT_ONCE = 200
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Report:
    """Of claims opened, and reviews seen, in a stretch of time. Medians in seconds, shares from 0 to 1; None: of nothing."""

    opened: int
    closed: int
    median_first_contact: float | None
    median_handling: float | None
    reopened_share: float | None
    first_contact_resolution: float | None
    saved_by_instruction: int
    reviews: int
    reviews_in_time_share: float | None


@dataclass(frozen=True, slots=True)
class Reporting:
    claims: Listing[Claim]
    reviews: Listing[Review]

    async def report(self, since: datetime, until: datetime) -> Report:
        """Figures, claim by claim."""
        claims = await _all(self.claims, "opened_at", since, until)
        reviews = await _all(self.reviews, "seen_at", since, until)
        ended = [(each, each.ending) for each in claims if each.ending is not None]
        first = [each for each, _ in ended if not each.reopened]
        came_back = [each for each in claims if each.reopened]
        due = [each for each in reviews if each.replied_at or each.overdue]
        in_time = [each for each in due if each.replied_at and each.replied_at <= each.reply_by]
        contacts = [each.contacted_at - each.opened_at for each in claims if each.contacted_at]
        saved = [ending for _, ending in ended if ending.outcome is Outcome.SOLVED_BY_INSTRUCTION]
        return Report(
            opened=len(claims),
            closed=len(ended),
            median_first_contact=_median(contacts),
            median_handling=_median([ending.at - each.opened_at for each, ending in ended]),
            reopened_share=_share(
                len(came_back),
                len({each.claim_id for each in came_back} | {each.claim_id for each, _ in ended}),
            ),
            first_contact_resolution=_share(len(first), len(ended)),
            saved_by_instruction=len(saved),
            reviews=len(reviews),
            reviews_in_time_share=_share(len(in_time), len(due)),
        )


async def _all(listing: Listing[T], field: str, since: datetime, until: datetime) -> list[T]:
    query = Query(at_least={field: since}, at_most={field: until}, order=field)
    found: list[T] = []
    after: str | None = None
    while True:
        page = await listing.page(query, AT_ONCE, after)
        found.extend(held.state for held in page.items if held.state is not None)
        after = page.next
        if after is None:
            return found


def _median(spans: Sequence[timedelta]) -> float | None:
    return median(each.total_seconds() for each in spans) if spans else None


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
