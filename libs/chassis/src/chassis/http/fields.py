"""Types for request models that MongoDB and JSON can keep: no NUL, no lone surrogates, no integer beyond 64 bits."""

from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

GREATEST = 2**53 - 1
"""The greatest integer that every JSON reader keeps exact."""


def storable(text: str) -> str:
    """Refuse what no store can keep."""
    if "\x00" in text or any("\ud800" <= each <= "\udfff" for each in text):
        raise ValueError("a character that no text has")
    return text


def readable(text: str) -> str:
    """Refuse control characters that no person types; new lines and tabs may stand."""
    if any(ord(each) < ord(" ") and each not in "\n\r\t" for each in text):
        raise ValueError("a control character")
    return storable(text)


Line = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300), AfterValidator(readable)
]
"""A short text."""

Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=4000), AfterValidator(readable)]
"""A longer text, may be empty."""

Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.:@-]{0,119}$")]
"""The id of a thing, as it may stand in a path."""

Count = Annotated[int, Field(ge=0, le=1_000_000)]
"""How many of something."""

Minor = Annotated[int, Field(ge=0, le=GREATEST)]
"""A sum in minor units."""
