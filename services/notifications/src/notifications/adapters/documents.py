"""How messages, templates, and what is known of orders and shops lie in MongoDB."""

from typing import Annotated

from chassis.documents import Documents, Listed
from pydantic import Field, TypeAdapter

from notifications.application.zones import ShopZone
from notifications.domain.correspondence import Correspondence
from notifications.domain.message import Delivered, Dropped, Failed, Message, Sending, Sent, Waiting
from notifications.domain.template import Template

_MESSAGES: TypeAdapter[Message] = TypeAdapter(
    Annotated[Waiting | Sending | Sent | Delivered | Failed | Dropped, Field(discriminator="kind")]
)


def _listed(message: Message) -> dict[str, Listed]:
    writing = message.writing
    gateway = None if isinstance(message, Waiting | Sending | Dropped) else message.gateway
    id_ = None if isinstance(message, Waiting | Sending | Dropped) else message.gateway_id
    return {
        "order_id": writing.order_id,
        "customer_id": writing.customer_id,
        "state": message.kind,
        "channel": writing.channel.value,
        "template": writing.template.value,
        "written_at": writing.written_at,
        "gateway_id": f"{gateway}/{id_}" if gateway and id_ else None,
    }


MESSAGES: Documents[Message] = Documents(
    collection="messages",
    states=_MESSAGES,
    schema=1,
    listed=_listed,
    indexes=(
        ("order_id", "written_at"),
        ("order_id", "state"),
        ("customer_id",),
        ("state", "written_at"),
        ("written_at",),
        ("gateway_id",),
    ),
    sealed=("trail.masked",),
)

KNOWN: Documents[Correspondence] = Documents(
    collection="correspondence", states=TypeAdapter(Correspondence), schema=1, listed=lambda _: {}
)

TEMPLATES: Documents[Template] = Documents(
    collection="templates", states=TypeAdapter(Template), schema=1, listed=lambda _: {}
)

SHOPS: Documents[ShopZone] = Documents(
    collection="shops", states=TypeAdapter(ShopZone), schema=1, listed=lambda _: {}
)
