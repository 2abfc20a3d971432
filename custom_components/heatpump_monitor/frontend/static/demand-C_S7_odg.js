import{B as e,D as t,E as n,F as r,G as i,L as a,M as o,O as s,P as c,dt as l,ft as u,lt as d,p as f,rt as p,ut as m,y as h,z as g}from"./shared-tNZMYE1I.js";import"./efficiency-B8inCusw.js";import{ChangeMarks as _,onDay as v,said as y}from"./marks-DF7meol6.js";import{i as b,o as x,r as S}from"./model-2O_K7t01.js";var C=30,w=8,T=24,E=class extends f{static{this.styles=[...f.styles,n,u`
dl{display:flex;flex-wrap:wrap;gap:8px 28px;margin:8px 0 12px;}dt{color:var(--hp-quiet);font-size:12px;}dd{margin:0;}dd:not(.quiet){font-size:24px;line-height:30px;}p{margin:0 0 12px;}dd small{color:var(--hp-quiet);font-size:75%;}`]}#e=new e(this);#t=new _(this);getCardSize(){return 8}getGridOptions(){return{columns:`full`}}get usualPeriod(){return`days365`}content(e){let{t,format:n}=this,{last:r}=e.today,i=x(r,e.season_start_month),a={first:i.before.first,last:i.now.last},o=this.days(e,a),[s,c,l]=[`now`,`before`,`alike`].map(t=>this.ask(`heat_loss`,e,i[t],p,t));if(!o||!s||!c||!l)return this.waiting();let u=S(o,r,e.season_start_month),f={now:s.loss,before:c.loss,alike:l.loss},g=h(a.first,e.first_day??e.today.last);return m`
<div class="head">
<h2>${t(`demand_title`)}</h2>
<span class="quiet">
${g>a.last?d:n.days(g,a.last)}${this.width>480?` · ${t(`one_mark_a_day`)}`:d}
</span>
</div>
${s.loss??c.loss?this.#r(f):this.#n(u)}
${u.heated?this.#a(e,u,f):d}
`}#n({lacksOutside:e,heated:t}){return e?this.message(`demand_no_outside`):t>=20?this.message(`demand_no_line`):m`<p class="message">
${this.t(`demand_too_few`,{days:t,needed:20})}
</p>`}#r({now:e,before:t,alike:n}){let{t:r,format:i}=this,a=e??t,o=e?.base_c===t?.base_c,s=`${i.degrees(a.base_c,0)}\u00a0${i.degreeUnit}`,c=(n,s,c,l)=>{let u=e&&t&&(s!==`kWh`||o)?l(t).value:null;return m`<div>
<dt>${n}</dt>
<dd>${i.number(l(a).value,c)}\u00a0<small>${s}</small></dd>
<dd class="quiet">${r(`low_to_high`,k(l(a),c,i))}</dd>
<dd class="quiet">
${e?d:r(`season_before`)}
${u===null?d:r(`last_season`,{value:i.number(u,c)})}
</dd>
</div>`};return m`<dl>
${c(r(`heat_loss`),`W/K`,0,({w_per_k:e})=>e)}
${c(r(`balance_temperature`),i.degreeUnit,0,({balance_c:e})=>O(e,e=>i.fromCelsius(e)))}
${c(r(`per_degree_day`,{base:s}),`kWh`,1,({kwh_per_degree_day:e})=>O(e,e=>e/i.degreesPerKelvin))}
</dl>
${e&&n?m`<p class="quiet">${this.#i(e,n)}</p>`:d}`}#i(e,t){let n=b(e,t);if(n===null)return this.t(`loss_the_same`);let r=this.format.percent(Math.abs(n));return this.t(n<0?`loss_less`:`loss_more`,{share:r})}#a(e,n,i){let{t:l,width:u,format:f}=this,p=w+c(u*.45,[190,320]),h=p+T,_=A(n.days.map(e=>e.outside_c)),v=Math.max(...n.days.map(e=>e.kw),1),y=a(_,[38,u-10]),b=a([0,v*1.05],[p,w]),x=e=>[y(e.outside_c),b(Math.max(e.kw,0))],S=e=>n.days.filter(t=>t.isThisSeason===e).map(x),E=g([0,v*1.05],5),O=r(E),k=[...n.days].sort((e,t)=>e.outside_c-t.outside_c),j=this.#t.of(this.hass,this.config,e,f),M=e=>this.#o(e,j),N=this.#e.layer({label:l(`arrow_keys`,{name:l(`demand_title`)}),width:u,height:h,steps:[1,10],spots:()=>k.map(e=>{let[t,n]=x(e);return{x:t,y:n,get says(){return M(e)}}})});return m`<div class="chart">
<svg viewBox="0 0 ${u} ${h}" style="height: ${h}px" role="img"
aria-label=${l(`demand_title`)}>
${s(E,b,[C,u],e=>f.number(e,O))}
${o(_,y,p,u,f)}
${t(S(!1),2,`var(--hp-unknown)`,.6)}
${t(S(!0),2.4,`var(--hp-heating)`,.8)}
${D(i.before,_,y,b,`var(--hp-quiet)`)}
${D(i.now,_,y,b,`var(--hp-heating)`)}
</svg>
${N}
</div>
<div class="legend" aria-hidden="true">
<span><i class="square" style="background: var(--hp-heating)"></i>${l(`this_season`)}</span>
${n.days.every(e=>e.isThisSeason)?d:m`<span>
<i class="square" style="background: var(--hp-unknown)"></i>${l(`season_before`)}
</span>`}
<span>${l(`mean_heating_power`)}</span>
</div>`}#o({start:e,outside_c:t,kw:n},r){let{t:a,format:o}=this;return[o.date(e),i(o.temperature(t)),a(`heating_is`,{value:`${o.number(n,1)}\u00a0kW`}),...y(v(r,e),a,o)]}};function D(e,[t],n,r,i){if(!e)return d;let a=e.balance_c.value,o=(a-t)*e.w_per_k.value/1e3;return l`<path d="M${n(t)} ${r(o)}L${n(a)} ${r(0)}" fill="none"
stroke=${i} stroke-width="2"></path>`}function O({value:e,low:t,high:n},r){return{value:r(e),low:r(t),high:r(n)}}function k({low:e,high:t},n,r){let i=10**n;return{low:r.number(Math.floor(e*i)/i,n),high:r.number(Math.ceil(t*i)/i,n)}}function A(e){return[Math.floor(Math.min(...e)),Math.max(Math.ceil(Math.max(...e)),20)]}export{E as DemandCard};