import{B as e,E as t,L as n,T as r,V as i,Z as a,at as o,dt as s,ft as c,g as l,ut as u,z as d}from"./shared-tNZMYE1I.js";import{r as f,t as p}from"./model-DVWmX7bL.js";function m(e,t,n){let r=t.filter(({starts:e})=>e!==null),i=r.reduce((e,t)=>e+t.starts,0),a=r.filter(({run_hours:e})=>e!==null),o=a.reduce((e,t)=>e+t.run_hours,0),s=a.reduce((e,t)=>e+t.starts,0),c=r.reduce((e,{start:t})=>e+(t===n.day?n.share:1),0),l=p(e).filter(({isWhole:e})=>e).toSorted((e,t)=>e.minutes-t.minutes);return{startsADay:c>=1?i/c:null,meanMinutes:s?60*o/s:null,runs:l,short:l.filter(f).length}}function h(e,t){let n=/* @__PURE__ */ new Map;return e.map(e=>{let r=Math.floor(e.minutes/t),i=n.get(r)??0;return n.set(r,i+1),{run:e,column:r,row:i}})}var g=7,_=2,v=18,y=22,b=[9,7,5],x=130,S=class extends i{static{this.styles=[...i.styles,t,c`
.figures{display:flex;flex-wrap:wrap;gap:4px 24px;margin:4px 0 8px;}.figure{font-size:24px;line-height:32px;white-space:nowrap;}.figure small{color:var(--hp-quiet);font-size:14px;}.zone{fill:color-mix(in srgb,var(--hp-ink) 6%,transparent);}.short{stroke:var(--hp-ink);}`]}#e=new e(this);getCardSize(){return 4}content(e){let{last:t}=e.today,n={first:l(t,-6),last:t},r=[t,e.starts_today,e.mode,e.runs].join(),i=this.asked(`runs`,r,(e,t)=>o(e,t,n)),s=this.asked(`days`,r,(e,t)=>a(e,t,n));if(!i||!s)return this.waiting();let{t:c,format:d}=this,f=m(i,s,{day:t,share:e.today.elapsed_days});return u`
<div class="head">
<h2>${c(`cycles_too_often`)}</h2>
<span class="quiet">${c(`runs_of_days`,{count:f.runs.length,days:g})}</span>
</div>
<div class="figures">
<span class="figure">
${d.number(f.startsADay,1)} <small>${c(`starts_a_day`)}</small>
</span>
<span class="figure">
${d.duration(f.meanMinutes)} <small>${c(`mean_run`)}</small>
</span>
</div>
${f.runs.length?u`${this.#t(f)}
<div class="legend" aria-hidden="true">
${[`heating`,`cooling`,`hot_water`].filter(e=>f.runs.some(t=>t.mode===e)).map(e=>u`<span>
${D(e)}${c(e===`hot_water`?`with_hot_water`:e)}
</span>`)}
<span>${c(`one_dot`)}</span>
</div>`:u`<p class="message">${c(`no_runs`)}</p>`}
`}#t(e){let{t,format:i,width:a}=this,o=e.runs.at(-1).minutes,s=Math.max(Math.ceil(o/60),2)*60,c=n([0,s],[_,a-8]),l=c(1)-c(0),f=b.map(t=>({px:t,dots:h(e.runs,t/l)})),{px:p,dots:m}=f.find(e=>C(e)<=x)??f.at(-1),g=v+Math.max(C({px:p,dots:m}),60),S=t(`dots_say`,{short:e.short,count:e.runs.length,longest:i.duration(o)}),E=e=>e?`${i.number(e,0)}\u00a0h`:`0`,D=n([0,s/60],[_,a-8]),O=g+y,k=this.#e.layer({label:t(`arrow_keys`,{name:t(`cycles_too_often`)}),width:a,height:O,spots:()=>m.map(e=>({...w(e,p,g),says:this.#n(e.run)}))});return u`<div class="chart"><svg viewBox="0 0 ${a} ${O}" role="img"
aria-label=${S}>
<rect class="zone" x=${_} y="2" width=${20*l}
height=${g-2}></rect>
<text class="tick" x=${c(20)+5} y="12">${t(`short_runs`,{minutes:20})}</text>
<path class="zero" d="M${_} ${g}H${a}"></path>
${r(d([0,s/60],7).filter(e=>e>0&&Number.isInteger(e)&&D(e)<a-9),D,g,E)}
${m.map(e=>T(e,p,g))}
</svg>${k}</div>`}#n({start:e,end:t,mode:n,minutes:r}){let{t:i,format:a}=this;return[`${a.day(e)}, ${a.time(e)} – ${a.time(t)}`,i(n===`hot_water`?`with_hot_water`:n),a.duration(r)]}};function C({px:e,dots:t}){return e*(1+Math.max(...t.map(({row:e})=>e)))}function w({column:e,row:t},n,r){return{x:_+(e+.5)*n,y:r-(t+.5)*n-1}}function T(e,t,n){let{run:r}=e,{x:i,y:a}=w(e,t,n);return s`<g class=${f(r)?`short`:``} stroke-width=${t/6}
transform="translate(${i} ${a})">
${E(r.mode,t/2-.6)}</g>`}function E(e,t){return e===`hot_water`?s`<path fill="var(--hp-hot_water)"
d="M0 ${-t}L${t} ${.8*t}H${-t}Z"></path>`:s`<circle fill=${`var(--hp-${e})`} r=${t}></circle>`}function D(e){return u`<svg viewBox="-6 -6 12 12" style="width: 12px">${E(e,5)}</svg>`}export{S as CyclingCard};