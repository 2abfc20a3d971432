"""Trade names of devices, as far as their model or their answers give them."""

from collections.abc import Iterable
import re
from typing import Final

from .sources.viessmann.parsing import Feature

# The model id names the controller, which several heat pumps share.
_VARIANT_FEATURES: Final = frozenset({"device.variant", "heating.device.variant"})
_VITOCAL: Final = re.compile(r"(Vitocal(?:dens)?)[ _-]?(\d{3})[ _-]?([A-Z])\b")

_SHELLY_NAMES: Final = {
    "SPEM-003CEBEU": "Shelly Pro 3EM",
    "SPEM-003CEBEU120": "Shelly Pro 3EM-120",
    "SPEM-003CEBEU400": "Shelly Pro 3EM-400",
    "SPEM-003CEBEU63": "Shelly Pro 3EM-63",
    "SPEM-002CEBEU50": "Shelly Pro EM-50",
    "S3EM-003CXCEU63": "Shelly 3EM-63 Gen3",
    "S3EM-002CXCEU": "Shelly EM Gen3",
    "S4EM-002CXCEU": "Shelly EM Gen4",
    "S4EM-001PXCEU16": "Shelly EM Mini Gen4",
    "S4EM-001CXCEU63": "Shelly EM-63 Gen4",
}
_HOMEWIZARD_NAMES: Final = {
    "HWE-KWH1": "HomeWizard kWh Meter 1-phase",
    "HWE-KWH3": "HomeWizard kWh Meter 3-phase",
    "HWE-SKT": "HomeWizard Energy Socket",
    "SDM230-wifi": "HomeWizard kWh Meter 1-phase",
    "SDM630-wifi": "HomeWizard kWh Meter 3-phase",
}
_METER_NAMES: Final = _SHELLY_NAMES | _HOMEWIZARD_NAMES


def heat_pump_name(model_id: str, features: Iterable[Feature] = ()) -> str:
    """Return the trade name of a heat pump, such as Vitocal 252-A, or its model id."""
    variants = (
        str(feature.properties["value"].value)
        for feature in features
        if feature.name in _VARIANT_FEATURES and "value" in feature.properties
    )
    for text in (*variants, model_id):
        if found := _VITOCAL.search(text):
            return f"{found[1]} {found[2]}-{found[3]}"
    return model_id


def meter_name(model_id: str) -> str:
    """Return the trade name of a meter, or its model id."""
    return _METER_NAMES.get(model_id, model_id)
