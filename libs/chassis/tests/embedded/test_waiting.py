"""`eventually` waits for what is true soon, and says what never became so."""

import pytest
from chassis.testing.waiting import eventually


async def test_what_becomes_true_is_answered() -> None:
    looks = iter([0, 0, 3])

    assert await eventually(lambda: next(looks)) == 3


async def test_a_coroutine_may_look() -> None:
    looks = iter([False, True])

    async def look() -> bool:
        return next(looks)

    assert await eventually(look)


async def test_a_failed_assertion_is_not_yet() -> None:
    looks = iter([1, 2])

    def look() -> bool:
        assert next(looks) == 2
        return True

    assert await eventually(look)


async def test_what_never_comes_true_is_named_with_its_reason() -> None:
    def lamp_is_lit() -> bool:
        raise AssertionError("it is dark")

    with pytest.raises(AssertionError, match=r"lamp_is_lit did not come true within 0\.05 s") as failed:
        await eventually(lamp_is_lit, within=0.05)

    assert str(failed.value.__cause__) == "it is dark"


async def test_a_broken_look_is_not_waited_for() -> None:
    with pytest.raises(ZeroDivisionError):
        await eventually(lambda: 1 / 0)
