"""How far the supply of an order is, and how firmly its parts are held."""

from enum import StrEnum


class Stage(StrEnum):
    """`SOUGHT`: a plan is due; `HOLDING`: its parts are being held; `ASKING`: a supplier's yes is awaited; `FREEING`:
    parts are being given back. These four have a deadline; the other three are ends.
    """

    SOUGHT = "sought"
    HOLDING = "holding"
    ASKING = "asking"
    FREEING = "freeing"
    ALLOCATED = "allocated"
    SHORT = "short"
    RELEASED = "released"


class Grip(StrEnum):
    """How firmly a part is held. `ASKED` is held, and the supplier's yes is awaited; `BOUGHT` is held, and a purchase has
    it: it is ordered from the supplier, or about to be; `GOING` left our warehouse, and is being taken out of stock.
    """

    PLANNED = "planned"
    HELD = "held"
    ASKED = "asked"
    BOUGHT = "bought"
    LEAVING = "leaving"
    GOING = "going"
