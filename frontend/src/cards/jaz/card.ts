/** The card of the JAZ, or of the COP of a period that is not a year. */

import { css, html, nothing, svg, type TemplateResult } from "lit";
import type { Figures, Live } from "../../data/contract";
import { chartStyles } from "../../lib/axes";
import { COP_AXIS, linear, ticks } from "../../lib/scale";
import type { Strip } from "../marks/marks";
import { PeriodCard, type PeriodConfig } from "../period_card";
import { type Jaz, jaz, measuredParts } from "./model";

const AXIS_PX = 52;
const STRIP_PX = 12;
const SIDE_PX = 8;

export class JazCard extends PeriodCard {
  static override styles = [
    ...PeriodCard.styles,
    chartStyles,
    css`
      .figure {
        display: flex;
        flex-wrap: wrap;
        gap: 0 16px;
        align-items: baseline;
        margin: 4px 0 0;
      }
      .figure b {
        font-size: 44px;
        line-height: 52px;
        font-weight: 400;
      }
      .figure span {
        font-size: 17px;
        line-height: 24px;
      }
      dl {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: 4px 16px;
        margin: 4px 0 0;
        font-size: 12px;
        line-height: 20px;
      }
      dt {
        color: var(--hp-quiet);
      }
      dd {
        margin: 0;
      }
      .measured {
        display: flex;
        gap: 10px;
        align-items: center;
        white-space: nowrap;
      }
      .strip {
        flex: 1;
        min-width: 40px;
      }
    `,
  ];

  static override properties = { ...PeriodCard.properties, marked: { state: true } };

  /** Loaded after the card is shown: the first view has to be small. */
  declare private marked: ((live: Live, of: Figures) => Strip) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.marked) return;
    void import("../marks/marks").then(
      ({ ChangeMarks, onStrip }) => {
        const changes = new ChangeMarks(this);
        this.marked = (live, { first, last }) => {
          const marks = changes.of(this.hass, this.config, live, this.format);
          return onStrip(marks, first, last, this.t, this.format);
        };
      },
      // An update took the code of the page that is open: it goes on without marks.
      () => undefined,
    );
  }

  static override async getConfigForm() {
    const { form, PERIOD_CHOICE } = await import("../../lib/form");
    return form(PERIOD_CHOICE);
  }

  getCardSize() {
    return 5;
  }

  /** Without a setting it stands beside what is shown of today. */
  protected override get usualPeriod(): NonNullable<PeriodConfig["period"]> {
    return "days365";
  }

  protected override content(live: Live): TemplateResult {
    const { t } = this;
    const period = this.periodOf(live);
    const figures = this.figures(live, period);
    if (!figures) return this.waiting();
    const isRolling = figures === live.rolling_year;
    const shown = jaz(figures, live.source_kind, isRolling, t, this.format);
    const days = this.days(live, figures);
    return html`
      <div class="head">
        <h2>${shown.title}</h2>
        <span class="quiet">${shown.period}</span>
      </div>
      <p class="figure"><b>${shown.cop}</b><span>${shown.note}</span></p>
      ${drawAxis(shown, this.width)}
      <dl>
        <dt>${t("measured_label")}</dt>
        <dd class="measured">
          ${days ? strip(
                measuredParts(days, figures.first, figures.last),
                this.marked?.(live, figures),
              ) : nothing}
          <span>${shown.days}</span>
        </dd>
        <dt>${t("electricity_of")}</dt>
        <dd>${shown.boundary.map((line) => html`<div>${line}</div>`)}</dd>
        ${shown.own ? html`<dt>${t("own_electricity")}</dt><dd>${shown.own}</dd>` : nothing}
        <dt>${t("heat_by")}</dt>
        <dd>${shown.heatBy}</dd>
      </dl>
    `;
  }
}

function drawAxis(shown: Jaz, width: number): TemplateResult {
  const x = linear([0, 1], [SIDE_PX, width - SIDE_PX]);
  const ofCop = linear(COP_AXIS, [0, 1]);
  const { band, mark } = shown;
  return html`<svg viewBox="0 0 ${width} ${AXIS_PX}" style="height: ${AXIS_PX}px" role="img"
      aria-label="${shown.title}: ${shown.cop} ${shown.note}">
    <path class="grid" d="M${x(0)} 20H${x(1)}"></path>
    ${ticks(COP_AXIS, 6).map(
      (cop) => svg`<path class="zero" d="M${x(ofCop(cop))} 16v8"></path>
        <text class="tick" x=${x(ofCop(cop))} y="43" text-anchor="middle">${cop}</text>`,
    )}
    ${
      band
        ? svg`<rect x=${x(band.from)} y="10" width=${Math.max(x(band.to) - x(band.from), 2)}
            height="20" rx="4" fill="var(--hp-band)"></rect>`
        : nothing
    }
    ${
      mark === null
        ? nothing
        : svg`<rect x=${x(mark) - 2} y="6" width="4" height="28" rx="1.5"
            fill="var(--hp-ink)"></rect>`
    }
  </svg>`;
}

/** Pale where days were measured; nothing where they were not. */
function strip(
  parts: readonly { from: number; to: number }[],
  marked?: Strip,
): TemplateResult {
  return html`<svg class="strip" viewBox="0 0 1 1" preserveAspectRatio="none"
      style="height: ${STRIP_PX}px" aria-hidden="true">
    ${parts.map(
      ({ from, to }) => svg`<rect x=${from} y="0" width=${to - from} height="1"
        fill="var(--hp-unknown)" opacity="0.75"></rect>`,
    )}
    ${marked?.ticks}
  </svg>
    <span class="only-heard">${marked?.words}</span>`;
}
