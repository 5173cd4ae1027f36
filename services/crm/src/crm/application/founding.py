"""Founding: the shop, its owner, its first people and the programs, from a file, as often as the service starts.

What is there already stays as people made it since; secrets follow the file.
"""

from dataclasses import dataclass

from chassis.clock import Clock
from chassis.handling import Handler, Occasion
from kernel.actor import Actor, Grade, Role
from kernel.calendar import WorkingCalendar
from kernel.personal import Personal
from pydantic import BaseModel, ConfigDict, Field

from crm.application.issuing import Issuing
from crm.application.knowing import Shops
from crm.domain import shop as sh
from crm.domain import staff as s
from crm.domain.secrets import client_key, login_key
from crm.domain.staff import Phones, Staff

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
    secret: str
    roles: list[Role]


class FoundingFile(Strict):
    """What stands in the file that OPBLOK_BOOTSTRAP_FILE names."""

    shop: ShopFile
    owner: PersonFile
    staff: list[PersonFile] = Field(default_factory=list[PersonFile])
    clients: list[ClientFile] = Field(default_factory=list[ClientFile])


@dataclass(frozen=True, slots=True)
class Founding:
    """Applies a founding file."""

    describe_shop: Handler[sh.DescribeShop, sh.Shop, sh.ShopDescribed]
    shops: Shops
    people: Handler[s.Command, Staff, s.Change]
    issuing: Issuing
    clock: Clock

    async def found(self, file: FoundingFile) -> None:
        """Make what is missing; asked again, nothing happens."""
        await self._shop(file)
        await self._person(file.owner, file, extra=[Role.OWNER])
        for person in file.staff:
            await self._person(person, file, extra=[])
        for client in file.clients:
            roles = frozenset(role.value for role in client.roles)
            await self.issuing.keep(
                client_key(client.client_id), client.secret, FOUNDER, staff_id=None, roles=roles
            )

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

    async def _person(self, person: PersonFile, file: FoundingFile, *, extra: list[Role]) -> None:
        at, id_ = self.clock.now(), person.staff_id
        hire = s.HireStaff(
            staff_id=id_,
            shop_id=file.shop.shop_id,
            login=person.login,
            name=Personal(person.name or person.login),
            grade=person.grade,
            reports_to=person.reports_to,
            phones=Phones(),
            actor=FOUNDER,
            at=at,
        )
        hired = await self.people(hire, self._why(f"staff/{id_}"))
        if hired.changes:
            for role in [*extra, *person.roles]:
                grant = s.GrantRole(id_, role, waiver=True, actor=FOUNDER, at=at)
                await self.people(grant, self._why(f"staff/{id_}/{role}"))
        await self.issuing.keep(
            login_key(person.login), person.password, FOUNDER, staff_id=id_, roles=frozenset()
        )

    def _why(self, what: str) -> Occasion:
        return Occasion(f"founding/{what}", self.clock.now(), FOUNDER)
