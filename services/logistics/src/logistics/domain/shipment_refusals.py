"""The ways a shipment says no."""

from kernel.refusal import NotAllowed, NotFound, Refusal


class UnknownShipment(NotFound):
    """There is no such shipment."""


class NotReadyToShip(Refusal):
    """Nothing is shipped unpaid or without its goods; `why` says what is missing (R31)."""

    rule = "R31"


class NotRegistered(Refusal):
    """It has to be registered with its carrier first (R60)."""

    rule = "R60"


class ShipmentIsOver(Refusal):
    """It was delivered, failed for good, came back or was cancelled."""

    rule = "R60"


class NotHisCarrier(NotAllowed):
    """A courier reports of what his own carrier delivers."""

    rule = "R50"


class ReportMakesNoSense(Refusal):
    """It speaks of lines or pieces that are not in the shipment, of the future, or of no reason where one is needed."""

    rule = "R50"


class NoSuchPrintForm(NotFound):
    """The carrier has no label for this shipment."""
