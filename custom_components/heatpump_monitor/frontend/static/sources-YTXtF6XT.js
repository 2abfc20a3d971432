import{C as e,x as t}from"./schematic-DgANZLyo.js";import{_ as n,g as r,lt as i,o as a,ot as o,rt as s,st as c}from"./shared-CdG9aF0b.js";import"./health-Czgjihfb.js";var l=class extends r{static{this.styles=[...r.styles,i`
table{width:100%;border-collapse:collapse;}th,td{height:40px;padding:0 0 0 10px;border-top:1px solid var(--hp-line);font-weight:400;text-align:right;}thead th{border:none;color:var(--hp-quiet);font-size:12px;line-height:16px;}th:first-child{padding:0;text-align:left;}.name{display:flex;gap:8px;align-items:center;}svg{flex:none;width:16px;}p{margin:4px 0 0;}`]}getCardSize(){return 3}content(r){let{t:i,format:l}=this,u=this.asked(`health`,n(r.time),s),d=new Date(r.time),f=[[`electricity_meter`,r.meter],[`cloud`,r.heat_pump]],p=u?.hours_to_recover??null;return c`
<div class="head"><h2>${i(`sources`)}</h2></div>
<table>
<thead>
<tr>
<th scope="col"><span></span></th>
<th scope="col">${i(`last_answer`)}</th>
</tr>
</thead>
<tbody>
${f.map(([n,r])=>{let{isGood:o,text:s}=a(r,``,d,i,l);return c`<tr>
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
<td>${s||`–`}</td>
</tr>`})}
</tbody>
</table>
${p===null?o:c`<p class="quiet">${i(`to_recover`,{hours:l.number(p,0)})}</p>`}
`}};export{l as SourcesCard};