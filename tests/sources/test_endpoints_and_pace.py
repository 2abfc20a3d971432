"""The environment variables, each read in one place."""

import pytest

from custom_components.heatpump_monitor.sources.endpoints import (
    ViessmannEndpoints,
    thermoworks_url,
    viessmann_endpoints,
)
from custom_components.heatpump_monitor.sources.pace import shortened


def test_the_real_cloud_is_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the variable, the addresses are Viessmann's."""
    monkeypatch.delenv("HEATPUMP_MONITOR_VIESSMANN_URL", raising=False)
    assert viessmann_endpoints() == ViessmannEndpoints(
        authorize_url="https://iam.viessmann-climatesolutions.com/idp/v3/authorize",
        token_url="https://iam.viessmann-climatesolutions.com/idp/v3/token",
        api_url="https://api.viessmann-climatesolutions.com/iot/v2",
    )


@pytest.mark.parametrize("base", ["http://127.0.0.1:81", "http://127.0.0.1:81/"])
def test_another_cloud_by_environment(
    monkeypatch: pytest.MonkeyPatch, base: str
) -> None:
    """The variable moves all three addresses, with or without a slash at its end."""
    monkeypatch.setenv("HEATPUMP_MONITOR_VIESSMANN_URL", base)
    assert viessmann_endpoints() == ViessmannEndpoints(
        authorize_url="http://127.0.0.1:81/idp/v3/authorize",
        token_url="http://127.0.0.1:81/idp/v3/token",
        api_url="http://127.0.0.1:81/iot/v2",
    )


@pytest.mark.parametrize("value", [None, "0", "yes"])
def test_the_real_pace_is_the_default(
    monkeypatch: pytest.MonkeyPatch, value: str | None
) -> None:
    """Only a 1 makes it fast."""
    monkeypatch.delenv("HEATPUMP_MONITOR_FAST", raising=False)
    if value is not None:
        monkeypatch.setenv("HEATPUMP_MONITOR_FAST", value)
    assert shortened(300) == 300
    assert shortened(10, minimum=1) == 10


@pytest.mark.parametrize(
    ("seconds", "minimum", "expected"),
    [
        pytest.param(300, 0, 5, id="sixty times shorter"),
        pytest.param(10, 1, 1, id="not below the minimum"),
        pytest.param(0.5, 1, 0.5, id="never longer"),
    ],
)
def test_the_fast_pace(
    monkeypatch: pytest.MonkeyPatch, seconds: float, minimum: float, expected: float
) -> None:
    """The fast pace shortens, down to what is allowed."""
    monkeypatch.setenv("HEATPUMP_MONITOR_FAST", "1")
    assert shortened(seconds, minimum) == expected


@pytest.mark.parametrize(
    ("value", "url"),
    [
        (None, None),
        ("", None),
        ("http://127.0.0.1:81", "http://127.0.0.1:81"),
        ("http://127.0.0.1:81/", "http://127.0.0.1:81"),
    ],
)
def test_thermoworks(
    monkeypatch: pytest.MonkeyPatch, value: str | None, url: str | None
) -> None:
    """Without the variable, the library's own addresses are asked."""
    monkeypatch.delenv("HEATPUMP_MONITOR_THERMOWORKS_URL", raising=False)
    if value is not None:
        monkeypatch.setenv("HEATPUMP_MONITOR_THERMOWORKS_URL", value)
    assert thermoworks_url() == url
