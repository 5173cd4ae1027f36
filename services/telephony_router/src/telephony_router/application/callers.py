"""Who rings, and which of our numbers: as providers write them, and as they are looked for."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from kernel.phone import NotAPhone, Phone

from telephony_router.domain.situation import Call

SHOWN = re.compile(r"(?:sips?:)?(\+?0*[1-9]\d{2,14})(?:[@;].*)?")
BETWEEN = re.compile(r"[\s().-]")


@dataclass(frozen=True, slots=True)
class Caller:
    """`phone` is None when the number is hidden."""

    phone: Phone | None
    hash: str | None


@dataclass(frozen=True, slots=True)
class Line:
    """One of our numbers: the word for it, and the shop it belongs to."""

    name: str
    shop_id: str


@dataclass(frozen=True, slots=True)
class Callers:
    """`lines` by E.164; a number that nobody entered is the usual line."""

    key: bytes
    usual: Line
    lines: Mapping[str, Line] = field(default_factory=dict[str, Line])

    def caller(self, raw: str | None) -> Caller:
        """The number in any spelling: 8, +7, foreign, a SIP address, with an extension. One that no plan of numbers has, as of an
        extension elsewhere or of a range that is new, is kept as it was shown, so that he can be rung back.
        """
        text = unquote(raw or "")
        phone = parsed(text) or _as_shown(text)
        return Caller(phone, phone.keyed_hash(self.key) if phone else None)

    def line(self, raw: str | None) -> Line:
        """Which of our numbers was rung."""
        phone = parsed(raw)
        return self.lines.get(phone.e164, self.usual) if phone else self.usual

    def number_of(self, name: str, shop_id: str) -> str | None:
        """Which number a line is, if it was entered."""
        line = Line(name, shop_id)
        return next((number for number, each in self.lines.items() if each == line), None)

    def call(self, caller: Caller, line: Line) -> Call:
        """As routing sees it."""
        return Call(caller.phone is not None, line.name)


def parsed(raw: str | None) -> Phone | None:
    """The number, if it is one."""
    try:
        return Phone.parse(raw or "")
    except NotAPhone:
        return None


def _as_shown(text: str) -> Phone | None:
    digits = SHOWN.fullmatch(BETWEEN.sub("", text))
    return Phone(digits[1]) if digits else None
