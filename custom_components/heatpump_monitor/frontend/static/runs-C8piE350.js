import{B as e,I as t,X as n,ct as r,et as i,ft as a,k as o,lt as s,nt as c,ut as l}from"./shared-FkfHCjtf.js";import{n as u}from"./model-G2mLcq6P.js";var d=7,f=420,p=560,m=[`heating`,`hot_water`,`cooling`,`defrost`,`standby`],h=class extends o{static{this.styles=[...o.styles,n,a`
.head {
flex-wrap: wrap;
gap: 0 12px;
}
table {
width: 100%;
margin-top: 8px;
border-collapse: collapse;
}
th,
td {
padding: 0;
height: 34px;
font-weight: 400;
text-align: right;
white-space: nowrap;
}
thead th {
height: 24px;
color: var(--hp-quiet);
font-size: 12px;
}
th:first-child {
width: 1px;
padding-right: 12px;
text-align: left;
}
.today {
font-weight: 500;
}
.figure {
width: 1px;
padding-left: 14px;
}
.starts {
font-weight: 500;
}
.line,
.hours {
position: relative;
height: 20px;
}
.hours span {
position: absolute;
transform: translateX(-50%);
font-size: 11px;
}
.hours span:first-child {
transform: none;
}
.hours span:last-child {
transform: translateX(-100%);
}
.line i {
position: absolute;
top: 0;
height: 100%;
box-sizing: border-box;
}
.line .defrost {
min-width: 2px;
}
.line .rest {
top: 9px;
height: 3px;
background: var(--hp-standby);
}
.line .unknown {
background-color: var(--hp-card);
}
.line .grid {
width: 1px;
background: var(--hp-line);
opacity: 0.7;
}
.line .now {
top: -3px;
height: 26px;
width: 2px;
background: var(--hp-ink);
}
.line .box {
min-width: 2px;
outline: 1.5px solid var(--hp-ink);
outline-offset: 1.5px;
border-radius: 2px;
}
`]}static getConfigForm(){return t()}static getStubConfig(){return{}}getCardSize(){return 6}content(t){let{last:n}=t.today,a={first:e(n,-6),last:n},o=[n,t.starts_today,t.mode,t.runs].join(),h=this.asked(`runs`,o,(e,t)=>r(e,t,a)),g=this.asked(`days`,o,(e,t)=>c(e,t,a));if(!h||!g)return this.waiting();let{t:_,format:v}=this,y=u(h,g,{last:n,count:d,now:t.time},v),b=new Set(y.flatMap(({pieces:e})=>e.map(({role:e})=>e))),x=b.has(`unknown`)||y.some(({isKnown:e})=>!e),S=this.width>=f,C=this.width>=p;return l`
<div class="head">
<h2>${_(`compressor_runs`,{days:d})}</h2>
${y.some(({boxes:e})=>e.length)?l`<span class="quiet">${_(`boxed_short`,{minutes:20})}</span>`:s}
</div>
<table>
<thead>
<tr>
<th scope="col"><span class="only-heard">${_(`day`)}</span></th>
<th aria-hidden="true">${this.#t()}</th>
<th scope="col" class="figure">${_(`starts`)}</th>
${S?l`<th scope="col" class="figure">${_(`hours`)}</th>`:s}
${C?l`<th scope="col" class="figure">°C</th>`:s}
</tr>
</thead>
<tbody>
${y.map(e=>l`<tr>
<th scope="row" class=${e.day===n?`today`:``}>
${this.#e(e.day,n)}
</th>
<td>${this.#n(e)}</td>
<td class="figure starts">${v.number(e.starts,0)}</td>
${S?l`<td class="figure">${v.number(e.hours,1)}</td>`:s}
${C?l`<td class="figure quiet">${v.number(e.outside_c,1)}</td>`:s}
</tr>`)}
</tbody>
</table>
${i([...m.filter(e=>e===`standby`||b.has(e)).map(e=>[e,_(e)]),...x?[[null,_(`unknown`)]]:[]])}
`}#e(e,t){if(e===t)return this.t(`today`);let n=this.format.weekday(e);return this.width<f?`${n} ${Number(e.slice(8))}`:`${n} ${this.format.day(e)}`}#t(){let e=this.width<p?[0,12,24]:[0,6,12,18,24];return l`<div class="hours">
${e.map(e=>l`<span style="left: ${100*e/24}%">
${this.format.hour(60*e)}
</span>`)}
</div>`}#n({pieces:e,boxes:t,until:n,runs:r,isKnown:i}){let a=i?this.t(`row_says`,{count:r,short:t.length}):this.t(`not_measured`);return l`<div class="line" role="img" aria-label=${a}>
${[0,6,12,18,24].map(e=>l`<i class="grid" style="left: ${100*e/24}%"></i>`)}
<i
class=${i?`rest`:`hatched`}
style=${g({from:0,to:n})}
></i>
${e.map(e=>e.role===`unknown`?l`<i class="hatched unknown" style=${g(e)}></i>`:l`<i
class=${e.role}
style="${g(e)}; background: var(--hp-${e.role})"
></i>`)}
${t.map(e=>l`<i class="box" style=${g(e)}></i>`)}
${n<1?l`<i class="now" style="left: ${100*n}%"></i>`:s}
</div>`}};function g({from:e,to:t}){let n=e=>`${(100*e).toFixed(2)}%`;return`left: ${n(e)}; width: ${n(t-e)}`}export{h as RunsCard};