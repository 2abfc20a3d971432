import{F as e,I as t,O as n,T as r,X as i,dt as a,ft as o,l as s,lt as c,m as l,u,ut as d,x as f}from"./shared-D7A7ZQN7.js";var p=52,m=12,h=8,g=class extends l{static{this.styles=[...l.styles,i,o`
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
`]}static getConfigForm(){return t(e)}getCardSize(){return 5}getGridOptions(){return{columns:12,min_columns:6}}get usualPeriod(){return`days365`}content(e){let{t}=this,n=this.periodOf(e),r=this.figures(e,n);if(!r)return this.waiting();let i=r===e.rolling_year,a=s(r,e.source_kind,i,t,this.format),o=this.days(e,r);return d`
<div class="head">
<h2>${a.title}</h2>
<span class="quiet">${a.period}</span>
</div>
<p class="figure"><b>${a.cop}</b><span>${a.note}</span></p>
${_(a,this.width)}
<dl>
<dt>${t(`measured_label`)}</dt>
<dd class="measured">
${o?v(u(o,r.first,r.last)):c}
<span>${a.days}</span>
</dd>
<dt>${t(`electricity_of`)}</dt>
<dd>${a.boundary.map(e=>d`<div>${e}</div>`)}</dd>
<dt>${t(`heat_by`)}</dt>
<dd>${a.heatBy}</dd>
</dl>
`}};function _(e,t){let i=r([0,1],[h,t-h]),o=r(f,[0,1]),{band:s,mark:l}=e;return d`<svg viewBox="0 0 ${t} ${p}" style="height: ${p}px" role="img"
aria-label="${e.title}: ${e.cop} ${e.note}">
<path class="grid" d="M${i(0)} 20H${i(1)}"></path>
${n(f,6).map(e=>a`<path class="zero" d="M${i(o(e))} 16v8"></path>
<text class="tick" x=${i(o(e))} y="43" text-anchor="middle">${e}</text>`)}
${s?a`<rect x=${i(s.from)} y="10" width=${Math.max(i(s.to)-i(s.from),2)}
height="20" rx="4" fill="var(--hp-band)"></rect>`:c}
${l===null?c:a`<rect x=${i(l)-2} y="6" width="4" height="28" rx="1.5"
fill="var(--hp-ink)"></rect>`}
</svg>`}function v(e){return d`<svg class="strip" viewBox="0 0 1 1" preserveAspectRatio="none"
style="height: ${m}px" aria-hidden="true">
${e.map(({from:e,to:t})=>a`<rect x=${e} y="0" width=${t-e} height="1"
fill="var(--hp-unknown)" opacity="0.75"></rect>`)}
</svg>`}export{g as JazCard};