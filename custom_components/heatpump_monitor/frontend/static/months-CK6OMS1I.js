import{$ as e,B as t,C as n,D as r,F as i,G as a,H as o,I as s,J as c,K as l,N as u,O as d,Q as f,S as p,T as m,U as h,V as g,W as _,X as v,c as y,d as b,dt as x,et as S,ft as C,g as w,lt as T,m as E,q as D,ut as O,w as ee,x as k}from"./shared-D7A7ZQN7.js";import"./efficiency-CgmR3t9e.js";var A=62,j=90,M=.5;function N({first:e,last:t}){return g(e,t)<A}function te(e,t){return e.filter(({last:e})=>e>=t).map(e=>{let n=h(e.first,t),r=g(l(n),_(n)),i=g(n,o(e.last,_(n)))/r;return{start:n,share:i,isPart:i<1,...P(e),cop:e.cop,band:b(e)}})}function ne(e,{first:n,last:r},i){let a=new Map(e.map(e=>[e.start,e]));return Array.from({length:g(n,r)},(e,r)=>{let o=t(n,r),s=a.get(o)??{...re,start:o},{paired_electricity_kwh:c,heat_kwh:l}=s,u=c!==null&&l!==null&&c>=M;return{start:s.start,share:1,isPart:s.start===i,...P(s),cop:u&&l>0?l/c:null,band:null}})}var re={electricity_kwh:null,paired_electricity_kwh:null,unpaired_electricity_kwh:null,heat_kwh:null,modes:{}};function P(e){let{modes:t,heat_kwh:n}=e,r=[`heating`,`hot_water`].map(e=>({role:e,kwh:t[e]?.heat_kwh??0})).filter(({kwh:e})=>e>0),i=[`defrost`,`cooling`].map(e=>({role:e,kwh:-(t[e]?.heat_kwh??0)})).filter(({kwh:e})=>e>0),a=i.find(({role:e})=>e===`defrost`)?.kwh??0,o=(n??0)+a-R(r);return o>.01*(n??0)&&r.push({role:`unknown`,kwh:o}),{paired:e.paired_electricity_kwh??0,unpaired:e.unpaired_electricity_kwh??0,heat:n,above:r,below:i}}function F({heat:e,paired:t,unpaired:n}){return e===null&&t===0&&n===0}function I(e){return Math.max(R(e.above),e.paired+e.unpaired)}function L(e){return R(e.below)}function R(e){return e.reduce((e,{kwh:t})=>e+t,0)}function z(e,[t,n],r){let i=n-t,a=t=>e.map(({share:e})=>Math.max(e*t,Math.min(r,t))),o=i/Math.max(e.length,1);for(let e=0;e<8;e+=1){let e=a(o).reduce((e,t)=>e+t,0);o=Math.min(o*i/(e||1),j)}let s=t;return a(o).map((t,n)=>{let r={left:s,width:t,centre:s+t/2,barWidth:Math.max(e[n].share*o*.88,1.5)};return s+=t,r})}function B(e,t,n,r){let i=Math.max(...t.map(e=>e.width),0);if(n){let t=Math.max(Math.ceil(22/(i||1)),1);return e.map(({start:e},n)=>n%t?``:r.dayOfMonth(e))}return i>=30?e.map(({start:e})=>r.month(e)):i>=12?e.map(({start:e})=>r.month(e,`narrow`)):e.map(({start:e})=>a(e)===1?r.year(e):``)}function V(e,t){let n=e=>{let n=u(e.map(e=>e??0),0);return e.map((e,r)=>e===null?`–`:t.number(n[r],0))};return{cop:e.map(({cop:e,band:n})=>t.ratio(e,1,n)),heat:n(e.map(({heat:e})=>e)),electricity:n(e.map(e=>e.heat===null?e.unpaired:e.paired))}}function H({cop:e},t){return e===null?``:t.number(e,1)}var U={wide:84,narrow:40},W=560,G=36,K=24,q=19,J=14,Y={wide:150,narrow:130},ie=28,ae={wide:220,narrow:130},oe=22,se=class extends E{static{this.styles=[...E.styles,v,C`
.chart {
position: relative;
margin-top: 4px;
}
table {
table-layout: fixed;
width: 100%;
border-collapse: collapse;
font-size: 12px;
line-height: 18px;
}
th,
td {
padding: 0;
text-align: center;
white-space: nowrap;
font-weight: 400;
}
tbody th {
color: var(--hp-quiet);
text-align: left;
}
tbody tr + tr > * {
border-top: 1px solid var(--hp-line);
}
.cops td {
font-weight: 500;
}
`]}static getConfigForm(){return s(i)}getCardSize(){return 10}getGridOptions(){return{columns:`full`,min_columns:6}}content(e){let{t,format:n}=this,r=this.periodOf(e),i=N(r),a=this.#e(e,i);if(!a)return this.waiting();let o=this.#t(a,i),s=this.figures(e,r),c=V(a,n),l=a.map(({start:e})=>i?n.day(e):n.month(e)),u=o.isWide&&Math.min(...o.places.map(e=>e.width))>=G,d=a.some(e=>e.isPart);return O`
<div class="head">
<h2>${t(i?`day_by_day`:`month_by_month`)}</h2>
<span class="quiet">
${n.days(r.first,r.last)}${d&&o.isWide?` · ${t(i?`hollow_part_day`:`hollow_part_month`)}`:T}
</span>
</div>
<div class="chart">
${this.#n(o,s,!u,ce(l,c,t))}
<div class=${u?``:`only-heard`}>${this.#a(o,l,c)}</div>
</div>
${S(this.#o(a))}
`}#e(e,t){let n=this.periodOf(e);if(t){let t=this.days(e,n),r=w(e).firstDay,i=h(r,n.first);return t&&ne(t,{...n,first:i},e.today.last)}let r=this.months(e,n);return r&&te(r,w(e).firstDay)}#t(e,t){let n=this.width>=W,r=n?`wide`:`narrow`,i=[U[r],this.width],a=J+Y[r],o=a+ie,s=o+ae[r],c=Math.max(...e.map(I),1),l=ee(-Math.max(...e.map(L),0),c,5),u=n&&!t&&e.length<16?G:K,f=(i[1]-i[0])/Math.max(e.length,1);return{columns:e,places:z(e,i,t?0:Math.min(u,f*.9)),x:i,cop:m(k,[a,J]),kwh:m(l,[s,o]),kwhTicks:d([0,l[1]],5),copBottom:a,bottom:s,byDay:t,isWide:n}}#n(t,r,i,a){let{t:o,format:s,width:c}=this,{columns:l,places:u,bottom:p,cop:m,kwh:h,kwhTicks:g,x:_,isWide:v}=t,y=p+oe,b=B(l,u,t.byDay,s),S=n(g),C=[o(t.byDay?`day_by_day`:`month_by_month`),`${o(`cop`)} ${s.number(r?.cop??null,2)}`],w=Math.min(...u.map(e=>e.width))>=q;return O`<svg viewBox="0 0 ${c} ${y}" style="height: ${y}px" role="img"
aria-label=${C.join(`: `)}>
<defs>${e()}</defs>
${v?x`<text class="name" x="0" y=${m(5)+4}>${o(`cop`)}</text>
<text class="name" x="0" y=${h(g.at(-1))+4}>kWh</text>`:x`<text class="name" x="0" y=${10}>${o(`cop`)}</text>
<text class="name" x="0" y=${h(g.at(-1))-9}>kWh</text>`}
${f(d(k,6),m,_,String)}
${f(g,h,_,e=>s.number(e,S))}
${l.map((e,t)=>le(e,u[t],h,g.at(-1)))}
<path class="zero" d="M${_[0]} ${h(0)}H${_[1]}"></path>
${l.map((e,t)=>ue(e,u[t],m))}
${this.#i(t,r,i&&w)}
${l.map((e,t)=>de(e,u[t],m))}
${i&&w?l.map((e,t)=>this.#r(e,u[t],m)):T}
${b.map((e,t)=>x`<text class="tick" x=${u[t].centre} y=${p+17}
text-anchor="middle">${e}</text>`)}
${a.map((e,t)=>Z(e,u[t],p))}
</svg>`}#r(e,t,n){return x`<text class="name halo" x=${t.centre} y=${$(e,n)}
text-anchor="middle">${H(e,this.format)}</text>`}#i(e,t,n){if(!t||t.cop===null||e.columns.length<2)return T;let{t:i,format:a}=this,{cop:o,columns:s,places:c,x:l}=e,u=o(p(t.cop,k)),d=c.at(-1).left+c.at(-1).width,f=`${i(y(t)?`jaz_short`:`cop`)} ${a.number(t.cop,2)}`,m=r(f)/2+4,h=c.flatMap(({centre:e})=>[u-6,u+14].map(t=>{let r=p(e,[l[0]+m,l[1]-m]),i=s.flatMap((e,i)=>{let a=m+(n?10:6);if(e.cop===null||Math.abs(c[i].centre-r)>a)return[];let s=o(p(e.cop,k));return(n?[s,$(e,o)-4]:[s]).map(e=>Math.abs(e-(t-4)))});return{middle:r,baseline:t,room:Math.min(...i,99)}})).reduce((e,t)=>t.room>e.room?t:e);return x`<path d="M${l[0]} ${u}H${d}" stroke="var(--hp-ink)" stroke-width="1.5"
stroke-dasharray="2 3"></path>
<text class="name halo" x=${h.middle} y=${h.baseline}
text-anchor="middle">${f}</text>`}#a(e,t,n){let{t:r}=this,i=(e,t,n=``)=>O`<tr class=${n}>
<th scope="row">${e}</th>
${t.map(e=>O`<td>${e}</td>`)}
</tr>`;return O`<table>
<colgroup>
<col style="width: ${e.x[0]}px" />
${e.places.map(({width:e})=>O`<col style="width: ${e}px" />`)}
</colgroup>
<thead class="only-heard">
<tr>
<th></th>
${t.map(e=>O`<th scope="col">${e}</th>`)}
</tr>
</thead>
<tbody>
${i(r(`cop`),n.cop,`cops`)} ${i(r(`heat_title`),n.heat)}
${i(r(`electricity_title`),n.electricity)}
</tbody>
</table>`}#o(e){let{t}=this,n=new Set(e.flatMap(({above:e,below:t})=>[...e,...t]).map(({role:e})=>e)),r=[];return n.has(`heating`)&&r.push([`heating`,t(`heating`)]),n.has(`hot_water`)&&r.push([`hot_water`,t(`hot_water`)]),r.push([`electricity`,t(`electricity_in_heat`)]),n.has(`defrost`)&&r.push([`defrost`,t(`taken_by_defrost`)]),n.has(`cooling`)&&r.push([`cooling`,t(`cold`)]),e.some(X)&&r.push([null,t(`heat_unknown_legend`)]),r}};function X(e){return F(e)||e.unpaired>.002*(e.paired+e.unpaired)}function ce(e,t,n){return e.map((e,r)=>n(`month_sentence`,{month:e,cop:t.cop[r],heat:`${t.heat[r]} kWh`,electricity:`${t.electricity[r]} kWh`}))}function Z(e,{left:t,width:n},r){return x`<rect x=${t} y="0" width=${n} height=${r} fill="transparent">
<title>${e}</title></rect>`}function le(e,t,n,r){if(F(e))return Q(t,0,r,n,D,.5);let{paired:i,unpaired:a,above:o,below:s}=e,[l,u]=[0,0];return x`${o.map(e=>(l+=e.kwh,Q(t,l-e.kwh,l,n,`var(--hp-${e.role})`,.92,l>e.kwh)))}
${Q(t,0,i,n,`var(--hp-electricity)`)}
${X(e)?[c,D].map(e=>Q(t,i,i+a,n,e)):T}
${s.map(e=>(u-=e.kwh,Q(t,u,u+e.kwh,n,`var(--hp-${e.role})`)))}`}function Q({centre:e,barWidth:t},n,r,i,a,o=1,s=!1){let c=i(n)-i(r)-+!!s;return c<=.2?T:x`<rect x=${e-t/2} y=${i(r)} width=${t} height=${c}
fill=${a} opacity=${o}></rect>`}function ue({band:e},{centre:t,width:n},r){if(!e)return T;let[i,a]=[e.high,e.low].map(e=>r(p(e,k))),o=Math.min(12,n*.6);return x`<rect x=${t-o/2} y=${i} width=${o} height=${Math.max(a-i,1)}
rx=${Math.min(o/2,4)} fill="var(--hp-band)"></rect>`}function de({cop:e,isPart:t},{centre:n,width:r},i){if(e===null)return T;let a=i(p(e,k)),o=p(r*.25,[1.5,3.5]);return t?x`<circle cx=${n} cy=${a} r=${o} fill="var(--hp-card)" stroke="var(--hp-ink)"
stroke-width="1.8"></circle>`:x`<circle cx=${n} cy=${a} r=${o+.5} fill="var(--hp-ink)"></circle>`}function $({cop:e,band:t},n){let r=e=>n(p(e,k));return Math.min(r(e??0)-8,r(t?.high??0)-4)}export{se as MonthsCard};