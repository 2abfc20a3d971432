import{I as e,O as t,S as n,T as r,X as i,a,dt as o,ft as s,it as c,k as l,lt as u,ut as d,x as f}from"./shared-FkfHCjtf.js";import"./health-Ceb0vkq2.js";function p(e,t){let{cop:n,cop_low:r,cop_high:i,modes:a}=e;return[{key:`all_modes`,ours:n===null?null:{value:n,low:r??n,high:i??n},maker:t.all},{key:`heating`,ours:m(a.heating),maker:t.heating},{key:`hot_water`,ours:m(a.hot_water),maker:t.hot_water}].filter(e=>e.ours!==null||e.maker!==null)}function m(e){if(e?.cop==null)return null;let t=e.uncertainty??0;return{value:e.cop,low:e.cop-t,high:e.cop+t}}var h=20,g=8,_=class extends l{static{this.styles=[...l.styles,i,s`
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
`]}static getConfigForm(){return e()}static getStubConfig(){return{}}getCardSize(){return 4}content(e){let{t,format:n}=this,{last:r}=e.today,i=d`<h2>${t(`maker_beside`)}</h2>`,{maker:o}=e;if(!o)return d`${i}<p class="message">${t(`maker_none`)}</p>`;let s={first:`${r.slice(0,4)}-01-01`,last:r},l=this.asked(`figures`,r,(e,t)=>c(e,t,s));if(!l)return this.waiting();let u=o.measured_at?t(`maker_changed`,{ago:a(o.measured_at,new Date(e.time),t)}):``;return d`
${i}
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
${p(l,o).map(e=>d`<tr>
<th scope="row">${t(e.key)}</th>
<td aria-hidden="true">${this.#r(e)}</td>
<td class="figure ours">${n.ratio(e.ours?.value??null,2,e.ours)}</td>
<td class="figure">${n.ratio(e.maker,1)}</td>
</tr>`)}
</tbody>
</table>
<div class="quiet">${t(`maker_note`)} ${u}</div>
`}get#e(){return Math.max(this.width-176,60)}get#t(){return r(f,[g,this.#e-g])}#n(){let e=this.#t,n=t(f,this.#e<100?4:6);return d`<svg viewBox="0 0 ${this.#e} 16">
${n.map(t=>o`<text class="tick" x=${e(t)} y="13" text-anchor="middle">
${this.format.number(t,0)}</text>`)}
</svg>`}#r({ours:e,maker:r}){let i=e=>this.#t(n(e,f)),a=h/2;return d`<svg viewBox="0 0 ${this.#e} ${h}">
${t(f,6).map(e=>o`<path class="grid" d="M${this.#t(e)} 0V${h}"></path>`)}
${e&&r!==null?o`<path class="apart" d="M${i(e.value)} ${a}H${i(r)}"></path>`:u}
${e?o`<rect class="band" x=${i(e.low)} y=${5}
width=${Math.max(i(e.high)-i(e.low),1)} height="10" rx="3"></rect>
<circle class="dot" cx=${i(e.value)} cy=${a} r="4"></circle>`:u}
${r===null?u:o`<path class="maker" d="M${i(r)} ${4}l6 6l-6 6l-6 -6Z"></path>`}
</svg>`}};export{_ as MakerCard};