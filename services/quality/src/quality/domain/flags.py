"""What is not well with a declared service level: control is by numbers, not by feelings (R13, R92)."""

from datetime import date

from quality.domain.sla import Draft


def flags(draft: Draft, today: date) -> tuple[str, ...]:
    """`no_metric`, `no_target`: it is a wish and measures nothing; `review_due`: it is to be looked at anew."""
    found = {
        "no_metric": None in {draft.starts, draft.stops} or draft.term is None,
        "no_target": draft.target is None,
        "review_due": draft.review_on <= today,
    }
    return tuple(word for word, so in found.items() if so)
