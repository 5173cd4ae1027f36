"""What we ship passes our own check, in both languages, and says the same by every channel."""

import pytest
from kernel.money import Money
from notifications.adapters.filters import FILTERS
from notifications.adapters.shipped import shipped
from notifications.adapters.wording import JinjaWording
from notifications.application.checking import Checking
from notifications.application.samples import LINK, samples
from notifications.application.wording import Signature
from notifications.domain.segments import segments
from notifications.domain.words import Language, Template

SIGNATURE = Signature("Латунь и свет", "+7 495 000-00-00")
WORDING = JinjaWording()
ALL = [(name, language) for name in Template for language in Language]


@pytest.mark.parametrize(("name", "language"), ALL)
def test_they_pass_the_check(name: Template, language: Language) -> None:
    assert Checking(WORDING, SIGNATURE, 3)(shipped()[name, language], name, language) == []


@pytest.mark.parametrize(("name", "language"), ALL)
def test_a_person_can_be_reached_from_each(name: Template, language: Language) -> None:
    words = WORDING.words(shipped()[name, language], language, next(samples(name, language, SIGNATURE)))

    assert SIGNATURE.phone
    assert SIGNATURE.phone in words.text
    assert SIGNATURE.phone in words.html
    assert "Латунь и свет" in words.sms
    assert "{{" not in words.sms + words.subject + words.html


def test_an_english_sms_of_a_latin_shop_is_of_the_seven_bit_alphabet() -> None:
    shop = Signature("Brass & Light", "+7 495 000-00-00")
    for name in Template:
        values = next(samples(name, Language.EN, shop))
        words = WORDING.words(shipped()[name, Language.EN], Language.EN, values)
        assert segments(words.sms) <= 2, words.sms


def test_html_is_made_of_the_text_and_holds_nothing_that_a_title_brings() -> None:
    values = next(samples(Template.ORDER_TAKEN, Language.RU, SIGNATURE))
    values["lines"][0]["title"] = '<script>alert(1)</script> https://evil.example/?a=1&b="2'

    words = WORDING.words(shipped()[Template.ORDER_TAKEN, Language.RU], Language.RU, values)

    assert "<script>" not in words.html
    assert 'href="https://evil.example/?a=1&amp;b="' in words.html


def test_a_link_is_a_link() -> None:
    values = next(samples(Template.APOLOGY_AND_OFFER, Language.RU, SIGNATURE))
    words = WORDING.words(shipped()[Template.APOLOGY_AND_OFFER, Language.RU], Language.RU, values)

    assert f'<a href="{LINK}">{LINK}</a>' in words.html


def test_money_and_numbers_are_written_as_each_language_does() -> None:
    ru, en = ({name: made(each) for name, made in FILTERS.items()} for each in Language)

    assert [ru["money"](Money(minor)) for minor in (648000, 90050)] == ["6\xa0480\xa0₽", "900,50\xa0₽"]
    assert [en["money"](Money(minor)) for minor in (648000, 90050)] == ["RUB\xa06,480", "RUB\xa0900.50"]
    goods = ("товар", "товара", "товаров")
    assert [ru["plural"](many, *goods) for many in (1, 3, 11, 21, 25)] == [
        "товар",
        "товара",
        "товаров",
        "товар",
        "товаров",
    ]
    assert [en["plural"](many, "item", "items") for many in (1, 2)] == ["item", "items"]
