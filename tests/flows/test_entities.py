"""A heat pump of entities that Home Assistant already has."""

import pytest

from custom_components.heatpump_monitor.flows.entity_forms import SECTIONS
from custom_components.heatpump_monitor.meter_subentries import meter_of
from custom_components.heatpump_monitor.sources.entities.fields import HEAT_PUMP_FIELDS
from homeassistant.config_entries import SOURCE_ZEROCONF, ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType, InvalidData
from homeassistant.helpers import entity_registry as er
from simulator import Shelly, Simulator

from .entities import CELSIUS, KWH, WATT, Integration, add_shelly, add_vicare
from .user import Owner, User, announced_by, meters, schema_of

pytestmark = pytest.mark.usefixtures("api_client", "current_request_with_host")

OTHERS = ["house_meter", "probes", "export"]
MEASURED = {"supply_c": "sensor.supply", "return_c": "sensor.return"}


async def to_fields(user: User) -> None:
    """Go up to the form for the entities of a heat pump, and choose oneself."""
    await user.start()
    await user.choose("entities")
    if user.step == "entities":
        await user.enter(offer="own_choice")


def registry_id(hass: HomeAssistant, entity_id: str) -> str:
    """Return the id of an entity that a new name does not change."""
    entry = er.async_get(hass).async_get(entity_id)
    assert entry is not None
    return entry.id


async def test_beside_vicare_and_shelly(
    hass: HomeAssistant, user: User, house: Simulator
) -> None:
    """What core's integrations have is set up by seven answers, and by no call."""
    add_vicare(hass)
    add_shelly(hass)
    await user.start()
    assert user.sees["menu_options"] == ["entities", "viessmann", *OTHERS]
    assert "ViCare" in (user.sees["description_placeholders"] or {})["hint"]
    answers = 0
    for step, answer in (
        ("user", "entities"),
        ("entities", None),
        ("entity_fields", None),
        ("meter", "meter_entities"),
        ("meter_entities", None),
        ("meter_entity_fields", None),
    ):
        assert user.sees["step_id"] == step
        answers += 1
        if answer is None:
            await user.submit()
        else:
            await user.choose(answer)
    assert not user.errors
    await user.enter_plant()
    assert answers + 1 == 7

    entry: ConfigEntry = user.sees["result"]
    assert entry.title == "Vitocal 252-A"
    supply = registry_id(hass, "sensor.supply")
    assert entry.unique_id == f"heat_pump_entities_{supply}"
    assert entry.data["source"] == "entities"
    assert entry.data["kind"] == "heat_pump"
    assert entry.data["entities"] == {
        "supply_c": supply,
        "return_c": registry_id(hass, "sensor.return"),
        "flow_lph": registry_id(hass, "sensor.flow"),
        "compressor_on": registry_id(hass, "binary_sensor.compressor"),
        "outside_c": registry_id(hass, "sensor.outside"),
    }
    meter = meter_of(entry)
    energy = registry_id(hass, "sensor.energy")
    assert (meter.title, meter.unique_id) == ("Heat pump meter", energy)
    assert meter.data == {
        "meter_kind": "entities",
        "role": "whole",
        "entities": {"energy_wh": energy, "power_w": registry_id(hass, "sensor.power")},
    }
    assert house.viessmann.api_requests == 0


async def test_without_vicare(user: User) -> None:
    """Without the ViCare integration, nothing is recommended or offered."""
    await user.start()
    assert user.sees["menu_options"] == ["viessmann", "entities", *OTHERS]
    assert user.sees["description_placeholders"] == {"hint": ""}
    await user.choose("entities")
    assert user.step == "entity_fields"
    await user.load_again()
    assert user.step == "entity_fields"


async def test_offer_names_what_is_disabled(hass: HomeAssistant, user: User) -> None:
    """A flow sensor that is disabled is named, and is not filled in."""
    add_vicare(hass, flow_disabled=True)
    await user.start()
    await user.choose("entities")
    ((key, label), _) = user.offered("offer").items()
    assert label == "Vitocal 252-A (ViCare)"
    await user.enter(offer=key)
    hint = (user.sees["description_placeholders"] or {})["hint"]
    assert "sensor.flow" in hint
    assert "Nothing is asked of Viessmann" in hint
    assert user.suggested("flow_lph") is None
    assert user.suggested("supply_c") == "sensor.supply"


async def test_own_choice(hass: HomeAssistant, user: User) -> None:
    """Entities outside of every registry are kept by their names."""
    add_vicare(hass)
    hass.states.async_set("sensor.heat", "12.5", KWH)
    hass.states.async_set("sensor.meter", "12.5", KWH)
    await to_fields(user)
    assert user.suggested("supply_c") is None
    await user.enter_entities(heat_meter_wh="sensor.heat")
    await user.choose("meter_entities")
    assert user.step == "meter_entity_fields"
    await user.enter(energy_wh="sensor.meter")
    await user.enter_plant()
    entry = user.sees["result"]
    assert entry.unique_id == "heat_pump_entities_sensor.heat"
    assert entry.data["entities"] == {"heat_meter_wh": "sensor.heat"}
    assert meter_of(entry).unique_id == "sensor.meter"


async def test_same_heat_pump_twice(hass: HomeAssistant, user: User) -> None:
    """The same entities are one heat pump."""
    add_vicare(hass)
    add_shelly(hass)
    for _ in range(2):
        await to_fields(user)
        await user.enter_entities(**MEASURED)
        if user.sees["type"] is FlowResultType.ABORT:
            break
        await user.choose("meter_entities")
        await user.submit()
        await user.submit()
        await user.enter_plant()
    assert user.aborted == "already_configured"


@pytest.mark.parametrize(
    ("chosen", "sections", "problem"),
    [
        ({}, {"base"}, None),
        ({"supply_c": "sensor.gone"}, {"heat"}, "sensor.gone does not exist"),
        ({"supply_c": "sensor.word"}, {"heat"}, "sensor.word shows “warm”"),
        ({"outside_c": "sensor.energy"}, {"temperatures"}, "The unit of sensor.energy"),
        ({"outside_c": "sensor.bare"}, {"temperatures"}, "sensor.bare has no unit"),
        ({"flow_lph": "binary_sensor.compressor"}, {"heat"}, "cannot be used for this"),
        ({"starts": "sensor.flow"}, {"more"}, "sensor.flow is disabled"),
        (
            {"supply_c": "sensor.supply", "outside_c": "sensor.supply"},
            {"temperatures"},
            "sensor.supply is chosen for two fields",
        ),
        (
            {"supply_c": "sensor.gone", "mode": "sensor.word"},
            {"heat", "operation"},
            "sensor.word shows “warm”, and it is not known what that means",
        ),
        ({"inverter_w": "sensor.ours"}, {"more"}, "calculated by this integration"),
    ],
)
async def test_entities_of_no_use(
    hass: HomeAssistant,
    user: User,
    chosen: dict[str, str],
    sections: set[str],
    problem: str | None,
) -> None:
    """What cannot be used is named at its section, and can be corrected."""
    add_vicare(hass, flow_disabled=True)
    add_shelly(hass)
    hass.states.async_set("sensor.word", "warm", CELSIUS)
    hass.states.async_set("sensor.bare", "20")
    Integration(hass, "heatpump_monitor", "Ours").add("1", "sensor.ours", "1", WATT)
    await to_fields(user)
    await user.enter_entities(**chosen)
    assert set(user.errors or {}) == sections
    if problem is not None:
        assert problem in (user.sees["description_placeholders"] or {})["problem"]
    for field, entity_id in chosen.items():
        assert user.suggested(field) == entity_id
    await user.enter_entities(**MEASURED)
    assert user.sees["step_id"] == "meter"


async def test_entities_of_some_use(hass: HomeAssistant, user: User) -> None:
    """Without a value now, or with several meanings, an entity can be chosen."""
    hass.states.async_set("sensor.supply", "unavailable")
    hass.states.async_set("sensor.outside", "unknown", CELSIUS)
    hass.states.async_set("sensor.state", "heating")
    tank = {"current_temperature": 48.0, "temperature": 50.0}
    hass.states.async_set("water_heater.tank", "on", tank)
    await to_fields(user)
    await user.enter_entities(
        supply_c="sensor.supply",
        outside_c="sensor.outside",
        mode="sensor.state",
        hot_water_c="water_heater.tank",
        hot_water_target_c="water_heater.tank",
    )
    assert user.sees["step_id"] == "meter"


@pytest.mark.parametrize(
    ("chosen", "warning"),
    [
        ({"outside_c": "sensor.outside"}, "heat_not_measurable"),
        (MEASURED, "heat_unknown"),
        ({"modulation_pct": "sensor.modulation"}, "rated_heat_missing"),
        ({**MEASURED, "flow_lph": "sensor.flow"}, None),
        ({"heating_wh": "sensor.heat"}, None),
        ({"heat_meter_wh": "sensor.heat"}, None),
        (
            {"modulation_pct": "sensor.modulation", "rated_heat_w": "sensor.rated"},
            None,
        ),
    ],
)
async def test_heat_that_cannot_be_known(
    hass: HomeAssistant, user: User, chosen: dict[str, str], warning: str | None
) -> None:
    """What is missing for a COP is said at the plant, and can be confirmed."""
    vicare = add_vicare(hass)
    vicare.add("x-modulation", "sensor.modulation", "60", {"unit_of_measurement": "%"})
    vicare.add("x-heat", "sensor.heat", "60", KWH)
    vicare.add("x-rated", "sensor.rated", "8", {"unit_of_measurement": "kW"})
    add_shelly(hass)
    await to_fields(user)
    await user.enter_entities(**chosen)
    await user.choose("meter_entities")
    await user.submit()
    await user.submit()
    assert user.errors == ({} if warning is None else {"base": warning})
    expected_kw = 8.0 if "rated_heat_w" in chosen else None
    assert user.suggested("rated_heat_kw") == expected_kw
    await user.enter_plant()
    assert user.sees["type"] is FlowResultType.CREATE_ENTRY


async def test_discovered_meter(
    hass: HomeAssistant, user: User, shelly: Shelly
) -> None:
    """A Shelly found can be the meter of a heat pump of entities."""
    add_vicare(hass)
    await user.start(SOURCE_ZEROCONF, announced_by(shelly))
    await user.enter()
    await user.choose("entities")
    await user.submit()
    await user.submit()
    await user.enter_plant()
    meter = meter_of(user.sees["result"])
    assert meter.data["meter_kind"] == "shelly"
    assert meter.data["host"] == shelly.host


async def test_meter_of_the_same_device(hass: HomeAssistant, user: User) -> None:
    """Of several meters, that of the heat pump's device is suggested, with its role."""
    add_shelly(hass)
    unit = Integration(hass, "lambda_heat_pumps", "EU08L")
    for key, object_id, attributes in (
        ("flow_line_temperature", "sensor.flow_line", CELSIUS),
        ("return_line_temperature", "sensor.return_line", CELSIUS),
        ("inverter_power_consumption", "sensor.inverter", WATT),
        ("compressor_power_consumption_accumulated", "sensor.drawn", KWH),
    ):
        unit.add(f"eu08l_hp1_{key}", object_id, "30", attributes)
    await user.start()
    await user.choose("entities")
    await user.submit()
    await user.submit()
    await user.choose("meter_entities")
    assert set(user.offered("offer").values()) == {
        "EU08L (Lambda)",
        "Heat pump meter (Shelly)",
        "own_choice",
    }
    await user.submit()
    assert user.suggested("energy_wh") == "sensor.drawn"
    await user.submit()
    await user.enter_plant()
    meter = meter_of(user.sees["result"])
    assert meter.data["role"] == "compressor"
    assert meter.title == "EU08L (compressor)"


@pytest.fixture
async def entry(hass: HomeAssistant, user: User) -> ConfigEntry:
    """Return the entry of a heat pump and a meter of entities."""
    add_vicare(hass)
    add_shelly(hass)
    await user.start()
    await user.choose("entities")
    await user.submit()
    await user.submit()
    await user.choose("meter_entities")
    await user.submit()
    await user.submit()
    await user.enter_plant()
    await hass.async_block_till_done()
    made: ConfigEntry = user.sees["result"]
    return made


async def test_other_entities(
    hass: HomeAssistant, user: User, entry: ConfigEntry
) -> None:
    """Entities are changed later, with what was chosen filled in by its new name."""
    before = dict(entry.data)
    er.async_get(hass).async_update_entity("sensor.supply", new_entity_id="sensor.vl")
    await user.reconfigure(entry)
    await user.choose("entity_fields")
    assert user.suggested("supply_c") == "sensor.vl"
    await user.enter_entities(supply_c="sensor.gone")
    assert user.errors == {"heat": "entity_unusable"}
    await user.enter_entities(supply_c="sensor.vl")
    assert user.aborted == "reconfigure_successful"
    assert entry.data == before | {
        "entities": {"supply_c": registry_id(hass, "sensor.vl")}
    }
    await user.reconfigure(entry)
    await user.choose("plant")
    await user.enter_plant(flow_lph=900)
    assert user.aborted == "reconfigure_successful"
    assert entry.data["flow_lph"] == 900


async def test_entities_of_a_meter(
    hass: HomeAssistant, owner: Owner, entry: ConfigEntry
) -> None:
    """What a meter of entities lacks is named; only one meter has an entity."""
    hass.states.async_set("sensor.rod", "5", KWH)
    hass.states.async_set("sensor.rod_power", "5", WATT)
    await owner.add_meter(entry, "backup_heater")
    await owner.choose("meter_entities")
    # The only meter that is known is that of the whole already.
    assert owner.step == "meter_entity_fields"
    await owner.enter()
    assert owner.errors == {"base": "meter_entity_required"}
    await owner.enter(power_w="sensor.rod")
    assert owner.errors == {"power_w": "entity_unusable"}
    await owner.enter(energy_wh="sensor.energy")
    assert owner.errors == {"base": "meter_in_use"}
    await owner.enter(power_w="sensor.rod_power")
    assert owner.sees["type"] is FlowResultType.CREATE_ENTRY
    _, added = meters(entry)
    assert added.unique_id == "sensor.rod_power"
    assert added.title == "rod power (backup heater)"

    await owner.change_meter(entry, added, "meter_entities")
    assert owner.suggested("power_w") == "sensor.rod_power"
    await owner.enter(energy_wh="sensor.rod", power_w="sensor.rod_power")
    assert owner.aborted == "reconfigure_successful"
    _, changed = meters(entry)
    assert changed.unique_id == "sensor.rod"
    assert changed.data["entities"] == {
        "energy_wh": "sensor.rod",
        "power_w": "sensor.rod_power",
    }
    assert changed.data["meter_key"] == "backup_heater"


async def test_heat_meter(
    hass: HomeAssistant, owner: Owner, entry: ConfigEntry
) -> None:
    """A heat meter is made of entities, and has to count energy."""
    hass.states.async_set("sensor.heat", "5", KWH)
    await owner.add_meter(entry, "heat")
    assert owner.step == "meter_entity_fields"
    assert list(schema_of(owner.sees).schema) == ["energy_wh"]
    await owner.enter()
    assert owner.errors == {"base": "energy_required"}
    await owner.enter(energy_wh="sensor.heat")
    _, heat = meters(entry)
    assert heat.title == "heat (heat meter)"

    # It has nothing but entities to be changed to.
    await owner.change_meter(entry, heat, "meter_entities")
    await owner.enter(energy_wh="sensor.heat")
    assert owner.aborted == "reconfigure_successful"


async def test_role_of_entities(
    hass: HomeAssistant, owner: Owner, entry: ConfigEntry, shelly: Shelly
) -> None:
    """Only what counts energy can become a heat meter; a Shelly never can."""
    hass.states.async_set("sensor.pump", "5", WATT)
    await owner.add_meter(entry, "source_pump")
    await owner.choose("meter_entities")
    await owner.enter(power_w="sensor.pump")
    _, pump = meters(entry)
    await owner.change_meter(entry, pump, "meter_role")
    assert list(schema_of(owner.sees).schema) == ["role"]
    await owner.enter(role="heat")
    assert owner.errors == {"role": "energy_required"}
    await owner.enter(role="circulation_pumps")
    assert meters(entry)[1].data["role"] == "circulation_pumps"
    assert meters(entry)[1].data["meter_key"] == "source_pump"

    await owner.change_meter(entry, meter_of(entry), "meter_shelly")
    await owner.enter(host=shelly.host)
    assert owner.aborted == "reconfigure_successful"
    assert "entities" not in meter_of(entry).data
    await owner.change_meter(entry, meter_of(entry), "meter_role")
    roles = owner.offered("role")
    assert "heat" not in roles


async def test_meters_of_one_device(
    hass: HomeAssistant, owner: Owner, entry: ConfigEntry
) -> None:
    """Of a device with several meters, each is named by an entity."""
    plugs = Integration(hass, "shelly", "Plugs")
    for number in range(2):
        plugs.add(f"AA-switch:{number}-energy", f"sensor.plug_{number}", "5", KWH)
    await owner.add_meter(entry, "backup_heater")
    await owner.choose("meter_entities")
    assert [*owner.offered("offer").values()] == [
        "Plugs (Shelly): sensor.plug_0",
        "Plugs (Shelly): sensor.plug_1",
        "own_choice",
    ]
    # Which of them it is, only the owner knows.
    with pytest.raises(InvalidData):
        await owner.enter()
    await owner.enter(offer=[*owner.offered("offer")][1])
    assert owner.suggested("energy_wh") == "sensor.plug_1"
    await owner.submit()
    assert meters(entry)[1].title == "Plugs (backup heater)"


async def test_grid(hass: HomeAssistant, owner: Owner, entry: ConfigEntry) -> None:
    """Only the meter of the grid connection is asked what it feeds back."""
    for name in ("bought", "sold"):
        hass.states.async_set(f"sensor.{name}", "5", KWH)
    await owner.add_meter(entry, "grid")
    await owner.choose("meter_entities")
    await owner.enter(returned_wh="sensor.sold")
    assert owner.errors == {"base": "meter_entity_required"}
    await owner.enter(energy_wh="sensor.bought", returned_wh="sensor.sold")
    _, grid = meters(entry)
    assert grid.data["entities"] == {
        "energy_wh": "sensor.bought",
        "returned_wh": "sensor.sold",
    }


def test_pickers_offer_what_can_be_read() -> None:
    """Sensors are offered by the units that are converted, in every spelling."""
    fields = {
        str(field): each.config["filter"]
        for section in SECTIONS.values()
        for field, each in section.schema.schema.items()
    }
    assert set(fields) == set(HEAT_PUMP_FIELDS)
    by_unit = fields["flow_lph"][0]["unit_of_measurement"]
    assert {"L/h", "l/h", "m³/h", "m3/h", "L/min", "l/min"} <= set(by_unit)
    assert "°C" not in by_unit
    # A milliwatt is no megawatt.
    power = fields["reported_heat_w"][0]["unit_of_measurement"]
    assert {"kW", "KW", "W", "w"} <= set(power)
    assert "mw" not in power
    assert {"domain": ["water_heater"]} not in fields["supply_c"]
    assert "water_heater" in fields["hot_water_c"][-1]["domain"]
