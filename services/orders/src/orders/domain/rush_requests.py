"""A request of a customer besides his order, answered by the catalogue's ready word, and kept with the order (R32, R58)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from kernel.refusal import Decision

from orders.domain.rush_catalogue import Answer, Ready


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked for, of which order, what was answered and in which words."""

    request_id: str
    order_id: str
    shop_id: str
    kind: str
    ready: Ready
    in_rush: bool
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class AnswerRequest:
    request: Request


@dataclass(frozen=True, slots=True)
class RequestAnswered:
    request: Request


def answer(command: AnswerRequest, known: Request | None) -> Decision[RequestAnswered]:
    """The answer is given once; whoever asks again with the same key hears it again."""
    return [] if known else [RequestAnswered(command.request)]


def evolve_request(known: Request | None, change: RequestAnswered) -> Request:
    """A request does not change."""
    return known or change.request


@dataclass(frozen=True, slots=True)
class Counted:
    """How many requests of a kind were answered so, at a time. `when`: a day `2026-12-24`, or an hour `14:00`."""

    when: str
    kind: str
    answer: Answer
    in_rush: bool
    requests: int


def tally(requests: Iterable[Request], zone: ZoneInfo, *, by_hour: bool) -> list[Counted]:
    """Requests by kind and time of the shop, so that petty calls are seen (R114)."""
    found: dict[tuple[str, str, Answer, bool], int] = {}
    for each in requests:
        when = f"{each.at.astimezone(zone):%H:00}" if by_hour else f"{each.at.astimezone(zone):%Y-%m-%d}"
        key = (when, each.kind, each.ready.answer, each.in_rush)
        found[key] = found.get(key, 0) + 1
    return [Counted(*key, many) for key, many in sorted(found.items())]
