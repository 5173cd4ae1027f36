"""From when on a carrier is reviewed (R72)."""

from dataclasses import dataclass

from logistics.domain.carrier_score import Scorecard


@dataclass(frozen=True, slots=True)
class Limits:
    """Shares from 0 to 1. Nobody is judged by fewer than `least` shipments. Days: `looked_back`, until a review is due
    (working days), and after one until the next may be opened.
    """

    on_time: float = 0.9
    losses: float = 0.02
    damages: float = 0.02
    complaints: float = 0.1
    least: int = 10
    looked_back: int = 29
    review_days: int = 5
    rest_days: int = 30


def passed(card: Scorecard, limits: Limits) -> tuple[str, ...]:
    """The words of the limits that he passed; none for one of whom too little is known (R72)."""
    many = card.shipments >= limits.least
    on_time, complaints = card.on_time_share, card.complaint_share
    found = {
        "late": card.ended >= limits.least and on_time is not None and on_time < limits.on_time,
        "losses": many and card.losses > limits.losses * card.shipments,
        "damages": many and card.damages > limits.damages * card.shipments,
        "courier_manners": card.asked >= limits.least
        and complaints is not None
        and complaints > limits.complaints,
    }
    return tuple(word for word, it_is in found.items() if it_is)
