"""The words of the page on which a customer answers an offer, in plain Russian and English (R33)."""

from collections.abc import Mapping

from orders.application.answering import Standing
from orders.domain.words import Language

Words = Mapping[str, str]

RU: Words = {
    "title": "Замена в заказе",
    "order": "Заказ",
    "sorry": "Простите: этого товара сейчас нет.",
    "missing": "Вы заказали",
    "instead": "Вместо него предлагаем",
    "each": "за штуку",
    "total": "всего",
    "same": "Цена та же.",
    "dearer": "Дороже на",
    "cheaper": "Дешевле на",
    "until": "Предложение действует до",
    "yes": "Да, беру",
    "no": "Нет, не нужно",
    "other": "Ещё одна замена в этом заказе",
    "nothing_yet": "Пока вы не ответили, в заказе ничего не меняется.",
    Standing.ACCEPTED: "Спасибо! Вы согласились на замену, заказ изменён.",
    Standing.DECLINED: "Спасибо за ответ. Замены не будет, мы предложим другое или вернём деньги.",
    Standing.EXPIRED: "Срок этого предложения прошёл. Напишите нам: предложим снова.",
    Standing.WITHDRAWN: "Это предложение больше не действует: заказ с тех пор изменился.",
    Standing.CANCELLED: "Этот заказ отменён, отвечать больше не нужно.",
    "taken": "Вы выбрали",
    "unreadable": "Ссылка неполная или не наша. Откройте её целиком из нашего письма или напишите нам.",
    "expired": "Срок этой ссылки прошёл. Напишите нам: предложим снова.",
    "otherwise": "Вы уже ответили на это предложение. Если передумали, напишите нам.",
    "which": "Выберите, пожалуйста, один из предложенных товаров.",
}
EN: Words = {
    "title": "A substitute in your order",
    "order": "Order",
    "sorry": "We are sorry: we do not have this item now.",
    "missing": "You ordered",
    "instead": "Instead we offer",
    "each": "each",
    "total": "in all",
    "same": "The price is the same.",
    "dearer": "More by",
    "cheaper": "Less by",
    "until": "The offer holds until",
    "yes": "Yes, I take",
    "no": "No, thank you",
    "other": "One more substitute in this order",
    "nothing_yet": "Until you answer, nothing in the order changes.",
    Standing.ACCEPTED: "Thank you! You agreed to the substitute, and the order is changed.",
    Standing.DECLINED: "Thank you for the answer. There will be no substitute; we offer something else or pay back.",
    Standing.EXPIRED: "This offer has ended. Write to us, and we offer again.",
    Standing.WITHDRAWN: "This offer no longer holds: the order has changed since.",
    Standing.CANCELLED: "This order is cancelled; no answer is needed any more.",
    "taken": "You chose",
    "unreadable": "The link is not whole, or not ours. Open it from our letter, or write to us.",
    "expired": "This link has ended. Write to us, and we offer again.",
    "otherwise": "You have answered this offer already. If you changed your mind, write to us.",
    "which": "Please choose one of the products offered.",
}


def words_in(language: Language) -> Words:
    """All words of one language."""
    return RU if language is Language.RU else EN


def language_of(accepted: str | None, otherwise: Language) -> Language:
    """The one that the reader's browser likes best of ours (RFC 9110, 12.5.4); else the order's own."""
    liked = [_weighed(each) for each in (accepted or "").split(",")]
    ours = {each.value for each in Language}
    ranked = sorted(((weight, name) for weight, name in liked if name in ours and weight > 0), reverse=True)
    best = [name for weight, name in ranked if weight == ranked[0][0]]
    if otherwise.value in best or not best:
        return otherwise
    return Language(best[0])


def _weighed(part: str) -> tuple[float, str]:
    name, _, weight = part.partition(";")
    try:
        liking = float(weight.strip().removeprefix("q=") or 1)
    except ValueError:
        liking = 0.0
    return liking, name.strip().lower().split("-")[0]
