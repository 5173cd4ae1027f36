"""What is asked after a delivery, word for word; it stays a service call (Law on Advertising art. 18, market-facts.md 2)."""

import re
from collections.abc import Mapping

RU: Mapping[str, str] = {
    "in_order": "Всё ли в порядке с заказом?",
    "content": "Вы довольны?",
    "nps": "Насколько вероятно, что вы порекомендуете нас коллегам, партнёрам, друзьям? От 0 до 10.",
    "manners_good": "Вежлив ли был курьер?",
    "promise_kept": "Привезли ли заказ тогда, когда обещали?",
    "clear": "Всё ли вам понятно?",
    "wishes": "Есть ли у вас возражения или пожелания?",
    "quality": "Что вы скажете об обслуживании и качестве?",
    "plans": "Каковы ваши дальнейшие планы?",
}
EN: Mapping[str, str] = {
    "in_order": "Is everything in order?",
    "content": "Are you content?",
    "nps": "How likely are you to recommend us to colleagues, partners, friends? From 0 to 10.",
    "manners_good": "Was the courier polite?",
    "promise_kept": "Did the order come when it was promised?",
    "clear": "Is all clear to you?",
    "wishes": "Have you any objections or wishes?",
    "quality": "What do you say of the service and the quality?",
    "plans": "What are your plans?",
}
SCRIPTS: Mapping[str, Mapping[str, str]] = {"ru": RU, "en": EN}
OPEN_QUESTIONS = ("clear", "wishes", "quality", "plans")
"""Answered in the customer's own words (R84)."""

OFFERS = (
    "скидк", "акци", "распродаж", "промокод", "купон", "бонус", "выгодн", "спецпредлож", "рекомендуем купить", "предлагаем",
    "купите", "закажите", "новинк", "подар", "discount", "sale", "promo", "coupon", "bonus", "special offer", "buy ", "we offer",
    "order now", "new arrival", "gift",
)  # fmt: skip
"""Beginnings of words that make a question an advertisement."""


def offers_in(text: str) -> list[str]:
    """What in the text is an offer, in the list's order; a script with one is refused."""
    low = text.casefold().replace("ё", "е")
    return [word for word in OFFERS if re.search(rf"(?<!\w){re.escape(word)}", low)]


def faults_of(script: Mapping[str, str]) -> list[str]:
    """Names of questions that hold an offer."""
    return [name for name, text in script.items() if offers_in(text)]
