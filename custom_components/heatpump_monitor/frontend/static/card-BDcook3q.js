import{a as e,c as t,l as n,o as r,s as i}from"./base-BnrNNQaJ.js";import{r as a}from"./ask-Ss6qrA6J.js";import{i as o}from"./axes-Cadk6hrI.js";import{a as s,c,n as l,t as u}from"./scale-EtbSrqaY.js";import{t as d}from"./asking_card-17APxbMg.js";import{r as f}from"./model-BmZTAvQI.js";function p(e,t){let{cop:n,cop_low:r,cop_high:i,modes:a}=e;return[{key:`all_modes`,ours:n===null?null:{value:n,low:r??n,high:i??n},maker:t.all},{key:`heating`,ours:m(a.heating),maker:t.heating},{key:`hot_water`,ours:m(a.hot_water),maker:t.hot_water}].filter(e=>e.ours!==null||e.maker!==null)}function m(e){if(e?.cop==null)return null;let t=e.uncertainty??0;return{value:e.cop,low:e.cop-t,high:e.cop+t}}var h=20,g=8,_=class extends d{static{this.styles=[...d.styles,o,n`
      table {
        width: 100%;
        margin: 8px 0;
        border-collapse: collapse;
      }
      th,
      td {
        padding: 0;
        height: 30px;
        font-weight: 400;
        text-align: right;
        white-space: nowrap;
      }
      thead th {
        color: var(--hp-quiet);
        font-size: 12px;
      }
      th:first-child {
        width: 1px;
        padding-right: 8px;
        text-align: left;
      }
      .figure {
        width: 1px;
        padding-left: 10px;
      }
      .ours {
        font-weight: 500;
      }
      .band {
        fill: var(--hp-band);
      }
      .dot {
        fill: var(--hp-ink);
      }
      .maker {
        fill: none;
        stroke: var(--hp-ink);
        stroke-width: 1.6;
      }
      .apart {
        stroke: var(--hp-unknown);
      }
    `]}static getConfigForm(){return e()}static getStubConfig(){return{}}getCardSize(){return 4}content(e){let{t,format:n}=this,{last:r}=e.today,o=i`<h2>${t(`maker_beside`)}</h2>`,{maker:s}=e;if(!s)return i`${o}<p class="message">${t(`maker_none`)}</p>`;let c={first:`${r.slice(0,4)}-01-01`,last:r},l=this.asked(`figures`,r,(e,t)=>a(e,t,c));if(!l)return this.waiting();let u=s.measured_at?t(`maker_changed`,{ago:f(s.measured_at,new Date(e.time),t)}):``;return i`
      ${o}
      <div class="quiet">
        ${n.days(l.first,l.last)},
        ${t(`days_of`,{paired:n.number(l.paired_days,0),days:n.number(Math.ceil(l.elapsed_days),0)})}
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
          ${p(l,s).map(e=>i`<tr>
              <th scope="row">${t(e.key)}</th>
              <td aria-hidden="true">${this.#r(e)}</td>
              <td class="figure ours">${n.ratio(e.ours?.value??null,2,e.ours)}</td>
              <td class="figure">${n.ratio(e.maker,1)}</td>
            </tr>`)}
        </tbody>
      </table>
      <div class="quiet">${t(`maker_note`)} ${u}</div>
    `}get#e(){return Math.max(this.width-176,60)}get#t(){return s(u,[g,this.#e-g])}#n(){let e=this.#t,n=c(u,this.#e<100?4:6);return i`<svg viewBox="0 0 ${this.#e} 16">
      ${n.map(n=>t`<text class="tick" x=${e(n)} y="13" text-anchor="middle">
          ${this.format.number(n,0)}</text>`)}
    </svg>`}#r({ours:e,maker:n}){let a=e=>this.#t(l(e,u)),o=h/2;return i`<svg viewBox="0 0 ${this.#e} ${h}">
      ${c(u,6).map(e=>t`<path class="grid" d="M${this.#t(e)} 0V${h}"></path>`)}
      ${e&&n!==null?t`<path class="apart" d="M${a(e.value)} ${o}H${a(n)}"></path>`:r}
      ${e?t`<rect class="band" x=${a(e.low)} y=${5}
              width=${Math.max(a(e.high)-a(e.low),1)} height="10" rx="3"></rect>
            <circle class="dot" cx=${a(e.value)} cy=${o} r="4"></circle>`:r}
      ${n===null?r:t`<path class="maker" d="M${a(n)} ${4}l6 6l-6 6l-6 -6Z"></path>`}
    </svg>`}};export{_ as MakerCard};