"""Who rings: of several customers with one number the likeliest first, by a rule that can be told (R97, R98)."""

from telephony_router.domain.plan import Recognition
from telephony_router.domain.situation import Call, Card, Situation


def likeliest(cards: tuple[Card, ...]) -> tuple[Card, ...]:
    """An order in trouble, an order under way, a customer before a lead, the newest order; last the id, so that the same
    number is answered the same way each time.
    """
    return tuple(
        sorted(
            cards,
            key=lambda card: (
                not card.troubled,
                not card.open_orders,
                card.stage != "customer",
                -(card.last_order_at.timestamp() if card.last_order_at else 0.0),
                card.customer_id,
            ),
        )
    )


def recognise(call: Call, situation: Situation) -> tuple[Recognition, tuple[Card, ...]]:
    """What is known of him, and whom he may be. A blocked card counts only when no other has the number."""
    if not call.has_number:
        return Recognition.HIDDEN, ()
    known = likeliest(situation.candidates)
    free = tuple(card for card in known if not card.blocked)
    if known and not free:
        return Recognition.BLOCKED, known
    if not free:
        return Recognition.UNKNOWN, ()
    return (Recognition.KNOWN if len(free) == 1 else Recognition.AMBIGUOUS), free
