"""The monthly act as a page to print and sign, and as a table (R70)."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from importlib.resources import files
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from babel.numbers import format_currency
from jinja2 import Environment, StrictUndefined, select_autoescape
from kernel.spreadsheet import harmless

from logistics.domain.carrier_act import Act

WORDS = {
    "ru": {
        "act": "Акт сверки исполнения", "carrier": "Перевозчик", "month": "За месяц", "shipments": "Отправлений",
        "kept": "В срок", "breaches": "Нарушено окон", "losses": "Потерь", "damages": "Повреждений",
        "complaints": "Жалоб на курьеров", "asked": "опрошено", "promised": "Обещано до, с допуском", "came": "Доставлено",
        "never": "не доставлено в срок", "shipment": "Отправление", "trouble": "Происшествие", "day": "День",
        "kind": "Вид", "lost": "Ущерб", "recovered": "Возмещено", "penalty": "Неустойка по условиям",
        "total": "Итого", "shop": "От магазина", "partner": "От перевозчика", "nothing": "Нарушений нет.",
        "late": "Обещанные и настоящие сроки", "troubles": "Происшествия и суммы",
    },
    "en": {
        "act": "Statement of performance", "carrier": "Carrier", "month": "Month", "shipments": "Shipments",
        "kept": "On time", "breaches": "Windows not kept", "losses": "Losses", "damages": "Damages",
        "complaints": "Complaints about couriers", "asked": "asked", "promised": "Promised until, grace included", "came": "Delivered",
        "never": "not delivered in time", "shipment": "Shipment", "trouble": "Incident", "day": "Day",
        "kind": "Kind", "lost": "Damage", "recovered": "Recovered", "penalty": "Penalty by the terms",
        "total": "Total", "shop": "For the shop", "partner": "For the carrier", "nothing": "Nothing was broken.",
        "late": "Promised and real times", "troubles": "Incidents and sums",
    },
}  # fmt: skip
KINDS = {
    "mis_sort": "засыл", "delay": "опоздание", "loss": "утрата", "damage": "повреждение", "shortage": "недостача",
    "refusal": "отказ", "wrong_address": "неверный адрес", "no_contact": "нет связи", "no_pickup": "не забрали",
    "promise_error": "ошибка обещания", "data_error": "ошибка в данных", "other": "иное",
}  # fmt: skip
LOCALES = {"ru": "ru_RU", "en": "en_GB"}
PAGES = Environment(
    autoescape=select_autoescape(default=True),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
PAGE = PAGES.from_string((files("logistics.adapters") / "pages" / "act.html.j2").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Printing:
    """In which words, and by which clock; sums are in `currency`."""

    language: str
    zone: ZoneInfo
    currency: str = "RUB"

    def moment(self, at: datetime) -> str:
        return format_datetime(at.astimezone(self.zone), "dd.MM.yyyy HH:mm", locale=LOCALES[self.language])

    def day(self, on: date) -> str:
        return format_date(on, "dd.MM.yyyy", locale=LOCALES[self.language])

    def kind(self, code: str) -> str:
        """A kind of incident; one of the shop's own is shown as it is called."""
        return KINDS.get(code, code) if self.language == "ru" else code.replace("_", " ")

    def money(self, minor: int) -> str:
        return format_currency(Decimal(minor) / 100, self.currency, locale=LOCALES[self.language])


def page(found: Act, title: str, language: str, zone: ZoneInfo) -> str:
    """To be printed and signed by both sides."""
    printing = Printing(language, zone)
    return PAGE.render(
        act=found,
        title=title,
        words=WORDS[language],
        language=language,
        moment=printing.moment,
        kind=printing.kind,
        money=printing.money,
        day=printing.day,
    )


def table(found: Act, title: str, language: str, zone: ZoneInfo) -> str:
    """For a spreadsheet: breaches, then troubles; sums in major units with a comma."""
    printing = Printing(language, zone)
    words = WORDS[language]
    rows: list[Sequence[str]] = [
        (words["carrier"], title, found.month),
        (),
        (words["shipment"], words["promised"], words["came"]),
    ]
    for each in found.breaches:
        came = printing.moment(each.came_at) if each.came_at else words["never"]
        rows.append((each.shipment_id, printing.moment(each.promised_until), came))
    rows.extend(((), [words[each] for each in ("trouble", "day", "kind", "lost", "recovered", "penalty")]))
    for item in found.troubles:
        sums = (item.lost, item.recovered, item.penalty)
        rows.append((item.incident_id, item.day.isoformat(), printing.kind(item.kind), *map(_major, sums)))
    rows.append((words["total"], "", "", "", "", _major(found.asked_for)))
    out = io.StringIO()
    out.write("\ufeff")
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(
        [[harmless(c) for c in row] for row in rows]
    )
    return out.getvalue()


def _major(minor: int) -> str:
    return f"{minor / 100:.2f}".replace(".", ",")
