"""How what people said of feeds and of goods lies in MongoDB."""

from chassis.documents import Documents
from pydantic import TypeAdapter

from procurement.domain.feed_mapping import SupplierMappings
from procurement.domain.match import Match

MAPPINGS = Documents(
    collection="feed_mappings",
    states=TypeAdapter(SupplierMappings),
    schema=1,
    listed=lambda _: {},
)

MATCHES = Documents(
    collection="matches",
    states=TypeAdapter(Match),
    schema=1,
    listed=lambda match: {
        "supplier_id": match.supplier_id,
        "state": match.standing.value,
        "best": round(match.best * 100),
    },
    indexes=(("supplier_id", "state", "best"), ("state", "best"), ("best",)),
)
