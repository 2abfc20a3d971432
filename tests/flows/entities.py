"""A Home Assistant in which other integrations have a heat pump and a meter."""

from pytest_homeassistant_custom_component.common import MockConfigEntry

from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er

GATEWAY = "7571381000000002"
CELSIUS = {"device_class": "temperature", "unit_of_measurement": "°C"}
KWH = {"device_class": "energy", "unit_of_measurement": "kWh"}
WATT = {"device_class": "power", "unit_of_measurement": "W"}


class Integration:
    """A device of another integration, and its entities."""

    def __init__(self, hass: HomeAssistant, platform: str, device: str) -> None:
        """Add an entry with one device."""
        self.hass, self.platform = hass, platform
        self.entry = MockConfigEntry(domain=platform)
        self.entry.add_to_hass(hass)
        self.device = dr.async_get(hass).async_get_or_create(
            config_entry_id=self.entry.entry_id,
            identifiers={(platform, device)},
            name=device,
        )

    def add(
        self,
        unique_id: str,
        object_id: str,
        state: str,
        attributes: dict[str, str] | None = None,
        *,
        disabled: bool = False,
    ) -> er.RegistryEntry:
        """Add an entity; a disabled one has no state."""
        domain, _, name = object_id.partition(".")
        disabled_by = er.RegistryEntryDisabler.USER if disabled else None
        entry = er.async_get(self.hass).async_get_or_create(
            domain,
            self.platform,
            unique_id,
            suggested_object_id=name,
            config_entry=self.entry,
            device_id=self.device.id,
            disabled_by=disabled_by,
            unit_of_measurement=(attributes or {}).get("unit_of_measurement"),
        )
        assert entry.entity_id == object_id
        if not disabled:
            self.hass.states.async_set(object_id, state, attributes)
        return entry


def add_vicare(hass: HomeAssistant, *, flow_disabled: bool = False) -> Integration:
    """Add a heat pump as core's ViCare integration shows it."""
    vicare = Integration(hass, "vicare", "Vitocal 252-A")
    lph = {"unit_of_measurement": "L/h"}
    for key, object_id, state, attributes in (
        ("secondary_circuit_supply_temperature", "sensor.supply", "35.1", CELSIUS),
        ("return_temperature", "sensor.return", "30.2", CELSIUS),
        ("outside_temperature", "sensor.outside", "4.5", CELSIUS),
        ("compressor_active-0", "binary_sensor.compressor", "on", {}),
    ):
        vicare.add(f"{GATEWAY}_0-{key}", object_id, state, attributes)
    vicare.add(
        f"{GATEWAY}_0-volumetric_flow",
        "sensor.flow",
        "1200",
        lph,
        disabled=flow_disabled,
    )
    return vicare


def add_shelly(hass: HomeAssistant) -> Integration:
    """Add a meter as core's Shelly integration shows it."""
    shelly = Integration(hass, "shelly", "Heat pump meter")
    mac = "FCE8C0AA0002"
    shelly.add(f"{mac}-emdata:0-total_act", "sensor.energy", "1234.5", KWH)
    shelly.add(f"{mac}-em:0-total_act_power", "sensor.power", "950", WATT)
    return shelly
