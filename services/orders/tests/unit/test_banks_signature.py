"""T-Bank's signature, by the examples of its own documentation (developer.tbank.ru/eacq, September 2025)."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from orders.adapters.tbank import STATES, token
from orders.domain.ledger import BankState

from tests.fakes.tbank.bank import TOLD
from tests.fakes.tbank.signing import signature

Signs = Callable[[Mapping[str, Any], str], str]
ours_and_the_fakes = pytest.mark.parametrize("signs", [token, signature])


@ours_and_the_fakes
def test_a_request_is_signed_over_its_root_without_objects_in_it(signs: Signs) -> None:
    body = {
        "TerminalKey": "MerchantTerminalKey",
        "Amount": 19200,
        "OrderId": "21090",
        "Description": "Подарочная карта на 1000 рублей",
        "DATA": {"Phone": "+71234567890", "Email": "a@test.com"},
        "Receipt": {"Taxation": "osn", "Items": [{"Price": 10000}]},
    }

    assert signs(body, "usaf8fw8fsw21g") == "0024a00af7c350a3a67ca168ce06502aa72772456662e38696d48b56ee9c97d9"


@ours_and_the_fakes
def test_a_notice_is_signed_with_its_truth_values_in_words(signs: Signs) -> None:
    body = {
        "TerminalKey": "1321054611234DEMO",
        "OrderId": "201709",
        "Success": True,
        "Status": "AUTHORIZED",
        "PaymentId": 8742591,
        "ErrorCode": "0",
        "Amount": 9855,
        "CardId": 322264,
        "Pan": "430000******0777",
        "ExpDate": "1122",
        "RebillId": 101709,
        "Token": "whatever it says is not signed",
    }

    assert signs(body, "Dfsfh56dgKl") == "b906d28e76c6428e37b25fcf86c0adc52c63d503013fdd632e300593d165766b"


@ours_and_the_fakes
@pytest.mark.parametrize("change", [{"Amount": 1}, {"Success": False}, {"Extra": "more"}])
def test_whatever_is_changed_changes_the_signature(signs: Signs, change: dict[str, Any]) -> None:
    body = {"Amount": 9855, "Success": True}

    assert signs({**body, **change}, "p") != signs(body, "p")
    assert signs(body, "another") != signs(body, "p")
    assert signs({**body, "Data": {"unsigned": 1}}, "p") == signs(body, "p")


def test_every_status_that_the_bank_notifies_of_has_a_meaning() -> None:
    assert set(STATES) >= TOLD
    assert STATES["CONFIRMED"] is BankState.PAID
