"""What quality and claims tell, in our own words."""

from contracts.claims import ClaimLetterIssuedV1
from contracts.quality import QualityCallV1

from notifications.application.corresponding import Whose
from notifications.domain.message import Letter

BY_LINK = frozenset({"survey_link", "link_first"})
"""How a customer is asked who gets a link: only so, or before he is called (R26)."""
EMAIL = "email"


def asked_about(told: QualityCallV1) -> Whose:
    """The customer of a delivered order."""
    return Whose(told.order_id, told.shop_id, told.customer_id)


def claimant(told: ClaimLetterIssuedV1) -> Whose:
    """Who made the claim."""
    claim = told.claim
    return Whose(claim.order_id, claim.shop_id, claim.customer_id)


def letter_of(told: ClaimLetterIssuedV1) -> Letter:
    """The letter, by the id that claims knows it by."""
    return Letter(told.claim.claim_id, told.letter_id)
