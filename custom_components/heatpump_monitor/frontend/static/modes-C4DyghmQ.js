import{C as e,R as t,S as n,U as r,b as i,d as a,lt as o,ot as s,p as c,st as l}from"./shared-CdG9aF0b.js";import"./efficiency-C7nC5XMz.js";import{n as u}from"./model-EZgeBDQK.js";import{t as d}from"./adding_up-CZ2yHvSw.js";var f=[`heating`,`hot_water`,`defrost`,`standby`],p=.5,m=.9,h=100;function g(e,t,n){let{paired_electricity_kwh:r,heat_kwh:o}=e;if(r===null||o===null)return null;let s=+(Math.max(r,Math.abs(o))<h),c=v(e),l=({hours:e})=>c?e:null,u=E(e,r,o,s),p=d(u.map(e=>e.electricity),s),m=d(u.map(e=>e.heat),s),g=d(u.map(e=>e.hours??0),0),S=u.map((r,i)=>({role:r.mode,name:_(r.mode,t),note:r.mode===`other`&&!e.modes.standby?t(`other_use_is`):``,electricity:n.number(p[i],s),heat:m[i]===0?`–`:n.number(m[i],s),cop:r.cop,hours:r.hours===null?`–`:n.number(g[i],0)})),C=e.modes.cooling,w=C&&y(C),T=e.unpaired_electricity_kwh??0;return{rows:S,all:{role:null,name:t(`all_modes`),note:``,electricity:n.number(r,s),heat:n.number(o,s),cop:n.ratio(e.cop,2,a(e)),hours:u.some(e=>e.hours===null)?`–`:n.number(g.reduce((e,t)=>e+t,0),0)},cooling:C?{role:`cooling`,name:t(`cooling`),note:w?`${t(`eer`)} ${n.ratio(w.value,2,b(w))}`:``,electricity:n.number(C.electricity_kwh,s),heat:n.number(C.heat_kwh,s),cop:`–`,hours:n.number(l(C),0)}:null,notes:C?[t(`cooling_in_no_cop`)]:[],unpaired:T<.5*10**-s?``:t(`unpaired_more`,{energy:i(n.energy(T))})};function E(e,t,r,i){let a=f.flatMap(t=>{let r=e.modes[t];if(!r)return[];let{electricity_kwh:i,heat_kwh:a,cop:o}=r;return[{mode:t,electricity:i,heat:a,hours:l(r),cop:n.ratio(t===`defrost`||t===`standby`?null:o,2,b({value:o,uncertainty:r.uncertainty}))}]}),o={electricity:t-x(a.map(e=>e.electricity)),heat:r-x(a.map(e=>e.heat))},s=10**-i*(a.length+1);if(Math.max(Math.abs(o.electricity),Math.abs(o.heat))>s){let e=o.electricity>0&&Math.abs(o.heat)<=s?`other`:`unknown`;a.push({mode:e,...o,hours:null,cop:`–`})}return a}}function _(e,t){return t(e===`other`?`other_use`:e===`unknown`?`mode_unknown`:e)}function v({modes:e,paired_days:t}){return x(Object.values(e).map(e=>e.hours??0))>=m*24*t}function y({electricity_kwh:e,heat_kwh:t,uncertainty:n}){return e<p||t>=0?null:{value:-t/e,uncertainty:n}}function b({value:e,uncertainty:t}){return e===null||t===null?null:{value:e,low:e-t,high:e+t}}function x(e){return e.reduce((e,t)=>e+t,0)}var S=`/config/integrations/integration/heatpump_monitor`,C=330,w=class extends c{static{this.styles=[...c.styles,t,o`
table{width:100%;margin:8px 0 0;border-collapse:collapse;}th,td{padding:7px 0 7px 8px;border-bottom:1px solid var(--hp-line);font-weight:400;text-align:right;white-space:nowrap;}th:first-child{padding-left:0;text-align:left;white-space:normal;}thead th,.hours{color:var(--hp-quiet);}thead th{font-size:12px;}.cop,.all *{font-weight:500;}.all .hours{font-weight:400;}tr:last-child > *{border-bottom:none;}p{margin:8px 0 0;}.key{gap:8px;}a{display:flex;align-items:center;min-height:44px;margin-bottom:-12px;text-decoration:underline;}`]}static getConfigForm(){return e(n)}getCardSize(){return 6}content(e){let{t,format:n}=this,i=this.figures(e,this.periodOf(e));if(!i)return this.waiting();let a=g(i,t,n),o=this.width>=C;return l`
<div class="head">
<h2>${t(`by_mode`)}</h2>
<span class="quiet">${n.days(i.first,i.last)}, kWh</span>
</div>
${a?l`
<table>
<thead>
<tr>
<th></th>
<th scope="col">${t(`electricity_title`)}</th>
<th scope="col">${t(`heat_title`)}</th>
<th scope="col">${t(`cop`)}</th>
${o?l`<th scope="col">${t(`hours`)}</th>`:s}
</tr>
</thead>
<tbody>
${a.rows.map(e=>T(e,o))}
${T(a.all,o)}
${a.cooling?T(a.cooling,o):s}
</tbody>
</table>
${a.notes.map(e=>l`<p class="quiet">${e}</p>`)}
${a.unpaired?l`<p class="quiet key">${r(null)}${a.unpaired}</p>`:s}
`:this.message(`no_sums`)}
${u(e.rolling_year)||u(i)?s:l`<a class="quiet" href=${S}>${t(`enter_tariff`)}</a>`}
`}};function T(e,t){let{role:n}=e;return l`<tr class=${n===null?`all`:``}>
<th scope="row">
<span class="key">
${n===null?l`<i class="square"></i>`:r(n===`other`?`standby`:n===`unknown`?null:n)}${e.name}
</span>
${e.note?l`<div class="quiet">${e.note}</div>`:s}
</th>
<td>${e.electricity}</td>
<td>${e.heat}</td>
<td class="cop">${e.cop}</td>
${t?l`<td class="hours">${e.hours}</td>`:s}
</tr>`}export{w as ModesCard};