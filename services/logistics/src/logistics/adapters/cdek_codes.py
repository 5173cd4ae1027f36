"""CDEK's words in ours: statuses (appendix 1) and extra reasons (appendix 2), as data (market-facts.md 5)."""

from collections.abc import Mapping
from dataclasses import dataclass

from logistics.domain.failing import Source
from logistics.domain.shipment_stage import ShipmentStage

S = ShipmentStage

ON_THE_WAY = (
    "READY_TO_SHIP_AT_SENDING_OFFICE",
    "PASSED_TO_CARRIER_AT_SENDING_OFFICE",
    "SEND_TO_TRANSIT_OFFICE",
    "MET_AT_TRANSIT_OFFICE",
    "ACCEPTED_TO_OFFICE_TRANSIT_WAREHOUSE",
    "READY_TO_SHIP_IN_TRANSIT_OFFICE",
    "PASSED_TO_CARRIER_AT_TRANSIT_OFFICE",
    "SEND_TO_SENDING_OFFICE",
    "SEND_TO_RECIPIENT_OFFICE",
    "MET_AT_SENDING_OFFICE",
    "MET_AT_RECIPIENT_OFFICE",
    "ENTERED_TO_OFFICE_TRANSIT_WAREHOUSE",
    "ENTERED_TO_DELIVERY_WAREHOUSE",
    "ENTERED_TO_WAREHOUSE_ON_DEMAND",
    "READY_FOR_SHIPMENT_IN_SENDER_CITY",
    "SENT_TO_TRANSIT_CITY",
    "SENT_TO_TRANSIT_CIT",
    "SENT_TO_RECIPIENT_CITY",
    "ACCEPTED_IN_TRANSIT_CITY",
    "ACCEPTED_IN_TRANSIT_CIT",
    "ACCEPTED_IN_RECIPIENT_CITY",
    "ACCEPTED_AT_TRANSIT_WAREHOUSE",
    "ACCEPTED_AT_TRANSIT_WAREHOUS",
    "TAKEN_BY_TRANSPORTER_FROM_SENDER_CITY",
    "TAKEN_BY_TRANSPORTER_FROM_SENDER_CIT",
    "TAKEN_BY_TRANSPORTER_FROM_TRANSIT_CITY",
    "IN_CUSTOMS_INTERNATIONAL",
    "IN_CUSTOMS_LOCAL",
    "CUSTOMS_COMPLETE",
    "SHIPPED_TO_DESTINATION",
    "PASSED_TO_TRANSIT_CARRIER",
)
"""Several are spelled cut in the published lists; both spellings are read."""
HELD = frozenset({"RETURNED_TO_SENDER_WAREHOUSE", "RETURNED_TO_TRANSIT_WAREHOUSE"})
"""It went back a step and lies there: after some hours somebody asks why."""

STAGES: Mapping[str, ShipmentStage] = {
    "ACCEPTED": S.REGISTERED,
    "CREATED": S.REGISTERED,
    "RECEIVED_AT_SHIPMENT_WAREHOUSE": S.PICKED_UP,
    **dict.fromkeys(ON_THE_WAY, S.IN_TRANSIT),
    **dict.fromkeys(sorted(HELD), S.IN_TRANSIT),
    "ACCEPTED_AT_DELIVERY_WAREHOUSE": S.AT_DELIVERY_HUB,
    "ACCEPTED_AT_WAREHOUSE_ON_DEMAND": S.READY_FOR_PICKUP,
    "ACCEPTED_AT_PICK_UP_POINT": S.READY_FOR_PICKUP,
    "POSTOMAT_POSTED": S.READY_FOR_PICKUP,
    "ISSUED_FOR_DELIVERY": S.OUT_FOR_DELIVERY,
    "TAKEN_BY_COURIER": S.OUT_FOR_DELIVERY,
    "RETURNED_TO_DELIVERY_WAREHOUSE": S.ATTEMPT_FAILED,
    "RETURNED_TO_RECIPIENT_CITY_WAREHOUSE": S.ATTEMPT_FAILED,
    "POSTOMAT_SEIZED": S.ATTEMPT_FAILED,
    "DELIVERED": S.DELIVERED,
    "POSTOMAT_RECEIVED": S.DELIVERED,
    "NOT_DELIVERED": S.FAILED,
    "REMOVED": S.CANCELLED,
}
"""A status that is not here is on the way, counted and written down; it is never an error."""
NO_ORDER = "INVALID"
"""It never became an order; registering says why."""
FINAL = frozenset({S.DELIVERED, S.FAILED, S.CANCELLED})
"""No unknown status moves it from here."""
FAILING = frozenset({S.ATTEMPT_FAILED, S.FAILED})


@dataclass(frozen=True, slots=True)
class Why:
    """Why it went wrong, and whose doing it is at first sight (R50, R51)."""

    reason: str
    source: Source


MANAGER, WAREHOUSE, CARRIER, CUSTOMER = (
    Source.MANAGER,
    Source.WAREHOUSE,
    Source.COURIER_SERVICE,
    Source.CUSTOMER,
)
REASONS: Mapping[str, Why] = {
    "1": Why("wrong_address", MANAGER),
    "2": Why("no_contact", CUSTOMER),
    "3": Why("wrong_address", CUSTOMER),
    "4": Why("data_error", WAREHOUSE),
    "5": Why("shortage", WAREHOUSE),
    "6": Why("data_error", WAREHOUSE),
    "7": Why("promise_error", MANAGER),
    "8": Why("damage", WAREHOUSE),
    "9": Why("damage", CARRIER),
    "10": Why("damage", CARRIER),
    "11": Why("refusal", CUSTOMER),
    "12": Why("refused_quality", WAREHOUSE),
    "13": Why("shortage", WAREHOUSE),
    "14": Why("mis_sort", WAREHOUSE),
    "15": Why("delay", CARRIER),
    "16": Why("refusal", CUSTOMER),
    "17": Why("refusal", CUSTOMER),
    "18": Why("data_error", MANAGER),
    "19": Why("damage", CARRIER),
    "20": Why("refusal", CUSTOMER),
    "21": Why("refusal", CUSTOMER),
    "22": Why("refusal", CUSTOMER),
    "23": Why("no_pickup", CUSTOMER),
    "24": Why("customs", CARRIER),
    "25": Why("customs", CARRIER),
    "26": Why("loss", CARRIER),
    "27": Why("loss", CARRIER),
    "31": Why("recall", MANAGER),
    "32": Why("recall", MANAGER),
    "33": Why("customs", CARRIER),
}
"""Where the table says `ask`, the carrier is asked first; a person may think the source again."""
PARTIAL = "20"
"""Delivered in part: he says by article how many pieces."""
OUR_WISH = frozenset({"11", "31", "32"})
"""What we called back ourselves is not delivered for one of these."""
NO_REASON = Why("other", CARRIER)
SEIZED = Why("no_pickup", CUSTOMER)
"""Taken out of the parcel terminal: the storage term was over."""
