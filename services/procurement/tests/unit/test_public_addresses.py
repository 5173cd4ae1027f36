import ipaddress
from collections.abc import Sequence

import pytest
from procurement.adapters.public_addresses import NotPublic, checked_address, may_connect

PRIVATE = [
    "127.0.0.1",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "224.0.0.1",
    "255.255.255.255",
    "192.0.2.1",
    "::1",
    "::",
    "fe80::1",
    "fc00::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "2002:7f00:1::",
    "2001:db8::1",
    "fd00:ec2::254",
]
PUBLIC = ["8.8.8.8", "77.88.8.8", "2606:4700:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses_in_any_clothes_are_refused(address: str) -> None:
    assert not may_connect(ipaddress.ip_address(address), ())


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_fine(address: str) -> None:
    assert may_connect(ipaddress.ip_address(address), ())


def test_a_network_may_be_allowed_by_name() -> None:
    allowed = (ipaddress.ip_network("10.0.0.0/8"),)

    assert may_connect(ipaddress.ip_address("10.1.2.3"), allowed)
    assert not may_connect(ipaddress.ip_address("192.168.1.1"), allowed)


async def test_all_addresses_of_a_name_must_be_public() -> None:
    async def mixed(_: str, __: int) -> Sequence[str]:
        return ["8.8.8.8", "127.0.0.1"]

    async def unknown(_: str, __: int) -> Sequence[str]:
        raise OSError

    async def fine(_: str, __: int) -> Sequence[str]:
        return ["8.8.8.8", "8.8.4.4"]

    for look_up in (mixed, unknown):
        with pytest.raises(NotPublic):
            await checked_address("feeds.example.org", 443, (), look_up)
    assert await checked_address("feeds.example.org", 443, (), fine) == "8.8.8.8"
