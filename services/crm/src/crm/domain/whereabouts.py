"""Whether a card still stands for a person."""

from crm.domain.customer import Customer
from crm.domain.refusals import CustomerErased


def there(customer: Customer) -> Customer:
    """He is; raise `CustomerErased` when he is gone."""
    if customer.erased is not None:
        raise CustomerErased("This customer was erased; only his id is left.")
    return customer
