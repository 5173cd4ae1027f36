"""Print forms: asked for, made after a while, fetched as PDF by a link that works an hour, with the token."""

from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import uuid4

from tests.fakes.cdek.envelopes import Fault, Json, many, request, written

HOUR = 3600.0
MOST_ORDERS = 100
KINDS = {"orders": "waybill", "barcodes": "barcode"}
SHAPE = {"orders": {"type": "tpl_russia"}, "barcodes": {"format": "A4"}}


@dataclass
class Form:
    """A form and its life: ACCEPTED, PROCESSING, READY (or INVALID), REMOVED."""

    uuid: str
    kind: str
    orders: list[str]
    asked_at: float
    ready_at: float
    wrong: bool
    whole: Json

    def statuses(self, now: float) -> list[tuple[str, str, float]]:
        lived = [("ACCEPTED", "Принят", self.asked_at)]
        if self.wrong:
            return [*lived, ("INVALID", "Некорректный запрос", self.asked_at)]
        lived.append(("PROCESSING", "Формируется", self.asked_at))
        if now >= self.ready_at:
            lived.append(("READY", "Сформирован", self.ready_at))
        if now >= self.ready_at + HOUR:
            lived.append(("REMOVED", "Удален", self.ready_at + HOUR))
        return lived


@dataclass
class Printer:
    """`takes` seconds for each form; `size`: bytes of padding in each PDF."""

    clock: Callable[[], float]
    site: str
    takes: float = 0.0
    size: int = 0
    forms: dict[str, Form] = field(default_factory=dict[str, Form])

    def ask(self, path: str, asked: Json, known: Callable[[Json], str | None]) -> str:
        """A form of these orders; one that has none of them will be INVALID."""
        orders = many(asked.get("orders"))
        if not orders:
            raise Fault("v2_field_is_empty", "[orders] is empty", kind="CREATE")
        if len(orders) > MOST_ORDERS:
            raise Fault("v2_bad_request", "Too many orders", kind="CREATE")
        found = [uuid for uuid in map(known, orders) if uuid]
        now, uuid = self.clock(), str(uuid4())
        self.forms[uuid] = Form(uuid, path, found, now, now + self.takes, not found, asked)
        return uuid

    def shown(self, path: str, uuid: str) -> Json:
        """The form's state; a link only while it is READY."""
        form, now = self._form(path, uuid), self.clock()
        lived = form.statuses(now)
        errors = [("v2_entity_empty", "All orders are invalid")] if form.wrong else []
        entity: Json = {
            "uuid": uuid,
            "orders": [{"order_uuid": each} for each in form.orders],
            "copy_count": form.whole.get("copy_count", 2 if path == "orders" else 1),
            **SHAPE[path],
            "statuses": [{"code": code, "name": name, "date_time": written(at)} for code, name, at in lived],
        }
        if lived[-1][0] == "READY":
            entity["url"] = f"{self.site}/v2/print/{path}/{uuid}.pdf"
        state = "INVALID" if form.wrong else "SUCCESSFUL"
        return {"entity": entity, "requests": [request("CREATE", state, form.asked_at, errors)]}

    def file(self, path: str, uuid: str) -> bytes:
        """The PDF."""
        form = self._form(path, uuid)
        last = form.statuses(self.clock())[-1][0]
        if last != "READY":
            raise Fault("v2_entity_expired" if last == "REMOVED" else "v2_entity_invalid", status=404)
        return pdf(f"CDEK {KINDS[path]} {' '.join(form.orders)}", self.size)

    def _form(self, path: str, uuid: str) -> Form:
        form = self.forms.get(uuid)
        if form is None or form.kind != path:
            raise Fault("v2_entity_not_found", f"Entity is not found by uuid {uuid}")
        return form


def pdf(words: str, padding: int = 0) -> bytes:
    """A whole PDF of one page that says this."""
    stream = b"BT /F1 10 Tf 20 100 Td (" + words.encode("ascii") + b") Tj ET" + b" " * padding
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 420 298]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    whole, places = b"%PDF-1.4\n", list[int]()
    for number, part in enumerate(parts, start=1):
        places.append(len(whole))
        whole += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    tail = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, len(whole))
    return whole + head + table + tail
