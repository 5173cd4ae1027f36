"""The last line of defence: what looks like a phone number or an e-mail address is struck out, wherever it stands.

Nothing personal should come so far. Names and addresses have no look of their own: they are kept out by `kernel`'s types,
which print themselves masked, and by never writing what a request held.
"""

import re
from typing import Any, cast

_GAP = r"[\s().\-]{0,3}"
INTERNATIONAL = re.compile(rf"(?:\+|%2[Bb])\d(?:{_GAP}\d){{7,14}}(?!\w)")
RUSSIAN = re.compile(rf"(?<![\w.\-])[78](?:{_GAP}\d){{10}}(?![\w\-])")
MOBILE = re.compile(rf"(?<![\w.\-])9\d{{2}}(?:{_GAP}\d){{7}}(?![\w\-])")
MAIL = re.compile(r"[\w.+\-]+@[\w\-]+\.[\w.\-]+")


def masked(text: str) -> str:
    """The text, with what looks personal struck out, and with no half of a character left in it."""
    if not text.isascii():
        text = text.encode(errors="backslashreplace").decode()
    for phone in (INTERNATIONAL, RUSSIAN, MOBILE):
        text = phone.sub("‹phone›", text)
    return MAIL.sub("‹e-mail›", text) if "@" in text else text


def masked_deep(value: Any) -> Any:
    """The same of whatever a log line or a span holds; what is no plain value is taken by its representation."""
    match value:
        case None | bool() | float():
            return value
        case int():
            return masked(str(value)) if RUSSIAN.fullmatch(str(value)) else value
        case str():
            return masked(value)
        case dict():
            named = cast("dict[Any, Any]", value)
            return {masked(str(name)): masked_deep(each) for name, each in named.items()}
        case list() | tuple() | set() | frozenset():
            return [masked_deep(each) for each in cast("list[Any]", value)]
        case _:
            return masked(repr(value))
