"""The steps of a flow for a Shelly: address, password, channels."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from homeassistant.config_entries import SOURCE_ZEROCONF
from homeassistant.const import CONF_HOST, CONF_NAME, CONF_PASSWORD
from homeassistant.core import HomeAssistant, callback
from homeassistant.data_entry_flow import FlowContext, FlowResult
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from homeassistant.helpers.device_registry import format_mac
from homeassistant.helpers.selector import SelectOptionDict
from homeassistant.util import dt as dt_util

from ..const import (
    CONF_CHANNELS,
    CONF_METER_KIND,
    CONF_REVERSED_PHASES,
    DOMAIN,
    MeterKind,
)
from ..readings import PHASES
from ..sources.shelly.client import ShellyAuthError, ShellyClient, ShellyError
from ..trade_names import meter_name
from .meter_base import ChosenMeter, MeterFlow, entered_host
from .schemas import PASSWORD_SCHEMA, channels_schema, meter_schema


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundShelly:
    """A Shelly that has just been read."""

    host: str
    mac: str
    name: str
    password: str | None
    channels: tuple[str, ...]
    """Its single-phase channels; empty for a three-phase meter."""
    negative_phases: tuple[str, ...]


async def async_read_meter(
    hass: HomeAssistant, host: str, password: str | None
) -> FoundShelly:
    """Return the Shelly at an address.

    Raises:
        ShellyError: There is none that can be read.
    """
    client = ShellyClient(async_get_clientsession(hass), host, password)
    info = await client.identify()
    if info.auth_required and not password:
        raise ShellyAuthError
    reading = await client.read(dt_util.utcnow)
    return FoundShelly(
        host=host,
        mac=format_mac(str(info.identity)),
        name=meter_name(str(info.model)),
        password=password if info.auth_required else None,
        channels=reading.channels,
        negative_phases=reading.negative_phases,
    )


@callback
def dismiss_discovery(hass: HomeAssistant, meter_id: str, flow_id: str) -> None:
    """End the flow of a discovered Shelly that another flow set up."""
    mac, _, _ = meter_id.partition("_")
    for flow in hass.config_entries.flow.async_progress_by_handler(
        DOMAIN, include_uninitialized=True, match_context={"unique_id": mac}
    ):
        if flow["flow_id"] != flow_id:
            hass.config_entries.flow.async_abort(flow["flow_id"])


@callback
def _announced(hass: HomeAssistant, flow_id: str) -> list[SelectOptionDict]:
    """Return the Shellys that announced themselves to other flows than this one."""
    announced = [
        flow["context"]["title_placeholders"]
        for flow in hass.config_entries.flow.async_progress_by_handler(DOMAIN)
        if flow["context"]["source"] == SOURCE_ZEROCONF and flow["flow_id"] != flow_id
    ]
    return [
        SelectOptionDict(value=host, label=f"{name} ({host})")
        for name, host in sorted(
            (meter[CONF_NAME], meter[CONF_HOST]) for meter in announced
        )
    ]


class ShellySteps[
    ContextT: FlowContext,
    ResultT: FlowResult[Any, Any],
    HandlerT,
](MeterFlow[ContextT, ResultT, HandlerT]):
    """Reads a Shelly at an address, and asks which of its channels count."""

    _found: FoundShelly
    _free_channels: tuple[str, ...] = ()
    _host = ""

    async def async_step_meter_shelly(
        self, user_input: dict[str, Any] | None = None
    ) -> ResultT:
        """Ask where the Shelly is."""
        known = self._known_data(MeterKind.SHELLY)
        if user_input is None:
            if known is not None:
                self._host = known[CONF_HOST]
            return self._show_shelly()
        password = None if known is None else known[CONF_PASSWORD]
        return await self._async_try_shelly(entered_host(user_input), password)

    async def async_step_meter_password(
        self, user_input: dict[str, Any] | None = None
    ) -> ResultT:
        """Ask for the password of the Shelly."""
        if user_input is None:
            return self._show_password("meter_password", self._host)
        return await self._async_try_shelly(
            self._host, user_input[CONF_PASSWORD], typed=True
        )

    async def _async_try_shelly(
        self, host: str, password: str | None, *, typed: bool = False
    ) -> ResultT:
        """Go on with the Shelly at an address, or ask again at the field concerned.

        A password that the user has just typed is called wrong, a kept one is not.
        """
        self._host = host
        try:
            self._found = await async_read_meter(self.hass, host, password)
        except ShellyAuthError as err:
            error = err.key if typed else None
            return self._show_password("meter_password", host, error)
        except ShellyError as err:
            return self._show_shelly(err.key)
        if (user := self._find_user()) is not None:
            return self._show_shelly("meter_in_use", other=user)
        if len(self._found.channels) > 1:
            return await self.async_step_meter_channels()
        return await self._async_shelly_chosen(self._found.channels)

    def _find_user(self) -> str | None:
        """Find what is free of the Shelly; return whose it is if nothing is."""
        self._free_channels = self._found.channels
        for entry, meter in self._other_users(self._found.mac):
            used = meter.data.get(CONF_CHANNELS) or self._found.channels
            self._free_channels = tuple(
                name for name in self._free_channels if name not in used
            )
            if not self._free_channels:
                return entry.title
        return None

    async def async_step_meter_channels(
        self, user_input: dict[str, Any] | None = None
    ) -> ResultT:
        """Ask which single-phase channels are this meter."""
        errors: dict[str, str] = {}
        if user_input is not None:
            if chosen := user_input[CONF_CHANNELS]:
                return await self._async_shelly_chosen(chosen)
            errors[CONF_CHANNELS] = "channel_required"
        schema = channels_schema(self._free_channels)
        if self._is_known(self._found.mac) and (before := self._known_channels):
            schema = self.add_suggested_values_to_schema(
                schema, {CONF_CHANNELS: before}
            )
        return self.async_show_form(
            step_id="meter_channels", data_schema=schema, errors=errors
        )

    async def _async_shelly_chosen(self, chosen: Collection[str]) -> ResultT:
        found = self._found
        channels = [name for name in found.channels if name in chosen]
        negative: tuple[str, ...] = ()
        if not self._is_known(found.mac):
            counted = channels or PHASES
            negative = tuple(name for name in found.negative_phases if name in counted)
        return await self._async_meter_chosen(
            ChosenMeter(
                unique_id=self._unique_id_of(channels),
                name=found.name,
                data={
                    CONF_METER_KIND: MeterKind.SHELLY.value,
                    CONF_CHANNELS: channels,
                    CONF_HOST: found.host,
                    CONF_PASSWORD: found.password,
                    CONF_REVERSED_PHASES: self._known_reversed(found.mac),
                },
                negative_phases=negative,
            )
        )

    def _unique_id_of(self, channels: list[str]) -> str:
        found, known = self._found, self._known_meter
        # With another unique id it would be another meter to the engine.
        if known and self._is_known(found.mac) and channels == self._known_channels:
            return str(known.unique_id)
        is_whole = len(channels) == len(found.channels)
        return found.mac if is_whole else f"{found.mac}_{''.join(channels)}"

    @property
    def _known_channels(self) -> list[str]:
        known = self._known_data(MeterKind.SHELLY)
        return [] if known is None else list(known[CONF_CHANNELS])

    def _show_shelly(self, error: str | None = None, *, other: str = "") -> ResultT:
        found = _announced(self.hass, self.flow_id)
        only_one = found[0]["value"] if len(found) == 1 else ""
        return self.async_show_form(
            step_id="meter_shelly",
            data_schema=self.add_suggested_values_to_schema(
                meter_schema(found), {CONF_HOST: self._host or only_one}
            ),
            errors={CONF_HOST: error} if error else {},
            description_placeholders={"other": other},
        )

    def _show_password(
        self, step_id: str, host: str, error: str | None = None
    ) -> ResultT:
        return self.async_show_form(
            step_id=step_id,
            data_schema=PASSWORD_SCHEMA,
            errors={CONF_PASSWORD: error} if error else {},
            description_placeholders={CONF_HOST: host},
        )
