"""How webhook endpoints and deliveries lie in MongoDB. Where an endpoint is and what signs for it is sealed."""

from chassis.documents import Documents, Listed
from pydantic import TypeAdapter

from notifications.domain.delivery import Delivery
from notifications.domain.endpoint import Endpoint


def _endpoint(endpoint: Endpoint) -> dict[str, Listed]:
    return {"shop_id": endpoint.shop_id, "state": endpoint.state, "created_at": endpoint.created_at}


def _delivery(delivery: Delivery) -> dict[str, Listed]:
    return {
        "endpoint_id": delivery.owed.endpoint_id,
        "state": delivery.state,
        "created_at": delivery.created_at,
        "began_at": delivery.began_at,
        "ended_at": delivery.ended_at,
    }


ENDPOINTS: Documents[Endpoint] = Documents(
    collection="webhook_endpoints",
    states=TypeAdapter(Endpoint),
    schema=1,
    listed=_endpoint,
    indexes=(("shop_id", "created_at"), ("state",)),
    sealed=("keys.*.secret", "wanted.url", "wanted.email"),
)

DELIVERIES: Documents[Delivery] = Documents(
    collection="webhook_deliveries",
    states=TypeAdapter(Delivery),
    schema=1,
    listed=_delivery,
    indexes=(
        ("endpoint_id", "created_at"),
        ("endpoint_id", "state", "created_at"),
        ("state", "began_at"),
        ("ended_at",),
    ),
)
