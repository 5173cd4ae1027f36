"""OAuth 2.0 client credentials at `/oauth/token`: a token for an hour, and what is said when it is over."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from tests.fakes.cdek.envelopes import Fault, Json


class BadClient(Exception):
    """Wrong account or password: 401 in OAuth's own words."""


@dataclass
class Tokens:
    """One integration account. `issued`: how many tokens there were."""

    clock: Callable[[], float]
    account: str = "wqGwiQx0gg8mLtiEKsUinjVSICCjtTEP"
    password: str = "a-password-of-the-integration"
    lasts: int = 3599
    access: dict[str, float] = field(default_factory=dict[str, float])
    issued: int = 0

    def grant(self, asked: Mapping[str, str]) -> Json:
        named = (asked.get("client_id"), asked.get("client_secret"))
        if asked.get("grant_type") != "client_credentials" or named != (self.account, self.password):
            raise BadClient
        token = secrets.token_urlsafe(48)
        self.access[token] = self.clock() + self.lasts
        self.issued += 1
        return {
            "access_token": token,
            "token_type": "bearer",
            "expires_in": self.lasts,
            "scope": "location:all order:all payment:all",
            "jti": secrets.token_hex(16),
        }

    def believe(self, header: str) -> None:
        """The bearer of a request, or 401."""
        ends = self.access.get(header.removeprefix("Bearer "))
        if ends is None:
            raise Fault("v2_token_invalid", "Token is invalid", status=401, kind="AUTH")
        if ends <= self.clock():
            raise Fault("v2_token_expired", "Token is expired", status=401, kind="AUTH")

    def revoke(self) -> None:
        """CDEK forgets all tokens before their time."""
        self.access.clear()
