"""Facts of incidents, published by logistics. The story of each is its order, where it has one."""

from typing import ClassVar, Literal

from pydantic import AwareDatetime

from contracts.fact import Fact, Value, published
from contracts.values import Code, Count, Id, MoneyV1


class IncidentV1(Value):
    """Something went wrong on the way. `source` is one of five (R50); `level` how far it was escalated (R54)."""

    incident_id: Id
    order_id: Id | None = None
    shipment_id: Id | None = None
    carrier_id: Id | None = None
    kind: (
        Literal[
            "mis_sort",
            "delay",
            "loss",
            "damage",
            "shortage",
            "refusal",
            "wrong_address",
            "no_contact",
            "no_pickup",
            "promise_error",
            "data_error",
            "other",
        ]
        | Code
    )
    source: Literal["manager", "warehouse", "own_courier", "courier_service", "customer"] | Code
    owner_id: Id
    level: Count = 0
    due_at: AwareDatetime
    at_stake: MoneyV1


class IncidentFact(Fact):
    incident: IncidentV1

    def subject(self) -> str:
        return self.incident.incident_id

    def story(self) -> str:
        return self.incident.order_id or self.incident.incident_id


@published
class IncidentOpenedV1(IncidentFact):
    """Trouble is known, has an owner and a deadline (R49-R53)."""

    topic: ClassVar[str] = "incident.opened"
    type: ClassVar[str] = "incident.opened.v1"


@published
class IncidentEscalatedV1(IncidentFact):
    """The partner did not settle it in time; the next one on the ladder is asked (R54)."""

    topic: ClassVar[str] = "incident.escalated"
    type: ClassVar[str] = "incident.escalated.v1"
    reason: Code


@published
class IncidentClosedV1(IncidentFact):
    """Settled, with its cause and the measure taken; `lost` is what it cost us, `recovered` what others paid (R55)."""

    topic: ClassVar[str] = "incident.closed"
    type: ClassVar[str] = "incident.closed.v1"
    cause: Code
    measure: Code
    lost: MoneyV1
    recovered: MoneyV1
    customer_kept: bool
    by: Id
