"""A phone number, and other words about a person, in a request."""

from typing import Annotated

from kernel.personal import Personal
from kernel.phone import NotAPhone, Phone
from pydantic import AfterValidator, StringConstraints


def _callable(raw: str) -> str:
    try:
        Phone.parse(raw)
    except NotAPhone as wrong:
        raise ValueError("not a phone number") from wrong
    return raw


PhoneIn = Annotated[str, StringConstraints(max_length=60), AfterValidator(_callable)]
"""A number that can be called, in any spelling."""


def phone_of(given: str | None) -> Phone | None:
    """The number, if one was given."""
    return Phone.parse(given) if given else None


def personal(given: str | None) -> Personal | None:
    """The words, if any were given."""
    return Personal(given) if given else None
