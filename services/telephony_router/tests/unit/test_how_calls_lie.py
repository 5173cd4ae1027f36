"""What the first version of the router stored is read for ever (wire.md 4)."""

import json
from pathlib import Path
from typing import Any

import pytest
from chassis.documents import Codec, Documents
from telephony_router.adapters import documents as d

FROZEN = Path(__file__).parent / "frozen"
KINDS: tuple[Documents[Any], ...] = (
    d.CALLS, d.CALLBACKS, d.CARDS, d.PEOPLE, d.ROSTERS, d.BOOKS, d.ORDERS, d.TROUBLES, d.SHOPS, d.LANES,
    d.NOTES, d.TYPE_WORDS,
)  # fmt: skip


LATER: dict[str, dict[str, Any]] = {
    "calls": {"portal": None, "forgotten": False, "plan": {"shop_id": None}},
    "cards": {"takers": [], "asked_at": None},
    "people": {"asked_at": None},
}
"""Fields that came later, as they are where nothing of them is stored."""


def with_later(stored: dict[str, Any], later: dict[str, Any]) -> dict[str, Any]:
    added: dict[str, Any] = {}
    for name, more in later.items():
        added[name] = with_later(stored[name], more) if name == "plan" else more
    return stored | added


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.collection)
def test_it_is_still_read_and_written_the_same(kind: Documents[Any]) -> None:
    frozen = json.loads((FROZEN / f"{kind.collection}.v1.json").read_text(encoding="utf-8"))
    codec: Codec[Any] = Codec(kind, None)

    state = codec.load("k", 1, json.loads(json.dumps(frozen)))

    assert json.loads(json.dumps(codec.dump("k", state))) == with_later(
        frozen, LATER.get(kind.collection, {})
    )
