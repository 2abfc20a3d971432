"""Digest sign-in by RFC 7616 with SHA-256, as old and new firmware do it."""

import base64
from dataclasses import dataclass
from enum import StrEnum
import hashlib
import re
import secrets
from typing import Final

from ..clock import Clock

USER: Final = "admin"
NONCE_LIFE_S: Final = 3600
NONCE_USES: Final = 30_000

_PARAMETER: Final = re.compile(r'(\w+)=(?:"([^"]*)"|([^\s,]+))')


class Verdict(StrEnum):
    """What a sign-in is worth."""

    GOOD = "good"
    STALE = "stale"
    """The password is right, the nonce is used up."""
    BAD = "bad"


@dataclass(slots=True)
class _Nonce:
    issued_s: float
    count: int = 0


class Gate:
    """Issues nonces and checks answers to them."""

    def __init__(self, realm: str, clock: Clock) -> None:
        """Guard a device whose id is the realm."""
        self._realm = realm
        self._clock = clock
        self._nonces: dict[str, _Nonce] = {}

    def challenge(self, *, strict: bool, stale: bool) -> str:
        """Return a WWW-Authenticate header with a fresh nonce.

        Args:
            strict: Nonces as since firmware 2.0: opaque, padded base64. Before, a
                nonce was the time.
            stale: Tell the client that only its nonce was refused.
        """
        now_s = self._clock.now()
        nonce = (
            base64.b64encode(secrets.token_bytes(16)).decode()
            if strict
            else f"{int(now_s):x}"
        )
        self._nonces[nonce] = _Nonce(now_s)
        ending = ", stale=true" if stale else ""
        return (
            f'Digest qop="auth", realm="{self._realm}", nonce="{nonce}", '
            f"algorithm=SHA-256{ending}"
        )

    def check(
        self, header: str, *, method: str, path: str, password: str, strict: bool
    ) -> Verdict:
        """Judge the Authorization header of a request.

        Args:
            header: The header, "" if there is none.
            method: The request's method.
            path: The request's target, with its query.
            password: The device's password.
            strict: Since firmware 2.0 a nonce ends after an hour or 30 000 uses, and
                its count must rise.
        """
        answer = _parse(header)
        if not self._is_right(answer, method, path, password):
            return Verdict.BAD
        nonce = self._nonces.get(answer["nonce"])
        if nonce is None:
            return Verdict.STALE
        if strict and not self._is_usable(nonce, int(answer["nc"], 16)):
            return Verdict.STALE
        return Verdict.GOOD

    def expire(self) -> None:
        """Forget all nonces, as a reboot does."""
        self._nonces.clear()

    def _is_right(
        self, answer: dict[str, str], method: str, path: str, password: str
    ) -> bool:
        if answer.get("username") != USER or answer.get("uri") != path:
            return False
        if not {"nonce", "nc", "cnonce", "qop", "response"} <= answer.keys():
            return False
        secret = _hash(f"{USER}:{self._realm}:{password}")
        target = _hash(f"{method}:{path}")
        expected = _hash(
            f"{secret}:{answer['nonce']}:{answer['nc']}:{answer['cnonce']}"
            f":{answer['qop']}:{target}"
        )
        return secrets.compare_digest(expected, answer["response"])

    def _is_usable(self, nonce: _Nonce, count: int) -> bool:
        old = self._clock.now() >= nonce.issued_s + NONCE_LIFE_S
        if old or count <= nonce.count or count > NONCE_USES:
            return False
        nonce.count = count
        return True


def _parse(header: str) -> dict[str, str]:
    scheme, _, parameters = header.partition(" ")
    if scheme.lower() != "digest":
        return {}
    return {
        name: quoted or bare for name, quoted, bare in _PARAMETER.findall(parameters)
    }


def _hash(value: str) -> str:
    return hashlib.sha256(value.encode()).hexdigest()
