import{$ as e,E as t,H as n,L as r,P as i,R as a,V as o,dt as s,ft as c,lt as l,st as u,ut as d}from"./shared-tNZMYE1I.js";import"./efficiency-B8inCusw.js";import{t as f}from"./table-DYuZ6lmO.js";var p=[`heating`,`hot_water`],[m,h]=[5,95];function g({index:e}){return{low:Math.floor(100*e.low+1e-9),high:Math.ceil(100*e.high-1e-9)}}function _(e,t,n){let{low:r,high:i}=g(e);return{share:n.percent(e.index.value),ends:t(`low_to_high`,{low:n.number(r,0),high:`${n.number(i,0)}\u00a0%`})}}function v(e,t,n){let{low:r,high:i}=g(e);return t(i<100?`expected_low`:r>100?`expected_high`:`expected_usual`,{index:t(`of_usual`,_(e,t,n))})}function y({recent:e,modes:t},n,r){let i=p.flatMap(e=>{let r=t[e];return r?[[n(e),r]]:[]});return(e&&i.length>1?[[n(`all_modes`),e],...i]:i).map(([e,t])=>{let{share:i,ends:a}=_(t,n,r);return{name:e,reached:t,cop:r.number(t.cop,2),expected:r.number(t.expected_cop,2),index:`${i}, ${a}`}})}function b({recent:e,modes:t},n,r){let i=p.flatMap(e=>{let i=t[e];return i?[`${n(e)} ${r.percent(i.share_of_carnot)}`]:[]});return e&&i.length>1?`${r.percent(e.share_of_carnot)} (${i.join(`, `)})`:i.join()}function x({modes:e},t,n){let r=(e,{learned_days:r,learned_first:i,learned_last:a})=>t(`learned_from`,{mode:t(e),days:n.number(r,0),span:n.days(i,a)}),i=p.reduce((t,n)=>t+(e[n]?.days_unlike??0),0);return[...p.flatMap(t=>e[t]?[r(t,e[t])]:[]),...i?[t(i===1?`unlike_day`:`unlike_days`,{days:i})]:[]]}function S(e,t,n,r){let{percentile:i,median_cop:a,systems:o,lift_k:s,unknown:c}=e,l=s===null?``:`${r.difference(s,0)}\u00a0${r.differenceUnit}`;if(i===null){let e=`fleet_${c}`;return u(e)?n(e,{lift:l,systems:o??0}):n(`fleet_not_known`)}let d=e=>r.percent(e/100);return n(`fleet_among`,{place:i<=m?n(`fleet_lowest`,{share:d(100-m)}):i>=h?n(`fleet_highest`,{share:d(h)}):n(`fleet_better`,{share:d(i)}),systems:o??``,kind:n(t===null?`fleet_kind`:`fleet_kind_${t}`),lift:l,median:r.number(a,1)})}var C=[.85,1.15],w=[.9,1,1.1],T=22,E=6,D=40,O=84,k=130,A=class extends o{static{this.styles=[...o.styles,t,f,c`
h3{margin:12px 0 0;font-size:14px;font-weight:500;}p{margin:4px 0 8px;}table{margin:4px 0 8px;}th,td{padding:0 0 0 10px;}th:first-child{padding:0 8px 0 0;}th > svg,td > svg{margin-left:auto;}tbody :is(th,td){height:44px;border-top:1px solid var(--hp-line);line-height:18px;}tbody .quiet{display:block;}.cop{font-weight:500;}.band{fill:var(--hp-band);}.dot{fill:var(--hp-ink);}.usual{stroke:var(--hp-ink);stroke-dasharray:2 3;}dl{margin:0;font-size:12px;}dt{margin-top:4px;color:var(--hp-quiet);}dd{margin:0;}`]}getCardSize(){return 7}content(t){let{t:r,format:i}=this,a=this.asked(`expected`,n(t.time),e);return a?d`
<div class="head">
<h2>${r(`expected_title`)}</h2>
<span class="quiet">${i.days(a.first,a.last)}</span>
</div>
${a.recent?this.#e(a):this.message(`expected_unknown`)}
<h3>${r(`fleet_title`)}</h3>
<p>${S(a.fleet,t.source_kind,r,i)}</p>
<div class="quiet">
${r(`fleet_source`,{day:i.date(a.fleet_exported)})}
</div>
`:this.waiting()}#e(e){let{t,format:n}=this,i=y(e,t,n),a=this.#n(i),o=r(C,[E,a-E]),s=a>=O;return d`
${e.recent?d`<p>${v(e.recent,t,n)}</p>`:l}
<table>
<thead>
<tr>
<th></th>
${s?d`<th aria-hidden="true">${this.#t(o,a)}</th>`:l}
<th scope="col">${t(`cop`)}</th>
<th scope="col">${t(`expected`)}</th>
</tr>
</thead>
<tbody>
${i.map(e=>d`<tr>
<th scope="row">${e.name}<span class="quiet">${e.index}</span></th>
${s?d`<td aria-hidden="true">${j(e,o,a)}</td>`:l}
<td class="cop">${e.cop}</td>
<td>${e.expected}</td>
</tr>`)}
</tbody>
</table>
<dl>
<dt>${t(`share_of_carnot`)}</dt>
<dd>${b(e,t,n)}</dd>
<dt>${t(`usual_is`)}</dt>
${x(e,t,n).map(e=>d`<dd>${e}</dd>`)}
</dl>
`}#t(e,t){return d`<svg viewBox="0 0 ${t} 16" style="width: ${t}px">
${w.filter(e=>e===1||t>k).map(t=>s`<text class="tick" x=${e(t)} y="13" text-anchor="middle">
${t===1?this.format.percent(t):this.format.number(100*t,0)}</text>`)}
</svg>`}#n(e){let t=Math.max(...e.flatMap(({name:e,index:t})=>[a(e,14),a(t,12)])),n=D+Math.max(a(this.t(`expected`),12),30)+10;return Math.floor(this.width-t-n-12)}};function j({reached:{index:e}},t,n){let r=e=>t(i(e,C)),a=T/2;return d`<svg viewBox="0 0 ${n} ${T}" style="width: ${n}px">
${w.map(e=>s`<path class="grid" d="M${t(e)} 0V${T}"></path>`)}
<path class="usual" d="M${t(1)} 0V${T}"></path>
<rect class="band" x=${r(e.low)} y=${6} height="10" rx="3"
width=${Math.max(r(e.high)-r(e.low),1)}></rect>
<circle class="dot" cx=${r(e.value)} cy=${a} r="4"></circle>
</svg>`}export{A as ExpectedCard};