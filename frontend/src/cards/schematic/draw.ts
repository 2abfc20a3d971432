/** Draw a scene as SVG. */

import {
  mdiBathtubOutline,
  mdiFan,
  mdiHeatingCoil,
  mdiMeterElectricOutline,
  mdiRadiator,
  mdiStorageTankOutline,
  mdiTerrain,
} from "@mdi/js";
import { css, nothing, svg, type SVGTemplateResult } from "lit";
import { PX_PER_KW } from "./model";
import { type Band, chevrons, type Label, type Node, pathOf, type Scene } from "./scene";

export const drawingStyles = css`
  svg {
    display: block;
    width: 100%;
    font-family: inherit;
  }
  .unit {
    fill: color-mix(in srgb, var(--hp-ink) 4%, var(--hp-card));
    stroke-width: 2;
  }
  .vessel {
    fill: color-mix(in srgb, var(--hp-ink) 4%, var(--hp-card));
    stroke-width: 2;
  }
  .disc {
    stroke-width: 1.5;
  }
  .label {
    fill: var(--hp-quiet);
    font-size: 12px;
  }
  .figure {
    fill: var(--hp-ink);
    font-weight: 500;
  }
  .huge {
    font-size: 44px;
    font-weight: 400;
  }
  .large {
    font-size: 17px;
  }
  .normal {
    font-size: 14px;
  }
  .unit-text {
    fill: var(--hp-quiet);
    font-size: 75%;
    font-weight: 400;
  }
  .band {
    fill: none;
    transition: stroke-width 400ms;
  }
  .chevron {
    fill: none;
    stroke: var(--hp-card);
    stroke-width: 2;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .arrow {
    stroke: none;
  }
  .moving {
    animation: step 0.9s linear infinite;
  }
  @keyframes step {
    from {
      transform: translateX(-8px);
      opacity: 0.2;
    }
    50% {
      opacity: 1;
    }
    to {
      transform: translateX(8px);
      opacity: 0.2;
    }
  }
  :host([still]) .moving {
    animation: none;
  }
  @media (prefers-reduced-motion: reduce) {
    .moving {
      animation: none;
    }
  }
`;

export function drawing(scene: Scene, description: string): SVGTemplateResult {
  const { width, height, bands, nodes, labels } = scene;
  const unit = nodes.filter((each) => each.kind === "unit");
  const others = nodes.filter((each) => each.kind !== "unit");
  return svg`<svg viewBox="0 0 ${width} ${height}" role="img" aria-label=${description}
      style="height: ${height}px">
    <defs>${hatch("unknown")}${hatch("defrost")}${bands.map(gradient)}</defs>
    ${unit.map(drawNode)}
    ${bands.filter((each) => each.stream.motion === "idle").map(drawBand)}
    ${bands.filter((each) => each.stream.motion !== "idle").map(drawBand)}
    ${others.map(drawNode)}
    ${labels.filter((each) => each.text).map(drawLabel)}
    ${scale(height)}
  </svg>`;
}

function hatch(role: string) {
  return svg`<pattern id="hatch-${role}" width="6" height="6" patternUnits="userSpaceOnUse"
      patternTransform="rotate(45)">
    <rect width="6" height="6" fill=${role === "unknown" ? "none" : colour(role)}></rect>
    <path d="M0 0V6" stroke=${role === "unknown" ? colour(role) : "var(--hp-card)"}
      stroke-width=${role === "unknown" ? 2.5 : 1.6}></path>
  </pattern>`;
}

/** Inside the unit, what comes from the source becomes heat. */
function gradient(band: Band) {
  const [start, end] = [band.points[0], band.points.at(-1)];
  if (band.id !== "source" || !start || !end) return nothing;
  return svg`<linearGradient id="becomes-heat" gradientUnits="userSpaceOnUse"
      x1=${start[0]} y1="0" x2=${end[0]} y2="0">
    <stop offset="0.6" stop-color=${colour("source")}></stop>
    <stop offset="1" stop-color=${colour("source")}></stop>
  </linearGradient>`;
}

function drawBand(band: Band): SVGTemplateResult {
  const { motion, width, isMeasured, backward } = band.stream;
  const path = pathOf(band.points);
  if (motion === "idle") {
    return svg`<path class="band" d=${path} stroke=${colour("standby")}
      stroke-width=${width} stroke-linejoin="round"></path>`;
  }
  const stroke = motion === "unknown" ? "url(#hatch-unknown)" : fillOf(band);
  // A pattern needs an extent in both directions: a straight line has none.
  const nudged = path.replace(/^M([-\d.]+) ([-\d.]+)/, "M$1 $2l0.01 0.01L$1 $2");
  const marks = chevrons(band.points, backward);
  return svg`<path class="band" data-band=${band.id} d=${nudged} stroke=${stroke}
      stroke-width=${width} stroke-linejoin="round"></path>
    ${
      motion === "unknown"
        ? nothing
        : marks.map(({ x, y, degrees }) =>
            isMeasured && width >= 9
              ? chevron(x, y, degrees, Math.min(width / 4, 5))
              : arrow(x, y, degrees, colour(band.role)),
          )
    }`;
}

function chevron(x: number, y: number, degrees: number, half: number) {
  return svg`<g transform="translate(${x} ${y}) rotate(${degrees})">
    <path class="chevron moving" d="M${-half / 2} ${-half}L${half / 2} 0L${-half / 2} ${half}"></path>
  </g>`;
}

function arrow(x: number, y: number, degrees: number, fill: string) {
  return svg`<g transform="translate(${x} ${y}) rotate(${degrees})">
    <path class="arrow moving" fill=${fill} d="M-4 -5L5 0L-4 5Z"></path></g>`;
}

const ICONS: Partial<Record<Node["kind"], string>> = {
  meter: mdiMeterElectricOutline,
  heater: mdiHeatingCoil,
  buffer: mdiStorageTankOutline,
  circuit: mdiRadiator,
  hot_water: mdiBathtubOutline,
};

function drawNode(node: Node): SVGTemplateResult {
  const { kind, x, y, width, height } = node;
  const line = node.isKnown ? colour(node.isActive ? node.role : "standby") : colour("unknown");
  switch (kind) {
    case "unit":
      return svg`<rect class="unit" x=${x} y=${y} width=${width} height=${height} rx="16"
        stroke=${line} stroke-dasharray=${node.isKnown ? nothing : "6 5"}></rect>`;
    case "source":
    case "heater":
    case "valve":
      return disc(node, line);
    case "meter":
      return svg`<rect class="disc" x=${x} y=${y} width=${width} height=${height} rx="12"
          stroke=${colour("electricity")} fill=${tint("electricity")}></rect>
        ${icon(ICONS.meter!, x + width / 2, y + height / 2, 22, colour("electricity"))}`;
    default:
      return vessel(node, line);
  }
}

function disc(node: Node, line: string) {
  const { kind, x, y, width } = node;
  const radius = width / 2;
  const isAlive = node.isActive && node.isKnown;
  const fill = isAlive && kind === "source" ? tint("source") : "var(--hp-card)";
  const path =
    kind === "source" ? (node.role === "source" ? mdiFan : mdiTerrain) : ICONS[kind];
  return svg`<circle class="disc" cx=${x + radius} cy=${y + radius} r=${radius - 1} fill=${fill}
      stroke=${line}></circle>
    ${
      kind === "valve"
        ? svg`<circle cx=${x + radius} cy=${y + radius} r=${radius / 2.6} fill=${line}></circle>`
        : icon(path!, x + radius, y + radius, kind === "source" ? 32 : 18, isAlive ? line : "var(--hp-quiet)")
    }`;
}

function vessel(node: Node, line: string) {
  const { x, y, width, height, role, isKnown, level = 0 } = node;
  const top = y + height * (1 - level);
  const path = ICONS[node.kind];
  return svg`<rect class="vessel" x=${x} y=${y} width=${width} height=${height} rx="12"
      stroke=${line} style=${isKnown ? "" : "fill: url(#hatch-unknown)"}></rect>
    ${
      isKnown
        ? svg`<path fill=${tint(role, node.isActive ? 55 : 35)}
            d="M${x + 1} ${top}h${width - 2}v${y + height - top - 12}a11 11 0 0 1 -11 11h-${width - 24}a11 11 0 0 1 -11 -11z"></path>
          <path d="M${x + 1} ${top}h${width - 2}" stroke=${colour(role)} stroke-width="2"></path>`
        : nothing
    }
    ${path ? icon(path, x + width / 2, y + height - 20, 20, "var(--hp-quiet)") : nothing}`;
}

function icon(path: string, x: number, y: number, size: number, fill: string) {
  return svg`<path d=${path} fill=${fill}
    transform="translate(${x - size / 2} ${y - size / 2}) scale(${size / 24})"></path>`;
}

function drawLabel(label: Label): SVGTemplateResult {
  const { x, y, anchor, size, text, unit, isFigure } = label;
  const width = 7.6 * (text.length + unit.length) + 22;
  return svg`${
    label.isPill
      ? svg`<rect x=${x - width / 2} y=${y - 17} width=${width} height="24" rx="12"
          fill="var(--hp-card)" stroke="var(--hp-line)"></rect>`
      : nothing
  }<text class="label ${size} ${isFigure ? "figure" : ""}" x=${x} y=${y}
      text-anchor=${anchor}>${text}${
        unit ? svg`<tspan class="unit-text">${"\u00a0" + unit}</tspan>` : nothing
      }</text>`;
}

/** The length that stands for one kilowatt. */
function scale(height: number) {
  return svg`<path d="M2 ${height - 8 - PX_PER_KW}h24v${PX_PER_KW}h-24z" fill=${colour("unknown")}></path>
    <text class="label" x="32" y=${height - 4}>= 1 kW</text>`;
}

function fillOf(band: Band): string {
  if (band.role === "defrost") return "url(#hatch-defrost)";
  return band.id === "source" ? "url(#becomes-heat)" : colour(band.role);
}

function colour(role: string): string {
  if (role === "return") return tint("heating", 40);
  return `var(--hp-${role})`;
}

function tint(role: string, share = 15): string {
  return `color-mix(in srgb, var(--hp-${role}) ${share}%, var(--hp-card))`;
}
