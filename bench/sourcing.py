"""Sourcing many orders at once: 500 lines from 80 suppliers, proven optimal, beside the greedy way; and the saved money."""

import random
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from procurement.adapters.highs import solve
from procurement.domain.answering import judged
from procurement.domain.awarding import Award, goods, missing, paid, weighed
from procurement.domain.formulating import formulate
from procurement.domain.one_by_one import one_by_one
from procurement.domain.tender import Bid, House, Need, Tender, dearly_missed

from bench.measuring import row

LINES, SUPPLIERS, PATIENCE = 500, 80, 60.0
SLACK = 1
"""Working days that a line may wait longer than where it is held now: what its order was told is as long ago."""
WIDTHS = (44, 14, 14, 14)


@dataclass(frozen=True)
class Run:
    """One made-up day, both ways. Times in seconds, money in roubles."""

    greedy_took: float
    took: float
    proven: bool
    paid: tuple[float, float]
    weighed: tuple[float, float]
    suppliers: tuple[int, int]
    missing: tuple[int, int]


def made_up(seed: int, offers: float, *, minimums: bool = True) -> Tender:
    """A day of a shop: prices are log-normal around 500 roubles, a product has so many offers on average, one in five of
    them uncounted; suppliers have fees up to 800 roubles, three in five a minimum of 3 to 10 thousand, and failed before.
    """
    dice = random.Random(seed)
    products = LINES * 3 // 5
    names = [f"s{n:02}" for n in range(SUPPLIERS)]
    houses = {
        name: House(
            name,
            dice.choice([0, 300_00, 500_00, 800_00]),
            dice.choice([0, 0, 3_000_00, 5_000_00, 10_000_00]) if minimums else 0,
            dice.choice([1000, 980, 950, 900, 700]),
        )
        for name in names
    }
    bids = [bid for n in range(products) for bid in _bids(dice, n, names, offers)]
    by_product: dict[str, list[Bid]] = {}
    for bid in bids:
        by_product.setdefault(bid.product_id, []).append(bid)
    needs = tuple(_need(dice, n, products, by_product, houses) for n in range(LINES))
    return _held(Tender(needs, tuple(bids), houses))


def _held(tender: Tender) -> Tender:
    """What is sourced is held already, each line at its best offers as long as there are pieces, as orders take them one
    by one: so nobody asks for what is not to be had, and none may come later than where it is now.
    """
    alone = {name: House(name, 0, 0, house.reliability) for name, house in tender.houses.items()}
    found: dict[str, list[Award]] = {}
    for award in one_by_one(replace(tender, houses=alone)).awards:
        found.setdefault(award.need_id, []).append(award)
    needs = tuple(
        replace(
            need,
            quantity=sum(award.quantity for award in found[need.need_id]),
            at=tuple((award.offer_id, award.quantity) for award in found[need.need_id]),
            latest=max(tender.bid[award.offer_id].lead_days for award in found[need.need_id]) + SLACK,
        )
        for need in tender.needs
        if need.need_id in found
    )
    return replace(tender, needs=needs)


def _bids(dice: random.Random, number: int, names: Sequence[str], offers: float) -> list[Bid]:
    price = 990 + 10 * int(dice.lognormvariate(8.5, 1.0))
    return [
        Bid(
            f"{name}:p{number}",
            name,
            f"p{number}",
            int(price * dice.uniform(0.8, 1.25)),
            dice.choice([None, 1, 2, 3, 5, 10, 40, 40]),
            dice.randint(1, 9),
        )
        for name in dice.sample(names, max(1, min(len(names), int(dice.gauss(offers, 3)))))
    ]


def _need(
    dice: random.Random,
    number: int,
    products: int,
    bids: dict[str, list[Bid]],
    houses: dict[str, House],
) -> Need:
    product = f"p{dice.randrange(products)}"
    return Need(
        f"o-{number}/1",
        product,
        dice.choice([1, 1, 1, 2, 3, 6]),
        dearly_missed(bids[product], houses),
        counted=True,
    )


def once(tender: Tender) -> Run:
    """Both ways, timed; the solver's time holds the writing down of the programme and the checking of its answer."""
    began = time.perf_counter()
    greedy = one_by_one(tender)
    greedy_took = time.perf_counter() - began
    formulated = formulate(tender)
    answer = judged(tender, formulated, solve(formulated.programme, PATIENCE), greedy)
    took = time.perf_counter() - began - greedy_took
    both = (greedy, answer.awards)
    return Run(
        greedy_took,
        took,
        answer.proven,
        (paid(tender, both[0]) / 100, paid(tender, both[1]) / 100),
        (weighed(tender, both[0]) / 100, weighed(tender, both[1]) / 100),
        (len(goods(tender, both[0])), len(goods(tender, both[1]))),
        (sum(missing(tender, both[0]).values()), sum(missing(tender, both[1]).values())),
    )


FIGURES: tuple[tuple[str, Callable[[Run], tuple[float, float]]], ...] = (
    ("pieces missing", lambda run: run.missing),
    ("suppliers used", lambda run: run.suppliers),
    ("paid, RUB", lambda run: run.paid),
    ("weighed, RUB", lambda run: run.weighed),
)


def measure(*, days: int = 7) -> None:
    """Print seconds and money of both ways, over several made-up days: goods that few and that many offer, and suppliers
    without minimum orders, where the greedy way gets all that it wants, too.
    """
    for offers, minimums in ((8.0, True), (15.0, True), (8.0, False)):
        runs = [once(made_up(seed, offers, minimums=minimums)) for seed in range(days)]
        named = f"sourcing: {offers:g} offers a product{'' if minimums else ', no minimums'}"
        row(named, "optimum", "greedy", "", widths=WIDTHS)
        took, greedy = [run.took for run in runs], [run.greedy_took for run in runs]
        _both("median of days, s", statistics.median(took), statistics.median(greedy), 2)
        _both("worst day, s", max(took), max(greedy), 2)
        row("  days proven", f"{sum(run.proven for run in runs)} of {days}", "", "", widths=WIDTHS)
        for name, pick in FIGURES:
            mine, theirs = (statistics.median(pick(run)[place] for run in runs) for place in (1, 0))
            _both(f"{name}, median", mine, theirs)
        saved = [run.weighed[0] - run.weighed[1] for run in runs]
        row("  saved, weighed RUB a day, median", f"{statistics.median(saved):.0f}", widths=WIDTHS)


def _both(name: str, mine: float, theirs: float, digits: int = 0) -> None:
    row(f"  {name}", f"{mine:.{digits}f}", f"{theirs:.{digits}f}", widths=WIDTHS)


if __name__ == "__main__":
    measure()
