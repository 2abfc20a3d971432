"""The blueprint of probes: it tells of the target, and once before."""

import pytest
from pytest_homeassistant_custom_component.common import async_mock_service

from custom_components.heatpump_monitor.probes.model import ProbeAlarm
from homeassistant.core import ServiceCall
from homeassistant.setup import async_setup_component
from homeassistant.util.yaml import load_yaml_dict
from tests.test_blueprints import FOLDER, MINE

from .kitchen import PIT, ROAST, Kitchen, warming

NAME = "probe_at_target.yaml"


@pytest.fixture(autouse=True)
def blueprints(monkeypatch: pytest.MonkeyPatch) -> None:
    """Find the blueprints of the project."""
    monkeypatch.setattr(
        "homeassistant.components.blueprint.models.DomainBlueprints.blueprint_folder",
        FOLDER,
    )


async def automate(kitchen: Kitchen, **inputs: object) -> list[ServiceCall]:
    """Make an automation of the blueprint for all probes; return what it will send."""
    calls = async_mock_service(kitchen.hass, "notify", "phone")
    probes = [kitchen.entity_id("event", "probe_alarm", of) for of in (ROAST, PIT)]
    use = {"path": NAME, "input": {"alarm": probes, "notify": [MINE], **inputs}}
    assert await async_setup_component(
        kitchen.hass, "automation", {"automation": {"use_blueprint": use}}
    )
    await kitchen.settle()
    return calls


def sent(calls: list[ServiceCall]) -> list[str]:
    """Return what was sent."""
    return [call.data["message"] for call in calls]


async def test_tells_of_the_target(kitchen: Kitchen) -> None:
    """The target is told once, and not again after a restart."""
    await kitchen.set_up()
    await kitchen.limit("target", 68)
    await kitchen.limit("high", 120, PIT)
    calls = await automate(kitchen)
    await kitchen.measure(ROAST, 60, 68, 69, 70, 71)
    await kitchen.measure(PIT, 130, 130, 130)
    assert sent(calls) == ["Roast: Roast has reached its target of 68 °C."]
    await kitchen.restart(away_s=3600)
    await kitchen.measure(ROAST, 71, 71)
    assert len(calls) == 1


async def test_tells_of_other_alarms(kitchen: Kitchen) -> None:
    """Which alarms are told is chosen; also when they are over."""
    await kitchen.set_up()
    await kitchen.limit("high", 120, PIT)
    calls = await automate(kitchen, alarms=["high"], cleared=True)
    await kitchen.measure(PIT, 130, 130, 130, *[110] * 6)
    assert sent(calls) == [
        "Pit: Pit is at 130 °C, above 120 °C.",
        "Pit: Pit is no longer too hot: 110 °C.",
    ]


async def test_tells_before(kitchen: Kitchen) -> None:
    """Some minutes before the target it is announced, once."""
    await kitchen.set_up()
    await kitchen.limit("target", 75)
    sensor = kitchen.entity_id("sensor", "time_to_target")
    calls = await automate(kitchen, time_to_target=[sensor], minutes=10)
    # 75 °C are reached after 113 min.
    course = warming(113)
    await kitchen.measure(ROAST, *course[:90])
    assert calls == []
    await kitchen.measure(ROAST, *course[90:])
    (message,) = sent(calls)
    name, _, rest = message.partition(": ")
    assert name == "Roast"
    what, _, minutes = rest.removesuffix(" min").partition(": ")
    assert what == "Roast Time to target"
    assert 5 <= int(minutes) <= 10


def test_every_alarm_can_be_chosen() -> None:
    """No alarm of a probe is missing."""
    inputs = load_yaml_dict(str(FOLDER / NAME))["blueprint"]["input"]
    options = inputs["alarms"]["selector"]["select"]["options"]
    assert sorted(each["value"] for each in options) == sorted(ProbeAlarm)
