"""What an older version of procurement wrote is read by this one (wire.md 4). A file here is never changed, only joined by
the next schema's.
"""

import json
from pathlib import Path
from typing import Any

import pytest
from chassis.documents import Codec, Documents
from procurement.adapters.documents import ALLOCATIONS, IMPORTS, OFFERS, SUPPLIERS
from procurement.adapters.feed_documents import MAPPINGS, MATCHES
from procurement.adapters.partner_documents import CASES, COMPLAINTS, MEMBERS, MONTHS, SALES, SHOPS
from procurement.adapters.purchase_documents import BUDGETS, PURCHASES, SOURCINGS

PARTNERS: list[Documents[Any]] = [CASES, COMPLAINTS, MEMBERS, MONTHS, SALES, SHOPS]
BUYING: list[Documents[Any]] = [PURCHASES, BUDGETS, SOURCINGS]
KINDS: list[Documents[Any]] = [*PARTNERS, *BUYING, SUPPLIERS, OFFERS, IMPORTS, ALLOCATIONS, MAPPINGS, MATCHES]
FROZEN = Path(__file__).parent / "frozen"


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.collection)
def test_every_schema_ever_written_is_read(kind: Documents[Any]) -> None:
    for schema in range(1, kind.schema + 1):
        raw = json.loads((FROZEN / f"{kind.collection}.{schema}.json").read_text())

        state = Codec(kind, None).load("k", schema, raw)

        assert kind.states.validate_python(kind.states.dump_python(state, mode="json")) == state


def test_an_offer_is_the_same_after_a_night_on_the_disk() -> None:
    offer: Any = Codec(OFFERS, None).load("k", 1, json.loads((FROZEN / "offers.1.json").read_text()))

    assert (offer.held, offer.free, offer.terms.cost.minor) == (3, 2, 70_00)
    assert OFFERS.listed(offer)["available"] is True
