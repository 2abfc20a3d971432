import{A as e,B as t,C as n,F as r,G as i,H as a,I as o,J as s,K as c,M as l,N as u,O as d,P as f,Q as p,R as m,S as h,V as ee,X as g,Y as _,Z as v,b as y,c as b,ct as x,d as S,j as C,k as w,lt as T,ot as E,p as D,q as te,st as O}from"./shared-CdG9aF0b.js";import"./efficiency-C7nC5XMz.js";import{n as k}from"./steps-DfPoUjhE.js";import{t as A}from"./adding_up-CZ2yHvSw.js";import{n as j}from"./own-DS9fNLna.js";var M=62,ne=90,re=.5;function ie({first:e,last:t}){return w(e,t)<M}function ae(t,n,r){let i=t.filter(({last:e})=>e>=n);return i.map(t=>{let a=C(t.first,n),o=w(f(a),l(a)),s=w(a,e(t.last,l(a)))/o;return{start:a,share:s,isPart:s<1,...F(t),cop:t.cop,band:S(t),own:i.length>1?oe(t,r):S(t)}})}function oe(e,t){let n=j(e,t);return n===null||e.cop===null?null:{low:e.cop*(1-n),high:e.cop*(1+n)}}function N(e,{first:t,last:n},r){let i=new Map(e.map(e=>[e.start,e]));return Array.from({length:w(t,n)},(e,n)=>{let a=d(t,n),o=i.get(a)??{...P,start:a},{paired_electricity_kwh:s,heat_kwh:c}=o,l=s!==null&&c!==null&&s>=re;return{start:o.start,share:1,isPart:o.start===r,...F(o),cop:l&&c>0?c/s:null,band:null,own:null}})}var P={electricity_kwh:null,paired_electricity_kwh:null,unpaired_electricity_kwh:null,heat_kwh:null,modes:{}};function F(e){let{modes:t,heat_kwh:n}=e,r=[`heating`,`hot_water`].map(e=>({role:e,kwh:t[e]?.heat_kwh??0})).filter(({kwh:e})=>e>0),i=[`defrost`,`cooling`].map(e=>({role:e,kwh:-(t[e]?.heat_kwh??0)})).filter(({kwh:e})=>e>0),a=i.find(({role:e})=>e===`defrost`)?.kwh??0,o=(n??0)+a-z(r);return o>.01*(n??0)&&r.push({role:`unknown`,kwh:o}),{paired:e.paired_electricity_kwh??0,unpaired:e.unpaired_electricity_kwh??0,heat:n,above:r,below:i}}function I({heat:e,paired:t,unpaired:n}){return e===null&&t===0&&n===0}function L(e){return Math.max(z(e.above),e.paired+e.unpaired)}function R(e){return z(e.below)}function z(e){return e.reduce((e,{kwh:t})=>e+t,0)}function B(e,[t,n],r){let i=n-t,a=t=>e.map(({share:e})=>Math.max(e*t,Math.min(r,t))),o=i/Math.max(e.length,1);for(let e=0;e<8;e+=1){let e=a(o).reduce((e,t)=>e+t,0);o=Math.min(o*i/(e||1),ne)}let s=t;return a(o).map((t,n)=>{let r={left:s,width:t,centre:s+t/2,barWidth:Math.max(e[n].share*o*.88,1.5)};return s+=t,r})}function V(e,t,n,r){let i=Math.max(...t.map(e=>e.width),0);return n?H(e,i,r):i>=30?e.map(({start:e})=>r.month(e)):i>=12?e.map(({start:e})=>r.month(e,`narrow`)):e.map(({start:e})=>u(e)===1?r.year(e):``)}function H(e,t,n){let r=e.at(-1)?.start??``,i=Math.max(Math.ceil(22/(t||1)),1);return e.map(({start:e},t)=>{let a=Number(e.slice(8));if(a===1&&t)return n.month(e);let o=f(e,1),s=o<=r&&w(e,o)<=i+1;return(a-1)%i||s?``:n.dayOfMonth(e)})}function U(e,t){let n=e=>{let n=A(e.map(e=>e??0),0);return e.map((e,r)=>e===null?`–`:t.number(n[r],0))};return{cop:e.map(({cop:e,band:n})=>t.ratio(e,1,n)),heat:n(e.map(({heat:e})=>e)),electricity:n(e.map(e=>e.heat===null?e.unpaired:e.paired))}}function W({cop:e},t){return e===null?``:t.number(e,1)}function G(e,t,n,r){let{band:i,own:a,heat:o,paired:s,unpaired:c,below:l}=e;if(I(e))return[t,n(`not_measured`)];let u=e=>y(r.energy(e)),d=`${n(`cop`)} ${r.ratio(e.cop,i?2:1,i)}`,f=l.find(({role:e})=>e===`cooling`);return[t,a?`${d}, ${n(`low_to_high`,r.ends({value:e.cop,...a}))}`:d,n(`heat_is`,{value:o===null?`–`:u(o)}),n(`electricity_is`,{value:u(o===null?c:s)}),...o!==null&&c>=.05?[n(`unpaired_more`,{energy:u(c)})]:[],...f?[`${n(`cold`)} ${u(f.kwh)}`]:[]]}var K={wide:84,narrow:40},se=560,q=36,ce=24,le=19,J=3.5,Y=14,ue={wide:150,narrow:130},de=28,fe={wide:220,narrow:130},X=22,pe=class extends D{static{this.styles=[...D.styles,m,T`
.chart{margin-top:4px;}p{margin:8px 0 0;}table{table-layout:fixed;border-collapse:collapse;font-size:12px;line-height:18px;}th,td{padding:0;text-align:center;white-space:nowrap;font-weight:400;}tbody th{color:var(--hp-quiet);text-align:left;}tbody tr + tr > *{border-top:1px solid var(--hp-line);}.cops td{font-weight:500;}`]}#e=new p(this);static getConfigForm(){return n(h)}getCardSize(){return 10}getGridOptions(){return{columns:`full`,min_columns:6}}content(t){let{t:n,format:r}=this,i=this.periodOf(t),{firstDay:o}=k(t),s=C(e(o,i.last),i.first),c=ie({first:s,last:i.last}),l=this.figures(t,i),u=l&&this.#n(t,c,l);if(!u)return this.waiting();let d=this.#r(u,c),f=U(u,r),p=u.map(({start:e})=>c?r.day(e):r.month(e)),m=d.isWide&&Math.min(...d.places.map(e=>e.width))>=q,h=u.some(e=>e.isPart);return O`
<div class="head">
<h2>${n(c?`day_by_day`:`month_by_month`)}</h2>
<span class="quiet">
${r.days(c?s:i.first,i.last)}${h&&d.isWide?` · ${n(c?`hollow_part_day`:`hollow_part_month`)}`:E}
</span>
</div>
<div class="chart">
${this.#o(d,l,!m)} ${this.#i(d)}
<div class=${m?``:`only-heard`}>${this.#l(d,p,f)}</div>
</div>
${a(this.#u(u))}
${this.#t(d)}
`}#t({columns:e,cop:t}){let n=e.flatMap(({own:e})=>e??[]);if(e.length<2||!n.length)return E;let r=n.some(({low:e,high:n})=>t(e)-t(n)>2*J);return O`<p class="quiet">${this.t(r?`months_band`:`months_band_small`)}</p>`}#n(e,t,n){let r=this.periodOf(e);if(t){let t=this.days(e,r),n=k(e).firstDay,i=C(n,r.first);return t&&N(t,{...r,first:i},e.today.last)}let i=this.months(e,r);return i&&ae(i,k(e).firstDay,n)}#r(e,t){let n=this.width>=se,r=n?`wide`:`narrow`,a=[K[r],this.width],o=Y+ue[r],c=o+de,l=c+fe[r],u=Math.max(...e.map(L),1),d=s(-Math.max(...e.map(R),0),u,5),f=n&&!t&&e.length<16?q:ce,p=(a[1]-a[0])/Math.max(e.length,1);return{columns:e,places:B(e,a,t?0:Math.min(f,p*.9)),x:a,cop:_(i,[o,Y]),kwh:_(d,[l,c]),kwhTicks:v([0,d[1]],5),copBottom:o,bottom:l,byDay:t,isWide:n}}#i(e){let{t,format:n,width:r}=this,{byDay:a,columns:o,places:s,cop:l,kwh:u,bottom:d}=e;return this.#e.layer({label:t(`arrow_keys`,{name:t(a?`day_by_day`:`month_by_month`)}),width:r,height:d+X,line:[Y,d],spots:()=>o.map((e,r)=>({x:s[r].centre,y:e.cop===null?u(L(e)):l(c(e.cop,i)),says:G(e,this.#a(e,a),t,n)}))})}#a({start:e},t){let{format:n}=this;return t?n.date(e):`${n.month(e)} ${n.year(e)}`}#o(e,n,r){let{t:a,format:o,width:s}=this,{columns:c,places:l,bottom:u,cop:d,kwh:f,kwhTicks:p,x:m,isWide:h}=e,g=u+X,_=V(c,l,e.byDay,o),y=te(p),b=[a(e.byDay?`day_by_day`:`month_by_month`),`${a(`cop`)} ${o.ratio(n.cop,2,S(n))}`],C=Math.min(...l.map(e=>e.width))>=le;return O`<svg viewBox="0 0 ${s} ${g}" style="height: ${g}px" role="img"
aria-label=${b.join(`: `)}>
<defs>${ee()}</defs>
${h?x`<text class="name" x="0" y=${d(5)+4}>${a(`cop`)}</text>
<text class="name" x="0" y=${f(p.at(-1))+4}>kWh</text>`:x`<text class="name" x="0" y=${10}>${a(`cop`)}</text>
<text class="name" x="0" y=${f(p.at(-1))-9}>kWh</text>`}
${t(v(i,6),d,m,String)}
${t(p,f,m,e=>o.number(e,y))}
${c.map((e,t)=>me(e,l[t],f,p.at(-1)))}
<path class="zero" d="M${m[0]} ${f(0)}H${m[1]}"></path>
${c.length>1?he(n,m,d):E}
${c.map((e,t)=>ge(e,l[t],d))}
${this.#c(e,n,r&&C)}
${c.map((e,t)=>_e(e,l[t],d))}
${r&&C?c.map((e,t)=>this.#s(e,l[t],d)):E}
${_.map((e,t)=>x`<text class="tick" x=${l[t].centre} y=${u+17}
text-anchor="middle">${e}</text>`)}
</svg>`}#s(e,t,n){return x`<text class="name halo" x=${t.centre} y=${$(e,n)}
text-anchor="middle">${W(e,this.format)}</text>`}#c(e,t,n){if(t.cop===null||e.columns.length<2)return E;let{t:r,format:a}=this,{cop:o,columns:s,places:l,x:u}=e,d=o(c(t.cop,i)),f=l.at(-1).left+l.at(-1).width,p=`${r(b(t)?`jaz_short`:`cop`)} ${a.ratio(t.cop,2,S(t))}`,m=g(p)/2+4,h=l.flatMap(({centre:e})=>[d-6,d+14].map(t=>{let r=c(e,[u[0]+m,u[1]-m]),a=s.flatMap((e,a)=>{let s=m+(n?10:6);if(e.cop===null||Math.abs(l[a].centre-r)>s)return[];let u=o(c(e.cop,i));return(n?[u,$(e,o)-4]:[u]).map(e=>Math.abs(e-(t-4)))});return{middle:r,baseline:t,room:Math.min(...a,99)}})).reduce((e,t)=>t.room>e.room?t:e);return x`<path d="M${u[0]} ${d}H${f}" stroke="var(--hp-ink)" stroke-width="1.5"
stroke-dasharray="2 3"></path>
<text class="name halo" x=${h.middle} y=${h.baseline}
text-anchor="middle">${p}</text>`}#l(e,t,n){let{t:r}=this,i=(e,t,n=``)=>O`<tr class=${n}>
<th scope="row">${e}</th>
${t.map(e=>O`<td>${e}</td>`)}
</tr>`,a=e.places.at(-1),o=a?a.left+a.width:e.x[1];return O`<table style="width: ${o}px">
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
</table>`}#u(e){let{t}=this,n=new Set(e.flatMap(({above:e,below:t})=>[...e,...t]).map(({role:e})=>e)),r=[];return n.has(`heating`)&&r.push([`heating`,t(`heating`)]),n.has(`hot_water`)&&r.push([`hot_water`,t(`hot_water`)]),r.push([`electricity`,t(`electricity_in_heat`)]),n.has(`defrost`)&&r.push([`defrost`,t(`taken_by_defrost`)]),n.has(`cooling`)&&r.push([`cooling`,t(`cold`)]),e.some(Z)&&r.push([null,t(`heat_unknown_legend`)]),r}};function Z(e){return I(e)||e.unpaired>.002*(e.paired+e.unpaired)}function me(e,t,n,i){if(I(e))return Q(t,0,i,n,r,.5);let{paired:a,unpaired:s,above:c,below:l}=e,[u,d]=[0,0];return x`${c.map(e=>(u+=e.kwh,Q(t,u-e.kwh,u,n,`var(--hp-${e.role})`,.92,u>e.kwh)))}
${Q(t,0,a,n,`var(--hp-electricity)`)}
${Z(e)?[o,r].map(e=>Q(t,a,a+s,n,e)):E}
${l.map(e=>(d-=e.kwh,Q(t,d,d+e.kwh,n,`var(--hp-${e.role})`)))}`}function Q({centre:e,barWidth:t},n,r,i,a,o=1,s=!1){let c=i(n)-i(r)-+!!s;return c<=.2?E:x`<rect x=${e-t/2} y=${i(r)} width=${t} height=${c}
fill=${a} opacity=${o}></rect>`}function he(e,[t,n],r){let a=S(e);if(!a)return E;let[o,s]=[a.high,a.low].map(e=>r(c(e,i)));return x`<rect x=${t} y=${o} width=${n-t} height=${Math.max(s-o,1)}
fill="var(--hp-band)"></rect>`}function ge({own:e},{centre:t,width:n},r){if(!e)return E;let[a,o]=[e.high,e.low].map(e=>r(c(e,i))),s=Math.min(12,n*.6);return x`<rect x=${t-s/2} y=${a} width=${s} height=${Math.max(o-a,1)}
rx=${Math.min(s/2,4)} fill="var(--hp-band)"></rect>`}function _e({cop:e,isPart:t},{centre:n,width:r},a){if(e===null)return E;let o=a(c(e,i)),s=c(r*.25,[1.5,J]);return t?x`<circle cx=${n} cy=${o} r=${s} fill="var(--hp-card)" stroke="var(--hp-ink)"
stroke-width="1.8"></circle>`:x`<circle cx=${n} cy=${o} r=${s+.5} fill="var(--hp-ink)"></circle>`}function $({cop:e,own:t},n){let r=e=>n(c(e,i));return Math.min(r(e??0)-8,r(t?.high??0)-4)}export{pe as MonthsCard};