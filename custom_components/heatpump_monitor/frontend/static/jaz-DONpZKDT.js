import{C as e,G as t,R as n,S as r,Y as i,Z as a,ct as o,l as s,lt as c,ot as l,p as u,st as d,u as f}from"./shared-CdG9aF0b.js";var p=52,m=12,h=8,g=class extends u{static{this.styles=[...u.styles,n,c`
.figure{display:flex;flex-wrap:wrap;gap:0 16px;align-items:baseline;margin:4px 0 0;}.figure b{font-size:44px;line-height:52px;font-weight:400;}.figure span{font-size:17px;line-height:24px;}dl{display:grid;grid-template-columns:auto minmax(0,1fr);gap:4px 16px;margin:4px 0 0;font-size:12px;line-height:20px;}dt{color:var(--hp-quiet);}dd{margin:0;}.measured{display:flex;gap:10px;align-items:center;white-space:nowrap;}.strip{flex:1;min-width:40px;}`]}static getConfigForm(){return e(r)}getCardSize(){return 5}get usualPeriod(){return`days365`}content(e){let{t}=this,n=this.periodOf(e),r=this.figures(e,n);if(!r)return this.waiting();let i=r===e.rolling_year,a=s(r,e.source_kind,i,t,this.format),o=this.days(e,r);return d`
<div class="head">
<h2>${a.title}</h2>
<span class="quiet">${a.period}</span>
</div>
<p class="figure"><b>${a.cop}</b><span>${a.note}</span></p>
${_(a,this.width)}
<dl>
<dt>${t(`measured_label`)}</dt>
<dd class="measured">
${o?v(f(o,r.first,r.last)):l}
<span>${a.days}</span>
</dd>
<dt>${t(`electricity_of`)}</dt>
<dd>${a.boundary.map(e=>d`<div>${e}</div>`)}</dd>
<dt>${t(`heat_by`)}</dt>
<dd>${a.heatBy}</dd>
</dl>
`}};function _(e,n){let r=i([0,1],[h,n-h]),s=i(t,[0,1]),{band:c,mark:u}=e;return d`<svg viewBox="0 0 ${n} ${p}" style="height: ${p}px" role="img"
aria-label="${e.title}: ${e.cop} ${e.note}">
<path class="grid" d="M${r(0)} 20H${r(1)}"></path>
${a(t,6).map(e=>o`<path class="zero" d="M${r(s(e))} 16v8"></path>
<text class="tick" x=${r(s(e))} y="43" text-anchor="middle">${e}</text>`)}
${c?o`<rect x=${r(c.from)} y="10" width=${Math.max(r(c.to)-r(c.from),2)}
height="20" rx="4" fill="var(--hp-band)"></rect>`:l}
${u===null?l:o`<rect x=${r(u)-2} y="6" width="4" height="28" rx="1.5"
fill="var(--hp-ink)"></rect>`}
</svg>`}function v(e){return d`<svg class="strip" viewBox="0 0 1 1" preserveAspectRatio="none"
style="height: ${m}px" aria-hidden="true">
${e.map(({from:e,to:t})=>o`<rect x=${e} y="0" width=${t-e} height="1"
fill="var(--hp-unknown)" opacity="0.75"></rect>`)}
</svg>`}export{g as JazCard};