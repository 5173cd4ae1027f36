"""How an import is answered."""

from datetime import datetime

from pydantic import BaseModel, Field

from procurement.domain.feed import BadRow
from procurement.domain.feed_import import Comparing, FeedImport


class BadRowOut(BaseModel):
    """A row that was passed over."""

    line: int
    offer_id: str
    reason: str
    part: str = Field("", description="The sheet, or the file inside of an archive.")


class ComparedOut(BaseModel):
    """Offers that only their supplier can name, against goods that others offer."""

    offers: int
    goods: int
    proposed: int
    done: bool


class ImportOut(BaseModel):
    """An import and how far it has come."""

    import_id: str
    supplier_id: str
    stage: str = Field(
        description="waiting, mapping (a person has to say what its columns mean), reading, held (a person has to let it through), "
        "applying, done, discarded or failed."
    )
    by: str
    received_at: datetime
    ended_at: datetime | None
    dated: datetime | None = Field(description="As of when the feed says it is.")
    accept_stale: bool
    good: int
    bad: int
    new: int
    changed: int
    same: int
    gone: int
    bad_rows: list[BadRowOut] = Field(description="The first hundred.")
    broken: BadRowOut | None = Field(description="Where the file broke; what stood before was taken over.")
    would_lose: int | None = Field(
        description="Of a held feed: how many available offers it would take away."
    )
    of_available: int | None
    approved_by: str | None
    reason: str
    compared: ComparedOut | None = Field(
        description="How far its offers were compared with known goods since."
    )


def _bad(row: BadRow) -> BadRowOut:
    return BadRowOut(line=row.line, offer_id=row.code, reason=row.reason, part=row.part)


def import_out(now: FeedImport) -> ImportOut:
    """An import as answered."""
    tally, broken = now.tally, now.tally.broken
    return ImportOut(
        import_id=now.import_id,
        supplier_id=now.supplier_id,
        stage=now.stage.value,
        by=now.by,
        received_at=now.received_at,
        ended_at=now.ended_at,
        dated=tally.dated,
        accept_stale=now.accept_stale,
        good=tally.good,
        bad=tally.bad,
        new=tally.new,
        changed=tally.changed,
        same=tally.same,
        gone=tally.gone,
        bad_rows=[_bad(row) for row in tally.bad_rows],
        broken=broken and BadRowOut(line=broken.line, offer_id="", reason=broken.reason, part=broken.part),
        would_lose=now.wiping.lost if now.wiping else None,
        of_available=now.wiping.of if now.wiping else None,
        approved_by=now.approved_by,
        reason=now.reason,
        compared=_compared(now.matching),
    )


def _compared(matching: Comparing | None) -> ComparedOut | None:
    if matching is None:
        return None
    done = matching.due_at is None
    return ComparedOut(offers=matching.offers, goods=matching.goods, proposed=matching.proposed, done=done)
