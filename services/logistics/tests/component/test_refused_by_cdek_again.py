"""What a carrier refuses once more is somebody's work once more, also when the first time was settled (R50-R53)."""

from datetime import timedelta

from logistics.testing.people import KOSTYA, LENA
from logistics.testing.troubles import closing

from services.logistics.tests.component.cdek_of_the_shop import contact, opened


async def test_what_he_will_not_take_again_after_it_was_settled_is_somebodys_work_again() -> None:
    async with opened() as shop:
        await shop.confirm()
        shop.contact = contact(name="")
        await shop.register()
        (incident,) = (await shop.read("/incidents", KOSTYA))["items"]
        path = f"/incidents/{incident['incident_id']}"
        done = await shop.ask("POST", f"{path}/closing", LENA, json=closing(source="manager"))
        assert done.is_success, done.text

        shop.clock.forward(timedelta(minutes=5))
        shown = await shop.register()

        again = await shop.read(path, KOSTYA)
        assert (shown["refused"], again["stage"], again["reopened"]) == ("cdek_v2_field_is_empty", "open", 1)
        assert again["owner_id"]
        assert await shop.incidents() == [("data_error", "manager")]
