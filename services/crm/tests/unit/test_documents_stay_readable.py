"""What an older version of crm wrote is read by this one (wire.md 4). A file here is never changed, only joined by the
next schema's.
"""

import json
from pathlib import Path
from typing import Any

import pytest
from chassis.documents import Codec, Documents
from crm.adapters.bitrix_documents import ACCESS, CALLS, CARDS, LOADS, PORTAL_USERS
from crm.adapters.documents import CUSTOMERS, FAMILIES, LOCKOUTS, RINGS, SECRETS, SHOPS, STAFF
from crm.adapters.lead_documents import LEAD_STAGES, LEADS
from crm.adapters.note_documents import NOTE_FORMS

KINDS: list[Documents[Any]] = [
    SHOPS, STAFF, CUSTOMERS, SECRETS, LOCKOUTS, FAMILIES, RINGS, ACCESS, CALLS, CARDS, LOADS, PORTAL_USERS,
    LEADS, LEAD_STAGES, NOTE_FORMS,
]  # fmt: skip
FROZEN = Path(__file__).parent / "frozen"


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.collection)
def test_every_schema_ever_written_is_read(kind: Documents[Any]) -> None:
    for schema in range(1, kind.schema + 1):
        raw = json.loads((FROZEN / f"{kind.collection}.{schema}.json").read_text())

        state = Codec(kind, None).load("k", schema, raw)

        assert kind.states.validate_python(kind.states.dump_python(state, mode="json")) == state


def test_what_was_not_there_then_has_a_meaning_now() -> None:
    def read(kind: Documents[Any]) -> Any:
        return Codec(kind, None).load("k", 1, json.loads((FROZEN / f"{kind.collection}.1.json").read_text()))

    assert read(STAFF).dismissed_at is None
    assert (read(CUSTOMERS).looks, read(CUSTOMERS).notes, read(CUSTOMERS).written) == ((), {}, ())
    assert (read(SECRETS).set_at, read(FAMILIES).begun_at) == (None, None)
