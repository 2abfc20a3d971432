"""Fix what a repair issue is about, when the user asks for it."""

from typing import TYPE_CHECKING, Final, override

from homeassistant.components.repairs import (
    ConfirmRepairFlow,
    RepairsFlow,
    RepairsFlowResult,
)
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant, callback

from .const import CONF_REVERSED_PHASES
from .issues import METER_REVERSED, SIGN_IN_DUE
from .meter_subentries import meter_of

if TYPE_CHECKING:
    from .coordinator import HeatpumpConfigEntry


@callback
def _sign_in(hass: HomeAssistant, entry: HeatpumpConfigEntry) -> None:
    """Ask for a new sign-in before the present one ends."""
    entry.async_start_reauth(hass)


@callback
def _change_signs(hass: HomeAssistant, entry: HeatpumpConfigEntry) -> None:
    """Change the sign of the phases that run backwards; the entry is reloaded."""
    if entry.state is not ConfigEntryState.LOADED:
        return
    meter = meter_of(entry)
    backwards = entry.runtime_data.performance.data.snapshot.reversed_phases
    phases = sorted({*meter.data[CONF_REVERSED_PHASES]} ^ {*backwards})
    hass.config_entries.async_update_subentry(
        entry, meter, data={**meter.data, CONF_REVERSED_PHASES: phases}
    )


_FIXES: Final = {METER_REVERSED: _change_signs, SIGN_IN_DUE: _sign_in}


class FixFlow(ConfirmRepairFlow):
    """Fixes an issue of an entry as soon as the user confirms."""

    @override
    async def async_step_confirm(
        self, user_input: dict[str, str] | None = None
    ) -> RepairsFlowResult:
        """Ask, and fix."""
        assert self.data is not None
        entry = self.hass.config_entries.async_get_entry(str(self.data["entry_id"]))
        if user_input is not None and entry is not None:
            _FIXES[str(self.data["key"])](self.hass, entry)
        return await super().async_step_confirm(user_input)


async def async_create_fix_flow(
    hass: HomeAssistant,
    issue_id: str,
    data: dict[str, str | int | float | None] | None,
) -> RepairsFlow:
    """Return the flow that fixes an issue."""
    return FixFlow()
