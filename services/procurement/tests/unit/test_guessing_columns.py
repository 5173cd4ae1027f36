"""What columns mean, guessed at first sight from their headers and values."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from procurement.domain.feed import Row
from procurement.domain.feed_guessing import sight_of
from procurement.domain.feed_meanings import Meaning, meant_by_header
from procurement.domain.feed_sight import FeedMapping, Line, Sight, Use, fingerprint, guessed, wrong_with
from procurement.domain.feed_table import as_read, stock_of


def table(*rows: str) -> Sight:
    seen = sight_of([Line(n, row.split(";")) for n, row in enumerate(rows, start=1)])
    assert seen is not None
    return seen


def read(seen: Sight) -> list[Row]:
    rows = as_read(seen, guessed(seen), "brass")
    return [row for row in rows if isinstance(row, Row)]


def meanings(seen: Sight) -> list[str]:
    return [each.use.meaning.value for each in seen.guesses]


@pytest.mark.parametrize(
    ("header", "meaning"),
    [
        ("Артикул", "vendor_code"), ("Код товара", "code"), ("SKU", "code"), ("Наименование товара", "title"),
        ("Product name", "title"), ("Цена, руб.", "price"), ("РРЦ", "price"), ("Цена опт.", "purchase_price"),
        ("Закупочная цена (руб)", "purchase_price"), ("Остаток на складе", "count"), ("Кол-во", "count"), ("Qty", "count"),
        ("Наличие", "availability"), ("Бренд", "vendor"), ("Штрих-код EAN13", "barcode"), ("Категория", "category"),
        ("Цена на 25.11.2026", "price"), ("Валюта", "currency"), ("Цвет", "attribute"),
    ],
)  # fmt: skip
def test_headers_say_what_they_mean_in_two_languages(header: str, meaning: str) -> None:
    meant = meant_by_header(header)

    assert max(meant, key=lambda each: meant[each]) is Meaning(meaning)


def test_a_header_below_the_letterhead_is_found() -> None:
    seen = table(
        "ООО Латунь;;",
        "тел. 000;;",
        ";;",
        "Артикул;Наименование;Цена",
        "L1;Лампа латунная;100",
        "L2;Лампа медная;200",
    )

    assert seen.header_line == 4
    assert meanings(seen) == ["code", "title", "price"]


def test_without_a_header_the_values_speak() -> None:
    seen = table(*(f"4006381333931;BR-{n}77;Лампа латунная настольная {n};1 499,{n}0" for n in range(1, 6)))

    assert seen.header_line == 0
    assert meanings(seen) == ["barcode", "code", "title", "price"]
    assert all(0 < each.confidence < 0.7 for each in seen.guesses)


def test_one_price_is_the_price_and_an_article_with_its_vendor_is_both() -> None:
    seen = table("Артикул;Бренд;Название;Опт", "L1;Brass;Лампа латунная;100", "L2;Brass;Лампа медная;200")

    uses = [(each.use.column, each.use.meaning.value) for each in seen.guesses]
    assert uses == [(0, "code"), (0, "vendor_code"), (1, "vendor"), (2, "title"), (3, "price")]
    assert read(seen)[0].terms.product_id == "brass-l1"


def test_words_that_the_values_deny_are_doubted() -> None:
    sure = table("Код;Название;Цена", "L1;Лампа латунная;100", "L2;Лампа медная;200")
    doubted = table("Код;Название;Цена", "L1;Лампа латунная;по запросу", "L2;Лампа медная;звоните")

    assert sure.guesses[2].confidence > 0.9
    assert doubted.guesses[2].confidence < 0.5


def test_several_warehouses_are_summed() -> None:
    seen = table(
        "Код;Название;Цена;Склад Москва;Склад Тверь", "L1;Лампа латунная;100;3;4", "L2;Лампа медная;200;-;1"
    )

    assert [row.terms.availability.quantity for row in read(seen)] == [7, 1]


@pytest.mark.parametrize(
    ("counts", "said", "meant"),
    [
        (["12"], [], ("", "12")), (["12 шт."], [], ("", "12")), ([">10"], [], ("", ">10")), (["<5"], [], ("true", "")),
        (["есть"], [], ("true", "")), (["нет"], [], ("false", "")), ([], ["под заказ"], ("false", "")),
        ([], ["В наличии"], ("true", "")), (["5"], ["нет"], ("false", "")), ([], ["8"], ("", "8")), ([], [], ("", "")),
        (["пять"], [], ("", "пять")), ([], ["кто знает"], ("кто знает", "")), (["3", "много"], [], ("true", "")),
    ],
)  # fmt: skip
def test_stock_in_words_and_figures(counts: list[str], said: list[str], meant: tuple[str, str]) -> None:
    assert stock_of(counts, said) == meant


def test_a_header_is_known_again_whatever_its_case_and_dates() -> None:
    first, again = (
        table("Код;Имя;Цена на 01.02.2026", "1;Лампа;2"),
        table("КОД ;имя;цена на 25.11.2026;;", "1;Лампа;2;;"),
    )
    other = table("Код;Имя;Скидка", "1;Лампа;2")

    assert first.fingerprint == again.fingerprint != other.fingerprint


def test_what_can_be_no_mapping_is_named() -> None:
    seen = table("Код;Имя;Цена", "1;Лампа латунная;2", "2;Лампа медная;3")
    right = FeedMapping(
        seen.fingerprint, (Use(0, Meaning.CODE), Use(1, Meaning.TITLE), Use(2, Meaning.PRICE))
    )

    assert wrong_with(right, seen) == ""
    assert "title" in wrong_with(replace(right, uses=right.uses[::2]), seen)
    assert "several" in wrong_with(replace(right, uses=(*right.uses, Use(1, Meaning.PRICE))), seen)
    assert "does not have" in wrong_with(replace(right, uses=(*right.uses, Use(9, Meaning.COUNT))), seen)
    assert "no name" in wrong_with(replace(right, uses=(*right.uses, Use(2, Meaning.ATTRIBUTE))), seen)


@given(st.lists(st.lists(st.text(max_size=12), max_size=8), max_size=12))
def test_any_table_gets_a_guess_that_can_be_looked_at(rows: list[list[str]]) -> None:
    seen = sight_of([Line(n, row) for n, row in enumerate(rows, start=1)])

    if seen is not None:
        assert len({each.use.column for each in seen.guesses}) == len(seen.header)
        assert all(0 <= each.confidence <= 1 for each in seen.guesses)
        as_read(seen, guessed(seen), "brass")
        assert fingerprint(seen.kind, seen.header)


def test_a_known_header_is_read_without_asking(look: Callable[..., Any]) -> None:
    first = look("Код;Имя;Цена\nA;Лампа латунная;2\nB;Лампа медная;3\n".encode())

    again = look("код;имя;цена\nC;Лампа;4\n".encode("cp1251"), known=[guessed(first.asked)])

    assert again.asked is None
    assert [row.code for row in again.good] == ["C"]
