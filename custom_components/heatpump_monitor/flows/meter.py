"""The steps of a flow that concern the electricity meter."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
import re
from typing import Any, Final, override

from homeassistant.config_entries import (
    SOURCE_RECONFIGURE,
    SOURCE_ZEROCONF,
    ConfigEntry,
    ConfigFlowResult,
    ConfigSubentry,
)
from homeassistant.const import CONF_HOST, CONF_NAME, CONF_PASSWORD
from homeassistant.core import HomeAssistant
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from homeassistant.helpers.config_entry_oauth2_flow import AbstractOAuth2FlowHandler
from homeassistant.helpers.device_registry import format_mac
from homeassistant.helpers.selector import SelectOptionDict
from homeassistant.helpers.service_info.dhcp import DhcpServiceInfo
from homeassistant.helpers.service_info.zeroconf import ZeroconfServiceInfo
from homeassistant.util import dt as dt_util

from ..const import CONF_CHANNELS, METER_SUBENTRY
from ..meter_subentries import find_meter
from ..readings import CT_NOISE_W
from ..sources.shelly.client import ShellyAuthError, ShellyClient, ShellyError
from ..trade_names import meter_name
from .schemas import PASSWORD_SCHEMA, channels_schema, meter_schema

_HTTP_PORT: Final = 80
_MAC_AT_END: Final = re.compile(r"-([0-9a-f]{12})$", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundMeter:
    """A meter that has just been read."""

    host: str
    mac: str
    name: str
    password: str | None
    channels: tuple[str, ...]
    """The single-phase channels that are counted; empty for a three-phase meter."""
    negative_phases: tuple[str, ...]
    """Where power flows the wrong way, as it does through a reversed CT."""

    @property
    def data(self) -> dict[str, str | list[str] | None]:
        """Return what its subentry keeps of it."""
        return {
            CONF_CHANNELS: list(self.channels),
            CONF_HOST: self.host,
            CONF_PASSWORD: self.password,
        }


def entered_host(user_input: Mapping[str, Any]) -> str:
    """Return the host that was entered, perhaps as a URL."""
    address: str = user_input[CONF_HOST].strip().rpartition("://")[2]
    return address.partition("/")[0]


async def async_read_meter(
    hass: HomeAssistant, host: str, password: str | None
) -> FoundMeter:
    """Return the meter at an address.

    Raises:
        ShellyError: There is none that can be read.
    """
    client = ShellyClient(async_get_clientsession(hass), host, password)
    info = await client.identify()
    if info.auth_required and not password:
        raise ShellyAuthError
    reading = await client.read(dt_util.utcnow)
    return FoundMeter(
        host=host,
        mac=format_mac(str(info.identity)),
        name=meter_name(str(info.model)),
        password=password if info.auth_required else None,
        channels=reading.channels,
        negative_phases=tuple(
            phase.name
            for phase in reading.phases
            if phase.power_w is not None and phase.power_w < -CT_NOISE_W
        ),
    )


class MeterSteps(AbstractOAuth2FlowHandler):
    """Finds the meter: announced by itself, or at an address that the user enters."""

    _meter: FoundMeter
    _reauth_meter_id: str

    def __init__(self) -> None:
        """Start with nothing known."""
        super().__init__()
        self._host = ""

    @override
    async def async_step_zeroconf(
        self, discovery_info: ZeroconfServiceInfo
    ) -> ConfigFlowResult:
        """Take a Shelly that announced itself: a known one moved, or a new one."""
        if discovery_info.ip_address.version == 6:
            return self.async_abort(reason="ipv6_not_supported")
        name = discovery_info.name.partition(".")[0]
        if (found := _MAC_AT_END.search(name)) is None:
            return self.async_abort(reason="meter_not_a_shelly")
        mac = format_mac(found[1])
        host, port = discovery_info.host, discovery_info.port
        if port not in (None, _HTTP_PORT):
            host = f"{host}:{port}"
        if (known := find_meter(self.hass, mac)) is not None:
            self._update_meter(*known, {CONF_HOST: host})
            return self.async_abort(reason="already_configured")
        await self.async_set_unique_id(mac)
        self._abort_if_unique_id_configured()
        try:
            await ShellyClient(async_get_clientsession(self.hass), host).identify()
        except ShellyError as err:
            return self.async_abort(reason=err.key)
        self._host = host
        self.context["title_placeholders"] = {CONF_NAME: name, CONF_HOST: host}
        return await self.async_step_discovery_confirm()

    async def async_step_discovery_confirm(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask whether the Shelly found measures a heat pump."""
        if user_input is not None:
            return await self.async_step_user()
        return self.async_show_form(
            step_id="discovery_confirm",
            description_placeholders=self.context["title_placeholders"],
        )

    @override
    async def async_step_dhcp(
        self, discovery_info: DhcpServiceInfo
    ) -> ConfigFlowResult:
        """Take the new address of a known Shelly."""
        known = find_meter(self.hass, format_mac(discovery_info.macaddress))
        if known is None:
            return self.async_abort(reason="unknown_meter")
        self._update_meter(*known, {CONF_HOST: discovery_info.ip})
        return self.async_abort(reason="already_configured")

    def _update_meter(
        self, entry: ConfigEntry, meter: ConfigSubentry, data: Mapping[str, Any]
    ) -> None:
        self.hass.config_entries.async_update_subentry(
            entry, meter, data={**meter.data, **data}
        )

    @property
    def _known_meter(self) -> ConfigSubentry | None:
        """Return the meter that is reconfigured; None if there is none, or not yet."""
        if self.source != SOURCE_RECONFIGURE:
            return None
        meters = self._get_reconfigure_entry().get_subentries_of_type(METER_SUBENTRY)
        return meters[0] if meters else None

    async def async_step_meter(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask where the meter is."""
        known = self._known_meter
        if user_input is None:
            if known is not None:
                self._host = known.data[CONF_HOST]
            return self._show_meter()
        password = None if known is None else known.data[CONF_PASSWORD]
        return await self._async_try_meter(entered_host(user_input), password)

    async def async_step_meter_password(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for the password of the meter."""
        if user_input is None:
            return self._show_password("meter_password", self._host)
        return await self._async_try_meter(
            self._host, user_input[CONF_PASSWORD], typed=True
        )

    async def _async_try_meter(
        self, host: str, password: str | None, *, typed: bool = False
    ) -> ConfigFlowResult:
        """Go on with the meter at an address, or ask again at the field concerned.

        A password that the user has just typed is called wrong, a kept one is not.
        """
        self._host = host
        try:
            meter = await async_read_meter(self.hass, host, password)
        except ShellyAuthError as err:
            error = err.key if typed else None
            return self._show_password("meter_password", host, error)
        except ShellyError as err:
            return self._show_meter(err.key)
        user = find_meter(self.hass, meter.mac)
        if user is not None and user[0].entry_id != self.context.get("entry_id"):
            return self._show_meter("meter_in_use", other=user[0].title)
        self._meter = meter
        if len(meter.channels) > 1:
            return await self.async_step_meter_channels()
        return await self._async_meter_chosen()

    async def _async_meter_chosen(self) -> ConfigFlowResult:
        raise NotImplementedError

    async def async_step_meter_channels(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask which single-phase channels measure the heat pump."""
        errors: dict[str, str] = {}
        meter, known = self._meter, self._known_meter
        if user_input is not None:
            if chosen := user_input[CONF_CHANNELS]:
                negative = set(meter.negative_phases).intersection(chosen)
                self._meter = replace(
                    meter,
                    channels=tuple(name for name in meter.channels if name in chosen),
                    negative_phases=tuple(sorted(negative)),
                )
                return await self._async_meter_chosen()
            errors[CONF_CHANNELS] = "channel_required"
        schema = channels_schema(meter.channels)
        if known and known.unique_id == meter.mac and known.data[CONF_CHANNELS]:
            schema = self.add_suggested_values_to_schema(schema, known.data)
        return self.async_show_form(
            step_id="meter_channels", data_schema=schema, errors=errors
        )

    def _show_meter(
        self, error: str | None = None, *, other: str = ""
    ) -> ConfigFlowResult:
        found = self._announced_meters()
        only_one = found[0]["value"] if len(found) == 1 else ""
        return self.async_show_form(
            step_id="meter",
            data_schema=self.add_suggested_values_to_schema(
                meter_schema(found), {CONF_HOST: self._host or only_one}
            ),
            errors={CONF_HOST: error} if error else {},
            description_placeholders={"other": other},
        )

    def _show_password(
        self, step_id: str, host: str, error: str | None = None
    ) -> ConfigFlowResult:
        return self.async_show_form(
            step_id=step_id,
            data_schema=PASSWORD_SCHEMA,
            errors={CONF_PASSWORD: error} if error else {},
            description_placeholders={CONF_HOST: host},
        )

    def _announced_meters(self) -> list[SelectOptionDict]:
        announced = [
            flow["context"]["title_placeholders"]
            for flow in self._async_in_progress()
            if flow["context"]["source"] == SOURCE_ZEROCONF
        ]
        return [
            SelectOptionDict(value=host, label=f"{name} ({host})")
            for name, host in sorted(
                (meter[CONF_NAME], meter[CONF_HOST]) for meter in announced
            )
        ]

    def _dismiss_discovery(self, mac: str) -> None:
        for flow in self._async_in_progress(
            include_uninitialized=True, match_context={"unique_id": mac}
        ):
            self.hass.config_entries.flow.async_abort(flow["flow_id"])

    async def async_step_reauth_meter(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for the meter's new password."""
        entry = self._get_reauth_entry()
        known = entry.subentries[self._reauth_meter_id]
        host = known.data[CONF_HOST]
        if user_input is None:
            return self._show_password("reauth_meter", host)
        try:
            meter = await async_read_meter(self.hass, host, user_input[CONF_PASSWORD])
        except ShellyError as err:
            return self._show_password("reauth_meter", host, err.key)
        if meter.mac != known.unique_id:
            return self._show_password("reauth_meter", host, "another_meter")
        self._update_meter(entry, known, {CONF_PASSWORD: meter.password})
        return self.async_update_and_abort(entry)
