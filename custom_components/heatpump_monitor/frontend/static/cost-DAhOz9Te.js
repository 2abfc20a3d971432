import{C as e,S as t,lt as n,ot as r,p as i,st as a}from"./shared-CdG9aF0b.js";import"./efficiency-C7nC5XMz.js";import{n as o,t as s}from"./model-EZgeBDQK.js";var c=class extends i{static{this.styles=[...i.styles,n`
dl{display:grid;grid-template-columns:repeat(auto-fill,minmax(130px,1fr));gap:8px 16px;margin:8px 0 0;}dt{color:var(--hp-quiet);font-size:12px;}dd{margin:0;}.value{font-size:24px;line-height:32px;white-space:nowrap;}small{color:var(--hp-quiet);font-size:75%;}p{margin:8px 0 0;}`]}static getConfigForm(){return e(t)}getCardSize(){return 3}content(e){let{t,format:n,hass:i}=this,c=this.figures(e,this.periodOf(e));if(!c||!i)return this.waiting();let{sums:l,notes:u}=s(c,t,n,i.config.currency);return a`
<div class="head">
<h2>${t(`cost_and_co2`)}</h2>
<span class="quiet">${n.days(c.first,c.last)}</span>
</div>
<dl>
${l.map(({label:e,value:{text:t,unit:n},note:i})=>a`<div>
<dt>${e}</dt>
<dd class="value">${t}${n?a`\u00a0<small>${n}</small>`:r}</dd>
<dd class="quiet">${i}</dd>
</div>`)}
</dl>
${u.map(e=>a`<p class="quiet">${e}</p>`)}
${o(c)?r:this.message(`no_tariff_then`)}
`}};export{c as CostCard};