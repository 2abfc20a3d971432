import{t as e}from"./rolldown-runtime-DK3Fl9T5.js";import{A as t,B as n,E as r,G as i,K as a,L as o,T as s,V as c,Z as l,_t as u,ft as d,g as f,gt as p,ht as m,ut as h,vt as g,z as _}from"./shared-BDyva6yB.js";d({compressor_runs:[`Compressor runs, {days} days`,`Verdichterläufe, {days} Tage`],boxed_short:[`boxed: short, {minutes} min or less`,`umrandet: kurz, höchstens {minutes} min`],starts:[`Starts`,`Starts`],row_says:[`{count} runs, {short} of them short`,`{count} Läufe, davon {short} kurz`],cycles_too_often:[`Does it cycle too often?`,`Taktet sie zu oft?`],runs_of_days:[`{count} runs, {days} days`,`{count} Läufe, {days} Tage`],starts_a_day:[`starts a day`,`Starts am Tag`],mean_run:[`mean run`,`mittlere Laufzeit`],short_runs:[`short: {minutes} min or less`,`kurz: höchstens {minutes} min`],one_dot:[`one dot = one run`,`ein Punkt = ein Lauf`],with_hot_water:[`with hot water`,`mit Warmwasser`],dots_say:[`{short} of {count} runs were short, the longest took {longest}`,`{short} von {count} Läufen waren kurz, der längste dauerte {longest}`],no_runs:[`No run in these days`,`Kein Lauf in diesen Tagen`],hot_water_charges:[`Hot-water charges`,`Warmwasserladungen`],last_days:[`last {days} days`,`letzte {days} Tage`],when:[`When`,`Wann`],took:[`Took`,`Dauer`],in_kwh:[`In kWh`,`Strom kWh`],out_kwh:[`Out kWh`,`Wärme kWh`],supply_short:[`Supply {degrees}`,`Vorlauf {degrees}`],ten_charges:[`{count} charges`,`{count} Ladungen`],charges_rough:[`The heat of a single charge can be off by more than 10 %: it is shown for {count} together.`,`Die Wärme einer einzelnen Ladung ist um mehr als 10 % unsicher: Sie steht für {count} zusammen.`],no_charges:[`No charge in these days`,`Keine Ladung in diesen Tagen`]});var v=1440,y=9e4;function b({start:e,end:t}){return(Date.parse(t)-Date.parse(e))/6e4}function x(e){let t=[],n=e.filter(({mode:e})=>e!==`standby`).toSorted((e,t)=>Date.parse(e.start)-Date.parse(t.start));for(let e of n){let n=t.at(-1),r=e.is_whole&&e.starts<=1;if(n&&e.starts===0&&Date.parse(e.start)-Date.parse(n.end)<=y)n.end=e.end,n.minutes=b(n),e.mode===`hot_water`&&(n.mode=e.mode),n.isWhole&&=r;else{let{start:n,end:i,mode:a}=e;t.push({start:n,end:i,mode:a,minutes:b(e),isWhole:r})}}return t}function S({minutes:e,isWhole:t}){return t&&e<=20}function C(e,t,n){return[`${n.day(e.start)}, ${n.time(e.start)} – ${n.time(e.end)}`,`${t(e.mode)}, ${n.duration(b(e))}`,t(`heat_is`,{value:i(n.energy(e.heat_kwh))}),t(`electricity_is`,{value:i(n.energy(e.electricity_kwh))})]}function w(e,t,{last:n,count:r,now:i},a){let o=new Map(t.map(e=>[e.start,e])),s=x(e),c=a.local(i),l=T(e.flatMap(e=>[{...e,run:e,role:e.heat_kwh===null?`unknown`:e.mode},...e.defrosts.map(e=>({...e,role:`defrost`}))]),a),u=T(s.filter(S).map(e=>({...e,role:`short`})),a),d=s.map(({start:e})=>a.local(e).day);return Array.from({length:r},(e,t)=>{let r=f(n,-t),i=o.get(r);return{day:r,pieces:l.get(r)??[],boxes:u.get(r)??[],until:r===c.day?c.minutes/v:1,isKnown:i?.starts!=null,starts:i?.starts??null,hours:i?.run_hours??null,outside_c:i?.outside_c??null,runs:d.filter(e=>e===r).length}})}function T(e,t){let n=/* @__PURE__ */ new Map;for(let{start:r,end:i,role:a,run:o}of e){let[e,s]=[t.local(r),t.local(i)],c=b({start:r,end:i});for(let t=e.day;t<=s.day;t=f(t,1)){let r=t===e.day?e.minutes/v:0,i=t===s.day?s.minutes/v:1,l=i<r?Math.min(r+c/v,1):i;if(l===r)continue;let u=n.get(t)??[];n.set(t,u),u.push({role:a,from:r,to:l,...o&&{run:o}})}}return n}var ee=.1;function E(e){let t=e.filter(({mode:e,is_whole:t})=>e===`hot_water`&&t).toSorted((e,t)=>Date.parse(t.start)-Date.parse(e.start)),n=t.filter(D),r=n.some(e=>!O(e));return{charges:t.map(k),together:r?A(n):[]}}function D(e){return e.heat_kwh!==null&&e.electricity_kwh!==null&&e.electricity_kwh>0}function O({heat_kwh:e,heat_error_kwh:t}){return e!==null&&t!==null&&t<=ee*e}function k(e){let{start:t,electricity_kwh:n,supply_c:r}=e,i=D(e)&&O(e);return{start:t,minutes:b(e),electricity_kwh:n,supply_c:r,heat_kwh:i?e.heat_kwh:null,cop:i?e.heat_kwh/e.electricity_kwh:null}}function A(e){let t=[];for(let n=0;n+10<=e.length;n+=10)t.push(j(e.slice(n,n+10)));return t}function j(e){let t=t=>e.reduce((e,n)=>e+t(n),0),n=t(e=>e.electricity_kwh),r=t(e=>e.heat_kwh),i=Math.sqrt(t(e=>(e.heat_error_kwh??e.heat_kwh)**2)),a=r/n,o=i/n;return{count:e.length,first:e.at(-1).start,last:e[0].start,minutes:t(b),electricity_kwh:n,heat_kwh:r,cop:{value:a,low:a-o,high:a+o}}}var te=/* @__PURE__ */ e({ChargesCard:()=>ae}),ne=30,re=10,ie=3,ae=class extends c{static{this.styles=[...c.styles,g`
table{width:100%;margin-top:4px;border-collapse:collapse;}th,td{padding:0 0 0 8px;height:32px;border-top:1px solid var(--hp-line);font-weight:400;text-align:right;}thead th{border:none;color:var(--hp-quiet);font-size:12px;line-height:16px;vertical-align:bottom;}th:first-child{padding:0;text-align:left;}.together th,.together td{font-weight:500;}.together .quiet{display:block;line-height:14px;padding-bottom:4px;}.note{margin:8px 0 0;}`]}getCardSize(){return 7}content(e){let{last:t}=e.today,n={first:f(t,-29),last:t},r=[t,e.starts_today,e.mode].join(),i=this.asked(`runs`,r,(e,t)=>h(e,t,n));if(!i)return this.waiting();let{t:a}=this,o=this.format.degreeUnit,s=E(i),c=this.#e().filter(([,e])=>this.width>=e);return p`
<div class="head">
<h2>${a(`hot_water_charges`)}</h2>
<span class="quiet">${a(`last_days`,{days:ne})}</span>
</div>
${s.charges.length?p`<table>
<thead>
<tr>
<th scope="col">${a(`when`)}</th>
${c.map(([e])=>p`<th scope="col">${a(e,{degrees:o})}</th>`)}
</tr>
</thead>
<tbody>
${s.together.slice(0,ie).map(e=>p`<tr class="together">
<th scope="row">
${a(`ten_charges`,{count:e.count})}
<span class="quiet">
${this.format.day(e.first)} – ${this.format.day(e.last)}
</span>
</th>
${c.map(([,,,t])=>p`<td>${t(e)}</td>`)}
</tr>`)}
${s.charges.slice(0,re).map(e=>p`<tr>
<th scope="row">${this.#t(e.start)}</th>
${c.map(([,,t])=>p`<td>${t(e)}</td>`)}
</tr>`)}
</tbody>
</table>`:p`<p class="message">${a(`no_charges`)}</p>`}
${s.together.length?p`<p class="quiet note">${a(`charges_rough`,{count:10})}</p>`:m}
`}#e(){let{format:e}=this;return[[`took`,0,({minutes:t})=>e.duration(t),({minutes:t,count:n})=>`⌀\u00a0${e.duration(t/n)}`],[`in_kwh`,0,({electricity_kwh:t})=>e.number(t,1),({electricity_kwh:t})=>e.number(t,1)],[`supply_short`,320,({supply_c:t})=>e.degrees(t),()=>``],[`out_kwh`,400,({heat_kwh:t})=>e.number(t,1),({heat_kwh:t,cop:n})=>a(n)?e.energy(t,!0).text:e.number(t,1)],[`cop`,0,({cop:t})=>e.ratio(t,1),({cop:t})=>e.ratio(t.value,2,t)]]}#t(e){return`${this.format.day(e)}, ${this.format.time(e)}`}};function M(e,t,n){let r=t.filter(({starts:e})=>e!==null),i=r.reduce((e,t)=>e+t.starts,0),a=r.filter(({run_hours:e})=>e!==null),o=a.reduce((e,t)=>e+t.run_hours,0),s=a.reduce((e,t)=>e+t.starts,0),c=r.reduce((e,{start:t})=>e+(t===n.day?n.share:1),0),l=x(e).filter(({isWhole:e})=>e).toSorted((e,t)=>e.minutes-t.minutes);return{startsADay:c>=1?i/c:null,meanMinutes:s?60*o/s:null,runs:l,short:l.filter(S).length}}function N(e,t){let n=/* @__PURE__ */ new Map;return e.map(e=>{let r=Math.floor(e.minutes/t),i=n.get(r)??0;return n.set(r,i+1),{run:e,column:r,row:i}})}var P=/* @__PURE__ */ e({CyclingCard:()=>V}),F=7,I=2,L=18,R=22,z=[9,7,5],B=130,V=class extends c{static{this.styles=[...c.styles,r,g`
.figures{display:flex;flex-wrap:wrap;gap:4px 24px;margin:4px 0 8px;}.figure{font-size:24px;line-height:32px;white-space:nowrap;}.figure small{color:var(--hp-quiet);font-size:14px;}.zone{fill:color-mix(in srgb,var(--hp-ink) 6%,transparent);}.short{stroke:var(--hp-ink);}`]}#e=new n(this);getCardSize(){return 4}content(e){let{last:t}=e.today,n={first:f(t,-6),last:t},r=[t,e.starts_today,e.mode,e.runs].join(),i=this.asked(`runs`,r,(e,t)=>h(e,t,n)),a=this.asked(`days`,r,(e,t)=>l(e,t,n));if(!i||!a)return this.waiting();let{t:o,format:s}=this,c=M(i,a,{day:t,share:e.today.elapsed_days});return p`
<div class="head">
<h2>${o(`cycles_too_often`)}</h2>
<span class="quiet">${o(`runs_of_days`,{count:c.runs.length,days:F})}</span>
</div>
<div class="figures">
<span class="figure">
${s.number(c.startsADay,1)} <small>${o(`starts_a_day`)}</small>
</span>
<span class="figure">
${s.duration(c.meanMinutes)} <small>${o(`mean_run`)}</small>
</span>
</div>
${c.runs.length?p`${this.#t(c)}
<div class="legend" aria-hidden="true">
${[`heating`,`cooling`,`hot_water`].filter(e=>c.runs.some(t=>t.mode===e)).map(e=>p`<span>
${K(e)}${o(e===`hot_water`?`with_hot_water`:e)}
</span>`)}
<span>${o(`one_dot`)}</span>
</div>`:p`<p class="message">${o(`no_runs`)}</p>`}
`}#t(e){let{t,format:n,width:r}=this,i=e.runs.at(-1).minutes,a=Math.max(Math.ceil(i/60),2)*60,c=o([0,a],[I,r-8]),l=c(1)-c(0),u=z.map(t=>({px:t,dots:N(e.runs,t/l)})),{px:d,dots:f}=u.find(e=>H(e)<=B)??u.at(-1),m=L+Math.max(H({px:d,dots:f}),60),h=t(`dots_say`,{short:e.short,count:e.runs.length,longest:n.duration(i)}),g=e=>e?`${n.number(e,0)}\u00a0h`:`0`,v=o([0,a/60],[I,r-8]),y=m+R,b=this.#e.layer({label:t(`arrow_keys`,{name:t(`cycles_too_often`)}),width:r,height:y,spots:()=>f.map(e=>({...U(e,d,m),says:this.#n(e.run)}))});return p`<div class="chart"><svg viewBox="0 0 ${r} ${y}" role="img"
aria-label=${h}>
<rect class="zone" x=${I} y="2" width=${20*l}
height=${m-2}></rect>
<text class="tick" x=${c(20)+5} y="12">${t(`short_runs`,{minutes:20})}</text>
<path class="zero" d="M${I} ${m}H${r}"></path>
${s(_([0,a/60],7).filter(e=>e>0&&Number.isInteger(e)&&v(e)<r-9),v,m,g)}
${f.map(e=>W(e,d,m))}
</svg>${b}</div>`}#n({start:e,end:t,mode:n,minutes:r}){let{t:i,format:a}=this;return[`${a.day(e)}, ${a.time(e)} – ${a.time(t)}`,i(n===`hot_water`?`with_hot_water`:n),a.duration(r)]}};function H({px:e,dots:t}){return e*(1+Math.max(...t.map(({row:e})=>e)))}function U({column:e,row:t},n,r){return{x:I+(e+.5)*n,y:r-(t+.5)*n-1}}function W(e,t,n){let{run:r}=e,{x:i,y:a}=U(e,t,n);return u`<g class=${S(r)?`short`:``} stroke-width=${t/6}
transform="translate(${i} ${a})">
${G(r.mode,t/2-.6)}</g>`}function G(e,t){return e===`hot_water`?u`<path fill="var(--hp-hot_water)"
d="M0 ${-t}L${t} ${.8*t}H${-t}Z"></path>`:u`<circle fill=${`var(--hp-${e})`} r=${t}></circle>`}function K(e){return p`<svg viewBox="-6 -6 12 12" style="width: 12px">${G(e,5)}</svg>`}var q=/* @__PURE__ */ e({RunsCard:()=>se}),J=7,Y=420,X=560,[Z,Q]=[24,34],oe=[`heating`,`hot_water`,`cooling`,`defrost`,`standby`],se=class extends c{static{this.styles=[...c.styles,r,g`
.head{flex-wrap:wrap;gap:0 12px;}table{width:100%;margin-top:8px;border-collapse:collapse;}th,td{padding:0;height:${Q}px;font-weight:400;text-align:right;white-space:nowrap;}thead th{height:${Z}px;color:var(--hp-quiet);font-size:12px;}th:first-child{width:1px;padding-right:12px;text-align:left;}.today{font-weight:500;}.figure{width:1px;padding-left:14px;}.starts{font-weight:500;}.line,.hours{position:relative;height:20px;}.hours span{position:absolute;transform:translateX(-50%);font-size:11px;}.hours span:first-child{transform:none;}.hours span:last-child{transform:translateX(-100%);}.line i{position:absolute;top:0;height:100%;box-sizing:border-box;}.line .defrost{min-width:2px;}.line .rest{top:9px;height:3px;background:var(--hp-standby);}.line .unknown{background-color:var(--hp-card);}.line .grid{width:1px;background:var(--hp-line);opacity:0.7;}.line .now{top:-3px;height:26px;width:2px;background:var(--hp-ink);}.line .box{min-width:2px;outline:1.5px solid var(--hp-ink);outline-offset:1.5px;border-radius:2px;}`]}#e=new n(this);getCardSize(){return 6}content(e){let{last:n}=e.today,r={first:f(n,-6),last:n},i=[n,e.starts_today,e.mode,e.runs].join(),a=this.asked(`runs`,i,(e,t)=>h(e,t,r)),o=this.asked(`days`,i,(e,t)=>l(e,t,r));if(!a||!o)return this.waiting();let{t:s,format:c}=this,u=w(a,o,{last:n,count:J,now:e.time},c.household),d=new Set(u.flatMap(({pieces:e})=>e.map(({role:e})=>e))),g=d.has(`unknown`)||u.some(({isKnown:e})=>!e),_=this.width>=Y,v=this.width>=X;return p`
<div class="head">
<h2>${s(`compressor_runs`,{days:J})}</h2>
${u.some(({boxes:e})=>e.length)?p`<span class="quiet">${s(`boxed_short`,{minutes:20})}</span>`:m}
</div>
<div class="chart"><table>
<thead>
<tr>
<th scope="col"><span class="only-heard">${s(`day`)}</span></th>
<th aria-hidden="true">${this.#i()}</th>
<th scope="col" class="figure">${s(`starts`)}</th>
${_?p`<th scope="col" class="figure">${s(`hours`)}</th>`:m}
${v?p`<th scope="col" class="figure">${c.degreeUnit}</th>`:m}
</tr>
</thead>
<tbody>
${u.map(e=>p`<tr>
<th scope="row" class=${e.day===n?`today`:``}>
${this.#r(e.day,n)}
</th>
<td>${this.#a(e)}</td>
<td class="figure starts">${c.number(e.starts,0)}</td>
${_?p`<td class="figure">${c.number(e.hours,1)}</td>`:m}
${v?p`<td class="figure quiet">${c.degrees(e.outside_c)}</td>`:m}
</tr>`)}
</tbody>
</table>${a.length?this.#t(u,a.length):m}</div>
${t([...oe.filter(e=>e===`standby`||d.has(e)).map(e=>[e,s(e)]),...g?[[null,s(`unknown`)]]:[]])}
`}#t(e,t){let{t:n}=this;return this.#e.layer({label:n(`arrow_keys`,{name:n(`compressor_runs`,{days:J})}),width:this.width,height:Z+J*Q,steps:[1,-Math.ceil(t/J)],spots:()=>this.#n(e)})}#n(e){let t=[...this.renderRoot.querySelectorAll(`.line`)],n=this.renderRoot.querySelector(`.chart`)?.getBoundingClientRect();return n?e.map(({pieces:e},r)=>{let i=t[r]?.getBoundingClientRect()??n;return e.flatMap(({run:e,from:t,to:r})=>e?{x:i.left-n.left+(t+r)/2*i.width,half:(r-t)/2*i.width,y:i.top-n.top+i.height/2,says:C(e,this.t,this.format.household)}:[])}).reverse().flat():[]}#r(e,t){if(e===t)return this.t(`today`);let n=this.format.weekday(e);return this.width<Y?`${n} ${Number(e.slice(8))}`:`${n} ${this.format.day(e)}`}#i(){let e=this.width<X?[0,12,24]:[0,6,12,18,24];return p`<div class="hours">
${e.map(e=>p`<span style="left: ${100*e/24}%">
${this.format.hour(60*e)}
</span>`)}
</div>`}#a({pieces:e,boxes:t,until:n,runs:r,isKnown:i}){let a=i?this.t(`row_says`,{count:r,short:t.length}):this.t(`not_measured`);return p`<div class="line" role="img" aria-label=${a}>
${[0,6,12,18,24].map(e=>p`<i class="grid" style="left: ${100*e/24}%"></i>`)}
<i
class=${i?`rest`:`hatched`}
style=${$({from:0,to:n})}
></i>
${e.map(e=>e.role===`unknown`?p`<i class="hatched unknown" style=${$(e)}></i>`:p`<i
class=${e.role}
style="${$(e)}; background: var(--hp-${e.role})"
></i>`)}
${t.map(e=>p`<i class="box" style=${$(e)}></i>`)}
${n<1?p`<i class="now" style="left: ${100*n}%"></i>`:m}
</div>`}};function $({from:e,to:t}){let n=e=>`${(100*e).toFixed(2)}%`;return`left: ${n(e)}; width: ${n(t-e)}`}export{P as n,te as r,q as t};