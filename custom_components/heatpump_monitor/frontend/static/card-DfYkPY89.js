import{a as e,c as t,i as n,l as r,o as i,s as a}from"./base-BnrNNQaJ.js";import{i as o}from"./axes-Cadk6hrI.js";import{a as s,c,t as l}from"./scale-EtbSrqaY.js";import{t as u}from"./period_card-pqvOAWRB.js";import{n as d,r as f}from"./model-Bf4frK0Q.js";var p=52,m=12,h=8,g=class extends u{static{this.styles=[...u.styles,o,r`
      .figure {
        display: flex;
        flex-wrap: wrap;
        gap: 0 16px;
        align-items: baseline;
        margin: 4px 0 0;
      }
      .figure b {
        font-size: 44px;
        line-height: 52px;
        font-weight: 400;
      }
      .figure span {
        font-size: 17px;
        line-height: 24px;
      }
      dl {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: 4px 16px;
        margin: 4px 0 0;
        font-size: 12px;
        line-height: 20px;
      }
      dt {
        color: var(--hp-quiet);
      }
      dd {
        margin: 0;
      }
      .measured {
        display: flex;
        gap: 10px;
        align-items: center;
        white-space: nowrap;
      }
      .strip {
        flex: 1;
        min-width: 40px;
      }
    `]}static getConfigForm(){return e(n)}static getStubConfig(){return{}}getCardSize(){return 5}getGridOptions(){return{columns:12,min_columns:6}}get usualPeriod(){return`days365`}content(e){let{t}=this,n=this.periodOf(e),r=this.figures(e,n);if(!r)return this.waiting();let o=r===e.rolling_year,s=d(r,e.source_kind,o,t,this.format),c=this.days(e,r);return a`
      <div class="head">
        <h2>${s.title}</h2>
        <span class="quiet">${s.period}</span>
      </div>
      <p class="figure"><b>${s.cop}</b><span>${s.note}</span></p>
      ${_(s,this.width)}
      <dl>
        <dt>${t(`measured_label`)}</dt>
        <dd class="measured">
          ${c?v(f(c,r.first,r.last)):i}
          <span>${s.days}</span>
        </dd>
        <dt>${t(`electricity_of`)}</dt>
        <dd>${s.boundary.map(e=>a`<div>${e}</div>`)}</dd>
        <dt>${t(`heat_by`)}</dt>
        <dd>${s.heatBy}</dd>
      </dl>
    `}};function _(e,n){let r=s([0,1],[h,n-h]),o=s(l,[0,1]),{band:u,mark:d}=e;return a`<svg viewBox="0 0 ${n} ${p}" style="height: ${p}px" role="img"
      aria-label="${e.title}: ${e.cop} ${e.note}">
    <path class="grid" d="M${r(0)} 20H${r(1)}"></path>
    ${c(l,6).map(e=>t`<path class="zero" d="M${r(o(e))} 16v8"></path>
        <text class="tick" x=${r(o(e))} y="43" text-anchor="middle">${e}</text>`)}
    ${u?t`<rect x=${r(u.from)} y="10" width=${Math.max(r(u.to)-r(u.from),2)}
            height="20" rx="4" fill="var(--hp-band)"></rect>`:i}
    ${d===null?i:t`<rect x=${r(d)-2} y="6" width="4" height="28" rx="1.5"
            fill="var(--hp-ink)"></rect>`}
  </svg>`}function v(e){return a`<svg class="strip" viewBox="0 0 1 1" preserveAspectRatio="none"
      style="height: ${m}px" aria-hidden="true">
    ${e.map(({from:e,to:n})=>t`<rect x=${e} y="0" width=${n-e} height="1"
        fill="var(--hp-unknown)" opacity="0.75"></rect>`)}
  </svg>`}export{g as JazCard};