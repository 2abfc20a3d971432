import{B as e,O as t,T as n,X as r,Y as i,ct as a,dt as o,ft as s,k as c,nt as l,ut as u}from"./shared-D7A7ZQN7.js";import{r as d,t as f}from"./model-D_qt2maC.js";function p(e,t,n){let r=t.filter(({starts:e})=>e!==null),i=r.reduce((e,t)=>e+t.starts,0),a=r.filter(({run_hours:e})=>e!==null),o=a.reduce((e,t)=>e+t.run_hours,0),s=a.reduce((e,t)=>e+t.starts,0),c=r.reduce((e,{start:t})=>e+(t===n.day?n.share:1),0),l=f(e).filter(({isWhole:e})=>e).toSorted((e,t)=>e.minutes-t.minutes);return{startsADay:c>=1?i/c:null,meanMinutes:s?60*o/s:null,runs:l,short:l.filter(d).length}}function m(e,t){let n=/* @__PURE__ */ new Map;return e.map(e=>{let r=Math.floor(e.minutes/t),i=n.get(r)??0;return n.set(r,i+1),{run:e,column:r,row:i}})}var h=7,g=2,_=18,v=22,y=[9,7,5],b=130,x=class extends c{static{this.styles=[...c.styles,r,s`
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
`]}getCardSize(){return 4}content(t){let{last:n}=t.today,r={first:e(n,-6),last:n},i=[n,t.starts_today,t.mode,t.runs].join(),o=this.asked(`runs`,i,(e,t)=>a(e,t,r)),s=this.asked(`days`,i,(e,t)=>l(e,t,r));if(!o||!s)return this.waiting();let{t:c,format:d}=this,f=p(o,s,{day:n,share:t.today.elapsed_days});return u`
<div class="head">
<h2>${c(`cycles_too_often`)}</h2>
<span class="quiet">${c(`runs_of_days`,{count:f.runs.length,days:h})}</span>
</div>
<div class="figures">
<span class="figure">
${d.number(f.startsADay,1)} <small>${c(`starts_a_day`)}</small>
</span>
<span class="figure">
${d.duration(f.meanMinutes)} <small>${c(`mean_run`)}</small>
</span>
</div>
${f.runs.length?u`${this.#e(f)}
<div class="legend" aria-hidden="true">
${[`heating`,`cooling`,`hot_water`].filter(e=>f.runs.some(t=>t.mode===e)).map(e=>u`<span>
${T(e)}${c(e===`hot_water`?`with_hot_water`:e)}
</span>`)}
<span>${c(`one_dot`)}</span>
</div>`:u`<p class="message">${c(`no_runs`)}</p>`}
`}#e(e){let{t:r,format:a,width:s}=this,c=e.runs.at(-1).minutes,l=Math.max(Math.ceil(c/60),2)*60,u=n([0,l],[g,s-8]),d=u(1)-u(0),f=y.map(t=>({px:t,dots:m(e.runs,t/d)})),{px:p,dots:h}=f.find(e=>S(e)<=b)??f.at(-1),x=_+Math.max(S({px:p,dots:h}),60),w=r(`dots_say`,{short:e.short,count:e.runs.length,longest:a.duration(c)}),T=e=>e?`${a.number(e,0)}\u00a0h`:`0`,E=n([0,l/60],[g,s-8]);return o`<svg viewBox="0 0 ${s} ${x+v}" role="img" aria-label=${w}>
<rect class="zone" x=${g} y="2" width=${20*d}
height=${x-2}></rect>
<text class="tick" x=${u(20)+5} y="12">${r(`short_runs`,{minutes:20})}</text>
<path class="zero" d="M${g} ${x}H${s}"></path>
${i(t([0,l/60],7).filter(e=>e>0&&Number.isInteger(e)&&E(e)<s-9),E,x,T)}
${h.map(e=>C(e,p,x))}
</svg>`}};function S({px:e,dots:t}){return e*(1+Math.max(...t.map(({row:e})=>e)))}function C({run:e,column:t,row:n},r,i){let a=g+(t+.5)*r,s=i-(n+.5)*r-1;return o`<g class=${d(e)?`short`:``} stroke-width=${r/6}
transform="translate(${a} ${s})">
${w(e.mode,r/2-.6)}</g>`}function w(e,t){return e===`hot_water`?o`<path fill="var(--hp-hot_water)"
d="M0 ${-t}L${t} ${.8*t}H${-t}Z"></path>`:o`<circle fill=${`var(--hp-${e})`} r=${t}></circle>`}function T(e){return u`<svg viewBox="-6 -6 12 12" style="width: 12px">${w(e,5)}</svg>`}export{x as CyclingCard};