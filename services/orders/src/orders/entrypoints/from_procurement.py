"""What procurement tells, in orders' own words."""

from contracts.procurement import SupplyAllocatedV1, SupplyShortV1


def missing_of(told: SupplyShortV1) -> tuple[str, ...]:
    """Products that are not to be had, each once. A shortage that names none concerns them all."""
    missing = [line.product_id for line in told.lines if line.missing]
    return tuple(dict.fromkeys(missing or [line.product_id for line in told.lines]))


def lines_of(told: SupplyAllocatedV1 | SupplyShortV1) -> tuple[tuple[int, str, int], ...]:
    """The lines that procurement looked for: number, product, quantity."""
    return tuple((line.line_no, line.product_id, line.wanted) for line in told.lines)
