"""The hook by which anything in logistics opens an incident (R50-R53)."""

from typing import Protocol

from chassis.handling import Occasion

from logistics.domain.incident_trouble import Trouble


class Troubling(Protocol):
    """Opens incidents."""

    async def open(self, trouble: Trouble, occasion: Occasion) -> str:
        """Open an incident unless the same trouble (shipment, kind, attempt) opened it already; its id."""
        ...
