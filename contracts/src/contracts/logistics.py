"""Facts published by logistics."""

from datetime import date
from typing import ClassVar

from contracts.fact import Fact, published
from contracts.values import Code, Count, Id


@published
class TermsApprovedV1(Fact):
    """A version of a carrier's terms was approved by somebody else than who wrote it, and holds from a date on (R60).

    Promises are built from these terms and name the version (R65). `effective_from` is a day of the carrier's time zone.
    """

    topic: ClassVar[str] = "terms.approved"
    type: ClassVar[str] = "terms.approved.v1"
    carrier_id: Id
    version: Count
    effective_from: date
    zones: tuple[Code, ...]
    points: Count
    written_by: Id
    approved_by: Id

    def subject(self) -> str:
        return self.carrier_id
