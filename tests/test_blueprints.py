"""The blueprints: what they send, to whom, and not in quiet hours."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_fire_time_changed,
    async_mock_service,
)
from pytest_homeassistant_custom_component.test_util.aiohttp import AiohttpClientMocker

from custom_components.heatpump_monitor.const import DOMAIN
from custom_components.heatpump_monitor.performance.alarms.board import AlarmKey
from homeassistant.components.blueprint.importer import fetch_blueprint_from_url
from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from homeassistant.util.yaml import load_yaml_dict

from .validation.package import MANIFEST, ROOT

FOLDER = ROOT / "blueprints" / "automation" / DOMAIN
QUARTER_PEAK = "quarter_peak.yaml"
ALL = sorted(path.name for path in FOLDER.glob("*.yaml"))
OF_HEAT_PUMP = ("efficiency.yaml", "fault.yaml", "silence.yaml")
MINE = {"action": "notify.phone", "data": {"message": "{{ title }}: {{ message }}"}}


@pytest.fixture
def at_home(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    frozen_loop: None,
    monkeypatch: pytest.MonkeyPatch,
) -> str:
    """Return the entity id of a heat pump's alarms, at noon; nothing happened yet."""
    monkeypatch.setattr(
        "homeassistant.components.blueprint.models.DomainBlueprints.blueprint_folder",
        FOLDER,
    )
    dt_util.set_default_time_zone(dt_util.get_time_zone("Europe/Berlin"))  # type: ignore[arg-type]
    freezer.move_to(datetime(2026, 1, 15, 11, tzinfo=UTC))
    entry = MockConfigEntry(domain=DOMAIN)
    entry.add_to_hass(hass)
    device = dr.async_get(hass).async_get_or_create(
        config_entry_id=entry.entry_id, identifiers={(DOMAIN, "x")}, name="Vitocal"
    )
    registered = er.async_get(hass).async_get_or_create(
        "event", DOMAIN, "x_alarm", device_id=device.id, config_entry=entry
    )
    hass.states.async_set(registered.entity_id, "unknown")
    return registered.entity_id


async def automate(
    hass: HomeAssistant, blueprint: str, alarm: str, **inputs: Any
) -> list[ServiceCall]:
    """Make an automation of a blueprint; return what it will send."""
    calls = async_mock_service(hass, "notify", "phone")
    inputs = {"alarm": alarm, "notify": [MINE], **inputs}
    use = {"path": blueprint, "input": inputs}
    assert await async_setup_component(
        hass, "automation", {"automation": {"use_blueprint": use, "alias": "Mine"}}
    )
    await hass.async_block_till_done()
    assert hass.states.get("automation.mine").state == "on"  # type: ignore[union-attr]
    return calls


async def settle() -> None:
    """Let all run that can; an automation that waits would block for ever."""
    for _ in range(50):
        await asyncio.sleep(0)


async def happen(
    hass: HomeAssistant, alarm: str, key: str, change: str = "raised", ago_s: float = 0
) -> None:
    """Let the event entity show an alarm."""
    at = dt_util.utcnow() - timedelta(seconds=ago_s)
    hass.states.async_set(
        alarm,
        at.isoformat(timespec="milliseconds"),
        {
            "event_type": f"{key}_{change}",
            "alarm": key,
            "message": f"What {key} means.",
            "advice": "Call somebody." if change == "raised" else "",
        },
    )
    await settle()


async def live_until(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, moment: datetime
) -> None:
    """Let time pass."""
    freezer.move_to(moment)
    async_fire_time_changed(hass, moment)
    await settle()


@pytest.mark.parametrize(
    ("blueprint", "key"),
    [
        ("fault.yaml", "fault"),
        ("silence.yaml", "source_silent"),
        ("efficiency.yaml", "efficiency"),
    ],
)
async def test_sends_its_alarms(
    hass: HomeAssistant, at_home: str, blueprint: str, key: str
) -> None:
    """An alarm is sent by day, in words; those of another blueprint are not."""
    calls = await automate(hass, blueprint, at_home)
    for each in AlarmKey:
        await happen(hass, at_home, each)
        await happen(hass, at_home, each, "cleared")
    chosen = load_yaml_dict(str(FOLDER / blueprint))["blueprint"]["input"]["alarms"]
    sent = [call.data["message"] for call in calls]
    assert sent == [
        f"Vitocal (12:00): What {each} means. Call somebody."
        for each in AlarmKey
        if each in chosen["default"]
    ]
    assert any(key in message for message in sent)


async def test_also_when_it_is_over(hass: HomeAssistant, at_home: str) -> None:
    """Who wants to know is told when an alarm is over."""
    calls = await automate(hass, "fault.yaml", at_home, cleared=True)
    await happen(hass, at_home, "fault")
    await happen(hass, at_home, "fault", "cleared")
    assert [call.data["message"] for call in calls] == [
        "Vitocal (12:00): What fault means. Call somebody.",
        "Vitocal (12:00): What fault means.",
    ]


@pytest.mark.parametrize("hour", [22, 23, 0, 6])
async def test_quiet_hours_span_midnight(
    hass: HomeAssistant, at_home: str, freezer: FrozenDateTimeFactory, hour: int
) -> None:
    """What happens at night is sent in the morning, each alarm with its own words."""
    calls = await automate(
        hass, "fault.yaml", at_home, quiet_start="22:00:00", quiet_end="07:00:00"
    )
    night = datetime(
        2026, 1, 15 + (hour < 7), hour, 30, tzinfo=dt_util.get_default_time_zone()
    )
    await live_until(hass, freezer, night)
    await happen(hass, at_home, "fault")
    await happen(hass, at_home, "fault_count")
    assert calls == []
    morning = datetime(2026, 1, 16, 7, 0, 0, 500_000, tzinfo=night.tzinfo)
    await live_until(hass, freezer, morning)
    assert sorted(call.data["message"] for call in calls) == [
        f"Vitocal ({hour:02}:30): What fault means. Call somebody.",
        f"Vitocal ({hour:02}:30): What fault_count means. Call somebody.",
    ]


@pytest.mark.parametrize(
    ("start", "end"),
    [("22:00:00", "11:59:59"), ("12:00:01", "22:00:00"), ("12:00:00",) * 2],
)
async def test_not_quiet(
    hass: HomeAssistant, at_home: str, start: str, end: str
) -> None:
    """Beside the quiet hours an alarm is sent at once; equal times make none."""
    calls = await automate(
        hass, "fault.yaml", at_home, quiet_start=start, quiet_end=end
    )
    await happen(hass, at_home, "fault")
    assert len(calls) == 1


async def test_quiet_hours_by_day(
    hass: HomeAssistant, at_home: str, freezer: FrozenDateTimeFactory
) -> None:
    """Who works at night is quiet by day."""
    calls = await automate(
        hass, "fault.yaml", at_home, quiet_start="08:00:00", quiet_end="15:00:00"
    )
    await happen(hass, at_home, "fault")
    assert calls == []
    await live_until(hass, freezer, datetime(2026, 1, 15, 14, 0, 1, tzinfo=UTC))
    assert len(calls) == 1


async def test_an_old_event_is_not_sent_again(
    hass: HomeAssistant, at_home: str
) -> None:
    """After a restart the entity shows its last event, which is no news."""
    calls = await automate(hass, "fault.yaml", at_home)
    hass.states.async_set(at_home, "unavailable")
    await happen(hass, at_home, "fault", ago_s=3600)
    hass.states.async_remove(at_home)
    await happen(hass, at_home, "fault", ago_s=7200)
    assert calls == []


@pytest.mark.parametrize("blueprint", OF_HEAT_PUMP)
async def test_only_the_heat_pump_must_be_chosen(
    hass: HomeAssistant, at_home: str, blueprint: str
) -> None:
    """All other inputs have a default, and the default notification works."""
    calls = async_mock_service(hass, "persistent_notification", "create")
    use = {"path": blueprint, "input": {"alarm": at_home}}
    config = {"automation": {"use_blueprint": use, "alias": "Mine"}}
    assert await async_setup_component(hass, "automation", config)
    chosen = load_yaml_dict(str(FOLDER / blueprint))["blueprint"]["input"]["alarms"]
    await happen(hass, at_home, chosen["default"][0])
    assert [call.data["title"] for call in calls] == ["Vitocal (12:00)"]


@pytest.mark.parametrize("blueprint", ALL)
async def test_imported_by_url(
    hass: HomeAssistant, aioclient_mock: AiohttpClientMocker, blueprint: str
) -> None:
    """Home Assistant finds a blueprint by the URL that the documentation has."""
    url = load_yaml_dict(str(FOLDER / blueprint))["blueprint"]["source_url"]
    raw_url = url.replace("github.com", "raw.githubusercontent.com")
    aioclient_mock.get(
        raw_url.replace("/blob/", "/"), text=(FOLDER / blueprint).read_text()
    )
    imported = await fetch_blueprint_from_url(hass, url)
    assert imported.blueprint.domain == "automation"
    assert imported.blueprint.metadata["source_url"] == url
    assert imported.blueprint.validate() is None


@pytest.mark.parametrize("blueprint", ALL)
def test_import_link(blueprint: str) -> None:
    """A click in the documentation opens the import in one's own Home Assistant."""
    url = load_yaml_dict(str(FOLDER / blueprint))["blueprint"]["source_url"]
    redirect = "https://my.home-assistant.io/redirect/blueprint_import/"
    link = f"({redirect}?blueprint_url={quote(url, safe='')})"
    texts = (path.read_text() for path in (ROOT / "docs").glob("*.md"))
    assert any(link in text for text in texts)
    assert url.startswith(MANIFEST["documentation"])
    assert url.endswith(f"/{FOLDER.relative_to(ROOT)}/{blueprint}")


def test_every_alarm_can_be_chosen_once() -> None:
    """No alarm is without a blueprint, and none is in two."""
    chosen: list[str] = []
    for name in OF_HEAT_PUMP:
        blueprint = load_yaml_dict(str(FOLDER / name))["blueprint"]
        options = blueprint["input"]["alarms"]["selector"]["select"]["options"]
        chosen += [option["value"] for option in options]
        assert set(blueprint["input"]["alarms"]["default"]) <= set(chosen)
    assert sorted(chosen) == sorted(AlarmKey)


@pytest.fixture
def warning(hass: HomeAssistant, at_home: str) -> str:
    """Return the entity id of a house meter's warnings; nothing happened yet."""
    entry = MockConfigEntry(domain=DOMAIN)
    entry.add_to_hass(hass)
    device = dr.async_get(hass).async_get_or_create(
        config_entry_id=entry.entry_id, identifiers={(DOMAIN, "y")}, name="Grid"
    )
    registered = er.async_get(hass).async_get_or_create(
        "event", DOMAIN, "y_warning", device_id=device.id, config_entry=entry
    )
    hass.states.async_set(registered.entity_id, "unknown")
    return registered.entity_id


async def warn(
    hass: HomeAssistant, warning: str, change: str = "raised", ago_s: float = 0
) -> None:
    """Let the event entity show a warning."""
    at = dt_util.utcnow() - timedelta(seconds=ago_s)
    hass.states.async_set(
        warning,
        at.isoformat(timespec="milliseconds"),
        {
            "event_type": change,
            "quarter": "2026-01-15T11:00:00+00:00",
            "forecast_kw": 5.2,
            "limit_kw": 4.5,
            "headroom_kw": 3.1,
            "ends_in_s": 420,
        },
    )
    await settle()


async def act_on(hass: HomeAssistant, warning: str, **inputs: Any) -> list[ServiceCall]:
    """Make an automation of warnings; return what it will do."""
    calls = async_mock_service(hass, "test", "act")
    text = "{{ message }} {{ headroom_kw }} kW, {{ ends_in_s }} s, {{ title }}"
    inputs = {
        "warning": warning,
        "raised": [{"action": "test.act", "data": {"did": text}}],
        "cleared": [{"action": "test.act", "data": {"did": "over"}}],
        **inputs,
    }
    use = {"path": QUARTER_PEAK, "input": inputs}
    config = {"automation": {"use_blueprint": use, "alias": "Mine"}}
    assert await async_setup_component(hass, "automation", config)
    await hass.async_block_till_done()
    return calls


async def test_quarter_peak(hass: HomeAssistant, warning: str) -> None:
    """A load is switched off while there is time, and on again afterwards."""
    calls = await act_on(hass, warning)
    await warn(hass, warning)
    await warn(hass, warning, "cleared")
    await warn(hass, warning, ago_s=3600)
    assert [call.data["did"] for call in calls] == [
        "Until 12:15, 5.2 kW are expected. The limit is 4.5 kW. 3.1 kW, 420 s, Grid",
        "over",
    ]


@pytest.mark.parametrize(("least_kw", "count"), [(0.7, 1), (0.8, 0)])
async def test_quarter_peak_by_little(
    hass: HomeAssistant, warning: str, least_kw: float, count: int
) -> None:
    """Who does not mind a small excess is left in peace."""
    calls = await act_on(hass, warning, least_excess_kw=least_kw)
    await warn(hass, warning)
    assert len(calls) == count


async def test_only_the_house_meter_must_be_chosen(
    hass: HomeAssistant, warning: str
) -> None:
    """All other inputs have a default, and the default notification works."""
    calls = async_mock_service(hass, "persistent_notification", "create")
    use = {"path": QUARTER_PEAK, "input": {"warning": warning}}
    config = {"automation": {"use_blueprint": use, "alias": "Mine"}}
    assert await async_setup_component(hass, "automation", config)
    await warn(hass, warning)
    await warn(hass, warning, "cleared")
    assert [call.data["title"] for call in calls] == ["Grid"]
