import{B as e,I as t,P as n,ct as r,ft as i,k as a,lt as o,ut as s}from"./shared-FkfHCjtf.js";import{i as c}from"./model-G2mLcq6P.js";var l=.1;function u(e){let t=e.filter(({mode:e,is_whole:t})=>e===`hot_water`&&t).toSorted((e,t)=>Date.parse(t.start)-Date.parse(e.start)),n=t.filter(d),r=n.some(e=>!f(e));return{charges:t.map(p),together:r?m(n):[]}}function d(e){return e.heat_kwh!==null&&e.electricity_kwh!==null&&e.electricity_kwh>0}function f({heat_kwh:e,heat_error_kwh:t}){return e!==null&&t!==null&&t<=l*e}function p(e){let{start:t,electricity_kwh:n,supply_c:r}=e,i=d(e)&&f(e);return{start:t,minutes:c(e),electricity_kwh:n,supply_c:r,heat_kwh:i?e.heat_kwh:null,cop:i?e.heat_kwh/e.electricity_kwh:null}}function m(e){let t=[];for(let n=0;n+10<=e.length;n+=10)t.push(h(e.slice(n,n+10)));return t}function h(e){let t=t=>e.reduce((e,n)=>e+t(n),0),n=t(e=>e.electricity_kwh),r=t(e=>e.heat_kwh),i=Math.sqrt(t(e=>(e.heat_error_kwh??e.heat_kwh)**2)),a=r/n,o=i/n;return{count:e.length,first:e.at(-1).start,last:e[0].start,minutes:t(c),electricity_kwh:n,heat_kwh:r,cop:{value:a,low:a-o,high:a+o}}}var g=30,_=10,v=3,y=class extends a{static{this.styles=[...a.styles,i`
table {
width: 100%;
margin-top: 4px;
border-collapse: collapse;
}
th,
td {
padding: 0 0 0 8px;
height: 32px;
border-top: 1px solid var(--hp-line);
font-weight: 400;
text-align: right;
}
thead th {
border: none;
color: var(--hp-quiet);
font-size: 12px;
line-height: 16px;
vertical-align: bottom;
}
th:first-child {
padding: 0;
text-align: left;
}
.together th,
.together td {
font-weight: 500;
}
.together .quiet {
display: block;
line-height: 14px;
padding-bottom: 4px;
}
.note {
margin: 8px 0 0;
}
`]}static getConfigForm(){return t()}static getStubConfig(){return{}}getCardSize(){return 7}content(t){let{last:n}=t.today,i={first:e(n,-29),last:n},a=[n,t.starts_today,t.mode].join(),c=this.asked(`runs`,a,(e,t)=>r(e,t,i));if(!c)return this.waiting();let{t:l}=this,d=u(c),f=this.#e().filter(([,e])=>this.width>=e);return s`
<div class="head">
<h2>${l(`hot_water_charges`)}</h2>
<span class="quiet">${l(`last_days`,{days:g})}</span>
</div>
${d.charges.length?s`<table>
<thead>
<tr>
<th scope="col">${l(`when`)}</th>
${f.map(([e])=>s`<th scope="col">${l(e)}</th>`)}
</tr>
</thead>
<tbody>
${d.together.slice(0,v).map(e=>s`<tr class="together">
<th scope="row">
${l(`ten_charges`,{count:e.count})}
<span class="quiet">
${this.format.day(e.first)} – ${this.format.day(e.last)}
</span>
</th>
${f.map(([,,,t])=>s`<td>${t(e)}</td>`)}
</tr>`)}
${d.charges.slice(0,_).map(e=>s`<tr>
<th scope="row">${this.#t(e.start)}</th>
${f.map(([,,t])=>s`<td>${t(e)}</td>`)}
</tr>`)}
</tbody>
</table>`:s`<p class="message">${l(`no_charges`)}</p>`}
${d.together.length?s`<p class="quiet note">${l(`charges_rough`,{count:10})}</p>`:o}
`}#e(){let{format:e}=this;return[[`took`,0,({minutes:t})=>e.duration(t),({minutes:t,count:n})=>`⌀\u00a0${e.duration(t/n)}`],[`in_kwh`,0,({electricity_kwh:t})=>e.number(t,1),({electricity_kwh:t})=>e.number(t,1)],[`supply_short`,320,({supply_c:t})=>e.number(t,1),()=>``],[`out_kwh`,400,({heat_kwh:t})=>e.number(t,1),({heat_kwh:t,cop:r})=>n(r)?e.energy(t,!0).text:e.number(t,1)],[`cop`,0,({cop:t})=>e.ratio(t,1),({cop:t})=>e.ratio(t.value,2,t)]]}#t(e){return`${this.format.day(e)}, ${this.format.time(e)}`}};export{y as ChargesCard};