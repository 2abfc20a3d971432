"""What the cards ask: commands of Home Assistant's websocket, for every user."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

import probatio

from homeassistant.components import websocket_api
from homeassistant.components.websocket_api import ActiveConnection
from homeassistant.config_entries import (
    SIGNAL_CONFIG_ENTRY_CHANGED,
    ConfigEntry,
    ConfigEntryChange,
    ConfigEntryState,
)
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers import config_validation as cv, entity_registry as er
from homeassistant.helpers.dispatcher import async_dispatcher_connect

from ..const import DOMAIN
from ..coordinator import HeatpumpConfigEntry
from ..entity import identifier
from ..performance.totals.periods import period_summary
from ..performance.totals.report import report
from ..replies import dump
from .history import days, past_run
from .live import live

type Message = dict[str, Any]
type Question = Callable[[HeatpumpConfigEntry, Message], object]

_ENTRY: Final = {probatio.Optional("entry_id"): str}
_SPAN: Final = {
    **_ENTRY,
    probatio.Required("first"): cv.date,
    probatio.Required("last"): cv.date,
}
_KEY: Final = f"{DOMAIN}/"


class _NoEntry(Exception):
    """There is no entry to answer for; the message is the code of the error."""


@callback
def async_register_commands(hass: HomeAssistant) -> None:
    """Register all commands; they are there before any entry is."""
    for command in (_entries, _live, _days, _figures, _runs, _flags):
        websocket_api.async_register_command(hass, command)


def _loaded(hass: HomeAssistant) -> list[HeatpumpConfigEntry]:
    entries: list[HeatpumpConfigEntry] = hass.config_entries.async_loaded_entries(
        DOMAIN
    )
    return sorted(entries, key=lambda entry: entry.title)


def _entry(hass: HomeAssistant, message: Message) -> HeatpumpConfigEntry:
    """Return the entry of a question, or the only one.

    Raises:
        _NoEntry: It is not loaded, or there are several.
    """
    wanted = message.get("entry_id")
    entries = [each for each in _loaded(hass) if wanted in (None, each.entry_id)]
    if len(entries) != 1:
        raise _NoEntry("several" if entries else "not_loaded")
    return entries[0]


def _question(
    fields: Message,
) -> Callable[[Question], websocket_api.WebSocketCommandHandler]:
    """Make a command of a function that answers for an entry."""

    def command(question: Question) -> websocket_api.WebSocketCommandHandler:
        name = question.__name__.removeprefix("_")

        @websocket_api.websocket_command(
            {probatio.Required("type"): f"{_KEY}{name}", **fields}
        )
        @callback
        @wraps(question)
        def answer(
            hass: HomeAssistant, connection: ActiveConnection, message: Message
        ) -> None:
            try:
                entry = _entry(hass, message)
            except _NoEntry as err:
                connection.send_error(message["id"], str(err), "No such heat pump")
                return
            connection.send_result(message["id"], dump(question(entry, message)))

        return answer

    return command


@_question(_SPAN)
def _days(entry: HeatpumpConfigEntry, message: Message) -> object:
    snapshot = entry.runtime_data.performance.data.snapshot
    return list(days(snapshot, message["first"], message["last"]))


@_question(_SPAN)
def _figures(entry: HeatpumpConfigEntry, message: Message) -> object:
    snapshot = entry.runtime_data.performance.data.snapshot
    first, last, until = message["first"], message["last"], snapshot.counted_until
    return report(period_summary(snapshot.ledger, first, last, until), snapshot.plant)


@_question(_SPAN)
def _runs(entry: HeatpumpConfigEntry, message: Message) -> object:
    snapshot = entry.runtime_data.performance.data.snapshot
    calendar = snapshot.ledger.calendar
    start = calendar.midnight(message["first"])
    return [
        past_run(run)
        for run in snapshot.runs.ended_after(start)
        if calendar.local_day(run.start) <= message["last"]
    ]


@_question(_ENTRY)
def _flags(entry: HeatpumpConfigEntry, _: Message) -> object:
    return entry.runtime_data.performance.data.snapshot.flags


@websocket_api.websocket_command({probatio.Required("type"): f"{_KEY}entries"})
@callback
def _entries(
    hass: HomeAssistant, connection: ActiveConnection, message: Message
) -> None:
    """Send which heat pumps there are, for the dashboard that is built of them."""
    registry = er.async_get(hass)
    connection.send_result(
        message["id"], [_described(registry, entry) for entry in _loaded(hass)]
    )


def _described(registry: er.EntityRegistry, entry: HeatpumpConfigEntry) -> Message:
    reading = entry.runtime_data.performance.data.snapshot.reading
    return {
        "entry_id": entry.entry_id,
        "title": entry.title,
        "entities": {
            # The end of the unique id says what it shows, however it is named.
            each.unique_id.removeprefix(
                f"{identifier(entry, each.config_subentry_id)[1]}_"
            ): each.entity_id
            for each in er.async_entries_for_config_entry(registry, entry.entry_id)
            if each.disabled_by is None
        },
        "has": {
            "hot_water": reading is not None and reading.hot_water_c is not None,
            "maker_spf": reading is not None and reading.spf_total is not None,
        },
    }


@websocket_api.websocket_command({probatio.Required("type"): f"{_KEY}live", **_ENTRY})
@callback
def _live(hass: HomeAssistant, connection: ActiveConnection, message: Message) -> None:
    """Send what is known now, and again whenever a part of it changes.

    It is null while the entry is not loaded; a reload needs no new subscription.
    """
    try:
        entry = _entry(hass, message)
    except _NoEntry as err:
        connection.send_error(message["id"], str(err), "No such heat pump")
        return
    followed: list[CALLBACK_TYPE] = []

    @callback
    def send() -> None:
        is_loaded = entry.state is ConfigEntryState.LOADED
        connection.send_event(message["id"], dump(live(entry)) if is_loaded else None)

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
            sources = data.performance, data.meter
            followed.extend(each.async_add_listener(send) for each in sources)
        send()

    stop_following = async_dispatcher_connect(hass, SIGNAL_CONFIG_ENTRY_CHANGED, follow)

    @callback
    def stop() -> None:
        stop_following()
        unfollow()

    connection.subscriptions[message["id"]] = stop
    connection.send_result(message["id"])
    follow(None, entry)
