"""What is said to people, in Russian and English: what is promised, and why something is not."""

from collections.abc import Mapping
from typing import NamedTuple

from logistics.domain.promise import Kind, Promise, Reason


class Words(NamedTuple):
    """The same in both languages."""

    ru: str
    en: str


REASONS: Mapping[Reason, Words] = {
    Reason.NO_SUCH_ZONE: Words("Туда никто из перевозчиков не доставляет.", "No carrier delivers there."),
    Reason.NO_SUCH_POINT: Words("Такого пункта выдачи нет.", "There is no such pick-up point."),
    Reason.NO_TERMS: Words(
        "На этот день нет утверждённых условий с перевозчиком.",
        "No carrier's terms are approved for that day.",
    ),
    Reason.OTHER_TERMS: Words(
        "С перевозчиком теперь согласованы другие условия.", "Other terms are agreed with the carrier by now."
    ),
    Reason.NO_PAYMENT_ON_DELIVERY: Words(
        "Оплату при получении там не принимают: нужна предоплата.",
        "Payment on delivery is not taken there: it has to be prepaid.",
    ),
    Reason.TOO_MANY_PIECES: Words(
        "Столько мест за одну доставку не везут.", "So many pieces are not carried at once."
    ),
    Reason.DATE_PASSED: Words("Этот день уже прошёл.", "That day has passed."),
    Reason.TOO_FAR_AHEAD: Words(
        "Так далеко вперёд перевозчик не обещает.", "The carrier does not promise that far ahead."
    ),
    Reason.DAY_OFF: Words("В этот день перевозчик не работает.", "The carrier does not work on that day."),
    Reason.POINT_CLOSED: Words(
        "В этот день пункт выдачи закрыт.", "The pick-up point is closed on that day."
    ),
    Reason.LEAD_TIME: Words("К этому сроку заказ не успеет доехать.", "The order can't be there by then."),
    Reason.GOODS_NOT_READY: Words(
        "К этому сроку товар ещё не успеет поступить на склад и доехать.",
        "The goods will not have come to our warehouse in time for that.",
    ),
    Reason.PAST_CUT_OFF: Words(
        "На эту отправку заказ уже не успевает: приём заказов закрыт.",
        "Orders for that pick-up are closed.",
    ),
    Reason.NO_SUCH_WINDOW: Words("В эти часы не доставляют.", "Nothing is delivered at those hours."),
    Reason.POINT_OUT_OF_HOURS: Words(
        "В эти часы пункт выдачи закрыт.", "The pick-up point is closed at those hours."
    ),
    Reason.EXACT_HOUR: Words(
        "К точному часу доставить не обещают: курьер приедет в любой момент интервала. Можно договориться, кто примет "
        "заказ за вас.",
        "An exact hour can't be promised: the courier comes at any moment of the window. Somebody else may take it for "
        "you.",
    ),
    Reason.NARROWER_THAN_AGREED: Words(
        "Такой узкий интервал с перевозчиком не согласован.",
        "A window that narrow is not agreed with the carrier.",
    ),
    Reason.FULL_DAY: Words("На этот день мест больше нет.", "There is no room left on that day."),
    Reason.FULL_WINDOW: Words("В этом интервале мест больше нет.", "There is no room left in that window."),
}


def reason_in_words(reason: Reason) -> Words:
    """Why it can't be promised."""
    return REASONS[reason]


def promise_in_words(promise: Promise, place: str) -> Words:
    """The promise as the customer reads it; any moment in it may be meant (R66). `place` is the point's title."""
    ru, en = promise.window.in_words("ru"), promise.window.in_words("en")
    if promise.kind is Kind.POINT:
        return Words(f"{ru} в пункте выдачи «{place}»", f"{en} at the pick-up point “{place}”")
    return Words(ru, en)


def found_in_words(promise: Promise, place: str) -> Words:
    """A yes, and what it does not mean: an interval of 9 to 15 is not 9 (R66)."""
    told = promise_in_words(promise, place)
    if promise.kind is Kind.POINT:
        return Words(f"Можно забрать {told.ru}.", f"It can be collected on {told.en}.")
    return Words(
        f"Доставим {told.ru}; это не значит, что к началу интервала.",
        f"It will be delivered on {told.en}; that does not mean at its beginning.",
    )
