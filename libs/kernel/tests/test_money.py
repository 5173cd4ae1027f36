"""Money is whole minor units of one currency, and reads what suppliers' feeds write."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kernel.money import MixedCurrencies, Money, NotMoney

LAMP = Money(648000, "RUB")


@pytest.mark.parametrize(
    ("written", "minor"),
    [
        ("64.80", 6480),
        ("64,80", 6480),
        ("6480", 648000),
        ("6 480,5", 648050),
        ("6\u00a0480.00", 648000),
        ("6\u202f480.00", 648000),
        ("0.10000000", 10),
        ("5.", 500),
        (".5", 50),
        ("-3.20", -320),
        ("0", 0),
        (Decimal("64.8"), 6480),
        (Decimal("1E+3"), 100000),
    ],
)
def test_a_price_is_read_as_feeds_write_it(written: str | Decimal, minor: int) -> None:
    assert Money.of(written) == Money(minor, "RUB")


@pytest.mark.parametrize(
    "written",
    [
        "", " ", ".", "-", "free", "1,234.50", "1e3", "1e999999999", "NaN", "Infinity", "1_000", "٥", "0.005", "12 RUB",
        "9" * 30, "9" * 5000, Decimal("NaN"), Decimal("Infinity"), Decimal("1e999999"), Decimal("0.001"),
    ],
)  # fmt: skip
def test_what_is_no_price_is_refused(written: str | Decimal) -> None:
    with pytest.raises(NotMoney):
        Money.of(written)


def test_the_rouble_of_old_feeds_is_the_rouble() -> None:
    assert Money.of("64.80", "RUR") == Money.of("64.80", " rub ")


@pytest.mark.parametrize("currency", ["", "R", "RUBL", "РУБ", "R B", "643"])
def test_a_currency_is_three_letters(currency: str) -> None:
    with pytest.raises(NotMoney):
        Money.of("1", currency)


def test_each_currency_has_its_own_smallest_unit() -> None:
    assert Money.of("500", "JPY") == Money(500, "JPY")
    assert Money.of("1,234", "KWD") == Money(1234, "KWD")
    with pytest.raises(NotMoney):
        Money.of("500.5", "JPY")


def test_two_lamps_and_their_delivery_make_a_sum() -> None:
    delivery = Money.of("350")

    assert LAMP * 2 + delivery == 2 * LAMP + delivery == Money.of("13310.00")
    assert (LAMP - delivery).major() == Decimal("6130.00")


def test_the_cheaper_offer_is_found() -> None:
    assert min(LAMP, Money.of("6479.99"), Money.of("7000")) == Money.of("6479.99")
    assert Money.of("6480.00") <= LAMP


def test_roubles_and_euros_never_mix() -> None:
    euros = Money.of("64.80", "EUR")

    for mixed in (lambda: LAMP + euros, lambda: LAMP - euros, lambda: euros > LAMP, lambda: euros <= LAMP):
        with pytest.raises(MixedCurrencies):
            mixed()
    assert euros != Money.of("64.80", "RUB")


def test_money_is_written_with_its_currency() -> None:
    assert str(LAMP) == "6480.00 RUB"
    assert str(Money(5, "RUB")) == "0.05 RUB"
    assert str(Money(-5, "KWD")) == "-0.005 KWD"
    assert str(Money(500, "JPY")) == "500 JPY"


@given(st.integers(-(10**13) + 1, 10**13 - 1), st.sampled_from(["RUB", "EUR", "JPY", "KWD"]))
def test_what_is_written_is_read_back(minor: int, currency: str) -> None:
    money = Money(minor, currency)

    assert Money.of(money.major(), currency) == money
    assert Money.of(str(money).removesuffix(f" {currency}").replace(".", ","), currency) == money


@given(st.text(max_size=30))
def test_any_text_is_a_price_or_refused(text: str) -> None:
    try:
        read = Money.of(text)
    except NotMoney:
        return

    assert read.currency == "RUB"
    assert abs(read.minor) < 10**15
