"""A change that breaks somebody who reads by what was published does not pass, and is told where it breaks."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from contracts.catalogue import facts, folder, schema_of
from contracts.compatibility import breaks
from contracts.gate import complaints, of_promises, of_schemas
from contracts.publication import PUBLISHED, current, published

Schema = dict[str, Any]
CONTRACTS = Path(__file__).parents[2] / "contracts"


def cancelled() -> Schema:
    return deepcopy(schema_of(facts()["order.cancelled.v1"]))


def order(schema: Schema) -> Schema:
    return schema["$defs"]["OrderV1"]


def without_a_field(schema: Schema) -> None:
    del order(schema)["properties"]["total"]


def without_a_field_that_was_optional(schema: Schema) -> None:
    del order(schema)["properties"]["responsible_id"]


def with_a_narrower_type(schema: Schema) -> None:
    order(schema)["properties"]["customer_id"] = {"type": "string", "maxLength": 200, "minLength": 1}


def with_another_type(schema: Schema) -> None:
    schema["properties"]["lapsed"] = {"type": "string"}


def with_a_limit(schema: Schema) -> None:
    order(schema)["properties"]["number"]["maxLength"] = 5


def with_a_wider_limit(schema: Schema) -> None:
    schema["properties"]["by"]["maxLength"] = 400


def with_a_new_required_field(schema: Schema) -> None:
    schema["properties"]["why"] = {"type": "string"}
    schema["required"].append("why")


def with_a_field_that_may_be_missing_now(schema: Schema) -> None:
    schema["required"].remove("by")


def with_a_word_less(schema: Schema) -> None:
    order(schema)["properties"]["stage"]["anyOf"][0]["enum"].remove("new")


def with_a_list_closed(schema: Schema) -> None:
    order(schema)["properties"]["stage"]["anyOf"].pop()


def with_a_part_of_another_shape(schema: Schema) -> None:
    order(schema)["properties"]["lines"]["items"] = {"$ref": "#/$defs/MoneyV1"}


BREAKING = {
    without_a_field: "OrderV1.total: it is gone",
    without_a_field_that_was_optional: "OrderV1.responsible_id: it is gone",
    with_a_narrower_type: "OrderV1.customer_id: anyOf was",
    with_another_type: "the body.lapsed: type was boolean and is string",
    with_a_limit: "OrderV1.number: maxLength was not there and is 5",
    with_a_wider_limit: "the body.by: maxLength was 200 and is 400",
    with_a_new_required_field: "the body.why: facts told before need not have it",
    with_a_field_that_may_be_missing_now: "the body.by: its readers count on it",
    with_a_word_less: "OrderV1.stage: 'new' is gone from its words",
    with_a_list_closed: "OrderV1.stage: anyOf was",
    with_a_part_of_another_shape: "OrderV1.lines[]: $ref was #/$defs/LineV1 and is #/$defs/MoneyV1",
}


@pytest.mark.parametrize(("change", "told"), BREAKING.items(), ids=lambda each: getattr(each, "__name__", ""))
def test_a_breaking_change_is_told(change: Callable[[Schema], None], told: str) -> None:
    changed = cancelled()
    change(changed)

    found = breaks(cancelled(), changed)

    assert any(told in each for each in found), found


def test_a_word_more_breaks_those_who_were_promised_that_there_are_no_more() -> None:
    closed: Schema = {"properties": {"answer": {"enum": ["yes", "no"], "type": "string"}}}
    wider: Schema = {"properties": {"answer": {"enum": ["yes", "no", "later"], "type": "string"}}}

    assert breaks(closed, wider) == ["the body.answer: 'later' is new in a list that was closed"]


def test_what_readers_may_ignore_breaks_nobody() -> None:
    changed = cancelled()
    changed["properties"]["told_later"] = {
        "anyOf": [{"$ref": "#/$defs/LaterV1"}, {"type": "null"}],
        "default": None,
    }
    changed["$defs"]["LaterV1"] = {
        "type": "object",
        "properties": {"more": {"type": "integer"}},
        "required": ["more"],
    }
    order(changed)["properties"]["stage"]["anyOf"][0]["enum"].append("packed")
    changed["description"] = "Better words."

    assert breaks(cancelled(), changed) == []


def keyed_otherwise(now: Any) -> None:
    now["facts"]["supply.allocated.v1"]["key"] = ["allocation_id"]


def told_elsewhere(now: Any) -> None:
    now["facts"]["order.created.v1"]["topic"] = "orders"


def of_more_partitions(now: Any) -> None:
    now["topics"]["order.created"]["partitions"]["production"] = 24


def kept_for_less_long(now: Any) -> None:
    now["topics"]["order.created"]["retention.ms"] = "86400000"


def compacted(now: Any) -> None:
    now["topics"]["order.created"]["cleanup.policy"] = "compact"


def told_no_more(now: Any) -> None:
    del now["facts"]["rush.ended.v1"], now["topics"]["rush.ended"]


PROMISES = {
    keyed_otherwise: "supply.allocated.v1: key was ['order_id'] and is ['allocation_id']",
    told_elsewhere: "order.created.v1: topic was order.created and is orders",
    of_more_partitions: "order.created: partitions was",
    kept_for_less_long: "order.created: retention.ms was 7776000000 and is 86400000",
    compacted: "order.created: cleanup.policy was delete and is compact",
    told_no_more: "rush.ended: it is gone",
}


@pytest.mark.parametrize(("change", "told"), PROMISES.items(), ids=lambda each: getattr(each, "__name__", ""))
def test_a_broken_promise_about_topics_is_told(change: Callable[[Any], None], told: str) -> None:
    now = deepcopy(current())
    change(now)

    found = list(of_promises(published(), now))

    assert any(told in each for each in found), found


def test_a_fact_that_goes_away_is_told() -> None:
    assert list(of_schemas({"lamp.lit.v1": {}}, {})) == ["lamp.lit.v1: it is gone"]


def test_nothing_that_stands_here_breaks_anybody() -> None:
    assert complaints(PUBLISHED, folder("schemas")) == []
    assert current() == published(), "new? python -m contracts.freeze"


def test_the_command_fails_where_an_older_release_had_more(tmp_path: Path) -> None:
    shutil.copytree(folder("schemas"), tmp_path / "schemas")
    shutil.copy(PUBLISHED, tmp_path)
    told = json.loads((tmp_path / "schemas" / "order.paid.v1.json").read_text())
    told["properties"]["cashier_id"] = {"type": "string"}
    (tmp_path / "schemas" / "order.paid.v1.json").write_text(json.dumps(told))

    gate = [sys.executable, "-m", "contracts.gate"]
    well = subprocess.run(gate, capture_output=True, text=True, check=False)
    broken = subprocess.run([*gate, "--against", str(tmp_path)], capture_output=True, text=True, check=False)

    assert (well.returncode, well.stdout) == (0, "Nobody is broken.\n")
    assert (broken.returncode, broken.stdout) == (
        1,
        "breaks: order.paid.v1: the body.cashier_id: it is gone\n",
    )


def test_the_changelog_names_each_fact_under_the_version_that_brought_it() -> None:
    text = (CONTRACTS / "CHANGELOG.md").read_text(encoding="utf-8")
    _, *parts = re.split(r"^## (\S+)$", text, flags=re.MULTILINE)
    named = dict(zip(parts[::2], parts[1::2], strict=True))

    assert [
        type_
        for type_, fact in published()["facts"].items()
        if f"`{type_}`" not in named.get(fact["since"], "")
    ] == []
