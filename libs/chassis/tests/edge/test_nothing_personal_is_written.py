"""Logs and spans: what looks like a phone number or an address of mail is struck out, and nothing else is."""

import io
import json
import logging
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
import structlog
from chassis.faults import Fault
from chassis.logs import of_libraries, steps
from chassis.masking import masked, masked_deep
from chassis.tracebacks import told
from hypothesis import given
from hypothesis import strategies as st
from kernel.phone import Phone
from pydantic import BaseModel, ValidationError

PHONES = (
    "+79161234567", "+7 916 123-45-67", "+7 (916) 123 45 67", "8 916 123-45-67", "8(916)1234567", "79161234567",
    "9161234567", "916 123-45-67", "+44 20 7946 0958", "+442079460958", "+1-202-555-0143", "+49 (0)30 901820",
    "%2B79161234567", "sip:+79161234567@pbx", "tel:+7-916-123-45-67",
)  # fmt: skip
HARMLESS = (
    "2026-03-02T07:00:00.123456+00:00", "order 1234567", "018f2f6e-7916-7123-8456-789012345678", "R27",
    "79161234-5678-4abc-8def-0123456789ab", "91612345-6789-4abc-8def-0123456789ab", "10.0.12.254:9092", "6480.00 RUB",
    "4bf92f3577b34da6a3ce929d0e0e4736", "partition 11, offset 1234567890", "v1.2.3", "orders@2x", "89161234567890123",
)  # fmt: skip


@pytest.mark.parametrize("phone", PHONES)
def test_a_phone_number_is_struck_out(phone: str) -> None:
    text = masked(f'no answer from {phone}, "again"')

    assert "‹phone›" in text
    assert not any(part in text for part in ("1234567", "123-45", "123 45", "7946", "0143", "901820"))


@pytest.mark.parametrize("text", HARMLESS)
def test_what_is_none_stays(text: str) -> None:
    assert masked(text) == text


@given(ids=st.uuids(), at=st.datetimes(min_value=datetime(2000, 1, 1)))  # noqa: DTZ001
def test_ids_and_times_stay(ids: UUID, at: datetime) -> None:
    for text in (str(ids), ids.hex, at.replace(tzinfo=UTC).isoformat()):
        assert masked(text) == text


@given(
    national=st.integers(9_000_000_000, 9_999_999_999),
    before=st.sampled_from(["", "тел. ", "(", '"', "phone="]),
)
def test_no_russian_mobile_number_gets_through(national: int, before: str) -> None:
    for prefix in ("+7", "8", "7", ""):
        assert str(national) not in masked(f"{before}{prefix}{national}")


@pytest.mark.parametrize("mail", ["anna@example.com", "a.b+c@mail.example.co.uk", "<Anna@Example.com>"])
def test_an_address_of_mail_is_struck_out(mail: str) -> None:
    assert "xample" not in masked(f"sent to {mail}")


def test_it_is_found_however_deep_it_stands() -> None:
    event = {
        "a": [{"+79161234567": ("x", {"+79161234567"})}],
        "n": 79161234567,
        "ms": 3.5,
        "none": None,
        "ok": True,
    }

    clean = masked_deep(event)

    assert "9161234567" not in json.dumps(clean)
    assert (clean["ms"], clean["none"], clean["ok"]) == (3.5, None, True)


@given(value=st.text(st.characters(), max_size=40))
def test_any_text_can_be_written(value: str) -> None:
    masked(value).encode()


class Named(BaseModel):
    name: int


def raised_by(call: Any) -> BaseException:
    try:
        call()
    except BaseException as raised:  # noqa: BLE001 - whatever it is, it is told
        return raised
    raise AssertionError


def chained() -> None:
    try:
        int("Ivan Petrov")
    except ValueError as first:
        raise KeyError("Ivan Petrov") from first


def test_a_traceback_says_where_and_what_kind_and_quotes_nothing() -> None:
    text = told(raised_by(chained))

    assert "test_nothing_personal_is_written.py:" in text
    assert text.index("ValueError") < text.index("then:") < text.index("KeyError")
    assert "Petrov" not in text


@pytest.mark.parametrize(
    ("raised", "shown"),
    [
        (Fault("crm does not answer"), "crm does not answer"),
        (AttributeError("'NoneType' object has no attribute 'x'"), "has no attribute"),
        (FileNotFoundError(2, "No such file", "somewhere/ivan.petrov"), "FileNotFoundError: No such file"),
        (raised_by(lambda: Named.model_validate({"name": "Ivan Petrov"})), "Named: name: int_parsing"),
        (ExceptionGroup("of Ivan Petrov", [ValueError("Petrov"), Fault("down")]), "Fault: down"),
    ],
)
def test_text_that_is_about_code_or_connections_is_shown(raised: BaseException, shown: str) -> None:
    assert shown in told(raised)
    assert "etrov" not in told(raised)
    assert not isinstance(raised, ValidationError) or "Ivan" in str(raised)


def test_a_line_is_one_json_object_with_what_it_needs() -> None:
    out = io.StringIO()
    log = structlog.wrap_logger(structlog.WriteLogger(out), processors=steps("kiosk"))

    log.msg(
        "call missed", caller="+79161234567", phone=Phone.parse("+79161234567"), guest="Анна\n\ud83d", tries=3
    )

    line = json.loads(out.getvalue())
    assert out.getvalue().count("\n") == 1
    assert (line["event"], line["service"], line["caller"], line["tries"]) == (
        "call missed",
        "kiosk",
        "‹phone›",
        3,
    )
    assert "1234567" not in out.getvalue()


def test_libraries_write_in_the_same_form() -> None:
    out = io.StringIO()
    library = logging.Logger("library")  # noqa: LOG001 - one of this test alone
    library.addHandler(of_libraries("kiosk", out))

    try:
        int("Ivan Petrov")
    except ValueError:
        library.exception("lost %s", "+79161234567")

    line = json.loads(out.getvalue())
    assert (line["event"], line["level"], line["service"]) == ("lost ‹phone›", "error", "kiosk")
    assert line["exception"].endswith("ValueError")
    assert "Petrov" not in out.getvalue()
