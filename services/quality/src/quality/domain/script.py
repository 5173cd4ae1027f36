"""What is asked after a delivery, word for word, until the shop words it otherwise; it stays a service call (Law on Advertising art. 18, market-facts.md 2)."""

import re
from collections.abc import Mapping, Sequence

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


LEADING = (
    "ведь ", "не правда ли", "правда ли, что", "не так ли", "согласитесь", "согласны ли вы, что", "надеемся", "конечно",
    "уверены, что вам", "вам же ", "isn't it", "aren't you", "don't you", "didn't you", "wasn't it", "surely",
    "of course", "we hope", "do you agree that", "we are sure",
)  # fmt: skip
"""Words by which a question foretells its answer."""
LONGEST = 200


def offers_in(text: str) -> list[str]:
    """What in the text is an offer, in the list's order; a script with one is refused."""
    return _found(text, OFFERS)


def leads_in(text: str) -> list[str]:
    """By what the question leads to an answer: what is said then is worth nothing (R84, R90)."""
    return _found(text, LEADING)


def faults_in(script: Mapping[str, str], language: str) -> list[str]:
    """Why it may not be asked so; each in a sentence, each once. NPS is one exact question (R85)."""
    shipped = SCRIPTS[language]
    found = [f"{name}: is missing" for name in shipped if name not in script]
    found += [f"{name}: there is no such question" for name in script if name not in shipped]
    for name, text in script.items():
        if "?" not in text or not text.strip() or len(text) > LONGEST:
            found.append(f"{name}: is no question of 1 to {LONGEST} characters")
        found += [f"{name}: «{word.strip()}» is an offer" for word in offers_in(text)]
        found += [f"{name}: «{word.strip()}» leads to the answer" for word in leads_in(text)]
    if script.get("nps", shipped["nps"]) != shipped["nps"]:
        found.append("nps: is asked word for word")
    return found


def _found(text: str, words: Sequence[str]) -> list[str]:
    low = text.casefold().replace("ё", "е")
    return [word for word in words if re.search(rf"(?<!\w){re.escape(word)}", low)]
