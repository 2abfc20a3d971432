import{K as e,V as t,at as n,ft as r,g as i,lt as a,ut as o}from"./shared-tNZMYE1I.js";import{i as s}from"./model-DVWmX7bL.js";var c=.1;function l(e){let t=e.filter(({mode:e,is_whole:t})=>e===`hot_water`&&t).toSorted((e,t)=>Date.parse(t.start)-Date.parse(e.start)),n=t.filter(u),r=n.some(e=>!d(e));return{charges:t.map(f),together:r?p(n):[]}}function u(e){return e.heat_kwh!==null&&e.electricity_kwh!==null&&e.electricity_kwh>0}function d({heat_kwh:e,heat_error_kwh:t}){return e!==null&&t!==null&&t<=c*e}function f(e){let{start:t,electricity_kwh:n,supply_c:r}=e,i=u(e)&&d(e);return{start:t,minutes:s(e),electricity_kwh:n,supply_c:r,heat_kwh:i?e.heat_kwh:null,cop:i?e.heat_kwh/e.electricity_kwh:null}}function p(e){let t=[];for(let n=0;n+10<=e.length;n+=10)t.push(m(e.slice(n,n+10)));return t}function m(e){let t=t=>e.reduce((e,n)=>e+t(n),0),n=t(e=>e.electricity_kwh),r=t(e=>e.heat_kwh),i=Math.sqrt(t(e=>(e.heat_error_kwh??e.heat_kwh)**2)),a=r/n,o=i/n;return{count:e.length,first:e.at(-1).start,last:e[0].start,minutes:t(s),electricity_kwh:n,heat_kwh:r,cop:{value:a,low:a-o,high:a+o}}}var h=30,g=10,_=3,v=class extends t{static{this.styles=[...t.styles,r`
table{width:100%;margin-top:4px;border-collapse:collapse;}th,td{padding:0 0 0 8px;height:32px;border-top:1px solid var(--hp-line);font-weight:400;text-align:right;}thead th{border:none;color:var(--hp-quiet);font-size:12px;line-height:16px;vertical-align:bottom;}th:first-child{padding:0;text-align:left;}.together th,.together td{font-weight:500;}.together .quiet{display:block;line-height:14px;padding-bottom:4px;}.note{margin:8px 0 0;}`]}getCardSize(){return 7}content(e){let{last:t}=e.today,r={first:i(t,-29),last:t},s=[t,e.starts_today,e.mode].join(),c=this.asked(`runs`,s,(e,t)=>n(e,t,r));if(!c)return this.waiting();let{t:u}=this,d=this.format.degreeUnit,f=l(c),p=this.#e().filter(([,e])=>this.width>=e);return o`
<div class="head">
<h2>${u(`hot_water_charges`)}</h2>
<span class="quiet">${u(`last_days`,{days:h})}</span>
</div>
${f.charges.length?o`<table>
<thead>
<tr>
<th scope="col">${u(`when`)}</th>
${p.map(([e])=>o`<th scope="col">${u(e,{degrees:d})}</th>`)}
</tr>
</thead>
<tbody>
${f.together.slice(0,_).map(e=>o`<tr class="together">
<th scope="row">
${u(`ten_charges`,{count:e.count})}
<span class="quiet">
${this.format.day(e.first)} – ${this.format.day(e.last)}
</span>
</th>
${p.map(([,,,t])=>o`<td>${t(e)}</td>`)}
</tr>`)}
${f.charges.slice(0,g).map(e=>o`<tr>
<th scope="row">${this.#t(e.start)}</th>
${p.map(([,,t])=>o`<td>${t(e)}</td>`)}
</tr>`)}
</tbody>
</table>`:o`<p class="message">${u(`no_charges`)}</p>`}
${f.together.length?o`<p class="quiet note">${u(`charges_rough`,{count:10})}</p>`:a}
`}#e(){let{format:t}=this;return[[`took`,0,({minutes:e})=>t.duration(e),({minutes:e,count:n})=>`⌀\u00a0${t.duration(e/n)}`],[`in_kwh`,0,({electricity_kwh:e})=>t.number(e,1),({electricity_kwh:e})=>t.number(e,1)],[`supply_short`,320,({supply_c:e})=>t.degrees(e),()=>``],[`out_kwh`,400,({heat_kwh:e})=>t.number(e,1),({heat_kwh:n,cop:r})=>e(r)?t.energy(n,!0).text:t.number(n,1)],[`cop`,0,({cop:e})=>t.ratio(e,1),({cop:e})=>t.ratio(e.value,2,e)]]}#t(e){return`${this.format.day(e)}, ${this.format.time(e)}`}};export{v as ChargesCard};