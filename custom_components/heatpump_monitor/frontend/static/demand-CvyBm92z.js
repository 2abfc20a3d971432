import{B as e,G as t,I as n,K as r,O as i,Q as a,S as o,T as s,X as c,Y as l,Z as u,dt as d,ft as f,lt as p,m,ut as h}from"./shared-FkfHCjtf.js";import"./efficiency-DzdCJBek.js";var g=.9,_=.08,v=20,y=15,b=3;function x(e,t,n){let r=S(t,n),i=e.filter(e=>e.start!==t).flatMap(e=>w(e,e.start>=r)),a=i.filter(e=>e.isThisSeason);return{days:i,thisSeason:T(a),lastSeason:T(i.filter(e=>!e.isThisSeason)),kwhPerDegreeDay:D(a.length>=v?a:i)}}function S(e,n){let i=(t(e)-n+12)%12;return r(e,-i)}function C(t,n){return{first:r(S(t,n),-12),last:e(t,-1)}}function w(e,t){let{outside_c:n,coverage:r,modes:i}=e;return n===null||r===null||r<g?[]:[{outside_c:n,kw:((i.heating?.heat_kwh??0)+(i.defrost?.heat_kwh??0))/(24*r),isThisSeason:t}]}function T(e){let t=Math.max(...e.map(e=>e.kw),0),n=e.filter(e=>e.kw>_*t),r=null;for(let t=0;t<b;t+=1){let t=E(n);if(!t)return r;r=t;let i=t.balance_c-1;n=e.filter(e=>e.outside_c<i)}return r}function E(e){if(e.length<v)return null;let t=t=>t.reduce((e,t)=>e+t,0)/e.length,[n,r]=[t(e.map(e=>e.outside_c)),t(e.map(e=>e.kw))],i=t(e.map(e=>(e.outside_c-n)**2)),a=t(e.map(e=>(e.outside_c-n)*(e.kw-r))),o=i>1?a/i:0;return o>=0?null:{w_per_k:-1e3*o,balance_c:n-r/o,days:e.length}}function D(e){let t=e.reduce((e,{outside_c:t})=>e+Math.max(y-t,0),0),n=e.reduce((e,{kw:t})=>e+24*t,0);return t>=100?n/t:null}var O=30,k=8,A=24,j=class extends m{static{this.styles=[...m.styles,c,f`
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
`]}static getConfigForm(){return n()}static getStubConfig(){return{}}getCardSize(){return 8}getGridOptions(){return{columns:`full`}}get usualPeriod(){return`days365`}content(e){let{t,format:n}=this,r=C(e.today.last,e.season_start_month),i=this.days(e,r);if(!i)return this.waiting();let a=x(i,e.today.last,e.season_start_month),o=a.thisSeason??a.lastSeason;return h`
<div class="head">
<h2>${t(`demand_title`)}</h2>
<span class="quiet">${n.days(r.first,r.last)}</span>
</div>
${o?this.#e(a,o):h`<p class="message">${t(`demand_too_few`)}</p>`}
${a.days.length?this.#t(a):p}
`}#e(e,t){let{t:n,format:r}=this,i=e.thisSeason&&e.lastSeason,a=(e,t,n,r=``)=>h`<div>
<dt>${e}</dt>
<dd>${t}\u00a0<small>${n}</small></dd>
${r?h`<div class="quiet">${r}</div>`:p}
</div>`,o=e=>i?n(`last_season`,{value:e}):``;return h`<dl>
${a(n(`heat_loss`),`≈${r.number(t.w_per_k,0)}`,`W/K`,i?o(`≈${r.number(i.w_per_k,0)}`):``)}
${a(n(`balance_temperature`),`≈${r.number(t.balance_c,0)}`,`°C`,i?o(`≈${r.number(i.balance_c,0)}`):``)}
${e.kwhPerDegreeDay===null?p:a(n(`per_degree_day`),r.number(e.kwhPerDegreeDay,1),`kWh`)}
</dl>`}#t(e){let{t,width:n,format:r}=this,c=k+o(n*.45,[190,320]),d=c+A,f=N(e.days.map(e=>e.outside_c)),p=Math.max(...e.days.map(e=>e.kw),1),m=s(f,[38,n-10]),g=s([0,p*1.05],[c,k]),_=t=>e.days.filter(e=>e.isThisSeason===t).map(e=>[m(e.outside_c),g(Math.max(e.kw,0))]),v=i(f,n/60).filter(e=>m(e)<n-32);return h`<svg viewBox="0 0 ${n} ${d}" style="height: ${d}px" role="img"
aria-label=${t(`demand_title`)}>
${a(i([0,p*1.05],5),g,[O,n],e=>r.number(e,0))}
${l(v,m,c,e=>r.number(e,0))}
<text class="tick" x=${n} y=${c+17} text-anchor="end">°C</text>
${u(_(!1),2,`var(--hp-standby)`,.9)}
${u(_(!0),2.4,`var(--hp-heating)`,.8)}
${M(e.lastSeason,f,m,g,`var(--hp-unknown)`)}
${M(e.thisSeason,f,m,g,`var(--hp-heating)`)}
</svg>
<div class="legend" aria-hidden="true">
<span><i class="square" style="background: var(--hp-heating)"></i>${t(`this_season`)}</span>
<span><i class="square" style="background: var(--hp-standby)"></i>${t(`season_before`)}</span>
<span>kW</span>
</div>`}};function M(e,[t],n,r,i){if(!e)return p;let a=(e.balance_c-t)*e.w_per_k/1e3;return d`<path d="M${n(t)} ${r(a)}L${n(e.balance_c)} ${r(0)}" fill="none"
stroke=${i} stroke-width="2"></path>`}function N(e){return[Math.floor(Math.min(...e)),Math.max(Math.ceil(Math.max(...e)),20)]}export{j as DemandCard};