"""What shipments tell of an order's goods, and what happens to its supply then."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Parcel:
    """Pieces of a line in a shipment: those that left, or those that came back sound."""

    line_no: int
    product_id: str
    quantity: int


@dataclass(frozen=True, slots=True)
class GoodsLeft:
    """They left our warehouse."""

    shipment_id: str
    parcels: tuple[Parcel, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class GoodsKept:
    """The customer has some of them, and keeps them: the order is completed."""

    shipment_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class GoodsSpoiled:
    """They were lost, or damaged: whatever of them comes back is not sold."""

    shipment_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class GoodsCameBack:
    """What the customer did not keep is back, sound; `kept`: he kept some."""

    shipment_id: str
    parcels: tuple[Parcel, ...]
    kept: bool
    at: datetime


News = GoodsLeft | GoodsKept | GoodsSpoiled | GoodsCameBack


@dataclass(frozen=True, slots=True)
class NoteShipment:
    """There is news of a shipment of the order."""

    order_id: str
    news: News
    at: datetime


@dataclass(frozen=True, slots=True)
class SendOut:
    """Take out of stock what has left, as far as it can be taken now."""

    order_id: str
    round: int
    at: datetime


SendingCommand = NoteShipment | SendOut


@dataclass(frozen=True, slots=True)
class SendingBegan:
    """Pieces are being taken out of stock, known by the shipment's name."""

    shipment_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ShipmentHeardFirst:
    """A shipment is heard of before its order: what the order wants is not known yet."""

    order_id: str
    at: datetime


SendingChange = ShipmentHeardFirst | News | SendingBegan


def by_line(parcels: Sequence[Parcel]) -> dict[int, int]:
    """Pieces by line number."""
    pieces: dict[int, int] = {}
    for each in parcels:
        pieces[each.line_no] = pieces.get(each.line_no, 0) + each.quantity
    return pieces
