"""Who may read the dongle: users, their tokens, and the button that lets them in."""

from collections.abc import Mapping
from hashlib import blake2b
import json
import math
from pathlib import Path
import re
from typing import Final

_BUTTON_S: Final = 30.0
_NAME: Final = re.compile(r"[a-zA-Z0-9\-_/\\# ]+")
_PREFIX: Final = "local/"
_LONGEST_NAME: Final = 40
_STORAGE: Final = 20
_CLOUD_USER: Final = "cloud/user"


class RefusedUserError(Exception):
    """The dongle refuses to create or delete a user."""

    def __init__(self, status: int, error: str) -> None:
        """Store the status of the answer and the error in its body."""
        super().__init__(error)
        self.status = status
        self.error = error


class Users:
    """The users of a dongle. They outlast a restart, and the simulator if in a file."""

    def __init__(self, serial: str, file: Path | None) -> None:
        """Read the users from their file, if there is one."""
        self._serial = serial
        self._file = file
        self._pressed_s = -math.inf
        self._issued = 0
        self._tokens: dict[str, str] = {_CLOUD_USER: self._new_token()}
        if file is not None and file.exists():
            self._tokens = dict(json.loads(file.read_text()))
            self._issued = len(self._tokens)

    def press_button(self, now_s: float) -> None:
        """Let the next one create a user, for half a minute."""
        self._pressed_s = now_s

    def create(self, name: object, now_s: float) -> str:
        """Return the token of a new user; an older one of this name ends.

        Raises:
            RefusedUserError: The name is not allowed, or nobody pressed the button.
        """
        allowed = _allowed(name)
        if not 0.0 <= now_s - self._pressed_s <= _BUTTON_S:
            raise RefusedUserError(403, "user:creation-not-enabled")
        if allowed not in self._tokens and len(self._tokens) >= _STORAGE:
            raise RefusedUserError(507, "user:no-storage")
        self._pressed_s = -math.inf
        self._tokens[allowed] = token = self._new_token()
        self._save()
        return token

    def delete(self, name: str) -> None:
        """Delete a user, whose token is then refused.

        Raises:
            RefusedUserError: There is no such user.
        """
        if self._tokens.pop(name, None) is None:
            raise RefusedUserError(404, "user:not-found")
        self._save()

    def revoke(self) -> None:
        """Delete all local users, as the owner can in the app."""
        self._tokens = {
            name: token
            for name, token in self._tokens.items()
            if not name.startswith(_PREFIX)
        }
        self._save()

    def name_of(self, token: str | None) -> str | None:
        """Return whose token it is; None if nobody's."""
        names = (name for name, each in self._tokens.items() if each == token)
        return next(names, None)

    def listed(self, current: str) -> list[Mapping[str, str | bool]]:
        """Return the users as the API lists them."""
        return [
            {"name": name, "current": True} if name == current else {"name": name}
            for name in self._tokens
        ]

    def _new_token(self) -> str:
        self._issued += 1
        seed = f"{self._serial}/{self._issued}".encode()
        return blake2b(seed, digest_size=16).hexdigest().upper()

    def _save(self) -> None:
        if self._file is not None:
            self._file.touch(mode=0o600)
            self._file.write_text(json.dumps(self._tokens))


def _allowed(name: object) -> str:
    """Return a name that is allowed; raise what is wrong with it otherwise."""
    if name is None:
        raise RefusedUserError(400, "json:parameter-missing:name")
    if not isinstance(name, str):
        raise RefusedUserError(400, "json:parameter-invalid-type:name")
    if not name.startswith(_PREFIX):
        raise RefusedUserError(400, "user:invalid-prefix")
    own = name.removeprefix(_PREFIX)
    if not own:
        raise RefusedUserError(400, "user:name-empty")
    if len(own) > _LONGEST_NAME:
        raise RefusedUserError(400, "user:name-too-long")
    if _NAME.fullmatch(own) is None:
        raise RefusedUserError(400, "user:name-invalid")
    return name
