"""How a feed at first sight is answered, and how a person says what its columns mean."""

from datetime import datetime
from typing import Annotated, Self

from kernel.money import Money
from pydantic import BaseModel, Field, StringConstraints

from procurement.domain.feed import BadRow, Row
from procurement.domain.feed_mapping import Accepted
from procurement.domain.feed_meanings import Meaning
from procurement.domain.feed_sight import MOST_COLUMNS, FeedMapping, Guess, Sight, Use
from procurement.domain.feed_terms import LONGEST_NAME
from procurement.entrypoints.models import MoneyIO, amount

Header = Annotated[str, StringConstraints(max_length=LONGEST_NAME, pattern=r"^[^\x00-\x1f\x7f]*$")]


class UseIO(BaseModel):
    """What a column, counted from 0, is used as. A column may have several uses."""

    column: Annotated[int, Field(ge=0, lt=MOST_COLUMNS)]
    meaning: Meaning
    name: Header = Field(default="", description="Of an attribute: what it is called.")

    def use(self) -> Use:
        return Use(self.column, self.meaning, self.name.strip())


class MappingIn(BaseModel):
    """A yes to what was guessed of an import, or something else that its columns mean."""

    import_id: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.:@-]{0,119}$")]
    uses: list[UseIO] | None = Field(None, description="Left out: as guessed.", max_length=MOST_COLUMNS)


class TrialIn(BaseModel):
    """Other uses of the columns, to see what they would make of the first rows."""

    uses: Annotated[list[UseIO], Field(max_length=MOST_COLUMNS)]


class ColumnOut(BaseModel):
    """A column, what it is guessed to mean, and how sure that is."""

    column: int
    header: str
    meaning: Meaning
    name: str
    confidence: float
    samples: list[str]


class ReadRowOut(BaseModel):
    """A row as it would be read, or why it would be passed over."""

    line: int
    code: str
    reason: str = Field(default="", description="Why it would be passed over; empty for a good row.")
    product_id: str = ""
    title: str = ""
    price: MoneyIO | None = None
    purchase_price: MoneyIO | None = None
    stock: str = ""
    quantity: int | None = None
    category: str | None = None
    vendor: str | None = None
    attributes: dict[str, str] = {}


class SightOut(BaseModel):
    """A feed at first sight: its columns with their guesses, and its first rows as they would be read by them."""

    import_id: str
    supplier_id: str
    kind: str = Field(description="table or commerceml.")
    fingerprint: str
    part: str = Field(description="The sheet.")
    told: str = Field(description="Encoding and delimiter, as guessed.")
    header_line: int = Field(description="0: there is no header.")
    columns: list[ColumnOut]
    left_out: int = Field(description="Columns beyond those that are shown.")
    rows: list[ReadRowOut]
    missing: str = Field(description="Why the guess can't be accepted as it is; empty when it can.")


class AcceptedOut(BaseModel):
    """A mapping that a person said yes to."""

    fingerprint: str
    header: list[str]
    uses: list[UseIO]
    by: str
    at: datetime
    import_id: str

    @classmethod
    def of(cls, accepted: Accepted) -> Self:
        return cls(
            fingerprint=accepted.mapping.fingerprint,
            header=list(accepted.header),
            uses=[_use(each) for each in accepted.mapping.uses],
            by=accepted.by,
            at=accepted.at,
            import_id=accepted.import_id,
        )


class MappingsOut(BaseModel):
    supplier_id: str
    known: list[AcceptedOut] = Field(description="By header; the newest last.")


def mapping_of(uses: list[UseIO], sight: Sight) -> FeedMapping:
    """What a person said; a column that means nothing is one he said nothing of."""
    said = tuple(each.use() for each in uses if each.meaning is not Meaning.NOTHING)
    return FeedMapping(sight.fingerprint, said)


def column_out(guess: Guess, sight: Sight) -> ColumnOut:
    """A column with its guess."""
    place = guess.use.column
    samples = [row.cells[place] for row in sight.rows if place < len(row.cells) and row.cells[place]]
    return ColumnOut(
        column=place,
        header=sight.header[place],
        meaning=guess.use.meaning,
        name=guess.use.name,
        confidence=guess.confidence,
        samples=samples[:3],
    )


def read_row_out(row: Row | BadRow) -> ReadRowOut:
    """A row as it would be read."""
    if isinstance(row, BadRow):
        return ReadRowOut(line=row.line, code=row.code, reason=row.reason)
    terms = row.terms
    return ReadRowOut(
        line=row.line,
        code=row.code,
        product_id=terms.product_id,
        title=terms.title,
        price=_sum(terms.price),
        purchase_price=_sum(terms.purchase_price),
        stock=terms.availability.stock.value,
        quantity=terms.availability.quantity,
        category=terms.category,
        vendor=terms.vendor,
        attributes=dict(terms.attributes),
    )


def _sum(money: Money | None) -> MoneyIO | None:
    return amount(money)


def _use(use: Use) -> UseIO:
    return UseIO(column=use.column, meaning=use.meaning, name=use.name)
