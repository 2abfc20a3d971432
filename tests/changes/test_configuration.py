"""The configuration in the change log: an update of the integration changes nothing."""

from dataclasses import replace
from datetime import UTC, datetime

from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.heatpump_monitor.changes.configuration import (
    Configuration,
    configuration_of,
    differences,
)
from custom_components.heatpump_monitor.changes.model import Source
from homeassistant.config_entries import ConfigSubentryDataWithId

NOW = datetime(2026, 1, 15, 12, 0, tzinfo=UTC)


def configured(**options: object) -> Configuration:
    """Return the configuration of an entry with some options."""
    return configuration_of(MockConfigEntry(options=options))


def test_defaults() -> None:
    """An option that was never saved has its default, a field without one is missing."""
    fields = configured().fields
    assert fields["heat_pump_interval_s"] == 300.0
    assert fields["extra_readings"] is False
    assert "price" not in fields
    saved = configured(heat_pump_interval_s=300, extra_readings=False, price=None)
    assert differences(configured(), saved, NOW) == []


def test_fields_of_a_newer_version() -> None:
    """A field that comes with a default was not changed; one that is entered was."""
    now = configured(price=0.3)
    old = dict(now.fields)
    del old["heat_pump_interval_s"], old["price"]
    (change,) = differences(replace(now, fields=old), now, NOW)
    assert (change.source, change.item) == (Source.OPTION, "price")
    assert (change.old, change.new) == (None, 0.3)


def test_fields_of_an_older_version() -> None:
    """A field that is gone was not changed."""
    now = configured()
    old = {**now.fields, "gone": 1.0}
    assert differences(replace(now, fields=old), now, NOW) == []


def metered(**meter: object) -> Configuration:
    """Return the configuration of an entry with one meter."""
    kept = {"entities": {"supply_c": meter.pop("supply", "1")}}
    subentry = ConfigSubentryDataWithId(
        data=meter,
        subentry_id="1",
        subentry_type="meter",
        title="Meter",
        unique_id=str(meter.get("host", "5")),
    )
    return configuration_of(MockConfigEntry(data=kept, subentries_data=[subentry]))


def test_meter_without_an_address() -> None:
    """A meter of entities has no address, and its role may change."""
    before, after = (
        metered(role=role, meter_kind="entities") for role in ("whole", "compressor")
    )
    (change,) = differences(before, after, NOW)
    assert (change.source, change.item) == (Source.METER, "role")
    assert (change.old, change.new) == ("whole", "compressor")
    shelly = metered(role="whole", host="1", channels=["a"], reversed_phases=[])
    (change,) = differences(before, shelly, NOW)
    assert change.item == "meter_device"


def test_role_of_an_older_version() -> None:
    """A role that was not kept before was not changed."""
    now = metered(role="whole")
    before = {key: each for key, each in now.meters["1"].items() if key != "role"}
    assert differences(replace(now, meters={"1": before}), now, NOW) == []


def test_other_entities() -> None:
    """Another entity of the heat pump is one change, without its id."""
    (change,) = differences(metered(), metered(supply="2"), NOW)
    assert (change.source, change.item) == (Source.PLANT, "heat_pump_entities")
    assert (change.old, change.new) == (None, None)
