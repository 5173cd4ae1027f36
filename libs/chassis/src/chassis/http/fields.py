"""Types for request models that MongoDB and JSON can keep: no NUL, no lone surrogates, no integer beyond 64 bits."""

from typing import Annotated

from pydantic import Field, StringConstraints

GREATEST = 2**53 - 1
"""The greatest integer that every JSON reader keeps exact."""


TYPED = r"[^\x00-\x08\x0B\x0C\x0E-\x1F\x7F]"
"""A character that a person types: no control but new lines and tabs. Halves of characters pydantic refuses itself."""

Line = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=300, pattern=rf"^{TYPED}*[^\x00-\x20\x7F]{TYPED}*$"),
]
"""A short text."""

Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=4000, pattern=rf"^{TYPED}*$")]
"""A longer text, may be empty."""

Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.:@-]{0,119}$")]
"""The id of a thing, as it may stand in a path."""

Count = Annotated[int, Field(ge=0, le=1_000_000)]
"""How many of something."""

Minor = Annotated[int, Field(ge=0, le=GREATEST)]
"""A sum in minor units."""
