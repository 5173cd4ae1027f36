"""`opblok demo`: a working day of the shop, played over HTTP against the running stack."""

from collections.abc import Callable

from opblok.asking import Services
from opblok.commands import facts
from opblok.commands.order import drawn, gathered
from opblok.saying import out, say, table
from opblok.working_day import buying, kept_word, on_the_phone, on_the_road, scenes, the_day_after
from opblok.working_day.story import Story

REGULAR = on_the_road.PHONES[on_the_road.AT_HOME]

SCENES: tuple[tuple[str, Callable[[Story], None]], ...] = (
    ("Goods come in", scenes.goods_come_in),
    ("Terms are agreed", kept_word.terms_are_agreed),
    ("Good orders", scenes.good_orders),
    ("A promise", kept_word.a_promise),
    ("A shortage", kept_word.a_shortage),
    ("Goods come short", buying.goods_come_short),
    ("Money back", kept_word.money_back),
    ("Nobody calls", scenes.nobody_calls),
    ("One is cancelled", scenes.one_is_cancelled),
    ("Telephones", on_the_phone.telephones_are_known),
    ("Parcels leave", on_the_road.parcels_leave),
    ("One arrives", on_the_road.one_arrives),
    ("One finds nobody at home", on_the_road.one_fails),
    ("One is late", on_the_road.one_is_late),
    ("Somebody asks", the_day_after.somebody_asks),
    ("A claim is settled", the_day_after.a_claim_is_settled),
    ("A regular customer rings", lambda story: on_the_phone.she_reaches_her_manager(story, REGULAR)),
    ("Lunch", on_the_phone.somebody_stays),
    ("A missed call", on_the_phone.missed_and_rung_back),
)


def demo() -> None:
    """Play a day: goods, orders, a shortage, parcels on the road, the question the day after, a claim; then show each story.

    It needs a development stack (`opblok up`) and moves its clock forward. It may be played again and again.
    """
    story = Story()
    for title, scene in SCENES:
        say(f"[bold]{title}[/]")
        scene(story)
    services = Services()
    for told, order_id in story.orders.items():
        out.print()
        say(f"[bold]{told}[/]")
        out.print(drawn(order_id, gathered(services, order_id)))
    out.print()
    say("[bold]Facts told, by topic[/]")
    facts.count(json=False)
    out.print()
    say("[bold]Open orders, oldest first[/]")
    out.print(still_open(services))


def still_open(services: Services) -> object:
    """What somebody still answers for."""
    shown = table("", "number", "stage", "supply", "responsible", "next deadline", "by (UTC)")
    for order in services.get("orders", "/orders", view="open", limit=200)["items"]:
        due = order["next_deadline_at"] or ""
        shown.add_row(
            order["number"],
            order["stage"],
            order["supply"],
            order["responsible_id"],
            order["next_deadline"],
            due[:16],
        )
    return shown
