import{a as e,c as t,l as n,o as r,s as i}from"./base-BnrNNQaJ.js";import{i as a,l as o,n as s,s as c,t as l}from"./axes-Cadk6hrI.js";import{a as u}from"./scale-EtbSrqaY.js";import{t as d}from"./period_card-pqvOAWRB.js";import{n as f,r as p}from"./model-CjAZL7zC.js";var m=16,h=6,g=6,_=class extends d{static{this.styles=[...d.styles,a,n`
      .figures {
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        gap: 4px 16px;
        margin: 4px 0 8px;
      }
      .figure {
        font-size: 24px;
        line-height: 32px;
        white-space: nowrap;
      }
      .figure small {
        color: var(--hp-quiet);
        font-size: 75%;
      }
      .right {
        text-align: right;
        margin-left: auto;
      }
      .both {
        background: linear-gradient(90deg, var(--hp-heating) 50%, var(--hp-hot_water) 50%);
      }
      .notes {
        margin: 8px 0 0;
      }
    `]}static getConfigForm(){return e()}static getStubConfig(){return{}}getCardSize(){return 4}getGridOptions(){return{columns:12,min_columns:6}}content(e){let{t}=this,n=p(e.today,t,this.format,this.hass?.config.currency??`EUR`),a=t(`until`,{time:this.format.time(e.time)});return i`
      <div class="head">
        <h2>${t(`today`)}</h2>
        <span class="quiet">${[a,n.measured].filter(Boolean).join(` · `)}</span>
      </div>
      <div class="figures">
        <div>
          ${v(n.electricity)}
          <div class="quiet key">${o(`electricity`)}${t(`electricity`)}</div>
          ${n.cost?i`<div class="quiet">${n.cost}</div>`:r}
        </div>
        <div>
          ${v(n.heat)}
          <div class="quiet key"><i class="square both"></i>${t(`heat`)}</div>
        </div>
        <div class="right">
          <div class="figure"><small>${t(`cop`)}</small> ${n.cop}</div>
          <div class="quiet">${n.copNote}</div>
        </div>
      </div>
      ${y(n.bars,this.width,this.#e(n))}
      ${n.notes.map(e=>i`<p class="quiet notes">${e}</p>`)}
    `}#e(e){let{t}=this;return[`${f(e.electricity)} ${t(`electricity`)}`,`${f(e.heat)} ${t(`heat`)}`,`${t(`cop`)} ${e.cop}`,e.copNote].filter(Boolean).join(`, `)}};function v({text:e,unit:t}){return i`<div class="figure">${e} <small>${t}</small></div>`}function y(e,n,a){let o=u([0,e.top],[0,n]),d=e.cold?3:2,f=d*m+(d-1)*h,p=0;return i`<svg viewBox="0 0 ${n} ${f}" style="height: ${f}px" role="img"
      aria-label=${a}>
    <defs>${c()}</defs>
    ${e.isMetered?r:b(0,n,0,l)}
    ${b(0,o(e.paired),0,`var(--hp-electricity)`)}
    ${[s,l].map(t=>b(o(e.paired),o(e.paired+e.unpaired),0,t))}
    ${e.heat===null?b(0,n,22,l):e.heat.map(({role:e,kwh:t})=>{let n=p;return p+=t,b(o(n),o(p),22,`var(--hp-${e})`)})}
    ${o(e.multiples[0]??0)<g?r:e.multiples.map(e=>t`<path d="M${o(e)} ${22}v${m}" stroke="var(--hp-card)"
              stroke-width="1.5"></path>`)}
    ${e.cold?b(0,o(e.cold),44,`var(--hp-cooling)`):r}
  </svg>`}function b(e,n,i,a){return n-e<.5?r:t`<rect x=${e} y=${i} width=${Math.max(n-e-1,.5)} height=${m}
    rx="3" fill=${a}></rect>`}export{_ as TodayCard};