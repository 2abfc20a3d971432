"""What hassfest says of the icons."""

import re

from .package import PACKAGE, descriptions, leaves, load

ICONS = load(PACKAGE / "icons.json")
TRANSLATIONS = load(PACKAGE / "translations" / "en.json")


def test_sections_are_known() -> None:
    """Home Assistant does not look anywhere else."""
    assert set(ICONS) <= {"conditions", "entity", "sections", "services", "triggers"}


def test_icons_are_of_the_built_in_set() -> None:
    """Only Material Design icons are always there."""
    for place, icon in leaves(ICONS).items():
        assert re.fullmatch(r"mdi:[a-z0-9-]+", icon), place


def test_entities_exist() -> None:
    """An icon for no entity is a spelling mistake."""
    for platform, entities in ICONS["entity"].items():
        assert set(entities) <= set(descriptions(platform)), platform


def test_entities_without_a_device_class_have_an_icon() -> None:
    """Home Assistant has an icon for each device class, and none for the others."""
    for platform, entities in ICONS["entity"].items():
        bare = {
            key
            for key, description in descriptions(platform).items()
            if description.device_class is None
        }
        assert bare <= set(entities), platform


def test_states_have_icons_of_their_own() -> None:
    """Every entity has a default, and a state's icon differs from it."""
    for entities in ICONS["entity"].values():
        for key, icons in entities.items():
            assert set(icons) <= {"default", "range", "state", "state_attributes"}, key
            assert icons["default"] not in icons.get("state", {}).values(), key


def test_states_exist() -> None:
    """A state's icon is for a state that the entity can have."""
    for platform, entities in ICONS["entity"].items():
        for key, icons in entities.items():
            known = TRANSLATIONS["entity"][platform][key].get("state", {"on", "off"})
            assert set(icons.get("state", ())) <= set(known), key


def test_ranges_are_numbers() -> None:
    """The icons of a range begin at numbers."""
    for entities in ICONS["entity"].values():
        for icons in entities.values():
            starts = [float(start) for start in icons.get("range", ())]
            assert starts == sorted(starts)
