import{O as e,S as t,T as n,X as r,a as i,dt as a,ft as o,it as s,k as c,lt as l,ut as u,x as d}from"./shared-D7A7ZQN7.js";import"./health-DeAQT-lQ.js";function f(e,t){let{cop:n,cop_low:r,cop_high:i,modes:a}=e;return[{key:`all_modes`,ours:n===null?null:{value:n,low:r??n,high:i??n},maker:t.all},{key:`heating`,ours:p(a.heating),maker:t.heating},{key:`hot_water`,ours:p(a.hot_water),maker:t.hot_water}].filter(e=>e.ours!==null||e.maker!==null)}function p(e){if(e?.cop==null)return null;let t=e.uncertainty??0;return{value:e.cop,low:e.cop-t,high:e.cop+t}}var m=20,h=8,g=class extends c{static{this.styles=[...c.styles,r,o`
table {
width: 100%;
margin: 8px 0;
border-collapse: collapse;
}
th,
td {
padding: 0;
height: 30px;
font-weight: 400;
text-align: right;
white-space: nowrap;
}
thead th {
color: var(--hp-quiet);
font-size: 12px;
}
th:first-child {
width: 1px;
padding-right: 8px;
text-align: left;
}
.figure {
width: 1px;
padding-left: 10px;
}
.ours {
font-weight: 500;
}
.band {
fill: var(--hp-band);
}
.dot {
fill: var(--hp-ink);
}
.maker {
fill: none;
stroke: var(--hp-ink);
stroke-width: 1.6;
}
.apart {
stroke: var(--hp-unknown);
}
`]}getCardSize(){return 4}content(e){let{t,format:n}=this,{last:r}=e.today,a=u`<h2>${t(`maker_beside`)}</h2>`,{maker:o}=e;if(!o)return u`${a}<p class="message">${t(`maker_none`)}</p>`;let c={first:`${r.slice(0,4)}-01-01`,last:r},l=this.asked(`figures`,r,(e,t)=>s(e,t,c));if(!l)return this.waiting();let d=o.measured_at?t(`maker_changed`,{ago:i(o.measured_at,new Date(e.time),t)}):``;return u`
${a}
<div class="quiet">
${n.days(l.first,l.last)},
${t(`days_of`,{paired:n.number(l.paired_days,0),days:n.number(Math.ceil(l.elapsed_days),0)})}
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
${f(l,o).map(e=>u`<tr>
<th scope="row">${t(e.key)}</th>
<td aria-hidden="true">${this.#r(e)}</td>
<td class="figure ours">${n.ratio(e.ours?.value??null,2,e.ours)}</td>
<td class="figure">${n.ratio(e.maker,1)}</td>
</tr>`)}
</tbody>
</table>
<div class="quiet">${t(`maker_note`)} ${d}</div>
`}get#e(){return Math.max(this.width-176,60)}get#t(){return n(d,[h,this.#e-h])}#n(){let t=this.#t,n=e(d,this.#e<100?4:6);return u`<svg viewBox="0 0 ${this.#e} 16">
${n.map(e=>a`<text class="tick" x=${t(e)} y="13" text-anchor="middle">
${this.format.number(e,0)}</text>`)}
</svg>`}#r({ours:n,maker:r}){let i=e=>this.#t(t(e,d)),o=m/2;return u`<svg viewBox="0 0 ${this.#e} ${m}">
${e(d,6).map(e=>a`<path class="grid" d="M${this.#t(e)} 0V${m}"></path>`)}
${n&&r!==null?a`<path class="apart" d="M${i(n.value)} ${o}H${i(r)}"></path>`:l}
${n?a`<rect class="band" x=${i(n.low)} y=${5}
width=${Math.max(i(n.high)-i(n.low),1)} height="10" rx="3"></rect>
<circle class="dot" cx=${i(n.value)} cy=${o} r="4"></circle>`:l}
${r===null?l:a`<path class="maker" d="M${i(r)} ${4}l6 6l-6 6l-6 -6Z"></path>`}
</svg>`}};export{g as MakerCard};