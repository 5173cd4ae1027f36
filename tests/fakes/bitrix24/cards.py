"""The methods of scope `crm`: `crm.contact|lead|deal|company.*` in strings, `crm.item.*` in numbers, doubles by phone."""

from collections.abc import Mapping
from typing import Any

from tests.fakes.bitrix24.envelopes import Answer, Fault, iso, many, mapping, php, word
from tests.fakes.bitrix24.portal import Portal
from tests.fakes.bitrix24.rows import DATES, Row, Table

TYPES = {1: "LEAD", 2: "DEAL", 3: "CONTACT", 4: "COMPANY"}
CUT = 20
USUAL = {
    "CONTACT": ("ID", "NAME", "LAST_NAME", "SECOND_NAME", "ASSIGNED_BY_ID", "LEAD_ID", "DATE_CREATE", "DATE_MODIFY"),
    "LEAD": ("ID", "TITLE", "NAME", "LAST_NAME", "STATUS_ID", "STATUS_SEMANTIC_ID", "ASSIGNED_BY_ID", "CONTACT_ID",
             "DATE_CREATE", "DATE_MODIFY"),
    "DEAL": ("ID", "TITLE", "STAGE_ID", "STAGE_SEMANTIC_ID", "CATEGORY_ID", "CLOSED", "OPPORTUNITY", "CONTACT_ID",
             "ASSIGNED_BY_ID", "LEAD_ID", "DATE_CREATE", "DATE_MODIFY"),
    "COMPANY": ("ID", "TITLE", "ASSIGNED_BY_ID", "DATE_CREATE", "DATE_MODIFY"),
}  # fmt: skip
CAMEL = {
    "id": "ID", "title": "TITLE", "name": "NAME", "lastName": "LAST_NAME", "secondName": "SECOND_NAME",
    "assignedById": "ASSIGNED_BY_ID", "stageId": "STAGE_ID", "stageSemanticId": "STAGE_SEMANTIC_ID",
    "categoryId": "CATEGORY_ID", "closed": "CLOSED", "contactId": "CONTACT_ID", "companyId": "COMPANY_ID",
    "leadId": "LEAD_ID", "opportunity": "OPPORTUNITY", "createdTime": "DATE_CREATE", "updatedTime": "DATE_MODIFY",
}  # fmt: skip
OLD = {"CONTACT": "contact", "LEAD": "lead", "DEAL": "deal", "COMPANY": "company"}


def old_style(portal: Portal, kind: str, method: str, asked: Mapping[str, Any]) -> Answer:
    """`crm.<kind>.<method>`."""
    table = portal.tables[kind]
    match method:
        case "list":
            rows, answer = table.listed(asked)
            answer.result = [_in_strings(kind, row, asked) for row in rows]
            return answer
        case "get":
            return Answer(
                _in_strings(kind, table.find(asked.get("id", asked.get("ID"))), {"select": ["*", "PHONE"]})
            )
        case "add":
            return Answer(portal.add(kind, _fields(asked))["ID"])
        case "update":
            portal.change(kind, asked.get("id", asked.get("ID")), _fields(asked))
            return Answer(result=True)
        case "delete":
            portal.remove(kind, asked.get("id", asked.get("ID")))
            return Answer(result=True)
        case _:
            raise Fault(404, "ERROR_METHOD_NOT_FOUND", "Method not found!")


def items(portal: Portal, method: str, asked: Mapping[str, Any]) -> Answer:
    """`crm.item.<method>`: real numbers, camelCase, `fm` only where everything is selected."""
    table = _table(portal, asked)
    match method:
        case "list":
            rows, answer = table.listed(asked, names=CAMEL)
            answer.result = {"items": [_in_numbers(row, asked) for row in rows]}
            return answer
        case "get":
            return Answer({"item": _in_numbers(_item(table, asked), {})})
        case "update":
            fields = {CAMEL[name]: value for name, value in _fields(asked).items() if name in CAMEL}
            portal.change(table.kind, _item(table, asked)["ID"], fields)
            return Answer({"item": _in_numbers(_item(table, asked), {})})
        case "add":
            fields = {CAMEL[name]: value for name, value in _fields(asked).items() if name in CAMEL}
            return Answer({"item": _in_numbers(portal.add(table.kind, fields), {})})
        case _:
            raise Fault(404, "ERROR_METHOD_NOT_FOUND", "Method not found!")


def doubles(portal: Portal, asked: Mapping[str, Any]) -> Answer:
    """`crm.duplicate.findbycomm`: up to 20 spellings, compared whole but for what follows a `#`; `[]` without a hit."""
    values: Any = asked.get("values")
    if asked.get("type") not in ("PHONE", "EMAIL"):
        raise Fault(400, "", "Communication type is not defined.")
    if not isinstance(values, list):
        raise Fault(400, "", "Communication values is not defined.")
    wanted = {str(value) for value in many(values)[:CUT]}
    found: dict[str, list[int]] = {}
    for kind in [asked["entity_type"]] if asked.get("entity_type") else ["LEAD", "CONTACT", "COMPANY"]:
        rows = portal.tables[kind].rows.values()
        hits = [
            row["ID"] for row in rows if wanted & {one["VALUE"].split("#")[0] for one in row.get("PHONE", [])}
        ]
        if hits:
            found[kind] = hits[:CUT]
        if len(hits) >= CUT:
            break  # what comes after is dropped without a word
    return Answer(php(found))


def _table(portal: Portal, asked: Mapping[str, Any]) -> Table:
    kind = TYPES.get(int(asked.get("entityTypeId") or 0))
    if kind is None:
        raise Fault(400, "NOT_FOUND", "Смарт-процесс не найден")
    return portal.tables[kind]


def _item(table: Table, asked: Mapping[str, Any]) -> Row:
    found = table.rows.get(int(asked.get("id") or 0))
    if found is None:
        raise Fault(400, "NOT_FOUND", "Элемент не найден")
    return found


def _fields(asked: Mapping[str, Any]) -> Mapping[str, Any]:
    return mapping(asked.get("fields", asked.get("FIELDS")))


def _in_strings(kind: str, row: Row, asked: Mapping[str, Any]) -> Row:
    wanted: list[str] = asked.get("select", asked.get("SELECT")) or ["*"]
    names = [*(USUAL[kind] if "*" in wanted else ()), *(name for name in wanted if name != "*"), "ID"]
    shown: Row = {}
    for name in dict.fromkeys(names):
        if name == "PHONE":
            shown |= {"PHONE": row["PHONE"]} if row.get("PHONE") else {}
        else:
            shown[name] = iso(row[name]) if name in DATES else word(row.get(name))
    if row.get("PHONE") is not None and "*" in wanted:
        shown["HAS_PHONE"] = "Y" if row["PHONE"] else "N"
    return shown


def _in_numbers(row: Row, asked: Mapping[str, Any]) -> Row:
    wanted: list[str] = asked.get("select") or ["*"]
    whole = "*" in wanted
    shown: Row = {}
    for name, column in CAMEL.items():
        if whole or name in wanted or name == "id":
            value = row.get(column)
            shown[name] = iso(float(value or 0)) if column in DATES else _number(value)
    if whole:
        phones = row.get("PHONE", [])
        shown["hasPhone"] = "Y" if phones else "N"
        shown["fm"] = [
            {"id": int(one["ID"]), "typeId": "PHONE", "valueType": one["VALUE_TYPE"], "value": one["VALUE"]}
            for one in phones
        ]
    elif "phone" in wanted:
        shown["phone"] = next((one["VALUE"] for one in row.get("PHONE", [])), None)
    return shown


def _number(value: Any) -> Any:
    return int(value) if isinstance(value, str) and value.isdecimal() else value
