import{a as e,n as t}from"./mdi-DQEwNPUK.js";import{a as n,l as r,o as i,s as a}from"./base-BnrNNQaJ.js";import{a as o}from"./ask-Ss6qrA6J.js";import{n as s,t as c}from"./asking_card-17APxbMg.js";import{a as l}from"./model-BmZTAvQI.js";var u=class extends c{static{this.styles=[...c.styles,r`
      table {
        width: 100%;
        border-collapse: collapse;
      }
      th,
      td {
        height: 40px;
        padding: 0 0 0 10px;
        border-top: 1px solid var(--hp-line);
        font-weight: 400;
        text-align: right;
      }
      thead th {
        border: none;
        color: var(--hp-quiet);
        font-size: 12px;
        line-height: 16px;
      }
      th:first-child {
        padding: 0;
        text-align: left;
      }
      .name {
        display: flex;
        gap: 8px;
        align-items: center;
      }
      svg {
        flex: none;
        width: 16px;
      }
      p {
        margin: 4px 0 0;
      }
    `]}static getConfigForm(){return n()}static getStubConfig(){return{}}getCardSize(){return 3}content(n){let{t:r,format:c}=this,u=this.asked(`health`,s(n.time),o),d=new Date(n.time),f=[[`electricity_meter`,n.meter,u?.answered.meter],[`cloud`,n.heat_pump,u?.answered.heat_pump]],p=u?.hours_to_recover??null;return a`
      <div class="head"><h2>${r(`sources`)}</h2></div>
      <table>
        <thead>
          <tr>
            <th scope="col"><span></span></th>
            <th scope="col">${r(`last_answer`)}</th>
            <th scope="col">${r(`answered_7_days`)}</th>
          </tr>
        </thead>
        <tbody>
          ${f.map(([n,i,o])=>{let{isGood:s,text:u}=l(i,``,d,r,c);return a`<tr>
              <th scope="row">
                <span class="name">
                  <svg viewBox="0 0 24 24" aria-hidden="true">
                    <path
                      d=${s?e:t}
                      fill="var(--hp-${s?`good`:`warning`})"
                    ></path>
                  </svg>
                  ${r(n)}
                </span>
              </th>
              <td>${u||`–`}</td>
              <td>${this.#e(o??null)}</td>
            </tr>`})}
        </tbody>
      </table>
      ${p===null?i:a`<p class="quiet">${r(`to_recover`,{hours:c.number(p,0)})}</p>`}
    `}#e(e){if(e===null)return`–`;let t=e>=.999&&e<1?2:+(e<1),n=Math.floor(e*100*10**t+1e-6)/10**t;return`${this.format.number(n,t)}\u00a0%`}};export{u as SourcesCard};