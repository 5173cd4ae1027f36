"""Lists over HTTP: a limit, an opaque cursor, and where the next page begins."""

from typing import Annotated, Generic, TypeVar

from fastapi import Depends, Query
from pydantic import BaseModel, Field

MOST = 200
T = TypeVar("T")


class PageOut(BaseModel, Generic[T]):
    """A page. `next` is the cursor of the page after it; none at the end."""

    items: list[T]
    next: str | None = Field(default=None, description="Pass it as `cursor` for the next page.")


class PageAsked(BaseModel):
    """Which page is asked for."""

    limit: int
    cursor: str | None


async def paging(
    limit: Annotated[int, Query(ge=1, le=MOST)] = 50,
    cursor: Annotated[str | None, Query(max_length=600, description="`next` of the page before.")] = None,
) -> PageAsked:
    """The page of the request."""
    return PageAsked(limit=limit, cursor=cursor)


Paging = Annotated[PageAsked, Depends(paging)]
