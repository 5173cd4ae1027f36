"""What others are told: each change, and the facts it is worth. The only place where domain and contracts meet."""

from collections.abc import Sequence

from chassis.duties_told import duty_refused
from contracts.fact import Fact
from contracts.logistics import TermsApprovedV1
from kernel.refused_duty import DutyRefused

from logistics.domain import carrier as agreeing
from logistics.domain import reservation_changes as reserving
from logistics.domain.carrier import Carrier
from logistics.domain.reservation import Reserved


def of_carrier(change: agreeing.Change, carrier: Carrier) -> Sequence[Fact]:
    """A version that holds from its day on (R60), and what was not somebody's to do."""
    match change:
        case agreeing.TermsApproved():
            version = change.version
            assert version.holds_from is not None
            return [
                TermsApprovedV1(
                    carrier_id=carrier.carrier_id,
                    version=version.number,
                    effective_from=version.holds_from,
                    zones=version.content.zones,
                    points=version.content.points,
                    written_by=version.writers[-1],
                    approved_by=version.decided_by or "",
                )
            ]
        case DutyRefused():
            return [duty_refused(change, "carrier_terms", carrier.carrier_id)]
        case _:
            return []


def of_reserved(change: reserving.Change, reserved: Reserved) -> Sequence[Fact]:
    """Reservations are nobody else's; an attempt that was not somebody's duty is (R17)."""
    if isinstance(change, DutyRefused):
        return [duty_refused(change, "reservation", reserved.order_id, reserved.order_id)]
    return []
