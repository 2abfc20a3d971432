import{A as e,B as t,C as n,E as r,F as i,G as a,I as o,L as s,N as c,O as l,P as u,R as d,S as f,_ as p,b as m,c as h,d as g,dt as _,ft as v,g as y,k as ee,lt as b,p as x,ut as S,v as C,w,x as T,y as E,z as D}from"./shared-tNZMYE1I.js";import{PERIOD_CHOICE as te,form as O}from"./form-BurAX6Yy.js";import"./efficiency-B8inCusw.js";import{ChangeMarks as k,drawTicks as A,said as j,spoken as ne,tickKey as re,within as M}from"./marks-DF7meol6.js";import{n as N}from"./steps-DwYCRDRD.js";import{t as ie}from"./adding_up-CZ2yHvSw.js";import{n as ae}from"./own-DS9fNLna.js";var oe=62,se=90,ce=.5;function le({first:e,last:t}){return p(e,t)<oe}function P(e,t,n){let r=e.filter(({last:e})=>e>=t);return r.map(e=>{let i=E(e.first,t),a=p(f(i),m(i)),o=p(i,C(e.last,m(i)))/a;return{start:i,share:o,isPart:o<1,...R(e),ownShare:e.own_electricity_share,cop:e.cop,band:g(e),own:r.length>1?F(e,n):g(e)}})}function F(e,t){let n=ae(e,t);return n===null||e.cop===null?null:{low:e.cop*(1-n),high:e.cop*(1+n)}}function I(e,{first:t,last:n},r){let i=new Map(e.map(e=>[e.start,e]));return Array.from({length:p(t,n)},(e,n)=>{let a=y(t,n),o=i.get(a)??{...L,start:a},{paired_electricity_kwh:s,heat_kwh:c}=o,l=s!==null&&c!==null&&s>=ce;return{start:o.start,share:1,isPart:o.start===r,...R(o),ownShare:null,cop:l&&c>0?c/s:null,band:null,own:null}})}var L={electricity_kwh:null,paired_electricity_kwh:null,unpaired_electricity_kwh:null,heat_kwh:null,modes:{}};function R(e){let{modes:t,heat_kwh:n}=e,r=[`heating`,`hot_water`].map(e=>({role:e,kwh:t[e]?.heat_kwh??0})).filter(({kwh:e})=>e>0),i=[`defrost`,`cooling`].map(e=>({role:e,kwh:-(t[e]?.heat_kwh??0)})).filter(({kwh:e})=>e>0),a=i.find(({role:e})=>e===`defrost`)?.kwh??0,o=(n??0)+a-H(r);return o>.01*(n??0)&&r.push({role:`unknown`,kwh:o}),{paired:e.paired_electricity_kwh??0,unpaired:e.unpaired_electricity_kwh??0,heat:n,above:r,below:i}}function z({heat:e,paired:t,unpaired:n}){return e===null&&t===0&&n===0}function B(e){return Math.max(H(e.above),e.paired+e.unpaired)}function V(e){return H(e.below)}function H(e){return e.reduce((e,{kwh:t})=>e+t,0)}function U(e,[t,n],r){let i=n-t,a=t=>e.map(({share:e})=>Math.max(e*t,Math.min(r,t))),o=i/Math.max(e.length,1);for(let e=0;e<8;e+=1){let e=a(o).reduce((e,t)=>e+t,0);o=Math.min(o*i/(e||1),se)}let s=t;return a(o).map((t,n)=>{let r={left:s,width:t,centre:s+t/2,barWidth:Math.max(e[n].share*o*.88,1.5)};return s+=t,r})}function W(e,t,n,r){let i=Math.max(...t.map(e=>e.width),0);return n?ue(e,i,r):i>=30?e.map(({start:e})=>r.month(e)):i>=12?e.map(({start:e})=>r.month(e,`narrow`)):e.map(({start:e})=>T(e)===1?r.year(e):``)}function ue(e,t,n){let r=e.at(-1)?.start??``,i=Math.max(Math.ceil(22/(t||1)),1);return e.map(({start:e},t)=>{let a=Number(e.slice(8));if(a===1&&t)return n.month(e);let o=f(e,1),s=o<=r&&p(e,o)<=i+1;return(a-1)%i||s?``:n.dayOfMonth(e)})}function de(e,t){let n=e=>{let n=ie(e.map(e=>e??0),0);return e.map((e,r)=>e===null?`–`:t.number(n[r],0))};return{cop:e.map(({cop:e,band:n})=>t.ratio(e,1,n)),heat:n(e.map(({heat:e})=>e)),electricity:n(e.map(e=>e.heat===null?e.unpaired:e.paired)),own:e.some(e=>e.ownShare!==null)?e.map(e=>t.percent(e.ownShare)):null}}function fe({cop:e},t){return e===null?``:t.number(e,1)}function pe(e,t,n,r){let{band:i,own:o,heat:s,paired:c,unpaired:l,below:u}=e;if(z(e))return[t,n(`not_measured`)];let d=e=>a(r.energy(e)),f=`${n(`cop`)} ${r.ratio(e.cop,i?2:1,i)}`,p=u.find(({role:e})=>e===`cooling`);return[t,o?`${f}, ${n(`low_to_high`,r.ends({value:e.cop,...o}))}`:f,n(`heat_is`,{value:s===null?`–`:d(s)}),n(`electricity_is`,{value:d(s===null?l:c)}),...e.ownShare===null?[]:[`${n(`of_it_own`)} ${r.percent(e.ownShare)}`],...s!==null&&l>=.05?[n(`unpaired_more`,{energy:d(l)})]:[],...p?[`${n(`cold`)} ${d(p.kwh)}`]:[]]}var me={wide:84,narrow:40},he=560,G=36,ge=24,_e=19,K=3.5,q=14,ve={wide:150,narrow:130},ye=28,be={wide:220,narrow:130},J=22,xe=class extends x{static{this.styles=[...x.styles,r,v`
.chart{margin-top:4px;}p{margin:8px 0 0;}table{table-layout:fixed;border-collapse:collapse;font-size:12px;line-height:18px;}th,td{padding:0;text-align:center;white-space:nowrap;font-weight:400;}tbody th{color:var(--hp-quiet);text-align:left;}tbody tr + tr > *{border-top:1px solid var(--hp-line);}.cops td{font-weight:500;}`]}#e=new t(this);#t=new k(this);static async getConfigForm(){return O(te)}getCardSize(){return 10}getGridOptions(){return{columns:`full`,min_columns:6}}content(t){let{t:n,format:r}=this,i=this.periodOf(t),{firstDay:a}=N(t),o=E(C(a,i.last),i.first),s=le({first:o,last:i.last}),c=this.figures(t,i),l=c&&this.#r(t,s,c);if(!l)return this.waiting();let u=M(this.#t.of(this.hass,this.config,t,r),o,i.last),d=this.#i(l,s,u),f=de(l,r),p=l.map(({start:e})=>s?r.day(e):r.month(e)),m=d.isWide&&Math.min(...d.places.map(e=>e.width))>=G,h=l.some(e=>e.isPart);return S`
<div class="head">
<h2>${n(s?`day_by_day`:`month_by_month`)}</h2>
<span class="quiet">
${r.days(s?o:i.first,i.last)}${h&&d.isWide?` · ${n(s?`hollow_part_day`:`hollow_part_month`)}`:b}
</span>
</div>
<div class="chart">
${this.#s(d,c,!m)} ${this.#a(d)}
<div class=${m?``:`only-heard`}>${this.#u(d,p,f)}</div>
</div>
${e(this.#d(l),u.size?re(n):``)}
${this.#n(d)}
`}#n({columns:e,cop:t}){let n=e.flatMap(({own:e})=>e??[]);if(e.length<2||!n.length)return b;let r=n.some(({low:e,high:n})=>t(e)-t(n)>2*K);return S`<p class="quiet">${this.t(r?`months_band`:`months_band_small`)}</p>`}#r(e,t,n){let r=this.periodOf(e);if(t){let t=this.days(e,r),n=N(e).firstDay,i=E(n,r.first);return t&&I(t,{...r,first:i},e.today.last)}let i=this.months(e,r);return i&&P(i,N(e).firstDay,n)}#i(e,t,n){let r=this.width>=he,i=r?`wide`:`narrow`,a=[me[i],this.width],l=q+ve[i],u=l+ye,d=u+be[i],f=Math.max(...e.map(B),1),p=o(-Math.max(...e.map(V),0),f,5),m=r&&!t&&e.length<16?G:ge,h=(a[1]-a[0])/Math.max(e.length,1);return{columns:e,places:U(e,a,t?0:Math.min(m,h*.9)),x:a,cop:s(c,[l,q]),kwh:s(p,[d,u]),kwhTicks:D([0,p[1]],5),copBottom:l,bottom:d,byDay:t,isWide:r,marks:n}}#a(e){let{t,format:n,width:r}=this,{byDay:i,columns:a,places:o,cop:s,kwh:l,bottom:d,marks:f}=e;return this.#e.layer({label:t(`arrow_keys`,{name:t(i?`day_by_day`:`month_by_month`)}),width:r,height:d+J,line:[q,d],spots:()=>a.map((e,r)=>({x:o[r].centre,y:e.cop===null?l(B(e)):s(u(e.cop,c)),says:[...pe(e,this.#o(e,i),t,n),...j(M(f,e.start,Y(e,i)),t,n,!i)]}))})}#o({start:e},t){let{format:n}=this;return t?n.date(e):`${n.month(e)} ${n.year(e)}`}#s(e,t,n){let{t:r,format:a,width:o}=this,{columns:s,places:u,bottom:d,cop:f,kwh:p,kwhTicks:m,x:h,isWide:v,marks:y}=e,x=d+J,C=W(s,u,e.byDay,a),w=i(m),T=[r(e.byDay?`day_by_day`:`month_by_month`),`${r(`cop`)} ${a.ratio(t.cop,2,g(t))}`],E=Math.min(...u.map(e=>e.width))>=_e;return S`<svg viewBox="0 0 ${o} ${x}" style="height: ${x}px" role="img"
aria-label="${T.join(`: `)}${ne(y,r,a)}">
<defs>${ee()}</defs>
${v?_`<text class="name" x="0" y=${f(5)+4}>${r(`cop`)}</text>
<text class="name" x="0" y=${p(m.at(-1))+4}>kWh</text>`:_`<text class="name" x="0" y=${10}>${r(`cop`)}</text>
<text class="name" x="0" y=${p(m.at(-1))-9}>kWh</text>`}
${l(D(c,6),f,h,String)}
${l(m,p,h,e=>a.number(e,w))}
${s.map((e,t)=>Z(e,u[t],p,m.at(-1)))}
<path class="zero" d="M${h[0]} ${p(0)}H${h[1]}"></path>
${A(Se(e),e.copBottom+4)}
${s.length>1?Ce(t,h,f):b}
${s.map((e,t)=>we(e,u[t],f))}
${this.#l(e,t,n&&E)}
${s.map((e,t)=>Te(e,u[t],f))}
${n&&E?s.map((e,t)=>this.#c(e,u[t],f)):b}
${C.map((e,t)=>_`<text class="tick" x=${u[t].centre} y=${d+17}
text-anchor="middle">${e}</text>`)}
</svg>`}#c(e,t,n){return _`<text class="name halo" x=${t.centre} y=${$(e,n)}
text-anchor="middle">${fe(e,this.format)}</text>`}#l(e,t,n){if(t.cop===null||e.columns.length<2)return b;let{t:r,format:i}=this,{cop:a,columns:o,places:s,x:l}=e,f=a(u(t.cop,c)),p=s.at(-1).left+s.at(-1).width,m=`${r(h(t)?`jaz_short`:`cop`)} ${i.ratio(t.cop,2,g(t))}`,v=d(m)/2+4,y=s.flatMap(({centre:e})=>[f-6,f+14].map(t=>{let r=u(e,[l[0]+v,l[1]-v]),i=o.flatMap((e,i)=>{let o=v+(n?10:6);if(e.cop===null||Math.abs(s[i].centre-r)>o)return[];let l=a(u(e.cop,c));return(n?[l,$(e,a)-4]:[l]).map(e=>Math.abs(e-(t-4)))});return{middle:r,baseline:t,room:Math.min(...i,99)}})).reduce((e,t)=>t.room>e.room?t:e);return _`<path d="M${l[0]} ${f}H${p}" stroke="var(--hp-ink)" stroke-width="1.5"
stroke-dasharray="2 3"></path>
<text class="name halo" x=${y.middle} y=${y.baseline}
text-anchor="middle">${m}</text>`}#u(e,t,n){let{t:r}=this,i=(e,t,n=``)=>S`<tr class=${n}>
<th scope="row">${e}</th>
${t.map(e=>S`<td>${e}</td>`)}
</tr>`,a=e.places.at(-1),o=a?a.left+a.width:e.x[1];return S`<table style="width: ${o}px">
<colgroup>
<col style="width: ${e.x[0]}px" />
${e.places.map(({width:e})=>S`<col style="width: ${e}px" />`)}
</colgroup>
<thead class="only-heard">
<tr>
<th></th>
${t.map(e=>S`<th scope="col">${e}</th>`)}
</tr>
</thead>
<tbody>
${i(r(`cop`),n.cop,`cops`)} ${i(r(`heat_title`),n.heat)}
${i(r(`electricity_title`),n.electricity)}
${n.own?i(r(`of_it_own`),n.own):b}
</tbody>
</table>`}#d(e){let{t}=this,n=new Set(e.flatMap(({above:e,below:t})=>[...e,...t]).map(({role:e})=>e)),r=[];return n.has(`heating`)&&r.push([`heating`,t(`heating`)]),n.has(`hot_water`)&&r.push([`hot_water`,t(`hot_water`)]),r.push([`electricity`,t(`electricity_in_heat`)]),n.has(`defrost`)&&r.push([`defrost`,t(`taken_by_defrost`)]),n.has(`cooling`)&&r.push([`cooling`,t(`cold`)]),e.some(X)&&r.push([null,t(`heat_unknown_legend`)]),r}};function Y({start:e},t){return t?e:m(e)}function Se({marks:e,columns:t,places:n,byDay:r}){return[...e.keys()].flatMap(e=>{let i=t.findIndex(t=>t.start<=e&&e<=Y(t,r)),[a,o]=[t[i],n[i]];if(!a||!o)return[];let s=r?1:a.share*p(f(e),m(e));return[o.left+o.width*(p(a.start,e)-.5)/s]})}function X(e){return z(e)||e.unpaired>.002*(e.paired+e.unpaired)}function Z(e,t,r,i){if(z(e))return Q(t,0,i,r,n,.5);let{paired:a,unpaired:o,above:s,below:c}=e,[l,u]=[0,0];return _`${s.map(e=>(l+=e.kwh,Q(t,l-e.kwh,l,r,`var(--hp-${e.role})`,.92,l>e.kwh)))}
${Q(t,0,a,r,`var(--hp-electricity)`)}
${X(e)?[w,n].map(e=>Q(t,a,a+o,r,e)):b}
${c.map(e=>(u-=e.kwh,Q(t,u,u+e.kwh,r,`var(--hp-${e.role})`)))}`}function Q({centre:e,barWidth:t},n,r,i,a,o=1,s=!1){let c=i(n)-i(r)-+!!s;return c<=.2?b:_`<rect x=${e-t/2} y=${i(r)} width=${t} height=${c}
fill=${a} opacity=${o}></rect>`}function Ce(e,[t,n],r){let i=g(e);if(!i)return b;let[a,o]=[i.high,i.low].map(e=>r(u(e,c)));return _`<rect x=${t} y=${a} width=${n-t} height=${Math.max(o-a,1)}
fill="var(--hp-band)"></rect>`}function we({own:e},{centre:t,width:n},r){if(!e)return b;let[i,a]=[e.high,e.low].map(e=>r(u(e,c))),o=Math.min(12,n*.6);return _`<rect x=${t-o/2} y=${i} width=${o} height=${Math.max(a-i,1)}
rx=${Math.min(o/2,4)} fill="var(--hp-band)"></rect>`}function Te({cop:e,isPart:t},{centre:n,width:r},i){if(e===null)return b;let a=i(u(e,c)),o=u(r*.25,[1.5,K]);return t?_`<circle cx=${n} cy=${a} r=${o} fill="var(--hp-card)" stroke="var(--hp-ink)"
stroke-width="1.8"></circle>`:_`<circle cx=${n} cy=${a} r=${o+.5} fill="var(--hp-ink)"></circle>`}function $({cop:e,own:t},n){let r=e=>n(u(e,c));return Math.min(r(e??0)-8,r(t?.high??0)-4)}export{xe as MonthsCard};