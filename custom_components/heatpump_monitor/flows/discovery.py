"""The steps of a flow that starts without the user: a Shelly found, or a password."""

from collections.abc import Mapping
import re
from typing import Any, Final, override

from homeassistant.config_entries import (
    ConfigEntry,
    ConfigFlow,
    ConfigFlowContext,
    ConfigFlowResult,
    ConfigSubentry,
)
from homeassistant.const import CONF_HOST, CONF_NAME, CONF_PASSWORD
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from homeassistant.helpers.device_registry import format_mac
from homeassistant.helpers.service_info.dhcp import DhcpServiceInfo
from homeassistant.helpers.service_info.zeroconf import ZeroconfServiceInfo

from ..meter_subentries import device_of, meters_with
from ..sources.shelly.client import ShellyClient, ShellyError
from .meter import MeterSteps
from .meter_shelly import async_read_meter

_HTTP_PORT: Final = 80
_MAC_AT_END: Final = re.compile(r"-([0-9a-f]{12})$", re.IGNORECASE)


class DiscoverySteps(MeterSteps[ConfigFlowContext, ConfigFlowResult, str], ConfigFlow):
    """Follows known meters, and starts a set-up with a new Shelly."""

    _reauth_meter_id: str

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
        if self._follow(mac, host):
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
        """Take the new address of a known meter."""
        if not self._follow(discovery_info.macaddress, discovery_info.ip):
            return self.async_abort(reason="unknown_meter")
        return self.async_abort(reason="already_configured")

    def _follow(self, device: str, host: str) -> bool:
        """Take a device's new address for all its meters; return whether it has any."""
        known = meters_with(self.hass, device)
        for entry, meter in known:
            self._update_meter(entry, meter, {CONF_HOST: host})
        return bool(known)

    async def async_step_reauth_meter(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for the new password of a Shelly, for all meters that it is."""
        entry = self._get_reauth_entry()
        known = entry.subentries[self._reauth_meter_id]
        host = known.data[CONF_HOST]
        if user_input is None:
            return self._show_password("reauth_meter", host)
        try:
            meter = await async_read_meter(self.hass, host, user_input[CONF_PASSWORD])
        except ShellyError as err:
            return self._show_password("reauth_meter", host, err.key)
        if meter.mac != device_of(known):
            return self._show_password("reauth_meter", host, "another_meter")
        for user, each in meters_with(self.hass, meter.mac):
            self._update_meter(user, each, {CONF_PASSWORD: meter.password})
        return self.async_update_and_abort(entry)

    def _update_meter(
        self, entry: ConfigEntry, meter: ConfigSubentry, data: Mapping[str, Any]
    ) -> None:
        self.hass.config_entries.async_update_subentry(
            entry, meter, data={**meter.data, **data}
        )
