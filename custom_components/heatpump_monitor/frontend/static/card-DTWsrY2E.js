import{a as e,l as t,o as n,s as r}from"./base-BnrNNQaJ.js";import{c as i,t as a}from"./ask-Ss6qrA6J.js";import{c as o,i as s}from"./axes-Cadk6hrI.js";import{t as c}from"./days-CvwQHZOD.js";import{t as l}from"./asking_card-17APxbMg.js";import{n as u}from"./model-DWmlaZCF.js";var d=7,f=420,p=560,m=[`heating`,`hot_water`,`cooling`,`defrost`,`standby`],h=class extends l{static{this.styles=[...l.styles,s,t`
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
    `]}static getConfigForm(){return e()}static getStubConfig(){return{}}getCardSize(){return 6}content(e){let{last:t}=e.today,s={first:c(t,-6),last:t},l=[t,e.starts_today,e.mode,e.runs].join(),h=this.asked(`runs`,l,(e,t)=>i(e,t,s)),g=this.asked(`days`,l,(e,t)=>a(e,t,s));if(!h||!g)return this.waiting();let{t:_,format:v}=this,y=u(h,g,{last:t,count:d,now:e.time},v),b=new Set(y.flatMap(({pieces:e})=>e.map(({role:e})=>e))),x=b.has(`unknown`)||y.some(({isKnown:e})=>!e),S=this.width>=f,C=this.width>=p;return r`
      <div class="head">
        <h2>${_(`compressor_runs`,{days:d})}</h2>
        ${y.some(({boxes:e})=>e.length)?r`<span class="quiet">${_(`boxed_short`,{minutes:20})}</span>`:n}
      </div>
      <table>
        <thead>
          <tr>
            <th scope="col"><span class="only-heard">${_(`day`)}</span></th>
            <th aria-hidden="true">${this.#t()}</th>
            <th scope="col" class="figure">${_(`starts`)}</th>
            ${S?r`<th scope="col" class="figure">${_(`hours`)}</th>`:n}
            ${C?r`<th scope="col" class="figure">°C</th>`:n}
          </tr>
        </thead>
        <tbody>
          ${y.map(e=>r`<tr>
              <th scope="row" class=${e.day===t?`today`:``}>
                ${this.#e(e.day,t)}
              </th>
              <td>${this.#n(e)}</td>
              <td class="figure starts">${v.number(e.starts,0)}</td>
              ${S?r`<td class="figure">${v.number(e.hours,1)}</td>`:n}
              ${C?r`<td class="figure quiet">${v.number(e.outside_c,1)}</td>`:n}
            </tr>`)}
        </tbody>
      </table>
      ${o([...m.filter(e=>e===`standby`||b.has(e)).map(e=>[e,_(e)]),...x?[[null,_(`unknown`)]]:[]])}
    `}#e(e,t){if(e===t)return this.t(`today`);let n=this.format.weekday(e);return this.width<f?`${n} ${Number(e.slice(8))}`:`${n} ${this.format.day(e)}`}#t(){let e=this.width<p?[0,12,24]:[0,6,12,18,24];return r`<div class="hours">
      ${e.map(e=>r`<span style="left: ${100*e/24}%">
          ${this.format.hour(60*e)}
        </span>`)}
    </div>`}#n({pieces:e,boxes:t,until:i,runs:a,isKnown:o}){let s=o?this.t(`row_says`,{count:a,short:t.length}):this.t(`not_measured`);return r`<div class="line" role="img" aria-label=${s}>
      ${[0,6,12,18,24].map(e=>r`<i class="grid" style="left: ${100*e/24}%"></i>`)}
      <i
        class=${o?`rest`:`hatched`}
        style=${g({from:0,to:i})}
      ></i>
      ${e.map(e=>e.role===`unknown`?r`<i class="hatched unknown" style=${g(e)}></i>`:r`<i
              class=${e.role}
              style="${g(e)}; background: var(--hp-${e.role})"
            ></i>`)}
      ${t.map(e=>r`<i class="box" style=${g(e)}></i>`)}
      ${i<1?r`<i class="now" style="left: ${100*i}%"></i>`:n}
    </div>`}};function g({from:e,to:t}){let n=e=>`${(100*e).toFixed(2)}%`;return`left: ${n(e)}; width: ${n(t-e)}`}export{h as RunsCard};