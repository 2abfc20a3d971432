import{a as e,n as t}from"./mdi-BdJ5VcrN.js";import{A as n,ft as r,k as i,lt as a,ot as o,s,ut as c}from"./shared-D7A7ZQN7.js";import"./health-DeAQT-lQ.js";var l=class extends i{static{this.styles=[...i.styles,r`
table {
width: 100%;
border-collapse: collapse;
}
th,
td {
height: 40px;
padding: 0 0 0 10px;
border-top: 1px solid var(--hp-line);
font-weight: 400;
text-align: right;
}
thead th {
border: none;
color: var(--hp-quiet);
font-size: 12px;
line-height: 16px;
}
th:first-child {
padding: 0;
text-align: left;
}
.name {
display: flex;
gap: 8px;
align-items: center;
}
svg {
flex: none;
width: 16px;
}
p {
margin: 4px 0 0;
}
`]}getCardSize(){return 3}content(r){let{t:i,format:l}=this,u=this.asked(`health`,n(r.time),o),d=new Date(r.time),f=[[`electricity_meter`,r.meter,u?.answered.meter],[`cloud`,r.heat_pump,u?.answered.heat_pump]],p=u?.hours_to_recover??null;return c`
<div class="head"><h2>${i(`sources`)}</h2></div>
<table>
<thead>
<tr>
<th scope="col"><span></span></th>
<th scope="col">${i(`last_answer`)}</th>
<th scope="col">${i(`answered_7_days`)}</th>
</tr>
</thead>
<tbody>
${f.map(([n,r,a])=>{let{isGood:o,text:u}=s(r,``,d,i,l);return c`<tr>
<th scope="row">
<span class="name">
<svg viewBox="0 0 24 24" aria-hidden="true">
<path
d=${o?e:t}
fill="var(--hp-${o?`good`:`warning`})"
></path>
</svg>
${i(n)}
</span>
</th>
<td>${u||`–`}</td>
<td>${this.#e(a??null)}</td>
</tr>`})}
</tbody>
</table>
${p===null?a:c`<p class="quiet">${i(`to_recover`,{hours:l.number(p,0)})}</p>`}
`}#e(e){if(e===null)return`–`;let t=e>=.999&&e<1?2:+(e<1),n=Math.floor(e*100*10**t+1e-6)/10**t;return`${this.format.number(n,t)}\u00a0%`}};export{l as SourcesCard};