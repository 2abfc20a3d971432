import{B as e,C as t,E as n,H as r,L as i,R as a,V as o,at as s,dt as c,ft as l,k as u,lt as d,ut as f}from"./shared-vLb4v_Vv.js";import"./health-C_aI6XnQ.js";var p=8,m=36e5,h=class extends o{static{this.styles=[...o.styles,n,l`
.figure{font-size:24px;line-height:32px;}p{margin:4px 0;}.track{fill:color-mix(in srgb,var(--hp-ink) 10%,transparent);}.used{fill:var(--primary-color,#009ac7);}.used.much{fill:var(--hp-warning);}.allowed{stroke:var(--hp-ink);stroke-width:2;}.hour{fill:var(--hp-unknown);}`]}#e=new e(this);getCardSize(){return 3}content(e){let t=this.asked(`health`,r(e.time),s),{t:n,format:i}=this,{day:a,allowed:o}=e.calls,c={allowed:i.number(o,0)},l=t?n(`calls_of`,{...c,limit:i.number(t.call_limit,0)}):n(`calls_of_allowed`,c);return f`
<div class="head"><h2>${n(`calls_24h`)}</h2></div>
<p><span class="figure">${i.number(a,0)}</span> <span class="quiet">${l}</span></p>
${this.#t(a,o,t?.call_limit??o,`${i.number(a,0)} ${l}`)}
${t?.calls.length?this.#n(t,e.time):d}
`}#t(e,t,n,r){let{width:a}=this,o=i([0,Math.max(n,e)],[0,a]);return c`<svg viewBox="0 -4 ${a} ${16}" role="img" aria-label=${r}>
<rect class="track" width=${a} height=${p} rx="4"></rect>
<rect class="used ${e>t?`much`:``}" width=${o(e)} height=${p}
rx="4"></rect>
${t<n?c`<path class="allowed" d="M${o(t)} -3v${14}"></path>`:d}
</svg>`}#n({calls:e},n){let{t:r,format:o,width:s}=this,l=Math.max(...e.map(e=>e??0),1),p=i([0,l],[50,16]),h=s/e.length,g=e.indexOf(l),_=r(`an_hour`,{count:o.number(l,0)}),v=a(_)/2,y=Math.min(Math.max((g+.5)*h,v),s-v),b=r(`yesterday_at`,{time:o.time(n)}),x=t=>o.time(/* @__PURE__ */ new Date(Date.parse(n)-(e.length-t)*m)),S=this.#e.layer({label:r(`arrow_keys`,{name:r(`calls_24h`)}),width:s,height:68,line:[16,50],spots:()=>e.map((e,t)=>({x:(t+.5)*h,y:p(e??0),says:[`${x(t)} – ${x(t+1)}`,r(`calls_count`,{count:o.number(e,0)})]}))});return f`<div class="chart"><svg viewBox="0 0 ${s} ${68}" role="img"
aria-label="${r(`calls_24h`)}: ${_}">
<defs>${u()}</defs>
${g<0?d:c`<text class="tick" x=${y} y="11" text-anchor="middle">${_}</text>`}
${e.map((e,n)=>{let r=e===null,i=r?16:p(e);return c`<rect class="hour" x=${n*h+1} y=${i} width=${h-2}
height=${50-i} rx="1" style=${r?`fill: ${t}`:``}></rect>`})}
<path class="zero" d="M0 ${50}H${s}"></path>
<text class="tick" x="0" y=${64}>${b}</text>
<text class="tick" x=${s} y=${64} text-anchor="end">${r(`now`)}</text>
</svg>${S}</div>`}};export{h as CallsCard};