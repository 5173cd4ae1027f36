"""What suppliers write where a number of pieces should stand. Pure."""

import re

THERE = frozenset(
    [
        "true", "yes", "y", "да", "есть", "в наличии", "наличие", "на складе", "имеется", "много", "достаточно", "мало",
        "in stock", "instock", "available", "many", "few", "low", "high", "+", "++", "+++", "++++", "*", "**", "***", "✓", "✔",
        "средне", "ограничено", "больше 10", "более 10",
    ]
)  # fmt: skip
"""There is some, and nobody says how much (R22)."""

NOT_THERE = frozenset(
    [
        "false", "no", "n", "нет", "нет в наличии", "нет на складе", "отсутствует", "закончился", "закончилось", "под заказ",
        "на заказ", "ожидается", "в пути", "снят", "снято", "снят с производства", "снято с производства", "out of stock",
        "outofstock", "unavailable", "sold out", "preorder", "pre-order", "on order", "backorder", "discontinued", "none",
        "-", "--", "—", "–", "х", "x",
    ]
)  # fmt: skip
"""Nothing that could be sent today."""

PIECES = re.compile(r"[>≥<≤~]?=?\s*-?[\d\s]{1,15}(?:[.,]\d+)?\s*\+?\s*(?:шт|штук|pcs|ед|уп)?\.?")


def plain(text: str) -> str:
    """A word as it is looked up."""
    return " ".join(text.casefold().replace("ё", "е").split()).rstrip(".!")


def says_there(text: str) -> bool | None:
    """Whether the words say that there is some; None when they say neither."""
    word = plain(text)
    return True if word in THERE else False if word in NOT_THERE else None


def is_a_number_of_pieces(text: str) -> bool:
    """`12`, `>10`, `5 шт.`; not a word."""
    return PIECES.fullmatch(text.strip().casefold()) is not None and any(map(str.isdigit, text))


def pieces_in(text: str) -> str:
    """A number of pieces without its unit. Less than ten is not ten: where only a ceiling is told, nothing is counted."""
    bare = re.sub(r"(?:шт|штук|pcs|ед|уп)\.?$", "", text.strip().casefold()).strip()
    return "" if bare[:1] in "<≤" else bare.lstrip("~")
