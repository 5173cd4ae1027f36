"""Sourcing many orders at once: 500 lines from 80 suppliers, proven optimal, beside the greedy way; and the saved money."""

import random
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass

from procurement.adapters.highs import solve
from procurement.domain.answering import judged
from procurement.domain.awarding import goods, missing, paid, weighed
from procurement.domain.formulating import formulate
from procurement.domain.one_by_one import one_by_one
from procurement.domain.tender import Bid, House, Need, Tender, dearly_missed

from bench.measuring import row

LINES, SUPPLIERS, PATIENCE = 500, 80, 60.0
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


def made_up(seed: int, offers: float) -> Tender:
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
            dice.choice([0, 0, 3_000_00, 5_000_00, 10_000_00]),
            dice.choice([1000, 980, 950, 900, 700]),
        )
        for name in names
    }
    bids = [bid for n in range(products) for bid in _bids(dice, n, names, offers)]
    by_product: dict[str, list[Bid]] = {}
    for bid in bids:
        by_product.setdefault(bid.product_id, []).append(bid)
    needs = [_need(dice, n, products, by_product, houses) for n in range(LINES)]
    return Tender(tuple(needs), tuple(bids), houses)


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
        dice.choice([None, None, 7, 5]),
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


def measure(*, days: int = 7) -> None:
    """Print seconds and money of both ways, over several made-up days, for goods that few and that many offer."""
    for offers in (8.0, 15.0):
        runs = [once(made_up(seed, offers)) for seed in range(days)]
        row(f"sourcing: {offers:g} offers a product", "proven optimum", "greedy", "", widths=WIDTHS)
        took, greedy = [run.took for run in runs], [run.greedy_took for run in runs]
        row(
            "  median of days, s",
            f"{statistics.median(took):.2f}",
            f"{statistics.median(greedy):.2f}",
            widths=WIDTHS,
        )
        row("  worst day, s", f"{max(took):.2f}", f"{max(greedy):.2f}", widths=WIDTHS)
        row("  days proven", f"{sum(run.proven for run in runs)} of {days}", "", widths=WIDTHS)
        for place, name in ((1, "optimum"), (0, "greedy")):
            _money(name, [run.weighed[place] for run in runs], runs, place)
        saved = [run.paid[0] - run.paid[1] for run in runs if run.missing[0] == run.missing[1]]
        if saved:
            row(
                "  saved money a day where both get all, RUB",
                f"{statistics.median(saved):.0f}",
                widths=WIDTHS,
            )


def _money(name: str, weighed_: Sequence[float], runs: Sequence[Run], place: int) -> None:
    row(
        f"  {name}: paid RUB, suppliers, pieces missing",
        f"{statistics.median(run.paid[place] for run in runs):.0f}",
        f"{statistics.median(run.suppliers[place] for run in runs):g}",
        f"{statistics.median(run.missing[place] for run in runs):g}",
        widths=WIDTHS,
    )
    row(f"  {name}: weighed RUB", f"{statistics.median(weighed_):.0f}", widths=WIDTHS)


if __name__ == "__main__":
    measure()
