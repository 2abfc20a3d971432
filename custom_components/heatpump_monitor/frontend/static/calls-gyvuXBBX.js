import{$ as e,A as t,D as n,I as r,T as i,X as a,dt as o,ft as s,k as c,lt as l,ot as u,q as d,ut as f}from"./shared-FkfHCjtf.js";import"./health-Ceb0vkq2.js";var p=8,m=class extends c{static{this.styles=[...c.styles,a,s`
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
`]}static getConfigForm(){return r()}static getStubConfig(){return{}}getCardSize(){return 3}content(e){let n=this.asked(`health`,t(e.time),u),{t:r,format:i}=this,{day:a,allowed:o}=e.calls,s={allowed:i.number(o,0)},c=n?r(`calls_of`,{...s,limit:i.number(n.call_limit,0)}):r(`calls_of_allowed`,s);return f`
<div class="head"><h2>${r(`calls_24h`)}</h2></div>
<p><span class="figure">${i.number(a,0)}</span> <span class="quiet">${c}</span></p>
${this.#e(a,o,n?.call_limit??o,`${i.number(a,0)} ${c}`)}
${n?.calls.length?this.#t(n,e.time):l}
`}#e(e,t,n,r){let{width:a}=this,s=i([0,Math.max(n,e)],[0,a]);return o`<svg viewBox="0 -4 ${a} ${16}" role="img" aria-label=${r}>
<rect class="track" width=${a} height=${p} rx="4"></rect>
<rect class="used ${e>t?`much`:``}" width=${s(e)} height=${p}
rx="4"></rect>
${t<n?o`<path class="allowed" d="M${s(t)} -3v${14}"></path>`:l}
</svg>`}#t({calls:t},r){let{t:a,format:s,width:c}=this,u=Math.max(...t.map(e=>e??0),1),f=i([0,u],[50,16]),p=c/t.length,m=t.indexOf(u),h=a(`an_hour`,{count:s.number(u,0)}),g=n(h)/2,_=Math.min(Math.max((m+.5)*p,g),c-g),v=a(`yesterday_at`,{time:s.time(r)});return o`<svg viewBox="0 0 ${c} ${68}" role="img" aria-label=${h}>
<defs>${e()}</defs>
${m<0?l:o`<text class="tick" x=${_} y="11" text-anchor="middle">${h}</text>`}
${t.map((e,t)=>{let n=e===null,r=n?16:f(e);return o`<rect class="hour" x=${t*p+1} y=${r} width=${p-2}
height=${50-r} rx="1" style=${n?`fill: ${d}`:``}></rect>`})}
<path class="zero" d="M0 ${50}H${c}"></path>
<text class="tick" x="0" y=${64}>${v}</text>
<text class="tick" x=${c} y=${64} text-anchor="end">${a(`now`)}</text>
</svg>`}};export{m as CallsCard};