"""The words of claims."""

from enum import StrEnum


class Kind(StrEnum):
    """What it is about."""

    GOODS = "goods"
    DELIVERY = "delivery"
    SERVICE = "service"
    REVIEW = "review"


class Origin(StrEnum):
    """Who brought it."""

    QUALITY = "quality"
    PERSON = "person"
    DELIVERY_FAILED = "delivery_failed"
    REVIEW = "review"
    SITE = "site"


class Stage(StrEnum):
    """How sharp it has become (R76). It never becomes blunt again."""

    COMPLAINT = "complaint"
    PRETRIAL = "pretrial"
    COURT = "court"


SHARPNESS = (Stage.COMPLAINT, Stage.PRETRIAL, Stage.COURT)


class Demand(StrEnum):
    """What the customer wants, as far as the law counts days for it."""

    REFUND = "refund"
    PRICE_CUT = "price_cut"
    DAMAGES = "damages"
    REPLACEMENT = "replacement"
    REPAIR = "repair"
    DISTANCE_REFUND = "distance_refund"
    EXCHANGE_REFUND = "exchange_refund"
    LOAN_ITEM = "loan_item"
    PREPAID_REFUND = "prepaid_refund"


BY_GOODS = frozenset({Demand.REPLACEMENT, Demand.REPAIR, Demand.LOAN_ITEM})
"""Met by an item, not by money."""


class Extension(StrEnum):
    """Why the law gives more time; nothing else does (art. 21). `next_delivery`: the Far North, on the customer's application."""

    EXTRA_CHECK = "extra_check"
    NONE_IN_STOCK = "none_in_stock"
    NEXT_DELIVERY = "next_delivery"


class Verdict(StrEnum):
    """What the shop does about the demand."""

    SATISFIED = "satisfied"
    PARTLY = "partly"
    REFUSED = "refused"


class Step(StrEnum):
    """The script of a talk (R75)."""

    HEAR = "hear"
    RESTATE = "restate"
    EMPATHISE = "empathise"
    AGREE = "agree"


class Outcome(StrEnum):
    """How it ended (R79)."""

    CONFIRMED = "confirmed"
    UNANSWERED = "unanswered"
    SOLVED_BY_INSTRUCTION = "solved_by_instruction"
    WITHDRAWN = "withdrawn"


class Chosen(StrEnum):
    """How the owner of a claim was found."""

    RULE = "rule"
    TAKEN = "taken"
    LAST_RESORT = "last_resort"


class Guests(StrEnum):
    """Who may be brought in (R7)."""

    LEGAL = "legal"
    MANAGEMENT = "management"


class Channel(StrEnum):
    """How something reached, or is sent to, the customer."""

    PHONE = "phone"
    EMAIL = "email"
    POST = "post"
    MESSENGER = "messenger"
    IN_PERSON = "in_person"


class Answer(StrEnum):
    """What the customer answered when asked to hand in the item."""

    WILL_BRING = "will_bring"
    REFUSED = "refused"
    NO_ANSWER = "no_answer"
    HANDED_IN = "handed_in"


class Paper(StrEnum):
    """Letters that claims writes."""

    RECEIVED = "received"
    ITEM_ASKED = "item_asked"
    DECISION = "decision"
