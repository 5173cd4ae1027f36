"""The words of writing to customers; facts carry them as they stand."""

from enum import StrEnum


class Channel(StrEnum):
    """How it is written."""

    SMS = "sms"
    EMAIL = "email"


class Template(StrEnum):
    """On what occasion: what a message says."""

    ORDER_TAKEN = "order_taken"
    APOLOGY_AND_OFFER = "apology_and_offer"
    DELIVERY_AGREED = "delivery_agreed"
    DELIVERY_REMINDER = "delivery_reminder"
    REFUND_DUE = "refund_due"
    REFUNDED = "refunded"
    QUALITY_SURVEY = "quality_survey"


class Paper(StrEnum):
    """What another service has written whole; there is no template of it here."""

    CLAIM_LETTER = "claim_letter"


class Language(StrEnum):
    """In which language: the customer's."""

    RU = "ru"
    EN = "en"


class Report(StrEnum):
    """What a gateway reports of a message it took: on its way, arrived, or lost for good."""

    ON_WAY = "on_way"
    ARRIVED = "arrived"
    LOST = "lost"
