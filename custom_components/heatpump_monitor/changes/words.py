"""Say what an entry of the change log means, in the language of Home Assistant."""

from collections.abc import Mapping
from dataclasses import asdict
import re
from typing import Final

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.translation import (
    async_get_cached_translations,
    async_get_translations,
)

from ..const import CONF_REVERSED_PHASES, DOMAIN
from ..readings import SettingValue, circuit_label
from .model import Change, Entry, Source

# By the end of an item; the longest first.
_UNITS: Final = {
    "_kw": "kW",
    "_lph": "l/h",
    "_min": "min",
    "_pct": "%",
    "_c": "°C",
    "_k": "K",
    "_s": "s",
}
_CATEGORIES: Final = ("config", "options", "selector")
_SELECTORS: Final = {CONF_REVERSED_PHASES: "phases"}
_FORM_FIELD: Final = re.compile(r".*\.(?:config|options)\.step\..*\.data\.(\w+)")
_TOKEN: Final = re.compile(r"\w*[a-z]\w*")


class Words:
    """The texts of one language."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        """Index the texts, flat, of the categories config, options and selector."""
        self._texts = texts
        self._fields = {
            match[1]: text
            for key, text in texts.items()
            if (match := _FORM_FIELD.fullmatch(key))
        }

    def item(self, change: Change) -> str:
        """Return what was changed, and where."""
        item = self._option("setting", change.item)
        item = item or self._fields.get(change.item) or change.item
        if not change.place:
            return item
        if change.source is Source.UNIT:
            circuit = circuit_label(change.place)
            return self._sentence("circuit").format(item=item, place=circuit)
        return self._sentence("meter").format(item=item, place=change.place)

    def value(self, item: str, value: SettingValue | None) -> str:
        """Return a value with its unit."""
        if value is None or value == "":
            return "–"
        if isinstance(value, bool):
            value = "on" if value else "off"
        if isinstance(value, str):
            return self._words(item, value)
        number = self.number(f"{value:g}")
        unit = next((_UNITS[end] for end in _UNITS if item.endswith(end)), "")
        return f"{number} {unit}".rstrip()

    def number(self, written: str) -> str:
        """Return a written number with the decimal mark of the language."""
        return written.replace(".", self._sentence("decimal_mark"))

    def text(self, group: str, key: str) -> str:
        """Return a text of a group; its key if there is none."""
        return self._option(group, key) or key

    def sentence(self, entry: Entry) -> str:
        """Return an entry in words."""
        if not isinstance(entry, Change):
            category = self._option("note_category", entry.category)
            return f"{category}: {entry.text}"
        if entry.old is None and entry.new is None:
            return self.item(entry)
        key = "changed"
        if entry.old is None:
            key = "set"
        elif entry.new is None:
            key = "cleared"
        return self._sentence(key).format(
            item=self.item(entry) + ("," if entry.place else ""),
            old=self.value(entry.item, entry.old),
            new=self.value(entry.item, entry.new),
        )

    def _words(self, item: str, value: str) -> str:
        if item.endswith("_entity"):
            return value
        options = _SELECTORS.get(item, item)
        if self._option(options, value.partition(", ")[0]):
            return ", ".join(
                self._option(options, each) or each for each in value.split(", ")
            )
        return _TOKEN.sub(
            lambda token: self._option("setting_value", token[0]) or token[0], value
        )

    def _sentence(self, key: str) -> str:
        return self.text("change", key)

    def _option(self, selector: str, option: str) -> str | None:
        key = f"component.{DOMAIN}.selector.{selector}.options.{option}"
        return self._texts.get(key)


@callback
def words_of(hass: HomeAssistant) -> Words:
    """Return the texts in the language of Home Assistant, which has loaded them."""
    texts: dict[str, str] = {}
    for category in _CATEGORIES:
        texts |= async_get_cached_translations(
            hass, hass.config.language, category, DOMAIN
        )
    return Words(texts)


async def async_words(hass: HomeAssistant, language: str) -> Words:
    """Return the texts in a language; in English where there are none."""
    texts: dict[str, str] = {}
    for category in _CATEGORIES:
        texts |= await async_get_translations(hass, language, category, {DOMAIN})
    return Words(texts)


def entry_data(entry: Entry, words: Words) -> dict[str, object]:
    """Return an entry for events and answers: plain values, and a sentence."""
    data = asdict(entry) | {
        "source": entry.source,
        "description": words.sentence(entry),
    }
    if isinstance(entry, Change):
        data["item_name"] = words.item(entry)
    return data
