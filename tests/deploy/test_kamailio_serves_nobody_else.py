"""What strangers may not do with our proxy, and what it answers to them; in nothing of it does its log hold a number."""

import hashlib

import pytest
from chassis.testing.waiting import eventually
from contracts.calls import CallMissedV1
from telephony_router.testing.asking import MARIA

from tests.deploy.house import TOKEN, House
from tests.deploy.sip import HOST, at, code_of, datagrams, heard, message

pytestmark = pytest.mark.timeout(60)


async def test_it_relays_nothing_that_no_plan_sends(house: House) -> None:
    """Neither within a call that never was, nor by a way that the caller brings along, nor by any other method."""
    house.door.instead = (200, '{"routes": []}')
    await house.opens()
    proxy = f"Route: <sip:{HOST}:{house.sip.port};lr;of=0123456789abcdef0123456789abcdef>\r\n"
    with datagrams() as victim:
        away, elsewhere = f"sip:v@{at(victim)}", f"Route: <sip:{at(victim)};lr>\r\n"
        answers = [
            await house.sip.answer_to("BYE", away, tag=";tag=t", more=proxy, call="1"),
            await house.sip.answer_to("INVITE", away, tag=";tag=t", more=proxy + elsewhere, call="2"),
            await house.sip.answer_to("MESSAGE", away, call="3"),
            await house.sip.answer_to("REGISTER", away, more=elsewhere, call="4"),
        ]
        with datagrams() as caller:
            text = message("INVITE", at(caller), away, more=elsewhere, call="5", caller=MARIA)
            caller.sendto(text.encode(), (HOST, house.sip.port))
            assert code_of(await eventually(lambda: heard(caller))) == 100
            assert code_of(await eventually(lambda: heard(caller))) == 480
        assert answers == [481, 481, 405, 405]
        assert heard(victim) == ""
    assert house.door.asked == ["/webhooks/kamailio"]


async def test_it_is_alive_and_stops_what_goes_round_in_circles(house: House) -> None:
    assert await house.sip.answer_to("OPTIONS") == 200
    assert await house.sip.answer_to("OPTIONS", hops="0", call="1") == 483
    mark = hashlib.md5(f"2{TOKEN}".encode()).hexdigest()
    been_here = f"Record-Route: <sip:b;lr>\r\nRecord-Route: <sip:{HOST}:{house.sip.port};lr;of={mark}>\r\n"
    assert await house.sip.answer_to("INVITE", more=been_here, call="2") == 482


async def test_what_can_not_be_read_is_not_written_down(house: House) -> None:
    with datagrams() as stranger:
        for text in (
            f"INVITE sip:{MARIA} SIP",
            f"INVITE sip:{MARIA}@a SIP/2.0\r\nVia: {MARIA}\r\n\r\n",
            MARIA * 9,
        ):
            stranger.sendto(text.encode(), (HOST, house.sip.port))
    assert await house.sip.answer_to("OPTIONS") == 200


async def test_who_hangs_up_while_the_router_is_asked_rings_nobody(house: House) -> None:
    house.door.after = 0.5
    await house.opens()
    with datagrams() as caller:
        invite = message("INVITE", at(caller), call="1", caller=MARIA)
        caller.sendto(invite.encode(), (HOST, house.sip.port))
        assert code_of(await eventually(lambda: heard(caller))) == 100
        await eventually(lambda: house.door.asked)
        caller.sendto(message("CANCEL", at(caller), call="1", caller=MARIA).encode(), (HOST, house.sip.port))

        answers = {code_of(await eventually(lambda: heard(caller), what="both answers")) for _ in "12"}
        assert answers == {200, 487}

    missed = await house.told(CallMissedV1)
    assert (missed.reason, await house.legs()) == ("hung_up", [])
