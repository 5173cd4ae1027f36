"""Several customers of crm share the order's number: who of them is meant, crm can guess and a person can say (R97). Pure."""

from kernel.action import Action
from kernel.refusal import Decision
from kernel.refused_duty import duty

from orders.domain.changes import Change, CustomerChosen
from orders.domain.guarding import open_order
from orders.domain.meant import ChooseCustomer
from orders.domain.order import Order
from orders.domain.placing import to_owner
from orders.domain.refusals import NotMeant


def choose_customer(command: ChooseCustomer, order: Order | None) -> Decision[Change]:
    """A person knows whose the order is: another of those who share its number. Who answers for him answers for it (R98)."""
    found = open_order(order)
    refused = duty(command.actor, Action.WORK_ORDER)
    if refused:
        return refused
    if command.customer_id == found.customer_id:
        return []
    one = next((each for each in found.meant if each.customer_id == command.customer_id), None)
    if one is None:
        raise NotMeant("This customer is none of those who share the order's number.")
    chosen = CustomerChosen(one.customer_id, command.owner_id, command.actor.id, one.wants_no_calls)
    return [chosen, *to_owner(found, command.owner_id, command.at, command.team)]
