"""One heat pump in the cloud: its plant, its books and its features."""

from collections import deque
from collections.abc import Mapping, Set as AbstractSet
import re
from types import ModuleType
from typing import Final
from zoneinfo import ZoneInfo

from ..faults import CloudFaults
from ..state import Plant, Settings, Variant
from . import air, brine
from .books import Bookkeeper
from .features import DeviceFeatures
from .mailbox import Mailbox
from .view import View, burner
from .wire import Properties, Property, not_connected, number

DEVICE_ID: Final = "0"
OUTDOOR_ID: Final = "1"
"""The outdoor unit of a One-Base NG; its system controller is device 0."""

_GENERATIONS: Final[dict[Variant, ModuleType]] = {
    Variant.AIR: air,
    Variant.BRINE: brine,
}
_OUTDOOR_PARTS: Final = (
    "heating.compressors",
    "heating.condensors",
    "heating.evaporators",
    "heating.inverters",
    "heating.outdoor",
    "heating.primaryCircuit",
)
_WITHOUT_COUNTERS: Final = frozenset(
    {
        "heating.boiler.sensors.temperature.commonSupply",
        "heating.boiler.temperature.current",
        "heating.secondaryCircuit.sensors.temperature.return",
        "heating.secondaryCircuit.sensors.temperature.supply",
        "heating.sensors.temperature.return",
        "heating.sensors.volumetricFlow.allengra",
    }
)
_WHOLE_NUMBER: Final = re.compile(r'("value":-?\d+)(?=[,}])')
_ANSWERS_KEPT: Final = 24


class HeatPump:
    """Renders a plant as the features of its generation."""

    def __init__(
        self,
        plant: Plant,
        *,
        installation_id: int,
        gateway_serial: str,
        zone: ZoneInfo,
        faults: CloudFaults,
    ) -> None:
        """Show a plant as the devices of a gateway."""
        generation = _GENERATIONS[plant.variant]
        self._plant = plant
        self._serial = gateway_serial
        self._zone = zone
        self._faults = faults
        self._generation = generation
        self._bookkeeper = Bookkeeper(plant, zone)
        self._devices = {
            device_id: DeviceFeatures(
                installation_id=installation_id,
                gateway_serial=gateway_serial,
                device_id=device_id,
                commands=generation.COMMANDS,
                disabled=disabled,
            )
            for device_id, disabled in (
                (DEVICE_ID, generation.DISABLED),
                (OUTDOOR_ID, ()),
            )
        }
        self._has_answered = False
        self._mailbox: Mailbox | None = None
        self._counted_at_s = self._booked_at_s = plant.origin_epoch_s
        self._frozen: dict[str, Properties] = {}
        self._adjusted: dict[str, dict[str, object]] = {}
        self._answers: deque[tuple[str, float, list[str]]] = deque(maxlen=_ANSWERS_KEPT)
        self.fault_since_s: dict[str, float] = {}
        """Since when the unit has each fault, by its code; the air unit shows it."""

    @property
    def is_one_base_ng(self) -> bool:
        """Return whether the unit is a system controller and an outdoor unit."""
        return self._faults.one_base_ng and self._plant.variant is Variant.AIR

    @property
    def device_ids(self) -> tuple[str, ...]:
        """Return the ids of the unit's devices."""
        return (DEVICE_ID, OUTDOOR_ID) if self.is_one_base_ng else (DEVICE_ID,)

    def observe(self, now_s: float) -> None:
        """Send the messages that are due, if the unit talks by messages."""
        messages = self._faults.messages
        if self._faults.stuck or messages is None:
            return
        if self._mailbox is None or self._mailbox.messages is not messages:
            self._mailbox = Mailbox(messages)
        self._mailbox.send(self._measure(now_s), now_s)

    def texts(self, device_id: str, now_s: float) -> list[str]:
        """Return one device's features as JSON texts, faults included.

        Raises:
            KeyError: The unit has no such device.
        """
        if device_id not in self.device_ids:
            raise KeyError(device_id)
        faults = self._faults
        if not (faults.stuck and self._has_answered):
            self._refresh(now_s)
            self._has_answered = True
        texts = self._devices[device_id].texts()
        self._answers.append((device_id, now_s, texts))
        if faults.replica_lag_s:
            texts = self._answer_before(device_id, now_s - faults.replica_lag_s, texts)
        if faults.float_numbers:
            texts = [_WHOLE_NUMBER.sub(r"\1.0", text) for text in texts]
        return texts

    def adjust(self, feature: str, values: Mapping[str, object]) -> None:
        """Change a setting, as the owner does in the app; a unit without it does not."""
        self._adjusted.setdefault(feature, {}).update(values)
        followed: dict[str, float] = {}
        for key, value in values.items():
            item = self._generation.SETTINGS.get((feature, key))
            if item is not None and isinstance(value, int | float):
                followed[item] = float(value)
        self._plant.adjust(followed)

    def _answer_before(
        self, device_id: str, moment_s: float, newest: list[str]
    ) -> list[str]:
        older = [
            texts
            for answered_id, answered_s, texts in self._answers
            if answered_id == device_id and answered_s <= moment_s
        ]
        return older[-1] if older else newest

    def jump_heat_counter(self, now_s: float, kwh: float) -> None:
        """Let the counter of heat for heating jump ahead."""
        self._bookkeeper.jump(now_s, kwh)

    def reset_counters(self, now_s: float) -> None:
        """Begin all energy counters again at 0."""
        self._plant.advance(now_s)
        self._bookkeeper.reset(now_s)

    def _refresh(self, now_s: float) -> None:
        self.observe(now_s)
        stamps_s: Mapping[str, float] = {}
        if self._faults.messages is None or self._mailbox is None:
            features = self._measure(now_s)
        else:
            features, stamps_s = self._mailbox.read(now_s)
        if self._faults.counters_only:
            features = _without(features, _WITHOUT_COUNTERS)
        outdoor = {
            name: each
            for name, each in features.items()
            if self.is_one_base_ng and name.startswith(_OUTDOOR_PARTS)
        }
        indoor = _without(features, outdoor.keys())
        self._devices[DEVICE_ID].update(indoor, now_s, stamps_s)
        self._devices[OUTDOOR_ID].update(outdoor, now_s, stamps_s)

    def _measure(self, now_s: float) -> dict[str, Properties]:
        """Return the features as the unit has them now, faults included."""
        faults = self._faults
        self._plant.advance(now_s)
        if not faults.frozen_counters:
            self._counted_at_s = now_s
        view = self._view(now_s)
        features: dict[str, Properties] = self._generation.features(view) | burner(view)
        for name in features.keys() & self._adjusted.keys():
            features[name] = _with_values(features[name], self._adjusted[name])
        features |= _followed(features, self._generation.SETTINGS, view.state.settings)
        if faults.shuffled_schedules:
            features = {name: _shuffled(each) for name, each in features.items()}
        if missing := faults.missing_features:
            features = {
                name: each
                for name, each in features.items()
                if not name.startswith(missing)
            }
        for name in features.keys() & set(faults.missing_value):
            features[name] = _without_value(features[name])
        for name in features.keys() & set(faults.sentinel_zero):
            features[name] = _zero(features[name])
        frozen = features.keys() & set(faults.frozen_features)
        self._frozen = {name: self._frozen.get(name, features[name]) for name in frozen}
        return features | self._frozen

    def _view(self, now_s: float) -> View:
        counted_at_s = self._counted_at_s
        midnight_s = self._bookkeeper.last_midnight_s(counted_at_s)
        booked_at_s = counted_at_s
        if (late_s := self._faults.late_counters_s) > 0:
            booked_at_s = counted_at_s // late_s * late_s
        self._booked_at_s = max(self._booked_at_s, booked_at_s)
        return View(
            state=self._plant.state(),
            rated_heat_w=self._plant.rated_heat_w,
            serial=self._serial,
            origin_s=self._plant.origin_epoch_s,
            zone=self._zone,
            counted=self._plant.energies_at(counted_at_s),
            books=self._bookkeeper.read(self._booked_at_s),
            settled=self._plant.energies_at(midnight_s),
            fault_since_s=self.fault_since_s,
        )


def _without(
    features: Mapping[str, Properties], names: AbstractSet[str]
) -> dict[str, Properties]:
    return {name: each for name, each in features.items() if name not in names}


def _without_value(properties: Properties) -> Properties:
    if "status" in properties:
        return not_connected()
    return {name: each for name, each in properties.items() if name != "value"}


def _zero(properties: Properties) -> Properties:
    unit = str(properties["value"].get("unit", ""))
    return {**properties, "value": number(0, unit)}


def _followed(
    features: Mapping[str, Properties],
    places: Mapping[tuple[str, str], str],
    settings: Settings | None,
) -> dict[str, Properties]:
    """Return the features of the settings that the plant follows."""
    if settings is None:
        return {}
    found: dict[str, Properties] = {}
    for (name, key), item in places.items():
        value: float = getattr(settings, item)
        shown = int(value) if value.is_integer() else value
        properties = found.get(name, features[name])
        found[name] = {**properties, key: {**properties[key], "value": shown}}
    return found


def _with_values(properties: Properties, values: Mapping[str, object]) -> Properties:
    return {
        key: {**each, "value": values.get(key, each["value"])}
        for key, each in properties.items()
    }


def _shuffled(properties: Properties) -> Properties:
    def shuffled(each: Property) -> Property:
        plan = each["value"]
        if each["type"] != "Schedule" or not isinstance(plan, dict):
            return each
        return {**each, "value": {day: spans[::-1] for day, spans in plan.items()}}

    return {key: shuffled(each) for key, each in properties.items()}
