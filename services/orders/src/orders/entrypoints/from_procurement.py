"""What procurement tells, in orders' own words."""

from contracts.procurement import SupplyShortV1


def missing_of(told: SupplyShortV1) -> tuple[str, ...]:
    """Products that are not to be had, each once. A shortage that names none concerns them all."""
    missing = [line.product_id for line in told.lines if line.missing]
    return tuple(dict.fromkeys(missing or [line.product_id for line in told.lines]))
