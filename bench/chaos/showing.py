"""What the faults showed, as a table for people."""

from collections.abc import Sequence
from math import isfinite

from bench.chaos.one_fault import Seen

HEAD = (
    "fault", "taken", "first, s", "bare", "ratio", "slowest, s", "bare", "ratio",
    "calls", "no plan", "p99, ms", "lost", "doubled", "wrong",
)  # fmt: skip


def table(seen: Sequence[Seen]) -> list[str]:
    """One line for each fault, then what is wrong."""
    rows = [HEAD, *(row(each) for each in seen)]
    widths = [max(len(line[n]) for line in rows) for n in range(len(HEAD))]
    lines = ["  ".join(cell.rjust(width) for cell, width in zip(line, widths, strict=True)) for line in rows]
    return [*lines, *(f"{each.name}: {line}" for each in seen for line in trouble(each))]


def row(seen: Seen) -> tuple[str, ...]:
    """`lost`: missing facts and things; `doubled`: facts told as two; `wrong`: everything else."""
    report, verdict = seen.report, seen.report.verdict
    ours, bare = seen.sides["opblok"], seen.sides["bare"]
    others = len(verdict.invented) + len(verdict.disordered) + len(report.late) + len(report.dead)
    return (
        seen.name,
        f"{seen.during[0]} in {seen.during[1]:.0f} s",
        *compared(ours.first, bare.first),
        *compared(ours.slowest, bare.slowest),
        str(len(seen.calls.answered)),
        str(seen.calls.unanswered.total()),
        f"{1000 * nearly_all(seen.calls.plans):.0f}",
        str(len(verdict.missing)),
        str(len(verdict.doubled)),
        str(others + len(report.wrong) + bool(report.unrest)),
    )


def compared(ours: float, bare: float) -> tuple[str, str, str]:
    ratio = f"{ours / bare:.1f}" if isfinite(ours) and isfinite(bare) else "-"
    return seconds(ours), seconds(bare), ratio


def seconds(took: float) -> str:
    return f"{took:.2f}" if isfinite(took) else "never"


def nearly_all(took: Sequence[float]) -> float:
    """The 99th of a hundred; 0 of none."""
    return sorted(took)[int(len(took) * 0.99)] if took else 0.0


def trouble(seen: Seen) -> list[str]:
    """The first of each kind of what is wrong."""
    report, verdict = seen.report, seen.report.verdict
    kinds = (verdict.missing, verdict.invented, verdict.doubled, verdict.disordered)
    found = [each for kind in (*kinds, report.wrong, report.late, report.dead) for each in kind[:8]]
    if unfinished := seen.sides["opblok"].unfinished:
        found.append(f"{unfinished} orders were never seen by all")
    return [*found, *([f"never quiet: {report.unrest}"] if report.unrest else [])]
