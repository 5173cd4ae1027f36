"""Things come back from their documents as they went in; whom a message went to lies sealed; old documents stay readable."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from bson import BSON
from chassis.documents import Codec
from chassis.vault import Vault
from kernel.money import Money
from notifications.adapters.documents import KNOWN, MESSAGES, TEMPLATES
from notifications.domain import commands as o
from notifications.domain.correspondence import Correspondence
from notifications.domain.message import About, Message, Refund, Waiting
from notifications.domain.template import Template, Texts, Version
from notifications.domain.words import Channel, Report
from notifications.domain.words import Template as Occasion
from notifications.testing.letters import (
    MONDAY,
    PROMISE,
    begin,
    given,
    later,
    minutes,
    order,
    reported,
    taken,
    write,
    writing,
)

FROZEN = Path(__file__).parent / "frozen"
ABOUT = About(PROMISE, Refund("rf-1", Money(1296000), date(2026, 3, 12)), 7)
FULL = writing(Occasion.DELIVERY_AGREED, Channel.EMAIL, about=ABOUT, follows="m-0")
LIKE: dict[str, Message | None] = {
    "waiting": given(write(), begin(), later(perhaps=True)),
    "agreed": Waiting(FULL, MONDAY, minutes(90)),
    "sending": given(write(), begin()),
    "sent": given(write(), begin(), taken()),
    "delivered": given(write(), begin(), taken(), reported(Report.ARRIVED)),
    "failed": given(write(), begin(), taken(), reported(Report.LOST)),
    "dropped": given(write(), o.Drop("m-1", "order_cancelled", MONDAY)),
}
HEARD = Correspondence(order(promise=PROMISE, cancelled=True), 7, 3, ("rf-1",))
WRITTEN = Template("order_taken.ru", (Version(1, Texts("{{ order.number }}", "s", "e"), "vera", MONDAY),))
OTHERS: dict[str, tuple[Any, Any]] = {"correspondence": (KNOWN, HEARD), "template": (TEMPLATES, WRITTEN)}


def unsealed(documents: Any) -> Codec[Any]:
    return Codec(documents, None)


@pytest.mark.parametrize("message", LIKE.values(), ids=LIKE)
def test_a_message_comes_back_as_it_went_in_and_the_address_lies_sealed(message: Message) -> None:
    codec = Codec(MESSAGES, Vault.of({"test": Vault.generate_key()}))

    document = codec.dump("m-1", message)

    assert b"7916" not in BSON.encode(document)
    assert codec.load("m-1", 1, BSON(BSON.encode(document)).decode()) == message


@pytest.mark.parametrize("name", LIKE)
def test_a_message_of_the_first_shape_is_still_read(name: str) -> None:
    frozen = json.loads((FROZEN / f"message-1-{name}.json").read_text())

    assert unsealed(MESSAGES).load("m-1", 1, frozen) == LIKE[name]


@pytest.mark.parametrize("name", OTHERS)
def test_what_else_is_kept_is_still_read(name: str) -> None:
    documents, thing = OTHERS[name]
    frozen = json.loads((FROZEN / f"{name}-1.json").read_text())

    assert unsealed(documents).load("x", 1, frozen) == thing
    assert unsealed(documents).load("x", 1, unsealed(documents).dump("x", thing)) == thing
