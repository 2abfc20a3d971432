import{B as e,K as t,Q as n,R as r,W as i,Y as a,Z as o,b as s,ct as c,j as l,lt as u,ot as d,p as f,q as p,st as m,z as h}from"./shared-CdG9aF0b.js";import"./efficiency-C7nC5XMz.js";import{a as g,i as _,s as v}from"./model-saGkGnt0.js";var y=30,b=8,x=24,S=class extends f{static{this.styles=[...f.styles,r,u`
dl{display:flex;flex-wrap:wrap;gap:8px 28px;margin:8px 0 12px;}dt{color:var(--hp-quiet);font-size:12px;}dd{margin:0;}dd:not(.quiet){font-size:24px;line-height:30px;}p{margin:0 0 12px;}dd small{color:var(--hp-quiet);font-size:75%;}`]}#e=new n(this);getCardSize(){return 8}getGridOptions(){return{columns:`full`}}get usualPeriod(){return`days365`}content(e){let{t,format:n}=this,r=v(e.today.last,e.season_start_month),i=this.days(e,r);if(!i)return this.waiting();let a=_(i,e.today.last,e.season_start_month),{now:o,before:s}=a,c=l(r.first,e.first_day??e.today.last),u=o.heated+s.heated>0;return m`
<div class="head">
<h2>${t(`demand_title`)}</h2>
<span class="quiet">
${c>r.last?d:n.days(c,r.last)}${this.width>480?` · ${t(`one_mark_a_day`)}`:d}
</span>
</div>
${o.line??s.line?this.#n(a):this.#t(a)}
${u?this.#i(a):d}
`}#t({lacksOutside:e,now:t,before:n}){if(e)return this.message(`demand_no_outside`);let r=Math.max(t.heated,n.heated);return m`<p class="message">
${this.t(`demand_too_few`,{days:r,needed:20})}
</p>`}#n({now:e,before:t,alike:n,base_c:r}){let{t:i,format:a}=this,o=(n,r,o)=>{let[s,c]=[r(e),r(t)],l=s??c;if(l===null)return d;let u=e=>o===`kWh`?a.number(e,1):`≈${a.number(e,0)}`,f=c===null?``:i(`last_season`,{value:u(c)});return m`<div>
<dt>${n}</dt>
<dd>${u(l)}\u00a0<small>${o}</small></dd>
<dd class="quiet">${s===null?i(`season_before`):f}</dd>
</div>`},s=`${a.degrees(r,0)}\u00a0${a.degreeUnit}`;return m`<dl>
${o(i(`heat_loss`),({line:e})=>e&&e.w_per_k,`W/K`)}
${o(i(`balance_temperature`),({line:e})=>e&&a.fromCelsius(e.balance_c),a.degreeUnit)}
${o(i(`per_degree_day`,{base:s}),({kwhPerDegreeDay:e})=>e&&e/a.degreesPerKelvin,`kWh`)}
</dl>
${e.line&&n?m`<p class="quiet">${this.#r(e.line,n)}</p>`:d}`}#r(e,t){let n=g(e,t);if(n===null)return this.t(`loss_the_same`);let r=this.format.percent(Math.abs(n));return this.t(n<0?`loss_less`:`loss_more`,{share:r})}#i(n){let{t:r,width:s,format:c}=this,l=b+t(s*.45,[190,320]),u=l+x,f=w(n.days.map(e=>e.outside_c)),g=Math.max(...n.days.map(e=>e.kw),1),_=a(f,[38,s-10]),v=a([0,g*1.05],[l,b]),S=e=>[_(e.outside_c),v(Math.max(e.kw,0))],T=e=>n.days.filter(t=>t.isThisSeason===e).map(S),E=o([0,g*1.05],5),D=p(E),O=[...n.days].sort((e,t)=>e.outside_c-t.outside_c),k=e=>this.#a(e),A=this.#e.layer({label:r(`arrow_keys`,{name:r(`demand_title`)}),width:s,height:u,steps:[1,10],spots:()=>O.map(e=>{let[t,n]=S(e);return{x:t,y:n,get says(){return k(e)}}})});return m`<div class="chart">
<svg viewBox="0 0 ${s} ${u}" style="height: ${u}px" role="img"
aria-label=${r(`demand_title`)}>
${e(E,v,[y,s],e=>c.number(e,D))}
${i(f,_,l,s,c)}
${h(T(!1),2,`var(--hp-unknown)`,.6)}
${h(T(!0),2.4,`var(--hp-heating)`,.8)}
${C(n.before.line,f,_,v,`var(--hp-quiet)`)}
${C(n.now.line,f,_,v,`var(--hp-heating)`)}
</svg>
${A}
</div>
<div class="legend" aria-hidden="true">
<span><i class="square" style="background: var(--hp-heating)"></i>${r(`this_season`)}</span>
${n.days.every(e=>e.isThisSeason)?d:m`<span>
<i class="square" style="background: var(--hp-unknown)"></i>${r(`season_before`)}
</span>`}
<span>${r(`mean_heating_power`)}</span>
</div>`}#a({start:e,outside_c:t,kw:n}){let{t:r,format:i}=this;return[i.date(e),s(i.temperature(t)),r(`heating_is`,{value:`${i.number(n,1)}\u00a0kW`})]}};function C(e,[t],n,r,i){if(!e)return d;let a=(e.balance_c-t)*e.w_per_k/1e3;return c`<path d="M${n(t)} ${r(a)}L${n(e.balance_c)} ${r(0)}" fill="none"
stroke=${i} stroke-width="2"></path>`}function w(e){return[Math.floor(Math.min(...e)),Math.max(Math.ceil(Math.max(...e)),20)]}export{S as DemandCard};