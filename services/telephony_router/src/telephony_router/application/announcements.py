"""What others are told of rosters and rules: attempts that were somebody else's duty (R9)."""

from collections.abc import Sequence

from chassis.duties_told import duty_refused
from contracts.fact import Fact
from kernel.refused_duty import DutyRefused

from telephony_router.domain import roster_commands, rule_book
from telephony_router.domain.roster import Roster


def of_roster(change: roster_commands.Change, roster: Roster) -> Sequence[Fact]:
    """Who may not keep it tried to."""
    return [duty_refused(change, "roster", roster.shop_id)] if isinstance(change, DutyRefused) else []


def of_book(change: rule_book.Change, book: rule_book.RuleBook) -> Sequence[Fact]:
    """Who may not write or approve them tried to."""
    return [duty_refused(change, "routing_rules", book.shop_id)] if isinstance(change, DutyRefused) else []
