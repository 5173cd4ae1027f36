"""Why a step is in a plan, or a person is not: in words, Russian and English (R97, R99)."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """The same in both languages, and the rule that it comes from."""

    rule: str
    ru: str
    en: str


REASONS: Mapping[str, Words] = {
    "order_in_trouble": Words(
        "R5",
        "С заказом беда: сначала спокойный человек",
        "An order of his is in trouble: the calm person first",
    ),
    "answers_for_customer": Words(
        "R97", "Отвечает за этого покупателя", "He answers for this customer"
    ),
    "answers_for_another_card": Words(
        "R97", "Отвечает за другого покупателя с этим номером", "He answers for another customer with this number"
    ),
    "busy_at_desk": Words("R96", "Говорит по телефону: мобильный", "He is talking: his mobile"),
    "silent_at_desk": Words("R96", "Не ответил за столом: мобильный", "Silent at his desk: his mobile"),
    "no_desk": Words("R96", "Нет настольного телефона: мобильный", "He has no desk telephone: his mobile"),
    "owner_silent": Words("R96", "Ответственный не ответил: заместитель", "The owner is silent: his deputy"),
    "owner_unreachable": Words(
        "R96", "Ответственному некуда звонить: заместитель", "The owner has nothing to be rung by: his deputy"
    ),
    "owner_off": Words("R96", "Ответственного нет: заместитель", "The owner is off: his deputy"),
    "owner_on_break": Words("R105", "Ответственный на перерыве: заместитель", "The owner is on a break: his deputy"),
    "on_duty": Words("R105", "Дежурный", "The person on duty"),
    "first_line": Words("R97", "Дежурного нет: кто продаёт и на месте", "Nobody is on duty: who sells and is there"),
    "rush_lane": Words("R112", "Аврал: телефон берут только на линии заказов", "Rush: only the lane of orders answers"),
    "rush_owner_in_lane": Words(
        "R112", "Аврал: ответственный сам на линии заказов", "Rush: the owner himself is in the lane of orders"
    ),
    "nobody_of_us": Words("R115", "Никто не ответил: внешний колл-центр", "None of us answered: the call centre"),
    "hold_the_line": Words("R99", "Чтобы звонок не оборвался через минуту", "So that the call is not dropped after a minute"),
    "closed": Words("R113", "Магазин закрыт", "The shop is closed"),
    "outside_phone_hours": Words("R113", "Сейчас не часы телефона", "These are not the phone hours"),
    "nobody_there": Words("R96", "Сейчас некому ответить", "Nobody can answer now"),
    "blocked": Words("R97", "Номер заблокирован: никому не звоним", "The number is blocked: nobody is rung"),
    "call_back": Words("R96", "Перезвонить", "To be rung back"),
    "write_back": Words("R26", "Не хочет звонков: написать", "He wants no calls: to be written to"),
    "no_number": Words("R96", "Номер скрыт: дежурный ищет, кто звонил", "No number: the duty person finds out who it was"),
    "blocked_rang": Words("R97", "Звонил заблокированный: решить, верно ли", "A blocked number rang: is that still right?"),
    "is_off": Words("R96", "Не на работе", "Not at work"),
    "is_on_break": Words("R105", "На перерыве", "On a break"),
    "not_in_lane": Words("R112", "Аврал: не на линии заказов", "Rush: not in the lane of orders"),
    "nothing_to_ring": Words("R96", "Нет номера, по которому можно звонить", "Nothing that may be rung"),
    "is_busy": Words("R96", "Говорит, и другого номера нет", "He is talking, and has no other number"),
    "left": Words("R96", "Больше не работает", "Works here no more"),
}  # fmt: skip


def words_of(reason: str) -> Words:
    """The words of a reason; a reason that no table knows is a defect."""
    return REASONS[reason]
