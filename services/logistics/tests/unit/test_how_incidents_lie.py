"""What an older version of logistics wrote of incidents and carriers is read by this one (wire.md 4). A file here is never
changed, only joined by the next schema's.
"""

import json
from pathlib import Path
from typing import Any, cast

import pytest
from chassis.documents import Codec, Documents
from logistics.adapters import incident_documents as lying

KINDS: list[Documents[Any]] = [
    lying.INCIDENTS,
    lying.PLAYBOOKS,
    lying.LADDERS,
    lying.SCORE_DAYS,
    lying.RELATIONS,
    lying.SHOPS,
    lying.MEMBERS,
    lying.WORTHS,
    lying.DIFFICULT,
]
FROZEN = Path(__file__).parent / "frozen"


def of_then(written: Any, raw: Any) -> Any:
    """What is written now, without what was not there yet."""
    if isinstance(raw, dict):
        known = cast("dict[str, Any]", raw)
        return {name: of_then(written[name], each) for name, each in known.items()}
    if isinstance(raw, list):
        items = cast("list[Any]", raw)
        return [of_then(one, other) for one, other in zip(written, items, strict=True)]
    return written


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.collection)
def test_every_schema_ever_written_is_read_and_nothing_of_it_lost(kind: Documents[Any]) -> None:
    for schema in range(1, kind.schema + 1):
        raw = json.loads((FROZEN / f"{kind.collection}.{schema}.json").read_text(encoding="utf-8"))

        state = Codec(kind, None).load("k", schema, json.loads(json.dumps(raw)))

        written = kind.states.dump_python(state, mode="json")
        assert kind.states.validate_python(written) == state
        assert of_then(written, raw) == raw
