"""One number, however people and exchanges write it; printed masked, looked up by a keyed hash."""

import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kernel.phone import NotAPhone, Phone

KEY = b"the shop's key of phones"
MOBILE = "+79161234567"


@pytest.mark.parametrize(
    ("written", "e164"),
    [
        ("8 (800) 555-35-35", "+78005553535"),
        ("89161234567", MOBILE),
        ("9161234567", MOBILE),
        ("79161234567", MOBILE),
        ("+7 (916) 123-45-67", MOBILE),
        (" +7 916\u00a0123\u201145\u201167 ", MOBILE),
        ("Тел.: 8 916 123 45 67", MOBILE),
        ("+7 701 123 45 67", "+77011234567"),  # Kazakhstan: +7 does not mean Russia
        ("8 10 49 30 123456", "+4930123456"),
        ("8~10 49 30 123456", "+4930123456"),
        ("0049 30 123456", "+4930123456"),
        ("007 916 123 45 67", MOBILE),
        ("sip:89161234567@pbx.example", MOBILE),
        ("sip:+79161234567;user=phone@pbx.example", MOBILE),
        ("sips:79161234567@pbx.example:5061", MOBILE),
        ("<sip:+79161234567@pbx.example>", MOBILE),
        ('"Sveta" <sip:79161234567@pbx.example>', MOBILE),
        ("tel:8-916-123-45-67", MOBILE),
    ],
)
def test_a_number_is_read_as_people_and_exchanges_write_it(written: str, e164: str) -> None:
    assert Phone.parse(written) == Phone(e164)


@pytest.mark.parametrize(
    ("written", "e164", "extension"),
    [
        ("8-495-123-45-67 доб. 12", "+74951234567", "12"),
        ("8-495-123-45-67 внутр. 12", "+74951234567", "12"),
        ("8-495-123-45-67, вн 12", "+74951234567", "12"),
        ("+7 495 123-45-67 ext. 304", "+74951234567", "304"),
        ("tel:+79161234567;ext=5", MOBILE, "5"),
    ],
)
def test_an_extension_is_kept_beside_the_number(written: str, e164: str, extension: str) -> None:
    assert Phone.parse(written) == Phone(e164, extension)


@pytest.mark.parametrize(
    "hidden",
    ["", "  ", "anonymous", "Anonymous", "restricted", "unknown", "Скрытый номер", "sip:anonymous@anonymous.invalid"],
)  # fmt: skip
def test_a_hidden_number_is_said_to_be_hidden(hidden: str) -> None:
    with pytest.raises(NotAPhone, match="hidden"):
        Phone.parse(hidden)


def test_a_number_without_its_city_code_must_be_asked_for() -> None:
    with pytest.raises(NotAPhone, match="city code"):
        Phone.parse("123-45-67")


@pytest.mark.parametrize(
    "wrong",
    [
        "8 916 123-45-67, 8 495 123-45-67",
        "8 916 123 45 67 спросить Машу",
        "112", "sip:100@pbx.example", "sip:", "+", "00", "0", "1" * 300, "a@b.example",
    ],
)  # fmt: skip
def test_what_cannot_be_called_is_refused(wrong: str) -> None:
    with pytest.raises(NotAPhone):
        Phone.parse(wrong)


def test_a_shop_elsewhere_reads_its_own_numbers() -> None:
    assert Phone.parse("030 123456", region="DE") == Phone("+4930123456")


def test_a_refusal_never_quotes_the_number() -> None:
    for wrong in ("8 916 123 45 6", "123-45-67", "8 916 123-45-67, 8 495 123-45-67"):
        with pytest.raises(NotAPhone) as refused:
            Phone.parse(wrong)

        assert not any(figure.isdigit() for figure in str(refused.value))


def test_a_phone_is_printed_masked(caplog: pytest.LogCaptureFixture) -> None:
    phone = Phone.parse("8 916 123-45-67 доб. 98")

    logging.getLogger("kernel").error("calling %s, %r, %s", phone, phone, {"phones": [phone]})

    assert str(phone) == f"{phone}" == "+7916***4567"
    assert "+7916***4567" in caplog.text
    assert "123" not in caplog.text
    assert "98" not in caplog.text.partition("calling")[2]


@given(st.from_regex(r"\A\+[1-9][0-9]{6,14}\Z"))
def test_every_mask_hides_three_figures_at_least(e164: str) -> None:
    phone = Phone(e164)

    shown = sum(map(str.isdigit, str(phone)))

    assert shown <= sum(map(str.isdigit, e164)) - 3
    assert e164 not in repr(phone)


def test_every_spelling_of_a_number_is_looked_up_alike() -> None:
    spellings = ("89161234567", "+7 (916) 123-45-67", "tel:+79161234567;ext=5", "sip:79161234567@pbx.example")

    assert len({Phone.parse(each).keyed_hash(KEY) for each in spellings}) == 1


def test_a_hash_tells_nothing_without_its_key() -> None:
    phone = Phone(MOBILE)

    assert phone.keyed_hash(KEY) != phone.keyed_hash(b"another key")
    assert phone.keyed_hash(KEY) != Phone("+79161234568").keyed_hash(KEY)
    assert len(phone.keyed_hash(KEY)) == 64


@given(st.text(max_size=60))
def test_any_text_is_a_number_or_refused(text: str) -> None:
    try:
        phone = Phone.parse(text)
    except NotAPhone:
        return

    assert Phone.parse(phone.e164) == Phone(phone.e164)
