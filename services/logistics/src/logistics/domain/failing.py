"""Why a delivery fails, and whose doing it is unless somebody says otherwise (R50, R51)."""

from collections.abc import Mapping
from enum import StrEnum


class Source(StrEnum):
    """The five sources of trouble (R50)."""

    MANAGER = "manager"
    WAREHOUSE = "warehouse"
    OWN_COURIER = "own_courier"
    COURIER_SERVICE = "courier_service"
    CUSTOMER = "customer"


USUAL_SOURCES: Mapping[str, Source] = {
    "wrong_address": Source.MANAGER,
    "no_contact": Source.CUSTOMER,
    "refusal": Source.CUSTOMER,
    "refused_quality": Source.WAREHOUSE,
    "damage": Source.COURIER_SERVICE,
    "loss": Source.COURIER_SERVICE,
    "delay": Source.COURIER_SERVICE,
    "no_pickup": Source.CUSTOMER,
}


def source_of(reason: str, mode: str) -> Source:
    """Whose doing it is at first sight; what the carrier did is our own courier's where we deliver ourselves."""
    usual = USUAL_SOURCES.get(reason, Source.COURIER_SERVICE)
    ours = mode in {"own_staff", "rented_courier"}
    return Source.OWN_COURIER if usual is Source.COURIER_SERVICE and ours else usual
