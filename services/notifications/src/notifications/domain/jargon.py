"""Words that an average customer does not know or want; a template with one is not taken (R33)."""

import re

JARGON: dict[str, tuple[str, ...]] = {
    "ru": (
        "sku", "eta", "sla", "crm", "логист", "слот", "дедлайн", "оффер", "офер", "апрув", "фулфилмент", "кросс-док",
        "бэкордер", "отгрузочн", "комплектац", "номенклатур", "контрагент", "аллокац", "тайм-слот", "статус заказа изменен",
        "заявка закрыта", "идентификатор",
    ),
    "en": (
        "sku", "eta", "sla", "crm", "fulfilment", "fulfillment", "backorder", "back-order", "dispatch window", "slot",
        "deadline", "allocat", "consignee", "logistic", "line item", "stakeholder", "identifier",
    ),
}  # fmt: skip
"""By language; a word here is the beginning of the words it forbids."""


def jargon_in(text: str, language: str) -> list[str]:
    """The forbidden beginnings that the text holds, in the list's order."""
    low = text.casefold().replace("ё", "е")
    return [word for word in JARGON.get(language, ()) if re.search(rf"(?<!\w){re.escape(word)}", low)]
