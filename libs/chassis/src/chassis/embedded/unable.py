"""Why a server cannot start here, and what its reader can do about it."""


class CannotStart(Exception):
    """The message says what is wrong; the remedy what to type or change."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(f"{what}\n  Remedy: {remedy}")
        self.what, self.remedy = what, remedy
