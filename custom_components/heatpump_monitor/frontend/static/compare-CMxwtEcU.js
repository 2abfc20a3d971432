import{G as e,S as t,_ as n,b as r,c as i,d as a,ft as o,g as s,lt as c,p as l,rt as u,s as d,ut as f,v as p}from"./shared-tNZMYE1I.js";import{form as m}from"./form-BurAX6Yy.js";import"./efficiency-B8inCusw.js";import{a as h,n as g,t as _}from"./model-2O_K7t01.js";import{r as v}from"./model-CDc2Ws4-.js";import{n as y,t as b}from"./own-DS9fNLna.js";var x=.05,S=.5,C=.5,w=.01;function T({kind:e}){return e===`all`?[]:e===`day`||e===`month`?[`year`,`before`]:[`year`]}function E(e,t){let n=T(e);return n.find(n=>t&&D(e,n).last>=t)??n[0]}function D({kind:e,first:t,last:n},r){if(e===`days365`)return{first:s(t,-365),last:s(t,-1)};if(e===`day`&&r===`before`)return{first:s(t,-1),last:s(n,-1)};let i=r===`before`?-1:-12;return{first:O(t,i),last:k(n,i)}}function O(e,i){let a=t(e,i);return p(s(a,n(t(e),e)-1),r(a))}function k(e,n){return e===r(e)?r(t(e,n)):O(e,n)}function A(e,t,n,r,i,a,o){let[s,c]=[e.figures,t.figures],l=j(s,c),u=z([s.cop,c.cop],l.isSameBoundary?l.off:null,i,a),d=({paired_days:e})=>e?i(`measured_of`,{days:a.number(e,+(e<9.95))}):i(`heat_not_known`),f=[...I(s,c,l,i,a,o),...L(e,t,l,n,r,i,a)];return{measured:[d(s),d(c)],rows:[N(s,c,u,i,a),...f.flatMap(M)],notes:R(s,c,l,u.isSeen,i,a)}}function j(e,t){let[n,r]=[y(e,t),y(t,e)],i=U(e,t),[a,o]=[e.outside_c,t.outside_c];return{isSameBoundary:V(e)!==null&&V(e)===V(t),isAsLong:W(e.paired_days,t.paired_days),isComparable:i,off:n===null||r===null||!i?null:Math.hypot(n,r),warmer_k:a===null||o===null?null:a-o}}function M({name:e,values:t,show:n,differ:r}){let[i,a]=t;if(i===null&&a===null)return[];let o=e=>e===null?`–`:n(e);return[{name:e,values:[o(i),o(a)],bands:[``,``],difference:r(t),note:``}]}function N(e,t,{text:n,range:r},o,s){let c=e=>s.ratio(e.cop,2,a(e)),l=e=>{let t=a(e);return t?o(`low_to_high`,s.ends(t)):``};return{name:o(i(e)&&i(t)?`jaz_short`:`cop`),values:[c(e),c(t)],bands:[l(e),l(t)],difference:n,note:r}}var P=()=>`–`;function F(e,t,n){return([r,i])=>{if(r===null||!i||e===null)return`–`;let a=(r-i)/Math.abs(i);return e&&Math.abs(a)<=e?t(`not_seen`):B(a,n.percent(a))}}function I(t,n,{isSameBoundary:r,isAsLong:i,off:a},o,s,c){let l=e=>s.number(e,+(e<100)),u=r&&i,d=u?F(0,o,s):P;return[{name:`${o(`heat_title`)}, kWh`,values:[t.heat_kwh,n.heat_kwh],show:l,differ:u?F(a,o,s):P},{name:`${o(`electricity_title`)}, kWh`,values:[t.electricity_kwh,n.electricity_kwh],show:l,differ:d},{name:o(`cost`),values:[t.cost,n.cost],show:e=>s.money(e,c),differ:d},{name:o(`heat_costs`),values:[t.cost_per_kwh_heat,n.cost_per_kwh_heat],show:t=>e(v(t,c,s)),differ:r?F(a,o,s):P},{name:`${o(`co2`)}, kg`,values:[t.co2_kg,n.co2_kg],show:l,differ:d}]}function L(t,r,{isAsLong:i,off:a,warmer_k:o},s,c,l,u){let d=({days:e})=>e.filter(({start:e})=>e!==s),f=({days:e,figures:t})=>g(e,n(t.first,t.last),c),p=`${u.degrees(c,0)}\u00a0${u.degreeUnit}`;return[{name:l(`outside_mean`),values:[t.figures.outside_c,r.figures.outside_c],show:t=>e(u.temperature(t)),differ:o===null||!i?P:()=>B(o,`${u.difference(o)}\u00a0${u.differenceUnit}`)},{name:l(`degree_days`,{base:p}),values:[f(t),f(r)],show:e=>u.difference(e,0),differ:i?F(0,l,u):P},{name:l(`heat_per_degree_day`),values:[h(d(t),c),h(d(r),c)],show:e=>u.number(e/u.degreesPerKelvin,1),differ:F(a===null?null:Math.hypot(a,_),l,u)}]}function R(e,t,{isSameBoundary:n,isAsLong:r,isComparable:i,warmer_k:a},o,s,c){let l=[];if(n||l.push(s(`other_boundary`,H(e,t))),i?r||l.push(s(`not_as_long`)):l.push(s(`too_few_to_compare`)),b(e,t)>w&&l.push(s(`other_methods`)),o&&a!==null&&Math.abs(a)>=C){let e=`${c.difference(Math.abs(a))}\u00a0${c.differenceUnit}`;l.push(s(a<0?`was_colder`:`was_warmer`,{by:e}))}return o&&l.push(s(`why_seen`)),l}function z([e,t],n,r,i){if(e===null||t===null||n===null)return{text:`–`,range:``,isSeen:!1};let[a,o]=[e-t,n*Math.max(e,t)];if(Math.abs(a)<=o)return{text:r(`not_seen`),range:``,isSeen:!1};let[s,c]=[Math.floor((a-o)*100),Math.ceil((a+o)*100)].map(e=>B(e,i.number(e/100,2)));return{text:B(a,i.number(a,2)),range:r(`low_to_high`,{low:s,high:c}),isSeen:!0}}function B(e,t){return e>0?`+${t}`:t}function V({boundary:e,boundary_extra:t,boundary_missing:n}){return e===null?null:[e,...[...t,...n].sort()].join()}function H(e,t){let n=({boundary:e,boundaries:t})=>e??Object.keys(t).map(d).join(` + `);return{one:n(e),other:n(t)}}function U({paired_days:e},{paired_days:t}){return Math.min(e,t)>=S*Math.max(e,t)}function W(e,t){return Math.abs(e-t)<=x*Math.max(e,t)}var G=430,K=class extends l{static{this.properties={...l.properties,against:{state:!0}}}static{this.styles=[...l.styles,o`
.head{justify-content:flex-start;align-items:center;gap:4px 12px;}select{height:44px;padding:0 8px 0 12px;color:var(--hp-ink);background:var(--hp-card);border:1px solid var(--hp-line);border-radius:22px;font:inherit;}:host([dark]) select{color-scheme:dark;}select:focus-visible{outline:2px solid var(--primary-color,#009ac7);outline-offset:2px;}table{width:100%;margin-top:8px;border-collapse:collapse;}th,td{width:24%;padding:5px 0 5px 8px;vertical-align:top;font-weight:400;text-align:right;}th{color:var(--hp-quiet);font-size:12px;}tbody{border-top:1px solid var(--hp-line);}tbody th{padding-left:0;text-align:left;}.narrow :is(th,td){width:33%;padding:4px 0 0 8px;}.narrow :is(th,td):not(:last-child),.narrow tbody th{padding:4px 8px 0 0;text-align:left;}.narrow tbody td:is(:last-child,:not(:last-child)){padding-top:0;}.narrow tr:last-child > :is(th,td):is(:last-child,:not(:last-child)){padding-bottom:4px;}b{font-weight:500;}p{margin:8px 0 0;}`]}constructor(){super(),this.against=null}static async getConfigForm(){return m({against:[[`year`,`against_year`],[`before`,`against_before`]]})}getCardSize(){return 8}content(e){let t=this.periodOf(e),n=T(t),r=this.against??this.config?.against,i=r&&n.includes(r)?r:E(t,e.first_day);return f`
<div class="head">
<h2>${this.#e(n,i)}</h2>
${i&&n.length>1?this.#t(n,i):c}
</div>
${i?this.#n(e,i):this.message(`all_has_no_other`)}
`}#e(e,t){if(!t)return this.t(`two_periods`);let n=this.t(`setting_against`);return e.length>1?n:`${n} ${this.t(`against_${t}`)}`}#t(e,t){let{t:n}=this;return f`<select
aria-label=${n(`setting_against`)}
.value=${t}
@change=${e=>{this.against=e.target.value}}
>
${e.map(e=>f`<option value=${e} ?selected=${e===t}>
${n(`against_${e}`)}
</option>`)}
</select>`}#n(e,t){let{t:n,format:r,hass:i}=this,a=this.periodOf(e),o=D(a,t),{first_day:s}=e;if(!s||o.last<s){let e=s?n(`nothing_then`,{day:r.date(s)}):n(`no_sums`),t=T(a).length<2;return f`<p class="message">${e} ${t?n(`months_have`):c}</p>`}let[l,d]=[this.figures(e,a),this.days(e,a)],[p,m]=[this.figures(e,o,`other`),this.days(e,o,`other`)],h=this.ask(`heat_loss`,e,{...a,first:o.first},u);if(!l||!d||!p||!m||!h||!i)return this.waiting();let g=h.loss?.base_c??15,_=A({figures:l,days:d},{figures:p,days:m},e.today.last,g,n,r,i.config.currency),v=[a,o].map(({first:e,last:t})=>r.days(e,t));return this.#r(_,v)}#r({measured:e,rows:t,notes:n},r){let{t:i,width:a}=this,o=a>=G;return f`<table class=${o?``:`narrow`}>
<thead>
<tr>
${o?f`<td></td>`:c}
${r.map((t,n)=>f`<th scope="col">
${t}
<div>${e[n]}</div>
</th>`)}
<th scope="col">${i(`difference`)}</th>
</tr>
</thead>
${t.map(e=>o?q(e):J(e))}
</table>
${n.map(e=>f`<p class="quiet">${e}</p>`)}`}};function q(e){return f`<tbody>
<tr>
<th scope="row">${e.name}</th>
${Y(e)}
</tr>
</tbody>`}function J(e){return f`<tbody>
<tr>
<th scope="rowgroup" colspan="3">${e.name}</th>
</tr>
<tr>${Y(e)}</tr>
</tbody>`}function Y({values:e,bands:t,difference:n,note:r}){return f`${e.map((e,n)=>f`<td><b>${e}</b>${X(t[n])}</td>`)}
<td>${n}${X(r)}</td>`}function X(e){return e?f`<div class="quiet">${e}</div>`:c}export{K as CompareCard};