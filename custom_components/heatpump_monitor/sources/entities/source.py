"""Entities that Home Assistant already has, as a heat pump and as a meter."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
import math
from typing import Final

from homeassistant.core import HomeAssistant

from ...readings import HeatPumpReading, MeterReading, Mode, UnitEnergy
from ..base import MeterInfo
from ..ranges import Range, Ranges
from .chosen import ChosenEntities
from .fields import HEAT_PUMP_FIELDS, METER_FIELDS, TEMPERATURE, Field
from .mapping import words_of
from .metering import CounterReport, HeatMetering, Metering, PowerReport
from .states import FieldValue, Value, Words

_NOT_NEGATIVE: Final = Range(0.0, math.inf)
# What the engine keeps as series: their values between two time stamps matter.
_SERIES: Final = frozenset(
    {"supply_c", "return_c", "flow_lph", "modulation_pct", "reported_heat_w"}
    | {"outside_c", "source_in_c", "source_out_c"}
)
# So many values show together whether their source still lives.
_FEWEST_OF_A_GROUP = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class EntityInfo:
    """What the entities say of the heat pump."""

    manufacturer: str | None = None
    model: str | None = None
    name: str | None = None


class EntityHeatPump:
    """Reads a heat pump from entities."""

    def __init__(
        self,
        hass: HomeAssistant,
        entities: Mapping[str, str],
        ranges: Ranges,
    ) -> None:
        """Prepare; nothing is read yet.

        Args:
            hass: Home Assistant.
            entities: Registry ids, or entity ids, by field.
            ranges: What a value may be; outside of it, it is not known.
        """
        self.chosen = ChosenEntities(hass, entities, HEAT_PUMP_FIELDS)
        self._hass = hass
        self._words: Mapping[str, Words] | None = None
        self._ranges = ranges
        self._last: dict[str, tuple[FieldValue, datetime]] = {}
        """The last value of each field, and since when it has been that."""
        self._heat_meter = HeatMetering()

    async def identify(self) -> EntityInfo:
        """Return the device that most of the entities are of."""
        if (device := self.chosen.device()) is None:
            return EntityInfo()
        return EntityInfo(
            manufacturer=device.manufacturer,
            model=device.model,
            name=device.name_by_user or device.name,
        )

    async def read(self, now: Callable[[], datetime]) -> HeatPumpReading:
        """Return what the entities say now, or raise a `SourceError`."""
        time = now()
        if self._words is None:
            self._words = await words_of(self._hass, self.chosen.entities)
        found = self.chosen.values(time, self._words, self._is_plausible)
        values = {key: value.value for key, value in found.items()}
        changes = {key: self._since(key, each, time) for key, each in found.items()}
        if (metered_wh := values.get("heat_meter_wh")) is not None:
            if not self._heat_meter.shows(time, float(metered_wh)):
                del values["heat_meter_wh"]
        groups = {key: self.chosen.group(key) for key in changes}
        stamps = changes | self._confirmed(found, changes, groups, time)
        self._derive(values, stamps)
        return _reading(time, _measured_at(changes, groups), values, stamps)

    def _confirmed(
        self,
        found: Mapping[str, Value[FieldValue]],
        changes: Mapping[str, datetime],
        groups: Mapping[str, str | None],
        time: datetime,
    ) -> dict[str, datetime]:
        """Return when numbers were last measured that are the same since.

        One that was written again was measured again. What is written on change alone
        has not changed until something else of its device did. A cloud may repeat what
        it was last sent: there, only a change was measured.
        """
        newest: dict[str | None, datetime] = {}
        for key, changed_at in changes.items():
            group = groups[key]
            newest[group] = max(changed_at, newest.get(group, changed_at))
        return {
            key: min(max(newest[groups[key]], found[key].reported_at), time)
            for key in changes
            if key in _SERIES and not self.chosen.is_of_cloud(key)
        }

    def _since(self, key: str, value: Value[FieldValue], time: datetime) -> datetime:
        """Return since when a field has had its value.

        An integration that lost its cloud for a while, or that writes the same value
        again, proves nothing new.
        """
        last = self._last.get(key)
        if last is None or last[0] != value.value:
            last = self._last[key] = value.value, min(value.changed_at, time)
        return last[1]

    def _is_plausible(self, field: Field, value: FieldValue) -> bool:
        if not isinstance(value, float):
            return True
        if field.quantity is TEMPERATURE:
            # Exactly 0 °C is what controllers send for a sensor without a value.
            is_missing = field.is_water and value == 0
            return not is_missing and self._ranges.temperature_c.keep(value) is not None
        if field.key == "reported_heat_w":
            # A defrost takes heat back.
            return self._ranges.power_w.keep(abs(value)) is not None
        within = {
            "inverter_w": self._ranges.power_w,
            "modulation_pct": self._ranges.modulation_pct,
        }.get(field.key, _NOT_NEGATIVE)
        return within.keep(value) is not None

    def _derive(
        self, values: dict[str, FieldValue], stamps: dict[str, datetime]
    ) -> None:
        """Add what follows from the mode, and from the modulation or the speed.

        A reading has no `mode` of its own here: that would be one from this reading
        until the next, while these fields have the stamps of their changes.
        """
        if "compressor_on" not in values:
            self._derive_running(values, stamps)
        mode = values.pop("mode", None)
        if mode is None or not (since := stamps.pop("mode", None)):
            return
        for key, is_so in (
            ("defrosting", mode is Mode.DEFROST),
            ("hot_water_charging", mode is Mode.HOT_WATER),
        ):
            if key not in values:
                values[key], stamps[key] = is_so, since
        if mode is Mode.COOLING:
            values["operation_state"] = Mode.COOLING.value
            stamps["operation_state"] = since

    def _derive_running(
        self, values: dict[str, FieldValue], stamps: dict[str, datetime]
    ) -> None:
        if isinstance(mode := values.get("mode"), Mode):
            running = mode is not Mode.STANDBY
            source = "mode"
        else:
            names = ("speed_rps", "modulation_pct", "inverter_w")
            source = next((name for name in names if name in values), "")
            if not source:
                return
            running = float(values[source]) > _LEAST_RUNNING.get(source, 0.0)
        last = self._last.get("compressor_on")
        if last is None or last[0] is not running:
            last = self._last["compressor_on"] = running, stamps[source]
        values["compressor_on"], stamps["compressor_on"] = last


def _measured_at(
    changes: Mapping[str, datetime], groups: Mapping[str, str | None]
) -> datetime | None:
    """Return when a value of the heat pump last changed.

    What comes from elsewhere, such as a weather station, does not show that the heat
    pump is there.
    """
    group, size = next(iter(Counter(groups.values()).most_common(1)), (None, 0))
    if group is not None and size >= _FEWEST_OF_A_GROUP:
        own = [key for key in changes if groups[key] == group]
    else:
        own = [key for key in changes if key != "outside_c"]
    return max((changes[key] for key in own), default=None)


# What electronics draw.
_LEAST_RUNNING: Final = {"inverter_w": 50.0}


def _reading(
    time: datetime,
    measured_at: datetime | None,
    values: Mapping[str, FieldValue],
    stamps: dict[str, datetime],
) -> HeatPumpReading:
    def number(key: str) -> float | None:
        value = values.get(key)
        return value if isinstance(value, float) else None

    def flag(key: str) -> bool | None:
        value = values.get(key)
        return value if isinstance(value, bool) else None

    def word(key: str) -> str | None:
        value = values.get(key)
        return value if isinstance(value, str) else None

    heating_wh, hot_water_wh = number("heating_wh"), number("hot_water_wh")
    heat = None
    if (heating_wh, hot_water_wh) != (None, None):
        heat = UnitEnergy(heating_wh=heating_wh, hot_water_wh=hot_water_wh)
    counted = [
        stamps.pop(key) for key in ("heating_wh", "hot_water_wh") if key in stamps
    ]
    if heat is not None:
        stamps["heat"] = max(counted)
    return HeatPumpReading(
        time=time,
        measured_at=measured_at,
        stamps=stamps,
        outside_c=number("outside_c"),
        supply_c=number("supply_c"),
        return_c=number("return_c"),
        source_in_c=number("source_in_c"),
        source_out_c=number("source_out_c"),
        buffer_c=number("buffer_c"),
        hot_water_c=number("hot_water_c"),
        hot_water_target_c=number("hot_water_target_c"),
        compressor_on=flag("compressor_on"),
        compressor_phase=word("compressor_phase"),
        modulation_pct=number("modulation_pct"),
        speed_rps=number("speed_rps"),
        inverter_w=number("inverter_w"),
        flow_lph=number("flow_lph"),
        run_hours=number("run_hours"),
        starts=number("starts"),
        rated_heat_w=number("rated_heat_w"),
        reported_heat_w=number("reported_heat_w"),
        heat_meter_wh=number("heat_meter_wh"),
        heat=heat,
        hot_water_charging=flag("hot_water_charging"),
        circulation_pump_on=flag("circulation_pump_on"),
        defrosting=flag("defrosting"),
        backup_heater_hours=number("backup_heater_hours"),
        backup_heater_on=flag("backup_heater_on"),
        valve=word("valve"),
        operation_state=word("operation_state"),
    )


def counter_report(value: Value[FieldValue], time: datetime) -> CounterReport:
    """Return what the entity of a counter says."""
    return CounterReport(
        value_wh=float(value.value),
        changed_at=min(value.changed_at, time),
        reported_at=min(value.reported_at, time),
    )


def power_report(
    values: Mapping[str, Value[FieldValue]], time: datetime
) -> PowerReport | None:
    """Return what the entity of the power says, None if it has no value."""
    if (drawn := values.get("power_w")) is None:
        return None
    return PowerReport(
        power_w=float(drawn.value), reported_at=min(drawn.reported_at, time)
    )


def meter_info(chosen: ChosenEntities, identity: str | None) -> MeterInfo:
    """Return the device that the entities of a meter are of."""
    device = chosen.device()
    return MeterInfo(
        identity=identity,
        manufacturer=device.manufacturer if device else None,
        model=device.model if device else None,
        firmware=device.sw_version if device else None,
    )


class EntityMeter:
    """Reads a meter from entities: its counter, its power, or both."""

    def __init__(
        self, hass: HomeAssistant, entities: Mapping[str, str], identity: str | None
    ) -> None:
        """Prepare; the identity is what the owner chose the meter by."""
        self.chosen = ChosenEntities(hass, entities, METER_FIELDS)
        self._identity = identity
        self._metering = Metering()

    async def identify(self) -> MeterInfo:
        """Return the device that the entities are of."""
        return meter_info(self.chosen, self._identity)

    async def read(self, now: Callable[[], datetime]) -> MeterReading:
        """Return what the entities say, or raise a `SourceError`.

        Its time is when they said it: that of the reading before, if they said
        nothing new.
        """
        time = now()
        values = self.chosen.values(time)
        if not values.keys() & {"energy_wh", "power_w"}:
            raise self.chosen.failure()
        counter = None
        if (energy := values.get("energy_wh")) is not None:
            counter = counter_report(energy, time)
        power, returned = power_report(values, time), values.get("returned_wh")
        return self._metering.read(
            time, counter, power, None if returned is None else float(returned.value)
        )
