import{E as e,L as t,N as n,P as r,V as i,dt as a,ft as o,lt as s,r as c,rt as l,ut as u,z as d}from"./shared-vLb4v_Vv.js";import"./health-C_aI6XnQ.js";function f(e,t){let{cop:n,cop_low:r,cop_high:i,modes:a}=e;return[{key:`all_modes`,ours:n===null?null:{value:n,low:r??n,high:i??n},maker:t.all},{key:`heating`,ours:p(a.heating),maker:t.heating},{key:`hot_water`,ours:p(a.hot_water),maker:t.hot_water}].filter(e=>e.ours!==null||e.maker!==null)}function p(e){if(e?.cop==null)return null;let t=e.uncertainty??0;return{value:e.cop,low:e.cop-t,high:e.cop+t}}var m=20,h=8,g=class extends i{static{this.styles=[...i.styles,e,o`
table{width:100%;margin:8px 0;border-collapse:collapse;}th,td{padding:0;height:30px;font-weight:400;text-align:right;white-space:nowrap;}thead th{color:var(--hp-quiet);font-size:12px;}th:first-child{width:1px;padding-right:8px;text-align:left;}.figure{width:1px;padding-left:10px;}.ours{font-weight:500;}.band{fill:var(--hp-band);}.dot{fill:var(--hp-ink);}.maker{fill:none;stroke:var(--hp-ink);stroke-width:1.6;}.apart{stroke:var(--hp-unknown);}`]}getCardSize(){return 4}content(e){let{t,format:n}=this,{last:r}=e.today,i=u`<h2>${t(`maker_beside`)}</h2>`,{maker:a}=e;if(!a)return u`${i}<p class="message">${t(`maker_none`)}</p>`;let o={first:`${r.slice(0,4)}-01-01`,last:r},d=this.asked(`figures`,r,(e,t)=>l(e,t,o));if(!d)return this.waiting();let p=a.measured_at?t(`maker_changed`,{ago:c(a.measured_at,new Date(e.time),t)}):``;return u`
${i}
<div class="quiet">
${n.days(d.first,d.last)},
${t(`days_of`,{paired:n.number(d.paired_days,0),days:n.number(Math.ceil(d.elapsed_days),0)})}
</div>
<table>
<thead>
<tr>
<th></th>
<th aria-hidden="true">${this.#n()}</th>
<th scope="col" class="figure">${t(`ours`)}</th>
<th scope="col" class="figure">${t(`maker`)}</th>
</tr>
</thead>
<tbody>
${f(d,a).map(e=>u`<tr>
<th scope="row">${t(e.key)}</th>
<td aria-hidden="true">${this.#r(e)}</td>
<td class="figure ours">
${n.ratio(e.ours?.value??null,2,e.ours)}${e.ours?u`<span class="only-heard">${t(`between`,n.ends(e.ours))}</span>`:s}
</td>
<td class="figure">${n.ratio(e.maker,1)}</td>
</tr>`)}
</tbody>
</table>
<div class="quiet">${t(`maker_note`)} ${p}</div>
`}get#e(){return Math.max(this.width-176,60)}get#t(){return t(n,[h,this.#e-h])}#n(){let e=this.#t,t=d(n,this.#e<100?4:6);return u`<svg viewBox="0 0 ${this.#e} 16">
${t.map(t=>a`<text class="tick" x=${e(t)} y="13" text-anchor="middle">
${this.format.number(t,0)}</text>`)}
</svg>`}#r({ours:e,maker:t}){let i=e=>this.#t(r(e,n)),o=m/2;return u`<svg viewBox="0 0 ${this.#e} ${m}">
${d(n,6).map(e=>a`<path class="grid" d="M${this.#t(e)} 0V${m}"></path>`)}
${e&&t!==null?a`<path class="apart" d="M${i(e.value)} ${o}H${i(t)}"></path>`:s}
${e?a`<rect class="band" x=${i(e.low)} y=${5}
width=${Math.max(i(e.high)-i(e.low),1)} height="10" rx="3"></rect>
<circle class="dot" cx=${i(e.value)} cy=${o} r="4"></circle>`:s}
${t===null?s:a`<path class="maker" d="M${i(t)} ${4}l6 6l-6 6l-6 -6Z"></path>`}
</svg>`}};export{g as MakerCard};