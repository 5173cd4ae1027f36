"""Founding: the shop, its owner, its first people and the programs, from a file, as often as the service starts.

What is there already stays as people made it since, their passwords, too. Programs' secrets follow the file.
"""

from dataclasses import dataclass

from chassis.clock import Clock
from chassis.handling import Handler, Occasion
from kernel.actor import Actor, Grade, Role
from kernel.calendar import WorkingCalendar
from kernel.pairs import MACHINES, conflicts
from kernel.personal import Personal
from kernel.refusal import Refusal
from pydantic import BaseModel, ConfigDict, Field, field_validator

from crm.application.knowing import Shops
from crm.application.peopling import Peopling
from crm.application.secret_keeping import Secrets
from crm.domain import shop as sh
from crm.domain.granting import begin_with
from crm.domain.secrets import check_password, client_key, login_key
from crm.domain.staff import Staff

FOUNDER = Actor("founding", frozenset({Role.OWNER}))


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ShopFile(Strict):
    """Hours are the usual ones; change them over HTTP."""

    shop_id: str
    time_zone: str = "Europe/Moscow"
    legal_person: str = ""


class PersonFile(Strict):
    """One of the first people."""

    staff_id: str
    login: str
    password: str
    name: str = ""
    roles: list[Role] = Field(default_factory=list[Role])
    grade: Grade = Grade.REGULAR
    reports_to: str | None = None


class ClientFile(Strict):
    """A program."""

    client_id: str
    secret: str = Field(min_length=1)
    roles: list[Role]

    @field_validator("roles")
    @classmethod
    def of_a_program(cls, roles: list[Role]) -> list[Role]:
        """A program is nobody's colleague."""
        if not set(roles) <= MACHINES:
            raise ValueError(f"a program has one of the roles {', '.join(sorted(MACHINES))}")
        return roles


class FoundingFile(Strict):
    """What stands in the file that OPBLOK_BOOTSTRAP_FILE names."""

    shop: ShopFile
    owner: PersonFile
    staff: list[PersonFile] = Field(default_factory=list[PersonFile])
    clients: list[ClientFile] = Field(default_factory=list[ClientFile])

    def people(self) -> list[tuple[Staff, str]]:
        """The first people as they begin, the owner first, each with his password."""
        owner = _person(self.owner, self.shop.shop_id, frozenset({Role.OWNER, *self.owner.roles}))
        others = [_person(each, self.shop.shop_id, frozenset(each.roles)) for each in self.staff]
        passwords = [self.owner.password, *(each.password for each in self.staff)]
        return list(zip([owner, *others], passwords, strict=True))

    def problems(self) -> list[str]:
        """What separation of duties or the rules of passwords have against it."""
        found: list[str] = []
        for person, password in self.people():
            try:
                begin_with(person, superior_is_owner=person.reports_to == self.owner.staff_id)
                check_password(password, person.login)
            except Refusal as no:
                found.append(f"{person.staff_id}: {no.detail}")
        return found


@dataclass(frozen=True, slots=True)
class Founding:
    """Applies a founding file."""

    describe_shop: Handler[sh.DescribeShop, sh.Shop, sh.Change]
    shops: Shops
    peopling: Peopling
    secrets: Secrets
    clock: Clock

    async def found(self, file: FoundingFile) -> None:
        """Make what is missing; asked again, nothing happens."""
        await self._shop(file)
        for person, password in file.people():
            await self._join(person, password)
        for client in file.clients:
            roles = frozenset(client.roles)
            await self.secrets.keep(client_key(client.client_id), client.secret, FOUNDER, roles=roles)

    async def _shop(self, file: FoundingFile) -> None:
        if (await self.shops.load(file.shop.shop_id)).state is not None:
            return
        usual = WorkingCalendar.usual(file.shop.time_zone)
        shop = sh.Shop(
            shop_id=file.shop.shop_id,
            zone=file.shop.time_zone,
            week=usual.week,
            legal_person=file.shop.legal_person,
            owner_id=file.owner.staff_id,
        )
        await self.describe_shop(sh.DescribeShop(shop, FOUNDER), self._why(f"shop/{shop.shop_id}"))

    async def _join(self, person: Staff, password: str) -> None:
        if (await self.peopling.staff.load(person.staff_id)).state is None:
            await self.peopling.hire(person, self._why(f"staff/{person.staff_id}"))
        key = login_key(person.login)
        if await self.secrets.of(key) is None:
            await self.secrets.keep(key, password, FOUNDER, staff_id=person.staff_id)

    def _why(self, what: str) -> Occasion:
        return Occasion(f"founding/{what}", self.clock.now(), FOUNDER)


def _person(given: PersonFile, shop_id: str, roles: frozenset[Role]) -> Staff:
    """The file is the owner's word, so a tolerated pair in it is waived by the founding (R12)."""
    return Staff(
        staff_id=given.staff_id,
        shop_id=shop_id,
        login=given.login.lower(),
        name=Personal(given.name or given.login),
        grade=given.grade,
        roles=roles,
        waived={
            role: FOUNDER.id for pair in conflicts(roles) if pair.tolerated for role in (pair.one, pair.other)
        },
        reports_to=given.reports_to,
    )
