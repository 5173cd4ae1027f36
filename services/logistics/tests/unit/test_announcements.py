"""What others are told: terms that hold, and what was not somebody's to do (R9, R60)."""

import json
from datetime import date
from pathlib import Path

from contracts.crm import DutyRefusedV1
from contracts.logistics import TermsApprovedV1
from kernel.refused_duty import DutyRefused
from logistics.application.announcements import of_carrier, of_reserved
from logistics.domain import carrier as c
from logistics.domain.carrier import Carrier, Content, Mode, Profile, TermsStage, Version
from logistics.domain.reservation import Reserved
from logistics.domain.reservation_changes import DeliveryCancelled, DeliveryConfirmed
from logistics.testing.agreements import MONDAY

EXAMPLE = Path(__file__).parents[4] / "contracts" / "examples" / "terms.approved.v1.json"
CONTENT = Content("a" * 32, date(2026, 1, 1), "Europe/Moscow", ("moscow", "moscow_region"), 4)
VERSION = Version(
    3, 2, CONTENT, TermsStage.APPROVED, ("lev", "lena"), MONDAY, "owner", MONDAY, date(2026, 3, 2)
)
CARRIER = Carrier("own-couriers", Profile("Свои", Mode.OWN_STAFF, "lena"), (VERSION,))
REFUSED = DutyRefused("approve_terms", "R80", "lena", ("logistician",))


def test_approved_terms_are_told_as_the_contract_has_it() -> None:
    (told,) = of_carrier(c.TermsApproved(VERSION), CARRIER)

    assert told == TermsApprovedV1.model_validate(json.loads(EXAMPLE.read_text(encoding="utf-8")))


def test_drafts_and_their_ends_are_nobody_elses() -> None:
    for change in (
        c.CarrierDescribed("own-couriers", CARRIER.profile),
        c.TermsWritten(VERSION),
        c.TermsRejected(VERSION),
        c.TermsWithdrawn(VERSION),
    ):
        assert of_carrier(change, CARRIER) == []


def test_a_refused_duty_is_told_with_the_thing_it_was_about() -> None:
    (of_terms,), (of_order,) = of_carrier(REFUSED, CARRIER), of_reserved(REFUSED, Reserved("o-1"))

    assert isinstance(of_terms, DutyRefusedV1)
    assert isinstance(of_order, DutyRefusedV1)
    assert (of_terms.thing_id, of_terms.story()) == ("own-couriers", "own-couriers")
    assert (of_order.thing_id, of_order.order_id, of_order.rule) == ("o-1", "o-1", "R80")


def test_reservations_are_told_to_nobody() -> None:
    for change in (DeliveryConfirmed("o-1", "r-1"), DeliveryCancelled("o-1", MONDAY)):
        assert of_reserved(change, Reserved("o-1")) == []
