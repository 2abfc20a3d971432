"""The steps of a flow for temperature probes: a ThermoWorks account, or entities."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

import probatio

from homeassistant.config_entries import ConfigEntry, ConfigFlowResult
from homeassistant.const import CONF_EMAIL, CONF_PASSWORD
from homeassistant.helpers import selector
from homeassistant.util import dt as dt_util

from ..const import (
    CONF_ENTITIES,
    CONF_KIND,
    CONF_SIGNED_IN_AT,
    CONF_SOURCE,
    DOMAIN,
    Kind,
    ProbeKind,
)
from ..issues import local_texts
from ..probes.build import async_thermoworks
from ..sources.base import AccountInfo, SourceError
from ..sources.entities.probes import probe_field
from ..sources.thermoworks.errors import (
    ThermoWorksUnknownEmail,
    ThermoWorksWrongPassword,
)
from ..sources.thermoworks.source import ThermoWorks
from . import entity_forms as forms
from .changed_entry import ChangedEntryFlow
from .schemas import PASSWORD_SCHEMA

ACCOUNT_SCHEMA: Final = probatio.Schema(
    {
        probatio.Required(CONF_EMAIL): selector.TextSelector(
            selector.TextSelectorConfig(
                type=selector.TextSelectorType.EMAIL, autocomplete="username"
            )
        ),
        **PASSWORD_SCHEMA.schema,
    }
)
PROBE_ENTITIES_SCHEMA: Final = probatio.Schema(
    {
        probatio.Optional(CONF_ENTITIES, default=list): selector.EntitySelector(
            selector.EntitySelectorConfig(
                filter=[{"domain": "sensor", "device_class": "temperature"}],
                multiple=True,
            )
        )
    }
)


class ProbeSteps(ChangedEntryFlow):
    """Signs in to a ThermoWorks account, or asks for temperature entities."""

    async def async_step_probes(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask where the temperatures come from."""
        return self.async_show_menu(
            step_id="probes", menu_options=["thermoworks", "probe_entities"]
        )

    async def async_step_thermoworks(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for e-mail address and password of an account."""
        if user_input is None:
            return self._show_account("thermoworks", {})
        return await self._async_try_account("thermoworks", user_input)

    async def async_step_probes_reauth(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for the new password of an account."""
        if user_input is None:
            return self._show_account("probes_reauth", {})
        return await self._async_try_account("probes_reauth", user_input)

    async def async_step_probes_reconfigure(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for another sign-in to the same account, or for other entities."""
        source = self._get_reconfigure_entry().data[CONF_SOURCE]
        if source == ProbeKind.ENTITIES:
            return await self.async_step_probe_entities()
        return await self.async_step_thermoworks()

    async def _async_try_account(
        self, step_id: str, user_input: dict[str, Any]
    ) -> ConfigFlowResult:
        """Go on with an account that can be read, or say what is wrong with it."""
        email = user_input[CONF_EMAIL].strip()
        password = user_input[CONF_PASSWORD]
        known = self._changed_entry
        try:
            source = await async_thermoworks(
                self.hass, email, password, asked_by_user=True
            )
            info = await source.identify()
            if known is None:
                await self.async_set_unique_id(info.identity, raise_on_progress=False)
                self._abort_if_unique_id_configured()
                await _check_probes(source)
        except SourceError as err:
            return self._show_account(step_id, user_input, err)
        sign_in = {
            CONF_EMAIL: email,
            CONF_PASSWORD: password,
            # A password that was right all the time reloads nothing.
            CONF_SIGNED_IN_AT: dt_util.utcnow().isoformat(),
        }
        if known is not None:
            return self._renew(known, info, sign_in)
        return self.async_create_entry(
            title=info.name,
            data={
                CONF_KIND: Kind.PROBES.value,
                CONF_SOURCE: ProbeKind.THERMOWORKS.value,
                **sign_in,
            },
        )

    def _renew(
        self, known: ConfigEntry, info: AccountInfo, sign_in: dict[str, str]
    ) -> ConfigFlowResult:
        if known.unique_id != info.identity:
            return self.async_abort(reason="another_probe_account")
        return self.async_update_and_abort(known, data_updates=sign_in)

    def _show_account(
        self, step_id: str, entered: dict[str, Any], err: SourceError | None = None
    ) -> ConfigFlowResult:
        known = self._changed_entry
        email = entered.get(CONF_EMAIL) or (known.data[CONF_EMAIL] if known else None)
        return self.async_show_form(
            step_id=step_id,
            data_schema=self.add_suggested_values_to_schema(
                ACCOUNT_SCHEMA, {CONF_EMAIL: email}
            ),
            errors={} if err is None else {_field_of(err): err.key},
            description_placeholders=local_texts(err.placeholders if err else {}),
        )

    async def async_step_probe_entities(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for the temperature entities; each is a probe."""
        if user_input is None:
            return self._show_probe_entities([*self._known_keys])
        chosen: list[str] = user_input[CONF_ENTITIES]
        if not chosen:
            return self._show_probe_entities(chosen, "entity_required")
        entities = {each: each for each in chosen}
        fields = {each: probe_field(each) for each in chosen}
        if problems := await forms.async_problems(self.hass, entities, fields):
            problem = " ".join(problems.values())
            return self._show_probe_entities(
                chosen, "entity_unusable", {"problem": problem}
            )
        kept = forms.registry_ids(self.hass, entities)
        for other in self._other_probes():
            if not set(kept.values()).isdisjoint(other.data[CONF_ENTITIES].values()):
                return self._show_probe_entities(
                    chosen, "probe_in_use", {"other": other.title}
                )
        return await self._async_probe_entities_chosen(chosen, kept)

    async def _async_probe_entities_chosen(
        self, chosen: Sequence[str], kept: dict[str, str]
    ) -> ConfigFlowResult:
        keys = self._known_keys
        data = {
            CONF_ENTITIES: {keys.get(each, kept[each]): kept[each] for each in kept}
        }
        if (known := self._changed_entry) is not None:
            return self.async_update_and_abort(known, data_updates=data)
        source = ProbeKind.ENTITIES.value
        await self.async_set_unique_id(
            f"{Kind.PROBES}_{source}_{kept[chosen[0]]}", raise_on_progress=False
        )
        self._abort_if_unique_id_configured()
        return self.async_create_entry(
            title=self._title_of(chosen),
            data={CONF_KIND: Kind.PROBES.value, CONF_SOURCE: source, **data},
        )

    def _title_of(self, chosen: Sequence[str]) -> str:
        """Return the name of the first device, and how many others there are."""
        names = dict.fromkeys(forms.name_of(self.hass, {each: each}) for each in chosen)
        first, *others = names
        return f"{first} + {len(others)}" if others else first

    def _show_probe_entities(
        self,
        chosen: Sequence[str],
        error: str | None = None,
        placeholders: dict[str, str] | None = None,
    ) -> ConfigFlowResult:
        return self.async_show_form(
            step_id="probe_entities",
            data_schema=self.add_suggested_values_to_schema(
                PROBE_ENTITIES_SCHEMA, {CONF_ENTITIES: list(chosen)}
            ),
            errors={CONF_ENTITIES: error} if error else {},
            description_placeholders=placeholders,
        )

    @property
    def _known_keys(self) -> dict[str, str]:
        """Return the keys of the probes of an entry, by their entity ids as they are."""
        known = self._changed_entry
        kept = {} if known is None else known.data[CONF_ENTITIES]
        entity_ids = forms.entity_ids(self.hass, kept)
        return {entity_id: key for key, entity_id in entity_ids.items()}

    def _other_probes(self) -> Iterator[ConfigEntry]:
        """Yield the other entries whose probes are entities."""
        known = self._changed_entry
        for entry in self.hass.config_entries.async_entries(DOMAIN):
            is_other = known is None or entry.entry_id != known.entry_id
            is_of_probes = entry.data.get(CONF_KIND) == Kind.PROBES
            if is_other and is_of_probes and CONF_ENTITIES in entry.data:
                yield entry


class _NoProbes(SourceError):
    """The account has no device yet."""

    key = "thermoworks_no_probes"


async def _check_probes(source: ThermoWorks) -> None:
    """Raise an error if an account has no probe at all."""
    if not await source.read(dt_util.utcnow):
        raise _NoProbes


def _field_of(err: SourceError) -> str:
    """Return the field at which an error is shown."""
    if isinstance(err, ThermoWorksUnknownEmail):
        return CONF_EMAIL
    return CONF_PASSWORD if isinstance(err, ThermoWorksWrongPassword) else "base"
