import{B as e,X as t,ct as n,et as r,ft as i,k as a,lt as o,nt as s,ut as c}from"./shared-D7A7ZQN7.js";import{n as l}from"./model-D_qt2maC.js";var u=7,d=420,f=560,p=[`heating`,`hot_water`,`cooling`,`defrost`,`standby`],m=class extends a{static{this.styles=[...a.styles,t,i`
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
`]}getCardSize(){return 6}content(t){let{last:i}=t.today,a={first:e(i,-6),last:i},m=[i,t.starts_today,t.mode,t.runs].join(),h=this.asked(`runs`,m,(e,t)=>n(e,t,a)),g=this.asked(`days`,m,(e,t)=>s(e,t,a));if(!h||!g)return this.waiting();let{t:_,format:v}=this,y=l(h,g,{last:i,count:u,now:t.time},v),b=new Set(y.flatMap(({pieces:e})=>e.map(({role:e})=>e))),x=b.has(`unknown`)||y.some(({isKnown:e})=>!e),S=this.width>=d,C=this.width>=f;return c`
<div class="head">
<h2>${_(`compressor_runs`,{days:u})}</h2>
${y.some(({boxes:e})=>e.length)?c`<span class="quiet">${_(`boxed_short`,{minutes:20})}</span>`:o}
</div>
<table>
<thead>
<tr>
<th scope="col"><span class="only-heard">${_(`day`)}</span></th>
<th aria-hidden="true">${this.#t()}</th>
<th scope="col" class="figure">${_(`starts`)}</th>
${S?c`<th scope="col" class="figure">${_(`hours`)}</th>`:o}
${C?c`<th scope="col" class="figure">°C</th>`:o}
</tr>
</thead>
<tbody>
${y.map(e=>c`<tr>
<th scope="row" class=${e.day===i?`today`:``}>
${this.#e(e.day,i)}
</th>
<td>${this.#n(e)}</td>
<td class="figure starts">${v.number(e.starts,0)}</td>
${S?c`<td class="figure">${v.number(e.hours,1)}</td>`:o}
${C?c`<td class="figure quiet">${v.number(e.outside_c,1)}</td>`:o}
</tr>`)}
</tbody>
</table>
${r([...p.filter(e=>e===`standby`||b.has(e)).map(e=>[e,_(e)]),...x?[[null,_(`unknown`)]]:[]])}
`}#e(e,t){if(e===t)return this.t(`today`);let n=this.format.weekday(e);return this.width<d?`${n} ${Number(e.slice(8))}`:`${n} ${this.format.day(e)}`}#t(){let e=this.width<f?[0,12,24]:[0,6,12,18,24];return c`<div class="hours">
${e.map(e=>c`<span style="left: ${100*e/24}%">
${this.format.hour(60*e)}
</span>`)}
</div>`}#n({pieces:e,boxes:t,until:n,runs:r,isKnown:i}){let a=i?this.t(`row_says`,{count:r,short:t.length}):this.t(`not_measured`);return c`<div class="line" role="img" aria-label=${a}>
${[0,6,12,18,24].map(e=>c`<i class="grid" style="left: ${100*e/24}%"></i>`)}
<i
class=${i?`rest`:`hatched`}
style=${h({from:0,to:n})}
></i>
${e.map(e=>e.role===`unknown`?c`<i class="hatched unknown" style=${h(e)}></i>`:c`<i
class=${e.role}
style="${h(e)}; background: var(--hp-${e.role})"
></i>`)}
${t.map(e=>c`<i class="box" style=${h(e)}></i>`)}
${n<1?c`<i class="now" style="left: ${100*n}%"></i>`:o}
</div>`}};function h({from:e,to:t}){let n=e=>`${(100*e).toFixed(2)}%`;return`left: ${n(e)}; width: ${n(t-e)}`}export{m as RunsCard};