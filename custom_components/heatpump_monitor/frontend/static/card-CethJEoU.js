import{a as e,i as t,l as n,n as r,o as i,s as a}from"./base-BnrNNQaJ.js";import{i as o,l as s}from"./axes-Cadk6hrI.js";import{t as c}from"./period_card-pqvOAWRB.js";import{n as l,t as u}from"./model-CjAZL7zC.js";var d=[`heating`,`hot_water`,`defrost`,`standby`],f=100;function p(e,t,n){let{paired_electricity_kwh:i,heat_kwh:a}=e;if(i===null||a===null)return null;let o=+(Math.max(i,Math.abs(a))<f),s=b(e,i,a,o),c=r(s.map(e=>e.electricity),o),p=r(s.map(e=>e.heat),o),g=r(s.map(e=>e.hours??0),0),_=s.map((e,r)=>({role:e.mode,name:t(e.mode===`unknown`?`mode_unknown`:e.mode),electricity:n.number(c[r],o),heat:p[r]===0?`–`:n.number(p[r],o),cop:e.cop,hours:e.hours===null?`–`:n.number(g[r],0)})),v=e.modes.cooling,y=e.unpaired_electricity_kwh??0;return{rows:_,all:{role:null,name:t(`all_modes`),electricity:n.number(i,o),heat:n.number(a,o),cop:n.ratio(e.cop,2,u(e)),hours:s.some(e=>e.hours===null)?`–`:n.number(g.reduce((e,t)=>e+t,0),0)},cooling:v?{role:`cooling`,name:t(`cooling`),electricity:n.number(v.electricity_kwh,o),heat:n.number(v.heat_kwh,o),cop:`–`,hours:n.number(v.hours,0)}:null,notes:v?[t(`cooling_in_no_cop`)]:[],unpaired:y<.5*10**-o?``:t(`unpaired_more`,{energy:l(n.energy(y))})};function b(e,t,r,i){let a=d.flatMap(t=>{let r=e.modes[t];if(!r)return[];let{electricity_kwh:i,heat_kwh:a,hours:o,cop:s}=r;return[{mode:t,electricity:i,heat:a,hours:o,cop:n.ratio(t===`defrost`||t===`standby`?null:s,2,m(r))}]}),o={electricity:t-h(a.map(e=>e.electricity)),heat:r-h(a.map(e=>e.heat))},s=10**-i*(a.length+1);return Math.max(Math.abs(o.electricity),Math.abs(o.heat))>s&&a.push({mode:`unknown`,...o,hours:null,cop:`–`}),a}}function m({cop:e,uncertainty:t}){return e===null||t===null?null:{value:e,low:e-t,high:e+t}}function h(e){return e.reduce((e,t)=>e+t,0)}var g=330,_=class extends c{static{this.styles=[...c.styles,o,n`
      table {
        width: 100%;
        margin: 8px 0 0;
        border-collapse: collapse;
      }
      th,
      td {
        padding: 7px 0 7px 8px;
        border-bottom: 1px solid var(--hp-line);
        font-weight: 400;
        text-align: right;
        white-space: nowrap;
      }
      th:first-child {
        padding-left: 0;
        text-align: left;
        white-space: normal;
      }
      thead th,
      .hours {
        color: var(--hp-quiet);
      }
      thead th {
        font-size: 12px;
      }
      .cop,
      .all * {
        font-weight: 500;
      }
      .all .hours {
        font-weight: 400;
      }
      tr:last-child > * {
        border-bottom: none;
      }
      p {
        margin: 8px 0 0;
      }
      .key {
        gap: 8px;
      }
    `]}static getConfigForm(){return e(t)}static getStubConfig(){return{}}getCardSize(){return 6}getGridOptions(){return{columns:12,min_columns:6}}content(e){let{t,format:n}=this,r=this.figures(e,this.periodOf(e));if(!r)return this.waiting();let o=p(r,t,n),c=this.width>=g;return a`
      <div class="head">
        <h2>${t(`by_mode`)}</h2>
        <span class="quiet">${n.days(r.first,r.last)}, kWh</span>
      </div>
      ${o?a`
              <table>
                <thead>
                  <tr>
                    <th></th>
                    <th scope="col">${t(`electricity_title`)}</th>
                    <th scope="col">${t(`heat_title`)}</th>
                    <th scope="col">${t(`cop`)}</th>
                    ${c?a`<th scope="col">${t(`hours`)}</th>`:i}
                  </tr>
                </thead>
                <tbody>
                  ${o.rows.map(e=>v(e,c))}
                  ${v(o.all,c)}
                  ${o.cooling?v(o.cooling,c):i}
                </tbody>
              </table>
              ${o.notes.map(e=>a`<p class="quiet">${e}</p>`)}
              ${o.unpaired?a`<p class="quiet key">${s(null)}${o.unpaired}</p>`:i}
            `:this.message(`no_sums`)}
    `}};function v(e,t){let{role:n}=e;return a`<tr class=${n===null?`all`:``}>
    <th scope="row">
      <span class="key">
        ${n===null?a`<i class="square"></i>`:s(n===`unknown`?null:n)}
        ${e.name}
      </span>
    </th>
    <td>${e.electricity}</td>
    <td>${e.heat}</td>
    <td class="cop">${e.cop}</td>
    ${t?a`<td class="hours">${e.hours}</td>`:i}
  </tr>`}export{_ as ModesCard};