"""The catalogue that a shop begins with: the requests of the seeds and the duties of the law (R32, R34, R58)."""

from orders.domain.rush_catalogue import LEGAL, Answer, Entry, Ready, Sort

NO, YES, NEXT_DAY = Answer.NO, Answer.YES, Answer.NEXT_DAY

_SORRY_RU = "К сожалению, сейчас, в предпраздничные дни, этого сделать не сможем. Заказ привезём так, как договорились."
_SORRY_EN = "We are sorry: in these busy days we cannot do this. Your order will come as agreed."
_TOMORROW_RU = "Ответим завтра до конца рабочего дня."
_TOMORROW_EN = "We will answer by the end of the next working day."
_GLADLY_RU = "Хорошо, сделаем."
_GLADLY_EN = "Gladly, we will do it."
_YOURSELF_RU = "Номер заказа, адрес, карта проезда и часы работы есть в сообщении о заказе. Если там не нашлось, ответим завтра."
_YOURSELF_EN = (
    "Your order's number, our address, map and hours are in the message about your order. If they are not, we will "
    "answer the next working day."
)
_DUTY_RU = "Да, конечно. Примем обращение сейчас и ответим в срок, установленный законом."
_DUTY_EN = "Yes, of course. We take your request now and answer within the time set by law."

SORRY = Ready(NO, _SORRY_RU, _SORRY_EN)
TOMORROW = Ready(NEXT_DAY, _TOMORROW_RU, _TOMORROW_EN)
GLADLY = Ready(YES, _GLADLY_RU, _GLADLY_EN)
YOURSELF = Ready(NEXT_DAY, _YOURSELF_RU, _YOURSELF_EN)
DUTY = Ready(YES, _DUTY_RU, _DUTY_EN)

NO_EXTRAS = Ready(
    NO,
    "К сожалению, в предпраздничные дни мы не обещаем ничего сверх заказа, чтобы точно выполнить сам заказ.",
    "We are sorry: in these busy days we promise nothing besides the order, so that the order itself is surely kept.",
)
"""What is said when somebody wants to promise a favour in a rush (R32)."""

USUAL: tuple[Entry, ...] = (
    Entry("bring_to_metro", Sort.COURTESY, TOMORROW, SORRY),
    Entry("change_courier_route", Sort.COURTESY, TOMORROW, SORRY),
    Entry("pay_more_for_delivery", Sort.COURTESY, TOMORROW, SORRY),
    Entry("weigh_it", Sort.COURTESY, TOMORROW, SORRY),
    Entry("look_at_colour", Sort.COURTESY, TOMORROW, SORRY),
    Entry("photograph_it", Sort.COURTESY, TOMORROW, SORRY),
    Entry("keep_it_longer", Sort.COURTESY, GLADLY, TOMORROW),
    Entry("where_is_my_order", Sort.SELF_SERVICE, GLADLY, YOURSELF),
    Entry("how_to_get_there", Sort.SELF_SERVICE, GLADLY, YOURSELF),
    *(Entry(kind, Sort.LEGAL_DUTY, DUTY, DUTY) for kind in LEGAL),
)
"""Weighing and looking are answered next day even at usual times: an obligation with a gap in time grows (R32)."""
