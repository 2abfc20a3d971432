"""Somebody in front of the flows, who cannot go on where a text is missing."""

from ipaddress import ip_address
import json
from pathlib import Path
from typing import Any, override

import aiohttp
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator
from yarl import URL

from custom_components.heatpump_monitor.const import DOMAIN, METER_SUBENTRY
from custom_components.heatpump_monitor.flows.entity_forms import SECTIONS
from custom_components.heatpump_monitor.flows.schemas import PLANT_SECTIONS
from homeassistant.config_entries import (
    SOURCE_RECONFIGURE,
    SOURCE_USER,
    ConfigEntry,
    ConfigFlowResult,
    ConfigSubentry,
)
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType, section
from homeassistant.helpers.service_info.zeroconf import ZeroconfServiceInfo
from simulator import Shelly

BRINE_ID = "heat_pump_7571381000000001_0"
AIR_ID = "heat_pump_7571381000000002_0"
ALL_PARTS = ["compressor", "source_pump", "backup_heater", "circulation_pumps"]
PASSWORD = "correct horse"
DATA_SHEET = [
    {"source_c": 0, "supply_c": 35, "heat_kw": 12.0},
    {"source_c": 0, "supply_c": 55, "heat_kw": 11.1},
]

_TRANSLATIONS = Path(__file__).parents[2] / "custom_components/heatpump_monitor"
LANGUAGES = [
    json.loads((_TRANSLATIONS / f"translations/{language}.json").read_text("utf-8"))
    for language in ("en", "de")
]


class User:
    """Somebody in front of a flow, who cannot go on where a text is missing."""

    def __init__(
        self,
        hass: HomeAssistant,
        internet: aiohttp.ClientSession,
        home: ClientSessionGenerator,
    ) -> None:
        """Sit down before a browser that reaches Viessmann and Home Assistant."""
        self._hass = hass
        self._internet = internet
        self._home = home
        self.sees: ConfigFlowResult

    async def start(self, source: str = SOURCE_USER, data: Any = None) -> None:
        """Start a flow, or see the one that a discovery started."""
        self.look_at(
            await self._hass.config_entries.flow.async_init(
                DOMAIN, context={"source": source}, data=data
            )
        )

    def look_at(self, result: ConfigFlowResult) -> None:
        """Read what is shown."""
        for language in LANGUAGES:
            assert_readable(result, self._texts(language))
        self.sees = result

    @property
    def _manager(self) -> Any:
        """Return what runs the flow."""
        return self._hass.config_entries.flow

    @staticmethod
    def _texts(language: dict[str, Any]) -> dict[str, Any]:
        """Return the texts of the flow."""
        texts: dict[str, Any] = language["config"]
        return texts

    async def choose(self, option: str) -> None:
        """Choose from the menu."""
        assert self.sees["type"] is FlowResultType.MENU
        await self.enter(next_step_id=option)

    async def open(self, flow_id: str) -> None:
        """Open a flow that waits for the user."""
        self.look_at(await self._manager.async_configure(flow_id))

    async def sign_in_again(self, entry: ConfigEntry) -> None:
        """Answer the request to sign in again."""
        entry.async_start_reauth(self._hass)
        await self._hass.async_block_till_done()
        (flow,) = self._hass.config_entries.flow.async_progress()
        await self.open(flow["flow_id"])
        await self.enter()
        await self.sign_in()

    async def reconfigure(self, entry: ConfigEntry) -> None:
        """Open what may be changed."""
        self.look_at(
            await self._hass.config_entries.flow.async_init(
                DOMAIN,
                context={"source": SOURCE_RECONFIGURE, "entry_id": entry.entry_id},
            )
        )

    async def enter(self, **user_input: Any) -> None:
        """Fill in the form and submit it."""
        self.look_at(
            await self._manager.async_configure(self.sees["flow_id"], user_input)
        )

    async def enter_plant(self, **plant: Any) -> None:
        """Fill in the form of the plant, each field in its section, and submit it."""
        assert self.step == "plant"
        sections = {
            name: {
                field: value
                for field, value in plant.items()
                if field in section.schema.schema
            }
            for name, section in PLANT_SECTIONS.items()
        }
        await self.enter(**sections)

    async def remove(self, entry: ConfigEntry) -> None:
        """Remove an entry."""
        await self._hass.config_entries.async_remove(entry.entry_id)

    async def enter_entities(self, **chosen: str) -> None:
        """Choose entities of a heat pump, each field in its section."""
        assert self.step == "entity_fields"
        sections = {
            name: {
                field: each
                for field, each in chosen.items()
                if field in section.schema.schema
            }
            for name, section in SECTIONS.items()
        }
        await self.enter(**sections)

    async def submit(self) -> None:
        """Submit a form as it is filled."""
        fields = self._filled(schema_of(self.sees))
        sections = {
            name: self._filled(each.schema)
            for name, each in _sections(schema_of(self.sees)).items()
        }
        await self.enter(**fields, **sections)

    def _filled(self, schema: Any) -> dict[str, Any]:
        """Return what the fields of a form or a section are filled with."""
        filled = {
            str(field): self.suggested(field)
            for field, each in schema.schema.items()
            if not isinstance(each, section)
        }
        return {field: value for field, value in filled.items() if value is not None}

    async def load_again(self) -> None:
        """Load the page again."""
        await self.open(self.sees["flow_id"])

    async def sign_in(self) -> None:
        """Follow the redirects to the Viessmann account and back."""
        assert self.sees["type"] is FlowResultType.EXTERNAL_STEP
        answer = await self._internet.get(self.sees["url"], allow_redirects=False)
        back = URL(answer.headers["Location"])
        home = await self._home()
        assert (await home.get(back.path, params=back.query)).status == 200
        await self.load_again()

    async def to_heat_pump(self) -> None:
        """Start and sign in, up to what comes then."""
        await self.start()
        await self.choose("viessmann")
        await self.sign_in()

    async def to_shelly(self, heat_pump: str = AIR_ID) -> None:
        """Go up to the question for the address of a Shelly."""
        await self.to_heat_pump()
        await self.enter(heat_pump=heat_pump)
        await self.choose("meter_shelly")

    async def create(self, shelly: Shelly, heat_pump: str = AIR_ID) -> ConfigEntry:
        """Answer what is still open, and return the entry."""
        if self.sees["step_id"] == "heat_pump":
            await self.enter(heat_pump=heat_pump)
        if self.sees["step_id"] == "meter":
            await self.choose("meter_shelly")
        if self.step == "meter_shelly":
            await self.enter(host=shelly.host)
        if self.step == "meter_reversed":
            await self.enter()
        await self.enter_plant()
        assert self.sees["type"] is FlowResultType.CREATE_ENTRY
        await self._hass.async_block_till_done()
        return self.sees["result"]

    @property
    def step(self) -> str:
        """Return the step whose form is shown."""
        assert self.sees["type"] is FlowResultType.FORM
        return self.sees["step_id"]

    @property
    def errors(self) -> dict[str, str] | None:
        """Return the errors at the fields."""
        return self.sees["errors"]

    @property
    def aborted(self) -> str:
        """Return why the flow ended without a new entry."""
        assert self.sees["type"] is FlowResultType.ABORT
        return self.sees["reason"]

    def suggested(self, field: str) -> Any:
        """Return what a field is filled with."""
        fields = [
            *schema_of(self.sees).schema,
            *(
                marker
                for section in _sections(schema_of(self.sees)).values()
                for marker in section.schema.schema
            ),
        ]
        marker = next(marker for marker in fields if marker == field)
        return (marker.description or {}).get("suggested_value")

    def offered(self, field: str) -> dict[str, str]:
        """Return the labels that a field offers, by value."""
        selector = schema_of(self.sees).schema[field]
        options = selector.config["options"]
        # Without labels, a selector has its texts in the translations.
        return {
            each if isinstance(each, str) else each["value"]: (
                each if isinstance(each, str) else each["label"]
            )
            for each in options
        }


class Owner(User):
    """Somebody who adds and changes the meters of a heat pump."""

    @property
    @override
    def _manager(self) -> Any:
        return self._hass.config_entries.subentries

    @staticmethod
    @override
    def _texts(language: dict[str, Any]) -> dict[str, Any]:
        texts: dict[str, Any] = language["config_subentries"][METER_SUBENTRY]
        return texts

    @classmethod
    def beside(cls, user: User) -> Owner:
        """Return somebody at the same browser."""
        return cls(user._hass, user._internet, user._home)  # noqa: SLF001

    async def add_meter(self, entry: ConfigEntry, role: str) -> None:
        """Begin to add a meter with a role."""
        await self._begin(entry, {"source": SOURCE_USER})
        assert self.step == "meter_role"
        await self.enter(role=role)

    async def change_meter(
        self, entry: ConfigEntry, meter: ConfigSubentry, option: str
    ) -> None:
        """Choose what has changed of a meter."""
        await self._begin(
            entry,
            {"source": SOURCE_RECONFIGURE, "subentry_id": meter.subentry_id},
        )
        await self.choose(option)

    async def _begin(self, entry: ConfigEntry, context: dict[str, str]) -> None:
        handler = (entry.entry_id, METER_SUBENTRY)
        self.look_at(await self._manager.async_init(handler, context=context))


def meters(entry: ConfigEntry) -> list[ConfigSubentry]:
    """Return the meters of a heat pump, in the order in which they were added."""
    return list(entry.get_subentries_of_type(METER_SUBENTRY))


def schema_of(result: ConfigFlowResult) -> Any:
    """Return the fields of a form."""
    schema = result["data_schema"]
    assert schema is not None
    return schema


def _sections(schema: Any) -> dict[str, section]:
    """Return the sections of a form."""
    fields = {} if schema is None else schema.schema
    return {
        str(name): field for name, field in fields.items() if isinstance(field, section)
    }


def assert_readable(result: ConfigFlowResult, texts: dict[str, Any]) -> None:
    """Check that all that is shown has a text."""
    match result["type"]:
        case FlowResultType.ABORT if result.get("translation_domain") is None:
            assert result["reason"] in texts["abort"]
        case FlowResultType.MENU:
            step = texts["step"][result["step_id"]]
            for kind in ("menu_options", "menu_option_descriptions"):
                options = result["menu_options"]
                assert isinstance(options, list)
                assert set(step[kind]) >= set(options)
            placeholders = result["description_placeholders"] or {}
            step.get("description", "").format(**placeholders)
        case FlowResultType.SHOW_PROGRESS:
            assert texts["progress"][result["progress_action"]]
        case FlowResultType.FORM:
            assert_form_readable(result, texts)


def assert_form_readable(result: ConfigFlowResult, texts: dict[str, Any]) -> None:
    """Check that a form has a text for each field, error and placeholder."""
    step = texts["step"][result["step_id"]]
    schema = result["data_schema"]
    sections = _sections(schema)
    fields = set() if schema is None else {str(field) for field in schema.schema}
    _assert_fields_readable(step, fields - set(sections))
    assert set(step.get("sections", {})) == set(sections)
    for name, each in sections.items():
        assert step["sections"][name]["name"]
        named = {str(field) for field in each.schema.schema}
        _assert_fields_readable(step["sections"][name], named)
    placeholders = result["description_placeholders"] or {}
    step.get("description", "").format(**placeholders)
    for error in (result["errors"] or {}).values():
        texts["error"][error].format(**placeholders)


def _assert_fields_readable(texts: dict[str, Any], fields: set[str]) -> None:
    assert set(texts.get("data", {})) >= fields
    assert set(texts.get("data_description", {})) >= fields


def announced(
    host: str = "192.168.1.50", port: int = 80, name: str = "ShellyPro3EM-FCE8C0AA0002"
) -> ZeroconfServiceInfo:
    """Return how a Shelly announces itself."""
    return ZeroconfServiceInfo(
        ip_address=ip_address(host),
        ip_addresses=[ip_address(host)],
        port=port,
        hostname=f"{name}.local.",
        type="_shelly._tcp.local.",
        name=f"{name}._shelly._tcp.local.",
        properties={"gen": "2", "app": "Pro3EM", "ver": "1.6.2"},
    )


def announced_by(shelly: Shelly) -> ZeroconfServiceInfo:
    """Return how a simulated Shelly would announce itself."""
    host, _, port = shelly.host.partition(":")
    return announced(host, int(port), f"ShellyPro3EM-{shelly.mac}")
