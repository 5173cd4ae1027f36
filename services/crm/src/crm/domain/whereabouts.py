"""Whether a card still stands for a person."""

from crm.domain.customer import Customer
from crm.domain.refusals import CustomerErased, CustomerMerged


def there(customer: Customer) -> Customer:
    """It does; raise `CustomerErased` when he is gone, `CustomerMerged` when he is another by now."""
    if customer.erased is not None:
        raise CustomerErased("This customer was erased; only his id is left.")
    if customer.joined is not None:
        into = customer.joined.into
        raise CustomerMerged("This card was merged; its customer is another by now.", merged_into=into)
    return customer
