"""A trial of a carrier: thirty days, beside the thirty before it, so that a change is judged by figures (R72). Pure."""

from dataclasses import dataclass
from datetime import date, datetime

from kernel.refusal import Refusal

from logistics.domain.carrier_score import Scorecard

TRIAL = "trial"
TRIAL_DAYS = 30


class SuccessorNeeded(Refusal):
    """Who is replaced is replaced by somebody, who is on trial from now on (R72)."""

    rule = "R72"


@dataclass(frozen=True, slots=True)
class Trial:
    """`tried` is the carrier himself who was given another chance, or who takes his place; `before` are the thirty days of
    the carrier under review up to the trial's first day.
    """

    tried: str
    began_on: date
    compare_at: datetime
    before: Scorecard


@dataclass(frozen=True, slots=True)
class TrialResult:
    """What was, and what came of it: `after` are the trial's thirty days of who was tried."""

    tried: str
    before: Scorecard
    after: Scorecard
    at: datetime


@dataclass(frozen=True, slots=True)
class EndTrial:
    """The thirty days are over. `reasons` are the limits that were passed in them by a carrier who had another chance."""

    carrier_id: str
    after: Scorecard
    reasons: tuple[str, ...]
    owner_id: str
    due_at: datetime
    at: datetime


@dataclass(frozen=True, slots=True)
class TrialCompared:
    result: TrialResult
