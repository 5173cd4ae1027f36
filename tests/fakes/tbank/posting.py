"""Posting notifications, until somebody answers `OK`: any other answer, or none, and it comes again."""

import random

import httpx

from tests.fakes.tbank.bank import Bank


async def post_all(bank: Bank, client: httpx.AsyncClient, *, shuffled: random.Random | None = None) -> int:
    """One round over all that wait; answers how many still do. `shuffled`: in an order of its own."""
    round_, bank.waiting = bank.waiting, []
    if shuffled:
        shuffled.shuffle(round_)
    for where, body in round_:
        if not await _acknowledged(client, where, body):
            bank.waiting.append((where, body))
    return len(bank.waiting)


async def _acknowledged(client: httpx.AsyncClient, where: str, body: object) -> bool:
    try:
        answer = await client.post(where, json=body, timeout=10)
    except httpx.HTTPError:
        return False
    return answer.is_success and answer.text == "OK"
