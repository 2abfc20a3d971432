"""The steps of a flow for a heat pump: account, heat pump and plant."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, override

from homeassistant.config_entries import (
    SOURCE_REAUTH,
    SOURCE_RECONFIGURE,
    ConfigFlowResult,
    ConfigSubentry,
)
from homeassistant.const import CONF_NAME
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from homeassistant.util import dt as dt_util

from .. import const
from ..budget_store import async_get_budget
from ..const import Kind
from ..issues import local_text
from ..meter_subentries import SUBENTRY_ID
from ..performance.heat.available_methods import available_methods
from ..performance.plant import Plant
from ..readings import HeatPumpReading, Role
from ..sources.endpoints import viessmann_endpoints
from ..sources.ranges import Ranges
from ..sources.viessmann import client
from ..sources.viessmann.features import heat_pump_reading
from ..sources.viessmann.oauth import OAuthTokens
from ..trade_names import heat_pump_name
from . import schemas
from .history import async_next_flow
from .meter import MeterSteps


class HeatPumpSteps(MeterSteps):
    """Sets up one heat pump of a Viessmann account with its meter."""

    _client: client.ViessmannClient
    _heat_pump: client.HeatPumpIdentity

    def __init__(self) -> None:
        """Start with nothing known."""
        super().__init__()
        self._heat_pumps: dict[str, client.HeatPumpIdentity] = {}
        self._reading: HeatPumpReading | None = None
        self._title = ""
        self._sign_in: dict[str, Any] = {}

    @override
    async def async_oauth_create_entry(self, data: dict[str, Any]) -> ConfigFlowResult:
        """Go on with the account that the user signed in to."""
        self._sign_in = data
        tokens = OAuthTokens.for_flow(self.flow_impl, data["token"])
        budget = await async_get_budget(self.hass, data["auth_implementation"])
        session = async_get_clientsession(self.hass)
        self._client = client.ViessmannClient(
            client.ViessmannSession(session, tokens, budget, viessmann_endpoints())
        )
        return await self.async_step_account()

    async def async_step_account(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Read the heat pumps of the account; the form only asks to try again."""
        placeholders: dict[str, str] = {}
        try:
            heat_pumps = await self._client.list_heat_pumps()
        except client.ViessmannAuthError:
            return self.async_abort(reason="viessmann_refused")
        except client.ViessmannRateLimited as err:
            error = "call_budget_exhausted"
            placeholders["until"] = local_text(err.until)
        except client.ViessmannUnavailable:
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
        self, heat_pumps: dict[str, client.HeatPumpIdentity]
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
                step_id="heat_pump",
                data_schema=schemas.heat_pump_schema(self._heat_pumps),
            )
        unique_id = user_input[schemas.CONF_HEAT_PUMP]
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
            features = await self._client.read_features(self._heat_pump)
        except client.ViessmannError:
            return
        self._title = heat_pump_name(model, features)
        self._reading = heat_pump_reading(
            features, time=dt_util.utcnow(), ranges=Ranges()
        )

    @override
    async def _async_meter_chosen(self) -> ConfigFlowResult:
        if self.source != SOURCE_RECONFIGURE:
            return await self.async_step_plant()
        entry, meter = self._get_reconfigure_entry(), self._meter
        if (known := self._known_meter) is None:
            self.hass.config_entries.async_add_subentry(
                entry, self._new_meter(meter.negative_phases)
            )
        else:
            self.hass.config_entries.async_update_subentry(
                entry,
                known,
                data={**known.data, **meter.data},
                title=meter.name,
                unique_id=meter.mac,
            )
        return self.async_update_and_abort(entry)

    def _new_meter(self, reversed_phases: Sequence[str]) -> ConfigSubentry:
        meter = self._meter
        data = {
            **meter.data,
            const.CONF_REVERSED_PHASES: list(reversed_phases),
            const.CONF_ROLE: Role.WHOLE.value,
        }
        return ConfigSubentry(
            data=MappingProxyType(data),
            subentry_type=const.METER_SUBENTRY,
            title=meter.name,
            unique_id=meter.mac,
        )

    async def async_step_plant(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask what no device reports; warn if heat is unknown without it."""
        errors: dict[str, str] = {}
        if user_input is not None:
            if not (errors := schemas.plant_errors(user_input)):
                return self._finish(schemas.plant_data(user_input))
        elif self._reading and not available_methods(self._reading, Plant()):
            errors["base"] = "heat_unknown"
        return self.async_show_form(
            step_id="plant",
            data_schema=self.add_suggested_values_to_schema(
                schemas.PLANT_SCHEMA,
                user_input or schemas.plant_form(self._known_plant()),
            ),
            errors=errors,
        )

    def _known_plant(self) -> Mapping[str, Any]:
        if self.source == SOURCE_RECONFIGURE:
            meter = self._known_meter
            entry = self._get_reconfigure_entry()
            return {**entry.data, **(meter.data if meter else {})}
        rated_heat_w = self._reading.rated_heat_w if self._reading else None
        rated_heat_kw = None if rated_heat_w is None else rated_heat_w / 1000
        return {
            const.CONF_RATED_HEAT_KW: rated_heat_kw,
            const.CONF_REVERSED_PHASES: list(self._meter.negative_phases),
        }

    def _finish(self, plant: dict[str, Any]) -> ConfigFlowResult:
        reversed_phases: list[str] = plant.pop(const.CONF_REVERSED_PHASES)
        if self.source == SOURCE_RECONFIGURE:
            entry = self._get_reconfigure_entry()
            if (known := self._known_meter) is not None:
                changed = {const.CONF_REVERSED_PHASES: reversed_phases}
                self._update_meter(entry, known, changed)
            return self.async_update_and_abort(entry, data_updates=plant)
        self._dismiss_discovery(self._meter.mac)
        heat_pump = self._heat_pump
        return self.async_create_entry(
            title=self._title,
            data={
                const.CONF_KIND: Kind.HEAT_PUMP.value,
                **self._sign_in,
                const.CONF_INSTALLATION_ID: heat_pump.installation_id,
                const.CONF_GATEWAY_SERIAL: heat_pump.gateway_serial,
                const.CONF_DEVICE_ID: heat_pump.device_id,
                const.CONF_MODEL: heat_pump.model,
                **plant,
            },
            subentries=[self._new_meter(reversed_phases).as_dict()],
        )

    @override
    async def async_on_create_entry(self, result: ConfigFlowResult) -> ConfigFlowResult:
        """Go on to the history that Home Assistant already has, if there is any."""
        if next_flow := await async_next_flow(self.hass, result["result"]):
            result["next_flow"] = next_flow
        return result

    async def async_step_reauth(
        self, entry_data: Mapping[str, Any]
    ) -> ConfigFlowResult:
        """Ask for a new sign-in, or for the password of a meter."""
        if (meter_id := entry_data.get(SUBENTRY_ID)) is not None:
            self._reauth_meter_id = meter_id
            return await self.async_step_reauth_meter()
        return await self.async_step_reauth_confirm()

    async def async_step_reauth_confirm(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Explain why the user has to sign in again."""
        if user_input is None:
            return self.async_show_form(step_id="reauth_confirm")
        return await self.async_step_pick_implementation(
            {"implementation": self._get_reauth_entry().data["auth_implementation"]}
        )

    def _renew_sign_in(
        self, heat_pumps: Mapping[str, client.HeatPumpIdentity]
    ) -> ConfigFlowResult:
        """Keep the new sign-in, if the account still has the entry's heat pump."""
        entry = self._get_reauth_entry()
        if entry.unique_id not in heat_pumps:
            return self.async_abort(reason="wrong_account")
        # A new token alone reloads nothing.
        signed_in = {const.CONF_SIGNED_IN_AT: dt_util.utcnow().isoformat()}
        return self.async_update_and_abort(
            entry, data_updates=self._sign_in | signed_in
        )

    async def async_step_reconfigure(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask what has changed."""
        return self.async_show_menu(
            step_id="reconfigure",
            menu_options=["meter", "plant"],
            description_placeholders={CONF_NAME: self._get_reconfigure_entry().title},
        )


def _unique_id(heat_pump: client.HeatPumpIdentity) -> str:
    return f"{Kind.HEAT_PUMP}_{heat_pump.gateway_serial}_{heat_pump.device_id}"
