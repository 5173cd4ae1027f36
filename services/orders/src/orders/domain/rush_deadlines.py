"""What is due of the owner while a rush lasts, and after it."""

from kernel.deadline import Deadline

from orders.domain.rush import PastRush, RushBook

END = "rush_end"


def bonuses_of(past: PastRush) -> str:
    """The name of the deadline by which the owner looks at a rush's bonus list."""
    return f"bonuses:{past.rush.rush_id}"


def rush_deadlines(book: RushBook) -> list[Deadline]:
    """The planned end, or the next reminder after it; and each bonus list that waits for the owner (R116, R117)."""
    waiting = [past for past in book.past if past.waits_for_approval]
    return [
        *([Deadline(END, book.rush.look_at)] if book.rush else []),
        *(Deadline(bonuses_of(past), past.approve_by) for past in waiting),
    ]
