"""The cloud's sign-in: OAuth 2 with PKCE, for public clients."""

import base64
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
import hashlib
import hmac
import json
import secrets
from typing import Final

from aiohttp import web
from yarl import URL

from ..clock import Clock
from ..faults import CloudFaults, hang
from .wire import dump

CODE_LIFE_S: Final = 20
ACCESS_LIFE_S: Final = 3600
REFRESH_LIFE_S: Final = 180 * 86_400

# Tokens carry their own contents, so that a second start of the simulator accepts
# those of the first. There is nothing behind them worth a secret.
_KEY: Final = b"heat pump simulator"


@dataclass(frozen=True, kw_only=True, slots=True)
class _Code:
    client_id: str
    redirect_uri: str
    challenge: str
    scopes: frozenset[str]
    ends_s: float


@dataclass(frozen=True, kw_only=True, slots=True)
class _Token:
    kind: str
    client_id: str
    scopes: frozenset[str]
    ends_s: float
    generation: int = 0
    number: str = ""

    def seal(self) -> str:
        """Return the token as the client carries it."""
        content = dump(
            {
                "kind": self.kind,
                "client_id": self.client_id,
                "scopes": sorted(self.scopes),
                "ends_s": self.ends_s,
                "generation": self.generation,
                "number": self.number,
            }
        )
        body = base64.urlsafe_b64encode(content.encode()).decode()
        return f"{body}.{_sign(body)}"

    @classmethod
    def open(cls, sealed: str) -> _Token | None:
        """Return what a token says, or None for one that is not ours."""
        body, _, signature = sealed.partition(".")
        if not hmac.compare_digest(signature.encode(), _sign(body).encode()):
            return None
        content = json.loads(base64.urlsafe_b64decode(body))
        return cls(**content | {"scopes": frozenset(content["scopes"])})


def _sign(body: str) -> str:
    return hmac.new(_KEY, body.encode(), hashlib.sha256).hexdigest()


def challenge_of(verifier: str) -> str:
    """Return the S256 challenge of a PKCE verifier (RFC 7636, 4.2)."""
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


class Authority:
    """Hands out codes and tokens and checks them."""

    def __init__(
        self,
        *,
        clock: Clock,
        faults: CloudFaults,
        requests: Counter[str],
        client_ids: Iterable[str],
    ) -> None:
        """Know some clients by their ids."""
        self._clock = clock
        self._faults = faults
        self._requests = requests
        self._client_ids = frozenset(client_ids)
        self._codes: dict[str, _Code] = {}
        self._spent: set[str] = set()
        self._generation = 0

    def routes(self) -> list[web.RouteDef]:
        """Return the two endpoints."""
        return [
            web.get("/idp/v3/authorize", self._authorize),
            web.post("/idp/v3/token", self._token),
        ]

    def revoke_access(self) -> None:
        """End all access tokens handed out so far; refreshing still works."""
        self._generation += 1

    def client_of(self, request: web.Request) -> str:
        """Return the client id behind a request's access token.

        Raises:
            web.HTTPUnauthorized: No token, one that has expired, or one of no use.
        """
        scheme, _, sealed = request.headers.get("Authorization", "").partition(" ")
        token = _Token.open(sealed) if scheme == "Bearer" else None
        if self._faults.no_token or token is None or token.kind != "access":
            raise _unauthorized(
                {
                    "statusCode": 401,
                    "errorType": "UNAUTHORIZED",
                    "message": "Request contain invalid token",
                    "error": "NO TOKEN AVAILABLE",
                }
            )
        if self._faults.expired_token or self._is_over(token):
            raise _unauthorized({"error": "EXPIRED TOKEN"})
        return token.client_id

    def _is_over(self, token: _Token) -> bool:
        return token.generation < self._generation or self._clock.now() >= token.ends_s

    async def _authorize(self, request: web.Request) -> web.Response:
        self._requests["authorize"] += 1
        asked = request.query
        redirect = URL(asked.get("redirect_uri", ""))
        if (problem := self._problem(asked, redirect)) is not None:
            return _bad_request("invalid_request", problem)
        answered = asked.get("consent")
        if self._faults.consent and answered is None:
            return _consent_page(request.rel_url)
        if answered == "no":
            return _go(redirect, {"error": "access_denied"}, asked)
        return _go(redirect, {"code": self._issue_code(asked)}, asked)

    def _problem(self, asked: Mapping[str, str], redirect: URL) -> str | None:
        """Return what is wrong with a sign-in, or None."""
        checks = {
            "Invalid client_id.": asked.get("client_id") in self._client_ids,
            "Invalid redirection URI.": redirect.scheme in {"http", "https"},
            "Unsupported response_type.": asked.get("response_type") == "code",
            "Invalid scope.": "IoT" in asked.get("scope", "").split(),
            "PKCE with S256 is required.": bool(asked.get("code_challenge"))
            and asked.get("code_challenge_method") == "S256",
        }
        return next((problem for problem, good in checks.items() if not good), None)

    def _issue_code(self, asked: Mapping[str, str]) -> str:
        code = secrets.token_urlsafe(24)
        self._codes[code] = _Code(
            client_id=asked["client_id"],
            redirect_uri=asked["redirect_uri"],
            challenge=asked["code_challenge"],
            scopes=frozenset(asked["scope"].split()),
            ends_s=self._clock.now() + CODE_LIFE_S,
        )
        return code

    async def _token(self, request: web.Request) -> web.Response:
        self._requests["token"] += 1
        if self._faults.token_timeout:
            await hang()
        if self._faults.token_server_error:
            return web.Response(status=500, text="Internal Server Error")
        form = {key: str(value) for key, value in (await request.post()).items()}
        if form.get("client_id") not in self._client_ids:
            return _bad_request("invalid_client")
        if self._faults.invalid_grant:
            return _bad_request("invalid_grant")
        match form.get("grant_type"):
            case "authorization_code":
                return self._exchange(form)
            case "refresh_token":
                return self._refresh(form)
        return _bad_request("unsupported_grant_type")

    def _exchange(self, form: Mapping[str, str]) -> web.Response:
        code = self._codes.pop(form.get("code", ""), None)
        if (
            code is None
            or self._clock.now() >= code.ends_s
            or code.client_id != form["client_id"]
            or code.redirect_uri != form.get("redirect_uri")
            or code.challenge != challenge_of(form.get("code_verifier", ""))
        ):
            return _bad_request("invalid_grant")
        refresh = self._issue("refresh", code.client_id, code.scopes, REFRESH_LIFE_S)
        offline = "offline_access" in code.scopes
        return self._grant(code.client_id, code.scopes, refresh if offline else None)

    def _refresh(self, form: Mapping[str, str]) -> web.Response:
        sealed = form.get("refresh_token", "")
        token = _Token.open(sealed)
        if (
            token is None
            or token.kind != "refresh"
            or token.client_id != form["client_id"]
            or token.number in self._spent
            or self._clock.now() >= token.ends_s
        ):
            return _bad_request("invalid_grant")
        if self._faults.no_refresh_token:
            return self._grant(token.client_id, token.scopes, None)
        if not self._faults.rotated_refresh_token:
            return self._grant(token.client_id, token.scopes, sealed)
        self._spent.add(token.number)
        life_s = token.ends_s - self._clock.now()
        fresh = self._issue("refresh", token.client_id, token.scopes, life_s)
        return self._grant(token.client_id, token.scopes, fresh)

    def _grant(
        self, client_id: str, scopes: frozenset[str], refresh_token: str | None
    ) -> web.Response:
        access = self._issue("access", client_id, scopes, ACCESS_LIFE_S)
        body = {
            "access_token": access,
            "token_type": "Bearer",
            "expires_in": ACCESS_LIFE_S,
        }
        if refresh_token is not None:
            body["refresh_token"] = refresh_token
        return web.json_response(body)

    def _issue(
        self, kind: str, client_id: str, scopes: frozenset[str], life_s: float
    ) -> str:
        return _Token(
            kind=kind,
            client_id=client_id,
            scopes=scopes,
            ends_s=self._clock.now() + life_s,
            generation=self._generation,
            number=secrets.token_hex(8),
        ).seal()


def _unauthorized(body: Mapping[str, object]) -> web.HTTPUnauthorized:
    return web.HTTPUnauthorized(text=dump(body), content_type="application/json")


def _bad_request(error: str, description: str | None = None) -> web.Response:
    body = {"error": error}
    if description is not None:
        body["error_description"] = description
    return web.json_response(body, status=400)


def _go(
    redirect: URL, answer: Mapping[str, str], asked: Mapping[str, str]
) -> web.Response:
    state = {"state": asked["state"]} if "state" in asked else {}
    location = redirect.update_query({**answer, **state})
    return web.Response(status=302, headers={"Location": str(location)})


def _consent_page(url: URL) -> web.Response:
    def link(answer: str, label: str) -> str:
        href = str(url.update_query(consent=answer)).replace("&", "&amp;")
        return f'<p><a href="{href}">{label}</a></p>'

    return web.Response(
        text="<!doctype html><title>Simulated Viessmann account</title>"
        "<h1>Let this app read your heating?</h1>"
        + link("yes", "Allow")
        + link("no", "Deny"),
        content_type="text/html",
    )
