"""Pass on what any entry reads and counts, to whoever exports it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.dispatcher import async_dispatcher_send
from homeassistant.util.signal_type import SignalType

from .const import DOMAIN
from .house_meter.model import Quarter
from .performance.intervals import Interval
from .performance.totals.ledger import Bucket
from .readings import GridReading, HeatPumpReading, MeterReading, ProbeReading


@dataclass(frozen=True, kw_only=True, slots=True)
class OfMeter:
    """What a meter of a heat pump said."""

    key: str
    """The meter's key in the engine."""
    reading: MeterReading


@dataclass(frozen=True, kw_only=True, slots=True)
class Counted:
    """What a heat pump's engine counted, or corrected."""

    closed: Collection[Interval] = ()
    hours: Collection[datetime] = ()
    """The hours of the ledger that changed, by their start in UTC."""
    days: Collection[date] = ()
    imported: Mapping[datetime, Bucket] = field(default_factory=dict)
    """Hours of an import, which the ledger does not keep, by their start in UTC."""


@dataclass(frozen=True, kw_only=True, slots=True)
class OfProbes:
    """What all probes of an account said."""

    readings: Collection[ProbeReading]


@dataclass(frozen=True, kw_only=True, slots=True)
class Quarters:
    """Quarter-hours of a house meter that ended, or were corrected."""

    quarters: Collection[Quarter]


type Telemetry = HeatPumpReading | OfMeter | Counted | GridReading | Quarters | OfProbes

TELEMETRY: Final = SignalType[ConfigEntry, Telemetry](f"{DOMAIN}_telemetry")


@callback
def async_pass_on(hass: HomeAssistant, entry: ConfigEntry, news: Telemetry) -> None:
    """Pass on what an entry read or counted."""
    async_dispatcher_send(hass, TELEMETRY, entry, news)
