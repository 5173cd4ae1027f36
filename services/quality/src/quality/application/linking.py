"""The link by which a customer answers: what it names, and how it is refused."""

from typing import Protocol

from kernel.refusal import NotFound


class LinkUnreadable(NotFound):
    """The link is incomplete, or not ours."""


class SurveyLinks(Protocol):
    """Makes and reads links."""

    def link(self, call_id: str) -> str | None:
        """Where the customer answers; None where no key is set."""
        ...

    def call_id(self, token: str) -> str:
        """The call that a token names; raise `LinkUnreadable`."""
        ...
