"""What follows from the role of a meter."""

import pytest

from custom_components.heatpump_monitor.flows.roles import titled
from custom_components.heatpump_monitor.readings import Role

TEXTS = {"heat": "heat meter", "photovoltaics": "photovoltaics"}


@pytest.mark.parametrize(
    ("name", "role", "title"),
    [
        ("Shelly", Role.WHOLE, "Shelly"),
        ("Shelly", Role.PHOTOVOLTAICS, "Shelly (photovoltaics)"),
        ("Photovoltaics", Role.PHOTOVOLTAICS, "Photovoltaics"),
        ("Heat meter cellar", Role.HEAT, "Heat meter cellar"),
    ],
)
def test_title_says_the_role_once(name: str, role: Role, title: str) -> None:
    """A name that says what is measured already needs no role behind it."""
    assert titled(name, role, TEXTS) == title
