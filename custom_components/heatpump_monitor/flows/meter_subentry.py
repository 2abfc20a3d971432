"""The flow that adds a meter to a heat pump, or changes one."""

from typing import Any, override

from homeassistant.config_entries import (
    ConfigSubentry,
    ConfigSubentryFlow,
    SubentryFlowContext,
    SubentryFlowResult,
)
from homeassistant.const import CONF_NAME

from .. import const
from ..const import METER_SUBENTRY
from ..meter_subentries import role_of
from ..readings import Role
from . import roles
from .meter import METER_STEPS, MeterSteps
from .meter_shelly import dismiss_discovery
from .schemas import async_selector_texts


class MeterSubentryFlow(
    MeterSteps[SubentryFlowContext, SubentryFlowResult, tuple[str, str]],
    ConfigSubentryFlow,
):
    """Adds or changes a meter: its role, and the device or the entities."""

    _warned_of: Role | None = None
    """The role whose warning was shown: entered again, it is confirmed."""

    async def async_step_user(
        self, user_input: dict[str, Any] | None = None
    ) -> SubentryFlowResult:
        """Begin a new meter with its role."""
        return await self.async_step_meter_role()

    async def async_step_reconfigure(
        self, user_input: dict[str, Any] | None = None
    ) -> SubentryFlowResult:
        """Ask what has changed: the role, or what is read."""
        self._known_meter = known = self._get_reconfigure_subentry()
        self._role = role_of(known)
        devices = METER_STEPS[-1:] if self._role is Role.HEAT else METER_STEPS
        return self.async_show_menu(
            step_id="reconfigure",
            menu_options=["meter_role", *devices],
            description_placeholders={CONF_NAME: known.title},
        )

    async def async_step_meter_role(
        self, user_input: dict[str, Any] | None = None
    ) -> SubentryFlowResult:
        """Ask what the meter measures; refuse or warn of what makes no sense."""
        known, errors = self._known_meter, dict[str, str]()
        if user_input is not None:
            role = Role(user_input[const.CONF_ROLE])
            if (error := self._problem(role)) is None:
                self._role = role
                if known is None:
                    return await self.async_step_meter()
                return await self._async_change_role(known, user_input)
            errors[const.CONF_ROLE] = error
        texts = await async_selector_texts(self.hass, "role")
        return self.async_show_form(
            step_id="meter_role",
            data_schema=self.add_suggested_values_to_schema(
                roles.role_schema(known), user_input or (known.data if known else {})
            ),
            errors=errors,
            description_placeholders={
                "meters": roles.role_list(self._other_meters, texts)
            },
        )

    def _problem(self, role: Role) -> str | None:
        """Return why a role cannot be, or has to be confirmed; None otherwise."""
        known, others = (
            self._known_meter,
            [role_of(each) for each in self._other_meters],
        )
        if known is not None and role is Role.HEAT and not roles.counts_energy(known):
            return "energy_required"
        if (error := roles.role_error(role, others)) is not None:
            return error
        is_confirmed = role in (self._warned_of, known and role_of(known))
        self._warned_of = role
        return None if is_confirmed else roles.role_warning(role, others)

    async def _async_change_role(
        self, meter: ConfigSubentry, entered: dict[str, Any]
    ) -> SubentryFlowResult:
        texts = await async_selector_texts(self.hass, "role")
        name = roles.untitled(meter, texts)
        if const.CONF_REVERSED_PHASES in entered:
            entered[const.CONF_REVERSED_PHASES].sort()
        return self.async_update_and_abort(
            self._get_entry(),
            meter,
            data_updates=entered,
            title=roles.titled(name, self._role, texts),
        )

    @override
    async def _async_meter_ready(self) -> SubentryFlowResult:
        """Add the meter, or let it take the place of the known one."""
        meter, known = self._meter, self._known_meter
        texts = await async_selector_texts(self.hass, "role")
        if meter.unique_id is not None:
            dismiss_discovery(self.hass, meter.unique_id, self.flow_id)
        title = roles.titled(meter.name, self._role, texts)
        data = {**meter.data, const.CONF_ROLE: self._role.value}
        if known is None:
            data[const.CONF_METER_KEY] = roles.new_key(self._role, self._other_meters)
            return self.async_create_entry(
                title=title, data=data, unique_id=meter.unique_id
            )
        if const.CONF_METER_KEY in known.data:
            data[const.CONF_METER_KEY] = known.data[const.CONF_METER_KEY]
        return self.async_update_and_abort(
            self._get_entry(), known, data=data, title=title, unique_id=meter.unique_id
        )

    @property
    def _other_meters(self) -> list[ConfigSubentry]:
        known_id = self._known_meter.subentry_id if self._known_meter else None
        return [
            each
            for each in self._get_entry().get_subentries_of_type(METER_SUBENTRY)
            if each.subentry_id != known_id
        ]

    @property
    @override
    def _own_entry_id(self) -> str:
        return self._entry_id
