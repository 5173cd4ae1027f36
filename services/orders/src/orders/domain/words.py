"""The words of an order: short lists of ours, each a code in facts and answers."""

from enum import StrEnum


class Channel(StrEnum):
    """Where the order came from, or how the customer was contacted (R3)."""

    SITE = "site"
    PHONE = "phone"
    CHAT = "chat"
    MESSENGER = "messenger"
    SMS = "sms"
    EMAIL = "email"
    POINT = "point"


class Language(StrEnum):
    """In which the customer is written to."""

    RU = "ru"
    EN = "en"


class Preference(StrEnum):
    """Whether the customer may be called (R26)."""

    ANY = "any"
    NO_CALLS = "no_calls"


class Supply(StrEnum):
    """How far procurement is with the goods."""

    SOUGHT = "sought"
    ALLOCATED = "allocated"
    SHORT = "short"
    RELEASED = "released"


class Chosen(StrEnum):
    """How the responsible person was chosen; a person's choice is not undone by a rule."""

    DEFAULT = "default"
    RULE = "rule"
    CUSTOMER_OWNER = "customer_owner"
    PERSON = "person"


class AttemptOutcome(StrEnum):
    """What came of an attempt to contact the customer."""

    REACHED = "reached"
    NO_ANSWER = "no_answer"
    BUSY = "busy"
    WRONG_NUMBER = "wrong_number"
    CALL_LATER = "call_later"
    SENT = "sent"


class CancelReason(StrEnum):
    """Why an order is cancelled (R27)."""

    CHANGED_MIND = "changed_mind"
    FOUND_CHEAPER = "found_cheaper"
    ORDERED_TWICE = "ordered_twice"
    OUT_OF_STOCK = "out_of_stock"
    DELIVERY_TOO_LATE = "delivery_too_late"
    PRICE_MISTAKE = "price_mistake"
    FRAUD_SUSPECTED = "fraud_suspected"
    TEST = "test"


OUR_FAULT = frozenset({CancelReason.OUT_OF_STOCK, CancelReason.DELIVERY_TOO_LATE, CancelReason.PRICE_MISTAKE})
"""Reasons after which the customer is not let go without an offer (R25, R27)."""
