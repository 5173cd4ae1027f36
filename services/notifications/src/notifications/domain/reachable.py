"""Which addresses a webhook may be sent to: the shop's server must not be made to call what only it can reach (SSRF)."""

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

from notifications.domain.refusals import WebhookAddressRefused

LONGEST_URL = 2000
INSIDE = tuple(
    ip_network(each)
    for each in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        "224.0.0.0/4", "240.0.0.0/4", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
    )
)  # fmt: skip
"""IANA's special-purpose registries: this host, private, shared, link-local with the clouds' metadata, documentation,
multicast, reserved, and Teredo and 6to4, which lead to IPv4 in ways nobody needs today."""
GLOBAL = ip_network("2000::/3")
"""All that is given out of IPv6. What lies beside it is refused whole: loopback, mapped, translated and private addresses, and
whatever will be thought of."""
NAT64 = ip_network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class Reach:
    """`anywhere` is for development and tests: plain http, any port and any address."""

    ports: frozenset[int] = frozenset({443, 8443})
    anywhere: bool = False


def may_reach(address: str, reach: Reach) -> bool:
    """Whether this resolved address may be connected to; what can't be read may not."""
    if reach.anywhere:
        return True
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return not any(_inside(each) for each in (found, *_carried(found)))


def _inside(address: IPv4Address | IPv6Address) -> bool:
    if address.version == 6 and address not in GLOBAL and address not in NAT64:  # noqa: PLR2004
        return True
    return any(address.version == net.version and address in net for net in INSIDE)


def _carried(address: IPv4Address | IPv6Address) -> list[IPv4Address]:
    """The IPv4 address that NAT64 makes of it (RFC 6052)."""
    return [IPv4Address(int(address) & 0xFFFFFFFF)] if address.version == 6 and address in NAT64 else []  # noqa: PLR2004


@dataclass(frozen=True, slots=True)
class Place:
    """Where a URL leads: `host` without brackets, `port` said or usual, `path` with its query."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def header(self) -> str:
        """The `Host` header."""
        name = f"[{self.host}]" if ":" in self.host else self.host
        usual = {"https": 443, "http": 80}[self.scheme]
        return name if self.port == usual else f"{name}:{self.port}"


def place_of(url: str, reach: Reach) -> Place:
    """Where this URL leads; raise `WebhookAddressRefused`. A name is checked again whenever it is resolved."""
    if (
        len(url) > LONGEST_URL
        or not url.isascii()
        or any(each <= " " or each in '\\<>"^`{|}' for each in url)
    ):
        raise WebhookAddressRefused(
            "The address is too long, or has characters that no URL has.", why="malformed"
        )
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise WebhookAddressRefused("This is no URL.", why="malformed") from None
    if parts.scheme != "https" and not (reach.anywhere and parts.scheme == "http"):
        raise WebhookAddressRefused("Webhooks go by https only.", why="scheme")
    if "@" in parts.netloc:
        raise WebhookAddressRefused(
            "No user or password in the address: the signature says who calls.", why="credentials"
        )
    host = (parts.hostname or "").rstrip(".")
    if not host or parts.fragment:
        raise WebhookAddressRefused("An address has a host and no fragment.", why="malformed")
    port = (443 if parts.scheme == "https" else 80) if port is None else port
    if not reach.anywhere and port not in reach.ports:
        raise WebhookAddressRefused("This port is not one that webhooks may use.", why="port")
    if not reach.anywhere and (
        _literal_inside(host, reach) or host == "localhost" or host.endswith(".localhost")
    ):
        raise WebhookAddressRefused("This address lies inside.", why="address")
    return Place(parts.scheme, host, port, (parts.path or "/") + (f"?{parts.query}" if parts.query else ""))


def _literal_inside(host: str, reach: Reach) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return not may_reach(host, reach)
