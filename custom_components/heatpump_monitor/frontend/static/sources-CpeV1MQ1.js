import{a as e,ft as t,lt as n,ut as r}from"./shared-DNF7ueYP.js";import"./health-C4uu99xV.js";import{t as i}from"./health_card-CemrIQbe.js";var a=`M13,13H11V7H13M13,17H11V15H13M12,2A10,10 0 0,0 2,12A10,10 0 0,0 12,22A10,10 0 0,0 22,12A10,10 0 0,0 12,2Z`,o=`M12 2C6.5 2 2 6.5 2 12S6.5 22 12 22 22 17.5 22 12 17.5 2 12 2M10 17L5 12L6.4 10.6L10 14.2L17.6 6.6L19 8L10 17Z`,s=class extends i{static{this.styles=[...i.styles,t`
table{width:100%;border-collapse:collapse;}th,td{height:40px;padding:0 0 0 10px;border-top:1px solid var(--hp-line);font-weight:400;text-align:right;}thead th{border:none;color:var(--hp-quiet);font-size:12px;line-height:16px;}th:first-child{padding:0;text-align:left;}.name{display:flex;gap:8px;align-items:center;}svg{flex:none;width:16px;}p{margin:4px 0 0;}`]}getCardSize(){return 3}content(t){let{t:i,format:s}=this,c=this.health(t),l=new Date(t.time),u=[[`electricity_meter`,t.meter],[`cloud`,t.heat_pump]],d=c?.hours_to_recover??null;return r`
<div class="head"><h2>${i(`sources`)}</h2></div>
<table>
<thead>
<tr>
<th scope="col"><span></span></th>
<th scope="col">${i(`last_answer`)}</th>
</tr>
</thead>
<tbody>
${u.map(([t,n])=>{let{isGood:c,text:u}=e(n,``,l,i,s);return r`<tr>
<th scope="row">
<span class="name">
<svg viewBox="0 0 24 24" aria-hidden="true">
<path
d=${c?o:a}
fill="var(--hp-${c?`good`:`warning`})"
></path>
</svg>
${i(t)}
</span>
</th>
<td>${u||`–`}</td>
</tr>`})}
</tbody>
</table>
${d===null?n:r`<p class="quiet">${i(`to_recover`,{hours:s.number(d,0)})}</p>`}
`}};export{s as SourcesCard};