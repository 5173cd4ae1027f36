"""The link by which a customer answers: it names order, offer and hour, and is believed only when it is ours and whole."""

import base64
import json
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from orders.adapters.answer_links import AnswerLinks, BadLinkKeys, NoLinks
from orders.application.answering import LinkExpired, LinkUnreadable, Named
from orders.domain.offers import Offer
from orders.testing.lamps import MONDAY, NAME, PHONE, opened
from orders.testing.substitutes import GONE, make

KEY, NEWER = "k1:" + "a" * 43, "k2:" + "b" * 43
LINKS = AnswerLinks.parse(KEY, "https://lamps.example/")


def offer() -> Offer:
    return opened(GONE, make()).goods.offers[0]


def token(links: AnswerLinks = LINKS) -> str:
    made = links.token("order-1", offer())
    assert made
    return made


def payload(of: str) -> str:
    middle = of.split(".")[1]
    return base64.urlsafe_b64decode(middle + "=" * (-len(middle) % 4)).decode()


def test_a_link_names_the_order_the_offer_and_its_hour_and_nobody() -> None:
    assert LINKS.link("order-1", offer()) == f"https://lamps.example/answers/{token()}"
    assert LINKS(token(), MONDAY) == Named("order-1", 1)
    assert json.loads(payload(token())).keys() == {"aud", "order", "offer", "exp"}
    assert NAME not in payload(token())
    assert PHONE not in payload(token())


def test_the_same_offer_has_the_same_link() -> None:
    assert token() == token()


def test_a_link_ends_with_its_offer() -> None:
    until = offer().expires_at

    assert LINKS(token(), until - timedelta(seconds=1))
    with pytest.raises(LinkExpired):
        LINKS(token(), until)


def test_after_a_rotation_older_links_are_believed_until_their_key_is_gone() -> None:
    rotated, forgotten = (
        AnswerLinks.parse(f"{NEWER},{KEY}", "https://l"),
        AnswerLinks.parse(NEWER, "https://l"),
    )

    assert rotated(token(), MONDAY) == Named("order-1", 1)
    assert token(rotated) != token()
    with pytest.raises(LinkUnreadable):
        forgotten(token(), MONDAY)


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "abc",
        "a.b.c",
        token()[:-1],
        token() + "x",
        token(AnswerLinks.parse("k1:" + "c" * 43, "https://l")),
        ".".join([token().split(".")[0], token().split(".")[1], ""]),
        "x" * 2000,
    ],
)
def test_what_is_not_ours_or_not_whole_is_not_believed(wrong: str) -> None:
    with pytest.raises(LinkUnreadable):
        LINKS(wrong, MONDAY)


def test_a_token_that_says_it_needs_no_signature_is_not_believed() -> None:
    head = base64.urlsafe_b64encode(b'{"alg":"none","kid":"k1"}').decode().rstrip("=")

    with pytest.raises(LinkUnreadable):
        LINKS(f"{head}.{token().split('.')[1]}.", MONDAY)


@given(st.text(max_size=200))
def test_no_text_at_all_makes_it_stumble(text: str) -> None:
    with pytest.raises(LinkUnreadable):
        LINKS(text, MONDAY)


@pytest.mark.parametrize("ring", ["", "k1", "k1:short", f"{KEY},{KEY}", ":" + "a" * 43])
def test_a_bad_ring_is_told_without_its_keys(ring: str) -> None:
    with pytest.raises(BadLinkKeys) as wrong:
        AnswerLinks.parse(ring, "https://l")

    assert "a" * 43 not in str(wrong.value)


def test_without_a_key_there_are_no_links() -> None:
    assert NoLinks().link("order-1", offer()) is None
    with pytest.raises(LinkUnreadable):
        NoLinks()(token(), MONDAY)


def test_keys_are_never_printed() -> None:
    assert "a" * 43 not in repr(LINKS)
