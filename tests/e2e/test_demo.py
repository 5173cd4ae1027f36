"""`opblok demo` plays its day against this stack."""

import os
import subprocess
import sys

import pytest

from bench.own_stack import OwnStack


@pytest.mark.timeout(240)
def test_the_demo_plays_to_its_end(stack: OwnStack, personal: set[str]) -> None:
    personal.update(
        (
            "Пелагея Иглина",
            "Тверь, Прядильная",
            *(f"+791600011{n}" for n in (*range(22, 29), *range(31, 34), 99)),
        )
    )
    played = subprocess.run(
        (sys.executable, "-m", "opblok", "demo"),
        env={**os.environ, **stack.environment, "COLUMNS": "160"},
        capture_output=True,
        text=True,
        check=False,
        timeout=200,
    )

    assert played.returncode == 0, played.stdout[-3000:] + played.stderr[-3000:]
    for scene in (
        "Goods come in",
        "Terms are agreed",
        "Good orders",
        "A promise",
        "A shortage",
        "Goods come short",
        "Money back",
        "Nobody calls",
        "One is cancelled",
        "Parcels leave",
        "One arrives",
        "A regular customer rings",
        "Lunch",
        "A missed call",
        "One finds nobody at home",
        "One is late",
        "Somebody asks",
        "A claim is settled",
    ):
        assert scene in played.stdout
    for what in (
        "what misha noted: Confident and closed",
        "ContactReminded",
        "OrderReassigned",
        "ContactOverdue",
        "OrderCancelled",
        "SupplyReleased",
        "DeliveryAgreed",
        "SubstituteAccepted",
        "OrderCompleted",
        "IncidentClosed",
        "ClaimEnded",
    ):
        assert what in played.stdout
    for topic in (
        "order.created",
        "supply.allocated",
        "supply.short",
        "order.contact_overdue",
        "terms.approved",
        "order.confirmed",
        "order.refunded",
        "purchase.ordered",
        "purchase.received",
        "supplier_case.opened",
        "message.sent",
        "order.completed",
        "delivery.delivered",
        "delivery.failed",
        "delivery.window_missed",
        "incident.opened",
        "incident.closed",
        "quality.answered",
        "quality.alarm",
        "claim.opened",
        "claim.decided",
        "claim.closed",
        "duty.refused",
        "call.received",
        "call.routed",
        "call.answered",
        "call.missed",
        "call.finished",
        "callback.due",
        "callback.made",
    ):
        assert topic in played.stdout
    assert "Open orders, oldest first" in played.stdout
