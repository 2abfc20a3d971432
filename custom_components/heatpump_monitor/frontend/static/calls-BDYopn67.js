import{F as e,Q as t,R as n,V as r,X as i,Y as a,_ as o,ct as s,g as c,lt as l,ot as u,rt as d,st as f}from"./shared-CdG9aF0b.js";import"./health-Czgjihfb.js";var p=8,m=36e5,h=class extends c{static{this.styles=[...c.styles,n,l`
.figure{font-size:24px;line-height:32px;}p{margin:4px 0;}.track{fill:color-mix(in srgb,var(--hp-ink) 10%,transparent);}.used{fill:var(--primary-color,#009ac7);}.used.much{fill:var(--hp-warning);}.allowed{stroke:var(--hp-ink);stroke-width:2;}.hour{fill:var(--hp-unknown);}`]}#e=new t(this);getCardSize(){return 3}content(e){let t=this.asked(`health`,o(e.time),d),{t:n,format:r}=this,{day:i,allowed:a}=e.calls,s={allowed:r.number(a,0)},c=t?n(`calls_of`,{...s,limit:r.number(t.call_limit,0)}):n(`calls_of_allowed`,s);return f`
<div class="head"><h2>${n(`calls_24h`)}</h2></div>
<p><span class="figure">${r.number(i,0)}</span> <span class="quiet">${c}</span></p>
${this.#t(i,a,t?.call_limit??a,`${r.number(i,0)} ${c}`)}
${t?.calls.length?this.#n(t,e.time):u}
`}#t(e,t,n,r){let{width:i}=this,o=a([0,Math.max(n,e)],[0,i]);return s`<svg viewBox="0 -4 ${i} ${16}" role="img" aria-label=${r}>
<rect class="track" width=${i} height=${p} rx="4"></rect>
<rect class="used ${e>t?`much`:``}" width=${o(e)} height=${p}
rx="4"></rect>
${t<n?s`<path class="allowed" d="M${o(t)} -3v${14}"></path>`:u}
</svg>`}#n({calls:t},n){let{t:o,format:c,width:l}=this,d=Math.max(...t.map(e=>e??0),1),p=a([0,d],[50,16]),h=l/t.length,g=t.indexOf(d),_=o(`an_hour`,{count:c.number(d,0)}),v=i(_)/2,y=Math.min(Math.max((g+.5)*h,v),l-v),b=o(`yesterday_at`,{time:c.time(n)}),x=e=>c.time(/* @__PURE__ */ new Date(Date.parse(n)-(t.length-e)*m)),S=this.#e.layer({label:o(`arrow_keys`,{name:o(`calls_24h`)}),width:l,height:68,line:[16,50],spots:()=>t.map((e,t)=>({x:(t+.5)*h,y:p(e??0),says:[`${x(t)} – ${x(t+1)}`,o(`calls_count`,{count:c.number(e,0)})]}))});return f`<div class="chart"><svg viewBox="0 0 ${l} ${68}" role="img"
aria-label="${o(`calls_24h`)}: ${_}">
<defs>${r()}</defs>
${g<0?u:s`<text class="tick" x=${y} y="11" text-anchor="middle">${_}</text>`}
${t.map((t,n)=>{let r=t===null,i=r?16:p(t);return s`<rect class="hour" x=${n*h+1} y=${i} width=${h-2}
height=${50-i} rx="1" style=${r?`fill: ${e}`:``}></rect>`})}
<path class="zero" d="M0 ${50}H${l}"></path>
<text class="tick" x="0" y=${64}>${b}</text>
<text class="tick" x=${l} y=${64} text-anchor="end">${o(`now`)}</text>
</svg>${S}</div>`}};export{h as CallsCard};