"""What an older version of logistics wrote is read by this one (wire.md 4). A file here is never changed, only joined by
the next schema's.
"""

import json
from pathlib import Path
from typing import Any

import pytest
from bson import BSON
from chassis.documents import Codec, Documents
from logistics.adapters.carrier_system_documents import TRACKINGS
from logistics.adapters.documents import AGREEMENTS, CARRIERS, DAYS, RESERVATIONS
from logistics.domain.agreement import Agreement
from logistics.testing.agreements import CDEK, OWN

KINDS: list[Documents[Any]] = [CARRIERS, AGREEMENTS, DAYS, RESERVATIONS, TRACKINGS]
FROZEN = Path(__file__).parent / "frozen"


def frozen(kind: Documents[Any], schema: int) -> dict[str, Any]:
    return json.loads((FROZEN / f"{kind.collection}.{schema}.json").read_text(encoding="utf-8"))


def without_what_is_new(written: dict[str, Any]) -> dict[str, Any]:
    """As the first schema had it: no pick-up was asked for by itself."""
    if "pick_up" in written:
        assert written["pick_up"].pop("asked_ahead") is None
    return written


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.collection)
def test_every_schema_ever_written_is_read_and_nothing_of_it_lost(kind: Documents[Any]) -> None:
    for schema in range(1, kind.schema + 1):
        raw = frozen(kind, schema)

        state = Codec(kind, None).load("k", schema, frozen(kind, schema))

        written = without_what_is_new(kind.states.dump_python(state, mode="json"))
        assert kind.states.validate_python(written) == state
        assert {name: written[name] for name in raw} == raw


@pytest.mark.parametrize("agreement", [OWN, CDEK], ids=lambda each: each.carrier_id)
def test_an_agreement_is_the_same_after_a_night_on_the_disk(agreement: Agreement) -> None:
    codec = Codec(AGREEMENTS, None)

    lying: dict[str, Any] = BSON.encode(codec.dump("k", agreement)).decode()

    assert codec.load("k", 1, lying) == agreement


def test_an_order_is_found_by_its_reservations() -> None:
    reserved = Codec(RESERVATIONS, None).load("k", 1, frozen(RESERVATIONS, 1))

    assert RESERVATIONS.listed(reserved)["reservation_ids"] == sorted(reserved.reservations)
