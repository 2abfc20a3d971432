import{E as e,F as t,I as n,N as r,S as i,T as a,X as o,d as s,dt as c,f as l,ft as u,lt as d,m as f,ut as p}from"./shared-D7A7ZQN7.js";import"./efficiency-CgmR3t9e.js";var m={air:`from_air`,brine:`from_ground`,water:`from_water`,unknown:`from_source`},h=.001;function g(e,t,n,i,a){let{paired_electricity_kwh:o,heat_kwh:c,modes:l}=e;if(o===null||c===null||c<=0)return null;let u=l.standby?.electricity_kwh??0,d=Math.max(-(l.defrost?.heat_kwh??0),0),f=l.heating?.heat_kwh??0,p=l.hot_water?.heat_kwh??0,m=Math.max(c+d-f-p,0),g=Math.max(c-o+u,0),x=+(c<100),S=s(e),[C=0,w=0,T=0,E=0]=r([f,p,m,-d],x),D=(e,r,a,o,s=``)=>({role:e,side:r,kwh:a,name:b(e,t,n,i),figure:o,unit:n&&e===`electricity`?``:`kWh`,note:s}),O=[D(`source`,`in`,g,`≈${a.number(y(g,S?S.high-S.low:0),x)}`,i(`share_of_heat`,{share:a.percent(g/c)})),D(`electricity`,`in`,o,a.number(o,x)),D(`heating`,`out`,f,a.number(C,x)),D(`hot_water`,`out`,p,a.number(w,x)),D(`unknown`,`out`,m,a.number(T,x)),D(`standby`,`out`,u,a.number(u,x))],k=[...[C,w,T].filter(e=>e>0),...E<0?[E]:[]];return{flows:O.filter(({kwh:e})=>e>h*c),defrost:{kwh:d,text:E<0?i(`defrost_took`,{energy:a.number(-E,x)}):``},sum:_(c,k,E,x,i,a),notes:v(e,i,a)}}function _(e,t,n,r,i,a){let o=t.map((e,t)=>{let n=a.number(Math.abs(e),r);return t?e<0?`\u2212 ${n}`:`+ ${n}`:n}).join(` `),s=i(`sankey_sum`,{heat:l({text:a.number(e,r),unit:`kWh`}),parts:o});return n<0?`${s} ${i(`defrost_took_back`)}`:s}function v({unpaired_electricity_kwh:e,modes:t},n,r){let i=[];(e??0)>=.5&&i.push(n(`unpaired_more`,{energy:l(r.energy(e))}));let{cooling:a}=t;return a&&i.push(n(`cold_not_in_cop`,{cold:l(r.energy(Math.abs(a.heat_kwh))),electricity:l(r.energy(a.electricity_kwh))})),i}function y(e,t){if(e<=0)return 0;let n=t>.5?2:3;return Number(e.toPrecision(n))}function b(e,t,n,r){if(e===`source`){let e=r(m[t??`unknown`]);return n?e:r(`calculated`,{name:e})}return r(e===`unknown`?`mode_unknown`:e===`electricity`?`electricity_title`:e)}var x=40,S=20,C=24,w=26;function T({flows:e,defrost:t},n){let r=t=>e.filter(e=>e.side===t),i=e=>r(e).reduce((e,{kwh:t})=>e+t,0),o=Math.max(i(`in`),i(`out`)),s=(Math.max(r(`in`).length,r(`out`).length)-1)*w,c=a([0,o],[0,n-C-s-12]),l=c(o),u=C+(n-C-12-l)/2;return{ribbons:[`in`,`out`].flatMap(e=>{let a=r(e),o=c(i(e))+(a.length-1)*w,s=C+(n-C-12-o)/2,l=u;return E(a.map(e=>{let t=c(e.kwh),n={flow:e,outer:s,inner:l,thickness:t,label:s+t/2};return s+=t+w,l+=t,n}),t.kwh>0&&e===`out`,n)}),top:u,bottom:u+l,height:n}}function E(t,n,r){let i=t.findIndex(({flow:e})=>n&&e.role===`heating`),a=e=>i>=0&&e>i?S:0,o=t.map(({label:e},t)=>e-a(t)),s=r-x/2-a(t.length),c=e(o,42,[x/2,s]);return t.map((e,t)=>({...e,label:c[t]+a(t)}))}var D=7,O={wide:116,narrow:94},k=148,A=440,j={source:62,electricity:24},M=class extends f{static{this.styles=[...f.styles,o,u`
p {
margin: 4px 0 0;
}
.word {
fill: var(--hp-quiet);
font-size: 12px;
}
.on {
fill: color-mix(in srgb, var(--hp-ink) 75%, transparent);
}
.figure {
fill: var(--hp-ink);
font-size: 15px;
font-weight: 500;
}
.unit {
font-size: 11px;
font-weight: 400;
fill: var(--hp-quiet);
}
`]}static getConfigForm(){return n(t)}getCardSize(){return 7}getGridOptions(){return{columns:18,min_columns:6}}content(e){let{t,format:n}=this,r=this.figures(e,this.periodOf(e));if(!r)return this.waiting();let i=this.width<A,a=g(r,e.source_kind,i,t,n);return p`
<div class="head">
<h2>${t(`sankey_title`)}</h2>
<span class="quiet">${n.days(r.first,r.last)}</span>
</div>
${a?p`<p class="quiet">${a.sum}</p>
${this.#e(a)}
${a.notes.map(e=>p`<p class="quiet">${e}</p>`)}`:this.message(`no_sums`)}
`}#e(e){let{width:t,t:n}=this,r=O[t<A?`narrow`:`wide`],a=T(e,i(t*.55,[230,290])),[o,s]=[D,t-r-D],c=o+Math.max((s-o)*.6,Math.min(k,s-o-28)),l=e.flows.map(e=>`${e.name} ${e.figure} kWh`);return e.defrost.text&&l.push(e.defrost.text),p`<svg viewBox="0 0 ${t} ${a.height}" style="height: ${a.height}px"
role="img" aria-label=${l.join(`, `)}>
${a.ribbons.map(e=>e.flow.side===`in`?N(e,[o,e.outer],[c,e.inner],0):N(e,[c+D,e.inner],[s,e.outer],s))}
<rect x=${c} y=${a.top} width=${D} height=${a.bottom-a.top}
rx="2" fill="var(--hp-ink)"></rect>
<text class="word" x=${c+D/2} y=${a.top-8}
text-anchor="middle">${n(`heat_pump`)}</text>
${a.ribbons.map(e=>e.flow.side===`in`?P(e):F(e,s+D+8))}
${I(e,a,s)}
</svg>`}};function N({flow:e,outer:t,thickness:n},r,i,a){let o=`var(--hp-${e.role})`,s=(r[0]+i[0])/2,[l,u]=[r[1],r[1]+n],d=Math.max(n,1.5);return c`<path fill=${o} opacity=${e.role===`standby`?.9:.55}
d="M${r[0]} ${l}C${s} ${l} ${s} ${i[1]} ${i[0]} ${i[1]}V${i[1]+d}C${s} ${i[1]+d} ${s} ${u} ${r[0]} ${u}Z"></path>
<rect x=${a} y=${t} width=${D} height=${d} rx="1" fill=${o}></rect>`}function P({flow:e,outer:t,thickness:n}){let{name:r,figure:i,unit:a,note:o}=e,s=c`<tspan class="figure">${i}</tspan><tspan class="unit"> ${a}</tspan>`;if(e.role===`source`&&n>=j.source){let e=t+n/2;return c`<text class="word on" x=${16} y=${e-15}>${r}</text>
<text class="word" x=${16} y=${e+4}>${s}</text>
<text class="word on" x=${16} y=${e+22}>${o}</text>`}let l=n>=j.electricity,u=l?t+n/2+5:t+n+17;return c`<text class="word ${l?`on`:``}" x=${16} y=${u}>${r} ${s}</text>`}function F({flow:e,label:t},n){let{name:r,figure:i,unit:a}=e;return e.role===`standby`?c`<text class="word" x=${n} y=${t+4}>${r} ${i}</text>`:c`<text class="word" x=${n} y=${t-4}>${r}</text>
<text class="word" x=${n} y=${t+14}><tspan class="figure">${i}</tspan><tspan
class="unit"> ${a}</tspan></text>`}function I(e,t,n){let r=t.ribbons.find(({flow:e})=>e.role===`heating`);if(!r||!e.defrost.text)return d;let a=Math.min(e.defrost.kwh/r.flow.kwh,1),o=Math.max(r.thickness*a,2),s=r.outer+r.thickness,l=t.ribbons.find(e=>e.flow.side===`out`&&e.label>r.label),u=i(s,[r.label+32,(l?.label??t.height)-36]);return c`<rect x=${n} y=${s-o} width=${11} height=${o}
fill="var(--hp-defrost)"></rect>
<text class="word" x=${n+D+8} y=${u+4}>${e.defrost.text}</text>`}export{M as SankeyCard};