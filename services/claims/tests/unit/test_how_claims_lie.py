"""What an older version of claims wrote is read by this one (wire.md 4). A file here is never changed, only joined."""

import json
from pathlib import Path
from typing import Any, cast

import pytest
from chassis.documents import Codec, Documents
from chassis.vault import Vault
from claims.adapters.documents import CLAIMS, MEMBERS, REVIEWS, SHOPS
from claims.domain import commands as o
from claims.domain.words import Channel, Paper
from claims.testing.troubles import by, demanding, opened

KINDS: list[Documents[Any]] = [CLAIMS, REVIEWS, MEMBERS, SHOPS]
FROZEN = Path(__file__).parent / "frozen"


def lost(old: Any, new: Any, where: str = "") -> list[str]:
    """Where something that was written is not there any more, or otherwise."""
    if isinstance(old, dict) and isinstance(new, dict):
        fields, others = cast("dict[str, Any]", old), cast("dict[str, Any]", new)
        return [each for name in fields for each in lost(fields[name], others.get(name), f"{where}.{name}")]
    if isinstance(old, list) and isinstance(new, list):
        items, now = cast("list[Any]", old), cast("list[Any]", new)
        if len(items) == len(now):
            return [each for one, it in zip(items, now, strict=True) for each in lost(one, it, f"{where}.*")]
    return [] if old == new else [where]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.collection)
def test_every_schema_ever_written_is_read_and_nothing_of_it_lost(kind: Documents[Any]) -> None:
    for schema in range(1, kind.schema + 1):
        raw = json.loads((FROZEN / f"{kind.collection}.{schema}.json").read_text(encoding="utf-8"))

        state = Codec(kind, None).load("k", schema, json.loads(json.dumps(raw)))

        written = kind.states.dump_python(state, mode="json")
        assert lost(raw, written) == []


def test_nothing_that_the_customer_said_or_sent_lies_in_the_clear() -> None:
    letter = o.KeepLetter(**by(), paper=Paper.RECEIVED, channel=Channel.EMAIL, text="Мария", digest="d")
    file = o.AddEvidence(**by(), evidence_id="e", name="Мария.jpg", media_type="image/jpeg", size=1)
    codec = Codec(CLAIMS, Vault.of({"test": Vault.generate_key()}))
    claim = opened(*demanding(), letter, file)

    lying = codec.dump("k-1", claim)

    assert all(word not in str(lying) for word in ("Мария", "горит", "mail-17"))
    assert codec.load("k-1", 1, lying) == claim
