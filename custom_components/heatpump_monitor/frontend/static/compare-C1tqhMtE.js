import{A as e,C as t,M as n,O as r,P as i,b as a,c as o,d as s,k as c,lt as l,ot as u,p as d,s as f,st as p}from"./shared-CdG9aF0b.js";import"./efficiency-C7nC5XMz.js";import{r as m}from"./model-EZgeBDQK.js";import{n as h,o as g,r as _,t as v}from"./model-saGkGnt0.js";import{n as y,t as b}from"./own-DS9fNLna.js";var x=.05,S=.5,C=.5,w=.01;function T({kind:e}){return e===`all`?[]:e===`day`||e===`month`?[`year`,`before`]:[`year`]}function E(e,t){let n=T(e);return n.find(n=>t&&D(e,n).last>=t)??n[0]}function D({kind:e,first:t,last:n},i){if(e===`days365`)return{first:r(t,-365),last:r(t,-1)};if(e===`day`&&i===`before`)return{first:r(t,-1),last:r(n,-1)};let a=i===`before`?-1:-12;return{first:O(t,a),last:k(n,a)}}function O(t,a){let o=i(t,a);return e(r(o,c(i(t),t)-1),n(o))}function k(e,t){return e===n(e)?n(i(e,t)):O(e,t)}function A(e,t,n,r,i,a){let[o,s]=[e.figures,t.figures],c=j(o,s),l=z([o.cop,s.cop],c.isSameBoundary?c.off:null,r,i),u=({paired_days:e})=>e?r(`measured_of`,{days:i.number(e,+(e<9.95))}):r(`heat_not_known`),d=[...I(o,s,c,r,i,a),...L(e,t,c,n,r,i)];return{measured:[u(o),u(s)],rows:[N(o,s,l,r,i),...d.flatMap(M)],notes:R(o,s,c,l.isSeen,r,i)}}function j(e,t){let[n,r]=[y(e,t),y(t,e)],i=U(e,t),[a,o]=[e.outside_c,t.outside_c];return{isSameBoundary:V(e)!==null&&V(e)===V(t),isAsLong:W(e.paired_days,t.paired_days),isComparable:i,off:n===null||r===null||!i?null:Math.hypot(n,r),warmer_k:a===null||o===null?null:a-o}}function M({name:e,values:t,show:n,differ:r}){let[i,a]=t;if(i===null&&a===null)return[];let o=e=>e===null?`–`:n(e);return[{name:e,values:[o(i),o(a)],bands:[``,``],difference:r(t),note:``}]}function N(e,t,{text:n,range:r},i,a){let c=e=>a.ratio(e.cop,2,s(e)),l=e=>{let t=s(e);return t?i(`low_to_high`,a.ends(t)):``};return{name:i(o(e)&&o(t)?`jaz_short`:`cop`),values:[c(e),c(t)],bands:[l(e),l(t)],difference:n,note:r}}var P=()=>`–`;function F(e,t,n){return([r,i])=>{if(r===null||!i||e===null)return`–`;let a=(r-i)/Math.abs(i);return e&&Math.abs(a)<=e?t(`not_seen`):B(a,n.percent(a))}}function I(e,t,{isSameBoundary:n,isAsLong:r,off:i},o,s,c){let l=e=>s.number(e,+(e<100)),u=n&&r,d=u?F(0,o,s):P;return[{name:`${o(`heat_title`)}, kWh`,values:[e.heat_kwh,t.heat_kwh],show:l,differ:u?F(i,o,s):P},{name:`${o(`electricity_title`)}, kWh`,values:[e.electricity_kwh,t.electricity_kwh],show:l,differ:d},{name:o(`cost`),values:[e.cost,t.cost],show:e=>s.money(e,c),differ:d},{name:o(`heat_costs`),values:[e.cost_per_kwh_heat,t.cost_per_kwh_heat],show:e=>a(m(e,c,s)),differ:n?F(i,o,s):P},{name:`${o(`co2`)}, kg`,values:[e.co2_kg,t.co2_kg],show:l,differ:d}]}function L(e,t,{isAsLong:n,off:r,warmer_k:i},o,s,l){let u=({days:e})=>e.filter(({start:e})=>e!==o),d=h([...u(e),...u(t)]),f=({days:e,figures:t})=>_(e,c(t.first,t.last),d),p=`${l.degrees(d,0)}\u00a0${l.degreeUnit}`;return[{name:s(`outside_mean`),values:[e.figures.outside_c,t.figures.outside_c],show:e=>a(l.temperature(e)),differ:i===null||!n?P:()=>B(i,`${l.difference(i)}\u00a0${l.differenceUnit}`)},{name:s(`degree_days`,{base:p}),values:[f(e),f(t)],show:e=>l.difference(e,0),differ:n?F(0,s,l):P},{name:s(`heat_per_degree_day`),values:[g(u(e),d),g(u(t),d)],show:e=>l.number(e/l.degreesPerKelvin,1),differ:F(r===null?null:Math.hypot(r,v),s,l)}]}function R(e,t,{isSameBoundary:n,isAsLong:r,isComparable:i,warmer_k:a},o,s,c){let l=[];if(n||l.push(s(`other_boundary`,H(e,t))),i?r||l.push(s(`not_as_long`)):l.push(s(`too_few_to_compare`)),b(e,t)>w&&l.push(s(`other_methods`)),o&&a!==null&&Math.abs(a)>=C){let e=`${c.difference(Math.abs(a))}\u00a0${c.differenceUnit}`;l.push(s(a<0?`was_colder`:`was_warmer`,{by:e}))}return o&&l.push(s(`why_seen`)),l}function z([e,t],n,r,i){if(e===null||t===null||n===null)return{text:`–`,range:``,isSeen:!1};let[a,o]=[e-t,n*Math.max(e,t)];if(Math.abs(a)<=o)return{text:r(`not_seen`),range:``,isSeen:!1};let[s,c]=[Math.floor((a-o)*100),Math.ceil((a+o)*100)].map(e=>B(e,i.number(e/100,2)));return{text:B(a,i.number(a,2)),range:r(`low_to_high`,{low:s,high:c}),isSeen:!0}}function B(e,t){return e>0?`+${t}`:t}function V({boundary:e,boundary_extra:t,boundary_missing:n}){return e===null?null:[e,...[...t,...n].sort()].join()}function H(e,t){let n=({boundary:e,boundaries:t})=>e??Object.keys(t).map(f).join(` + `);return{one:n(e),other:n(t)}}function U({paired_days:e},{paired_days:t}){return Math.min(e,t)>=S*Math.max(e,t)}function W(e,t){return Math.abs(e-t)<=x*Math.max(e,t)}var G=430,K=class extends d{static{this.properties={...d.properties,against:{state:!0}}}static{this.styles=[...d.styles,l`
.head{justify-content:flex-start;align-items:center;gap:4px 12px;}select{height:44px;padding:0 8px 0 12px;color:var(--hp-ink);background:var(--hp-card);border:1px solid var(--hp-line);border-radius:22px;font:inherit;}:host([dark]) select{color-scheme:dark;}select:focus-visible{outline:2px solid var(--primary-color,#009ac7);outline-offset:2px;}table{width:100%;margin-top:8px;border-collapse:collapse;}th,td{width:24%;padding:5px 0 5px 8px;vertical-align:top;font-weight:400;text-align:right;}th{color:var(--hp-quiet);font-size:12px;}tbody{border-top:1px solid var(--hp-line);}tbody th{padding-left:0;text-align:left;}.narrow :is(th,td){width:33%;padding:4px 0 0 8px;}.narrow :is(th,td):not(:last-child),.narrow tbody th{padding:4px 8px 0 0;text-align:left;}.narrow tbody td:is(:last-child,:not(:last-child)){padding-top:0;}.narrow tr:last-child > :is(th,td):is(:last-child,:not(:last-child)){padding-bottom:4px;}b{font-weight:500;}p{margin:8px 0 0;}`]}constructor(){super(),this.against=null}static getConfigForm(){return t({against:[[`year`,`against_year`],[`before`,`against_before`]]})}getCardSize(){return 8}content(e){let t=this.periodOf(e),n=T(t),r=this.against??this.config?.against,i=r&&n.includes(r)?r:E(t,e.first_day);return p`
<div class="head">
<h2>${this.#e(n,i)}</h2>
${i&&n.length>1?this.#t(n,i):u}
</div>
${i?this.#n(e,i):this.message(`all_has_no_other`)}
`}#e(e,t){if(!t)return this.t(`two_periods`);let n=this.t(`setting_against`);return e.length>1?n:`${n} ${this.t(`against_${t}`)}`}#t(e,t){let{t:n}=this;return p`<select
aria-label=${n(`setting_against`)}
.value=${t}
@change=${e=>{this.against=e.target.value}}
>
${e.map(e=>p`<option value=${e} ?selected=${e===t}>
${n(`against_${e}`)}
</option>`)}
</select>`}#n(e,t){let{t:n,format:r,hass:i}=this,a=this.periodOf(e),o=D(a,t),{first_day:s}=e;if(!s||o.last<s){let e=s?n(`nothing_then`,{day:r.date(s)}):n(`no_sums`),t=T(a).length<2;return p`<p class="message">${e} ${t?n(`months_have`):u}</p>`}let[c,l]=[this.figures(e,a),this.days(e,a)],[d,f]=[this.figures(e,o,`other`),this.days(e,o,`other`)];if(!c||!l||!d||!f||!i)return this.waiting();let m=A({figures:c,days:l},{figures:d,days:f},e.today.last,n,r,i.config.currency),h=[a,o].map(({first:e,last:t})=>r.days(e,t));return this.#r(m,h)}#r({measured:e,rows:t,notes:n},r){let{t:i,width:a}=this,o=a>=G;return p`<table class=${o?``:`narrow`}>
<thead>
<tr>
${o?p`<td></td>`:u}
${r.map((t,n)=>p`<th scope="col">
${t}
<div>${e[n]}</div>
</th>`)}
<th scope="col">${i(`difference`)}</th>
</tr>
</thead>
${t.map(e=>o?q(e):J(e))}
</table>
${n.map(e=>p`<p class="quiet">${e}</p>`)}`}};function q(e){return p`<tbody>
<tr>
<th scope="row">${e.name}</th>
${Y(e)}
</tr>
</tbody>`}function J(e){return p`<tbody>
<tr>
<th scope="rowgroup" colspan="3">${e.name}</th>
</tr>
<tr>${Y(e)}</tr>
</tbody>`}function Y({values:e,bands:t,difference:n,note:r}){return p`${e.map((e,n)=>p`<td><b>${e}</b>${X(t[n])}</td>`)}
<td>${n}${X(r)}</td>`}function X(e){return e?p`<div class="quiet">${e}</div>`:u}export{K as CompareCard};