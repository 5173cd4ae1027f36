"""What of an order's goods left our warehouse with which shipment, and what came back (R28). Pure.

However late, twice or in another order it is told, for each line in the end: taken out of stock - put back = left - came back.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import assert_never

from procurement.domain.sending_parts import (
    GoodsCameBack,
    GoodsKept,
    GoodsLeft,
    GoodsSpoiled,
    News,
    by_line,
)

Pieces = Mapping[int, int]
"""By line number."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A shipment. `left`: pieces that left with it, empty until that is heard; `gone`: of these, taken out of stock; `back`: sound
    ones that came back, None until that is heard; `put`: put back into stock. `kept`: the customer kept some; `spoiled`: lost or
    damaged. `tries`: what has left and the order does not hold is looked for once more in our own free stock.
    """

    shipment_id: str
    left: Pieces = field(default_factory=dict[int, int])
    products: Mapping[int, str] = field(default_factory=dict[int, str])
    gone: Pieces = field(default_factory=dict[int, int])
    back: Pieces | None = None
    put: Pieces = field(default_factory=dict[int, int])
    kept: bool = False
    spoiled: bool = False
    tries: bool = True

    def debt(self, line_no: int) -> int:
        """Pieces of a line that are not here, and still counted as if they were."""
        return max(0, self._away(line_no) - self._taken(line_no))

    def stands_for(self, line_no: int) -> int:
        """Pieces that need not be found any more. What is lost, or came back, was for nothing: it is to be sent again."""
        return 0 if self.spoiled or self.back is not None else self.gone.get(line_no, 0)

    def hears(self, news: News) -> "Sent":
        """The shipment after news of it; the same when it was heard before."""
        match news:
            case GoodsLeft():
                if self.left:
                    return self
                left = by_line(news.parcels)
                return replace(self, left=left, products=self._products(news), tries=True)
            case GoodsKept():
                return replace(self, kept=True)
            case GoodsSpoiled():
                return self if self.spoiled else replace(self, spoiled=True, tries=True)
            case GoodsCameBack():
                return self if self.back is not None else self._back(news)
            case _:
                assert_never(news)

    def took_out(self, line_no: int, pieces: int) -> "Sent":
        """So many more were taken out of stock."""
        return replace(self, gone={**self.gone, line_no: self.gone.get(line_no, 0) + pieces})

    def _back(self, news: GoodsCameBack) -> "Sent":
        """What was taken out and is here again is put back; what left and was not taken out yet stays where it is counted."""
        back = by_line(news.parcels)
        after = replace(self, back=back, kept=self.kept or news.kept, products=self._products(news))
        put = {n: max(0, after._taken(n) - after._away(n)) for n in after.gone}  # noqa: SLF001 - its own
        return replace(after, put=put)

    def _taken(self, line_no: int) -> int:
        return self.gone.get(line_no, 0) - self.put.get(line_no, 0)

    def _away(self, line_no: int) -> int:
        """Pieces that left and are not here to be sold."""
        back = 0 if self.spoiled or self.back is None else self.back.get(line_no, 0)
        return max(0, self.left.get(line_no, 0) - back)

    def _products(self, news: GoodsLeft | GoodsCameBack) -> dict[int, str]:
        return {**self.products, **{each.line_no: each.product_id for each in news.parcels}}
