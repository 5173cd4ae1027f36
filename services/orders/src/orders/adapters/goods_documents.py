"""How what orders knows of products lies in MongoDB: counts of answers, sale stops, accessories."""

from datetime import timedelta

from chassis.documents import Documents
from pydantic import TypeAdapter

from orders.application.following import Sale
from orders.domain.pairs import Pair
from orders.domain.product_links import ProductLinks

PAIRS: Documents[Pair] = Documents(
    collection="pairs",
    states=TypeAdapter(Pair),
    schema=1,
    listed=lambda pair: {"kind": pair.kind.value, "product_id": pair.product_id, "month": pair.month},
    indexes=(("kind", "product_id", "month"), ("kind", "month")),
    history_kept=timedelta(days=7),  # a pair that sells well changes all day long
)

SALES: Documents[Sale] = Documents(
    collection="sales", states=TypeAdapter(Sale), schema=1, listed=lambda _: {}
)

PRODUCT_LINKS: Documents[ProductLinks] = Documents(
    collection="product_links",
    states=TypeAdapter(ProductLinks),
    schema=1,
    listed=lambda links: {"linked": bool(links.accessories), "product_id": links.product_id},
    indexes=(("linked", "product_id"),),
)
