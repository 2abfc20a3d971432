import{F as e,I as t,N as n,X as r,d as i,f as a,ft as o,lt as s,m as c,tt as l,ut as u}from"./shared-D7A7ZQN7.js";import"./efficiency-CgmR3t9e.js";var d=[`heating`,`hot_water`,`defrost`,`standby`],f=100;function p(e,t,r){let{paired_electricity_kwh:o,heat_kwh:s}=e;if(o===null||s===null)return null;let c=+(Math.max(o,Math.abs(s))<f),l=S(e,o,s,c),u=n(l.map(e=>e.electricity),c),p=n(l.map(e=>e.heat),c),v=n(l.map(e=>e.hours??0),0),y=l.map((n,i)=>({role:n.mode,name:m(n.mode,t),note:n.mode===`other`&&!e.modes.standby?t(`other_use_is`):``,electricity:r.number(u[i],c),heat:p[i]===0?`–`:r.number(p[i],c),cop:n.cop,hours:n.hours===null?`–`:r.number(v[i],0)})),b=e.modes.cooling,x=e.unpaired_electricity_kwh??0;return{rows:y,all:{role:null,name:t(`all_modes`),note:``,electricity:r.number(o,c),heat:r.number(s,c),cop:r.ratio(e.cop,2,i(e)),hours:l.some(e=>e.hours===null)?`–`:r.number(v.reduce((e,t)=>e+t,0),0)},cooling:b?{role:`cooling`,name:t(`cooling`),note:``,electricity:r.number(b.electricity_kwh,c),heat:r.number(b.heat_kwh,c),cop:`–`,hours:r.number(h(b),0)}:null,notes:b?[t(`cooling_in_no_cop`)]:[],unpaired:x<.5*10**-c?``:t(`unpaired_more`,{energy:a(r.energy(x))})};function S(e,t,n,i){let a=d.flatMap(t=>{let n=e.modes[t];if(!n)return[];let{electricity_kwh:i,heat_kwh:a,cop:o}=n;return[{mode:t,electricity:i,heat:a,hours:h(n),cop:r.ratio(t===`defrost`||t===`standby`?null:o,2,g(n))}]}),o={electricity:t-_(a.map(e=>e.electricity)),heat:n-_(a.map(e=>e.heat))},s=10**-i*(a.length+1);if(Math.max(Math.abs(o.electricity),Math.abs(o.heat))>s){let e=o.electricity>0&&Math.abs(o.heat)<=s?`other`:`unknown`;a.push({mode:e,...o,hours:null,cop:`–`})}return a}}function m(e,t){return t(e===`other`?`other_use`:e===`unknown`?`mode_unknown`:e)}function h({hours:e,electricity_kwh:t,heat_kwh:n}){return e===0&&(t||n)?null:e}function g({cop:e,uncertainty:t}){return e===null||t===null?null:{value:e,low:e-t,high:e+t}}function _(e){return e.reduce((e,t)=>e+t,0)}var v=330,y=class extends c{static{this.styles=[...c.styles,r,o`
table {
width: 100%;
margin: 8px 0 0;
border-collapse: collapse;
}
th,
td {
padding: 7px 0 7px 8px;
border-bottom: 1px solid var(--hp-line);
font-weight: 400;
text-align: right;
white-space: nowrap;
}
th:first-child {
padding-left: 0;
text-align: left;
white-space: normal;
}
thead th,
.hours {
color: var(--hp-quiet);
}
thead th {
font-size: 12px;
}
.cop,
.all * {
font-weight: 500;
}
.all .hours {
font-weight: 400;
}
tr:last-child > * {
border-bottom: none;
}
p {
margin: 8px 0 0;
}
.key {
gap: 8px;
}
`]}static getConfigForm(){return t(e)}getCardSize(){return 6}getGridOptions(){return{columns:12,min_columns:6}}content(e){let{t,format:n}=this,r=this.figures(e,this.periodOf(e));if(!r)return this.waiting();let i=p(r,t,n),a=this.width>=v;return u`
<div class="head">
<h2>${t(`by_mode`)}</h2>
<span class="quiet">${n.days(r.first,r.last)}, kWh</span>
</div>
${i?u`
<table>
<thead>
<tr>
<th></th>
<th scope="col">${t(`electricity_title`)}</th>
<th scope="col">${t(`heat_title`)}</th>
<th scope="col">${t(`cop`)}</th>
${a?u`<th scope="col">${t(`hours`)}</th>`:s}
</tr>
</thead>
<tbody>
${i.rows.map(e=>b(e,a))}
${b(i.all,a)}
${i.cooling?b(i.cooling,a):s}
</tbody>
</table>
${i.notes.map(e=>u`<p class="quiet">${e}</p>`)}
${i.unpaired?u`<p class="quiet key">${l(null)}${i.unpaired}</p>`:s}
`:this.message(`no_sums`)}
`}};function b(e,t){let{role:n}=e;return u`<tr class=${n===null?`all`:``}>
<th scope="row">
<span class="key">
${n===null?u`<i class="square"></i>`:l(n===`other`?`standby`:n===`unknown`?null:n)}${e.name}
</span>
${e.note?u`<div class="quiet">${e.note}</div>`:s}
</th>
<td>${e.electricity}</td>
<td>${e.heat}</td>
<td class="cop">${e.cop}</td>
${t?u`<td class="hours">${e.hours}</td>`:s}
</tr>`}export{y as ModesCard};