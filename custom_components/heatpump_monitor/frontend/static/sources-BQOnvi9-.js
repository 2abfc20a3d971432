import{H as e,V as t,a as n,at as r,ft as i,lt as a,ut as o}from"./shared-vLb4v_Vv.js";import"./health-C_aI6XnQ.js";var s=`M13,13H11V7H13M13,17H11V15H13M12,2A10,10 0 0,0 2,12A10,10 0 0,0 12,22A10,10 0 0,0 22,12A10,10 0 0,0 12,2Z`,c=`M12 2C6.5 2 2 6.5 2 12S6.5 22 12 22 22 17.5 22 12 17.5 2 12 2M10 17L5 12L6.4 10.6L10 14.2L17.6 6.6L19 8L10 17Z`,l=class extends t{static{this.styles=[...t.styles,i`
table{width:100%;border-collapse:collapse;}th,td{height:40px;padding:0 0 0 10px;border-top:1px solid var(--hp-line);font-weight:400;text-align:right;}thead th{border:none;color:var(--hp-quiet);font-size:12px;line-height:16px;}th:first-child{padding:0;text-align:left;}.name{display:flex;gap:8px;align-items:center;}svg{flex:none;width:16px;}p{margin:4px 0 0;}`]}getCardSize(){return 3}content(t){let{t:i,format:l}=this,u=this.asked(`health`,e(t.time),r),d=new Date(t.time),f=[[`electricity_meter`,t.meter],[`cloud`,t.heat_pump]],p=u?.hours_to_recover??null;return o`
<div class="head"><h2>${i(`sources`)}</h2></div>
<table>
<thead>
<tr>
<th scope="col"><span></span></th>
<th scope="col">${i(`last_answer`)}</th>
</tr>
</thead>
<tbody>
${f.map(([e,t])=>{let{isGood:r,text:a}=n(t,``,d,i,l);return o`<tr>
<th scope="row">
<span class="name">
<svg viewBox="0 0 24 24" aria-hidden="true">
<path
d=${r?c:s}
fill="var(--hp-${r?`good`:`warning`})"
></path>
</svg>
${i(e)}
</span>
</th>
<td>${a||`–`}</td>
</tr>`})}
</tbody>
</table>
${p===null?a:o`<p class="quiet">${i(`to_recover`,{hours:l.number(p,0)})}</p>`}
`}};export{l as SourcesCard};