"""Where the clouds are, and whom to trust beside them."""

from dataclasses import dataclass
import os
from typing import Final

VIESSMANN_URL_VARIABLE: Final = "HEATPUMP_MONITOR_VIESSMANN_URL"
"""Environment variable: base URL of another server that speaks like the cloud.

For the demo and the tests, which bring their own.
"""
THERMOWORKS_URL_VARIABLE: Final = "HEATPUMP_MONITOR_THERMOWORKS_URL"
"""Environment variable: base URL of another server than ThermoWorks' and Firebase's."""
CA_FILE_VARIABLE: Final = "HEATPUMP_MONITOR_CA_FILE"
"""Environment variable: PEM file of a CA that is trusted beside the usual ones.

For the demo and the tests, whose servers bring certificates of their own.
"""


def ca_file() -> str | None:
    """Return the file of the CA that is trusted beside the usual ones, if any."""
    return os.environ.get(CA_FILE_VARIABLE) or None


@dataclass(frozen=True, kw_only=True, slots=True)
class ViessmannEndpoints:
    """The addresses of the Viessmann cloud."""

    authorize_url: str = "https://iam.viessmann-climatesolutions.com/idp/v3/authorize"
    token_url: str = "https://iam.viessmann-climatesolutions.com/idp/v3/token"
    api_url: str = "https://api.viessmann-climatesolutions.com/iot/v2"


def viessmann_endpoints() -> ViessmannEndpoints:
    """Return the addresses in use: the real cloud's, or those of the environment."""
    base = os.environ.get(VIESSMANN_URL_VARIABLE, "").rstrip("/")
    if not base:
        return ViessmannEndpoints()
    return ViessmannEndpoints(
        authorize_url=f"{base}/idp/v3/authorize",
        token_url=f"{base}/idp/v3/token",
        api_url=f"{base}/iot/v2",
    )


def thermoworks_url() -> str | None:
    """Return the base URL of the environment; None for the real cloud."""
    return os.environ.get(THERMOWORKS_URL_VARIABLE, "").rstrip("/") or None
