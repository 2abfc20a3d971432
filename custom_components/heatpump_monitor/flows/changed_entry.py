"""Which entry a flow changes."""

from homeassistant.config_entries import (
    SOURCE_REAUTH,
    SOURCE_RECONFIGURE,
    ConfigEntry,
    ConfigFlow,
)


class ChangedEntryFlow(ConfigFlow):
    """Sets up an entry, or changes one that there is."""

    @property
    def _changed_entry(self) -> ConfigEntry | None:
        """Return the entry that is changed; None for a new one."""
        if self.source == SOURCE_REAUTH:
            return self._get_reauth_entry()
        if self.source == SOURCE_RECONFIGURE:
            return self._get_reconfigure_entry()
        return None
