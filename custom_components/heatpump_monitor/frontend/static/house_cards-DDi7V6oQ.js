import{A as e,B as t,C as n,E as r,F as i,I as a,L as o,O as s,P as c,R as l,S as u,T as d,_ as f,_t as p,at as m,b as h,ft as g,g as _,gt as v,ht as y,k as b,lt as x,ot as S,v as C,vt as w,z as T}from"./shared-BDyva6yB.js";import{t as E}from"./entry_card-B5tyAVOi.js";import{o as D,s as O}from"./later-CvZws8wu.js";g({which_house_meter:[`Choose a house meter in the card's settings. If there is none, see Settings, Devices & services.`,`In den Einstellungen der Karte einen Hauszähler wählen. Gibt es keinen: Einstellungen, Geräte & Dienste.`],this_quarter:[`This quarter-hour`,`Diese Viertelstunde`],time_left:[`{span}, {left} left`,`{span}, noch {left}`],kw_expected:[`kW expected`,`kW erwartet`],above_limit:[`above the limit`,`über der Grenze`],above_billed:[`a new peak`,`eine neue Spitze`],may_draw:[`you may draw`,`noch frei`],expected_mark:[`expected {kw}`,`erwartet {kw}`],limit_mark:[`limit {kw}`,`Grenze {kw}`],billed_mark:[`billed anyway {kw}`,`ohnehin berechnet {kw}`],heat_pump_kw:[`heat pump {kw}`,`Wärmepumpe {kw}`],rest_kw:[`rest of the house {kw}`,`übriges Haus {kw}`],house_kw:[`house {kw}`,`Haus {kw}`],to_come_kw:[`to come {kw}`,`folgt noch {kw}`],quarter_unknown:[`The meter was not seen for all of it. The next begins at {time}.`,`Der Zähler war nicht die ganze Zeit zu sehen. Die nächste beginnt um {time}.`],meter_silent:[`The meter is silent.`,`Der Zähler ist stumm.`],peak_of_days:[`Highest quarter-hour of each day`,`Höchste Viertelstunde je Tag`],quarters_of:[`Quarter-hours of {day}`,`Viertelstunden am {day}`],enter_chooses:[`{name}: arrow keys read the figures, Enter shows the day`,`{name}: Pfeiltasten lesen die Werte, Eingabe zeigt den Tag`],month_before:[`Month before`,`Monat davor`],month_after:[`Month after`,`Monat danach`],close:[`Close`,`Schließen`],heat_pump_part:[`heat pump`,`Wärmepumpe`],in_the_peak:[`in the month's peak:`,`in der Monatsspitze:`],of_peak:[`{part} of {kw}, {share}`,`{part} von {kw}, {share}`],not_whole:[`{count} quarter-hours incomplete`,`{count} Viertelstunden unvollständig`],incomplete:[`incomplete`,`unvollständig`],no_peak:[`No quarter-hour measured yet`,`Noch keine Viertelstunde gemessen`],month_peaks:[`Month peaks`,`Monatsspitzen`],billed_mean:[`billed on their mean`,`berechnet nach dem Mittel`],kw_months:[`kW, {count} months`,`kW, {count} Monate`],kw_month:[`kW, 1 month`,`kW, 1 Monat`],never_below:[`never below {kw}`,`nie unter {kw}`],a_year:[`{cost} a year`,`{cost} im Jahr`],billed_as:[`billed as {kw}`,`berechnet als {kw}`],basis_meter:[`the meter's own peak`,`vom Zähler gemeldet`],basis_corrected:[`corrected by hand`,`von Hand korrigiert`]});var k=3e3,A={name:`house`,ask:m,entities:({entities:e})=>Object.values(e),agesAfterMs:({running:e})=>e&&1e3*e.ends_in_s+k},j=class extends E{constructor(...e){super(...e),this.command=A,this.which=`which_house_meter`}static{this.styles=[...E.styles,r,w`
.big{display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 16px;align-items:baseline;margin:4px 0;}.big b{font-weight:400;font-size:24px;line-height:32px;}strong{font-weight:500;}p{margin:8px 0 0;}`]}todayOf({running:e}){return this.format.household.local(e?.start??/* @__PURE__ */ new Date).day}kw(e){return this.format.number(e,1)}withUnit(e){return e===null?this.kw(e):`${this.kw(e)}\u00a0kW`}};function M(e,t,r,i,a){return e.map(({kw:e,heat_pump_kw:o,isPart:s,isOpen:c,isStrong:l},u)=>{let d=r(u)+(r(1)-r(0)-t)/2,f=(e,n,r,a=y)=>i(e)-i(n)<.1?y:p`<rect x=${d} y=${i(n)} width=${t} height=${i(e)-i(n)} fill=${r}
stroke=${a} opacity=${l||c?1:.8}></rect>`,m=o??0;return p`${s?f(e??0,a,n):y}
${c?f(m,e??0,`none`,`var(--hp-unknown)`):f(m,e??0,l?`var(--hp-quiet)`:`var(--hp-standby)`)}
${f(0,m,`var(--hp-electricity)`)}`})}var N=9e5;function P(e,t){let n=Object.values(e);return n.length?Math.min(n.reduce((e,t)=>e+4*t/1e3,0),t):null}function F({so_far_w:e,forecast_w:t,parts_wh:n}){if(e===null)return null;let r=e/1e3,i=P(n,r),a=Math.max((t??e)/1e3-r,0),[o,s,c]=O([i??0,r-(i??0),a],1);return{heat_pump:i===null?null:o,rest:s,to_come:c}}function I(e,{first:t,last:n},r){let i=Math.max(...e.map(({peak:e})=>e?.average_w??0)),a=e.find(({peak:e})=>e?.average_w===i)?.day;return Array.from({length:f(t,n)},(n,i)=>{let o=_(t,i),s=e.find(e=>e.day===o),c=s?.peak??null,l=c&&c.average_w/1e3,u=o===r,d=s?.incomplete??0;return{day:o,start:c?.start??null,incomplete:d,kw:l,heat_pump_kw:c&&P(c.parts_wh,c.average_w/1e3),isPart:d>0||s!==void 0&&!c&&!u,isOpen:u,isStrong:o===a}})}function L(e,t,n,r){let i=new Map(e.map(e=>[Date.parse(e.start),e])),a=e=>r.local(new Date(e)).day===t,o=e[0]?Date.parse(e[0].start):Date.parse(`${t}T12:00:00Z`);for(;a(o-N);)o-=N;let s=[];for(let e=o;a(e);e+=N){let t=i.get(e),r=t?.average_w==null?null:t.average_w/1e3;s.push({start:new Date(e),kw:r,heat_pump_kw:r===null?null:P(t.parts_wh,r),isPart:r===null&&e+9e5<=n})}return s}function R(e){let[t,n]=[e[0]?.month,e.at(-1)?.month],r=[];for(let i=t??``;n&&i<=n;i=u(i,1)){let t=e.find(e=>e.month===i)??null;r.push({month:i,peak:t,kw:t&&t.peak_w/1e3,heat_pump_kw:null,isPart:t===null,isStrong:i===n})}return r}var z=`M15.4,16.6L10.8,12L15.4,7.4L14,6L8,12L14,18L15.4,16.6Z`,B=`M8.6,16.6L13.2,12L8.6,7.4L10,6L16,12L10,18L8.6,16.6Z`,V=24,H=18,U=22,W=5,G=18,K=class extends j{static{this.styles=[...j.styles,w`
.leaf{display:flex;align-items:center;}button{display:grid;place-items:center;min-width:44px;min-height:44px;padding:0 8px;margin:-12px -8px;color:inherit;background:none;border:none;font:inherit;cursor:pointer;}.leaf button{margin:-12px 0;}.leaf button:last-child{margin-right:-12px;}.leaf button:disabled{opacity:0.3;cursor:default;}button svg{width:20px;fill:var(--hp-quiet);}.day{margin-top:16px;}.legend .share{display:block;margin-left:auto;color:var(--hp-ink);}`]}static{this.properties={...j.properties,day:{state:!0},back:{state:!0}}}#e=new t(this);#t=new t(this);constructor(){super(),this.day=null,this.back=0}getCardSize(){return 6}content(t){let{t:n,format:r}=this,i=this.todayOf(t),a=u(i,-this.back),o={first:a,last:C(h(a),i)},s=this.#n(`house_days`,S,o,t);if(!s)return this.waiting();let c=I(s,o,i),l=this.back?t.billing.months.find(({month:e})=>e===a):t.month_peak,d=t.limit_w===null?null:t.limit_w/1e3,f=c.some(({heat_pump_kw:e})=>e!==null);return v`
<div class="head">
<h2>${n(`peak_of_days`)}</h2>
<div class="leaf">
<span class="quiet">${r.wholeMonth(a)}, kW</span>
${this.#r(1,s[0]?.day===a)} ${this.#r(-1,this.back>0)}
</div>
</div>
${this.#l({columns:c,places:Number(h(a).slice(8)),plot_px:130,name:n(`peak_of_days`),label:n(`enter_chooses`,{name:n(`peak_of_days`)}),readout:this.#e,says:e=>this.#o(c[e]),below:this.#a(c,Number(h(a).slice(8))),choose:e=>this.day=c[e].day},d,c.findIndex(({isStrong:e})=>e))}
${e([...f?[[`electricity`,n(`heat_pump_part`)]]:[],...c.some(({isPart:e})=>e)?[[null,n(`incomplete`)]]:[]],this.#i(l))}
${this.day===null?y:this.#c(this.day,t,d)}
`}#n(e,t,n,{running:r,month_peak:i}){let a=this.back?[]:[r?.start,i?.peak_w],o=[n.first,n.last,...a].join();return this.asked(e,o,(e,r)=>t(e,r,n))}#r(e,t){return v`<button type="button" aria-label=${this.t(e>0?`month_before`:`month_after`)}
?disabled=${!t} @click=${()=>{this.back+=e,this.day=null}}
>
<svg viewBox="0 0 24 24" aria-hidden="true">
<path d=${e>0?z:B}></path>
</svg>
</button>`}#i(e){let t=(e?.peak_w??0)/1e3,n=e?P(e.parts_wh,t):null;return n===null?y:v`<span class="share">${this.t(`in_the_peak`)}
<strong>${this.t(`of_peak`,{part:this.kw(n),kw:this.withUnit(t),share:this.format.percent(t&&n/t)})}</strong></span>`}#a(e,t){let n=e.findIndex(({isStrong:e})=>e)+1,r=[];for(let i of[e.length,n,1,t,20,10])i&&r.every(e=>Math.abs(e-i)>2)&&r.push(i);return r.map(e=>[e-.5,String(e)])}#o({day:e,start:t,kw:n,heat_pump_kw:r,incomplete:i}){let{t:a,format:o}=this;return[o.date(e),t===null?a(`not_measured`):`${this.withUnit(n)}, ${o.household.time(t)}`,...this.#s(r),...i?[a(`not_whole`,{count:i})]:[]]}#s(e){return e===null?[]:[this.t(`heat_pump_kw`,{kw:this.withUnit(e)})]}#c(e,t,n){let{t:r,format:i}=this,{household:a}=i,o=this.#n(`quarters`,x,{first:e,last:e},t),s=Date.parse(t.running?.start??(/* @__PURE__ */ new Date()).toISOString()),c=o&&L(o,e,s,a),l=r(`quarters_of`,{day:i.day(e)}),u=c?.map(({start:e})=>a.local(e).minutes)??[];return v`<div class="head day">
<h2 aria-live="polite">${l}</h2>
<button type="button" @click=${()=>this.day=null}>${r(`close`)}</button>
</div>
${c?this.#l({columns:c,places:c.length,plot_px:90,name:l,label:r(`arrow_keys`,{name:l}),readout:this.#t,says:e=>{let{start:t,kw:n,heat_pump_kw:i,isPart:o}=c[e],s=new Date(t.getTime()+N);return[`${a.time(t)} – ${a.time(s)}`,o?r(`incomplete`):this.withUnit(n),...this.#s(i)]},below:u.flatMap((e,t)=>e%360==0&&t?[[t,a.hour(e)]]:[])},n):this.message(this.hasFailed(`quarters`)?`no_answer`:`loading`)}`}#l(e,t,n=-1){let{width:r,format:c}=this,{columns:u,places:d,plot_px:f,name:m,label:h,readout:g,says:_,below:y,choose:x}=e,S=Math.max(...u.map(({kw:e})=>e??0),t??0,1),[,C]=a(0,S,5),w=H+f,E=w+U,D=o([0,d],[V,r]),O=o([0,C],[w,H]),k=D(1)-D(0),A=T([0,C],4),j=i(A);return v`<div class="chart">
<svg viewBox="0 0 ${r} ${E}" style="height: ${E}px" role="img" aria-label=${m}>
<defs>${b()}</defs>
${s(A,O,[V,r],e=>c.number(e,j))}
${M(u,Math.max(k-2,k*.8),D,O,C)}
<path class="zero" d="M${V} ${w}H${r}"></path>
${y.map(([e,t])=>p`<text class="tick" x=${Math.min(D(e),r-l(t)/2)}
y=${w+16} text-anchor="middle">${t}</text>`)}
${this.#u(t,n,u[n],D,O)}
</svg>
${g.layer({label:h,width:r,height:E,line:[H,w],steps:[1,7],spots:()=>u.map(({kw:e},t)=>({x:D(t+.5),y:O(e??0),says:_(t)})),...x?{choose:x}:{}})}
</div>`}#u(e,t,n,r,i){let{format:a,width:o,t:s}=this,u=e===null?null:i(e),d=r(t)>(V+o)/2,f=u===null?y:p`<path d="M${V} ${u}H${o}" stroke="var(--hp-limit)"
stroke-width="1.5"></path>
<text class="name halo" x=${d?V:o} y=${u-W}
text-anchor=${d?`start`:`end`} style="fill: var(--hp-limit)">
${s(`limit_mark`,{kw:this.kw(e)})}
</text>`;if(!n?.start)return f;let m=`${a.day(n.day)} ${a.household.time(n.start)}`,h=`${this.withUnit(n.kw)}, ${m}`,g=i(n.kw??0),_=l(h)/2,v=u!==null&&u>g-G&&u<=g+W,b=c(r(t+.5),[V+_,o-_]);return p`${f}<text class="name halo" x=${b} y=${(v?u:g)-W} text-anchor="middle">${h}</text>`}},q=24,J=16,Y=112,X=20,Z=class extends j{#e=new t(this);getCardSize(){return 4}content({billing:e,least_peak_w:t,currency:n}){let{t:r,format:i}=this,{peak_w:a,cost_per_year:o}=e,s=R(e.months),c=e.months.length,l=t/1e3;return v`
<div class="head">
<h2>${r(`month_peaks`)}</h2>
<span class="quiet">${r(`billed_mean`)}</span>
</div>
${a===null?this.message(`no_peak`):v`<div class="big">
<span>
<b>${i.number(a/1e3,2)}</b>
<span class="quiet">
${c===1?r(`kw_month`):r(`kw_months`,{count:c})} ·
${r(`never_below`,{kw:this.kw(l)})}
</span>
</span>
${o===null?y:v`<strong>
${r(`a_year`,{cost:i.money(o,n,0)})}
</strong>`}
</div>
${this.#t(s,l)}`}
`}#t(e,t){let{width:n,format:r,t:i}=this,a=Math.max(...e.map(({kw:e})=>e??0),t),s=o([0,Math.max(e.length,4)],[q,n]),c=o([0,a],[92,J]),l=s(1)-s(0);return v`<div class="chart">
<svg viewBox="0 0 ${n} ${Y}" style="height: ${Y}px" role="img"
aria-label=${i(`month_peaks`)}>
<defs>${b()}</defs>
${M(e,l*.78,s,c,a)}
<path d="M${q} ${c(t)}H${n}" stroke="var(--hp-ink)"
stroke-dasharray="2 3"></path>
<text class="tick" y=${c(t)+4}>${this.kw(t)}</text>
${e.map(({month:e,kw:t,isStrong:n},i)=>p`
<text class="tick" x=${s(i+.5)} y=${108} text-anchor="middle">
${r.month(e,`narrow`)}
</text>
${t===null||l<X?y:p`<text class="halo ${n?`name`:`tick`}" x=${s(i+.5)}
y=${c(t)-4} text-anchor="middle">${this.kw(t)}</text>`}`)}
</svg>
${this.#e.layer({label:i(`arrow_keys`,{name:i(`month_peaks`)}),width:n,height:Y,line:[J,92],spots:()=>e.map((e,n)=>({x:s(n+.5),y:c(e.kw??0),says:this.#n(e,t)}))})}
</div>`}#n({month:e,peak:t,kw:n},r){let{t:i}=this,a=this.format.household,o=a.wholeMonth(e);if(!t||n===null)return[o,i(`not_measured`)];let{at:s,basis:c,parts_wh:l}=t,u=P(l,n);return[o,s?`${this.withUnit(n)}, ${a.day(s)} ${a.time(s)}`:this.withUnit(n),...u===null?[]:[i(`heat_pump_kw`,{kw:this.withUnit(u)})],...n<r?[i(`billed_as`,{kw:this.withUnit(r)})]:[],...c===`counted`?[]:[i(`basis_${c}`)]]}},Q=24,$=24,ee=70,te=12,ne=class extends j{static{this.styles=[...j.styles,w`
.big b{font-size:44px;line-height:52px;margin-right:8px;}.big .unit{color:var(--hp-quiet);}.over{color:var(--hp-limit);}.mark{font-size:12px;font-weight:500;}`]}getCardSize(){return 4}content({running:e,...t}){let{t:n,format:r}=this,i=e&&new Date(Date.parse(e.start)+9e5),a=e?.forecast_w==null?null:e.forecast_w/1e3,o=Math.ceil((e?.ends_in_s??0)/60),s=t.limit_w===null?`above_billed`:`above_limit`,c=e&&a!==null&&a>e.limit_w/1e3;return v`
<div class="head">
<h2>${n(`this_quarter`)}</h2>
${i?v`<span class="quiet">
${n(`time_left`,{span:`${r.time(e.start)} – ${r.time(i)}`,left:r.duration(o)})}
</span>`:y}
</div>
<div class="big">
<span>
<b>${this.kw(a)}</b>
<span class="unit">${n(`kw_expected`)}</span>${c?v`, <span class="over">${n(s)}</span>`:y}
</span>
${e?.headroom_w==null?y:v`<span>
${n(`may_draw`)}
<strong>${this.withUnit(Math.max(e.headroom_w,0)/1e3)}</strong>
</span>`}
</div>
${e?this.#e(e,t.limit_w!==null):v`<p>${n(`meter_silent`)}</p>`}
${i&&e.so_far_w===null?v`<p class="quiet">${n(`quarter_unknown`,{time:r.time(i)})}</p>`:y}
`}#e(e,t){let{width:r,format:s}=this,c=F(e),u=[e.so_far_w,e.forecast_w,e.limit_w],f=a(0,1.1*Math.max(...u.map(e=>e??0))/1e3,6),m=o(f,[0,r]),h=T(f,7),g=i(h),_=e=>s.number(e,g),y=this.#n(e,t),x=y.map(({name:e})=>l(e,te)),S=D(y.map(({kw:e})=>m(e)),x.reduce((e,t)=>e+t,0)/2+10,[x[0]/2,r-x.at(-1)/2]),C=this.#r(c);return v`<svg viewBox="0 0 ${r} ${ee}" role="img"
aria-label="kW: ${[...y,...C].map(({name:e})=>e).join(`, `)}">
<defs>${b()}
<clipPath id="bar"><rect y=${Q} width=${r} height=${$} rx="6"></rect></clipPath>
</defs>
<g clip-path="url(#bar)">
${this.#t(0,r,c?`var(--hp-band)`:n)}
${C.map(({from:e,to:t,fill:n})=>this.#t(m(e),m(t),n))}
</g>
${y.map(({kw:e,name:t,colour:n},r)=>p`<path d="M${m(e)} ${19}v${34}"
stroke="var(--hp-${n})" stroke-width="3"></path>
<text class="mark" x=${S[r]} y="14" text-anchor="middle"
fill="var(--hp-${n})">${t}</text>`)}
${d(h.slice(1,-1),m,48,_)}
<text class="tick" y=${65}>0</text>
<text class="tick" x=${r} y=${65} text-anchor="end">
${_(h.at(-1)??0)} kW
</text>
</svg>
<div class="legend" aria-hidden="true">
${C.map(({name:e,fill:t})=>v`<span>
<i class="square" style="background: ${t}"></i>${e}
</span>`)}
</div>`}#t(e,t,n){return p`<rect x=${e} y=${Q} width=${Math.max(t-e,0)} height=${$}
fill=${n}></rect>`}#n({limit_w:e,forecast_w:t},n){let r=(e,t,n)=>{let r=t/1e3;return{kw:r,colour:n,name:this.t(e,{kw:this.kw(r)})}},i=r(n?`limit_mark`:`billed_mark`,e,`limit`);return t===null?[i]:[i,r(`expected_mark`,t,`ink`)].sort((e,t)=>e.kw-t.kw)}#r(e){if(!e)return[];let{heat_pump:t,rest:n,to_come:r}=e,i=(t??0)+n,a=(e,t,n,r)=>({from:t,to:n,fill:`var(--hp-${r})`,name:this.t(e,{kw:this.kw(n-t)})});return[...t===null?[]:[a(`heat_pump_kw`,0,t,`electricity`)],a(t===null?`house_kw`:`rest_kw`,t??0,i,`unknown`),a(`to_come_kw`,i,i+r,`standby`)]}};export{K as PeakDaysCard,Z as PeaksCard,ne as QuarterCard};