"""How what people said of feeds and of goods lies in MongoDB."""

from chassis.documents import Documents
from pydantic import TypeAdapter

from procurement.domain.feed_mapping import SupplierMappings

MAPPINGS = Documents(
    collection="feed_mappings",
    states=TypeAdapter(SupplierMappings),
    schema=1,
    listed=lambda _: {},
)
