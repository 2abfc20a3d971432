import{E as e,G as t,d as n,ft as r,j as i,lt as a,p as o,ut as s}from"./shared-tNZMYE1I.js";import{PERIOD_CHOICE as c,form as l}from"./form-BurAX6Yy.js";import"./efficiency-B8inCusw.js";import{n as u}from"./model-CDc2Ws4-.js";import{t as d}from"./adding_up-CZ2yHvSw.js";var f=[`heating`,`hot_water`,`defrost`,`standby`],p=.5,m=.9,h=100;function g(e,r,i){let{paired_electricity_kwh:a,heat_kwh:o}=e;if(a===null||o===null)return null;let s=+(Math.max(a,Math.abs(o))<h),c=v(e),l=({hours:e})=>c?e:null,u=E(e,a,o,s),p=d(u.map(e=>e.electricity),s),m=d(u.map(e=>e.heat),s),g=d(u.map(e=>e.hours??0),0),S=u.map((t,n)=>({role:t.mode,name:_(t.mode,r),note:t.mode===`other`&&!e.modes.standby?r(`other_use_is`):``,electricity:i.number(p[n],s),heat:m[n]===0?`–`:i.number(m[n],s),cop:t.cop,hours:t.hours===null?`–`:i.number(g[n],0)})),C=e.modes.cooling,w=C&&y(C),T=e.unpaired_electricity_kwh??0;return{rows:S,all:{role:null,name:r(`all_modes`),note:``,electricity:i.number(a,s),heat:i.number(o,s),cop:i.ratio(e.cop,2,n(e)),hours:u.some(e=>e.hours===null)?`–`:i.number(g.reduce((e,t)=>e+t,0),0)},cooling:C?{role:`cooling`,name:r(`cooling`),note:w?`${r(`eer`)} ${i.ratio(w.value,2,b(w))}`:``,electricity:i.number(C.electricity_kwh,s),heat:i.number(C.heat_kwh,s),cop:`–`,hours:i.number(l(C),0)}:null,notes:C?[r(`cooling_in_no_cop`)]:[],unpaired:T<.5*10**-s?``:r(`unpaired_more`,{energy:t(i.energy(T))})};function E(e,t,n,r){let a=f.flatMap(t=>{let n=e.modes[t];if(!n)return[];let{electricity_kwh:r,heat_kwh:a,cop:o}=n;return[{mode:t,electricity:r,heat:a,hours:l(n),cop:i.ratio(t===`defrost`||t===`standby`?null:o,2,b({value:o,uncertainty:n.uncertainty}))}]}),o={electricity:t-x(a.map(e=>e.electricity)),heat:n-x(a.map(e=>e.heat))},s=10**-r*(a.length+1);if(Math.max(Math.abs(o.electricity),Math.abs(o.heat))>s){let e=o.electricity>0&&Math.abs(o.heat)<=s?`other`:`unknown`;a.push({mode:e,...o,hours:null,cop:`–`})}return a}}function _(e,t){return t(e===`other`?`other_use`:e===`unknown`?`mode_unknown`:e)}function v({modes:e,paired_days:t}){return x(Object.values(e).map(e=>e.hours??0))>=m*24*t}function y({electricity_kwh:e,heat_kwh:t,uncertainty:n}){return e<p||t>=0?null:{value:-t/e,uncertainty:n}}function b({value:e,uncertainty:t}){return e===null||t===null?null:{value:e,low:e-t,high:e+t}}function x(e){return e.reduce((e,t)=>e+t,0)}var S=`/config/integrations/integration/heatpump_monitor`,C=330,w=class extends o{static{this.styles=[...o.styles,e,r`
table{width:100%;margin:8px 0 0;border-collapse:collapse;}th,td{padding:7px 0 7px 8px;border-bottom:1px solid var(--hp-line);font-weight:400;text-align:right;white-space:nowrap;}th:first-child{padding-left:0;text-align:left;white-space:normal;}thead th,.hours{color:var(--hp-quiet);}thead th{font-size:12px;}.cop,.all *{font-weight:500;}.all .hours{font-weight:400;}tr:last-child > *{border-bottom:none;}p{margin:8px 0 0;}.key{gap:8px;}a{display:flex;align-items:center;min-height:44px;margin-bottom:-12px;text-decoration:underline;}`]}static async getConfigForm(){return l(c)}getCardSize(){return 6}content(e){let{t,format:n}=this,r=this.figures(e,this.periodOf(e));if(!r)return this.waiting();let o=g(r,t,n),c=this.width>=C;return s`
<div class="head">
<h2>${t(`by_mode`)}</h2>
<span class="quiet">${n.days(r.first,r.last)}, kWh</span>
</div>
${o?s`
<table>
<thead>
<tr>
<th></th>
<th scope="col">${t(`electricity_title`)}</th>
<th scope="col">${t(`heat_title`)}</th>
<th scope="col">${t(`cop`)}</th>
${c?s`<th scope="col">${t(`hours`)}</th>`:a}
</tr>
</thead>
<tbody>
${o.rows.map(e=>T(e,c))}
${T(o.all,c)}
${o.cooling?T(o.cooling,c):a}
</tbody>
</table>
${o.notes.map(e=>s`<p class="quiet">${e}</p>`)}
${o.unpaired?s`<p class="quiet key">${i(null)}${o.unpaired}</p>`:a}
`:this.message(`no_sums`)}
${u(e.rolling_year)||u(r)?a:s`<a class="quiet" href=${S}>${t(`enter_tariff`)}</a>`}
`}};function T(e,t){let{role:n}=e;return s`<tr class=${n===null?`all`:``}>
<th scope="row">
<span class="key">
${n===null?s`<i class="square"></i>`:i(n===`other`?`standby`:n===`unknown`?null:n)}${e.name}
</span>
${e.note?s`<div class="quiet">${e.note}</div>`:a}
</th>
<td>${e.electricity}</td>
<td>${e.heat}</td>
<td class="cop">${e.cop}</td>
${t?s`<td class="hours">${e.hours}</td>`:a}
</tr>`}export{w as ModesCard};