"""What a service that keeps settings does when the shop's rush begins, is otherwise, or ends (R116)."""

from typing import Annotated

from contracts.rush import RushEndedV1, RushStartedV1
from faststream import Context

from chassis.freezing import Freezing
from chassis.reactions import Reactions, ThisOccasion

Freezes = Annotated[Freezing, Context()]


async def lock_settings(told: RushStartedV1, occasion: ThisOccasion, freezing: Freezes) -> None:
    """It is told again when its plan or its end is another one."""
    await freezing.hear(told.shop_id, told.rush_id, tuple(told.policies), occasion)


async def unlock_settings(told: RushEndedV1, occasion: ThisOccasion, freezing: Freezes) -> None:
    """Both facts are of one thing with one sequence, so an older start that is heard after the end changes nothing."""
    await freezing.hear(told.shop_id, told.rush_id, (), occasion)


def follow_rush(reactions: Reactions) -> None:
    """Enter both into a service's table."""
    reactions.told(RushStartedV1)(lock_settings)
    reactions.told(RushEndedV1)(unlock_settings)
