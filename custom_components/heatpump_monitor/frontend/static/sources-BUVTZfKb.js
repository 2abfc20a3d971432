import{G as e,a as t,ft as n,lt as r,ut as i}from"./shared-tNZMYE1I.js";import"./health-B7sKEZuh.js";import{t as a}from"./health_card-kQ9XgqF9.js";var o=`M13,13H11V7H13M13,17H11V15H13M12,2A10,10 0 0,0 2,12A10,10 0 0,0 12,22A10,10 0 0,0 22,12A10,10 0 0,0 12,2Z`,s=`M12 2C6.5 2 2 6.5 2 12S6.5 22 12 22 22 17.5 22 12 17.5 2 12 2M10 17L5 12L6.4 10.6L10 14.2L17.6 6.6L19 8L10 17Z`,c=(e,t)=>e.toLowerCase().includes(t.toLowerCase())?``:t,l=class extends a{static{this.styles=[...a.styles,n`
table{width:100%;border-collapse:collapse;}th,td{height:32px;padding:4px 0 4px 10px;border-top:1px solid var(--hp-line);font-weight:400;text-align:right;}thead th{border:none;color:var(--hp-quiet);font-size:12px;line-height:16px;}th:first-child{padding-left:0;text-align:left;}.name{display:flex;gap:8px;align-items:center;}small{display:block;color:var(--hp-quiet);font-size:12px;line-height:16px;}svg{flex:none;width:16px;}p{margin:4px 0 0;}`]}getCardSize(){return 3}content(n){let{t:a,format:l}=this,u=this.health(n),d=new Date(n.time),{heat_pump:f,meters:p,is_account:m}=n,h=p.length===1,g=[...p.map(t=>({source:t,name:h?a(`electricity_meter`):t.name,role:h?``:c(t.name,a(`role_${t.role}`)),power:e(l.power(t.power_w,2))})),{source:f,name:a(m?`cloud`:`heat_pump`),role:``,power:``}],_=u?.hours_to_recover??null;return i`
<div class="head"><h2>${a(`sources`)}</h2></div>
<table>
<thead>
<tr>
<th scope="col"><span></span></th>
${h?r:i`<th scope="col">${a(`power`)}</th>`}
<th scope="col">${a(`last_answer`)}</th>
</tr>
</thead>
<tbody>
${g.map(({source:e,name:n,role:c,power:u})=>{let{isGood:f,text:p}=t(e,``,d,a,l);return i`<tr>
<th scope="row">
<span class="name">
<svg viewBox="0 0 24 24" aria-hidden="true">
<path
d=${f?s:o}
fill="var(--hp-${f?`good`:`warning`})"
></path>
</svg>
<span>${n}${c?i`<small>${c}</small>`:r}</span>
</span>
</th>
${h?r:i`<td>${u}</td>`}
<td>${p||`–`}</td>
</tr>`})}
</tbody>
</table>
${_===null?r:i`<p class="quiet">${a(`to_recover`,{hours:l.number(_,0)})}</p>`}
`}};export{l as SourcesCard};