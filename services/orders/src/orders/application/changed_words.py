"""Which changes of an order are told as `order.changed`, by which word, and which are told to nobody."""

from collections.abc import Mapping

from orders.domain import changes as c
from orders.domain import delivery_changes as d
from orders.domain import erasure as e
from orders.domain import journey_changes as j
from orders.domain import money_changes as m

CHANGED: Mapping[type, str] = {
    c.CustomerLinked: "customer",
    c.CustomerChosen: "customer",
    c.AttentionPassed: "deadline",
    c.SupplyHeard: "supply",
    c.ApologyOverdue: "apology_overdue",
    c.AttemptRecorded: "attempt",
    d.LeavingChanged: "leaving",
    d.PromiseTold: "promise_told",
    d.PromiseVoided: "promise_void",
    d.PromiseOverdue: "promise_overdue",
    j.ShipmentDispatched: "dispatched",
    j.DeliveryFailed: "delivery_failed",
    j.WindowMissed: "window_missed",
    j.ShipmentReturned: "delivery_returned",
    j.OrderCameBack: "came_back",
    j.DeliverySeenTo: "delivery_seen_to",
    j.ComingBackOverdue: "came_back_overdue",
    j.CollectingOverdue: "payment_overdue",
    m.TermsChanged: "payment_terms",
    m.GoodwillGranted: "goodwill",
    m.BankDoubted: "payment_doubted",
    m.CheckOverdue: "payment_doubted",
    m.ReceiptKept: "receipt",
    m.RefundReduced: "refund_reduced",
    m.RefundApproved: "refund_approved",
    m.PayoutFailed: "payout_failed",
    m.RefundNear: "refund_near",
    m.RefundOverdue: "refund_overdue",
}

SILENT: frozenset[type] = frozenset(
    {
        c.NamingPostponed,
        c.NamingGivenUp,
        c.OwnerHeard,
        c.SupplyToldAgain,
        e.ErasureHeard,
        e.PersonForgotten,
        j.ShipmentScheduled,
        j.ShipmentArrived,
        m.LinkAsked,
        m.LinkOpened,
        m.BankAnswered,
        m.PayoutStarted,
        m.PayoutPostponed,
    }
)
