"""The event of a quarter-hour that is going to exceed the limit."""

from dataclasses import dataclass
from typing import Final, override

from homeassistant.components.event import EventEntity, EventEntityDescription
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from ..entity import MonitorEntity
from ..performance.rounding import kw
from .coordinator import HouseMeterCoordinator, HouseMeterEntry, QuarterWarning
from .status import HouseStatus

RAISED: Final = "raised"
CLEARED: Final = "cleared"


@dataclass(frozen=True, kw_only=True)
class WarningDescription(EventEntityDescription):
    """Describe the event entity of warnings."""


HOUSE_METER: Final = (
    WarningDescription(key="quarter_warning", event_types=[RAISED, CLEARED]),
)


@callback
def async_add(
    _: HomeAssistant,
    entry: HouseMeterEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the event entities of a house meter."""
    async_add_entities(
        WarningEvent(entry, entry.runtime_data, each) for each in HOUSE_METER
    )


class WarningEvent(MonitorEntity[HouseStatus], EventEntity):
    """An event for each warning, and for its end."""

    coordinator: HouseMeterCoordinator

    @override
    async def async_added_to_hass(self) -> None:
        """Show each warning from now on."""
        await super().async_added_to_hass()
        follow = self.coordinator.async_follow_warnings
        self.async_on_remove(follow(self._async_show))

    @callback
    def _async_show(self, warning: QuarterWarning) -> None:
        quarter = warning.quarter
        attributes = {
            "quarter": quarter.start.isoformat(),
            "ends_in_s": round(quarter.ends_in_s),
            "forecast_kw": kw(quarter.forecast_w),
            "limit_kw": kw(quarter.limit_w),
            "headroom_kw": kw(quarter.headroom_w),
        }
        self._trigger_event(RAISED if warning.is_raised else CLEARED, attributes)
        self.async_write_ha_state()
