"""Reading what CDEK knows of an order as the story of a shipment. He may send anything: nothing in it is an error."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from kernel.money import Money, NotMoney

from logistics.adapters import cdek_codes as codes
from logistics.adapters.cdek_connection import Json, many, mapping
from logistics.adapters.cdek_order import line_of
from logistics.application.carrier_port import Story
from logistics.domain.shipment import Report
from logistics.domain.shipment_stage import ShipmentStage as S

BY = "carrier"
LONGEST_CODE, MOST_STATUSES = 64, 500
LONG_AGO = datetime.min.replace(tzinfo=UTC)
UNREADABLE = "UNREADABLE"
"""What is written down for a status that has no code or no moment."""
PARTIAL_UNCOUNTED = "DELIVERED_IN_PART_UNCOUNTED"
"""He delivered a part and does not say which; a person has to count."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """One status that can be read."""

    code: str
    at: datetime
    reason: str
    deleted: bool
    key: str


def story_of(told: Json, back: Json | None, recalled_at: datetime | None) -> Story:
    """`told` is the answer to `GET /orders`, `back` the one for the order by which it travels back, if it does.
    `recalled_at`: when we called it back; refused since then, it is on its way to us and no failure.
    """
    entity = mapping(told.get("entity"))
    seen, unknown = _seen(entity)
    alive = [each for each in seen if not each.deleted and not _moves_nothing(each, seen)]
    reports = [_report(each, entity, recalled_at) for each in alive]
    last = max(zip(alive, reports, strict=True), key=lambda each: each[1].place, default=None)
    returned, gone = _returned(mapping(back))
    partial = next((report for one, report in zip(alive, reports, strict=True) if _in_part(one)), None)
    return Story(
        ref=ref_of(entity),
        reports=(*reports, *returned),
        deleted=(*(each.key for each in seen if each not in alive), *gone),
        unknown=tuple(dict.fromkeys((*unknown, *_puzzling(seen, entity)))),
        held=last[1] if last and last[0].code in codes.HELD else None,
        uncounted=partial if _kept(entity) is None else None,
    )


def ref_of(entity: Json) -> str:
    """The number that people read on the parcel; before it has one, CDEK's own id."""
    return str(entity.get("cdek_number") or entity.get("uuid") or "")


def last_code(told: Json) -> str:
    """The code of the newest status that he has not taken back; of one moment the one he lists first, as he does the newer."""
    known = [
        each for each in many(mapping(told.get("entity")).get("statuses")) if each.get("deleted") is not True
    ]
    newest = max(known, key=lambda each: _moment(each.get("date_time")) or LONG_AGO, default=None)
    return str(newest.get("code")) if newest else ""


def _seen(entity: Json) -> tuple[list[_Seen], list[str]]:
    """His statuses that can be read, and what is written down of the others."""
    ref, seen, unreadable = ref_of(entity), list[_Seen](), list[str]()
    for each in many(entity.get("statuses"))[:MOST_STATUSES]:
        code, at = str(each.get("code") or "")[:LONGEST_CODE], _moment(each.get("date_time"))
        if not code or at is None:
            unreadable.append(UNREADABLE)
        elif code != codes.NO_ORDER:
            key = f"{ref}:{code}:{at.isoformat()}"
            reason = str(each.get("reason_code") or "")
            seen.append(_Seen(code, at, reason, each.get("deleted") is True, key))
    return seen, unreadable


def _moment(text: Any) -> datetime | None:
    """`2025-01-15T14:30:00+0300`, in UTC; without an offset it says nothing."""
    try:
        at = datetime.fromisoformat(str(text))
        return at.astimezone(UTC) if at.tzinfo else None
    except (ValueError, OverflowError):
        return None


def _moves_nothing(one: _Seen, seen: Sequence[_Seen]) -> bool:
    """A status that nobody knows, set after the end: delivered stays delivered."""
    ends = (each.at for each in seen if not each.deleted and codes.STAGES.get(each.code) in codes.FINAL)
    first = min(ends, default=None)
    return one.code not in codes.STAGES and first is not None and one.at >= first


def _puzzling(seen: Sequence[_Seen], entity: Json) -> list[str]:
    strange = [each.code for each in seen if each.code not in codes.STAGES]
    partial = any(_in_part(each) for each in seen)
    return [*strange, PARTIAL_UNCOUNTED] if partial and _kept(entity) is None else strange


def _in_part(one: _Seen) -> bool:
    return one.reason == codes.PARTIAL and codes.STAGES.get(one.code) is S.DELIVERED


def _report(one: _Seen, entity: Json, recalled_at: datetime | None) -> Report:
    stage = codes.STAGES.get(one.code, S.IN_TRANSIT)
    report = Report(one.key, stage, one.at, BY, code=one.code)
    if stage is S.DELIVERED:
        kept = _kept(entity) if one.reason == codes.PARTIAL else None
        return replace(report, kept=kept, collected=_collected(entity))
    if stage not in codes.FAILING:
        return report
    if stage is S.FAILED and one.reason in codes.OUR_WISH and _since(recalled_at, one.at):
        return replace(report, stage=S.RETURNING)
    usual = codes.SEIZED if one.code == "POSTOMAT_SEIZED" else codes.NO_REASON
    why = codes.REASONS.get(one.reason, usual)
    return replace(report, reason=why.reason, source=why.source.value)


def _since(moment: datetime | None, at: datetime) -> bool:
    """His moments have no fractions of a second."""
    return moment is not None and at >= moment.replace(microsecond=0)


def _kept(entity: Json) -> tuple[tuple[int, int], ...] | None:
    """Pieces that were handed out, by our line; None where he does not say."""
    items = (item for package in many(entity.get("packages")) for item in many(package.get("items")))
    told = ((line_of(str(item.get("ware_key"))), item.get("delivery_amount")) for item in items)
    kept = {
        line: pieces for line, pieces in told if line is not None and isinstance(pieces, int) and pieces > 0
    }
    return tuple(sorted(kept.items())) or None


def _collected(entity: Json) -> Money | None:
    """Money taken at the door."""
    paid = mapping(entity.get("delivery_detail")).get("payment_sum")
    try:
        money = Money.of(str(paid)) if paid else None
    except NotMoney:
        return None
    return money if money and money.minor > 0 else None


def _returned(back: Json) -> tuple[list[Report], list[str]]:
    """What was not delivered is here again when the order by which it travels back is delivered; until then nothing of it
    counts, so that what the customer kept stays kept.
    """
    seen, _ = _seen(mapping(back.get("entity")))
    home = [each for each in seen if codes.STAGES.get(each.code) is S.DELIVERED]
    reports = [Report(each.key, S.RETURNED, each.at, BY, code=each.code) for each in home if not each.deleted]
    return reports, [each.key for each in home if each.deleted]
