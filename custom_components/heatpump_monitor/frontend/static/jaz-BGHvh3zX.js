import{E as e,L as t,N as n,dt as r,ft as i,l as a,lt as o,p as s,u as c,ut as l,z as u}from"./shared-DNF7ueYP.js";var d=52,f=12,p=8,m=class extends s{static{this.styles=[...s.styles,e,i`
.figure{display:flex;flex-wrap:wrap;gap:0 16px;align-items:baseline;margin:4px 0 0;}.figure b{font-size:44px;line-height:52px;font-weight:400;}.figure span{font-size:17px;line-height:24px;}dl{display:grid;grid-template-columns:auto minmax(0,1fr);gap:4px 16px;margin:4px 0 0;font-size:12px;line-height:20px;}dt{color:var(--hp-quiet);}dd{margin:0;}.measured{display:flex;gap:10px;align-items:center;white-space:nowrap;}.strip{flex:1;min-width:40px;}`]}static{this.properties={...s.properties,marked:{state:!0}}}connectedCallback(){super.connectedCallback(),this.marked||import(`./marks-DFNvqqB-.js`).then(({ChangeMarks:e,onStrip:t})=>{let n=new e(this);this.marked=(e,{first:r,last:i})=>t(n.of(this.hass,this.config,e,this.format),r,i,this.t,this.format)},()=>void 0)}static async getConfigForm(){let{form:e,PERIOD_CHOICE:t}=await import(`./form-Be5dAtnL.js`);return e(t)}getCardSize(){return 5}get usualPeriod(){return`days365`}content(e){let{t}=this,n=this.periodOf(e),r=this.figures(e,n);if(!r)return this.waiting();let i=r===e.rolling_year,s=a(r,e.source_kind,i,t,this.format),u=this.days(e,r);return l`
<div class="head">
<h2>${s.title}</h2>
<span class="quiet">${s.period}</span>
</div>
<p class="figure"><b>${s.cop}</b><span>${s.note}</span></p>
${h(s,this.width)}
<dl>
<dt>${t(`measured_label`)}</dt>
<dd class="measured">
${u?g(c(u,r.first,r.last),this.marked?.(e,r)):o}
<span>${s.days}</span>
</dd>
<dt>${t(`electricity_of`)}</dt>
<dd>${s.boundary.map(e=>l`<div>${e}</div>`)}</dd>
<dt>${t(`heat_by`)}</dt>
<dd>${s.heatBy}</dd>
</dl>
`}};function h(e,i){let a=t([0,1],[p,i-p]),s=t(n,[0,1]),{band:c,mark:f}=e;return l`<svg viewBox="0 0 ${i} ${d}" style="height: ${d}px" role="img"
aria-label="${e.title}: ${e.cop} ${e.note}">
<path class="grid" d="M${a(0)} 20H${a(1)}"></path>
${u(n,6).map(e=>r`<path class="zero" d="M${a(s(e))} 16v8"></path>
<text class="tick" x=${a(s(e))} y="43" text-anchor="middle">${e}</text>`)}
${c?r`<rect x=${a(c.from)} y="10" width=${Math.max(a(c.to)-a(c.from),2)}
height="20" rx="4" fill="var(--hp-band)"></rect>`:o}
${f===null?o:r`<rect x=${a(f)-2} y="6" width="4" height="28" rx="1.5"
fill="var(--hp-ink)"></rect>`}
</svg>`}function g(e,t){return l`<svg class="strip" viewBox="0 0 1 1" preserveAspectRatio="none"
style="height: ${f}px" aria-hidden="true">
${e.map(({from:e,to:t})=>r`<rect x=${e} y="0" width=${t-e} height="1"
fill="var(--hp-unknown)" opacity="0.75"></rect>`)}
${t?.ticks}
</svg>
<span class="only-heard">${t?.words}</span>`}export{m as JazCard};