"""Lifelike values, so that a template can be seen and checked without any customer's data."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

from kernel.money import Money
from kernel.personal import Personal

from notifications.application.contact import Contact, ContactLine, ContactOffer, ContactSubstitute
from notifications.application.wording import Signature, Values, values_of
from notifications.domain.message import About, Promise, Refund
from notifications.domain.words import Language, Template

ZONE = "Europe/Moscow"
LINK = "https://shop.example/answers/eyJvIjoiMTA0MiJ9.c2FtcGxlLXNpZ25hdHVyZQ"
SURVEY_LINK = "https://shop.example/survey/k1.q-5b3f0c1d2e4a6978877695a4.c2FtcGxlLXNpZ25hdHVyZQ"
TITLES = {
    Language.RU: ("Лампа латунная", "Абажур зелёный", "Мария", "Пункт выдачи, ул. Садовая, 1"),
    Language.EN: ("Brass lamp", "Green shade", "Maria", "Pick-up point, 1 Sadovaya street"),
}
PROMISE = Promise(
    kind="window",
    carrier_id="own-couriers",
    terms_version=3,
    reservation_id="r-1",
    starts_at=datetime(2026, 3, 4, 6, tzinfo=UTC),
    ends_at=datetime(2026, 3, 4, 12, tzinfo=UTC),
    time_zone=ZONE,
    point_id=None,
    price=Money(39000),
    promised_at=datetime(2026, 3, 2, 7, 40, tzinfo=UTC),
)
POINT = replace(PROMISE, kind="point", point_id="p-1", ends_at=datetime(2026, 3, 9, 17, tzinfo=UTC))


def sample_contact(language: Language) -> Contact:
    """Maria, who is nobody."""
    lamp, shade, name, point = TITLES[language]
    substitute = ContactSubstitute(lamp, shade, Money(590000))
    return Contact(
        number="1042",
        language=language,
        name=Personal(name),
        phone=None,
        email=None,
        lines=(ContactLine(lamp, 2, Money(648000)), ContactLine(shade, 1, Money(90050))),
        total=Money(1386050),
        offer=ContactOffer(Personal(LINK), datetime(2026, 3, 4, 15, tzinfo=UTC), (substitute,)),
        promise_words={language.value: point},
    )


def samples(name: Template, language: Language, signature: Signature) -> Iterator[Values]:
    """Of every kind that the occasion knows; the first is the one to show."""
    contact = sample_contact(language)
    link = Personal(SURVEY_LINK) if name is Template.QUALITY_SURVEY else None
    for about in _abouts(name):
        yield values_of(contact, about, signature, ZONE, link)
    if name is Template.APOLOGY_AND_OFFER and contact.offer:
        for offer in (replace(contact.offer, expires_at=None), replace(contact.offer, link=None)):
            yield values_of(replace(contact, offer=offer), About(), signature, ZONE)
    yield values_of(contact, _abouts(name)[-1], replace(signature, phone=None), ZONE, link)


def sample_about(name: Template) -> About:
    """What a message of the occasion is about, made up."""
    return _abouts(name)[0]


def _abouts(name: Template) -> tuple[About, ...]:
    match name:
        case Template.DELIVERY_AGREED | Template.DELIVERY_REMINDER:
            return About(promise=PROMISE), About(promise=POINT)
        case Template.REFUND_DUE:
            return (About(refund=Refund("rf-1", Money(1386050), date(2026, 3, 12))),)
        case Template.REFUNDED:
            return (About(refund=Refund("rf-1", Money(1386050))),)
        case Template.ORDER_TAKEN | Template.APOLOGY_AND_OFFER | Template.QUALITY_SURVEY:
            return (About(),)
