import{B as e,C as t,E as n,L as r,R as i,dt as a,ft as o,k as s,lt as c,ut as l}from"./shared-tNZMYE1I.js";import"./health-B7sKEZuh.js";import{t as u}from"./health_card-kQ9XgqF9.js";var d=8,f=36e5,p=class extends u{static{this.styles=[...u.styles,n,o`
.figure{font-size:24px;line-height:32px;}p{margin:4px 0;}.track{fill:color-mix(in srgb,var(--hp-ink) 10%,transparent);}.used{fill:var(--primary-color,#009ac7);}.used.much{fill:var(--hp-warning);}.allowed{stroke:var(--hp-ink);stroke-width:2;}.hour{fill:var(--hp-unknown);}`]}#e=new e(this);getCardSize(){return 3}content(e){let t=this.health(e),{t:n,format:r}=this;if(!e.calls)return l`<div class="head"><h2>${n(`calls_24h`)}</h2></div>
<p class="quiet">${n(`calls_none`)}</p>`;let{day:i,allowed:a}=e.calls,o={allowed:r.number(a,0)},s=t?n(`calls_of`,{...o,limit:r.number(t.call_limit,0)}):n(`calls_of_allowed`,o);return l`
<div class="head"><h2>${n(`calls_24h`)}</h2></div>
<p><span class="figure">${r.number(i,0)}</span> <span class="quiet">${s}</span></p>
${this.#t(i,a,t?.call_limit??a,`${r.number(i,0)} ${s}`)}
${t?.calls?.length?this.#n(t.calls,e.time):c}
`}#t(e,t,n,i){let{width:o}=this,s=r([0,Math.max(n,e)],[0,o]);return a`<svg viewBox="0 -4 ${o} ${16}" role="img" aria-label=${i}>
<rect class="track" width=${o} height=${d} rx="4"></rect>
<rect class="used ${e>t?`much`:``}" width=${s(e)} height=${d}
rx="4"></rect>
${t<n?a`<path class="allowed" d="M${s(t)} -3v${14}"></path>`:c}
</svg>`}#n(e,n){let{t:o,format:u,width:d}=this,p=Math.max(...e.map(e=>e??0),1),m=r([0,p],[50,16]),h=d/e.length,g=e.indexOf(p),_=o(`an_hour`,{count:u.number(p,0)}),v=i(_)/2,y=Math.min(Math.max((g+.5)*h,v),d-v),b=o(`yesterday_at`,{time:u.time(n)}),x=t=>u.time(/* @__PURE__ */ new Date(Date.parse(n)-(e.length-t)*f)),S=this.#e.layer({label:o(`arrow_keys`,{name:o(`calls_24h`)}),width:d,height:68,line:[16,50],spots:()=>e.map((e,t)=>({x:(t+.5)*h,y:m(e??0),says:[`${x(t)} – ${x(t+1)}`,o(`calls_count`,{count:u.number(e,0)})]}))});return l`<div class="chart"><svg viewBox="0 0 ${d} ${68}" role="img"
aria-label="${o(`calls_24h`)}: ${_}">
<defs>${s()}</defs>
${g<0?c:a`<text class="tick" x=${y} y="11" text-anchor="middle">${_}</text>`}
${e.map((e,n)=>{let r=e===null,i=r?16:m(e);return a`<rect class="hour" x=${n*h+1} y=${i} width=${h-2}
height=${50-i} rx="1" style=${r?`fill: ${t}`:``}></rect>`})}
<path class="zero" d="M0 ${50}H${d}"></path>
<text class="tick" x="0" y=${64}>${b}</text>
<text class="tick" x=${d} y=${64} text-anchor="end">${o(`now`)}</text>
</svg>${S}</div>`}};export{p as CallsCard};