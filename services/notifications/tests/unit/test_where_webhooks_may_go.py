"""Webhooks are a way out and no way in: what may be called is a table."""

import pytest
from notifications.domain.reachable import Reach, may_reach, place_of
from notifications.domain.refusals import WebhookAddressRefused
from notifications.domain.trying import means, unknown

PUBLIC = ("93.184.216.34", "8.8.8.8", "2606:4700::1111", "64:ff9b::808:808", "172.15.0.1", "192.169.0.1")
INSIDE = (
    "127.0.0.1", "127.255.255.254", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "100.64.0.1",
    "169.254.169.254", "169.254.1.1", "192.0.0.192", "192.0.2.1", "198.18.0.1", "203.0.113.9", "224.0.0.1",
    "239.255.255.250", "240.0.0.1", "255.255.255.255", "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:8.8.8.8",
    "::ffff:a9fe:a9fe", "fc00::1", "fd00:ec2::254", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "2001:db8::1",
    "2001::1", "2002:7f00:1::", "::ffff:0:7f00:1", "::ffff:0:a9fe:a9fe", "4000::1", "fe00::1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "100::1", "not-an-address", "",
)  # fmt: skip
REFUSED = {
    "http://erp.example/": "scheme",
    "ftp://erp.example/": "scheme",
    "file:///etc/passwd": "scheme",
    "gopher://erp.example": "scheme",
    "https://user:word@erp.example/": "credentials",
    "https://@erp.example/": "credentials",
    "https://erp.example:22/": "port",
    "https://erp.example:0/": "port",
    "https://erp.example:99999/": "malformed",
    "https:///hooks": "malformed",
    "https://erp.example/#part": "malformed",
    "https://erp.example/a b": "malformed",
    "https://erp.example/\r\nHost: x": "malformed",
    "https://erp.example\\@inside/": "malformed",
    "https://пример.рф/": "malformed",
    "https://[::1/": "malformed",
    "https://[::1]/": "address",
    "https://127.0.0.1/": "address",
    "https://169.254.169.254/latest/meta-data": "address",
    "https://[::ffff:10.0.0.1]/": "address",
    "https://localhost/": "address",
    "https://LOCALHOST./": "address",
    "https://a.localhost/": "address",
    "https://erp.example/" + "a" * 2000: "malformed",
}


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_may_be_called(address: str) -> None:
    assert may_reach(address, Reach())


@pytest.mark.parametrize("address", INSIDE)
def test_what_lies_inside_may_not(address: str) -> None:
    assert not may_reach(address, Reach())


@pytest.mark.parametrize(("url", "why"), REFUSED.items())
def test_an_address_is_refused_with_its_reason(url: str, why: str) -> None:
    with pytest.raises(WebhookAddressRefused) as no:
        place_of(url, Reach())
    assert no.value.about["why"] == why


def test_where_a_url_leads() -> None:
    place = place_of("https://erp.example:8443/hooks?shop=1", Reach())

    assert (place.host, place.port, place.path, place.header) == (
        "erp.example", 8443, "/hooks?shop=1", "erp.example:8443",
    )  # fmt: skip
    assert place_of("https://[2606:4700::1111]", Reach()).header == "[2606:4700::1111]"
    assert place_of("http://127.0.0.1:8080/", Reach(anywhere=True)).port == 8080


@pytest.mark.parametrize(
    ("pattern", "fits"),
    [("*", True), ("order.*", True), ("order.created", True), ("order.created.v1", True), ("order", False),
     ("order.created.v2", False), ("ord.*", False), ("order.cancelled", False)],
)  # fmt: skip
def test_what_a_pattern_means(pattern: str, *, fits: bool) -> None:
    assert means(pattern, "order.created.v1") is fits


def test_a_pattern_that_means_nothing_is_said() -> None:
    types = ["order.created.v1"]

    assert unknown(["*", "order.*", "order.creatd", "x.*", "**", "order.created.v9"], types) == [
        "order.creatd", "x.*", "**", "order.created.v9",
    ]  # fmt: skip
