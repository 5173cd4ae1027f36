"""HiGHS answers a programme: https://ergo-code.github.io/HiGHS/stable/options/definitions/ names its options.

One thread and a fixed seed: the same programme has the same answer. It stops when the gap is below one minor unit, which
between whole numbers is none. `run` lets other threads go on meanwhile. It is given no answer to start from: 1.16 can
return that answer with the cost of a better one (docs/decisions/0033), and was no faster for it.
"""

import asyncio
from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np

from procurement.domain.programme import NotSolved, Programme, Row, Solved

BELOW_A_UNIT = 0.99
GRACE = 5.0
"""Seconds beyond its limit that the solver has to notice it."""


@dataclass(frozen=True, slots=True)
class Highs:
    """Solves within `limit` seconds, off the event loop. Raise `NotSolved` when no answer came."""

    limit: float

    async def __call__(self, programme: Programme) -> Solved:
        """The best answer that was found in time, and whether it is proven to be the best there is."""
        try:
            return await asyncio.wait_for(asyncio.to_thread(solve, programme, self.limit), self.limit + GRACE)
        except TimeoutError as late:
            raise NotSolved(f"no answer within {self.limit:g} seconds") from late


def solve(programme: Programme, limit: float) -> Solved:
    """Solve in this thread."""
    if not programme.columns:
        return Solved((), 0.0, True)
    highs = highspy.Highs()
    for name, value in _options(limit).items():
        highs.setOptionValue(name, value)
    if highs.passModel(_model(programme)) == highspy.HighsStatus.kError:
        raise NotSolved("the solver does not take the programme")
    highs.run()
    return _read(highs)


def _options(limit: float) -> dict[str, Any]:
    return {
        "output_flag": False,
        "time_limit": limit,
        "threads": 1,
        "random_seed": 0,
        "mip_rel_gap": 0.0,
        "mip_abs_gap": BELOW_A_UNIT,
    }


def _model(programme: Programme) -> highspy.HighsLp:
    columns, rows, lp = programme.columns, programme.rows, highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(columns), len(rows)
    lp.col_cost_ = np.array([float(column.cost) for column in columns])
    lp.col_lower_ = np.zeros(len(columns))
    lp.col_upper_ = np.array([float(column.upper) for column in columns])
    lp.integrality_ = [highspy.HighsVarType.kInteger] * len(columns)
    lp.row_lower_ = np.array([_or(row.lower, -highspy.kHighsInf) for row in rows])
    lp.row_upper_ = np.array([_or(row.upper, highspy.kHighsInf) for row in rows])
    _fill(lp, rows)
    return lp


def _fill(lp: highspy.HighsLp, rows: tuple[Row, ...]) -> None:
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.cumsum([0, *(len(row.terms) for row in rows)], dtype=np.int32)
    lp.a_matrix_.index_ = np.array([place for row in rows for place, _ in row.terms], dtype=np.int32)
    lp.a_matrix_.value_ = np.array([float(many) for row in rows for _, many in row.terms])


def _or(limit: int | None, endless: float) -> float:
    return endless if limit is None else float(limit)


def _read(highs: highspy.Highs) -> Solved:
    info, status = highs.getInfo(), highs.getModelStatus()
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        raise NotSolved(f"the solver ended with: {highs.modelStatusToString(status)}")
    values = tuple(round(value) for value in highs.getSolution().col_value)
    return Solved(values, info.mip_dual_bound, status == highspy.HighsModelStatus.kOptimal)
