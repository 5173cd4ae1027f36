"""Which addresses a feed may be fetched from: public ones, and networks that the settings allow.

A name is resolved once and the connection goes to the very address that was checked, so a name that answers
differently the second time gains nothing.
"""

import asyncio
import ipaddress
import socket
from collections.abc import Awaitable, Callable, Sequence

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Resolve = Callable[[str, int], Awaitable[Sequence[str]]]

TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")


class NotPublic(Exception):
    """The name leads to an address that feeds are not fetched from."""


async def resolve(host: str, port: int) -> list[str]:
    """All addresses of a name, by the system's resolver."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(address[4][0]) for address in found]


async def checked_address(
    host: str, port: int, allowed: Sequence[Network], look_up: Resolve = resolve
) -> str:
    """An address of this host that may be connected to. All of its addresses must be allowed. Raise `NotPublic`."""
    try:
        addresses = [ipaddress.ip_address(each.partition("%")[0]) for each in await look_up(host, port)]
    except OSError as unknown:
        raise NotPublic(f"the name {host} is not known") from unknown
    if not addresses or not all(may_connect(each, allowed) for each in addresses):
        raise NotPublic(f"{host} is not a public address")
    return str(addresses[0])


def may_connect(address: Address, allowed: Sequence[Network]) -> bool:
    """Public in the sense of IANA's registries, whatever it is wrapped in; or allowed by name."""
    inner = _unwrapped(address)
    if any(inner.version == network.version and inner in network for network in allowed):
        return True
    return inner.is_global and not inner.is_multicast and not inner.is_reserved


def _unwrapped(address: Address) -> Address:
    """IPv4 as it is written inside of IPv6: mapped, 6to4, Teredo, NAT64."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address in TRANSLATED:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    teredo = address.teredo
    return address.ipv4_mapped or address.sixtofour or (teredo[1] if teredo else address)
