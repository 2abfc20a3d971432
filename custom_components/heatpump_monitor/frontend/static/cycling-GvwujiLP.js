import{B as e,I as t,O as n,T as r,X as i,Y as a,ct as o,dt as s,ft as c,k as l,nt as u,ut as d}from"./shared-FkfHCjtf.js";import{r as f,t as p}from"./model-G2mLcq6P.js";function m(e,t,n){let r=t.filter(({starts:e})=>e!==null),i=r.reduce((e,t)=>e+t.starts,0),a=r.filter(({run_hours:e})=>e!==null),o=a.reduce((e,t)=>e+t.run_hours,0),s=a.reduce((e,t)=>e+t.starts,0),c=r.reduce((e,{start:t})=>e+(t===n.day?n.share:1),0),l=p(e).filter(({isWhole:e})=>e).toSorted((e,t)=>e.minutes-t.minutes);return{startsADay:c>=1?i/c:null,meanMinutes:s?60*o/s:null,runs:l,short:l.filter(f).length}}function h(e,t){let n=/* @__PURE__ */ new Map;return e.map(e=>{let r=Math.floor(e.minutes/t),i=n.get(r)??0;return n.set(r,i+1),{run:e,column:r,row:i}})}var g=7,_=2,v=18,y=22,b=[9,7,5],x=130,S=class extends l{static{this.styles=[...l.styles,i,c`
.figures {
display: flex;
flex-wrap: wrap;
gap: 4px 24px;
margin: 4px 0 8px;
}
.figure {
font-size: 24px;
line-height: 32px;
white-space: nowrap;
}
.figure small {
color: var(--hp-quiet);
font-size: 14px;
}
.zone {
fill: color-mix(in srgb, var(--hp-ink) 6%, transparent);
}
.short {
stroke: var(--hp-ink);
}
`]}static getConfigForm(){return t()}static getStubConfig(){return{}}getCardSize(){return 4}content(t){let{last:n}=t.today,r={first:e(n,-6),last:n},i=[n,t.starts_today,t.mode,t.runs].join(),a=this.asked(`runs`,i,(e,t)=>o(e,t,r)),s=this.asked(`days`,i,(e,t)=>u(e,t,r));if(!a||!s)return this.waiting();let{t:c,format:l}=this,f=m(a,s,{day:n,share:t.today.elapsed_days});return d`
<div class="head">
<h2>${c(`cycles_too_often`)}</h2>
<span class="quiet">${c(`runs_of_days`,{count:f.runs.length,days:g})}</span>
</div>
<div class="figures">
<span class="figure">
${l.number(f.startsADay,1)} <small>${c(`starts_a_day`)}</small>
</span>
<span class="figure">
${l.duration(f.meanMinutes)} <small>${c(`mean_run`)}</small>
</span>
</div>
${f.runs.length?d`${this.#e(f)}
<div class="legend" aria-hidden="true">
${[`heating`,`cooling`,`hot_water`].filter(e=>f.runs.some(t=>t.mode===e)).map(e=>d`<span>
${E(e)}${c(e===`hot_water`?`with_hot_water`:e)}
</span>`)}
<span>${c(`one_dot`)}</span>
</div>`:d`<p class="message">${c(`no_runs`)}</p>`}
`}#e(e){let{t,format:i,width:o}=this,c=e.runs.at(-1).minutes,l=Math.max(Math.ceil(c/60),2)*60,u=r([0,l],[_,o-8]),d=u(1)-u(0),f=b.map(t=>({px:t,dots:h(e.runs,t/d)})),{px:p,dots:m}=f.find(e=>C(e)<=x)??f.at(-1),g=v+Math.max(C({px:p,dots:m}),60),S=t(`dots_say`,{short:e.short,count:e.runs.length,longest:i.duration(c)}),T=e=>e?`${i.number(e,0)}\u00a0h`:`0`,E=r([0,l/60],[_,o-8]);return s`<svg viewBox="0 0 ${o} ${g+y}" role="img" aria-label=${S}>
<rect class="zone" x=${_} y="2" width=${20*d}
height=${g-2}></rect>
<text class="tick" x=${u(20)+5} y="12">${t(`short_runs`,{minutes:20})}</text>
<path class="zero" d="M${_} ${g}H${o}"></path>
${a(n([0,l/60],7).filter(e=>e>0&&Number.isInteger(e)&&E(e)<o-9),E,g,T)}
${m.map(e=>w(e,p,g))}
</svg>`}};function C({px:e,dots:t}){return e*(1+Math.max(...t.map(({row:e})=>e)))}function w({run:e,column:t,row:n},r,i){let a=_+(t+.5)*r,o=i-(n+.5)*r-1;return s`<g class=${f(e)?`short`:``} stroke-width=${r/6}
transform="translate(${a} ${o})">
${T(e.mode,r/2-.6)}</g>`}function T(e,t){return e===`hot_water`?s`<path fill="var(--hp-hot_water)"
d="M0 ${-t}L${t} ${.8*t}H${-t}Z"></path>`:s`<circle fill=${`var(--hp-${e})`} r=${t}></circle>`}function E(e){return d`<svg viewBox="-6 -6 12 12" style="width: 12px">${T(e,5)}</svg>`}export{S as CyclingCard};