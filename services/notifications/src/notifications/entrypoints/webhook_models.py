"""What is asked about webhooks over HTTP, and what is answered."""

from datetime import datetime, timedelta
from typing import Annotated, Literal

from chassis.http.fields import Id
from kernel.personal import Personal
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from notifications.domain.delivery import Delivery
from notifications.domain.endpoint import Endpoint, Wanted

Pattern = Annotated[str, StringConstraints(max_length=100)]
Patterns = Annotated[list[Pattern], Field(min_length=1, max_length=50)]
A_MONTH = timedelta(days=30)


class Asked(BaseModel):
    model_config = ConfigDict(extra="forbid")


class EndpointIn(Asked):
    """Where to, which facts, and who is warned when it fails."""

    url: str = Field(min_length=1, max_length=2000)
    types: Patterns = Field(description="`*`, `order.*`, `order.created` or `order.created.v1`.")
    email: Annotated[str, StringConstraints(max_length=254, pattern=r"^[^@\s]+@[^@\s]+$")] | None = None
    language: Literal["ru", "en"] = "ru"

    def wanted(self) -> Wanted:
        """In the domain's words."""
        email = Personal(self.email) if self.email else None
        return Wanted(Personal(self.url), tuple(dict.fromkeys(self.types)), email, self.language)


class EndpointOpenIn(EndpointIn):
    shop_id: Id


class RotateIn(Asked):
    keep_old: timedelta = Field(
        default=timedelta(days=1),
        ge=timedelta(),
        le=A_MONTH,
        description="So long the secrets before sign as well.",
    )


class ReplayIn(Asked):
    """All that was owed from a moment on; `cursor` goes on where the last answer ended."""

    since: AwareDatetime
    types: Patterns = Field(default=["*"])
    cursor: str | None = Field(default=None, max_length=600)


class EndpointOut(BaseModel):
    endpoint_id: str
    shop_id: str
    url: str
    types: list[str]
    email: str | None
    language: str
    state: str
    why: str | None = Field(description="Who or what switched it: asked, failing, gone.")
    failing_since: datetime | None
    secrets: int = Field(description="How many sign now: more than one while one is being replaced.")
    created_at: datetime
    created_by: str


class SecretOut(BaseModel):
    endpoint_id: str
    version: int
    secret: str | None = Field(description="Shown once; none when asked again.")


class TryOut(BaseModel):
    at: datetime
    status: int | None
    milliseconds: int
    fault: str | None


class DeliveryOut(BaseModel):
    """The log of a delivery; what the receiver answered besides the status is kept nowhere."""

    delivery_id: str = Field(description="Sent as `webhook-id`.")
    endpoint_id: str
    type: str
    event_id: str
    event_time: datetime
    state: str
    reason: str | None
    round: int
    tries: int
    next_try_at: datetime | None
    created_at: datetime
    ended_at: datetime | None
    log: list[TryOut]


class ReplayedOut(BaseModel):
    replayed: int
    next: str | None = Field(description="Ask again with this `cursor` while there is one.")


def endpoint_out(endpoint: Endpoint, at: datetime) -> EndpointOut:
    """As its keepers see it; never a secret."""
    wanted = endpoint.wanted
    return EndpointOut(
        endpoint_id=endpoint.endpoint_id,
        shop_id=endpoint.shop_id,
        url=wanted.url.value,
        types=list(wanted.types),
        email=wanted.email.value if wanted.email else None,
        language=wanted.language,
        state=endpoint.state,
        why=endpoint.why,
        failing_since=endpoint.failing_since,
        secrets=len(endpoint.secrets(at)),
        created_at=endpoint.created_at,
        created_by=endpoint.by,
    )


def delivery_out(delivery: Delivery) -> DeliveryOut:
    """As its keepers see it."""
    owed = delivery.owed
    return DeliveryOut(
        delivery_id=owed.delivery_id,
        endpoint_id=owed.endpoint_id,
        type=owed.type,
        event_id=owed.fact_id,
        event_time=owed.told_at,
        state=delivery.state,
        reason=delivery.reason,
        round=delivery.round,
        tries=delivery.tries,
        next_try_at=delivery.due_at if delivery.state == "waiting" else None,
        created_at=delivery.created_at,
        ended_at=delivery.ended_at,
        log=[
            TryOut(at=each.at, status=each.status, milliseconds=each.milliseconds, fault=each.fault)
            for each in delivery.log
        ],
    )
