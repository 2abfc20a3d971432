/** Draw a scene as SVG. */

import {
  mdiFan,
  mdiBathtubOutline,
  mdiMeterElectricOutline,
  mdiRadiatorDisabled,
  mdiResistor,
  mdiStorageTankOutline,
  mdiTerrain,
  mdiThermometer,
  mdiWater,
} from "@mdi/js";
import { css, nothing, svg, type SVGTemplateResult } from "lit";
import { PX_PER_KW, TARGET_LEVEL } from "./model";
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
    font-size: max(0.75em, 11px);
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
    .band {
      transition: none;
    }
    .moving {
      animation: none;
    }
  }
`;

export function drawing(scene: Scene, description: string): SVGTemplateResult {
  const { width, height, bands, nodes, labels } = scene;
  const unit = nodes.filter((each) => each.kind === "unit");
  const others = nodes.filter((each) => each.kind !== "unit");
  return svg`<svg class="schematic" viewBox="0 0 ${width} ${height}" role="img"
      aria-label=${description} style="height: ${height}px">
    <defs>${hatch("unknown")}${hatch("defrost")}${bands.map(gradient)}</defs>
    ${unit.map(drawNode)}
    ${bands.map(drawBand)}
    ${others.map(drawNode)}
    ${labels.filter((each) => each.text).map(drawLabel)}
    ${scale(height, scene.pxPerKw)}
  </svg>`;
}

/** Bands that lie side by side overlap by it, so that no light shines through. */
const SEAM_PX = 0.5;

function hatch(role: string) {
  return svg`<pattern id="hatch-${role}" width="6" height="6" patternUnits="userSpaceOnUse"
      patternTransform="rotate(45)">
    <rect width="6" height="6" fill=${role === "unknown" ? "none" : colour(role)}></rect>
    <path d="M0 0V6" stroke=${role === "unknown" ? colour(role) : "var(--hp-card)"}
      stroke-width=${role === "unknown" ? 2.5 : 1.6}></path>
  </pattern>`;
}

/** Inside the unit, what comes from the source and the meter becomes heat. */
function gradient(band: Band) {
  const { id, role, becomes } = band;
  if (!becomes) return nothing;
  return svg`<linearGradient id="becomes-${id}" gradientUnits="userSpaceOnUse"
      x1=${becomes.from} y1="0" x2=${becomes.to} y2="0">
    <stop offset="0" stop-color=${colour(role)}></stop>
    <stop offset="1" stop-color=${colour(becomes.role)}></stop>
  </linearGradient>`;
}

function drawBand(band: Band): SVGTemplateResult {
  const { id, points, stream } = band;
  const { motion, width, isMeasured, backward } = stream;
  // A pattern and a gradient need an extent in both directions: a straight line has none.
  const path = pathOf(
    points.map(([x, y], index) => (index ? [x + 0.01, y + 0.01] : [x, y])),
    Math.max(14, width),
  );
  const line = (stroke: string, px: number) =>
    svg`<path class="band" data-band=${id} d=${path} stroke=${stroke} stroke-width=${px}
      stroke-linejoin="round"></path>`;
  // Where pipes cross, the one that is drawn later passes over the other.
  const casing = id === "return" ? line("var(--hp-card)", width + 6) : nothing;
  const isThin = width < 9 || !isMeasured;
  const marks =
    motion === "flowing"
      ? (band.marks ?? [points]).flatMap((each) => chevrons(each, backward))
      : [];
  return svg`${casing}${line(strokeOf(band), band.becomes ? width + SEAM_PX : width)}${marks.map(({ x, y, degrees }) =>
    isThin
      ? arrow(x, y, degrees, colourOf(band))
      : chevron(x, y, degrees, Math.min(width / 4, 5)),
  )}`;
}

function strokeOf(band: Band): string {
  const { id, role, stream, becomes } = band;
  if (stream.motion === "unknown") return "url(#hatch-unknown)";
  if (stream.motion === "idle") return colour("standby");
  if (becomes) return `url(#becomes-${id})`;
  return role === "defrost" && stream.isMeasured ? "url(#hatch-defrost)" : colourOf(band);
}

function colourOf({ role, isPale }: Band): string {
  return isPale ? tint(role, 45) : colour(role);
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
  heater: mdiResistor,
  buffer: mdiStorageTankOutline,
  circuit: mdiRadiatorDisabled,
  hot_water: mdiBathtubOutline,
};
const SOURCES = { air: mdiFan, brine: mdiTerrain, water: mdiWater };

function drawNode(node: Node): SVGTemplateResult {
  const { kind, x, y, width, height } = node;
  const line = node.isKnown ? colour(node.isActive ? node.role : "standby") : colour("unknown");
  switch (kind) {
    case "unit":
      return svg`<rect class="unit" x=${x} y=${y} width=${width} height=${height} rx="16"
        stroke=${line} stroke-dasharray=${node.isKnown ? nothing : "6 5"}></rect>`;
    case "share":
      return svg`<rect x=${x} y=${y} width=${width} height=${height} rx="3"
          fill=${node.isKnown ? tint("ink", 10) : "url(#hatch-unknown)"}></rect>
        <rect x=${x} y=${y} width=${width * (node.level ?? 0)} height=${height} rx="3"
          fill=${colour(node.role)}></rect>`;
    case "outlet":
      return svg`<rect x=${x} y=${y} width=${width} height=${height}
        fill=${node.isActive ? tint(node.role, 45) : colour("standby")}></rect>`;
    case "source":
    case "heater":
    case "valve":
      return disc(node, line);
    case "meter":
      return svg`<rect class="disc" x=${x} y=${y} width=${width} height=${height} rx="12"
          stroke=${line} fill=${node.isKnown ? tint(node.role) : "var(--hp-card)"}></rect>
        ${icon(ICONS.meter!, x + width / 2, y + height / 2, 22, line)}`;
    default:
      return vessel(node, line);
  }
}

function disc(node: Node, line: string) {
  const { kind, x, y, width } = node;
  const radius = width / 2;
  const isAlive = node.isActive && node.isKnown;
  const fill = isAlive && kind !== "valve" ? tint(node.role) : "var(--hp-card)";
  const path = kind === "source" ? (node.source ? SOURCES[node.source] : mdiThermometer) : ICONS[kind];
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
  const round = 11;
  const top = y + height * (1 - level);
  const target = y + height * (1 - TARGET_LEVEL);
  const path = ICONS[node.kind];
  return svg`<rect class="vessel" x=${x} y=${y} width=${width} height=${height} rx=${round + 1}
      stroke=${line} style=${isKnown ? "" : "fill: url(#hatch-unknown)"}></rect>
    ${
      isKnown
        ? svg`<path fill=${tint(role, node.isActive ? 55 : 35)}
            d="M${x + 1} ${top}h${width - 2}V${y + height - round - 1}a${round} ${round} 0 0 1 -${round} ${round}h-${width - 2 - 2 * round}a${round} ${round} 0 0 1 -${round} -${round}z"></path>
          <path d="M${x + 1} ${top}h${width - 2}" stroke=${colour(role)} stroke-width="2"></path>`
        : nothing
    }
    ${
      node.hasTarget
        ? svg`<path d="M${x - 4} ${target}h9M${x + width - 5} ${target}h9" stroke="var(--hp-ink)"
            stroke-width="2"></path>`
        : nothing
    }
    ${path ? icon(path, x + width / 2, y + height - 20, 20, "var(--hp-quiet)") : nothing}`;
}

function icon(path: string, x: number, y: number, size: number, fill: string) {
  return svg`<path d=${path} fill=${fill}
    transform="translate(${x - size / 2} ${y - size / 2}) scale(${size / 24})"></path>`;
}

function drawLabel(label: Label): SVGTemplateResult {
  const { x, y, anchor, size, text, unit, isFigure, pillWidth } = label;
  return svg`${
    pillWidth
      ? svg`<rect x=${x - pillWidth / 2} y=${y - 17} width=${pillWidth} height="24" rx="12"
          fill="var(--hp-card)" stroke="var(--hp-line)"></rect>`
      : nothing
  }<text class="label ${size} ${isFigure ? "figure" : ""} ${pillWidth ? "pill" : ""}"
      x=${x} y=${y} text-anchor=${anchor}>${text}${
        unit ? svg`<tspan class="unit-text">${"\u00a0" + unit}</tspan>` : nothing
      }</text>`;
}

/** The length that stands for one kilowatt; for more, where a unit is large. */
function scale(height: number, pxPerKw: number) {
  return svg`<path d="M2 ${height - 8 - PX_PER_KW}h24v${PX_PER_KW}h-24z" fill=${colour("unknown")}></path>
    <text class="label" x="32" y=${height - 4}>= ${PX_PER_KW / pxPerKw} kW</text>`;
}

function colour(role: string): string {
  return `var(--hp-${role})`;
}

function tint(role: string, share = 15): string {
  return `color-mix(in srgb, var(--hp-${role}) ${share}%, var(--hp-card))`;
}
