"""The words of the change log: texts where there are any, else what is known."""

from datetime import UTC, datetime

import pytest

from custom_components.heatpump_monitor.changes.model import Change, Source
from custom_components.heatpump_monitor.changes.words import Words
from custom_components.heatpump_monitor.const import DOMAIN
from custom_components.heatpump_monitor.readings import SettingValue
from tests.validation.package import ENGLISH, GERMAN, leaves

EN, DE = (
    Words(
        {
            f"component.{DOMAIN}.{place}": text
            for place, text in leaves(texts).items()
            if place.startswith(("config.", "options.", "selector."))
        }
    )
    for texts in (ENGLISH, GERMAN)
)


@pytest.mark.parametrize(
    ("item", "value", "english", "german"),
    [
        ("hot_water_c", 52.5, "52.5 °C", "52,5 °C"),
        ("hot_water_hysteresis_k", 5.0, "5 K", "5 K"),
        ("outside_damping_min", 180.0, "180 min", "180 min"),
        ("heating_curve_shift", -3.0, "-3", "-3"),
        ("flow_lph", 1500.0, "1500 l/h", "1500 l/h"),
        ("summer_limit", True, "on", "ein"),
        ("circuit_mode", "dhw", "hot water", "Warmwasser"),
        ("circuit_mode", "some_new_mode", "some_new_mode", "some_new_mode"),
        ("heating_schedule", "off", "off", "aus"),
        (
            "circulation_schedule",
            "mon-fri 06:00-08:00 5_25_cycles; sat 07:00-24:00 on",
            "Mon-Fri 06:00-08:00 5 of 30 minutes; Sat 07:00-24:00 on",
            "Mo-Fr 06:00-08:00 5 von 30 Minuten; Sa 07:00-24:00 ein",
        ),
        ("holiday", "2026-07-09 - 2026-07-21", *["2026-07-09 - 2026-07-21"] * 2),
        ("price_entity", "sensor.normal", "sensor.normal", "sensor.normal"),
        ("source_kind", "air", "Outside air", "Außenluft"),
        ("rated_heat_kw", None, "–", "–"),
    ],
)
def test_values(
    item: str, value: SettingValue | None, english: str, german: str
) -> None:
    """A number has its unit and the language's comma, a controller's word its text."""
    assert (EN.value(item, value), DE.value(item, value)) == (english, german)


def test_items() -> None:
    """A circuit has its number; an item that no text names is shown by its key."""
    time = datetime(2026, 1, 15, tzinfo=UTC)
    for change, words in (
        (
            Change(time=time, source=Source.UNIT, item="supply_max_c", place="1"),
            "Highest supply temperature, circuit 2",
        ),
        (
            Change(time=time, source=Source.UNIT, item="supply_max_c"),
            "Highest supply temperature",
        ),
        (Change(time=time, source=Source.PLANT, item="flow_lph"), "Flow"),
        (Change(time=time, source=Source.OPTION, item="gone"), "gone"),
    ):
        assert EN.item(change) == words
