"""Sales stops and supplier cases, each with its rules, its facts and its deadlines."""

from collections.abc import Sequence

from chassis.following import nothing_due
from chassis.handling import Decider
from contracts.fact import Fact

from procurement.application import announcing_partners
from procurement.domain import (
    case_changes,
    case_clock,
    case_commands,
    case_decider,
    case_evolving,
    sale,
    sale_decider,
    supplier_case,
    track_record,
)

SALES: Decider[sale.Command, sale.Sale, sale.Change] = Decider(
    key=lambda command: command.product_id,
    decide=sale_decider.decide,
    evolve=sale_decider.evolve,
    announce=announcing_partners.of_sale,
    deadlines=sale_decider.deadlines,
)

CASES: Decider[case_commands.Command, supplier_case.SupplierCase, case_changes.Change] = Decider(
    key=lambda command: command.case_id,
    decide=case_decider.decide,
    evolve=case_evolving.evolve,
    announce=announcing_partners.of_case,
    deadlines=case_clock.deadlines,
)


def _untold(change: track_record.Noted, month: track_record.Month) -> Sequence[Fact]:
    """What is counted is asked for, not told."""
    del change, month
    return ()


MONTHS: Decider[track_record.NoteDown, track_record.Month, track_record.Noted] = Decider(
    key=lambda command: track_record.month_key(command.supplier_id, command.month),
    decide=track_record.decide,
    evolve=track_record.evolve,
    announce=_untold,
    deadlines=nothing_due,
)
