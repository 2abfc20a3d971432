"""Set-up by the user: account, heat pump, meter and plant."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
import logging
import re
from typing import Any, Final, override

from homeassistant.config_entries import (
    SOURCE_REAUTH,
    SOURCE_RECONFIGURE,
    SOURCE_ZEROCONF,
    ConfigEntry,
    ConfigFlowResult,
)
from homeassistant.const import CONF_HOST, CONF_MAC, CONF_NAME, CONF_PASSWORD
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from homeassistant.helpers.config_entry_oauth2_flow import AbstractOAuth2FlowHandler
from homeassistant.helpers.device_registry import format_mac
from homeassistant.helpers.selector import SelectOptionDict
from homeassistant.helpers.service_info.dhcp import DhcpServiceInfo
from homeassistant.helpers.service_info.zeroconf import ZeroconfServiceInfo
from homeassistant.util import dt as dt_util

from .budget_store import async_get_budget
from .const import (
    CONF_CHANNELS,
    CONF_DEVICE_ID,
    CONF_GATEWAY_SERIAL,
    CONF_INSTALLATION_ID,
    CONF_MODEL,
    CONF_RATED_HEAT_KW,
    CONF_REVERSED_PHASES,
    DOMAIN,
    LOGGER,
)
from .flows.options import HeatpumpMonitorOptionsFlow
from .flows.schemas import (
    CONF_HEAT_PUMP,
    PASSWORD_SCHEMA,
    PLANT_SCHEMA,
    channels_schema,
    heat_pump_schema,
    meter_schema,
    plant_data,
    plant_errors,
    plant_form,
)
from .meters import is_meter_reauth
from .performance.heat.available_methods import available_methods
from .performance.plant import Plant
from .readings import HeatPumpReading
from .sources.endpoints import viessmann_endpoints
from .sources.ranges import Ranges
from .sources.shelly.client import ShellyAuthError, ShellyClient, ShellyError
from .sources.viessmann.client import (
    HeatPumpIdentity,
    ViessmannAuthError,
    ViessmannClient,
    ViessmannError,
    ViessmannRateLimited,
    ViessmannSession,
    ViessmannUnavailable,
)
from .sources.viessmann.features import heat_pump_reading
from .sources.viessmann.oauth import OAuthTokens
from .trade_names import heat_pump_name

_HTTP_PORT: Final = 80
_MAC_AT_END: Final = re.compile(r"-([0-9a-f]{12})$", re.IGNORECASE)

# A clamp with nothing in it shows a few watts either way.
_NEGATIVE_W: Final = -20.0


@dataclass(frozen=True, kw_only=True, slots=True)
class _Meter:
    """A meter that has just been read."""

    host: str
    mac: str
    password: str | None
    channels: tuple[str, ...]
    """The single-phase channels that are counted; empty for a three-phase meter."""
    negative_phases: tuple[str, ...]
    """Where power flows the wrong way, as it does through a reversed CT."""

    @property
    def data(self) -> dict[str, str | list[str] | None]:
        """Return what the config entry keeps of it."""
        return {
            CONF_CHANNELS: list(self.channels),
            CONF_HOST: self.host,
            CONF_MAC: self.mac,
            CONF_PASSWORD: self.password,
        }


async def _async_read_meter(
    hass: HomeAssistant, host: str, password: str | None
) -> _Meter:
    """Return the meter at an address.

    Raises:
        ShellyError: There is none that can be read.
    """
    client = ShellyClient(async_get_clientsession(hass), host, password)
    info = await client.identify()
    if info.auth_required and not password:
        raise ShellyAuthError
    reading = await client.read(dt_util.utcnow)
    return _Meter(
        host=host,
        mac=format_mac(info.mac),
        password=password if info.auth_required else None,
        channels=reading.channels,
        negative_phases=tuple(
            phase.name
            for phase in reading.phases
            if phase.power_w is not None and phase.power_w < _NEGATIVE_W
        ),
    )


class HeatpumpMonitorFlow(AbstractOAuth2FlowHandler, domain=DOMAIN):
    """Sets up one heat pump with its meter."""

    DOMAIN = DOMAIN
    VERSION = 1
    MINOR_VERSION = 1

    _client: ViessmannClient
    _heat_pump: HeatPumpIdentity
    _meter: _Meter

    def __init__(self) -> None:
        """Start with nothing known."""
        super().__init__()
        self._host = ""
        self._heat_pumps: dict[str, HeatPumpIdentity] = {}
        self._reading: HeatPumpReading | None = None
        self._title = ""
        self._sign_in: dict[str, Any] = {}

    @property
    @override
    def logger(self) -> logging.Logger:
        """Return the logger."""
        return LOGGER

    @staticmethod
    @callback
    @override
    def async_get_options_flow(config_entry: ConfigEntry) -> HeatpumpMonitorOptionsFlow:
        """Return the flow that tunes an entry."""
        return HeatpumpMonitorOptionsFlow()

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
        host = _address(discovery_info.host, discovery_info.port)
        if (entry := self._entry_with_meter(mac)) is not None:
            return self._follow(entry, host)
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
        entry = self._entry_with_meter(format_mac(discovery_info.macaddress))
        if entry is None:
            return self.async_abort(reason="unknown_meter")
        return self._follow(entry, discovery_info.ip)

    def _follow(self, entry: ConfigEntry, host: str) -> ConfigFlowResult:
        """Keep the address of a known meter; an unchanged one is no reason to reload."""
        return self.async_update_reload_and_abort(
            entry,
            data_updates={CONF_HOST: host},
            reason="already_configured",
            reload_even_if_entry_is_unchanged=False,
        )

    def _entry_with_meter(self, mac: str) -> ConfigEntry | None:
        """Return the entry that a meter serves, except for the one at hand."""
        return next(
            (
                entry
                for entry in self._async_current_entries(include_ignore=False)
                if entry.data.get(CONF_MAC) == mac
                and entry.entry_id != self.context.get("entry_id")
            ),
            None,
        )

    @override
    async def async_oauth_create_entry(self, data: dict[str, Any]) -> ConfigFlowResult:
        """Go on with the account that the user signed in to."""
        self._sign_in = data
        tokens = OAuthTokens.for_flow(self.hass, self.flow_impl, data["token"])
        budget = await async_get_budget(self.hass, data["auth_implementation"])
        self._client = ViessmannClient(
            ViessmannSession(tokens, budget, viessmann_endpoints())
        )
        return await self.async_step_account()

    async def async_step_account(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Read the heat pumps of the account; the form only asks to try again."""
        placeholders: dict[str, str] = {}
        try:
            heat_pumps = await self.hass.async_add_executor_job(
                self._client.list_heat_pumps
            )
        except ViessmannAuthError:
            return self.async_abort(reason="viessmann_refused")
        except ViessmannRateLimited as err:
            error = "call_budget_exhausted"
            until = dt_util.as_local(err.until)
            placeholders["until"] = until.strftime("%Y-%m-%d %H:%M")
        except ViessmannUnavailable:
            error = "viessmann_unavailable"
        else:
            return await self._async_account_read(
                {_unique_id(heat_pump): heat_pump for heat_pump in heat_pumps}
            )
        return self.async_show_form(
            step_id="account",
            errors={"base": error},
            description_placeholders=placeholders,
        )

    async def _async_account_read(
        self, heat_pumps: dict[str, HeatPumpIdentity]
    ) -> ConfigFlowResult:
        """Renew the sign-in of an entry, or choose a heat pump for a new one."""
        if self.source == SOURCE_REAUTH:
            return self._renew_sign_in(heat_pumps)
        if not heat_pumps:
            return self.async_abort(reason="no_heat_pumps")
        configured = self._async_current_ids(include_ignore=False)
        self._heat_pumps = {
            unique_id: heat_pump
            for unique_id, heat_pump in heat_pumps.items()
            if unique_id not in configured
        }
        if not self._heat_pumps:
            return self.async_abort(reason="already_configured")
        return await self.async_step_heat_pump()

    async def async_step_heat_pump(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask which heat pump it is."""
        if user_input is None:
            return self.async_show_form(
                step_id="heat_pump", data_schema=heat_pump_schema(self._heat_pumps)
            )
        unique_id = user_input[CONF_HEAT_PUMP]
        await self.async_set_unique_id(unique_id, raise_on_progress=False)
        self._abort_if_unique_id_configured()
        self._heat_pump = self._heat_pumps[unique_id]
        await self._async_read_heat_pump()
        if not self._host:
            return await self.async_step_meter()
        return await self._async_try_meter(self._host, None)

    async def _async_read_heat_pump(self) -> None:
        """Read name and values of the heat pump; set-up goes on without them."""
        model = self._heat_pump.model
        self._title, self._reading = heat_pump_name(model), None
        try:
            features = await self.hass.async_add_executor_job(
                self._client.read_features, self._heat_pump
            )
        except ViessmannError:
            return
        self._title = heat_pump_name(model, features)
        self._reading = heat_pump_reading(
            features, time=dt_util.utcnow(), ranges=Ranges()
        )

    async def async_step_meter(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask where the meter is."""
        if user_input is None:
            return self._show_meter()
        password = None
        if self.source == SOURCE_RECONFIGURE:
            password = self._get_reconfigure_entry().data.get(CONF_PASSWORD)
        return await self._async_try_meter(_typed_host(user_input[CONF_HOST]), password)

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

        Args:
            host: Where it is.
            password: What to try, if anything.
            typed: Whether the user has just entered that password.
        """
        self._host = host
        try:
            meter = await _async_read_meter(self.hass, host, password)
        except ShellyAuthError as err:
            error = err.key if typed else None
            return self._show_password("meter_password", host, error)
        except ShellyError as err:
            return self._show_meter(err.key)
        if (other := self._entry_with_meter(meter.mac)) is not None:
            return self._show_meter("meter_in_use", other=other.title)
        self._meter = meter
        if len(meter.channels) > 1:
            return await self.async_step_meter_channels()
        return await self._async_meter_chosen()

    async def async_step_meter_channels(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask which single-phase channels measure the heat pump."""
        errors: dict[str, str] = {}
        offered = self._meter.channels
        if user_input is not None:
            if chosen := user_input[CONF_CHANNELS]:
                negative = set(self._meter.negative_phases).intersection(chosen)
                self._meter = replace(
                    self._meter,
                    channels=tuple(name for name in offered if name in chosen),
                    negative_phases=tuple(sorted(negative)),
                )
                return await self._async_meter_chosen()
            errors[CONF_CHANNELS] = "channel_required"
        return self.async_show_form(
            step_id="meter_channels",
            data_schema=self.add_suggested_values_to_schema(
                channels_schema(offered), self._known_channels()
            ),
            errors=errors,
        )

    def _known_channels(self) -> Mapping[str, Any]:
        """Return the channels that can be suggested, of a meter that stays."""
        if self.source != SOURCE_RECONFIGURE:
            return {}
        data = self._get_reconfigure_entry().data
        if data[CONF_MAC] != self._meter.mac or not data.get(CONF_CHANNELS):
            return {}
        return {CONF_CHANNELS: data[CONF_CHANNELS]}

    async def _async_meter_chosen(self) -> ConfigFlowResult:
        """Change the meter of an entry, or go on with the plant."""
        if self.source == SOURCE_RECONFIGURE:
            return self.async_update_reload_and_abort(
                self._get_reconfigure_entry(), data_updates=self._meter.data
            )
        return await self.async_step_plant()

    def _show_meter(
        self, error: str | None = None, *, other: str = ""
    ) -> ConfigFlowResult:
        """Show the form for the meter's address, with what was announced."""
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
        """Show the form for the password of the meter at an address."""
        return self.async_show_form(
            step_id=step_id,
            data_schema=PASSWORD_SCHEMA,
            errors={CONF_PASSWORD: error} if error else {},
            description_placeholders={CONF_HOST: host},
        )

    def _announced_meters(self) -> list[SelectOptionDict]:
        """Return the meters whose discovery waits for the user."""
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

    async def async_step_plant(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask what no device tells; say where that decides over every COP."""
        if user_input is None:
            errors = self._plant_notice()
        else:
            errors = plant_errors(user_input)
            if not errors:
                return self._finish(plant_data(user_input))
        return self.async_show_form(
            step_id="plant",
            data_schema=self.add_suggested_values_to_schema(
                PLANT_SCHEMA, user_input or plant_form(self._known_plant())
            ),
            errors=errors,
        )

    def _known_plant(self) -> Mapping[str, Any]:
        """Return what can be suggested for the plant."""
        if self.source == SOURCE_RECONFIGURE:
            return self._get_reconfigure_entry().data
        rated_heat_w = self._reading.rated_heat_w if self._reading else None
        return {
            CONF_RATED_HEAT_KW: None if rated_heat_w is None else rated_heat_w / 1000,
            CONF_REVERSED_PHASES: list(self._meter.negative_phases),
        }

    def _plant_notice(self) -> dict[str, str]:
        """Return the notice that the heat pump alone does not make the heat known."""
        errors: dict[str, str] = {}
        if self._reading and not available_methods(self._reading, Plant()):
            errors["base"] = "heat_unknown"
        return errors

    def _finish(self, plant: dict[str, Any]) -> ConfigFlowResult:
        """Change the plant of an entry, or create a new one."""
        if self.source == SOURCE_RECONFIGURE:
            return self.async_update_reload_and_abort(
                self._get_reconfigure_entry(), data_updates=plant
            )
        self._dismiss_discovery(self._meter.mac)
        heat_pump = self._heat_pump
        return self.async_create_entry(
            title=self._title,
            data={
                **self._sign_in,
                CONF_INSTALLATION_ID: heat_pump.installation_id,
                CONF_GATEWAY_SERIAL: heat_pump.gateway_serial,
                CONF_DEVICE_ID: heat_pump.device_id,
                CONF_MODEL: heat_pump.model,
                **self._meter.data,
                **plant,
            },
        )

    def _dismiss_discovery(self, mac: str) -> None:
        """Take back the offer to set up a meter that now serves an entry."""
        for flow in self._async_in_progress(
            include_uninitialized=True, match_context={"unique_id": mac}
        ):
            self.hass.config_entries.flow.async_abort(flow["flow_id"])

    async def async_step_reauth(
        self, entry_data: Mapping[str, Any]
    ) -> ConfigFlowResult:
        """Ask for a new sign-in, or for the meter's password."""
        if is_meter_reauth(entry_data):
            return await self.async_step_reauth_meter()
        return await self.async_step_reauth_confirm()

    async def async_step_reauth_confirm(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Tell why the user has to sign in again."""
        if user_input is None:
            return self.async_show_form(step_id="reauth_confirm")
        client = self._get_reauth_entry().data["auth_implementation"]
        return await self.async_step_pick_implementation({"implementation": client})

    def _renew_sign_in(
        self, heat_pumps: Mapping[str, HeatPumpIdentity]
    ) -> ConfigFlowResult:
        """Keep the new sign-in, if the account still has the entry's heat pump."""
        entry = self._get_reauth_entry()
        if entry.unique_id not in heat_pumps:
            return self.async_abort(reason="wrong_account")
        return self.async_update_reload_and_abort(entry, data_updates=self._sign_in)

    async def async_step_reauth_meter(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for the meter's new password."""
        entry = self._get_reauth_entry()
        host = entry.data[CONF_HOST]
        if user_input is None:
            return self._show_password("reauth_meter", host)
        try:
            meter = await _async_read_meter(self.hass, host, user_input[CONF_PASSWORD])
        except ShellyError as err:
            return self._show_password("reauth_meter", host, err.key)
        if meter.mac != entry.data[CONF_MAC]:
            return self._show_password("reauth_meter", host, "another_meter")
        return self.async_update_reload_and_abort(
            entry, data_updates={CONF_PASSWORD: meter.password}
        )

    async def async_step_reconfigure(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask what has changed."""
        entry = self._get_reconfigure_entry()
        self._host = entry.data[CONF_HOST]
        return self.async_show_menu(
            step_id="reconfigure",
            menu_options=["meter", "plant"],
            description_placeholders={CONF_NAME: entry.title},
        )


def _unique_id(heat_pump: HeatPumpIdentity) -> str:
    """Return what identifies a heat pump among all of them."""
    return f"{heat_pump.gateway_serial}_{heat_pump.device_id}"


def _address(host: str, port: int | None) -> str:
    """Return an announced address as the meter's client takes it."""
    return host if port in (None, _HTTP_PORT) else f"{host}:{port}"


def _typed_host(typed: str) -> str:
    """Return the host in what a user entered, which may be copied from a browser."""
    return typed.strip().rpartition("://")[2].partition("/")[0]
