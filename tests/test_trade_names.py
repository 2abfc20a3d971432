"""Trade names of heat pumps and meters."""

import pytest

from custom_components.heatpump_monitor.sources.viessmann.parsing import (
    Feature,
    Property,
)
from custom_components.heatpump_monitor.trade_names import heat_pump_name, meter_name


def variant(value: object, name: str = "device.variant") -> Feature:
    """Return the feature in which a unit names its variant."""
    return Feature(
        name=name,
        device_id="0",
        enabled=True,
        timestamp=None,
        properties={"value": Property(value=value)},
    )


@pytest.mark.parametrize(
    ("model_id", "features", "name"),
    [
        ("E3_Vitocal_16", [variant("Vitocal252A")], "Vitocal 252-A"),
        (
            "E3_Vitocal_16",
            [variant("Vitocal222S", "heating.device.variant")],
            "Vitocal 222-S",
        ),
        ("Vitocal200S", [], "Vitocal 200-S"),
        # Several heat pumps share these: the id is all that is known.
        ("E3_Vitocal_16", [], "E3_Vitocal_16"),
        ("CU401B_G", [variant(7)], "CU401B_G"),
        ("E3_Vitocal_16", [variant("Vitocal252A", "device.name")], "E3_Vitocal_16"),
    ],
)
def test_heat_pump(model_id: str, features: list[Feature], name: str) -> None:
    """The unit's own word comes first, then the model id, if that names one."""
    assert heat_pump_name(model_id, features) == name


def test_meter() -> None:
    """A meter that is not known keeps its model id."""
    assert meter_name("SPEM-003CEBEU") == "Shelly Pro 3EM"
    assert meter_name("S4SW-002P16EU") == "Shelly 2PM Gen4"
    assert meter_name("SDM630-wifi") == "HomeWizard kWh Meter 3-phase"
    assert meter_name("SHEM-3") == "SHEM-3"
