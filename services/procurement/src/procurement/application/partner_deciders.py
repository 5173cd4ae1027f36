"""Sales stops, supplier cases and claims heard of, each with its rules, its facts and its deadlines."""

from chassis.following import nothing_due, tell_nobody
from chassis.handling import Decider

from procurement.application import announcing_partners
from procurement.domain import (
    case_changes,
    case_clock,
    case_commands,
    case_decider,
    case_evolving,
    complaint,
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


MONTHS: Decider[track_record.NoteDown, track_record.Month, track_record.Noted] = Decider(
    key=lambda command: track_record.month_key(command.supplier_id, command.month),
    decide=track_record.decide,
    evolve=track_record.evolve,
    announce=tell_nobody,
    deadlines=nothing_due,
)

COMPLAINTS: Decider[complaint.HearClaim, complaint.Complaint, complaint.ClaimHeard] = Decider(
    key=lambda command: command.claim_id,
    decide=complaint.decide,
    evolve=complaint.evolve,
    announce=tell_nobody,
    deadlines=nothing_due,
)
