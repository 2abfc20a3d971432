import{$ as e,L as t,O as n,Q as r,R as i,Y as a,Z as o,at as s,ct as c,g as l,lt as u,st as d}from"./shared-CdG9aF0b.js";import{r as f,t as p}from"./model-CIaUfG0f.js";function m(e,t,n){let r=t.filter(({starts:e})=>e!==null),i=r.reduce((e,t)=>e+t.starts,0),a=r.filter(({run_hours:e})=>e!==null),o=a.reduce((e,t)=>e+t.run_hours,0),s=a.reduce((e,t)=>e+t.starts,0),c=r.reduce((e,{start:t})=>e+(t===n.day?n.share:1),0),l=p(e).filter(({isWhole:e})=>e).toSorted((e,t)=>e.minutes-t.minutes);return{startsADay:c>=1?i/c:null,meanMinutes:s?60*o/s:null,runs:l,short:l.filter(f).length}}function h(e,t){let n=/* @__PURE__ */ new Map;return e.map(e=>{let r=Math.floor(e.minutes/t),i=n.get(r)??0;return n.set(r,i+1),{run:e,column:r,row:i}})}var g=7,_=2,v=18,y=22,b=[9,7,5],x=130,S=class extends l{static{this.styles=[...l.styles,i,u`
.figures{display:flex;flex-wrap:wrap;gap:4px 24px;margin:4px 0 8px;}.figure{font-size:24px;line-height:32px;white-space:nowrap;}.figure small{color:var(--hp-quiet);font-size:14px;}.zone{fill:color-mix(in srgb,var(--hp-ink) 6%,transparent);}.short{stroke:var(--hp-ink);}`]}#e=new r(this);getCardSize(){return 4}content(t){let{last:r}=t.today,i={first:n(r,-6),last:r},a=[r,t.starts_today,t.mode,t.runs].join(),o=this.asked(`runs`,a,(e,t)=>s(e,t,i)),c=this.asked(`days`,a,(t,n)=>e(t,n,i));if(!o||!c)return this.waiting();let{t:l,format:u}=this,f=m(o,c,{day:r,share:t.today.elapsed_days});return d`
<div class="head">
<h2>${l(`cycles_too_often`)}</h2>
<span class="quiet">${l(`runs_of_days`,{count:f.runs.length,days:g})}</span>
</div>
<div class="figures">
<span class="figure">
${u.number(f.startsADay,1)} <small>${l(`starts_a_day`)}</small>
</span>
<span class="figure">
${u.duration(f.meanMinutes)} <small>${l(`mean_run`)}</small>
</span>
</div>
${f.runs.length?d`${this.#t(f)}
<div class="legend" aria-hidden="true">
${[`heating`,`cooling`,`hot_water`].filter(e=>f.runs.some(t=>t.mode===e)).map(e=>d`<span>
${D(e)}${l(e===`hot_water`?`with_hot_water`:e)}
</span>`)}
<span>${l(`one_dot`)}</span>
</div>`:d`<p class="message">${l(`no_runs`)}</p>`}
`}#t(e){let{t:n,format:r,width:i}=this,s=e.runs.at(-1).minutes,c=Math.max(Math.ceil(s/60),2)*60,l=a([0,c],[_,i-8]),u=l(1)-l(0),f=b.map(t=>({px:t,dots:h(e.runs,t/u)})),{px:p,dots:m}=f.find(e=>C(e)<=x)??f.at(-1),g=v+Math.max(C({px:p,dots:m}),60),S=n(`dots_say`,{short:e.short,count:e.runs.length,longest:r.duration(s)}),E=e=>e?`${r.number(e,0)}\u00a0h`:`0`,D=a([0,c/60],[_,i-8]),O=g+y,k=this.#e.layer({label:n(`arrow_keys`,{name:n(`cycles_too_often`)}),width:i,height:O,spots:()=>m.map(e=>({...w(e,p,g),says:this.#n(e.run)}))});return d`<div class="chart"><svg viewBox="0 0 ${i} ${O}" role="img"
aria-label=${S}>
<rect class="zone" x=${_} y="2" width=${20*u}
height=${g-2}></rect>
<text class="tick" x=${l(20)+5} y="12">${n(`short_runs`,{minutes:20})}</text>
<path class="zero" d="M${_} ${g}H${i}"></path>
${t(o([0,c/60],7).filter(e=>e>0&&Number.isInteger(e)&&D(e)<i-9),D,g,E)}
${m.map(e=>T(e,p,g))}
</svg>${k}</div>`}#n({start:e,end:t,mode:n,minutes:r}){let{t:i,format:a}=this;return[`${a.day(e)}, ${a.time(e)} – ${a.time(t)}`,i(n===`hot_water`?`with_hot_water`:n),a.duration(r)]}};function C({px:e,dots:t}){return e*(1+Math.max(...t.map(({row:e})=>e)))}function w({column:e,row:t},n,r){return{x:_+(e+.5)*n,y:r-(t+.5)*n-1}}function T(e,t,n){let{run:r}=e,{x:i,y:a}=w(e,t,n);return c`<g class=${f(r)?`short`:``} stroke-width=${t/6}
transform="translate(${i} ${a})">
${E(r.mode,t/2-.6)}</g>`}function E(e,t){return e===`hot_water`?c`<path fill="var(--hp-hot_water)"
d="M0 ${-t}L${t} ${.8*t}H${-t}Z"></path>`:c`<circle fill=${`var(--hp-${e})`} r=${t}></circle>`}function D(e){return d`<svg viewBox="-6 -6 12 12" style="width: 12px">${E(e,5)}</svg>`}export{S as CyclingCard};