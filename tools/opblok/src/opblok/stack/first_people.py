"""The shop, people and clients that a new embedded opblok starts with (crm's bootstrap file)."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from opblok.stack.secret_files import client_secret, password, write
from opblok.stack.settings import SERVICES

SHOP = {"shop_id": "main", "time_zone": "Europe/Moscow", "legal_person": "ИП Иванова"}
OWNER = {"staff_id": "owner", "login": "owner"}
STAFF: tuple[dict[str, Any], ...] = (
    {"staff_id": "sveta", "roles": ["sales_manager"], "grade": "regular", "reports_to": "owner"},
    {"staff_id": "misha", "roles": ["sales_manager"], "grade": "regular", "reports_to": "owner"},
    {"staff_id": "raisa", "roles": ["buyer"], "grade": "senior", "reports_to": "owner"},
    {"staff_id": "lena", "roles": ["logistician"], "grade": "regular", "reports_to": "owner"},
    {"staff_id": "stepan", "roles": ["warehouse_worker"], "grade": "regular", "reports_to": "owner"},
    {"staff_id": "vera", "roles": ["service_owner"], "grade": "senior", "reports_to": "owner"},
    {"staff_id": "kira", "roles": ["quality_controller"], "grade": "regular", "reports_to": "owner"},
    {"staff_id": "kostya", "roles": ["conflict_manager"], "grade": "senior", "reports_to": "owner"},
    {"staff_id": "gleb", "roles": ["courier"], "grade": "regular", "reports_to": "owner"},
    {"staff_id": "oleg", "roles": ["phone_operator"], "grade": "regular", "reports_to": "owner"},
)
CLIENTS: tuple[dict[str, Any], ...] = (
    *({"client_id": name, "roles": ["service"]} for name in SERVICES),
    {"client_id": "site", "roles": ["site"]},
)


def bootstrap(file: Path, staff: Sequence[Mapping[str, Any]], shop: Mapping[str, str]) -> dict[str, Any]:
    """Who may sign in here, with secrets made at the first call. Somebody a later version adds is added."""
    known: dict[str, Any] = json.loads(file.read_text()) if file.exists() else {}
    wanted = complete(known, staff, {**SHOP, **shop})
    if wanted != known:
        write(file, json.dumps(wanted, ensure_ascii=False, indent=1), over=True)
    return wanted


def complete(
    known: dict[str, Any], wanted: Sequence[Mapping[str, Any]], shop: Mapping[str, str]
) -> dict[str, Any]:
    staff = {each["staff_id"]: each for each in known.get("staff", [])}
    clients = {each["client_id"]: each for each in known.get("clients", [])}
    return {
        "shop": known.get("shop", shop),
        "owner": known.get("owner") or {**OWNER, "password": password()},
        "staff": [
            staff.get(each["staff_id"]) or {**each, "login": each["staff_id"], "password": password()}
            for each in wanted
        ],
        "clients": [
            clients.get(each["client_id"]) or {**each, "secret": client_secret()} for each in CLIENTS
        ],
    }
