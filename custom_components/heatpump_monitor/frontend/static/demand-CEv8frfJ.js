import{B as e,G as t,K as n,O as r,Q as i,S as a,T as o,X as s,Y as c,Z as l,dt as u,ft as d,lt as f,m as p,ut as m}from"./shared-D7A7ZQN7.js";import"./efficiency-CgmR3t9e.js";var h=.9,g=.08,_=20,v=15,y=3;function b(e,t,n){let r=x(t,n),i=e.filter(e=>e.start!==t).flatMap(e=>C(e,e.start>=r)),a=i.filter(e=>e.isThisSeason);return{days:i,thisSeason:w(a),lastSeason:w(i.filter(e=>!e.isThisSeason)),kwhPerDegreeDay:E(a.length>=_?a:i)}}function x(e,r){let i=(t(e)-r+12)%12;return n(e,-i)}function S(t,r){return{first:n(x(t,r),-12),last:e(t,-1)}}function C(e,t){let{outside_c:n,coverage:r,modes:i}=e;return n===null||r===null||r<h?[]:[{outside_c:n,kw:((i.heating?.heat_kwh??0)+(i.defrost?.heat_kwh??0))/(24*r),isThisSeason:t}]}function w(e){let t=Math.max(...e.map(e=>e.kw),0),n=e.filter(e=>e.kw>g*t),r=null;for(let t=0;t<y;t+=1){let t=T(n);if(!t)return r;r=t;let i=t.balance_c-1;n=e.filter(e=>e.outside_c<i)}return r}function T(e){if(e.length<_)return null;let t=t=>t.reduce((e,t)=>e+t,0)/e.length,[n,r]=[t(e.map(e=>e.outside_c)),t(e.map(e=>e.kw))],i=t(e.map(e=>(e.outside_c-n)**2)),a=t(e.map(e=>(e.outside_c-n)*(e.kw-r))),o=i>1?a/i:0;return o>=0?null:{w_per_k:-1e3*o,balance_c:n-r/o,days:e.length}}function E(e){let t=e.reduce((e,{outside_c:t})=>e+Math.max(v-t,0),0),n=e.reduce((e,{kw:t})=>e+24*t,0);return t>=100?n/t:null}var D=30,O=8,k=24,A=class extends p{static{this.styles=[...p.styles,s,d`
dl {
display: flex;
flex-wrap: wrap;
gap: 8px 28px;
margin: 8px 0 12px;
}
dt {
color: var(--hp-quiet);
font-size: 12px;
}
dd {
margin: 0;
font-size: 24px;
line-height: 30px;
}
dd small {
color: var(--hp-quiet);
font-size: 75%;
}
`]}getCardSize(){return 8}getGridOptions(){return{columns:`full`}}get usualPeriod(){return`days365`}content(e){let{t,format:n}=this,r=S(e.today.last,e.season_start_month),i=this.days(e,r);if(!i)return this.waiting();let a=b(i,e.today.last,e.season_start_month),o=a.thisSeason??a.lastSeason;return m`
<div class="head">
<h2>${t(`demand_title`)}</h2>
<span class="quiet">${n.days(r.first,r.last)}</span>
</div>
${o?this.#e(a,o):m`<p class="message">${t(`demand_too_few`)}</p>`}
${a.days.length?this.#t(a):f}
`}#e(e,t){let{t:n,format:r}=this,i=e.thisSeason&&e.lastSeason,a=(e,t,n,r=``)=>m`<div>
<dt>${e}</dt>
<dd>${t}\u00a0<small>${n}</small></dd>
${r?m`<div class="quiet">${r}</div>`:f}
</div>`,o=e=>i?n(`last_season`,{value:e}):``;return m`<dl>
${a(n(`heat_loss`),`≈${r.number(t.w_per_k,0)}`,`W/K`,i?o(`≈${r.number(i.w_per_k,0)}`):``)}
${a(n(`balance_temperature`),`≈${r.number(t.balance_c,0)}`,`°C`,i?o(`≈${r.number(i.balance_c,0)}`):``)}
${e.kwhPerDegreeDay===null?f:a(n(`per_degree_day`),r.number(e.kwhPerDegreeDay,1),`kWh`)}
</dl>`}#t(e){let{t,width:n,format:s}=this,u=O+a(n*.45,[190,320]),d=u+k,f=M(e.days.map(e=>e.outside_c)),p=Math.max(...e.days.map(e=>e.kw),1),h=o(f,[38,n-10]),g=o([0,p*1.05],[u,O]),_=t=>e.days.filter(e=>e.isThisSeason===t).map(e=>[h(e.outside_c),g(Math.max(e.kw,0))]),v=r(f,n/60).filter(e=>h(e)<n-32);return m`<svg viewBox="0 0 ${n} ${d}" style="height: ${d}px" role="img"
aria-label=${t(`demand_title`)}>
${i(r([0,p*1.05],5),g,[D,n],e=>s.number(e,0))}
${c(v,h,u,e=>s.number(e,0))}
<text class="tick" x=${n} y=${u+17} text-anchor="end">°C</text>
${l(_(!1),2,`var(--hp-standby)`,.9)}
${l(_(!0),2.4,`var(--hp-heating)`,.8)}
${j(e.lastSeason,f,h,g,`var(--hp-unknown)`)}
${j(e.thisSeason,f,h,g,`var(--hp-heating)`)}
</svg>
<div class="legend" aria-hidden="true">
<span><i class="square" style="background: var(--hp-heating)"></i>${t(`this_season`)}</span>
<span><i class="square" style="background: var(--hp-standby)"></i>${t(`season_before`)}</span>
<span>kW</span>
</div>`}};function j(e,[t],n,r,i){if(!e)return f;let a=(e.balance_c-t)*e.w_per_k/1e3;return u`<path d="M${n(t)} ${r(a)}L${n(e.balance_c)} ${r(0)}" fill="none"
stroke=${i} stroke-width="2"></path>`}function M(e){return[Math.floor(Math.min(...e)),Math.max(Math.ceil(Math.max(...e)),20)]}export{A as DemandCard};