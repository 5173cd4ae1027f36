"""The playbooks we begin with, before anybody wrote a better one (R51, R53)."""

from logistics.domain import incident_trouble as kinds
from logistics.domain.playbook import CARRIER_INQUIRY, Playbook, Step

ASK_CARRIER = Step(
    CARRIER_INQUIRY, "Спокойно спросить перевозчика и выслушать ответ", "Ask the carrier calmly and hear him"
)
TELL_CUSTOMER = Step(
    "tell_customer", "Предупредить покупателя и назвать новый срок", "Tell the customer and give a new term"
)
NEW_WINDOW = Step("new_window", "Согласовать новый интервал", "Agree on a new window")
CALL_CUSTOMER = Step("call_customer", "Созвониться с покупателем", "Reach the customer")
FIX_ADDRESS = Step("fix_address", "Исправить адрес в отправлении", "Correct the address of the shipment")
SEARCH = Step("search_parcel", "Начать розыск отправления", "Have the parcel searched for")
SEND_AGAIN = Step(
    "send_again",
    "Отправить товар повторно или вернуть деньги",
    "Send the goods again, or give the money back",
)
PHOTOS = Step("collect_photos", "Собрать фотографии и акт", "Collect photos and the act")
CLAIM_CARRIER = Step(
    "claim_from_carrier", "Выставить требование перевозчику", "Demand compensation from the carrier"
)
CHECK_PACKING = Step("check_packing", "Проверить сборку на складе", "Check the packing at our warehouse")
EXCHANGE = Step(
    "exchange_goods", "Забрать лишнее и довезти нужное", "Fetch the wrong goods, bring the right ones"
)
ASK_REASON = Step(
    "ask_reason", "Узнать причину отказа без спора", "Learn why it was refused, without arguing"
)
TAKE_BACK = Step("take_back", "Организовать возврат на склад", "Have it brought back to our warehouse")
REMIND = Step("remind_customer", "Напомнить о сроке хранения", "Remind of the storage term")
CORRECT_PROMISE = Step(
    "correct_promise", "Исправить обещание и данные заказа", "Correct the promise and the order's data"
)

STEPS: dict[str, tuple[Step, ...]] = {
    kinds.MIS_SORT: (CHECK_PACKING, TELL_CUSTOMER, EXCHANGE),
    kinds.DELAY: (ASK_CARRIER, TELL_CUSTOMER, NEW_WINDOW),
    kinds.LOSS: (ASK_CARRIER, SEARCH, TELL_CUSTOMER, SEND_AGAIN, CLAIM_CARRIER),
    kinds.DAMAGE: (PHOTOS, ASK_CARRIER, SEND_AGAIN, CLAIM_CARRIER),
    kinds.SHORTAGE: (CHECK_PACKING, ASK_CARRIER, SEND_AGAIN),
    kinds.REFUSAL: (ASK_REASON, TAKE_BACK),
    kinds.WRONG_ADDRESS: (CALL_CUSTOMER, FIX_ADDRESS, NEW_WINDOW),
    kinds.NO_CONTACT: (CALL_CUSTOMER, NEW_WINDOW),
    kinds.NO_PICKUP: (REMIND, CALL_CUSTOMER, TAKE_BACK),
    kinds.PROMISE_ERROR: (CORRECT_PROMISE, TELL_CUSTOMER, NEW_WINDOW),
    kinds.DATA_ERROR: (CORRECT_PROMISE, TELL_CUSTOMER),
    kinds.OTHER: (ASK_CARRIER, TELL_CUSTOMER),
}

CATALOGUE = {kind: Playbook(kind, steps, version=1) for kind, steps in STEPS.items()}
