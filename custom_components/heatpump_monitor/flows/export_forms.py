"""The forms for the connection to a database, and what was entered in them."""

from collections.abc import Collection, Mapping
import re
from types import MappingProxyType
from typing import Final
from urllib.parse import urlencode

import probatio
from yarl import URL

from homeassistant.const import CONF_PASSWORD, CONF_TOKEN, CONF_URL, CONF_USERNAME
from homeassistant.helpers import selector

from .. import const
from ..const import TargetKind

SECRETS: Final = frozenset({CONF_PASSWORD, CONF_TOKEN})
EMONCMS_URL: Final = "https://emoncms.org"
_NAMES: Final = {
    TargetKind.INFLUXDB1: "InfluxDB",
    TargetKind.INFLUXDB2: "InfluxDB",
    TargetKind.INFLUXDB3: "InfluxDB",
    TargetKind.VICTORIA_METRICS: "VictoriaMetrics",
    TargetKind.EMONCMS: "emoncms",
}
# What tells two places at the same URL apart.
_PLACES: Final = (
    *(const.CONF_DATABASE, const.CONF_ORG, const.CONF_BUCKET, const.CONF_TENANT),
)
_HOST: Final = re.compile(r"[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?")
_HIGHEST_TENANT: Final = 2**32 - 1


class Refused(Exception):
    """What was entered at a field cannot be used."""

    def __init__(self, field: str, key: str, **placeholders: str) -> None:
        """Store the field, and the key of the text that is shown at it."""
        super().__init__(key)
        self.field = field
        self.key = key
        self.placeholders = placeholders

    def place_in(self, schema: probatio.Schema) -> str:
        """Return where it is shown: at its field, or above a form without that."""
        return self.field if self.field in schema.schema else "base"


type _Fields = Mapping[probatio.Marker, selector.TextSelector]

_TYPES = selector.TextSelectorType
_SECRET: Final = selector.TextSelector(
    selector.TextSelectorConfig(type=_TYPES.PASSWORD, autocomplete="off")
)
_WORD: Final = selector.TextSelector()
_URL: Final[_Fields] = {
    probatio.Required(CONF_URL): selector.TextSelector(
        selector.TextSelectorConfig(type=_TYPES.URL)
    )
}
_USER: Final[_Fields] = {
    probatio.Optional(CONF_USERNAME): _WORD,
    probatio.Optional(CONF_PASSWORD): _SECRET,
}
_FIELDS: Final[Mapping[TargetKind, _Fields]] = {
    TargetKind.INFLUXDB1: {probatio.Required(const.CONF_DATABASE): _WORD, **_USER},
    TargetKind.INFLUXDB2: {
        probatio.Required(const.CONF_ORG): _WORD,
        probatio.Required(const.CONF_BUCKET): _WORD,
        probatio.Required(CONF_TOKEN): _SECRET,
    },
    TargetKind.INFLUXDB3: {
        probatio.Required(const.CONF_DATABASE): _WORD,
        probatio.Optional(CONF_TOKEN): _SECRET,
    },
    TargetKind.VICTORIA_METRICS: {
        probatio.Optional(const.CONF_TENANT): _WORD,
        **_USER,
        probatio.Optional(CONF_TOKEN): _SECRET,
    },
    TargetKind.EMONCMS: {probatio.Required(CONF_TOKEN): _SECRET},
}
SIGN_IN_SCHEMA: Final = probatio.Schema(
    {
        probatio.Required(CONF_USERNAME): _WORD,
        probatio.Required(CONF_PASSWORD): _SECRET,
    }
)
TOKEN_SCHEMA: Final = probatio.Schema({probatio.Required(CONF_TOKEN): _SECRET})


def connection_schema(
    target: TargetKind, known_secrets: Collection[str] = ()
) -> probatio.Schema:
    """Return the form for a connection; a known secret need not be entered again."""
    fields = {
        probatio.Optional(str(field)) if field in known_secrets else field: each
        for field, each in {**_URL, **_FIELDS[target]}.items()
    }
    return probatio.Schema(fields)


def connection_of(
    target: TargetKind,
    entered: Mapping[str, str],
    known_secrets: Mapping[str, str] = MappingProxyType({}),
) -> dict[str, str]:
    """Return what an entry keeps of a connection, or raise `Refused`."""
    fields = [str(field) for field in _FIELDS[target]]
    given = _filled(entered, fields)
    connection = {CONF_URL: url_of(entered[CONF_URL])}
    connection |= {field: given[field] for field in _PLACES if field in given}
    for field in _FIELDS[target]:
        if isinstance(field, probatio.Required) and str(field) not in (
            given.keys() | known_secrets.keys()
        ):
            raise Refused(str(field), "export_field_empty")
    if const.CONF_TENANT in given:
        connection[const.CONF_TENANT] = _tenant_of(given[const.CONF_TENANT])
    return connection | _sign_in_of(given, known_secrets, fields)


def sign_in_field(target: TargetKind) -> str:
    """Return the field at which a sign-in begins."""
    fields = [str(field) for field in _FIELDS[target]]
    return CONF_USERNAME if CONF_USERNAME in fields else CONF_TOKEN


def secrets_of(values: Mapping[str, str]) -> dict[str, str]:
    """Return the secrets that were entered, or that an entry keeps."""
    return _filled(values, SECRETS)


def _filled(values: Mapping[str, str], fields: Collection[str]) -> dict[str, str]:
    """Return the fields that are not blank; only a password may end with a space."""
    return {
        field: values[field] if field == CONF_PASSWORD else values[field].strip()
        for field in fields
        if values.get(field, "").strip()
    }


def _sign_in_of(
    given: Mapping[str, str], known: Mapping[str, str], fields: Collection[str]
) -> dict[str, str]:
    """Return how to sign in: by user name and password, by a token, or not at all."""
    user = given.get(CONF_USERNAME)
    if user is None and CONF_PASSWORD in given:
        raise Refused(CONF_USERNAME, "export_user_missing")
    if user is not None and CONF_TOKEN in given:
        raise Refused(CONF_TOKEN, "export_one_sign_in")
    secret = CONF_TOKEN if user is None else CONF_PASSWORD
    if secret not in fields:
        return {}
    value = given.get(secret, known.get(secret))
    if user is None:
        return {} if value is None else {CONF_TOKEN: _token_of(value)}
    if value is None:
        raise Refused(CONF_PASSWORD, "export_password_missing")
    return {CONF_USERNAME: user, CONF_PASSWORD: value}


def _token_of(text: str) -> str:
    if not text.isprintable() or " " in text:
        raise Refused(CONF_TOKEN, "export_token_invalid")
    return text


def url_of(entered: str) -> str:
    """Return a URL without a slash at its end, by HTTPS unless HTTP was entered."""
    text = entered.strip()
    if "://" not in text:
        text = f"https://{text}"
    try:
        url = URL(text)
    except ValueError:
        # It may have a password in it, and names it.
        raise Refused(CONF_URL, "export_url") from None
    if url.user is not None or url.password is not None:
        raise Refused(CONF_URL, "export_url_with_sign_in")
    is_plain = text.isprintable() and not set(text) & set(" ?#")
    if url.scheme not in ("http", "https") or not is_plain or not _is_host(url):
        raise Refused(CONF_URL, "export_url")
    return f"{url.origin()}{url.raw_path.rstrip('/')}"


def _is_host(url: URL) -> bool:
    host = url.raw_host or ""
    is_name = all(_HOST.fullmatch(each) for each in host.rstrip(".").split("."))
    return ":" in host or is_name


def _tenant_of(text: str) -> str:
    """Return `0` or `0:1`, the same for the same tenant."""
    numbers = text.split(":")
    if len(numbers) > 2 or not all(
        each.isascii() and each.isdigit() for each in numbers
    ):
        raise Refused(const.CONF_TENANT, "export_tenant_invalid")
    account, project = (int(each) for each in (*numbers, "0")[:2])
    if max(account, project) > _HIGHEST_TENANT:
        raise Refused(const.CONF_TENANT, "export_tenant_invalid")
    return f"{account}:{project}" if project else str(account)


def unique_id_of(target: TargetKind, connection: Mapping[str, str]) -> str:
    """Return what tells one place for points from all others."""
    place = {field: connection[field] for field in _PLACES if field in connection}
    return f"{const.Kind.EXPORT}_{target}_{connection[CONF_URL]}?{urlencode(place)}"


def title_of(target: TargetKind, connection: Mapping[str, str]) -> str:
    """Return the name of a database for its owner."""
    place = next(
        (
            connection[field]
            for field in (const.CONF_BUCKET, *_PLACES)
            if field in connection
        ),
        None,
    )
    title = f"{_NAMES[target]} {URL(connection[CONF_URL]).host}"
    return title if place is None else f"{title} ({place})"
