"""The steps of a flow for the meter of a whole house."""

import asyncio
from collections.abc import Mapping
from typing import Any, Final, override

from homeassistant.config_entries import (
    SOURCE_REAUTH,
    SOURCE_RECONFIGURE,
    SOURCE_ZEROCONF,
    ConfigEntry,
    ConfigFlowResult,
)
from homeassistant.const import CONF_HOST, CONF_NAME, CONF_TOKEN
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from homeassistant.helpers.service_info.zeroconf import ZeroconfServiceInfo
from homeassistant.util import dt as dt_util

from ..const import (
    CONF_ENTITIES,
    CONF_IDENTIFIER,
    CONF_KIND,
    CONF_SIGNED_IN_AT,
    CONF_SOURCE,
    DOMAIN,
    HouseMeterSource,
    Kind,
    MeterKind,
)
from ..p1_token import async_token_name
from ..readings import Role
from ..sources.base import SourceError, plain_mac
from ..sources.entities.fields import GRID_FIELDS
from ..sources.entities.mapping import Offer
from ..sources.homewizard.p1 import request_token
from ..sources.homewizard.p1_connection import P1Connection, identifier_at, serial_of
from ..sources.homewizard.p1_errors import P1ButtonNotPressed, P1IsAnother
from ..trade_names import meter_name
from . import entity_forms as forms
from .discovery import DiscoverySteps
from .entity_forms import Entities
from .meter_base import entered_host
from .roles import ENERGY
from .schemas import meter_schema

_P1: Final = "HWE-P1"
_HTTPS_PORT: Final = 443
_SERVICES: Final = ("_homewizard._tcp.local.", "_hwenergy._tcp.local.")
# A P1 meter gives a token for 30 s after a press; walking there takes time, too.
_SECONDS_TO_PRESS: Final = 60
_PAUSE_S: Final = 1.0
ENTITIES_SCHEMA: Final = forms.entity_schema(GRID_FIELDS.values())


class HouseMeterSteps(DiscoverySteps):
    """Sets up the meter of a house: a P1 meter by HomeWizard, or entities."""

    _is_of_house = False
    _p1_host = ""
    _identifier = ""
    """The name of the P1 meter in its certificate."""
    _asking: asyncio.Task[str] | None = None
    _token = ""
    _failure: str | None = None
    """Why there is no token yet, as the key of a text."""

    async def async_step_house_meter(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask which kind of meter the house has."""
        self._is_of_house, self._role = True, Role.GRID
        return self.async_show_menu(
            step_id="house_meter", menu_options=["house_p1", "meter_entities"]
        )

    async def async_step_house_p1(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask where the P1 meter is; of a known one, where it is now."""
        errors: dict[str, str] = {}
        known = self._known_entry
        if user_input is not None:
            host = entered_host(user_input)
            serial = known.unique_id if known else None
            try:
                await self._async_find_p1(host, serial)
            except SourceError as err:
                errors[CONF_HOST] = err.key
            else:
                return await self._async_p1_found()
        return self.async_show_form(
            step_id="house_p1",
            data_schema=self.add_suggested_values_to_schema(
                meter_schema([]), user_input or (known.data if known else {})
            ),
            errors=errors,
        )

    @override
    async def async_step_zeroconf(
        self, discovery_info: ZeroconfServiceInfo
    ) -> ConfigFlowResult:
        """Take a P1 meter that announced itself, by either version of its API."""
        if discovery_info.type not in _SERVICES:
            return await super().async_step_zeroconf(discovery_info)
        if discovery_info.ip_address.version == 6:
            return self.async_abort(reason="ipv6_not_supported")
        properties = discovery_info.properties
        serial = properties.get("serial")
        if properties.get("product_type") != _P1 or not serial:
            return self.async_abort(reason="not_a_p1")
        host, port = discovery_info.host, discovery_info.port
        if discovery_info.type == _SERVICES[0] and port not in (None, _HTTPS_PORT):
            host = f"{host}:{port}"
        await self._async_set_serial(serial, host)
        self._is_of_house, self._p1_host = True, host
        self.context["title_placeholders"] = {CONF_NAME: meter_name(_P1)}
        return await self.async_step_house_found()

    async def async_step_house_found(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask whether to set up the P1 meter that was found."""
        errors: dict[str, str] = {}
        if user_input is not None:
            try:
                await self._async_find_p1(self._p1_host, self.unique_id)
            except SourceError as err:
                errors["base"] = err.key
            else:
                return await self.async_step_house_button()
        return self.async_show_form(
            step_id="house_found",
            errors=errors,
            description_placeholders={CONF_HOST: self._p1_host},
        )

    async def async_step_house_button(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Explain the button of the P1 meter; after a failure, say why."""
        if user_input is not None:
            self._failure = None
            return await self.async_step_house_waiting()
        return self.async_show_form(
            step_id="house_button",
            errors={"base": self._failure} if self._failure else {},
            description_placeholders={
                CONF_HOST: self._p1_host,
                "seconds": str(_SECONDS_TO_PRESS),
            },
        )

    async def async_step_house_waiting(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for a token until the button is pressed, and show the time left."""
        if self._asking is None:
            self._asking = self.hass.async_create_task(self._async_ask_for_token())
        if not self._asking.done():
            return self.async_show_progress(
                step_id="house_waiting",
                progress_action="house_button",
                progress_task=self._asking,
            )
        asked, self._asking = self._asking, None
        try:
            self._token = asked.result()
        except SourceError as err:
            self._failure = err.key
            return self.async_show_progress_done(next_step_id="house_button")
        return self.async_show_progress_done(next_step_id="house_done")

    async def async_step_house_done(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Keep the token: of a new entry, or of the one whose token was revoked."""
        token = {
            CONF_TOKEN: self._token,
            # A new token alone reloads nothing.
            CONF_SIGNED_IN_AT: dt_util.utcnow().isoformat(),
        }
        if self.source == SOURCE_REAUTH:
            return self.async_update_and_abort(
                self._get_reauth_entry(), data_updates=token
            )
        # Another flow may have been faster, whose token has ended with this one.
        self._abort_if_unique_id_configured(token, reload_on_update=False)
        return self.async_create_entry(
            title=meter_name(_P1),
            data={
                CONF_KIND: Kind.HOUSE_METER.value,
                CONF_SOURCE: HouseMeterSource.HOMEWIZARD.value,
                CONF_HOST: self._p1_host,
                CONF_IDENTIFIER: self._identifier,
                **token,
            },
        )

    async def async_step_house_reauth(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for a new token of a P1 meter that revoked the old one."""
        known = self._get_reauth_entry().data
        self._p1_host, self._identifier = known[CONF_HOST], known[CONF_IDENTIFIER]
        self._failure = "p1_unauthorized"
        return await self.async_step_house_button()

    async def async_step_house_reconfigure(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for the new address of a P1 meter, or for other entities."""
        self._is_of_house, self._role = True, Role.GRID
        known = self._get_reconfigure_entry().data
        if known[CONF_SOURCE] == HouseMeterSource.ENTITIES:
            return await self.async_step_house_entities()
        return await self.async_step_house_p1()

    @override
    async def async_step_meter_entity_fields(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        if self._is_of_house:
            return await self.async_step_house_entities()
        return await super().async_step_meter_entity_fields(user_input)

    async def async_step_house_entities(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for the entities of the house's meter; energy is required."""
        if user_input is None:
            first = forms.entity_ids(self.hass, self._first_meter_entities)
            return self._show_house_entities(first, {})
        if ENERGY not in user_input:
            error = {ENERGY: "house_energy_required"}
            return self._show_house_entities(user_input, error)
        problems = await forms.async_problems(self.hass, user_input, GRID_FIELDS)
        if problems:
            errors = dict.fromkeys(problems, "entity_unusable")
            problem = " ".join(problems.values())
            return self._show_house_entities(user_input, errors, problem)
        return await self._async_house_entities_chosen(user_input)

    async def _async_house_entities_chosen(self, chosen: Entities) -> ConfigFlowResult:
        kept = {CONF_ENTITIES: forms.registry_ids(self.hass, chosen)}
        if (known := self._known_entry) is not None:
            return self.async_update_and_abort(known, data_updates=kept)
        source = HouseMeterSource.ENTITIES.value
        await self.async_set_unique_id(
            f"{Kind.HOUSE_METER}_{source}_{kept[CONF_ENTITIES][ENERGY]}",
            raise_on_progress=False,
        )
        self._abort_if_unique_id_configured()
        offer = self._meter_offer
        return self.async_create_entry(
            title=offer.title if offer else forms.name_of(self.hass, chosen),
            data={CONF_KIND: Kind.HOUSE_METER.value, CONF_SOURCE: source, **kept},
        )

    def _show_house_entities(
        self, entities: Entities, errors: dict[str, str], problem: str = ""
    ) -> ConfigFlowResult:
        return self.async_show_form(
            step_id="house_entities",
            data_schema=self.add_suggested_values_to_schema(ENTITIES_SCHEMA, entities),
            errors=errors,
            description_placeholders={"problem": problem},
        )

    @override
    def _fits(self, offer: Offer) -> bool:
        of_house = self._is_of_house and offer.mapping.role is Role.GRID
        return of_house or super()._fits(offer)

    @property
    def _known_entry(self) -> ConfigEntry | None:
        """Return the entry that is changed; None for a new one."""
        if self.source != SOURCE_RECONFIGURE:
            return None
        return self._get_reconfigure_entry()

    @override
    def _known_data(self, kind: MeterKind) -> Mapping[str, Any] | None:
        if self._is_of_house and (known := self._known_entry) is not None:
            return known.data
        return super()._known_data(kind)

    @override
    def _follow(self, device: str, host: str) -> bool:
        """Take the new address of a P1 meter, too."""
        entry = self.hass.config_entries.async_entry_for_domain_unique_id(
            DOMAIN, plain_mac(device).lower()
        )
        if entry is None or CONF_HOST not in entry.data:
            return super()._follow(device, host)
        data = {**entry.data, CONF_HOST: host}
        self.hass.config_entries.async_update_entry(entry, data=data)
        return True

    async def _async_find_p1(self, host: str, serial: str | None) -> None:
        """Look for a P1 meter at an address, perhaps a known one, or raise an error."""
        session = async_get_clientsession(self.hass)
        identifier = await identifier_at(session, host)
        if serial is not None and serial_of(identifier) != serial:
            raise P1IsAnother
        self._p1_host, self._identifier = host, identifier

    async def _async_p1_found(self) -> ConfigFlowResult:
        if (known := self._known_entry) is not None:
            host = {CONF_HOST: self._p1_host, CONF_IDENTIFIER: self._identifier}
            return self.async_update_and_abort(known, data_updates=host)
        await self._async_set_serial(serial_of(self._identifier), self._p1_host)
        return await self.async_step_house_button()

    async def _async_set_serial(self, serial: str, host: str) -> None:
        """Abort if the P1 meter is set up already, and take its new address."""
        is_discovered = self.source == SOURCE_ZEROCONF
        await self.async_set_unique_id(serial, raise_on_progress=is_discovered)
        # A change reloads the entry.
        self._abort_if_unique_id_configured({CONF_HOST: host}, reload_on_update=False)

    async def _async_ask_for_token(self) -> str:
        """Return a new token, or raise a `SourceError`."""
        name = await async_token_name(self.hass)
        session = async_get_clientsession(self.hass)
        connection = P1Connection(session, self._p1_host, self._identifier)
        for second in range(_SECONDS_TO_PRESS):
            self.async_update_progress(second / _SECONDS_TO_PRESS)
            try:
                return await request_token(connection, name)
            except P1ButtonNotPressed:
                await asyncio.sleep(_PAUSE_S)
        raise P1ButtonNotPressed
