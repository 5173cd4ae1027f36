"""What crm hears: that a shop's rush locks hours and duties (R116)."""

from chassis.freezing_told import follow_rush
from chassis.reactions import Reactions


def listening() -> Reactions:
    """Crm's table of reactions."""
    table = Reactions("crm")
    follow_rush(table)
    return table


reactions = listening()
"""The table as it is everywhere."""
