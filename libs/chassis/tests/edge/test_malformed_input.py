"""What can't be read is answered 422, with the place and never with the value, whatever was sent."""

import json
from collections.abc import Mapping
from typing import Any

import pytest
from chassis.http.fields import Count, Id, Line, Minor, Words
from chassis.testing.kiosk import Kiosk
from fastapi import APIRouter, UploadFile
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

router = APIRouter()


class Order(BaseModel):
    model_config = ConfigDict(extra="forbid")

    tea: Id
    name: Line
    note: Words = ""
    cups: Count = 1
    price: Minor = 0


@router.post("/orders/{order_id}")
async def order(order_id: Id, ordered: Order, page: int = 1) -> Order:
    del order_id, page
    return ordered


@router.post("/leaves")
async def leaves(file: UploadFile) -> int:
    return len(await file.read())


GOOD: Mapping[str, Any] = {"tea": "green", "name": "Anna"}
JSON = {"content-type": "application/json"}

BROKEN: Mapping[str, bytes] = {
    "nothing": b"",
    "not JSON": b"{tea: green}",
    "half of it": b'{"tea": "gr',
    "not UTF-8": b'{"tea": "green", "name": "\xff\xfe"}',
    "a list": b"[]",
    "a number": b"7",
    "a NUL": b'{"tea": "green", "name": "An\\u0000na"}',
    "a bell": b'{"tea": "green", "name": "An\\u0007na"}',
    "half of a character": b'{"tea": "green", "name": "\\ud83d"}',
    "half of a character as a field": b'{"tea": "green", "name": "Anna", "\\ud83d": 1}',
    "an integer beyond 64 bits": b'{"tea": "green", "name": "Anna", "price": 18446744073709551616}',
    "an integer of 5,000 digits": b'{"tea": "green", "name": "Anna", "price": ' + b"9" * 5_000 + b"}",
    "infinity": b'{"tea": "green", "name": "Anna", "cups": Infinity}',
    "not a number": b'{"tea": "green", "name": "Anna", "cups": NaN}',
    "a thousand brackets": b"[" * 100_000,
    "blanks for a name": b'{"tea": "green", "name": "  \\t "}',
    "a long name": json.dumps({**GOOD, "name": "x" * 301}).encode(),
    "an id with a slash": b'{"tea": "../green", "name": "Anna"}',
    "an id and a new line": b'{"tea": "green\\n", "name": "Anna"}',
}


@pytest.mark.parametrize("body", BROKEN.values(), ids=BROKEN.keys())
async def test_a_body_is_malformed_that_holds(body: bytes, kiosk: Kiosk) -> None:
    async with kiosk(router) as client:
        answer = await client.post("/orders/1", content=body, headers=JSON)

    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/malformed")
    assert answer.json()["errors"][0]["where"][0] == "body"


async def test_the_value_is_not_repeated(kiosk: Kiosk) -> None:
    personal = {"tea": "Ivan Petrov", "name": ["Tverskaya 1"], "cups": "9-16-123-45-67", "+79161234567": "x"}

    async with kiosk(router) as client:
        answer = await client.post("/orders/Pyotr%20Ivanov?page=Nevsky", json=personal)

    assert answer.status_code == 422
    errors = answer.json()["errors"]
    assert {"why": "int_parsing", "where": ["body", "cups"]} in errors
    for secret in ("Petrov", "Tverskaya", "9161234567", "Nevsky"):
        assert secret not in json.dumps(errors)


@pytest.mark.parametrize(
    "sent",
    [
        {"headers": {"content-type": "text/plain"}, "content": json.dumps(GOOD)},
        {"headers": {"content-type": "application/xml"}, "content": b"<tea/>"},
        {"content": json.dumps(GOOD)},
        {"data": {"tea": "green"}},
    ],
    ids=["text", "XML", "of no type", "a form"],
)
async def test_what_does_not_call_itself_json_is_not_taken_for_it(sent: Any, kiosk: Kiosk) -> None:
    async with kiosk(router) as client:
        assert (await client.post("/orders/1", **sent)).status_code == 422


@pytest.mark.parametrize(
    ("content", "type_"),
    [
        (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
        (b"whatever", "multipart/form-data"),
        (b"file=green", "application/x-www-form-urlencoded"),
    ],
)
async def test_an_upload_that_can_not_be_read_is_malformed(content: bytes, type_: str, kiosk: Kiosk) -> None:
    async with kiosk(router) as client:
        answer = await client.post("/leaves", content=content, headers={"content-type": type_})

    assert answer.status_code in {400, 422}
    assert answer.headers["content-type"] == "application/problem+json"


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=60, deadline=None)
@given(
    body=st.fixed_dictionaries(
        {}, optional={"tea": anything, "name": anything, "cups": anything, "x": anything}
    )
)
async def test_no_json_is_a_defect(body: Any) -> None:
    adapter = TypeAdapter(Order)
    try:
        ordered = adapter.validate_python(body)
    except ValidationError:
        return
    json.dumps(ordered.model_dump(mode="json")).encode()


@pytest.mark.parametrize("name", ["Анна-Мария", "O'Brien", "李雷", "Zoë 🫖", "Anna\nIvanovna"])
async def test_real_names_are_taken(name: str, kiosk: Kiosk) -> None:
    async with kiosk(router) as client:
        answer = await client.post("/orders/1", json={**GOOD, "name": f"  {name} "})

    assert answer.json()["name"] == name
