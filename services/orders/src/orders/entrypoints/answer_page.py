"""The page on which a customer answers an offer: no script, no account, nothing of any person; readable aloud."""

import base64
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from babel.numbers import format_currency
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined
from kernel.money import Money

from orders.application.answering import Sight, Standing
from orders.domain.offers import Offer, Substitute
from orders.domain.words import Language
from orders.entrypoints.answer_words import Words, words_in

STYLE = (
    "body{font:1.1rem/1.5 system-ui,sans-serif;margin:0;background:#fff;color:#1a1a1a}"
    "main{max-width:38rem;margin:0 auto;padding:1rem}"
    "h1{font-size:1.5rem}h2{font-size:1.2rem}h3{font-size:1.05rem}"
    "ul{padding:0;list-style:none}li,section{border-top:1px solid #767676;padding:.5rem 0}"
    "button{font:inherit;padding:.75rem 1rem;min-height:3rem;width:100%;border:2px solid #1a1a1a;border-radius:.4rem;"
    "background:#fff;color:#1a1a1a;cursor:pointer}button.yes{background:#14532d;border-color:#14532d;color:#fff}"
    "button:focus-visible{outline:3px solid #1d4ed8;outline-offset:2px}"
    ".message{padding:.75rem;border-left:.3rem solid #14532d;background:#f1f5f1}"
)
_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
POLICY = f"default-src 'none'; style-src 'sha256-{_HASH}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
}
PAGES = Environment(
    loader=PackageLoader("orders", "entrypoints/pages"), autoescape=True, undefined=StrictUndefined
)
LOCALES = {Language.RU: "ru_RU", Language.EN: "en_GB"}

TokenOf = Callable[[Offer], str | None]
"""The token by which an offer is answered."""


@dataclass(frozen=True, slots=True)
class Reader:
    """In which language, and on whose clock the page is read: the shop's."""

    language: Language
    zone: str

    def sum(self, money: Money) -> str:
        """A sum of money, as it is written there."""
        return format_currency(money.major(), money.currency, locale=LOCALES[self.language])

    def moment(self, at: datetime) -> str:
        """A moment, as it is written there, with its zone."""
        zone = ZoneInfo(self.zone)
        pattern = "d MMMM, HH:mm (zzzz)"
        return format_datetime(at, pattern, tzinfo=zone, locale=LOCALES[self.language])


def page_of(sight: Sight, reader: Reader, token_of: TokenOf, message: str | None = None) -> HTMLResponse:
    """The offer with its buttons while it can be answered; else how it stands; and the order's other open offers."""
    words = words_in(reader.language)
    is_open = sight.standing is Standing.OPEN
    shown = (*([sight.offer] if is_open else []), *sight.others)
    told = message or (None if is_open else _standing(sight, words))
    offers = [_shown(each, token, words, reader) for each in shown if (token := token_of(each))]
    return _page(words, reader.language, number=sight.order.placing.number, message=told, offers=offers)


def page_saying(what: str, language: Language, status: int) -> HTMLResponse:
    """A page that only says what is the matter, kindly."""
    words = words_in(language)
    return _page(words, language, number=None, message=words[what], offers=(), status=status)


def _page(
    words: Words,
    language: Language,
    *,
    number: str | None,
    message: str | None,
    offers: Sequence[dict[str, object]],
    status: int = 200,
) -> HTMLResponse:
    text = PAGES.get_template("answer.html").render(
        words=words, language=language.value, number=number, message=message, offers=offers, style=STYLE
    )
    return HTMLResponse(text, status, headers=HEADERS)


def _standing(sight: Sight, words: Words) -> str:
    answer, said = sight.offer.answer, words[sight.standing]
    taken = sight.offer.substitute(answer.product_id) if answer and answer.product_id else None
    return f"{said} {words['taken']}: {taken.title}." if taken else said


def _shown(offer: Offer, token: str, words: Words, reader: Reader) -> dict[str, object]:
    return {
        "token": token,
        "missing": offer.title,
        "quantity": offer.quantity,
        "price": reader.sum(offer.unit_price),
        "total": reader.sum(offer.unit_price * offer.quantity),
        "until": reader.moment(offer.expires_at),
        "until_iso": offer.expires_at.isoformat(),
        "substitutes": [_substitute(offer, each, words, reader) for each in offer.substitutes],
    }


def _substitute(offer: Offer, each: Substitute, words: Words, reader: Reader) -> dict[str, object]:
    return {
        "product_id": each.product_id,
        "title": each.title,
        "price": reader.sum(each.unit_price),
        "total": reader.sum(each.unit_price * offer.quantity),
        "difference": difference_in_words(offer.difference(each), words, reader),
    }


def difference_in_words(difference: Money, words: Words, reader: Reader) -> str:
    """Dearer or cheaper by so much; the same is said, too."""
    if not difference.minor:
        return words["same"]
    apart = reader.sum(Money(abs(difference.minor), difference.currency))
    return f"{words['dearer' if difference.minor > 0 else 'cheaper']} {apart}."
