import{O as e,at as t,g as n,lt as r,ot as i,st as a,x as o}from"./shared-CdG9aF0b.js";import{i as s}from"./model-CIaUfG0f.js";var c=.1;function l(e){let t=e.filter(({mode:e,is_whole:t})=>e===`hot_water`&&t).toSorted((e,t)=>Date.parse(t.start)-Date.parse(e.start)),n=t.filter(u),r=n.some(e=>!d(e));return{charges:t.map(f),together:r?p(n):[]}}function u(e){return e.heat_kwh!==null&&e.electricity_kwh!==null&&e.electricity_kwh>0}function d({heat_kwh:e,heat_error_kwh:t}){return e!==null&&t!==null&&t<=c*e}function f(e){let{start:t,electricity_kwh:n,supply_c:r}=e,i=u(e)&&d(e);return{start:t,minutes:s(e),electricity_kwh:n,supply_c:r,heat_kwh:i?e.heat_kwh:null,cop:i?e.heat_kwh/e.electricity_kwh:null}}function p(e){let t=[];for(let n=0;n+10<=e.length;n+=10)t.push(m(e.slice(n,n+10)));return t}function m(e){let t=t=>e.reduce((e,n)=>e+t(n),0),n=t(e=>e.electricity_kwh),r=t(e=>e.heat_kwh),i=Math.sqrt(t(e=>(e.heat_error_kwh??e.heat_kwh)**2)),a=r/n,o=i/n;return{count:e.length,first:e.at(-1).start,last:e[0].start,minutes:t(s),electricity_kwh:n,heat_kwh:r,cop:{value:a,low:a-o,high:a+o}}}var h=30,g=10,_=3,v=class extends n{static{this.styles=[...n.styles,r`
table{width:100%;margin-top:4px;border-collapse:collapse;}th,td{padding:0 0 0 8px;height:32px;border-top:1px solid var(--hp-line);font-weight:400;text-align:right;}thead th{border:none;color:var(--hp-quiet);font-size:12px;line-height:16px;vertical-align:bottom;}th:first-child{padding:0;text-align:left;}.together th,.together td{font-weight:500;}.together .quiet{display:block;line-height:14px;padding-bottom:4px;}.note{margin:8px 0 0;}`]}getCardSize(){return 7}content(n){let{last:r}=n.today,o={first:e(r,-29),last:r},s=[r,n.starts_today,n.mode].join(),c=this.asked(`runs`,s,(e,n)=>t(e,n,o));if(!c)return this.waiting();let{t:u}=this,d=this.format.degreeUnit,f=l(c),p=this.#e().filter(([,e])=>this.width>=e);return a`
<div class="head">
<h2>${u(`hot_water_charges`)}</h2>
<span class="quiet">${u(`last_days`,{days:h})}</span>
</div>
${f.charges.length?a`<table>
<thead>
<tr>
<th scope="col">${u(`when`)}</th>
${p.map(([e])=>a`<th scope="col">${u(e,{degrees:d})}</th>`)}
</tr>
</thead>
<tbody>
${f.together.slice(0,_).map(e=>a`<tr class="together">
<th scope="row">
${u(`ten_charges`,{count:e.count})}
<span class="quiet">
${this.format.day(e.first)} – ${this.format.day(e.last)}
</span>
</th>
${p.map(([,,,t])=>a`<td>${t(e)}</td>`)}
</tr>`)}
${f.charges.slice(0,g).map(e=>a`<tr>
<th scope="row">${this.#t(e.start)}</th>
${p.map(([,,t])=>a`<td>${t(e)}</td>`)}
</tr>`)}
</tbody>
</table>`:a`<p class="message">${u(`no_charges`)}</p>`}
${f.together.length?a`<p class="quiet note">${u(`charges_rough`,{count:10})}</p>`:i}
`}#e(){let{format:e}=this;return[[`took`,0,({minutes:t})=>e.duration(t),({minutes:t,count:n})=>`⌀\u00a0${e.duration(t/n)}`],[`in_kwh`,0,({electricity_kwh:t})=>e.number(t,1),({electricity_kwh:t})=>e.number(t,1)],[`supply_short`,320,({supply_c:t})=>e.degrees(t),()=>``],[`out_kwh`,400,({heat_kwh:t})=>e.number(t,1),({heat_kwh:t,cop:n})=>o(n)?e.energy(t,!0).text:e.number(t,1)],[`cop`,0,({cop:t})=>e.ratio(t,1),({cop:t})=>e.ratio(t.value,2,t)]]}#t(e){return`${this.format.day(e)}, ${this.format.time(e)}`}};export{v as ChargesCard};