import{t as e}from"./rolldown-runtime-DK3Fl9T5.js";import{A as t,B as n,C as r,D as i,E as a,F as o,G as s,I as c,L as l,M as u,N as d,O as f,P as p,R as m,U as h,V as g,_t as _,f as v,gt as y,h as b,ht as x,j as ee,k as S,l as C,p as w,st as T,t as E,u as D,vt as O,w as te,z as k}from"./shared-BDyva6yB.js";var A=/* @__PURE__ */ e({JazCard:()=>ne}),j=52,M=12,N=8,ne=class extends w{static{this.styles=[...w.styles,a,O`
.figure{display:flex;flex-wrap:wrap;gap:0 16px;align-items:baseline;margin:4px 0 0;}.figure b{font-size:44px;line-height:52px;font-weight:400;}.figure span{font-size:17px;line-height:24px;}dl{display:grid;grid-template-columns:auto minmax(0,1fr);gap:4px 16px;margin:4px 0 0;font-size:12px;line-height:20px;}dt{color:var(--hp-quiet);}dd{margin:0;}.measured{display:flex;gap:10px;align-items:center;white-space:nowrap;}.strip{flex:1;min-width:40px;}`]}static{this.properties={...w.properties,marked:{state:!0}}}connectedCallback(){super.connectedCallback(),this.marked||import(`./later-CvZws8wu.js`).then(e=>e.y).then(({ChangeMarks:e,onStrip:t})=>{let n=new e(this);this.marked=(e,{first:r,last:i})=>t(n.of(this.hass,this.config,e,this.format),r,i,this.t,this.format)},()=>void 0)}static async getConfigForm(){let{form:e,PERIOD_CHOICE:t}=await import(`./later-CvZws8wu.js`).then(e=>e.f);return e(t)}getCardSize(){return 5}get usualPeriod(){return`days365`}content(e){let{t}=this,n=this.periodOf(e),r=this.figures(e,n);if(!r)return this.waiting();let i=r===e.rolling_year,a=C(r,e.source_kind,i,t,this.format),o=this.days(e,r);return y`
<div class="head">
<h2>${a.title}</h2>
<span class="quiet">${a.period}</span>
</div>
<p class="figure"><b>${a.cop}</b><span>${a.note}</span></p>
${re(a,this.width)}
<dl>
<dt>${t(`measured_label`)}</dt>
<dd class="measured">
${o?ie(D(o,r.first,r.last),this.marked?.(e,r)):x}
<span>${a.days}</span>
</dd>
<dt>${t(`electricity_of`)}</dt>
<dd>${a.boundary.map(e=>y`<div>${e}</div>`)}</dd>
${a.own?y`<dt>${t(`own_electricity`)}</dt><dd>${a.own}</dd>`:x}
<dt>${t(`heat_by`)}</dt>
<dd>${a.heatBy}</dd>
</dl>
`}};function re(e,t){let n=l([0,1],[N,t-N]),r=l(d,[0,1]),{band:i,mark:a}=e;return y`<svg viewBox="0 0 ${t} ${j}" style="height: ${j}px" role="img"
aria-label="${e.title}: ${e.cop} ${e.note}">
<path class="grid" d="M${n(0)} 20H${n(1)}"></path>
${k(d,6).map(e=>_`<path class="zero" d="M${n(r(e))} 16v8"></path>
<text class="tick" x=${n(r(e))} y="43" text-anchor="middle">${e}</text>`)}
${i?_`<rect x=${n(i.from)} y="10" width=${Math.max(n(i.to)-n(i.from),2)}
height="20" rx="4" fill="var(--hp-band)"></rect>`:x}
${a===null?x:_`<rect x=${n(a)-2} y="6" width="4" height="28" rx="1.5"
fill="var(--hp-ink)"></rect>`}
</svg>`}function ie(e,t){return y`<svg class="strip" viewBox="0 0 1 1" preserveAspectRatio="none"
style="height: ${M}px" aria-hidden="true">
${e.map(({from:e,to:t})=>_`<rect x=${e} y="0" width=${t-e} height="1"
fill="var(--hp-unknown)" opacity="0.75"></rect>`)}
${t?.ticks}
</svg>
<span class="only-heard">${t?.words}</span>`}var P=3e5,F=288,ae=5,oe=1e3;function se(e,t,n){let r=Math.ceil(Date.parse(t)/P)*P-F*P,i=Array(F).fill(null);for(let t of e){let e=Math.floor((Date.parse(t.start)-r)/P);e>=0&&e<F&&(i[e]=t)}let a=e=>e<287||i[e]!==null,o=i.map(e=>e?.heat_w??null),s=i.map(e=>e?.electricity_w??null),c=[...o,...s].filter(e=>e!==null);return{start:r,parts:i.filter((e,t)=>a(t)),heat:R(i,e=>e?.heat_w!=null&&Math.abs(e.heat_w)>=ae?[e.mode??`unknown`,e.heat_w/1e3]:null),electricity:R(i,e=>e?.electricity_w==null?null:[`standby`,e.electricity_w/1e3]),unknown:R(i,(e,t)=>a(t)&&e?.heat_w==null?[`unknown`,0]:null),modes:R(i,(e,t)=>a(t)?[e?.mode??`unknown`,0]:null),range:[Math.min(0,...c)/1e3,Math.max(oe,...c)/1e3],electricity_kwh:L(s),heat_kwh:L(o),unknown_minutes:5*o.filter((e,t)=>e===null&&a(t)).length,hours:z(r,n)}}function I({start:e,parts:t},n,r,i){let a=t[n],o=t=>i.time(new Date(e+t*P));return[`${o(n)} – ${o(n+1)}`,r(a?.mode??`mode_unknown`),r(`heat_is`,{value:s(i.power(a?.heat_w??null,1))}),r(`electricity_is`,{value:s(i.power(a?.electricity_w??null,2))})]}function L(e){return e.reduce((e,t)=>e+(t??0),0)/12e3}function R(e,t){let n=[];return e.forEach((e,r)=>{let i=t(e,r);if(!i)return;let[a,o]=i,s=n.at(-1);s?.role===a&&s.to===r?(s.to+=1,s.values.push(o)):n.push({role:a,from:r,to:r+1,values:[o]})}),n}function z(e,t){let n=[];for(let r=0;r<F;r+=1){let i=e+r*P;if(i%9e5)continue;let{minutes:a}=t.local(new Date(i));a%60==0&&n.at(-1)?.minutes!==a&&n.push({part:r,minutes:a})}return n}function B({from:e,values:t},n,r){let i=e=>Math.round(e*10)/10,a=t.map((t,a)=>`V${i(r(t))}H${i(n(e+a+1))}`);return`M${i(n(e))} ${i(r(0))}${a.join(``)}V${i(r(0))}Z`}var V=/* @__PURE__ */ e({LastDayCard:()=>ce}),H=8,U=28,W=8,G=12,K=[`heating`,`hot_water`,`cooling`,`defrost`,`standby`],ce=class extends g{static{this.styles=[...g.styles,a,O`
.midnight{stroke:var(--hp-quiet);stroke-dasharray:2 3;}`]}#e=new n(this);getCardSize(){return 5}content(e){let n=this.asked(`moments`,h(e.time),T);if(!n)return this.waiting();let{t:r,format:i}=this,a=se(n,e.time,i),o=r(`last_day_says`,{electricity:i.number(a.electricity_kwh,1),heat:i.number(a.heat_kwh,1),unknown:i.duration(a.unknown_minutes)}),s=new Set([...a.modes,...a.heat].map(({role:e})=>e));return y`
<div class="head">
<h2>${r(`last_24_hours`)}</h2>
<span class="quiet">kW</span>
</div>
${this.#t(a,`${r(`last_24_hours`)}: ${o}`)}
${t([...K.filter(e=>s.has(e)).map(e=>[e,r(e)]),[`electricity`,r(`electricity_drawn`)],...a.unknown.length?[[null,r(`heat_unknown`)]]:[]])}
`}#t(e,t){let{width:n,format:i,t:a}=this,[s,u]=c(...e.range,5),d=l([0,288],[U,n]),p=l([s,u],[176,H]),m=p(s)+10,h=m+W+16,g=k([s,u],7),v=o(g),b=h+4,x=this.#e.layer({label:a(`arrow_keys`,{name:a(`last_24_hours`)}),width:n,height:b,line:[p(u),m+W],steps:[1,G],spots:()=>e.parts.map((t,n)=>({x:d(n+.5),y:p((t?.heat_w??t?.electricity_w??0)/1e3),says:I(e,n,a,i)}))});return y`<div class="chart"><svg viewBox="0 0 ${n} ${b}" role="img"
aria-label=${t}>
<defs>${S()}</defs>
${f(g,p,[U,n],e=>i.number(e,v))}
${e.unknown.map(({from:e,to:t})=>_`<rect x=${d(e)} y=${p(u)} width=${d(t)-d(e)}
height=${p(0)-p(u)} fill=${r}></rect>`)}
${e.heat.map(e=>_`<path d=${B(e,d,p)} fill=${q(e.role)}></path>`)}
${e.electricity.map(e=>_`<path d=${B(e,d,p)} fill="var(--hp-electricity)"></path>`)}
<path class="zero" d="M${U} ${p(0)}H${n}"></path>
${e.modes.map(e=>this.#n(e,d,m))}
${this.#r(e,d,h,[p(u),m])}
</svg>${x}</div>`}#n({role:e,from:t,to:n},i,a){return _`<rect x=${i(t)} y=${a} width=${i(n)-i(t)} height=${W}
fill=${e===`unknown`?r:q(e)}></rect>`}#r({hours:e},t,n,[r,i]){let a=this.t(`now`),o=m(this.format.hour(1320))+14,s=t(12)-t(0),c=[1,2,3,6,12].find(e=>e*s>=o)??12,l=t(288),u=e.filter(({minutes:e})=>e%(60*c)==0),d=u.filter(({part:e})=>t(e)>U+o/3&&t(e)<l-m(a)-o/2);return[...u.filter(({minutes:e})=>e===0).map(({part:e})=>_`<path class="midnight" d="M${t(e)} ${r}V${i}"></path>`),...d.map(({part:e,minutes:r})=>_`<text class="tick" x=${t(e)} y=${n}
text-anchor="middle">${this.format.hour(r)}</text>`),_`<text class="tick" x=${l} y=${n} text-anchor="end">${a}</text>`]}};function q(e){return`var(--hp-${e})`}var le=/* @__PURE__ */ e({TodayCard:()=>fe}),J=16,ue=6,de=6,fe=class extends w{static{this.styles=[...w.styles,a,O`
.figures{display:flex;flex-wrap:wrap;justify-content:space-between;gap:4px 16px;margin:4px 0 8px;}.figure{font-size:24px;line-height:32px;white-space:nowrap;}.figure small{color:var(--hp-quiet);font-size:75%;}.right{text-align:right;margin-left:auto;}.both{background:linear-gradient(90deg,var(--hp-heating) 50%,var(--hp-hot_water) 50%);}.notes{margin:8px 0 0;}`]}getCardSize(){return 4}content(e){let{t}=this,n=v(e.today,t,this.format,this.hass?.config.currency??`EUR`),r=t(`until`,{time:this.format.time(e.time)});return y`
<div class="head">
<h2>${t(`today`)}</h2>
<span class="quiet">${[r,n.measured].filter(Boolean).join(` · `)}</span>
</div>
<div class="figures">
<div>
${Y(n.electricity)}
<div class="quiet key">${ee(`electricity`)}${t(`electricity`)}</div>
${[n.own,n.cost].map(e=>e?y`<div class="quiet">${e}</div>`:x)}
</div>
<div>
${Y(n.heat)}
<div class="quiet key"><i class="square both"></i>${t(`heat`)}</div>
</div>
<div class="right">
<div class="figure"><small>${t(`cop`)}</small> ${n.cop}</div>
<div class="quiet">${n.copNote}</div>
</div>
</div>
${pe(n.bars,this.width,this.#e(n))}
${n.notes.map(e=>y`<p class="quiet notes">${e}</p>`)}
`}#e(e){let{t}=this;return[`${s(e.electricity)} ${t(`electricity`)}`,e.own,`${s(e.heat)} ${t(`heat`)}`,`${t(`cop`)} ${e.cop}`,e.copNote].filter(Boolean).join(`, `)}};function Y({text:e,unit:t}){return y`<div class="figure">${e} <small>${t}</small></div>`}function pe(e,t,n){let i=l([0,e.top],[0,t]),a=e.cold?3:2,o=a*J+(a-1)*ue,s=0;return y`<svg viewBox="0 0 ${t} ${o}" style="height: ${o}px" role="img"
aria-label=${n}>
<defs>${S()}</defs>
${e.isMetered?x:X(0,t,0,r)}
${X(0,i(e.paired),0,`var(--hp-electricity)`)}
${[te,r].map(t=>X(i(e.paired),i(e.paired+e.unpaired),0,t))}
${e.heat===null?X(0,t,22,r):e.heat.map(({role:e,kwh:t})=>{let n=s;return s+=t,X(i(n),i(s),22,`var(--hp-${e})`)})}
${i(e.multiples[0]??0)<de?x:e.multiples.map(e=>_`<path d="M${i(e)} ${22}v${J}" stroke="var(--hp-card)"
stroke-width="1.5"></path>`)}
${e.cold?X(0,i(e.cold),44,`var(--hp-cooling)`):x}
</svg>`}function X(e,t,n,r){return t-e<.5?x:_`<rect x=${e} y=${n} width=${Math.max(t-e-1,.5)} height=${J}
rx="3" fill=${r}></rect>`}var me=.5,he=.8,Z=1.5,ge=8,[_e,ve]=[.1,.9];function ye(e){let{paired_electricity_kwh:t,heat_kwh:n,outside_c:r}=e;if(t===null||n===null||r===null||t<me||(e.coverage??0)<he)return null;let i=n/t;return i>0?{day:e.start,celsius:r,cop:i}:null}function be(e,t,n,r){let i=e.filter(e=>e.start!==t.last).map(ye).filter(e=>e!==null),{cop:a,outside_c:o}=t,s={dots:i,today:null,like:null};if(a===null)return{...s,sentence:n(`usual_no_cop`)};if(o===null)return{...s,sentence:n(`usual_no_outside`)};let c={day:t.last,celsius:o,cop:a},l=i.filter(e=>Math.abs(e.celsius-o)<=Z),u=[r.degrees(o),`±`,r.difference(Z),r.degreeUnit],d={days:l.length,outside:u.join(`\xA0`)};if(l.length<ge)return{...s,today:c,sentence:n(`too_few_days`,d)};let f=l.map(e=>e.cop).sort((e,t)=>e-t),[p,m]=[E(f,_e),E(f,ve)],h={value:(p+m)/2,low:p,high:m},g=xe(a,p,m),_=n(`days_like_this`,{...d,...r.ends(h)});return{dots:i,today:c,like:{from:o-Z,to:o+Z,low:p,high:m},sentence:n(g,{like:_})}}function xe(e,t,n){return e<Math.floor(t*10)/10?`usual_low`:e>Math.ceil(n*10)/10?`usual_high`:`usual_yes`}var Q=/* @__PURE__ */ e({UsualCard:()=>we}),$=24,Se=8,Ce=[-5,20],we=class extends w{static{this.styles=[...w.styles,a,O`
p{margin:4px 0 8px;}`]}#e=new n(this);getCardSize(){return 5}content(e){let t=this.days(e,b(e));if(!t)return this.waiting();let{t:n,format:r}=this,i=be(t,e.today,n,r),a=i.dots.length;return y`
<div class="head">
<h2>${n(`is_today_usual`)}</h2>
<span class="quiet">
${n(`cop_of_each_day`)}${a>1?`, ${n(`days_count`,{days:r.number(a,0)})}`:x}
</span>
</div>
<p class="quiet">${i.sentence}</p>
${this.#t(i)}
`}#t(e){let{width:t,format:n,t:r}=this,a=e.today?[...e.dots,e.today]:e.dots,o=Te(a.map(e=>e.celsius)),s=l(o,[30,t-8]),c=l(d,[198,Se]),m=e=>c(p(e,d)),{like:h,today:g}=e,v=this.#e.layer({label:r(`arrow_keys`,{name:r(`is_today_usual`)}),width:t,height:222,spots:()=>a.map(({day:e,celsius:t,cop:i})=>({x:s(t),y:m(i),says:[n.date(e),r(`cop_is`,{value:n.number(i,1)}),`${n.degrees(t)}\u00a0${n.degreeUnit}`]}))});return y`<div class="chart"><svg viewBox="0 0 ${t} ${222}" role="img"
style="height: ${222}px" aria-label="${r(`is_today_usual`)} ${e.sentence}">
${f(k(d,6),c,[$,t],String)}
${u(o,s,198,t,n)}
${i(e.dots.map(e=>[s(e.celsius),m(e.cop)]),2,`var(--hp-unknown)`,.65)}
${h?_`<rect x=${s(h.from)} y=${m(h.high)} width=${s(h.to)-s(h.from)}
height=${Math.max(m(h.low)-m(h.high),2)} rx="3"
fill="var(--hp-band)" stroke="var(--hp-quiet)" stroke-width="0.8"></rect>`:x}
${g?this.#n(s(g.celsius),m(g.cop)):x}
</svg>${a.length?v:x}</div>`}#n(e,t){let n=this.t(`today_mark`),r=m(n)/2+2,i=t>174;return _`<circle cx=${e} cy=${t} r="5" fill="var(--hp-ink)" stroke="var(--hp-card)"
stroke-width="1.5"></circle>
<text class="name halo" x=${p(e,[$+r,this.width-r])}
y=${i?t-12:t+19} text-anchor="middle">${n}</text>`}};function Te(e){if(!e.length)return Ce;let[t,n]=[Math.min(...e),Math.max(...e)];return[Math.floor(t-.5),Math.max(Math.ceil(n+.5),Math.floor(t)+5)]}export{A as i,le as n,V as r,Q as t};