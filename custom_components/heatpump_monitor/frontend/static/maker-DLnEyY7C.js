import{G as e,K as t,R as n,Y as r,Z as i,ct as a,g as o,i as s,lt as c,ot as l,st as u,tt as d}from"./shared-CdG9aF0b.js";import"./health-Czgjihfb.js";function f(e,t){let{cop:n,cop_low:r,cop_high:i,modes:a}=e;return[{key:`all_modes`,ours:n===null?null:{value:n,low:r??n,high:i??n},maker:t.all},{key:`heating`,ours:p(a.heating),maker:t.heating},{key:`hot_water`,ours:p(a.hot_water),maker:t.hot_water}].filter(e=>e.ours!==null||e.maker!==null)}function p(e){if(e?.cop==null)return null;let t=e.uncertainty??0;return{value:e.cop,low:e.cop-t,high:e.cop+t}}var m=20,h=8,g=class extends o{static{this.styles=[...o.styles,n,c`
table{width:100%;margin:8px 0;border-collapse:collapse;}th,td{padding:0;height:30px;font-weight:400;text-align:right;white-space:nowrap;}thead th{color:var(--hp-quiet);font-size:12px;}th:first-child{width:1px;padding-right:8px;text-align:left;}.figure{width:1px;padding-left:10px;}.ours{font-weight:500;}.band{fill:var(--hp-band);}.dot{fill:var(--hp-ink);}.maker{fill:none;stroke:var(--hp-ink);stroke-width:1.6;}.apart{stroke:var(--hp-unknown);}`]}getCardSize(){return 4}content(e){let{t,format:n}=this,{last:r}=e.today,i=u`<h2>${t(`maker_beside`)}</h2>`,{maker:a}=e;if(!a)return u`${i}<p class="message">${t(`maker_none`)}</p>`;let o={first:`${r.slice(0,4)}-01-01`,last:r},c=this.asked(`figures`,r,(e,t)=>d(e,t,o));if(!c)return this.waiting();let p=a.measured_at?t(`maker_changed`,{ago:s(a.measured_at,new Date(e.time),t)}):``;return u`
${i}
<div class="quiet">
${n.days(c.first,c.last)},
${t(`days_of`,{paired:n.number(c.paired_days,0),days:n.number(Math.ceil(c.elapsed_days),0)})}
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
${f(c,a).map(e=>u`<tr>
<th scope="row">${t(e.key)}</th>
<td aria-hidden="true">${this.#r(e)}</td>
<td class="figure ours">
${n.ratio(e.ours?.value??null,2,e.ours)}${e.ours?u`<span class="only-heard">${t(`between`,n.ends(e.ours))}</span>`:l}
</td>
<td class="figure">${n.ratio(e.maker,1)}</td>
</tr>`)}
</tbody>
</table>
<div class="quiet">${t(`maker_note`)} ${p}</div>
`}get#e(){return Math.max(this.width-176,60)}get#t(){return r(e,[h,this.#e-h])}#n(){let t=this.#t,n=i(e,this.#e<100?4:6);return u`<svg viewBox="0 0 ${this.#e} 16">
${n.map(e=>a`<text class="tick" x=${t(e)} y="13" text-anchor="middle">
${this.format.number(e,0)}</text>`)}
</svg>`}#r({ours:n,maker:r}){let o=n=>this.#t(t(n,e)),s=m/2;return u`<svg viewBox="0 0 ${this.#e} ${m}">
${i(e,6).map(e=>a`<path class="grid" d="M${this.#t(e)} 0V${m}"></path>`)}
${n&&r!==null?a`<path class="apart" d="M${o(n.value)} ${s}H${o(r)}"></path>`:l}
${n?a`<rect class="band" x=${o(n.low)} y=${5}
width=${Math.max(o(n.high)-o(n.low),1)} height="10" rx="3"></rect>
<circle class="dot" cx=${o(n.value)} cy=${s} r="4"></circle>`:l}
${r===null?l:a`<path class="maker" d="M${o(r)} ${4}l6 6l-6 6l-6 -6Z"></path>`}
</svg>`}};export{g as MakerCard};