import{a as e,n as t}from"./mdi-BdJ5VcrN.js";import{A as n,I as r,ft as i,k as a,lt as o,ot as s,s as c,ut as l}from"./shared-FkfHCjtf.js";import"./health-Ceb0vkq2.js";var u=class extends a{static{this.styles=[...a.styles,i`
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
`]}static getConfigForm(){return r()}static getStubConfig(){return{}}getCardSize(){return 3}content(r){let{t:i,format:a}=this,u=this.asked(`health`,n(r.time),s),d=new Date(r.time),f=[[`electricity_meter`,r.meter,u?.answered.meter],[`cloud`,r.heat_pump,u?.answered.heat_pump]],p=u?.hours_to_recover??null;return l`
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
${f.map(([n,r,o])=>{let{isGood:s,text:u}=c(r,``,d,i,a);return l`<tr>
<th scope="row">
<span class="name">
<svg viewBox="0 0 24 24" aria-hidden="true">
<path
d=${s?e:t}
fill="var(--hp-${s?`good`:`warning`})"
></path>
</svg>
${i(n)}
</span>
</th>
<td>${u||`–`}</td>
<td>${this.#e(o??null)}</td>
</tr>`})}
</tbody>
</table>
${p===null?o:l`<p class="quiet">${i(`to_recover`,{hours:a.number(p,0)})}</p>`}
`}#e(e){if(e===null)return`–`;let t=e>=.999&&e<1?2:+(e<1),n=Math.floor(e*100*10**t+1e-6)/10**t;return`${this.format.number(n,t)}\u00a0%`}};export{u as SourcesCard};