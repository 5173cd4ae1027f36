"""The issuer over HTTP: tokens (RFC 6749), revocation (RFC 7009), discovery, keys."""

import base64
import binascii
from http import HTTPStatus
from typing import Annotated, Any, Literal
from urllib.parse import unquote_plus

from chassis.http.asking import asked_by
from fastapi import APIRouter, Depends, Form, Header, Request
from fastapi.responses import JSONResponse
from kernel.actor import Actor, Role
from pydantic import BaseModel, Field

from crm.application.issuing import Granted, Issuing, Refused
from crm.application.signing import Signer

router = APIRouter(tags=["tokens"])
NO_STORE = {"Cache-Control": "no-store", "Pragma": "no-cache"}
LONGEST = 1000
BASIC = "basic "


class TokenOut(BaseModel):
    access_token: str
    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105 - the name of a kind
    expires_in: int = Field(description="Seconds.")
    refresh_token: str | None = None


class NoTokenOut(BaseModel):
    """RFC 6749, 5.2."""

    error: str
    error_description: str


class KeyOut(BaseModel):
    key_id: str


class TokenForm(BaseModel):
    """A token request; which fields count depends on the grant: `password` (username, password), `client_credentials`
    (client_id, client_secret, or HTTP Basic) or `refresh_token`.
    """

    grant_type: str = ""
    username: str = ""
    password: str = ""
    client_id: str = ""
    client_secret: str = ""
    refresh_token: str = ""

    def needed(self, *names: str) -> None:
        """What the grant lives by is there and has a sane length."""
        for name in names:
            if not 0 < len(getattr(self, name)) <= LONGEST:
                raise Refused("invalid_request", f"{name} is missing or too long.")


async def issuing(request: Request) -> Issuing:
    """The wired issuer."""
    return request.app.state.issuing


Issues = Annotated[Issuing, Depends(issuing)]
Answers: dict[int | str, dict[str, Any]] = {
    400: {"model": NoTokenOut},
    401: {"model": NoTokenOut},
    429: {"model": NoTokenOut},
}


@router.post("/oauth/token", response_model=TokenOut, responses=Answers)
async def issue_token(
    form: Annotated[TokenForm, Form()],
    request: Request,
    issues: Issues,
    authorization: Annotated[str | None, Header(include_in_schema=False)] = None,
) -> JSONResponse:
    """A token for a password, a client's secret, or a refresh token. After failures the next attempt has to wait."""
    address = request.client.host if request.client else "unknown"
    try:
        granted = await _granted(_with_basic(form, authorization), address, issues)
    except Refused as no:
        return _refusal(no, basic=bool(authorization))
    body = TokenOut(
        access_token=granted.access_token, expires_in=granted.expires_in, refresh_token=granted.refresh_token
    )
    return JSONResponse(body.model_dump(exclude_none=True), headers=NO_STORE)


@router.post("/oauth/revoke", responses={400: {"model": NoTokenOut}})
async def revoke_token(issues: Issues, token: Annotated[str, Form()] = "") -> JSONResponse:
    """End a log-in by its refresh token; answers the same for an unknown one. Short tokens end by themselves."""
    if not 0 < len(token) <= LONGEST * 4:
        return _refusal(Refused("invalid_request", "token is missing or too long."))
    await issues.revoke(token)
    return JSONResponse({}, headers=NO_STORE)


@router.get("/.well-known/openid-configuration")
async def discover(request: Request) -> dict[str, Any]:
    """Where this issuer's keys and tokens are."""
    signer: Signer = request.app.state.signer
    return {
        "issuer": signer.issuer,
        "jwks_uri": f"{signer.issuer}/.well-known/jwks.json",
        "token_endpoint": f"{signer.issuer}/oauth/token",
        "revocation_endpoint": f"{signer.issuer}/oauth/revoke",
        "grant_types_supported": ["password", "client_credentials", "refresh_token"],
        "response_types_supported": [],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["ES256"],
        "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic"],
    }


@router.get("/.well-known/jwks.json")
async def publish_keys(request: Request) -> dict[str, Any]:
    """The keys by which tokens are verified."""
    signer: Signer = request.app.state.signer
    await signer.fresh()
    return signer.published()


@router.post("/signing-keys/rotation", status_code=HTTPStatus.ACCEPTED)
async def rotate_keys(request: Request, actor: Annotated[Actor, Depends(asked_by(Role.OWNER))]) -> KeyOut:
    """Publish a new signing key now; it signs in a quarter of an hour, when every reader knows it."""
    signer: Signer = request.app.state.signer
    return KeyOut(key_id=await signer.rotate(actor))


async def _granted(form: TokenForm, address: str, issues: Issuing) -> Granted:
    match form.grant_type:
        case "password":
            form.needed("username", "password")
            return await issues.by_password(form.username, form.password, address)
        case "client_credentials":
            form.needed("client_id", "client_secret")
            return await issues.by_client(form.client_id, form.client_secret, address)
        case "refresh_token":
            form.needed("refresh_token")
            return await issues.by_refresh(form.refresh_token)
        case "":
            raise Refused("invalid_request", "grant_type is missing.")
        case _:
            raise Refused("unsupported_grant_type", "password, client_credentials or refresh_token.")


def _with_basic(form: TokenForm, authorization: str | None) -> TokenForm:
    """A client may show itself by HTTP Basic (RFC 6749, 2.3.1)."""
    if not authorization or not authorization.lower().startswith(BASIC):
        return form
    try:
        shown = base64.b64decode(authorization[len(BASIC) :], validate=True).decode()
    except (binascii.Error, ValueError) as wrong:
        raise Refused("invalid_client", "The Authorization header can't be read.") from wrong
    client_id, _, secret = shown.partition(":")
    return form.model_copy(
        update={"client_id": unquote_plus(client_id), "client_secret": unquote_plus(secret)}
    )


def _refusal(no: Refused, *, basic: bool = False) -> JSONResponse:
    status = 429 if no.wait else 401 if no.error == "invalid_client" else 400
    headers = {
        **NO_STORE,
        **({"Retry-After": str(no.wait)} if no.wait else {}),
        **(
            {"WWW-Authenticate": 'Basic realm="opblok"'}
            if basic and status == HTTPStatus.UNAUTHORIZED
            else {}
        ),
    }
    body = NoTokenOut(error=no.error, error_description=no.words)
    return JSONResponse(body.model_dump(), status, headers=headers)
