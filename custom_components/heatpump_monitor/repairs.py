"""Fix what a repair issue is about, when the user asks for it."""

from typing import cast, override

from homeassistant.components.repairs import (
    ConfirmRepairFlow,
    RepairsFlow,
    RepairsFlowResult,
)
from homeassistant.core import HomeAssistant


class SignInFlow(ConfirmRepairFlow):
    """Asks for a new sign-in before the present one ends."""

    def __init__(self, entry_id: str) -> None:
        """Remember whose sign-in it is."""
        self._entry_id = entry_id

    @override
    async def async_step_confirm(
        self, user_input: dict[str, str] | None = None
    ) -> RepairsFlowResult:
        """Ask for the sign-in as soon as the user confirms."""
        entry = self.hass.config_entries.async_get_entry(self._entry_id)
        if user_input is not None and entry is not None:
            entry.async_start_reauth(self.hass)
        return await super().async_step_confirm(user_input)


async def async_create_fix_flow(
    hass: HomeAssistant,
    issue_id: str,
    data: dict[str, str | int | float | None] | None,
) -> RepairsFlow:
    """Return the flow that fixes an issue; only a sign-in can be fixed here."""
    assert data is not None
    return SignInFlow(cast("str", data["entry_id"]))
