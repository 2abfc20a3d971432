"""What may be tuned of an export: what is sent, and how long it is kept."""

from collections.abc import Collection
from typing import Any

from homeassistant.config_entries import ConfigFlowResult, OptionsFlow
from homeassistant.core import HomeAssistant

from ..const import CONF_EXPORTED, CONF_KIND, CONF_TARGET, DOMAIN, Kind, TargetKind
from .export_forms import Refused
from .export_selection import filled_with, options_of, options_schema
from .schemas import async_selector_texts


class ExportOptionsFlow(OptionsFlow):
    """Tunes what is exported, and how long it is kept."""

    async def async_step_init(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Go on to the only form."""
        return await self.async_step_export_options()

    async def async_step_export_options(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask what is exported, how often, and how long it is kept."""
        options = self.config_entry.options
        target = TargetKind(self.config_entry.data[CONF_TARGET])
        values, errors = filled_with(options), {}
        placeholders: dict[str, str] = {}
        if user_input is not None:
            try:
                return self.async_create_entry(data=options_of(user_input))
            except Refused as err:
                values, errors = user_input, {err.field: err.key}
                placeholders = err.placeholders
        entries = await async_entries_to_export(
            self.hass, options.get(CONF_EXPORTED, ())
        )
        return self.async_show_form(
            step_id="export_options",
            data_schema=self.add_suggested_values_to_schema(
                options_schema(target, entries), values
            ),
            errors=errors,
            description_placeholders=placeholders,
        )


async def async_entries_to_export(
    hass: HomeAssistant, chosen: Collection[str] = ()
) -> dict[str, str]:
    """Return the titles of all entries that can be exported, by their ids.

    An entry that was chosen and then removed is among them: without it, a choice of
    that one only would become a choice of all.
    """
    entries = hass.config_entries.async_entries(DOMAIN, include_ignore=False)
    titles = {
        entry.entry_id: entry.title
        for entry in entries
        if entry.data[CONF_KIND] != Kind.EXPORT
    }
    removed = (await async_selector_texts(hass, "exported"))["removed"]
    return titles | {each: removed for each in chosen if each not in titles}
