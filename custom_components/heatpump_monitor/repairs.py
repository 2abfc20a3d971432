"""Fix what a repair issue is about, when the user asks for it."""

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, override

from homeassistant.components.repairs import (
    ConfirmRepairFlow,
    RepairsFlow,
    RepairsFlowResult,
)
from homeassistant.config_entries import ConfigEntryState, ConfigSubentry
from homeassistant.const import CONF_HOST
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir
from homeassistant.util import dt as dt_util

from .build_sources import meter_source
from .const import (
    CONF_CO2,
    CONF_CO2_ENTITY,
    CONF_PRICE,
    CONF_PRICE_ENTITY,
    CONF_REVERSED_PHASES,
    MeterKind,
)
from .flows.meter_base import entered_host
from .flows.schemas import meter_schema, money_errors, tariff_schema
from .issues import (
    CO2_ENTITY_GONE,
    METER_REVERSED,
    METER_SILENT,
    PRICE_ENTITY_GONE,
    SIGN_IN_DUE,
)
from .meter_subentries import kind_of, meters_of
from .readings import PHASES
from .sources.base import SourceError

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
    meters = meters_of(entry)
    backwards = entry.runtime_data.performance.data.snapshot.reversed_phases
    for key, phases in backwards.items():
        meter = meters[key]
        turned: list[str] = meter.data[CONF_REVERSED_PHASES]
        if kind_of(meter) is MeterKind.HOMEWIZARD:
            # It is reversed as a whole; a phase at rest is not seen.
            changed = [] if turned else [*PHASES]
        else:
            changed = sorted({*turned} ^ {*phases})
        hass.config_entries.async_update_subentry(
            entry, meter, data={**meter.data, CONF_REVERSED_PHASES: changed}
        )


_CONFIRMED: Final = {METER_REVERSED: _change_signs, SIGN_IN_DUE: _sign_in}
_TARIFF_FIELDS: Final = {
    CO2_ENTITY_GONE: (CONF_CO2, CONF_CO2_ENTITY),
    PRICE_ENTITY_GONE: (CONF_PRICE, CONF_PRICE_ENTITY),
}


class _EntryFlow(RepairsFlow):
    """Fixes an issue of an entry."""

    @property
    def _key(self) -> str:
        assert self.data is not None
        return str(self.data["key"])

    @property
    def _entry(self) -> HeatpumpConfigEntry:
        """Return the entry; its issues are deleted with it."""
        assert self.data is not None
        entry_id = str(self.data["entry_id"])
        return self.hass.config_entries.async_get_known_entry(entry_id)

    @property
    def _placeholders(self) -> dict[str, str] | None:
        """Return what fills the texts of the issue."""
        issue = ir.async_get(self.hass).async_get_issue(self.handler, self.issue_id)
        return None if issue is None else issue.translation_placeholders


class ConfirmFlow(ConfirmRepairFlow, _EntryFlow):
    """Fixes an issue as soon as the user confirms."""

    @override
    async def async_step_confirm(
        self, user_input: dict[str, str] | None = None
    ) -> RepairsFlowResult:
        """Ask, and fix."""
        if user_input is not None:
            _CONFIRMED[self._key](self.hass, self._entry)
        return await super().async_step_confirm(user_input)


class AddressFlow(_EntryFlow):
    """Finds a meter again that got another address."""

    async def async_step_init(
        self, user_input: dict[str, Any] | None = None
    ) -> RepairsFlowResult:
        """Begin with the address."""
        return await self.async_step_address()

    async def async_step_address(
        self, user_input: dict[str, Any] | None = None
    ) -> RepairsFlowResult:
        """Ask for the address, and check that the same meter answers there."""
        meters, errors = self._meters, dict[str, str]()
        if not meters:
            # Meanwhile it was found by itself, or removed.
            return self.async_create_entry(data={})
        if user_input is not None:
            host = entered_host(user_input)
            error = await self._async_error(host)
            if error is None:
                for each in meters:
                    self.hass.config_entries.async_update_subentry(
                        self._entry, each, data={**each.data, CONF_HOST: host}
                    )
                return self.async_create_entry(data={})
            errors[CONF_HOST] = error
        return self.async_show_form(
            step_id="address",
            data_schema=self.add_suggested_values_to_schema(
                meter_schema([]), user_input or meters[0].data
            ),
            errors=errors,
            description_placeholders=self._placeholders,
        )

    @property
    def _meters(self) -> list[ConfigSubentry]:
        """Return the meters at the old address: a device may be several."""
        host = (self._placeholders or {}).get(CONF_HOST)
        meters = meters_of(self._entry).values()
        return [each for each in meters if each.data.get(CONF_HOST) == host]

    async def _async_error(self, host: str) -> str | None:
        """Return why the meter cannot be read at an address; None if it can."""
        meter = self._meters[0]
        moved = replace(meter, data=MappingProxyType({**meter.data, CONF_HOST: host}))
        source = meter_source(self.hass, self._entry, moved)
        try:
            await source.identify()
            await source.read(dt_util.utcnow)
        except SourceError as err:
            return "another_meter" if err.key == "meter_is_another" else err.key
        return None


class TariffFlow(_EntryFlow):
    """Replaces an entity of the tariff that is gone."""

    async def async_step_init(
        self, user_input: dict[str, Any] | None = None
    ) -> RepairsFlowResult:
        """Begin with the entity."""
        return await self.async_step_tariff()

    async def async_step_tariff(
        self, user_input: dict[str, Any] | None = None
    ) -> RepairsFlowResult:
        """Ask for another entity or a fixed value, and write it to the options."""
        hass, options, fields = (
            self.hass,
            self._entry.options,
            _TARIFF_FIELDS[self._key],
        )
        errors = money_errors(hass.states, user_input or {})
        if user_input is not None and not errors:
            others = {key: each for key, each in options.items() if key not in fields}
            hass.config_entries.async_update_entry(
                self._entry, options=others | user_input
            )
            return self.async_create_entry(data={})
        fixed_field, _ = fields
        return self.async_show_form(
            step_id="tariff",
            data_schema=self.add_suggested_values_to_schema(
                tariff_schema(hass.config.currency, fields),
                user_input or {fixed_field: options.get(fixed_field)},
            ),
            errors=errors,
            description_placeholders=self._placeholders,
        )


_FLOWS: Final = {METER_SILENT: AddressFlow, **dict.fromkeys(_TARIFF_FIELDS, TariffFlow)}


async def async_create_fix_flow(
    hass: HomeAssistant,
    issue_id: str,
    data: dict[str, str | int | float | None] | None,
) -> RepairsFlow:
    """Return the flow that fixes an issue."""
    assert data is not None
    return _FLOWS.get(str(data["key"]), ConfirmFlow)()
