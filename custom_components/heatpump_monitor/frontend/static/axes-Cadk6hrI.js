import{c as e,l as t,s as n}from"./base-BnrNNQaJ.js";var r=t`
  svg {
    display: block;
    width: 100%;
    font-family: inherit;
    overflow: visible;
  }
  .tick {
    fill: var(--hp-quiet);
    font-size: 11px;
  }
  .name {
    fill: var(--hp-ink);
    font-size: 11px;
    font-weight: 500;
  }
  .halo {
    paint-order: stroke;
    stroke: var(--hp-card);
    stroke-width: 3px;
    stroke-linejoin: round;
  }
  .grid {
    stroke: var(--hp-line);
    opacity: 0.7;
  }
  .zero {
    stroke: var(--hp-unknown);
  }
  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 16px;
    margin-top: 8px;
    color: var(--hp-quiet);
    font-size: 12px;
  }
  .legend span,
  .key {
    display: inline-flex;
    gap: 6px;
    align-items: center;
  }
  .square {
    flex: none;
    box-sizing: border-box;
    width: 10px;
    height: 10px;
    border-radius: 2px;
  }
  .hatched {
    background: repeating-linear-gradient(
      135deg,
      var(--hp-unknown) 0 1.2px,
      transparent 1.2px 3.6px
    );
    border: 1px solid color-mix(in srgb, var(--hp-unknown) 50%, transparent);
  }
  .only-heard {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`,i=`url(#hatch)`,a=`color-mix(in srgb, var(--hp-electricity) 35%, var(--hp-card))`;function o(){return e`<pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse"
      patternTransform="rotate(45)">
    <path d="M0 0V5" stroke="var(--hp-unknown)" stroke-width="2"></path>
  </pattern>`}function s(t,n,[r,i],a){return t.map(t=>e`<path class="grid" d="M${r} ${n(t)}H${i}"></path>
      <text class="tick" x=${r-8} y=${n(t)+4} text-anchor="end">${a(t)}</text>`)}function c(t,n,r,i){return t.map(t=>e`<path class="zero" d="M${n(t)} ${r}v4"></path>
      <text class="tick" x=${n(t)} y=${r+17} text-anchor="middle">${i(t)}</text>`)}function l(t,n,r,i){let a=t.map(([e,t])=>`M${e.toFixed(1)} ${t.toFixed(1)}h0`).join(``);return e`<path d=${a} stroke=${r} stroke-width=${2*n} stroke-linecap="round"
    fill="none" opacity=${i}></path>`}function u(e){return e===null?n`<i class="square hatched"></i>`:n`<i class="square" style="background: var(--hp-${e})"></i>`}function d(e){return n`<div class="legend" aria-hidden="true">
    ${e.map(([e,t])=>n`<span>${u(e)}${t}</span>`)}
  </div>`}export{l as a,d as c,r as i,u as l,a as n,s as o,c as r,o as s,i as t};