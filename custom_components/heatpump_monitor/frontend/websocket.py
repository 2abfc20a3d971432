"""What the cards ask: commands of Home Assistant's websocket, for every user."""

from collections.abc import Awaitable, Callable, Mapping
from copy import deepcopy
from datetime import date
from functools import wraps
from typing import Any, Final

import probatio

from homeassistant.components.websocket_api import async_register_command
from homeassistant.components.websocket_api.connection import ActiveConnection
from homeassistant.components.websocket_api.const import WebSocketCommandHandler
from homeassistant.components.websocket_api.decorators import (
    async_response,
    websocket_command,
)
from homeassistant.config_entries import (
    SIGNAL_CONFIG_ENTRY_CHANGED,
    ConfigEntry,
    ConfigEntryChange,
    ConfigEntryState,
)
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.dispatcher import async_dispatcher_connect

from ..alarm_texts import async_load_alarm_texts
from ..asked_days import LOCAL_DAY
from ..const import (
    CONF_CO2,
    CONF_CO2_ENTITY,
    CONF_KIND,
    CONF_PRICE,
    CONF_PRICE_ENTITY,
    DOMAIN,
    Kind,
)
from ..coordinator import HeatpumpConfigEntry, async_entries_of
from ..house_meter.coordinator import HouseMeterEntry
from ..performance.expected.heat_loss import HeatLoss, heat_loss
from ..performance.heat.method_errors import heat_errors
from ..performance.output import Snapshot
from ..performance.totals.periods import period_summary
from ..performance.totals.report import Report, report
from ..performance.totals.series import months_of
from ..probes.coordinator import ProbesConfigEntry
from .changes import Changes, async_changes
from .entities import enabled_entities, known_keys
from .expected import Expected, expected
from .exports import export
from .health import Health, health
from .history import (
    Day,
    Finding,
    Moment,
    PastRun,
    async_last_day,
    counted_span,
    days,
    findings,
    runs,
)
from .house import House, HouseDay, QuarterHour, async_house_days, async_quarters, house
from .live import is_account, live
from .probes import Probe, Session, probes, sessions

type Message = dict[str, Any]
type Question = Callable[[HomeAssistant, ConfigEntry[Any], Message], Awaitable[object]]

type Fields = Mapping[str | probatio.Marker, object]

_ENTRY: Final[Fields] = {probatio.Optional("entry_id"): str}
_SPAN: Final[Fields] = {
    **_ENTRY,
    probatio.Required("first"): LOCAL_DAY,
    probatio.Required("last"): LOCAL_DAY,
}
_LANGUAGE: Final[Fields] = {**_ENTRY, probatio.Optional("language"): cv.language}
_KEY: Final = f"{DOMAIN}/"
_TARIFF: Final = (CONF_PRICE, CONF_PRICE_ENTITY, CONF_CO2, CONF_CO2_ENTITY)


class _NoEntry(Exception):
    """There is no entry to answer for; the message is the code of the error."""


@callback
def async_register_commands(hass: HomeAssistant) -> None:
    """Register all commands; they are there before any entry is."""
    for command in _COMMANDS:
        async_register_command(hass, command)


def _entries(hass: HomeAssistant, kind: Kind) -> list[ConfigEntry[Any]]:
    """Return the entries of a kind by title, also those that are not loaded yet."""
    return sorted(async_entries_of(hass, kind), key=lambda entry: entry.title)


def _entry(hass: HomeAssistant, message: Message, kind: Kind) -> ConfigEntry[Any]:
    """Return the entry of a question, or the only one of its kind.

    Raises:
        _NoEntry: There is no such entry, or there are several.
    """
    wanted = message.get("entry_id")
    entries = [each for each in _entries(hass, kind) if wanted in (None, each.entry_id)]
    if len(entries) != 1:
        raise _NoEntry("several" if entries else "not_found")
    return entries[0]


def _loaded_entry(
    hass: HomeAssistant, message: Message, kind: Kind
) -> ConfigEntry[Any]:
    """Return the entry of a question, or the only one of its kind.

    Raises:
        _NoEntry: There is none, there are several, or it is not loaded.
    """
    entry = _entry(hass, message, kind)
    if entry.state is not ConfigEntryState.LOADED:
        raise _NoEntry("not_loaded")
    return entry


def _question(
    fields: Fields, kind: Kind = Kind.HEAT_PUMP
) -> Callable[[Question], WebSocketCommandHandler]:
    """Make a command of a function that answers for an entry of a kind."""

    def command(question: Question) -> WebSocketCommandHandler:
        name = question.__name__.removeprefix("_async_")

        @websocket_command({probatio.Required("type"): f"{_KEY}{name}", **fields})
        @async_response
        @wraps(question)
        async def answer(
            hass: HomeAssistant, connection: ActiveConnection, message: Message
        ) -> None:
            try:
                entry = _loaded_entry(hass, message, kind)
            except _NoEntry as err:
                _refuse(connection, message, err)
                return
            connection.send_result(message["id"], await question(hass, entry, message))

        return answer

    return command


def _language(hass: HomeAssistant, message: Message) -> str:
    """Return the language of the words in an answer."""
    language: str = message.get("language", hass.config.language)
    return language


def _refuse(connection: ActiveConnection, message: Message, err: _NoEntry) -> None:
    connection.send_error(message["id"], str(err), "No such entry")


def _snapshot(entry: HeatpumpConfigEntry) -> Snapshot:
    return entry.runtime_data.performance.data.snapshot


def _figures(snapshot: Snapshot, first: date, last: date) -> Report:
    until = snapshot.counted_until
    return report(period_summary(snapshot.ledger, first, last, until), snapshot.plant)


@_question(_SPAN)
async def _async_days(
    _: HomeAssistant, entry: HeatpumpConfigEntry, message: Message
) -> list[Day]:
    return list(days(_snapshot(entry), message["first"], message["last"]))


@_question(_SPAN)
async def _async_figures(
    _: HomeAssistant, entry: HeatpumpConfigEntry, message: Message
) -> Report:
    return _figures(_snapshot(entry), message["first"], message["last"])


@_question(_SPAN)
async def _async_months(
    _: HomeAssistant, entry: HeatpumpConfigEntry, message: Message
) -> list[Report]:
    snapshot = _snapshot(entry)
    months = months_of(*counted_span(snapshot, message["first"], message["last"]))
    return [_figures(snapshot, first, last) for first, last in months]


@_question(_SPAN)
async def _async_runs(
    _: HomeAssistant, entry: HeatpumpConfigEntry, message: Message
) -> list[PastRun]:
    return runs(_snapshot(entry), message["first"], message["last"])


@_question(_ENTRY)
async def _async_flags(
    _: HomeAssistant, entry: HeatpumpConfigEntry, __: Message
) -> list[Finding]:
    return findings(_snapshot(entry))


@_question(_SPAN)
async def _async_heat_loss(
    hass: HomeAssistant, entry: HeatpumpConfigEntry, message: Message
) -> HeatLoss | None:
    snapshot = _snapshot(entry)
    # The ledger goes on counting meanwhile.
    ledger, errors = deepcopy(snapshot.ledger), heat_errors(snapshot.plant)
    return await hass.async_add_executor_job(
        heat_loss, ledger, message["first"], message["last"], errors
    )


@_question(_LANGUAGE)
async def _async_changes(
    hass: HomeAssistant, entry: HeatpumpConfigEntry, message: Message
) -> Changes:
    return await async_changes(hass, entry, _language(hass, message))


@_question(_ENTRY)
async def _async_expected(
    _: HomeAssistant, entry: HeatpumpConfigEntry, __: Message
) -> Expected:
    return expected(entry)


@_question(_LANGUAGE)
async def _async_health(
    hass: HomeAssistant, entry: HeatpumpConfigEntry, message: Message
) -> Health:
    language = _language(hass, message)
    await async_load_alarm_texts(hass, language)
    return health(hass, entry, language)


@_question(_ENTRY)
async def _async_moments(
    hass: HomeAssistant, entry: HeatpumpConfigEntry, _: Message
) -> list[Moment]:
    return await async_last_day(hass, entry)


@_question(_ENTRY, Kind.HOUSE_METER)
async def _async_house(
    hass: HomeAssistant, entry: HouseMeterEntry, _: Message
) -> House:
    return house(hass, entry)


@_question(_SPAN, Kind.HOUSE_METER)
async def _async_house_days(
    _: HomeAssistant, entry: HouseMeterEntry, message: Message
) -> list[HouseDay]:
    return await async_house_days(entry, message["first"], message["last"])


@_question(_SPAN, Kind.HOUSE_METER)
async def _async_quarters(
    _: HomeAssistant, entry: HouseMeterEntry, message: Message
) -> list[QuarterHour]:
    return await async_quarters(entry, message["first"], message["last"])


@_question(_ENTRY, Kind.PROBES)
async def _async_probes(
    hass: HomeAssistant, entry: ProbesConfigEntry, _: Message
) -> list[Probe]:
    return probes(hass, entry.runtime_data)


@_question({**_ENTRY, probatio.Optional("probe"): str}, Kind.PROBES)
async def _async_sessions(
    _: HomeAssistant, entry: ProbesConfigEntry, message: Message
) -> list[Session]:
    return sessions(entry.runtime_data, message.get("probe"))


@websocket_command({probatio.Required("type"): f"{_KEY}entries"})
@callback
def _describe_entries(
    hass: HomeAssistant, connection: ActiveConnection, message: Message
) -> None:
    """Send which entries there are, for the dashboard that is built of them."""
    described = [
        _described(hass, entry) for kind in Kind for entry in _entries(hass, kind)
    ]
    connection.send_result(message["id"], described)


def _described(hass: HomeAssistant, entry: ConfigEntry[Any]) -> Message:
    kind = entry.data[CONF_KIND]
    described = {"entry_id": entry.entry_id, "kind": kind, "title": entry.title}
    if kind != Kind.HEAT_PUMP:
        return described
    known = known_keys(hass, entry)
    return {
        **described,
        "entities": enabled_entities(hass, entry),
        "has": {
            "account": is_account(entry),
            "export": bool(_entries(hass, Kind.EXPORT)),
            "hot_water": "hot_water_temperature" in known,
            "maker_spf": "manufacturer_spf" in known,
            "tariff": any(entry.options.get(each) is not None for each in _TARIFF),
        },
    }


@websocket_command({probatio.Required("type"): f"{_KEY}exports", **_ENTRY})
@callback
def _describe_exports(
    hass: HomeAssistant, connection: ActiveConnection, message: Message
) -> None:
    """Send how all exports go, or the one that is asked for."""
    wanted = message.get("entry_id")
    sent = [
        export(hass, each)
        for each in _entries(hass, Kind.EXPORT)
        if wanted in (None, each.entry_id)
    ]
    connection.send_result(message["id"], sent)


@websocket_command({probatio.Required("type"): f"{_KEY}live", **_LANGUAGE})
@async_response
async def _async_live(
    hass: HomeAssistant, connection: ActiveConnection, message: Message
) -> None:
    """Send what is known now, and again whenever a part of it changes.

    It is null while the entry is not loaded; a reload needs no new subscription.
    """
    try:
        entry = _entry(hass, message, Kind.HEAT_PUMP)
    except _NoEntry as err:
        _refuse(connection, message, err)
        return
    language = _language(hass, message)
    followed: list[CALLBACK_TYPE] = []

    @callback
    def send() -> None:
        is_loaded = entry.state is ConfigEntryState.LOADED
        sent = live(hass, entry, language) if is_loaded else None
        connection.send_event(message["id"], sent)

    @callback
    def unfollow() -> None:
        while followed:
            followed.pop()()

    @callback
    def follow(_: ConfigEntryChange | None, changed: ConfigEntry) -> None:
        if changed is not entry:
            return
        unfollow()
        if entry.state is ConfigEntryState.LOADED:
            data = entry.runtime_data
            sources = data.performance, *data.meters.values()
            followed.extend(each.async_add_listener(send) for each in sources)
        send()

    stop_following = async_dispatcher_connect(hass, SIGNAL_CONFIG_ENTRY_CHANGED, follow)

    @callback
    def stop() -> None:
        stop_following()
        unfollow()

    connection.subscriptions[message["id"]] = stop
    connection.send_result(message["id"])
    await async_load_alarm_texts(hass, language)
    # The page may be closed by now.
    if message["id"] in connection.subscriptions:
        follow(None, entry)


_COMMANDS: Final = (
    _describe_entries,
    _describe_exports,
    _async_live,
    _async_changes,
    _async_days,
    _async_expected,
    _async_figures,
    _async_flags,
    _async_health,
    _async_heat_loss,
    _async_house,
    _async_house_days,
    _async_moments,
    _async_months,
    _async_quarters,
    _async_probes,
    _async_runs,
    _async_sessions,
)
