import{ft as e,lt as t,p as n,ut as r}from"./shared-tNZMYE1I.js";import{PERIOD_CHOICE as i,form as a}from"./form-BurAX6Yy.js";import"./efficiency-B8inCusw.js";import{n as o,t as s}from"./model-CDc2Ws4-.js";var c=class extends n{static{this.styles=[...n.styles,e`
dl{display:grid;grid-template-columns:repeat(auto-fill,minmax(130px,1fr));gap:8px 16px;margin:8px 0 0;}dt{color:var(--hp-quiet);font-size:12px;}dd{margin:0;}.value{font-size:24px;line-height:32px;white-space:nowrap;}small{color:var(--hp-quiet);font-size:75%;}p{margin:8px 0 0;}`]}static async getConfigForm(){return a(i)}getCardSize(){return 3}content(e){let{t:n,format:i,hass:a}=this,c=this.figures(e,this.periodOf(e));if(!c||!a)return this.waiting();let{sums:l,notes:u}=s(c,n,i,a.config.currency);return r`
<div class="head">
<h2>${n(`cost_and_co2`)}</h2>
<span class="quiet">${i.days(c.first,c.last)}</span>
</div>
<dl>
${l.map(({label:e,value:{text:n,unit:i},note:a})=>r`<div>
<dt>${e}</dt>
<dd class="value">${n}${i?r`\u00a0<small>${i}</small>`:t}</dd>
<dd class="quiet">${a}</dd>
</div>`)}
</dl>
${u.map(e=>r`<p class="quiet">${e}</p>`)}
${o(c)?t:this.message(`no_tariff_then`)}
`}};export{c as CostCard};