import{E as e,L as t,P as n,R as r,dt as i,ft as a,lt as o,st as s,ut as c,z as l}from"./shared-tNZMYE1I.js";import{i as u,n as d,r as f,t as p}from"./entries-Cf44LVSF.js";import{n as m,t as h}from"./note_form-BgRcEtNv.js";var g=[-25,40],_=100,v=[-5,5];function y(e,t,n,r){return e.filter(x).map(e=>{let{effect:i}=e.look,a=S(i);return{id:e.id,title:f(e,r),day:p(e.time,t,r),bar:a,value:a&&i.verdict!==`not_enough_data`?w(a.value,r):`–`,words:E(i,n),interval:a?n(`low_to_high`,T(a,r)):``,entry:e}})}function b(e){return e.length>_?`${e.slice(0,_).trimEnd()}…`:e}function x(e){return e.look!==null}function S({figures:e,verdict:t}){if(!e)return null;let{value:n,low:r,high:i}=e.cop.change,a=t===`better`||t===`worse`;return{value:C(n),low:C(r),high:C(i),isSeen:a}}var C=e=>100*(e-1);function w(e,t){return`${d(Number(e.toFixed(1)),t.number(e,1))}\u00a0%`}function T({low:e,high:t},n){let[r,i]=[Math.floor(e*10+1e-9)/10,Math.ceil(t*10-1e-9)/10].map(e=>d(e,n.number(e,1)));return{low:r,high:`${i}\u00a0%`}}function E({verdict:e,lack:t,days_needed:n,together_with:r},i){let a=r.length?i(`not_alone`):``;return e===`no_visible_effect`?i(`no_effect`):e!==`not_enough_data`||!t?a:t!==`days_after`||n===null?i(`lack_${t}`):n===1?i(`lack_one_day`):i(`lack_days`,{days:n})}function D(e){let t=e.flatMap(({bar:e})=>e??[]);if(!t.length)return null;let r=Math.min(...t.map(e=>e.low),v[0]),i=Math.max(...t.map(e=>e.high),v[1]),a=[n(r,g)-.5,n(i,g)+.5];return{range:a,marks:l(a,4)}}function O(e,t,n){return d(e,n.number(e,0))+(t?`\xA0%`:``)}function k({before:e,after:t,figures:n},r,i){let a={name:r(`days_compared`),before:i.number(e.used,0),after:i.number(t.used,0),change:``,note:``};if(!n)return[a];let o=(e,t,n,a=1)=>{if(!t)return[];let o={value:C(t.change.value),low:C(t.change.low),high:C(t.change.high)};return[{name:e,before:i.number(t.before.value/a,n),after:i.number(t.after.value/a,n),change:w(o.value,i),note:r(`low_to_high`,T(o,i))}]};return[a,...o(r(`cop`),n.cop,2),...A(n.supply_c,n.cop,r,i),...o(r(`heat_a_day`),n.heat_kwh_per_day,1),...o(r(`heat_a_degree_day`),n.heat_kwh_per_degree_day,2,i.degreesPerKelvin),...o(r(`electricity_a_day`),n.electricity_kwh_per_day,1)]}function A(e,t,n,r){if(!e)return[];let{value:i}=e.change;return[{name:n(`supply_degrees`,{unit:r.degreeUnit}),before:r.degrees(e.before.value),after:r.degrees(e.after.value),change:`${d(Number(i.toFixed(1)),r.difference(i))}\u00a0${r.differenceUnit}`,note:j(e.change,t.change)?n(`explains_it`):``}]}function j(e,t){return e.high<0&&t.low>1||e.low>0&&t.high<1}function M(e,t,n,r){let i=e=>n.number(e,0),a=e=>n.money(e,r,0).replace(/^-/,`−`),o=({low:e,high:n},r)=>t(`low_to_high`,{low:r(Math.floor(e)),high:r(Math.ceil(n))}),s=(e,t,n)=>({name:e,energy:`${i(t.value)}\u00a0kWh`,energyEnds:o(t,i),money:n?a(n.value):``,moneyEnds:n?o(n,a):``});return[s(t(`by_cop`),e.saved_kwh,e.saved_money),s(t(`in_all`),e.saved_in_all_kwh,e.saved_in_all_money)]}function N({look:e,id:t},n,r,i){let{effect:a,looked_on:o,next_look:s}=e,c=a.together_with.map(e=>I(e,t,n,i)),[l,u]=[F(a.before,r,i),F(a.after,r,i)],d=s?r(`next_look`,{day:i.date(s)}):r(`last_look`);return[c.length?r(`together_with`,{changes:c.join(`; `)}):``,P(a,r,i),[l&&r(`left_before`,{days:l}),u&&r(`left_after`,{days:u})].join(` `),`${r(`looked_on`,{day:i.date(o)})} ${d}`].filter(e=>e.trim())}function P({figures:e,yearly:t},n,r){if(!e)return``;let i=e=>`${r.degrees(e,0)}\u00a0${r.degreeUnit}`,[a,o]=e.outside_c,s=[n(`weather`,{mean:i(e.mean_outside_c),low:i(a),high:i(o)})];if(e.source_adjusted&&s.push(n(`same_brine`)),t){let{share_measured:e,share_in_range:i}=t;s.push(n(`year_measured`,{share:r.percent(e),range:r.percent(i)}))}return s.join(` `)}function F({excluded:e},t,n){return Object.entries(e).map(([e,r])=>{let i=`left_${e}`,a=n.number(r,0);return s(i)?t(i,{days:a}):a}).join(`, `)}function I(e,t,n,r){let i=Date.parse(e);return n.filter(e=>e.id!==t&&e.touched&&Date.parse(e.time)===i).map(e=>f(e,r)).join(`; `)||r.date(e)}var L=`M7.4,8.6L12,13.2L16.6,8.6L18,10L12,16L6,10L7.4,8.6Z`,R=`M7.4,15.4L12,10.8L16.6,15.4L18,14L12,8L6,14L7.4,15.4Z`,z=8,B=62,V=24,H=12,U=.5,W=class extends u{static{this.styles=[...u.styles,e,m,a`
p{margin:0 0 8px;}ul{margin:0;padding:0;list-style:none;}.row{display:grid;grid-template-columns:minmax(0,1fr) auto;gap:0 8px;align-items:center;width:calc(100% + 16px);margin:0 -8px;padding:6px 8px 8px;background:none;border:none;border-radius:8px;text-align:left;}.row:hover{background:color-mix(in srgb,var(--hp-ink) 4%,transparent);}.title{font-weight:500;line-height:20px;overflow-wrap:anywhere;}.day{display:inline-flex;gap:4px;align-items:center;align-self:start;line-height:20px;white-space:nowrap;}.day svg{width:16px;fill:currentColor;}.value{text-align:right;font-weight:500;}.below{grid-column:1 / -1;}.bar{fill:var(--hp-standby);}.dot{fill:var(--hp-ink);stroke:var(--hp-ink);stroke-width:2;}.dot.hollow{fill:var(--hp-card);}.nothing{stroke:var(--hp-ink);stroke-width:2;}.said{fill:var(--hp-quiet);font-size:${H}px;}.details{margin:0 0 12px;padding:4px 0 0;border-bottom:1px solid var(--hp-line);}.details p{line-height:16px;}table{width:100%;margin-bottom:8px;border-collapse:collapse;}th,td{padding:4px 0 4px 8px;border-top:1px solid var(--hp-line);font-weight:400;line-height:18px;text-align:right;vertical-align:top;}thead :is(th,td){border:none;}th:first-child,td:first-child{padding-left:0;text-align:left;}td small{display:block;color:var(--hp-quiet);font-size:11px;line-height:14px;}.foot{display:flex;flex-wrap:wrap;gap:0 16px;}`]}static{this.properties={...u.properties,open:{state:!0},isWhole:{state:!0}}}#e=new h(this);constructor(){super(),this.open=null,this.isWhole=!1}getCardSize(){return 6}content(e){let{t,format:n,config:r}=this,i=this.changes(e),a={hass:this.hass,config:r,t,format:n};return c`
<div class="head">
<h2>${t(`effect_title`)}</h2>
<span class="quiet">${t(`cop_same_weather`)}</span>
</div>
${i?this.#t(i.entries,e.time):this.unanswered()}
${this.#e.form(a)} ${this.#e.status} ${this.#e.button(a)}
`}#t(e,n){let{t:r,format:i}=this,a=y(e,n,r,i);if(!a.length)return this.message(`effect_none`);let s=this.isWhole?a:a.slice(0,z),l=D(s),u=l&&{...l,x:t(l.range,[2,this.width-B])};return c`
${u?c`<p class="quiet">${r(`effect_key`)}</p>${this.#n(u)}`:o}
<ul>
${s.map(t=>c`<li>
${this.#r(t,u)} ${this.open===t.id?this.#a(t,e):o}
</li>`)}
</ul>
${a.length>z?c`<button class="plain" type="button" @click=${()=>this.isWhole=!this.isWhole}>
${this.isWhole?r(`show_fewer`):r(`show_all`,{count:a.length})}
</button>`:o}
`}#n({x:e,marks:t}){let a=t.length-1,o=t.map((e,t)=>O(e,t===a,this.format));return c`<svg viewBox="0 0 ${this.width} 14" style="height: 14px" aria-hidden="true">
${t.map((t,a)=>{let s=r(o[a])/2,c=n(e(t),[s,this.width-s]);return i`<text class="tick" x=${c} y="11" text-anchor="middle">
${o[a]}</text>`})}
</svg>`}#r(e,t){let n=this.open===e.id,{bar:r,words:a,value:s}=e,l=t&&this.#i(e,t);return c`<button class="row" type="button" aria-expanded=${n?`true`:`false`}
@click=${()=>this.open=n?null:e.id}
>
<span class="title">${n?e.title:b(e.title)}</span>
<span class="quiet day"
>${e.day}<svg viewBox="0 0 24 24" aria-hidden="true"
><path d=${n?R:L}></path></svg
></span>
${t?c`<svg viewBox="0 0 ${this.width-B} ${V}" aria-hidden="true"
style="width: ${this.width-B}px; height: ${V}px"
>
${G(e,t)}
${l===null?o:i`<text class="said halo" x=${l} y=${16}>${a}</text>`}
</svg>`:c`<span class="quiet">${a}</span>`}
<span class="value ${s===`–`?`quiet`:``}">${s}</span>
${t&&l===null&&a?c`<span class="quiet below">${a}</span>`:c`<span class="only-heard">${t?a:o}</span>`}
${r?c`<span class="only-heard">${e.interval}</span>`:o}
</button>`}#i({bar:e,words:t},{x:r,range:i}){let a=r(e?n(e.high,i):0)+8,o=a+t.length*H*U;return t&&o<=this.width-B?a:null}#a({entry:e,title:t},n){let{t:r,format:i}=this,{effect:a}=e.look,{yearly:s}=a;return c`<div class="details">
<table aria-label=${t}>
<thead class="quiet">
<tr>
<td></td>
<th scope="col">${r(`before`)}</th>
<th scope="col">${r(`after`)}</th>
<th scope="col">${r(`effect_change`)}</th>
</tr>
</thead>
<tbody>
${k(a,r,i).map(({name:e,before:t,after:n,change:r,note:i})=>c`<tr>
<th scope="row" class="quiet">${e}</th>
<td>${t}</td>
<td>${n}</td>
<td>${r}<small>${i}</small></td>
</tr>`)}
</tbody>
</table>
${s?this.#o(M(s,r,i,this.hass.config.currency)):o}
${N(e,n,r,i).map(e=>c`<p class="quiet">${e}</p>`)}
</div>`}#o(e){let{t}=this,n=e.some(({money:e})=>e),r=e.some(e=>(e.energy+e.energyEnds).includes(`−`));return c`<table>
<thead class="quiet">
<tr>
<th scope="col" colspan=${n?3:2}>${t(`saved_a_year`)}</th>
</tr>
</thead>
<tbody>
${e.map(({name:e,energy:t,energyEnds:r,money:i,moneyEnds:a})=>c`<tr>
<th scope="row" class="quiet">${e}</th>
<td>${t}<small>${r}</small></td>
${n?c`<td>${i}<small>${a}</small></td>`:o}
</tr>`)}
</tbody>
</table>
${r?c`<p class="quiet">${t(`minus_costs`)}</p>`:o}`}};function G({bar:e},{x:t,range:r,marks:a}){let s=V/2,c=a.map(e=>e===0?i`<path class="nothing" d="M${t(0)} 0V${V}"></path>`:i`<path class="grid" d="M${t(e)} 4V${20}"></path>`);if(!e)return c;let[l,u]=[t(n(e.low,r)),t(n(e.high,r))];return[...c,i`<rect class="bar" x=${l} y=${8} width=${Math.max(u-l,2)} height="8"
rx="4"></rect>`,e.low<0&&e.high>0?i`<path class="nothing" d="M${t(0)} 0V${V}"></path>`:o,i`<circle class="dot ${e.isSeen?``:`hollow`}" cx=${t(n(e.value,r))}
cy=${s} r="5"></circle>`]}export{W as ChangesEffectCard};