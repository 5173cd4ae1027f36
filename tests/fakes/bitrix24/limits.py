"""How much a caller may ask: a leaky bucket of requests, and the time that methods may take in ten minutes."""

from collections import defaultdict
from dataclasses import dataclass, field

from tests.fakes.bitrix24.envelopes import Fault

MINUTE = 60
WINDOW = 10


@dataclass
class Bucket:
    """+1 a request, `leak` a second runs out, over `size` is too much. Ordinary plans: 50 and 2; Enterprise: 250 and 5."""

    size: int = 50
    leak: float = 2.0
    level: float = 0.0
    at: float = 0.0
    refused: int = 0

    def take(self, now: float) -> None:
        self.level = max(0.0, self.level - (now - self.at) * self.leak)
        self.at = now
        if self.level + 1 > self.size:
            self.refused += 1
            raise Fault(503, "QUERY_LIMIT_EXCEEDED", "Too many requests")
        self.level += 1


@dataclass
class Operating:
    """Seconds of running time a method may take in ten one-minute buckets. The call that crosses the line succeeds, the next
    one does not.
    """

    most: float = 480.0
    spent: dict[str, dict[int, float]] = field(
        default_factory=lambda: defaultdict[str, dict[int, float]](lambda: defaultdict(float))
    )

    def check(self, method: str, now: float) -> None:
        if self.sum(method, now) > self.most:
            raise Fault(429, "OPERATION_TIME_LIMIT", "Method is blocked due to operation time limit.")

    def add(self, method: str, now: float, seconds: float) -> None:
        self.spent[method][int(now // MINUTE)] += seconds

    def sum(self, method: str, now: float) -> float:
        oldest = int(now // MINUTE) - WINDOW
        kept = {minute: spent for minute, spent in self.spent[method].items() if minute > oldest}
        self.spent[method] = defaultdict(float, kept)
        return sum(kept.values())

    def resets_at(self, method: str, now: float) -> float:
        """When the oldest bucket drops out."""
        oldest = min(self.spent[method], default=int(now // MINUTE))
        return (oldest + WINDOW) * MINUTE
