"""Import what Home Assistant recorded before: choose, look at it, confirm."""

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from homeassistant.config_entries import (
    ConfigEntry,
    ConfigFlowResult,
    FlowType,
    OptionsFlow,
)
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util import dt as dt_util

from ..history.transfer import candidates as statistics, importing
from ..history.transfer.finding import async_find, devices_of
from ..performance.plant import HeatMethod
from . import history_forms as forms
from .schemas import Texts, async_selector_texts

if TYPE_CHECKING:
    from ..coordinator import HeatpumpData, PerformanceCoordinator

type _Error = tuple[str, dict[str, str]]
"""Why there is nothing to import: the key of the text, and what stands in it."""


AFTER_SET_UP: Final[Mapping[str, str]] = {"next_step_id": "history"}
"""What the options flow starts with to lead to these steps at once."""


async def async_next_flow(
    hass: HomeAssistant, entry: ConfigEntry
) -> tuple[FlowType, str] | None:
    """Start these steps after the set-up; None where there is nothing to import."""
    flow = await hass.config_entries.options.async_init(
        entry.entry_id, data=dict(AFTER_SET_UP)
    )
    if flow["type"] is FlowResultType.ABORT:
        return None
    return FlowType.OPTIONS_FLOW, flow["flow_id"]


class HistorySteps(OptionsFlow):
    """Imports long-term statistics; nothing is written before it is confirmed."""

    _choice: statistics.Choice
    _method: HeatMethod
    _plan: importing.ImportPlan
    _planned: importing.Imported
    _texts: Texts

    def __init__(self) -> None:
        """Start with nothing known."""
        self._known: dict[str, statistics.Candidate] = {}
        self._error: _Error | None = None
        self._reading: asyncio.Task[_Error | None] | None = None
        self._importing: asyncio.Task[importing.Imported] | None = None

    async def async_step_history(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask which statistics are of this heat pump."""
        if self._performance is None:
            return self.async_abort(reason="not_loaded")
        if not self._known:
            try:
                await self._async_find()
            except importing.ImportRefusedError as err:
                return self.async_abort(reason=err.key)
        if not any(each.is_energy for each in self._known.values()):
            return self.async_abort(reason="no_statistics")
        if user_input is not None:
            self._choice = statistics.Choice(**user_input)
            self._error = self._wrong_choice()
            if self._error is None:
                return await self._async_chosen()
        return self._ask_which()

    def _ask_which(self) -> ConfigFlowResult:
        choice, error = self._choice, self._error
        self._error = None
        schema = forms.history_schema(self._known.values(), self._texts)
        return self.async_show_form(
            step_id="history",
            data_schema=self.add_suggested_values_to_schema(
                schema,
                {
                    statistics.ELECTRICITY: list(choice.electricity),
                    statistics.HEAT: list(choice.heat),
                    statistics.OUTSIDE: choice.outside,
                },
            ),
            errors={"base": error[0]} if error else {},
            description_placeholders=error[1] if error else {},
        )

    async def _async_find(self) -> None:
        devices = devices_of(self.hass, self.config_entry)
        found = statistics.ordered(await async_find(self.hass), devices)
        self._known = {each.statistic_id: each for each in found}
        self._choice = statistics.suggested(found, devices)
        self._texts = await async_selector_texts(self.hass, "history")

    def _wrong_choice(self) -> _Error | None:
        choice, known = self._choice, self._known
        if not choice.electricity:
            return "nothing_chosen", {}
        if both := sorted({*choice.electricity} & {*choice.heat}):
            return "electricity_as_heat", {"name": known[both[0]].name}
        for ids in (choice.electricity, choice.heat):
            if same := statistics.counted_twice(known[each] for each in ids):
                one, other = same
                return "counted_twice", {"one": one.name, "other": other.name}
        return None

    async def _async_chosen(self) -> ConfigFlowResult:
        heats = [self._known[each].meaning for each in self._choice.heat]
        self._method = HeatMethod.COUNTER
        # Of others, it is not known who counts it.
        if any(each.quantity != statistics.HEAT for each in heats):
            return await self.async_step_history_method()
        return await self.async_step_history_reading()

    async def async_step_history_method(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask how the heat was measured."""
        if user_input is not None:
            self._method = HeatMethod(user_input[forms.CONF_IMPORTED_HEAT])
            return await self.async_step_history_reading()
        return self.async_show_form(
            step_id="history_method", data_schema=forms.METHOD_SCHEMA
        )

    async def async_step_history_reading(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Read the statistics, and find out what they would give."""
        if self._reading is None:
            self._reading = self.hass.async_create_task(self._async_read())
        if not self._reading.done():
            return self.async_show_progress(
                step_id="history_reading",
                progress_action="history_reading",
                progress_task=self._reading,
            )
        self._error, self._reading = self._reading.result(), None
        return self.async_show_progress_done(
            next_step_id="history" if self._error else "history_preview"
        )

    async def _async_read(self) -> _Error | None:
        """Plan the import; return why there is nothing to import."""
        if (performance := self._performance) is None:
            return "not_loaded", {}
        monitor = performance.monitor
        calendar = monitor.ledger.calendar
        try:
            imported = await importing.async_from_statistics(
                self.hass,
                statistics.pairs_of(self._choice, self._known),
                self._choice.outside,
                None,
                monitor.plant,
                calendar.time_zone,
                self._method,
            )
            today = calendar.local_day(dt_util.utcnow())
            self._plan = importing.plan_import(imported, None, today)
        except importing.ImportRefusedError as err:
            return err.key, err.placeholders
        _, self._planned = await performance.async_plan_import(self._plan)
        if not self._planned.days_imported:
            return "nothing_new", {"days": str(self._planned.days_left_alone)}
        return None

    async def async_step_history_preview(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Show what would be imported, and ask whether it shall be."""
        return self.async_show_menu(
            step_id="history_preview",
            menu_options=["history_import", "history"],
            description_placeholders={"summary": self._summary(self._planned)},
        )

    async def async_step_history_import(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Import what was shown."""
        if self._importing is None:
            if (performance := self._performance) is None:
                return self.async_abort(reason="not_loaded")
            self._importing = self.hass.async_create_task(
                self._async_import(performance)
            )
        if not self._importing.done():
            return self.async_show_progress(
                step_id="history_import",
                progress_action="history_import",
                progress_task=self._importing,
            )
        return self.async_show_progress_done(next_step_id="history_done")

    async def _async_import(
        self, performance: PerformanceCoordinator
    ) -> importing.Imported:
        # Home Assistant cancels the task of a flow that is closed: not half-way.
        return await asyncio.shield(
            self.hass.async_create_task(
                performance.async_import(self._plan, self.async_update_progress)
            )
        )

    async def async_step_history_done(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Say what became of the import; the options stay as they are."""
        if TYPE_CHECKING:
            assert self._importing is not None
        try:
            imported = self._importing.result()
        except HomeAssistantError as err:
            return self.async_abort(
                reason="import_not_saved",
                description_placeholders=err.translation_placeholders,
            )
        return self.async_abort(
            reason="history_imported",
            description_placeholders={"summary": self._summary(imported)},
        )

    def _summary(self, imported: importing.Imported) -> str:
        return forms.summary(imported, self._texts, has_heat=bool(self._choice.heat))

    @property
    def _performance(self) -> PerformanceCoordinator | None:
        """Return what counts now; None while the entry is not loaded."""
        # Home Assistant removes it while the entry is not loaded.
        data: HeatpumpData | None = getattr(self.config_entry, "runtime_data", None)
        return None if data is None else data.performance
