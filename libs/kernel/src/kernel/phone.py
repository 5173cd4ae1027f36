"""A phone number: E.164, printed masked, looked up by a keyed hash (market-facts.md 3 and 10)."""

import hashlib
import hmac
import re
from dataclasses import dataclass

import phonenumbers

HIDDEN = {
    "", "anonymous", "restricted", "unknown", "unavailable", "private", "withheld", "hidden",
    "скрыт", "скрытый номер", "номер скрыт", "номер не определен", "номер не определён", "неизвестный номер",
}  # fmt: skip
EXTENSION = re.compile(r"(?:внутр|вн|доп)[а-я]*[.:]?\s*(?=\d+\s*$)", re.IGNORECASE)
"""Words for an extension that phonenumbers does not know; it does know `доб.`."""
TAIL = 4
MIDDLE = 3
LONGEST = 250
"""Beyond this phonenumbers gives up as well."""


class NotAPhone(ValueError):
    """No number that can be called. The text never holds what was given."""


@dataclass(frozen=True, slots=True, repr=False)
class Phone:
    """`e164` is the raw value, for who may know it; `str` and `repr` are masked."""

    e164: str
    extension: str | None = None

    @classmethod
    def parse(cls, raw: str, region: str = "RU") -> "Phone":
        """Read a number as people and exchanges write it; raise `NotAPhone`.

        Understands `8 (800) …`, `8 10 …`, `00…`, `sip:` and `tel:` addresses and extensions (`доб. 12`, `;ext=5`).
        """
        text = _dialled(raw)
        if text.lower() in HIDDEN:
            raise NotAPhone("the number is hidden")
        try:
            number = phonenumbers.parse(text, region)
        except phonenumbers.NumberParseException as wrong:
            raise NotAPhone("not a phone number") from wrong
        if not phonenumbers.is_valid_number(number):
            raise NotAPhone("not a number in use; does it lack the city code?")
        return cls(
            phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164), number.extension or None
        )

    def keyed_hash(self, key: bytes) -> str:
        """HMAC-SHA256 of the E.164 number, hex: the same for every spelling, useless without the key."""
        return hmac.new(key, self.e164.encode(), hashlib.sha256).hexdigest()

    def __str__(self) -> str:
        head = max(2, len(self.e164) - TAIL - MIDDLE)
        return f"{self.e164[:head]}***{self.e164[head + MIDDLE :]}"

    def __repr__(self) -> str:
        return f"Phone({self})"


def _dialled(raw: str) -> str:
    """What would be dialled: an exchange's address without its host, `00` as the `+` it stands for."""
    text = raw.strip()[:LONGEST]
    if text.endswith(">") and "<" in text:  # "Name" <sip:number@host>
        text = text[text.rindex("<") + 1 : -1]
    if text.lower().startswith(("sip:", "sips:")):
        text = re.split("[@;]", text.split(":", 1)[1])[0]
    return EXTENSION.sub("доб. ", re.sub(r"^\s*00\s*", "+", text)).strip()
