"""The steps of a flow for an export to a time-series database."""

from collections.abc import Collection, Mapping
from typing import Any, Final

import probatio
from yarl import URL

from homeassistant.config_entries import ConfigFlowResult
from homeassistant.const import CONF_URL, CONF_USERNAME
from homeassistant.helpers.typing import UNDEFINED
from homeassistant.util import dt as dt_util, slugify

from ..const import (
    CONF_BUCKET,
    CONF_DATABASE,
    CONF_HOME,
    CONF_KIND,
    CONF_SIGNED_IN_AT,
    CONF_TARGET,
    DOMAIN,
    Kind,
    TargetKind,
)
from ..exporter.build import target_of
from ..exporter.connection import async_check, async_deduplicates
from ..exporter.targets.base import TargetError, TargetRefused
from . import export_forms as forms
from .changed_entry import ChangedEntryFlow
from .export_forms import Refused
from .export_options import async_entries_to_export
from .export_selection import options_of, what_schema
from .schemas import async_selector_texts

# Where a failure is shown that the owner can mend at a field; others, above the form.
_FIELDS: Final[Mapping[str, str]] = {
    "export_host_unknown": CONF_URL,
    "export_connection_refused": CONF_URL,
    "export_tls": CONF_URL,
    "export_timeout": CONF_URL,
    "export_https_needed": CONF_URL,
    "export_not_that_server": CONF_URL,
    "export_database_unknown": CONF_DATABASE,
    "export_bucket_unknown": CONF_BUCKET,
}


class ExportSteps(ChangedEntryFlow):
    """Asks for a database, tries the connection, and asks what is exported."""

    _target: TargetKind
    _connection: Mapping[str, str]
    _secrets: Mapping[str, str] = {}
    """What was entered before, and is not shown."""
    _warnings: Collection[str] = ()

    async def async_step_export(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask which database it is."""
        return self.async_show_menu(
            step_id="export", menu_options=[f"export_{each}" for each in TargetKind]
        )

    async def async_step_export_influxdb1(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for a database of InfluxDB 1."""
        return await self._async_ask_for(TargetKind.INFLUXDB1, user_input)

    async def async_step_export_influxdb2(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for a bucket of InfluxDB 2."""
        return await self._async_ask_for(TargetKind.INFLUXDB2, user_input)

    async def async_step_export_influxdb3(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for a database of InfluxDB 3."""
        return await self._async_ask_for(TargetKind.INFLUXDB3, user_input)

    async def async_step_export_victoria_metrics(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for a server of VictoriaMetrics."""
        return await self._async_ask_for(TargetKind.VICTORIA_METRICS, user_input)

    async def async_step_export_emoncms(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for an account of emoncms."""
        return await self._async_ask_for(TargetKind.EMONCMS, user_input)

    async def async_step_export_reauth(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for a new secret of the kind that the database was given."""
        known = self._get_reauth_entry().data
        if known[CONF_TARGET] == TargetKind.EMONCMS:
            return await self.async_step_export_api_key()
        if known[CONF_TARGET] == TargetKind.INFLUXDB1 or CONF_USERNAME in known:
            return await self.async_step_export_sign_in()
        return await self.async_step_export_token()

    async def async_step_export_sign_in(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for the new password of a user."""
        schema = forms.SIGN_IN_SCHEMA
        return await self._async_sign_in_again("export_sign_in", schema, user_input)

    async def async_step_export_token(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for a new token."""
        schema = forms.TOKEN_SCHEMA
        return await self._async_sign_in_again("export_token", schema, user_input)

    async def async_step_export_api_key(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for the new API key of an account of emoncms."""
        schema = forms.TOKEN_SCHEMA
        return await self._async_sign_in_again("export_api_key", schema, user_input)

    async def async_step_export_reconfigure(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask what has changed of the connection; the kind of database stays."""
        known = self._get_reconfigure_entry().data
        self._secrets = forms.secrets_of(known)
        return await self._async_ask_for(TargetKind(known[CONF_TARGET]), None)

    async def async_step_export_warnings(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Show what is better known before anything is exported."""
        if user_input is not None:
            return await self._async_connected()
        texts = await async_selector_texts(self.hass, "export_warning")
        warnings = "\n".join(f"* {texts[each]}" for each in self._warnings)
        return self.async_show_form(
            step_id="export_warnings", description_placeholders={"warnings": warnings}
        )

    async def async_step_export_what(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask what is exported, and create the entry."""
        entries = await async_entries_to_export(self.hass)
        schema = what_schema(self._target, entries)
        if user_input is None:
            first = {CONF_HOME: self._own_home}
            return self._show_form("export_what", schema, first)
        try:
            options = options_of(user_input)
        except Refused as err:
            return self._show_form("export_what", schema, user_input, err)
        return self.async_create_entry(
            title=forms.title_of(self._target, self._connection),
            data=self._data,
            options=options,
        )

    async def _async_ask_for(
        self, target: TargetKind, entered: dict[str, Any] | None
    ) -> ConfigFlowResult:
        """Go on with a connection that works, or say what is wrong with it."""
        self._target = target
        if entered is None:
            return self._show_connection(self._known_connection)
        self._secrets = {**self._secrets, **forms.secrets_of(entered)}
        try:
            self._connection = forms.connection_of(target, entered, self._secrets)
            # The form shows which URL was tried.
            entered = {**entered, **self._connection}
            await self._async_check_unused()
            self._warnings = await self._async_check()
        except Refused as err:
            if err.field in forms.SECRETS:
                self._secrets = forms.secrets_of(self._known_connection)
            return self._show_connection(entered, err)
        if self._warnings:
            return await self.async_step_export_warnings()
        return await self._async_connected()

    async def _async_sign_in_again(
        self, step_id: str, schema: probatio.Schema, entered: dict[str, Any] | None
    ) -> ConfigFlowResult:
        """Keep a new secret that works, or say what is wrong with it."""
        known = self._known_connection
        self._target = TargetKind(known[CONF_TARGET])
        if entered is None:
            return self._show_form(step_id, schema, known)
        try:
            self._connection = forms.connection_of(self._target, {**known, **entered})
            await self._async_check()
        except Refused as err:
            return self._show_form(step_id, schema, entered, err)
        return await self._async_connected()

    async def _async_connected(self) -> ConfigFlowResult:
        """Go on after the connection was tried."""
        if (known := self._changed_entry) is None:
            return await self.async_step_export_what()
        is_own_title = known.title != forms.title_of(self._target, known.data)
        title = forms.title_of(self._target, self._connection)
        return self.async_update_and_abort(
            known,
            unique_id=forms.unique_id_of(self._target, self._connection),
            title=UNDEFINED if is_own_title else title,
            # A new token alone reloads nothing.
            data=self._data | {CONF_SIGNED_IN_AT: dt_util.utcnow().isoformat()},
        )

    async def _async_check_unused(self) -> None:
        """Abort or raise `Refused` if another entry exports to the same place."""
        unique_id = forms.unique_id_of(self._target, self._connection)
        if (known := self._changed_entry) is None:
            await self.async_set_unique_id(unique_id, raise_on_progress=False)
            self._abort_if_unique_id_configured()
            return
        entries = self.hass.config_entries
        other = entries.async_entry_for_domain_unique_id(DOMAIN, unique_id)
        if other is not None and other is not known:
            raise Refused(CONF_URL, "export_in_use", other=other.title)

    def _show_connection(
        self, values: Mapping[str, Any], err: Refused | None = None
    ) -> ConfigFlowResult:
        schema = forms.connection_schema(self._target, self._secrets)
        return self._show_form(f"export_{self._target}", schema, values, err)

    def _show_form(
        self,
        step_id: str,
        schema: probatio.Schema,
        values: Mapping[str, Any],
        err: Refused | None = None,
    ) -> ConfigFlowResult:
        """Show a form, filled with all but secrets."""
        shown = {key: each for key, each in values.items() if key not in forms.SECRETS}
        return self.async_show_form(
            step_id=step_id,
            data_schema=self.add_suggested_values_to_schema(schema, shown),
            errors={} if err is None else {err.place_in(schema): err.key},
            description_placeholders=err.placeholders if err else {},
        )

    @property
    def _data(self) -> dict[str, str]:
        """Return what the entry keeps of the connection."""
        kind = {CONF_KIND: Kind.EXPORT.value, CONF_TARGET: self._target.value}
        return {**kind, **self._connection}

    @property
    def _known_connection(self) -> Mapping[str, Any]:
        """Return what is known before anything is entered."""
        if (known := self._changed_entry) is not None:
            return known.data
        is_emoncms = self._target is TargetKind.EMONCMS
        return {CONF_URL: forms.EMONCMS_URL} if is_emoncms else {}

    async def _async_check(self) -> list[str]:
        """Return what to warn of; raise `Refused` if nothing can be written."""
        known = self._changed_entry
        home = known.options[CONF_HOME] if known else self._own_home
        url = URL(self._connection[CONF_URL])
        try:
            target = target_of(self.hass, self._data)
            await async_check(target, home=home, now=dt_util.utcnow())
            deduplicates = await async_deduplicates(target)
        except TargetError as err:
            raise self._refused(err) from err
        warnings = ["plain_http"] if url.scheme == "http" else []
        if not deduplicates:
            is_known = deduplicates is not None
            warnings.append("dedup_missing" if is_known else "dedup_unknown")
        return warnings

    @property
    def _own_home(self) -> str:
        """Return the tag that is proposed: the name of the household."""
        return slugify(self.hass.config.location_name)

    def _refused(self, err: TargetError) -> Refused:
        """Return a failure of the connection at the field where it can be mended."""
        key, field = err.key, _FIELDS.get(err.key, "base")
        if isinstance(err, TargetRefused):
            given = forms.secrets_of(self._connection)
            key = key if given else "export_sign_in_missing"
            field = next(iter(given), forms.sign_in_field(self._target))
        return Refused(field, key, **err.placeholders)
