import{E as e,H as t,L as n,P as r,R as i,V as a,Z as o,dt as s,ft as c,lt as l,nt as u,ut as d}from"./shared-vLb4v_Vv.js";import"./efficiency-BZAlKi6L.js";var f=[`heating`,`hot_water`],[p,m]=[5,95];function h({index:e}){return{low:Math.floor(100*e.low+1e-9),high:Math.ceil(100*e.high-1e-9)}}function g(e,t,n){let{low:r,high:i}=h(e);return{share:n.percent(e.index.value),ends:t(`low_to_high`,{low:n.number(r,0),high:`${n.number(i,0)}\u00a0%`})}}function _(e,t,n){let{low:r,high:i}=h(e);return t(i<100?`expected_low`:r>100?`expected_high`:`expected_usual`,{index:t(`of_usual`,g(e,t,n))})}function v({recent:e,modes:t},n,r){let i=f.flatMap(e=>{let r=t[e];return r?[[n(e),r]]:[]});return(e&&i.length>1?[[n(`all_modes`),e],...i]:i).map(([e,t])=>{let{share:i,ends:a}=g(t,n,r);return{name:e,reached:t,cop:r.number(t.cop,2),expected:r.number(t.expected_cop,2),index:`${i}, ${a}`}})}function y({recent:e,modes:t},n,r){let i=f.flatMap(e=>{let i=t[e];return i?[`${n(e)} ${r.percent(i.share_of_carnot)}`]:[]});return e&&i.length>1?`${r.percent(e.share_of_carnot)} (${i.join(`, `)})`:i.join()}function b({modes:e},t,n){let r=(e,{learned_days:r,learned_first:i,learned_last:a})=>t(`learned_from`,{mode:t(e),days:n.number(r,0),span:n.days(i,a)}),i=f.reduce((t,n)=>t+(e[n]?.days_unlike??0),0);return[...f.flatMap(t=>e[t]?[r(t,e[t])]:[]),...i?[t(i===1?`unlike_day`:`unlike_days`,{days:i})]:[]]}function x(e,t,n,r){let{percentile:i,median_cop:a,systems:s,lift_k:c,unknown:l}=e,u=c===null?``:`${r.difference(c,0)}\u00a0${r.differenceUnit}`;if(i===null){let e=`fleet_${l}`;return o(e)?n(e,{lift:u,systems:s??0}):n(`fleet_not_known`)}let d=e=>r.percent(e/100);return n(`fleet_among`,{place:i<=p?n(`fleet_lowest`,{share:d(100-p)}):i>=m?n(`fleet_highest`,{share:d(m)}):n(`fleet_better`,{share:d(i)}),systems:s??``,kind:n(t===null?`fleet_kind`:`fleet_kind_${t}`),lift:u,median:r.number(a,1)})}var S=[.85,1.15],C=[.9,1,1.1],w=22,T=6,E=40,D=84,O=130,k=class extends a{static{this.styles=[...a.styles,e,c`
h3{margin:12px 0 0;font-size:14px;font-weight:500;}p{margin:4px 0 8px;}table{width:100%;margin:4px 0 8px;border-collapse:collapse;}th,td{padding:0 0 0 10px;height:30px;font-weight:400;text-align:right;white-space:nowrap;}thead th{color:var(--hp-quiet);font-size:12px;}th:first-child{width:1px;padding:0 8px 0 0;text-align:left;}th > svg,td > svg{margin-left:auto;}tbody :is(th,td){height:44px;border-top:1px solid var(--hp-line);line-height:18px;}tbody .quiet{display:block;}.cop{font-weight:500;}.band{fill:var(--hp-band);}.dot{fill:var(--hp-ink);}.usual{stroke:var(--hp-ink);stroke-dasharray:2 3;}dl{margin:0;font-size:12px;}dt{margin-top:4px;color:var(--hp-quiet);}dd{margin:0;}`]}getCardSize(){return 7}content(e){let{t:n,format:r}=this,i=this.asked(`expected`,t(e.time),u);return i?d`
<div class="head">
<h2>${n(`expected_title`)}</h2>
<span class="quiet">${r.days(i.first,i.last)}</span>
</div>
${i.recent?this.#e(i):this.message(`expected_unknown`)}
<h3>${n(`fleet_title`)}</h3>
<p>${x(i.fleet,e.source_kind,n,r)}</p>
<div class="quiet">
${n(`fleet_source`,{day:r.date(i.fleet_exported)})}
</div>
`:this.waiting()}#e(e){let{t,format:r}=this,i=v(e,t,r),a=this.#n(i),o=n(S,[T,a-T]),s=a>=D;return d`
${e.recent?d`<p>${_(e.recent,t,r)}</p>`:l}
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
${s?d`<td aria-hidden="true">${A(e,o,a)}</td>`:l}
<td class="cop">${e.cop}</td>
<td>${e.expected}</td>
</tr>`)}
</tbody>
</table>
<dl>
<dt>${t(`share_of_carnot`)}</dt>
<dd>${y(e,t,r)}</dd>
<dt>${t(`usual_is`)}</dt>
${b(e,t,r).map(e=>d`<dd>${e}</dd>`)}
</dl>
`}#t(e,t){return d`<svg viewBox="0 0 ${t} 16" style="width: ${t}px">
${C.filter(e=>e===1||t>O).map(t=>s`<text class="tick" x=${e(t)} y="13" text-anchor="middle">
${t===1?this.format.percent(t):this.format.number(100*t,0)}</text>`)}
</svg>`}#n(e){let t=Math.max(...e.flatMap(({name:e,index:t})=>[i(e,14),i(t,12)])),n=E+Math.max(i(this.t(`expected`),12),30)+10;return Math.floor(this.width-t-n-12)}};function A({reached:{index:e}},t,n){let i=e=>t(r(e,S)),a=w/2;return d`<svg viewBox="0 0 ${n} ${w}" style="width: ${n}px">
${C.map(e=>s`<path class="grid" d="M${t(e)} 0V${w}"></path>`)}
<path class="usual" d="M${t(1)} 0V${w}"></path>
<rect class="band" x=${i(e.low)} y=${6} height="10" rx="3"
width=${Math.max(i(e.high)-i(e.low),1)}></rect>
<circle class="dot" cx=${i(e.value)} cy=${a} r="4"></circle>
</svg>`}export{k as ExpectedCard};