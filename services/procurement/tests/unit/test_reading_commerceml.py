"""The exchange of 1C: a catalogue and its offers, in one file or several."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from procurement.application.ports import NotAFeed
from procurement.domain.availability import NOTHING, UNCOUNTED, counted

SHARED = Path(__file__).parents[5] / "shared" / "data" / "feeds"
HEAD = '<?xml version="1.0" encoding="UTF-8"?><КоммерческаяИнформация {} ВерсияСхемы="2.10" ДатаФормирования="2026-03-01T09:00:00">'
GOODS = """
<Классификатор><Группы><Группа><Ид>g1</Ид><Наименование>Лампы</Наименование><Группы><Группа><Ид>g2</Ид>
<Наименование>Настольные</Наименование></Группа></Группы></Группа></Группы>
<Свойства><Свойство><Ид>p1</Ид><Наименование>Цвет</Наименование><ВариантыЗначений><Справочник><ИдЗначения>v1</ИдЗначения>
<Значение>жёлтый</Значение></Справочник></ВариантыЗначений></Свойство><Свойство><Ид>p2</Ид><Наименование>Бренд</Наименование></Свойство>
</Свойства></Классификатор>
<Каталог СодержитТолькоИзменения="false"><Товары>
<Товар><Ид>t1</Ид><Артикул>BL-1</Артикул><Штрихкод>4006381333931</Штрихкод><Наименование>Лампа</Наименование>
<Группы><Ид>g2</Ид></Группы><ЗначенияСвойств><ЗначенияСвойства><Ид>p1</Ид><Значение>v1</Значение></ЗначенияСвойства>
<ЗначенияСвойства><Ид>p2</Ид><Значение>Brass</Значение></ЗначенияСвойства></ЗначенияСвойств></Товар>
<Товар Статус="Удален"><Ид>t2</Ид><Наименование>Старая лампа</Наименование></Товар>
</Товары></Каталог>"""
TYPES = """<ТипыЦен><ТипЦены><Ид>retail</Ид><Наименование>Розничная</Наименование></ТипЦены>
<ТипЦены><Ид>whole</Ид><Наименование>Оптовая</Наименование></ТипЦены></ТипыЦен>
<Склады><Склад><Ид>w1</Ид><Наименование>Москва</Наименование></Склад><Склад><Ид>w2</Ид><Наименование>Брак</Наименование></Склад></Склады>"""


def exchange(body: str, *, namespace: str = "") -> bytes:
    return (HEAD.format(namespace) + body + "</КоммерческаяИнформация>").encode()


def package(*offers: str, only_changes: str = "false", declared: str = "") -> bytes:
    return exchange(
        f'<ПакетПредложений СодержитТолькоИзменения="{only_changes}">{declared}<Предложения>'
        + "\n".join(offers)
        + "</Предложения></ПакетПредложений>"
    )


def offer(offer_id: str, stock: str = "", *, prices: str = "", title: str = "Лампа") -> str:
    prices = (
        prices
        or "<Цена><ИдТипаЦены>retail</ИдТипаЦены><ЦенаЗаЕдиницу>100,50</ЦенаЗаЕдиницу><Валюта>руб</Валюта></Цена>"
    )
    return f"<Предложение><Ид>{offer_id}</Ид><Наименование>{title}</Наименование><Цены>{prices}</Цены>{stock}</Предложение>"


LISTED = (
    "<КоличествоНаСкладах><КоличествоНаСкладе><ИдСклада>w1</ИдСклада><Количество>2</Количество></КоличествоНаСкладе>"
    "</КоличествоНаСкладах>"
)
BOTH_PRICES = (
    "<Цена><ИдТипаЦены>whole</ИдТипаЦены><ЦенаЗаЕдиницу>70</ЦенаЗаЕдиницу></Цена>"
    "<Цена><ИдТипаЦены>retail</ИдТипаЦены><ЦенаЗаЕдиницу>100</ЦенаЗаЕдиницу></Цена>"
)


def zipped(**files: bytes) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(f"webdata/{name}.xml", content)
    return into.getvalue()


@pytest.fixture
def real() -> dict[str, bytes]:
    """An exchange that no one of us wrote."""
    if not SHARED.exists():
        pytest.skip("the shared folder with real feeds is not beside this checkout")
    return {name: (SHARED / f"commerceml-{name}.xml").read_bytes() for name in ("import", "offers")}


def test_the_real_exchange_is_read_whole(look: Callable[..., Any], real: dict[str, bytes]) -> None:
    read = look(zipped(**real))

    assert read.asked is None  # one type of price, one warehouse: nothing to choose
    assert [(row.part, row.line, row.code) for row in read.reads[1:]] == [("offers.xml", 45, "137")]
    terms = read.terms["137"]
    assert (terms.title, terms.price.minor, terms.availability) == ("dev test my 137", 45_000_00, counted(1))
    assert terms.category == "A1. НОУТБУКИ / Devops Test"
    assert read.heading.dated.isoformat() == "2024-01-08T15:47:02.082000+03:00"


def test_its_offers_alone_are_enough_and_its_goods_alone_are_not(
    look: Callable[..., Any], real: dict[str, bytes]
) -> None:
    assert list(look(real["offers"]).terms) == ["137"]
    with pytest.raises(NotAFeed, match="no offers"):
        look(real["import"])


def test_goods_and_offers_meet_by_their_ids(look: Callable[..., Any]) -> None:
    read = look(zipped(import0_1=exchange(GOODS), offers0_1=package(offer("t1", title=""), offer("t2"))))

    lamp = read.terms["t1"]
    assert (lamp.title, lamp.product_id, lamp.vendor) == ("Лампа", "gtin-04006381333931", "Brass")
    assert (lamp.category, lamp.attributes) == ("Лампы / Настольные", {"Цвет": "жёлтый", "Бренд": "Brass"})
    assert read.terms["t2"].availability == NOTHING  # deleted


def test_the_newer_exchange_comes_in_four_files(look: Callable[..., Any]) -> None:
    rests = "<Остатки><Остаток><Склад><Ид>w1</Ид><Количество>3</Количество></Склад></Остаток></Остатки>"

    read = look(
        zipped(
            rests0_1=package(f"<Предложение><Ид>t1</Ид>{rests}</Предложение>"),
            prices0_1=package(offer("t1", title="")),
            offers0_1=package(
                "<Предложение><Ид>t1</Ид><Наименование>Лампа медная</Наименование></Предложение>"
            ),
            import0_1=exchange(GOODS),
        )
    )

    terms = read.terms["t1"]
    assert (terms.title, terms.price.minor, terms.availability) == ("Лампа медная", 100_50, counted(3))


@pytest.mark.parametrize(
    ("stock", "there"),
    [
        ('<Склад ИдСклада="w1" КоличествоНаСкладе="2.000"/><Склад ИдСклада="w2" КоличествоНаСкладе="5"/>', counted(7)),
        (LISTED, counted(2)),
        ("<Остатки><Остаток><Склад><Ид>w1</Ид><Количество>4</Количество></Склад></Остаток></Остатки>", counted(4)),
        ("<Остатки><Остаток><Количество>6</Количество></Остаток></Остатки>", counted(6)),
        ("<Количество>1.0</Количество>", counted(1)), ("<Количество>-2</Количество>", NOTHING), ("", UNCOUNTED),
    ],
)  # fmt: skip
def test_stock_is_understood_in_every_form(look: Callable[..., Any], stock: str, there: Any) -> None:
    read = look(package(offer("t1", stock)))

    assert read.terms["t1"].availability == there


def test_types_of_price_and_warehouses_are_asked_for(look: Callable[..., Any]) -> None:
    stock = '<Склад ИдСклада="w1" КоличествоНаСкладе="2"/><Склад ИдСклада="w2" КоличествоНаСкладе="5"/>'

    read = look(package(offer("t1", stock, prices=BOTH_PRICES), declared=TYPES))

    assert {
        "Цена: Розничная": "price",
        "Цена: Оптовая": "purchase_price",
        "Склад: Брак": "count",
    }.items() <= read.guess.items()
    terms = read.terms["t1"]
    assert (terms.price.minor, terms.cost.minor, terms.availability) == (100_00, 70_00, counted(7))


def test_forms_of_a_thing_are_goods_of_their_own(look: Callable[..., Any]) -> None:
    form = "<ХарактеристикиТовара><ХарактеристикаТовара><Наименование>Размер</Наименование><Значение>{}</Значение></ХарактеристикаТовара></ХарактеристикиТовара>"

    read = look(
        zipped(
            import_=exchange(GOODS),
            offers=package(offer("t1#s", form.format("S")), offer("t1#m", form.format("M"))),
        )
    )

    small, medium = read.terms["t1#s"], read.terms["t1#m"]
    assert small.product_id != medium.product_id
    assert (small.attributes["Размер"], medium.attributes["Размер"], small.attributes["Цвет"]) == (
        "S",
        "M",
        "жёлтый",
    )


def test_a_package_of_changes_alone_says_so(look: Callable[..., Any]) -> None:
    assert look(package(offer("t1"), only_changes="true")).heading.partial
    assert not look(package(offer("t1"))).heading.partial


def test_an_id_that_stands_twice_is_named_with_its_line(look: Callable[..., Any]) -> None:
    read = look(package(offer("t1"), offer("t2"), offer("t1", title="другая")))

    assert [(row.code, row.line) for row in read.reads[1:]] == [("t1", 1), ("t2", 2), ("t1", 3)]


def test_an_exchange_cut_in_the_middle_keeps_what_stood_before(look: Callable[..., Any]) -> None:
    whole = package(*(offer(f"t{n}") for n in range(9)))

    read = look(whole[: whole.index("<Ид>t5".encode())])

    assert sorted(read.terms) == [f"t{n}" for n in range(5)]
    assert read.broken.line == 6


@pytest.mark.parametrize("encoding", ["windows-1251", "utf-8", "utf-16"])
def test_what_a_file_declares_is_not_believed_against_its_bytes(
    look: Callable[..., Any], encoding: str
) -> None:
    text = package(offer("t1", title="Лампа латунная настольная")).decode()

    for declared, real in ((encoding, "utf-8"), ("UTF-8", "cp1251"), (encoding, encoding)):
        read = look(text.replace('encoding="UTF-8"', f'encoding="{declared}"').encode(real))
        assert read.terms["t1"].title == "Лампа латунная настольная", (declared, real)


def test_a_namespace_changes_nothing(look: Callable[..., Any]) -> None:
    read = look(package(offer("t1")).replace(b"  ", b' xmlns="urn:1C.ru:commerceml_2" '))

    assert list(read.terms) == ["t1"]


def test_entities_and_foreign_documents_are_refused_unread(look: Callable[..., Any], feeds: Path) -> None:
    laughs = '<!DOCTYPE К [<!ENTITY a "ха"><!ENTITY b "&a;&a;&a;&a;">]>'
    evil = package(offer("t1", title="&b;")).decode().replace("?>", f"?>{laughs}", 1).encode()
    outside = (
        package(offer("t1"))
        .decode()
        .replace("?>", '?><!DOCTYPE К SYSTEM "http://127.0.0.1:1/evil.dtd">', 1)
        .encode()
    )

    assert "declares entities" in look(evil).broken.reason
    assert list(look(outside).terms) == ["t1"]
    assert "declares entities" in look(feeds / "laughs.yml.xml").broken.reason


def test_what_one_offer_may_hold_is_bounded_and_what_all_hold_is_not(look: Callable[..., Any]) -> None:
    many = look(package(*(offer(f"t{n}", "<а/>" * 9) for n in range(8000))))
    one = look(package(offer("t0"), offer("t1", "<а/>" * 100_001)))

    assert (len(many.good), many.broken) == (8000, None)
    assert list(one.terms) == ["t0"]
    assert "more than 100000 elements" in one.broken.reason
