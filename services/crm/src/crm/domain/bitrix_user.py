"""Who of the portal's users is who of the staff: found by the extension they share, or said by somebody. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kernel.action import Action
from kernel.actor import Actor
from kernel.deadline import Deadline
from kernel.personal import Personal
from kernel.phone import Phone
from kernel.refusal import Decision
from kernel.refused_duty import DutyRefused, duty

from crm.domain.refusals import UnknownPortalUser

BY_EXTENSION = "extension"


@dataclass(frozen=True, slots=True)
class PortalUser:
    """`by`: how we know that he is `staff_id`: `extension`, or who said so. `day`: his working day as the portal showed it last."""

    user_id: str
    active: bool
    extension: str | None = None
    mobile: Phone | None = None
    name: Personal | None = None
    staff_id: str | None = None
    by: str | None = None
    day: str | None = None


@dataclass(frozen=True, slots=True)
class SeeUser:
    """As the portal shows him. `fits`: the one member of the staff with his extension."""

    user_id: str
    active: bool
    extension: str | None
    mobile: Phone | None
    name: Personal | None
    fits: str | None


@dataclass(frozen=True, slots=True)
class SayWho:
    """Somebody says who he is; None: nobody of ours."""

    user_id: str
    staff_id: str | None
    actor: Actor


@dataclass(frozen=True, slots=True)
class SeeDay:
    """How far his working day is."""

    user_id: str
    day: str


Command = SeeUser | SayWho | SeeDay


@dataclass(frozen=True, slots=True)
class UserSeen:
    user: PortalUser


@dataclass(frozen=True, slots=True)
class UserIs:
    staff_id: str | None
    by: str


@dataclass(frozen=True, slots=True)
class DaySeen:
    day: str


Change = UserSeen | UserIs | DaySeen | DutyRefused


def decide(command: Command, user: PortalUser | None) -> Decision[Change]:
    """What a person said stands until a person says otherwise."""
    match command:
        case SeeUser():
            return see(command, user)
        case SayWho():
            if user is None:
                raise UnknownPortalUser("The portal has no such user.")
            no = duty(command.actor, Action.JOIN_CRM)
            said = (command.staff_id, command.actor.id)
            return no or ([] if (user.staff_id, user.by) == said else [UserIs(*said)])
        case SeeDay():
            return [DaySeen(command.day)] if user and user.day != command.day else []


def see(command: SeeUser, user: PortalUser | None) -> Sequence[Change]:
    """A shared extension is found once, and again when it moves to somebody else."""
    said = user is not None and user.by not in (None, BY_EXTENSION)
    staff_id = user.staff_id if user and (said or command.fits is None) else command.fits
    by = user.by if user and said else (BY_EXTENSION if staff_id else None)
    day = user.day if user else None
    now = PortalUser(
        command.user_id, command.active, command.extension, command.mobile, command.name, staff_id, by, day
    )
    return [] if now == user else [UserSeen(now)]


def evolve(user: PortalUser | None, change: Change) -> PortalUser:
    """As he is known now."""
    match change:
        case UserSeen():
            return change.user
        case UserIs():
            assert user is not None
            return replace(user, staff_id=change.staff_id, by=change.by)
        case DaySeen():
            assert user is not None
            return replace(user, day=change.day)
        case DutyRefused():
            assert user is not None
            return user


def deadlines(user: PortalUser) -> Sequence[Deadline]:
    """Users are looked at with each pass."""
    del user
    return ()
