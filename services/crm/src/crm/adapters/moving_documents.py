"""How imports and exports of customers lie in MongoDB: what rows say, and why somebody took customers out, sealed."""

from chassis.documents import Documents
from pydantic import TypeAdapter

from crm.domain.customer_export import Export
from crm.domain.customer_import import Import
from crm.domain.import_chunk import Chunk

IMPORTS: Documents[Import] = Documents(
    collection="customer_imports",
    states=TypeAdapter(Import),
    schema=1,
    listed=lambda one: {"opened_at": one.opened_at, "ended_at": one.ended_at},
    indexes=(("opened_at",),),
)
CHUNKS: Documents[Chunk] = Documents(
    collection="customer_import_chunks",
    states=TypeAdapter(Chunk),
    schema=1,
    listed=lambda one: {
        "import_id": one.import_id,
        "reported": one.report is not None,
        "fates": sorted({each.fate.value for each in one.report or ()}),
        "hashes": list(one.hashes),
        "struck": [str(line) for line in one.struck],
    },
    indexes=(("import_id", "reported"), ("hashes",), ("import_id", "struck")),
    sealed=("rows",),
)
EXPORTS: Documents[Export] = Documents(
    collection="customer_exports",
    states=TypeAdapter(Export),
    schema=1,
    listed=lambda one: {"at": one.at, "unmasked": one.unmasked, "actor_id": one.actor_id},
    indexes=(("at",), ("unmasked", "at")),
    sealed=("reason",),
)
