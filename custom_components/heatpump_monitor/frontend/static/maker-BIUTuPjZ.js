import{E as e,L as t,N as n,P as r,V as i,dt as a,et as o,ft as s,lt as c,r as l,ut as u,z as d}from"./shared-tNZMYE1I.js";import"./health-B7sKEZuh.js";import{t as f}from"./table-DYuZ6lmO.js";function p(e,t){let{cop:n,cop_low:r,cop_high:i,modes:a}=e;return[{key:`all_modes`,ours:n===null?null:{value:n,low:r??n,high:i??n},maker:t.all},{key:`heating`,ours:m(a.heating),maker:t.heating},{key:`hot_water`,ours:m(a.hot_water),maker:t.hot_water}].filter(e=>e.ours!==null||e.maker!==null)}function m(e){if(e?.cop==null)return null;let t=e.uncertainty??0;return{value:e.cop,low:e.cop-t,high:e.cop+t}}var h=20,g=8,_=class extends i{static{this.styles=[...i.styles,e,f,s`
table{margin:8px 0;}th,td{padding:0;}th:first-child{padding-right:8px;}.figure{width:1px;padding-left:10px;}.ours{font-weight:500;}.band{fill:var(--hp-band);}.dot{fill:var(--hp-ink);}.maker{fill:none;stroke:var(--hp-ink);stroke-width:1.6;}.apart{stroke:var(--hp-unknown);}`]}getCardSize(){return 4}content(e){let{t,format:n}=this,{last:r}=e.today,i=u`<h2>${t(`maker_beside`)}</h2>`,{maker:a}=e;if(!a)return u`${i}<p class="message">${t(`maker_none`)}</p>`;let s={first:`${r.slice(0,4)}-01-01`,last:r},d=this.asked(`figures`,r,(e,t)=>o(e,t,s));if(!d)return this.waiting();let f=a.measured_at?t(`maker_changed`,{ago:l(a.measured_at,new Date(e.time),t)}):``;return u`
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
${p(d,a).map(e=>u`<tr>
<th scope="row">${t(e.key)}</th>
<td aria-hidden="true">${this.#r(e)}</td>
<td class="figure ours">
${n.ratio(e.ours?.value??null,2,e.ours)}${e.ours?u`<span class="only-heard">${t(`between`,n.ends(e.ours))}</span>`:c}
</td>
<td class="figure">${n.ratio(e.maker,1)}</td>
</tr>`)}
</tbody>
</table>
<div class="quiet">${t(`maker_note`)} ${f}</div>
`}get#e(){return Math.max(this.width-176,60)}get#t(){return t(n,[g,this.#e-g])}#n(){let e=this.#t,t=d(n,this.#e<100?4:6);return u`<svg viewBox="0 0 ${this.#e} 16">
${t.map(t=>a`<text class="tick" x=${e(t)} y="13" text-anchor="middle">
${this.format.number(t,0)}</text>`)}
</svg>`}#r({ours:e,maker:t}){let i=e=>this.#t(r(e,n)),o=h/2;return u`<svg viewBox="0 0 ${this.#e} ${h}">
${d(n,6).map(e=>a`<path class="grid" d="M${this.#t(e)} 0V${h}"></path>`)}
${e&&t!==null?a`<path class="apart" d="M${i(e.value)} ${o}H${i(t)}"></path>`:c}
${e?a`<rect class="band" x=${i(e.low)} y=${5}
width=${Math.max(i(e.high)-i(e.low),1)} height="10" rx="3"></rect>
<circle class="dot" cx=${i(e.value)} cy=${o} r="4"></circle>`:c}
${t===null?c:a`<path class="maker" d="M${i(t)} ${4}l6 6l-6 6l-6 -6Z"></path>`}
</svg>`}};export{_ as MakerCard};