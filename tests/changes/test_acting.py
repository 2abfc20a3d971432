"""What each entry acts on, and which days it separates."""

from datetime import UTC, datetime

import pytest

from custom_components.heatpump_monitor.changes.acting import (
    ACT_ON_NOTHING,
    acts_on,
    moments,
)
from custom_components.heatpump_monitor.changes.model import (
    Category,
    Change,
    Note,
    Source,
)
from custom_components.heatpump_monitor.flows.schemas import (
    PLANT_SECTIONS,
    POLLING_SCHEMA,
    money_schema,
)
from custom_components.heatpump_monitor.performance.effect.result import Touched
from tests.validation import package

TIME = datetime(2026, 1, 15, 12, tzinfo=UTC)


def changed(source: Source, item: str) -> Change:
    """Return a change of an item."""
    return Change(id=1, time=TIME, source=source, item=item)


def unit_items() -> set[str]:
    """Return all items that a unit can report."""
    tables = vars(package.module("sources.viessmann.settings"))
    return {
        *tables["_OF_UNIT"],
        *tables["_HOLIDAYS"],
        *(item for item, _ in tables["_OF_CIRCUIT"]),
    }


def test_all_settings_of_the_unit() -> None:
    """Each acts on something, or is listed as one that acts on nothing."""
    idle = {
        item for item in unit_items() if acts_on(changed(Source.UNIT, item)) is None
    }
    assert idle == ACT_ON_NOTHING
    assert not moments(changed(Source.UNIT, item) for item in idle)


@pytest.mark.parametrize(
    ("item", "touched"),
    [
        ("heating_curve_slope", Touched.HEATING),
        ("room_normal_c", Touched.HEATING),
        ("hot_water_c", Touched.HOT_WATER),
        ("circulation_schedule", Touched.HOT_WATER),
        ("circuit_mode", Touched.BOTH),
        ("noise_reduction", Touched.BOTH),
    ],
)
def test_settings(item: str, touched: Touched) -> None:
    """A setting acts on the energy of its own mode."""
    entry = changed(Source.UNIT, item)
    assert acts_on(entry) is touched
    assert moments([entry])[1].touched is touched


@pytest.mark.parametrize("category", Category)
def test_notes(category: Category) -> None:
    """What was done to the plant or the house acts on all, how it is used does not."""
    note = Note(id=7, time=TIME, category=category, text="x")
    acts = category not in {Category.USAGE, Category.OTHER}
    assert acts_on(note) is (Touched.BOTH if acts else None)
    assert set(moments([note])) == ({7} if acts else set())


def test_configuration() -> None:
    """The plant and the meter have no effect, but end what can be compared."""
    plant = [
        changed(Source.PLANT, str(field))
        for part in PLANT_SECTIONS.values()
        for field in part.schema.schema
    ]
    meters = [
        changed(Source.METER, item)
        for item in ("meter_added", "meter_removed", "meter_device", "reversed_phases")
    ]
    for entry in (*plant, *meters):
        assert acts_on(entry) is None
        assert moments([entry])[1].of_measuring, entry.item
    options = [
        changed(Source.OPTION, str(field))
        for form in (POLLING_SCHEMA, money_schema("EUR"))
        for field in form.schema
    ]
    for entry in (*options, changed(Source.METER, "meter_address")):
        assert acts_on(entry) is None
        assert not moments([entry]), entry.item
