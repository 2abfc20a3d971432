import{$ as e,A as t,D as n,T as r,X as i,dt as a,ft as o,k as s,lt as c,ot as l,q as u,ut as d}from"./shared-D7A7ZQN7.js";import"./health-DeAQT-lQ.js";var f=8,p=class extends s{static{this.styles=[...s.styles,i,o`
.figure {
font-size: 24px;
line-height: 32px;
}
p {
margin: 4px 0;
}
.track {
fill: color-mix(in srgb, var(--hp-ink) 10%, transparent);
}
.used {
fill: var(--primary-color, #009ac7);
}
.used.much {
fill: var(--hp-warning);
}
.allowed {
stroke: var(--hp-ink);
stroke-width: 2;
}
.hour {
fill: var(--hp-unknown);
}
`]}getCardSize(){return 3}content(e){let n=this.asked(`health`,t(e.time),l),{t:r,format:i}=this,{day:a,allowed:o}=e.calls,s={allowed:i.number(o,0)},u=n?r(`calls_of`,{...s,limit:i.number(n.call_limit,0)}):r(`calls_of_allowed`,s);return d`
<div class="head"><h2>${r(`calls_24h`)}</h2></div>
<p><span class="figure">${i.number(a,0)}</span> <span class="quiet">${u}</span></p>
${this.#e(a,o,n?.call_limit??o,`${i.number(a,0)} ${u}`)}
${n?.calls.length?this.#t(n,e.time):c}
`}#e(e,t,n,i){let{width:o}=this,s=r([0,Math.max(n,e)],[0,o]);return a`<svg viewBox="0 -4 ${o} ${16}" role="img" aria-label=${i}>
<rect class="track" width=${o} height=${f} rx="4"></rect>
<rect class="used ${e>t?`much`:``}" width=${s(e)} height=${f}
rx="4"></rect>
${t<n?a`<path class="allowed" d="M${s(t)} -3v${14}"></path>`:c}
</svg>`}#t({calls:t},i){let{t:o,format:s,width:l}=this,d=Math.max(...t.map(e=>e??0),1),f=r([0,d],[50,16]),p=l/t.length,m=t.indexOf(d),h=o(`an_hour`,{count:s.number(d,0)}),g=n(h)/2,_=Math.min(Math.max((m+.5)*p,g),l-g),v=o(`yesterday_at`,{time:s.time(i)});return a`<svg viewBox="0 0 ${l} ${68}" role="img" aria-label=${h}>
<defs>${e()}</defs>
${m<0?c:a`<text class="tick" x=${_} y="11" text-anchor="middle">${h}</text>`}
${t.map((e,t)=>{let n=e===null,r=n?16:f(e);return a`<rect class="hour" x=${t*p+1} y=${r} width=${p-2}
height=${50-r} rx="1" style=${n?`fill: ${u}`:``}></rect>`})}
<path class="zero" d="M0 ${50}H${l}"></path>
<text class="tick" x="0" y=${64}>${v}</text>
<text class="tick" x=${l} y=${64} text-anchor="end">${o(`now`)}</text>
</svg>`}};export{p as CallsCard};