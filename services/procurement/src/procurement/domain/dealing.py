"""Pieces that needs of the same kind get together are dealt out among them: each keeps what it has already, then the rest
goes in their order. Pure.
"""

from collections.abc import Iterator, Mapping, Sequence

from procurement.domain.awarding import Award
from procurement.domain.tender import Need


def dealt(needs: Sequence[Need], stock: Mapping[str, int]) -> Iterator[Award]:
    """So many pieces of each offer, given to the needs."""
    pile, got = dict(stock), {need.need_id: dict[str, int]() for need in needs}
    for need in needs:
        for offer_id, pieces in need.at:
            _give(need, offer_id, pieces, pile, got[need.need_id])
    for need in needs:
        for offer_id in sorted(pile):
            _give(need, offer_id, need.quantity, pile, got[need.need_id])
    for need in needs:
        yield from (
            Award(need.need_id, offer_id, got[need.need_id][offer_id])
            for offer_id in sorted(got[need.need_id])
        )


def _give(need: Need, offer_id: str, most: int, pile: dict[str, int], has: dict[str, int]) -> None:
    pieces = min(most, pile.get(offer_id, 0), need.quantity - sum(has.values()))
    if pieces > 0:
        pile[offer_id] -= pieces
        has[offer_id] = has.get(offer_id, 0) + pieces
