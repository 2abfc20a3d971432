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
    "SNPM-001PCEU16": "Shelly Plus PM Mini",
    "S3PM-001PCEU16": "Shelly PM Mini Gen3",
    "S3PL-30116EU": "Shelly Plug PM Gen3",
    "SNSW-001P16EU": "Shelly Plus 1PM",
    "SNSW-001P15UL": "Shelly Plus 1PM UL",
    "SNSW-001P8EU": "Shelly Plus 1PM Mini",
    "S3SW-001P16EU": "Shelly 1PM Gen3",
    "S3SW-001P8EU": "Shelly 1PM Mini Gen3",
    "S4SW-001P16EU": "Shelly 1PM Gen4",
    "S4SW-001P8EU": "Shelly 1PM Mini Gen4",
    "SPSW-001PE16EU": "Shelly Pro 1PM",
    "SPSW-101PE16EU": "Shelly Pro 1PM",
    "SPSW-201PE16EU": "Shelly Pro 1PM",
    "SPSW-201PE15UL": "Shelly Pro 1PM UL",
    "SNSW-002P16EU": "Shelly Plus 2PM",
    "SNSW-102P16EU": "Shelly Plus 2PM",
    "SNSW-002P15UL": "Shelly Plus 2PM UL",
    "S3SW-002P16EU": "Shelly 2PM Gen3",
    "S4SW-002P16EU": "Shelly 2PM Gen4",
    "SPSW-002PE16EU": "Shelly Pro 2PM",
    "SPSW-102PE16EU": "Shelly Pro 2PM",
    "SPSW-202PE16EU": "Shelly Pro 2PM",
    "SPSW-004PE16EU": "Shelly Pro 4PM",
    "SPSW-104PE16EU": "Shelly Pro 4PM",
    "SPSW-204PE16EU": "Shelly Pro 4PM",
    "SNPL-00112EU": "Shelly Plus Plug S",
    "SNPL-10112EU": "Shelly Plus Plug S",
    "SNPL-00110IT": "Shelly Plus Plug IT",
    "SNPL-00112UK": "Shelly Plus Plug UK",
    "SNPL-00116US": "Shelly Plus Plug US",
    "S3PL-00112EU": "Shelly Plug S Gen3",
    "S3PL-10112EU": "Shelly AZ Plug",
    "S3PL-20112EU": "Shelly Outdoor Plug S Gen3",
    "S3PL-30110EU": "Shelly Plug M Gen3",
    "S4PL-00116US": "Shelly Plug US Gen4",
    "S4PL-00416EU": "Shelly Power Strip 4 Gen4",
    "S4PL-10416EU": "Shelly Power Strip 4 Gen4",
}
_HOMEWIZARD_NAMES: Final = {
    "HWE-KWH1": "HomeWizard kWh Meter 1-phase",
    "HWE-KWH3": "HomeWizard kWh Meter 3-phase",
    "HWE-P1": "HomeWizard P1",
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
