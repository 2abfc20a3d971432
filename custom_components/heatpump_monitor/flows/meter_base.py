"""What the steps of each kind of meter have in common."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from homeassistant.config_entries import ConfigEntry, ConfigSubentry
from homeassistant.const import CONF_HOST
from homeassistant.data_entry_flow import FlowContext, FlowHandler, FlowResult

from ..const import CONF_REVERSED_PHASES, MeterKind
from ..meter_subentries import device_of, kind_of, meters_with, role_of
from ..readings import HOUSE_ROLES, Role


@dataclass(frozen=True, kw_only=True, slots=True)
class ChosenMeter:
    """A meter that the user chose, and that can be read."""

    unique_id: str | None
    name: str
    data: Mapping[str, Any]
    """What its subentry keeps of it, beside its role."""
    negative_phases: tuple[str, ...] = ()
    """Where power flows the wrong way, as it does through a reversed CT."""


class MeterFlow[
    ContextT: FlowContext,
    ResultT: FlowResult[Any, Any],
    HandlerT,
](FlowHandler[ContextT, ResultT, HandlerT]):
    """A flow of an entry, or of a subentry, that chooses a meter."""

    _role = Role.WHOLE
    _known_meter: ConfigSubentry | None = None
    """The meter that is changed; None for a new one."""

    async def async_step_meter(
        self, user_input: dict[str, Any] | None = None
    ) -> ResultT:
        """Ask which kind of meter it is."""
        raise NotImplementedError

    async def _async_meter_chosen(self, meter: ChosenMeter) -> ResultT:
        raise NotImplementedError

    @property
    def _own_entry_id(self) -> str | None:
        """Return the entry that the meter belongs to; None if that is new."""
        return None

    def _other_users(self, device: str) -> list[tuple[ConfigEntry, ConfigSubentry]]:
        """Return the meters that already are a device, and may not share it."""
        known_id = self._known_meter.subentry_id if self._known_meter else None
        return [
            (entry, meter)
            for entry, meter in meters_with(self.hass, device)
            if meter.subentry_id != known_id
            and not (
                entry.entry_id != self._own_entry_id
                # All heat pumps of a house can share these.
                and self._role in HOUSE_ROLES
                and role_of(meter) in HOUSE_ROLES
            )
        ]

    def _is_known(self, device: str) -> bool:
        """Return whether the known meter is a device already."""
        known = self._known_meter
        return known is not None and device_of(known) == device

    def _known_reversed(self, device: str) -> list[str]:
        """Return the reversed phases of the same device: they stay as they are."""
        if self._known_meter is None or not self._is_known(device):
            return []
        return list(self._known_meter.data.get(CONF_REVERSED_PHASES, ()))

    def _known_data(self, kind: MeterKind) -> Mapping[str, Any] | None:
        """Return what is kept of the known meter, if it is of this kind."""
        known = self._known_meter
        return known.data if known is not None and kind_of(known) is kind else None


def entered_host(user_input: Mapping[str, Any]) -> str:
    """Return the host that was entered, perhaps as a URL."""
    address: str = user_input[CONF_HOST].strip().rpartition("://")[2]
    return address.partition("/")[0]
