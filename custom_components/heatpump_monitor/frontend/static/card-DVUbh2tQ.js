import{a as e,c as t,l as n,s as r}from"./base-BnrNNQaJ.js";import{c as i,t as a}from"./ask-Ss6qrA6J.js";import{i as o,r as s}from"./axes-Cadk6hrI.js";import{t as c}from"./days-CvwQHZOD.js";import{a as l,c as u}from"./scale-EtbSrqaY.js";import{t as d}from"./asking_card-17APxbMg.js";import{r as f,t as p}from"./model-DWmlaZCF.js";function m(e,t,n){let r=t.filter(({starts:e})=>e!==null),i=r.reduce((e,t)=>e+t.starts,0),a=r.filter(({run_hours:e})=>e!==null),o=a.reduce((e,t)=>e+t.run_hours,0),s=a.reduce((e,t)=>e+t.starts,0),c=r.reduce((e,{start:t})=>e+(t===n.day?n.share:1),0),l=p(e).filter(({isWhole:e})=>e).toSorted((e,t)=>e.minutes-t.minutes);return{startsADay:c>=1?i/c:null,meanMinutes:s?60*o/s:null,runs:l,short:l.filter(f).length}}function h(e,t){let n=new Map;return e.map(e=>{let r=Math.floor(e.minutes/t),i=n.get(r)??0;return n.set(r,i+1),{run:e,column:r,row:i}})}var g=7,_=2,v=18,y=22,b=[9,7,5],x=130,S=class extends d{static{this.styles=[...d.styles,o,n`
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
    `]}static getConfigForm(){return e()}static getStubConfig(){return{}}getCardSize(){return 4}content(e){let{last:t}=e.today,n={first:c(t,-6),last:t},o=[t,e.starts_today,e.mode,e.runs].join(),s=this.asked(`runs`,o,(e,t)=>i(e,t,n)),l=this.asked(`days`,o,(e,t)=>a(e,t,n));if(!s||!l)return this.waiting();let{t:u,format:d}=this,f=m(s,l,{day:t,share:e.today.elapsed_days});return r`
      <div class="head">
        <h2>${u(`cycles_too_often`)}</h2>
        <span class="quiet">${u(`runs_of_days`,{count:f.runs.length,days:g})}</span>
      </div>
      <div class="figures">
        <span class="figure">
          ${d.number(f.startsADay,1)} <small>${u(`starts_a_day`)}</small>
        </span>
        <span class="figure">
          ${d.duration(f.meanMinutes)} <small>${u(`mean_run`)}</small>
        </span>
      </div>
      ${f.runs.length?r`${this.#e(f)}
              <div class="legend" aria-hidden="true">
                ${[`heating`,`cooling`,`hot_water`].filter(e=>f.runs.some(t=>t.mode===e)).map(e=>r`<span>
                      ${E(e)}${u(e===`hot_water`?`with_hot_water`:e)}
                    </span>`)}
                <span>${u(`one_dot`)}</span>
              </div>`:r`<p class="message">${u(`no_runs`)}</p>`}
    `}#e(e){let{t:n,format:r,width:i}=this,a=e.runs.at(-1).minutes,o=Math.max(Math.ceil(a/60),2)*60,c=l([0,o],[_,i-8]),d=c(1)-c(0),f=b.map(t=>({px:t,dots:h(e.runs,t/d)})),{px:p,dots:m}=f.find(e=>C(e)<=x)??f.at(-1),g=v+Math.max(C({px:p,dots:m}),60),S=n(`dots_say`,{short:e.short,count:e.runs.length,longest:r.duration(a)}),T=e=>e?`${r.number(e,0)}\u00a0h`:`0`,E=l([0,o/60],[_,i-8]);return t`<svg viewBox="0 0 ${i} ${g+y}" role="img" aria-label=${S}>
      <rect class="zone" x=${_} y="2" width=${20*d}
        height=${g-2}></rect>
      <text class="tick" x=${c(20)+5} y="12">${n(`short_runs`,{minutes:20})}</text>
      <path class="zero" d="M${_} ${g}H${i}"></path>
      ${s(u([0,o/60],7).filter(e=>e>0&&Number.isInteger(e)&&E(e)<i-9),E,g,T)}
      ${m.map(e=>w(e,p,g))}
    </svg>`}};function C({px:e,dots:t}){return e*(1+Math.max(...t.map(({row:e})=>e)))}function w({run:e,column:n,row:r},i,a){let o=_+(n+.5)*i,s=a-(r+.5)*i-1;return t`<g class=${f(e)?`short`:``} stroke-width=${i/6}
    transform="translate(${o} ${s})">
    ${T(e.mode,i/2-.6)}</g>`}function T(e,n){return e===`hot_water`?t`<path fill="var(--hp-hot_water)"
        d="M0 ${-n}L${n} ${.8*n}H${-n}Z"></path>`:t`<circle fill=${`var(--hp-${e})`} r=${n}></circle>`}function E(e){return r`<svg viewBox="-6 -6 12 12" style="width: 12px">${T(e,5)}</svg>`}export{S as CyclingCard};