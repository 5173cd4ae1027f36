"""Values that facts of several services share."""

from typing import Annotated

from pydantic import Field, StringConstraints

from contracts.fact import Value

Id = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
"""A word of ours, such as `changed_mind`. Where a person typed words of his own they stay in the service that heard
them: nobody can promise that they hold no phone and no name.
"""
Quantity = Annotated[int, Field(ge=1)]
Count = Annotated[int, Field(ge=0)]
LineNo = Annotated[int, Field(ge=1)]


class MoneyV1(Value):
    """A sum in the currency's minor units: 648000 and RUB are 6480 roubles."""

    minor: int
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
