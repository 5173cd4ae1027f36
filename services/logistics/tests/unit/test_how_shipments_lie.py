"""What an older version of logistics wrote of shipments is read by this one (wire.md 4). The frozen file is never changed, only
joined by the next schema's.
"""

import json
from pathlib import Path
from typing import Any

from bson import BSON
from chassis.documents import Codec
from logistics.adapters.shipment_documents import SHIPMENTS
from logistics.domain.shipment_stage import ShipmentStage
from logistics.testing.shipments import ON_ITS_WAY, lived, recall

FROZEN = Path(__file__).parent / "frozen"


def frozen(schema: int) -> dict[str, Any]:
    return json.loads((FROZEN / f"shipments.{schema}.json").read_text(encoding="utf-8"))


def without_what_is_new(written: dict[str, Any]) -> dict[str, Any]:
    """As the first schema had it: nobody noted what was asked back, missing or damaged, nor who had it in hand."""
    for parcel in written["parcels"]:
        del parcel["called_back"], parcel["hands"]
        for report in parcel["reports"]:
            del report["short"], report["damaged"]
    return written


def test_every_schema_ever_written_is_read_and_nothing_of_it_lost() -> None:
    for schema in range(1, SHIPMENTS.schema + 1):
        state = Codec(SHIPMENTS, None).load("k", schema, frozen(schema))

        written = SHIPMENTS.states.dump_python(state, mode="json")
        assert SHIPMENTS.states.validate_python(written) == state
        assert without_what_is_new(written) == frozen(schema)


def test_a_shipment_of_before_says_the_same_as_it_did() -> None:
    parcel = Codec(SHIPMENTS, None).load("k", 1, frozen(1)).parcels[0]
    assert (parcel.stage, parcel.kept, parcel.called_back) == (ShipmentStage.RETURNED, {1: 1}, False)


def test_a_shipment_is_the_same_after_a_night_on_the_disk() -> None:
    shipping, codec = lived(*ON_ITS_WAY, recall()), Codec(SHIPMENTS, None)

    lying: dict[str, Any] = BSON.encode(codec.dump("o-1", shipping)).decode()

    assert codec.load("o-1", SHIPMENTS.schema, lying) == shipping


def test_a_shipment_is_found_by_the_number_its_carrier_gave_it() -> None:
    shipping = Codec(SHIPMENTS, None).load("k", 1, frozen(1))
    assert SHIPMENTS.listed(shipping)["refs"] == ["cdek-1"]
