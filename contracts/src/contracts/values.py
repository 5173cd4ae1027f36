"""Values that facts of several services share."""

from typing import Annotated

from pydantic import Field, StringConstraints

from contracts.fact import Value

Id = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Quantity = Annotated[int, Field(ge=1)]


class MoneyV1(Value):
    """A sum in the currency's minor units: 648000 and RUB are 6480 roubles."""

    minor: int
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
