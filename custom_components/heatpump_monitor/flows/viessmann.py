"""The steps of a flow for a heat pump of a Viessmann account."""

from collections.abc import Mapping
from typing import Any, override

from homeassistant.config_entries import SOURCE_REAUTH, ConfigFlowResult
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from homeassistant.helpers.config_entry_oauth2_flow import AbstractOAuth2FlowHandler
from homeassistant.util import dt as dt_util

from .. import const
from ..budget_store import async_get_budget
from ..const import Kind
from ..issues import local_text
from ..meter_subentries import SUBENTRY_ID
from ..sources.endpoints import viessmann_endpoints
from ..sources.ranges import Ranges
from ..sources.viessmann import client
from ..sources.viessmann.features import heat_pump_reading
from ..sources.viessmann.oauth import OAuthTokens
from ..trade_names import heat_pump_name
from . import schemas
from .heat_pump import HeatPumpSteps


class ViessmannSteps(HeatPumpSteps, AbstractOAuth2FlowHandler):
    """Signs in to a Viessmann account, and sets up one of its heat pumps."""

    _client: client.ViessmannClient

    def __init__(self) -> None:
        """Start with nothing known."""
        super().__init__()
        self._heat_pumps: dict[str, client.HeatPumpIdentity] = {}
        self._sign_in: dict[str, Any] = {}

    async def async_step_viessmann(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Start with the sign-in."""
        return await self.async_step_pick_implementation()

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
        heat_pump = self._heat_pumps[unique_id]
        self._source_data = {
            **self._sign_in,
            const.CONF_INSTALLATION_ID: heat_pump.installation_id,
            const.CONF_GATEWAY_SERIAL: heat_pump.gateway_serial,
            const.CONF_DEVICE_ID: heat_pump.device_id,
            const.CONF_MODEL: heat_pump.model,
        }
        await self._async_read_heat_pump(heat_pump)
        return await self._async_heat_pump_chosen()

    async def _async_read_heat_pump(self, heat_pump: client.HeatPumpIdentity) -> None:
        """Read name and values of the heat pump; set-up goes on without them."""
        model = heat_pump.model
        self._title, self._reading = heat_pump_name(model), None
        try:
            features = await self._client.read_features(heat_pump)
        except client.ViessmannError:
            return
        self._title = heat_pump_name(model, features)
        self._reading = heat_pump_reading(
            features, time=dt_util.utcnow(), ranges=Ranges()
        )

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


def _unique_id(heat_pump: client.HeatPumpIdentity) -> str:
    return f"{Kind.HEAT_PUMP}_{heat_pump.gateway_serial}_{heat_pump.device_id}"
