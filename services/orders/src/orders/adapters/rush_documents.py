"""How the rushes of shops, ready answers and what was asked besides the order lie in MongoDB."""

from chassis.documents import Documents
from pydantic import TypeAdapter

from orders.domain.rush import RushBook

RUSHES: Documents[RushBook] = Documents(
    collection="rushes",
    states=TypeAdapter(RushBook),
    schema=1,
    listed=lambda book: {"is_on": book.rush is not None},
    sealed=("rush.unlocks.*.reason", "past.*.rush.unlocks.*.reason"),
)
