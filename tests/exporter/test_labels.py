"""Labels of series: readable, unique, and the same for ever."""

import pytest

from custom_components.heatpump_monitor.exporter.labels import Labels


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("Vitocal 300-G", "vitocal_300_g"),
        ("Wärmepumpe Süd", "warmepumpe_sud"),
        ("", "unknown"),
        ("🔥", "unknown"),
        ("a=b, c", "a_b_c"),
    ],
)
def test_a_label_is_a_slug(name: str, label: str) -> None:
    """A label has letters, digits and underscores only, and at least one."""
    assert Labels({}).label("device", "1", name) == label


def test_the_name_counts_once() -> None:
    """A thing that is renamed keeps its label, also after a restart."""
    labels = Labels({"cursor": "7"})
    assert labels.label("device", "1", "Old") == "old"
    assert labels.label("device", "1", "New") == "old"
    kept = labels.take_new()
    assert labels.take_new() == {}
    assert list(kept.values()) == ["old"]
    restarted = Labels({"cursor": "7", **kept})
    assert restarted.label("device", "1", "New") == "old"
    assert restarted.take_new() == {}


def test_siblings_differ() -> None:
    """Things of the same name get numbers; those of another group do not matter."""
    labels = Labels({})
    assert [labels.label("device", key, "Pump") for key in "abc"] == [
        "pump",
        "pump_2",
        "pump_3",
    ]
    assert labels.label("meter:a", "a", "Pump") == "pump"
    assert Labels(labels.take_new()).label("device", "d", "Pump") == "pump_4"
