"""What an answer means: NPS groups and score, what is alarming, which closed calls are looked at again."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from quality.domain.answers import Answers

PROMOTER, NEUTRAL, CRITIC = "promoter", "neutral", "critic"
LEAST_PROMOTER, LEAST_NEUTRAL = 9, 7
PERCENT = 100


@dataclass(frozen=True, slots=True)
class Figures:
    """Answers of one day and dimension, by group."""

    promoters: int = 0
    neutral: int = 0
    critics: int = 0

    @property
    def answers(self) -> int:
        """How many."""
        return self.promoters + self.neutral + self.critics

    @property
    def score(self) -> int:
        """% promoters - % critics, -100..100, rounded half away from nothing; 0 without answers (R85)."""
        if not self.answers:
            return 0
        exact = PERCENT * (self.promoters - self.critics)
        half = (2 * abs(exact) + self.answers) // (2 * self.answers)
        return half if exact >= 0 else -half

    def with_most(self, other: "Figures") -> "Figures":
        """Answers are never deleted (R90), so of two counts the greater is the newer."""
        return Figures(
            max(self.promoters, other.promoters),
            max(self.neutral, other.neutral),
            max(self.critics, other.critics),
        )

    def plus(self, other: "Figures") -> "Figures":
        """Of both days together."""
        return Figures(
            self.promoters + other.promoters, self.neutral + other.neutral, self.critics + other.critics
        )


def group_of(nps: int) -> str:
    """0-6 critics, 7-8 neutral, 9-10 promoters (R85)."""
    if nps >= LEAST_PROMOTER:
        return PROMOTER
    return NEUTRAL if nps >= LEAST_NEUTRAL else CRITIC


def alarms(answers: Answers) -> tuple[str, ...]:
    """Why somebody calm has to act, in words of `quality.alarm`; empty when all is well (R71, R76)."""
    found = {
        "not_in_order": not answers.in_order,
        "not_content": not answers.content,
        "critic": answers.nps is not None and group_of(answers.nps) == CRITIC,
        "courier_manners": answers.manners_good is False,
        "promise_broken": answers.promise_kept is False,
    }
    return tuple(word for word, so in found.items() if so)


def drawn(call_id: str, at: datetime, share: int) -> bool:
    """Whether this call, closed at that moment, is checked by somebody else (R11). Of its microseconds nobody is the master, so
    nobody can foresee it, however well he knows the rule.
    """
    digest = hashlib.sha256(f"second-check:{call_id}:{at.isoformat()}".encode()).digest()
    return int.from_bytes(digest[:4], "big") % PERCENT < share
