"""What the columns of a table mean, guessed from its header and its first rows, each guess with how sure it is (R43). Pure."""

from collections.abc import Iterable, Sequence

from procurement.domain.feed_evidence import fit, is_amount
from procurement.domain.feed_meanings import NEEDED, SEVERAL, Meaning, meant_by_header
from procurement.domain.feed_sight import (
    LONGEST_SAMPLE,
    MOST_SHOWN,
    SAMPLES,
    Guess,
    Kind,
    Line,
    Sight,
    Use,
    fingerprint,
)

HEADER_WITHIN = 40
"""A header stands in the first lines, or there is none."""
SURE_ENOUGH = 0.3
UNHEADED = (Meaning.PRICE, Meaning.TITLE, Meaning.CODE, Meaning.BARCODE, Meaning.COUNT)
"""What values alone may say."""
NUMBERS = frozenset({Meaning.PRICE, Meaning.PURCHASE_PRICE, Meaning.COUNT, Meaning.BARCODE})


def sight_of(lines: Sequence[Line], *, part: str = "", told: str = "") -> Sight | None:
    """The first lines of a table at first sight; None when they are none of a table."""
    lines = [line for line in lines if any(line.cells)]
    place = header_place(lines)
    header = tuple(lines[place].cells) if place is not None and lines else ()
    rows = lines[place + 1 :] if place is not None else lines
    shown = [_shortened(row) for row in rows if _filled(row) > 1][:SAMPLES]
    width = max([len(header), *(len(row.cells) for row in shown)], default=0)
    if not shown or width < 2:  # noqa: PLR2004 - one column is no table
        return None
    named = tuple((header[n] if n < len(header) else "").strip()[:LONGEST_SAMPLE] for n in range(width))
    columns = [[row.cells[n].strip() for row in shown if n < len(row.cells)] for n in range(width)]
    return Sight(
        kind=Kind.TABLE,
        fingerprint=header_fingerprint(header, width),
        part=part,
        header_line=lines[place].number if place is not None else 0,
        header=named,
        rows=tuple(shown),
        guesses=tuple(guess(named, columns)),
        told=told,
        left_out=max(0, len(header) - MOST_SHOWN),
    )


def header_fingerprint(header: Sequence[str], width: int) -> str:
    """A table without a header is known by its width."""
    return (
        fingerprint(Kind.TABLE, header) if any(header) else fingerprint(Kind.TABLE, ["no header", str(width)])
    )


def header_place(lines: Sequence[Line]) -> int | None:
    """Which of the lines is the header: the one whose words mean most; None when none does and numbers begin at once."""
    scores = [_header_score(line) for line in lines[:HEADER_WITHIN]]
    best = max(scores, default=0.0)
    if best > 1:  # more than one column says what it is
        return scores.index(best)
    first = next((n for n, line in enumerate(lines[:HEADER_WITHIN]) if _filled(line) > 1), None)
    if first is None or any(is_amount(cell) for cell in lines[first].cells):
        return None
    return first


def guess(header: Sequence[str], columns: Sequence[Sequence[str]]) -> list[Guess]:
    """One use for each column, the surest first served."""
    offered = sorted(
        (
            (_sure(meaning, header[n], [value for value in values if value]), -n, meaning)
            for n, values in enumerate(columns)
            for meaning in Meaning
        ),
        reverse=True,
        key=lambda each: each[:2],
    )
    found: dict[int, Guess] = {}
    taken: set[Meaning] = set()
    for sure, place, meaning in offered:
        if sure >= SURE_ENOUGH and -place not in found and (meaning not in taken or meaning in SEVERAL):
            found[-place] = Guess(Use(-place, meaning, _name(meaning, header[-place])), round(sure, 2))
            taken.add(meaning)
    rest = (Guess(Use(n, Meaning.NOTHING), 0.0) for n in range(len(columns)) if n not in found)
    return sorted([*_completed(found.values(), taken), *rest], key=lambda each: each.use.column)


def _completed(guesses: Iterable[Guess], taken: set[Meaning]) -> list[Guess]:
    """A list with one price only has the price; one whose only code is the article has that for its code, too."""
    after = list(guesses)
    for needed, stand_in in ((Meaning.PRICE, Meaning.PURCHASE_PRICE), (Meaning.CODE, Meaning.VENDOR_CODE)):
        if needed in taken:
            continue
        for place, each in enumerate(after):
            if each.use.meaning is stand_in:
                also = Guess(Use(each.use.column, needed), each.confidence)
                keeps = needed is Meaning.CODE and Meaning.VENDOR in taken
                after[place : place + 1] = [also, each] if keeps else [also]
                break
    return after


def _sure(meaning: Meaning, header: str, values: Sequence[str]) -> float:
    worded = meant_by_header(header).get(meaning, 0.0)
    fitting = fit(meaning, values)
    if worded:
        doubt = 0.4 if values and meaning in NUMBERS and fitting < 0.2 else 1.0  # noqa: PLR2004
        return (0.8 * worded + 0.2 * (fitting if values else 0.5)) * doubt
    if header and meant_by_header(header):
        return 0.0
    unknown = 0.35 if header else 0.6
    return unknown * fitting if meaning in UNHEADED and fitting > 0.8 else 0.0  # noqa: PLR2004


def _header_score(line: Line) -> float:
    best: dict[Meaning, float] = {}
    for cell in line.cells[:MOST_SHOWN]:
        meant = meant_by_header(cell) if len(cell) <= LONGEST_SAMPLE else {}
        for meaning, sure in meant.items():
            best[meaning] = max(best.get(meaning, 0.0), sure if sure == max(meant.values()) else 0.0)
    numbers = sum(is_amount(cell) for cell in line.cells[:MOST_SHOWN])
    return sum(best.values()) + sum(best.get(each, 0.0) for each in NEEDED) / 2 - numbers


def _name(meaning: Meaning, header: str) -> str:
    return header if meaning is Meaning.ATTRIBUTE else ""


def _filled(line: Line) -> int:
    return sum(bool(cell.strip()) for cell in line.cells)


def _shortened(line: Line) -> Line:
    return Line(line.number, tuple(cell[:LONGEST_SAMPLE] for cell in line.cells[:MOST_SHOWN]), line.fault)
