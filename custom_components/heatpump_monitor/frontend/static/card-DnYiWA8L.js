import{a as e,c as t,i as n,l as r,n as i,o as a,s as o}from"./base-BnrNNQaJ.js";import{c as s,i as c,n as l,o as u,s as d,t as f}from"./axes-Cadk6hrI.js";import{a as p,i as m,n as h,o as g,r as _,s as v,t as y}from"./days-CvwQHZOD.js";import{a as b,c as x,i as S,n as C,r as w,s as T,t as E}from"./scale-EtbSrqaY.js";import{t as D}from"./model-Bf4frK0Q.js";import{r as O,t as k}from"./period_card-pqvOAWRB.js";import{t as A}from"./model-CjAZL7zC.js";var j=62,M=90,N=.5;function ee({first:e,last:t}){return h(e,t)<j}function te(e,t){return e.filter(({last:e})=>e>=t).map(e=>{let n=m(e.first,t),r=h(v(n),p(n)),i=h(n,_(e.last,p(n)))/r;return{start:n,share:i,isPart:i<1,...P(e),cop:e.cop,band:A(e)}})}function ne(e,{first:t,last:n},r){let i=new Map(e.map(e=>[e.start,e]));return Array.from({length:h(t,n)},(e,n)=>{let a=y(t,n),o=i.get(a)??{...re,start:a},{paired_electricity_kwh:s,heat_kwh:c}=o,l=s!==null&&c!==null&&s>=N;return{start:o.start,share:1,isPart:o.start===r,...P(o),cop:l&&c>0?c/s:null,band:null}})}var re={electricity_kwh:null,paired_electricity_kwh:null,unpaired_electricity_kwh:null,heat_kwh:null,modes:{}};function P(e){let{modes:t,heat_kwh:n}=e,r=[`heating`,`hot_water`].map(e=>({role:e,kwh:t[e]?.heat_kwh??0})).filter(({kwh:e})=>e>0),i=[`defrost`,`cooling`].map(e=>({role:e,kwh:-(t[e]?.heat_kwh??0)})).filter(({kwh:e})=>e>0),a=i.find(({role:e})=>e===`defrost`)?.kwh??0,o=(n??0)+a-R(r);return o>.01*(n??0)&&r.push({role:`unknown`,kwh:o}),{paired:e.paired_electricity_kwh??0,unpaired:e.unpaired_electricity_kwh??0,heat:n,above:r,below:i}}function F({heat:e,paired:t,unpaired:n}){return e===null&&t===0&&n===0}function I(e){return Math.max(R(e.above),e.paired+e.unpaired)}function L(e){return R(e.below)}function R(e){return e.reduce((e,{kwh:t})=>e+t,0)}function z(e,[t,n],r){let i=n-t,a=t=>e.map(({share:e})=>Math.max(e*t,Math.min(r,t))),o=i/Math.max(e.length,1);for(let e=0;e<8;e+=1){let e=a(o).reduce((e,t)=>e+t,0);o=Math.min(o*i/(e||1),M)}let s=t;return a(o).map((t,n)=>{let r={left:s,width:t,centre:s+t/2,barWidth:Math.max(e[n].share*o*.88,1.5)};return s+=t,r})}function B(e,t,n,r){let i=Math.max(...t.map(e=>e.width),0);if(n){let t=Math.max(Math.ceil(22/(i||1)),1);return e.map(({start:e},n)=>n%t?``:r.dayOfMonth(e))}return i>=30?e.map(({start:e})=>r.month(e)):i>=12?e.map(({start:e})=>r.month(e,`narrow`)):e.map(({start:e})=>g(e)===1?r.year(e):``)}function V(e,t){let n=e=>{let n=i(e.map(e=>e??0),0);return e.map((e,r)=>e===null?`–`:t.number(n[r],0))};return{cop:e.map(({cop:e,band:n})=>t.ratio(e,1,n)),heat:n(e.map(({heat:e})=>e)),electricity:n(e.map(e=>e.heat===null?e.unpaired:e.paired))}}function H({cop:e},t){return e===null?``:t.number(e,1)}var U={wide:84,narrow:40},W=560,G=36,K=24,q=19,J=14,Y={wide:150,narrow:130},ie=28,ae={wide:220,narrow:130},oe=22,se=class extends k{static{this.styles=[...k.styles,c,r`
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
    `]}static getConfigForm(){return e(n)}static getStubConfig(){return{}}getCardSize(){return 10}getGridOptions(){return{columns:`full`,min_columns:6}}content(e){let{t,format:n}=this,r=this.periodOf(e),i=ee(r),c=this.#e(e,i);if(!c)return this.waiting();let l=this.#t(c,i),u=this.figures(e,r),d=V(c,n),f=c.map(({start:e})=>i?n.day(e):n.month(e)),p=l.isWide&&Math.min(...l.places.map(e=>e.width))>=G,m=c.some(e=>e.isPart);return o`
      <div class="head">
        <h2>${t(i?`day_by_day`:`month_by_month`)}</h2>
        <span class="quiet">
          ${n.days(r.first,r.last)}${m&&l.isWide?` · ${t(i?`hollow_part_day`:`hollow_part_month`)}`:a}
        </span>
      </div>
      <div class="chart">
        ${this.#n(l,u,!p,ce(f,d,t))}
        <div class=${p?``:`only-heard`}>${this.#a(l,f,d)}</div>
      </div>
      ${s(this.#o(c))}
    `}#e(e,t){let n=this.periodOf(e);if(t){let t=this.days(e,n),r=O(e).firstDay,i=m(r,n.first);return t&&ne(t,{...n,first:i},e.today.last)}let r=this.months(e,n);return r&&te(r,O(e).firstDay)}#t(e,t){let n=this.width>=W,r=n?`wide`:`narrow`,i=[U[r],this.width],a=J+Y[r],o=a+ie,s=o+ae[r],c=Math.max(...e.map(I),1),l=S(-Math.max(...e.map(L),0),c,5),u=n&&!t&&e.length<16?G:K,d=(i[1]-i[0])/Math.max(e.length,1);return{columns:e,places:z(e,i,t?0:Math.min(u,d*.9)),x:i,cop:b(E,[a,J]),kwh:b(l,[s,o]),kwhTicks:x([0,l[1]],5),copBottom:a,bottom:s,byDay:t,isWide:n}}#n(e,n,r,i){let{t:s,format:c,width:l}=this,{columns:f,places:p,bottom:m,cop:h,kwh:g,kwhTicks:_,x:v,isWide:y}=e,b=m+oe,S=B(f,p,e.byDay,c),C=w(_),T=[s(e.byDay?`day_by_day`:`month_by_month`),`${s(`cop`)} ${c.number(n?.cop??null,2)}`],D=Math.min(...p.map(e=>e.width))>=q;return o`<svg viewBox="0 0 ${l} ${b}" style="height: ${b}px" role="img"
        aria-label=${T.join(`: `)}>
      <defs>${d()}</defs>
      ${y?t`<text class="name" x="0" y=${h(5)+4}>${s(`cop`)}</text>
              <text class="name" x="0" y=${g(_.at(-1))+4}>kWh</text>`:t`<text class="name" x="0" y=${10}>${s(`cop`)}</text>
              <text class="name" x="0" y=${g(_.at(-1))-9}>kWh</text>`}
      ${u(x(E,6),h,v,String)}
      ${u(_,g,v,e=>c.number(e,C))}
      ${f.map((e,t)=>le(e,p[t],g,_.at(-1)))}
      <path class="zero" d="M${v[0]} ${g(0)}H${v[1]}"></path>
      ${f.map((e,t)=>ue(e,p[t],h))}
      ${this.#i(e,n,r&&D)}
      ${f.map((e,t)=>de(e,p[t],h))}
      ${r&&D?f.map((e,t)=>this.#r(e,p[t],h)):a}
      ${S.map((e,n)=>t`<text class="tick" x=${p[n].centre} y=${m+17}
          text-anchor="middle">${e}</text>`)}
      ${i.map((e,t)=>Z(e,p[t],m))}
    </svg>`}#r(e,n,r){return t`<text class="name halo" x=${n.centre} y=${$(e,r)}
      text-anchor="middle">${H(e,this.format)}</text>`}#i(e,n,r){if(!n||n.cop===null||e.columns.length<2)return a;let{t:i,format:o}=this,{cop:s,columns:c,places:l,x:u}=e,d=s(C(n.cop,E)),f=l.at(-1).left+l.at(-1).width,p=`${i(D(n)?`jaz_short`:`cop`)} ${o.number(n.cop,2)}`,m=T(p)/2+4,h=l.flatMap(({centre:e})=>[d-6,d+14].map(t=>{let n=C(e,[u[0]+m,u[1]-m]),i=c.flatMap((e,i)=>{let a=m+(r?10:6);if(e.cop===null||Math.abs(l[i].centre-n)>a)return[];let o=s(C(e.cop,E));return(r?[o,$(e,s)-4]:[o]).map(e=>Math.abs(e-(t-4)))});return{middle:n,baseline:t,room:Math.min(...i,99)}})).reduce((e,t)=>t.room>e.room?t:e);return t`<path d="M${u[0]} ${d}H${f}" stroke="var(--hp-ink)" stroke-width="1.5"
        stroke-dasharray="2 3"></path>
      <text class="name halo" x=${h.middle} y=${h.baseline}
        text-anchor="middle">${p}</text>`}#a(e,t,n){let{t:r}=this,i=(e,t,n=``)=>o`<tr class=${n}>
      <th scope="row">${e}</th>
      ${t.map(e=>o`<td>${e}</td>`)}
    </tr>`;return o`<table>
      <colgroup>
        <col style="width: ${e.x[0]}px" />
        ${e.places.map(({width:e})=>o`<col style="width: ${e}px" />`)}
      </colgroup>
      <thead class="only-heard">
        <tr>
          <th></th>
          ${t.map(e=>o`<th scope="col">${e}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${i(r(`cop`),n.cop,`cops`)} ${i(r(`heat_title`),n.heat)}
        ${i(r(`electricity_title`),n.electricity)}
      </tbody>
    </table>`}#o(e){let{t}=this,n=new Set(e.flatMap(({above:e,below:t})=>[...e,...t]).map(({role:e})=>e)),r=[];return n.has(`heating`)&&r.push([`heating`,t(`heating`)]),n.has(`hot_water`)&&r.push([`hot_water`,t(`hot_water`)]),r.push([`electricity`,t(`electricity_in_heat`)]),n.has(`defrost`)&&r.push([`defrost`,t(`taken_by_defrost`)]),n.has(`cooling`)&&r.push([`cooling`,t(`cold`)]),e.some(X)&&r.push([null,t(`heat_unknown_legend`)]),r}};function X(e){return F(e)||e.unpaired>.002*(e.paired+e.unpaired)}function ce(e,t,n){return e.map((e,r)=>n(`month_sentence`,{month:e,cop:t.cop[r],heat:`${t.heat[r]} kWh`,electricity:`${t.electricity[r]} kWh`}))}function Z(e,{left:n,width:r},i){return t`<rect x=${n} y="0" width=${r} height=${i} fill="transparent">
    <title>${e}</title></rect>`}function le(e,n,r,i){if(F(e))return Q(n,0,i,r,f,.5);let{paired:o,unpaired:s,above:c,below:u}=e,[d,p]=[0,0];return t`${c.map(e=>(d+=e.kwh,Q(n,d-e.kwh,d,r,`var(--hp-${e.role})`,.92,d>e.kwh)))}
  ${Q(n,0,o,r,`var(--hp-electricity)`)}
  ${X(e)?[l,f].map(e=>Q(n,o,o+s,r,e)):a}
  ${u.map(e=>(p-=e.kwh,Q(n,p,p+e.kwh,r,`var(--hp-${e.role})`)))}`}function Q({centre:e,barWidth:n},r,i,o,s,c=1,l=!1){let u=o(r)-o(i)-+!!l;return u<=.2?a:t`<rect x=${e-n/2} y=${o(i)} width=${n} height=${u}
    fill=${s} opacity=${c}></rect>`}function ue({band:e},{centre:n,width:r},i){if(!e)return a;let[o,s]=[e.high,e.low].map(e=>i(C(e,E))),c=Math.min(12,r*.6);return t`<rect x=${n-c/2} y=${o} width=${c} height=${Math.max(s-o,1)}
    rx=${Math.min(c/2,4)} fill="var(--hp-band)"></rect>`}function de({cop:e,isPart:n},{centre:r,width:i},o){if(e===null)return a;let s=o(C(e,E)),c=C(i*.25,[1.5,3.5]);return n?t`<circle cx=${r} cy=${s} r=${c} fill="var(--hp-card)" stroke="var(--hp-ink)"
        stroke-width="1.8"></circle>`:t`<circle cx=${r} cy=${s} r=${c+.5} fill="var(--hp-ink)"></circle>`}function $({cop:e,band:t},n){let r=e=>n(C(e,E));return Math.min(r(e??0)-8,r(t?.high??0)-4)}export{se as MonthsCard};