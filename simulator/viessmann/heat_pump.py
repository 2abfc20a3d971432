"""One heat pump in the cloud: its plant, its books and its features."""

from types import ModuleType
from typing import Final
from zoneinfo import ZoneInfo

from ..faults import CloudFaults
from ..state import Plant, Variant
from . import air, brine
from .books import Bookkeeper
from .features import DeviceFeatures
from .view import View
from .wire import Properties, not_connected, number

DEVICE_ID: Final = "0"

_GENERATIONS: Final[dict[Variant, ModuleType]] = {
    Variant.AIR: air,
    Variant.BRINE: brine,
}


class HeatPump:
    """Renders a plant as the features of its generation."""

    def __init__(
        self,
        plant: Plant,
        *,
        installation_id: int,
        gateway_serial: str,
        zone: ZoneInfo,
    ) -> None:
        """Show a plant as the device of a gateway."""
        generation = _GENERATIONS[plant.variant]
        self._plant = plant
        self._serial = gateway_serial
        self._zone = zone
        self._generation = generation
        self._bookkeeper = Bookkeeper(plant, zone)
        self._features = DeviceFeatures(
            installation_id=installation_id,
            gateway_serial=gateway_serial,
            device_id=DEVICE_ID,
            commands=generation.COMMANDS,
            disabled=generation.DISABLED,
        )
        self._counted_at_s = plant.origin_epoch_s

    def texts(self, now_s: float, faults: CloudFaults) -> list[str]:
        """Return the features now as JSON texts, faults included."""
        self._plant.advance(now_s)
        if not faults.frozen_counters:
            self._counted_at_s = now_s
        features: dict[str, Properties] = self._generation.features(self._view(now_s))
        for name in features.keys() & set(faults.missing_value):
            features[name] = _without_value(features[name])
        for name in features.keys() & set(faults.sentinel_zero):
            features[name] = _zero(features[name])
        self._features.update(features, now_s)
        return self._features.texts()

    def _view(self, now_s: float) -> View:
        midnight_s = self._bookkeeper.last_midnight_s(self._counted_at_s)
        return View(
            state=self._plant.state(),
            rated_heat_w=self._plant.rated_heat_w,
            serial=self._serial,
            origin_s=self._plant.origin_epoch_s,
            zone=self._zone,
            counted=self._plant.energies_at(self._counted_at_s),
            books=self._bookkeeper.read(self._counted_at_s),
            settled=self._plant.energies_at(midnight_s),
        )


def _without_value(properties: Properties) -> Properties:
    if "status" in properties:
        return not_connected()
    return {name: each for name, each in properties.items() if name != "value"}


def _zero(properties: Properties) -> Properties:
    unit = str(properties["value"].get("unit", ""))
    return {**properties, "value": number(0, unit)}
