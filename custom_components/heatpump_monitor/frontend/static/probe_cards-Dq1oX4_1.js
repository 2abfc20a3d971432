import{B as e,C as t,E as n,L as r,P as i,R as a,_t as o,ct as s,dt as c,ft as l,gt as u,ht as d,k as f,vt as p}from"./shared-BDyva6yB.js";import{O as m,T as h}from"./later-CvZws8wu.js";import{t as g}from"./entry_card-B5tyAVOi.js";var _=6e4,v=30*_,y=5,b=20;function x(e,t,n=1){let r=t.degrees(e,n);return e===null?r:`${r.replace(/[.,]0$/,``)}\u00a0${t.degreeUnit}`}function S({temperature_c:e},t){let n=t.fromCelsius(e??0);return t.degrees(e,+(Math.abs(n)<100))}function C({low_c:e,high_c:t},n){return`${n.degrees(e,1).replace(/[.,]0$/,``)} – ${x(t,n)}`}function w({settings:e,battery_pct:t},n,r){let{target_c:i,low_c:a,high_c:o}=e,s=[];return i!==null&&s.push(n(`probe_target`,{value:x(i,r)})),a!==null&&o!==null?s.push(C(e,r)):o===null?a!==null&&s.push(n(`alarm_below`,{value:x(a,r)})):s.push(n(`alarm_above`,{value:x(o,r)})),s.length||s.push(n(`no_target`)),t!==null&&t<b&&s.push(n(`battery_low`,{share:r.percent(t/100)})),s.join(` · `)}function T(e,t,n){let{is_fresh:r,measured_at:i,raised:a,settings:o,time_to_target:s}=e,c=e=>({text:e,isWarning:!0}),l=e=>({text:e,isWarning:!1});if(!r)return c(i?t(`silent_since`,{time:n.time(i)}):t(`silent`));for(let e of[`high`,`low`]){let r=x(o[`${e}_c`],n);if(a.includes(e))return c(t(`is_${e}`,{value:r}))}for(let e of[`rising`,`falling`])if(a.includes(e))return c(t(`is_${e}`));if(o.target_c!==null){let e=E(s,n);return l(e===null?t(`approach_${s.approach}`):t(`ready_in`,{span:e}))}return l(o.high_c===null&&o.low_c===null?``:t(`in_range`))}function E({approach:e,low_s:t,high_s:n},r){if(e===`reached`||t===null||n===null)return null;let i=n<3600?1:5,a=Math.floor(t/60/i)*i,o=Math.ceil(n/60/i)*i;return o<60?`${a} – ${r.duration(o)}`:`${r.duration(a)} – ${r.duration(o)}`}function D(e,t,n){let{session:r,settings:i,curve:a,is_fresh:o,time_to_target:s}=e,c=r?[`${r.name}, ${t(`since`,{time:n.time(r.start)})}`]:[];if(o&&s.approach===`stalled`&&c.push(t(`approach_stalled`)),c.length)return c.join(` · `);let{target_c:l,low_c:u,high_c:d}=i;if(!o||l!==null||u===null&&d===null)return``;let[f,p]=[u??-1/0,d??1/0],m=a.findLastIndex(([,e])=>e<f||e>p)+1,h=m>0?a[m]:void 0;return h?t(`in_range_since`,{time:n.time(new Date(h[0]))}):``}var O=e=>e.map(([e,t])=>[+new Date(e),t]),k=e=>(e?.gaps??[]).map(([e,t])=>[+new Date(e),+new Date(t)]);function A(e,t){let{curve:n,session:r,settings:i,time_to_target:a,is_fresh:o}=e,s=O(n),c=s.at(-1)?.[0]??t,{remaining_s:l,low_s:u,high_s:d}=a,f=o&&i.target_c!==null&&l!==null&&l>0,{target_c:p,low_c:m,high_c:h}=i;return{points:s,gaps:k(r),now:o?c:Math.max(t,c),target_c:p,low_c:m,high_c:h,ahead:f?{at:c+1e3*l,range:[c+1e3*(u??l),c+1e3*(d??l)]}:null,isOver:!o}}function j(e){let t=O(e.points);return{points:t,gaps:k(e),now:t.at(-1)?.[0]??0,target_c:e.target_c,low_c:null,high_c:null,ahead:null,isOver:!0}}function M({points:e,now:t,ahead:n}){let r=e[0]?.[0]??t,a=Math.max(t-r,v);return n?[r,i(n.range[1],[t,t+a])]:[r,Math.max(t,r+_)]}function N({points:e,target_c:t,low_c:n,high_c:r}){let i=e.map(([,e])=>e);for(let e of[t,n,r])e!==null&&i.push(e);let[a,o]=i.length?[Math.min(...i),Math.max(...i)]:[0,0],s=Math.max(y-(o-a),0)/2;return[a-s,o+s]}function P(e,t,n){return e.flatMap(e=>{let{name:r,settings:i,raised:a,entities:o,is_fresh:s,measured_at:c}=e,{target_c:l,low_c:u,high_c:d,hold_s:f}=i,p=f<60?`${n.number(f,0)}\u00a0s`:n.duration(f/60),m=(e,n,r=t(`rings_after`,{time:p}))=>{let i=e.some(e=>a.includes(e));return{text:n,detail:i?t(`raised`):r,isRaised:i,entity:o[e[0]]}},h=[];if(l!==null){let e=m([`target`],t(`alarm_target`,{name:r,value:x(l,n)}),t(`rings_once`));h.push({...e,isRaised:!1})}u!==null&&d!==null?h.push(m([`high`,`low`],t(`alarm_range`,{name:r,value:C(i,n)}))):d===null?u!==null&&h.push(m([`low`],t(`alarm_low`,{name:r,value:x(u,n)}))):h.push(m([`high`],t(`alarm_high`,{name:r,value:x(d,n)})));for(let e of[`rising`,`falling`]){let a=i[`${e}_k_per_min`];if(a===null)continue;let o=`${n.difference(a)}\u00a0${n.differenceUnit}`;h.push(m([e],t(`alarm_${e}`,{name:r,value:o})))}if(!s&&a.includes(`silent`)){let e=c&&t(`since`,{time:n.time(c)});h.push({...m([`silent`],`${r}: ${t(`silent`)}`),detail:e??t(`raised`)})}return h})}l({which_probes:[`Choose an entry with probes in the card's settings. If there is none, see Settings, Devices & services.`,`In den Einstellungen der Karte einen Eintrag mit Fühlern wählen. Gibt es keinen: Einstellungen, Geräte & Dienste.`],no_probes:[`No probe has sent anything yet.`,`Noch kein Fühler hat etwas gesendet.`],no_target:[`no target`,`kein Ziel`],probe_target:[`target {value}`,`Ziel {value}`],alarm_above:[`alarm above {value}`,`Alarm über {value}`],alarm_below:[`alarm below {value}`,`Alarm unter {value}`],battery_low:[`battery {share}`,`Batterie {share}`],ready_in:[`ready in {span}`,`fertig in {span}`],approach_unknown:[`too little measured yet`,`noch zu wenig gemessen`],approach_reached:[`target reached`,`Ziel erreicht`],approach_approaching:[`on its way`,`auf dem Weg`],approach_stalled:[`stalled, will go on`,`stockt, geht weiter`],approach_receding:[`not approaching`,`nähert sich nicht`],is_high:[`above {value}`,`über {value}`],is_low:[`below {value}`,`unter {value}`],is_rising:[`rises too fast`,`steigt zu schnell`],is_falling:[`falls too fast`,`fällt zu schnell`],in_range:[`in range`,`im Bereich`],in_range_since:[`in range since {time}`,`im Bereich seit {time}`],set_target:[`Target`,`Ziel`],session_name:[`Name`,`Name`],start_session:[`Start session`,`Vorgang starten`],stop_session:[`Stop session`,`Vorgang beenden`],alarm_target:[`{name} at {value}`,`{name} bei {value}`],alarm_range:[`{name} outside {value}`,`{name} außerhalb {value}`],alarm_high:[`{name} above {value}`,`{name} über {value}`],alarm_low:[`{name} below {value}`,`{name} unter {value}`],alarm_rising:[`{name} rises by {value}/min`,`{name} steigt um {value}/min`],alarm_falling:[`{name} falls by {value}/min`,`{name} fällt um {value}/min`],rings_once:[`will ring once`,`meldet sich einmal`],rings_after:[`after {time}`,`nach {time}`],raised:[`raised`,`ausgelöst`],probe_alarms:[`Alarms`,`Alarme`],no_probe_alarms:[`None is set. Targets and limits are entities of each probe.`,`Keiner ist gesetzt. Ziele und Grenzen sind Entitäten jedes Fühlers.`],sessions:[`Sessions`,`Vorgänge`],no_sessions:[`None has ended yet.`,`Noch keiner ist beendet.`],session_max:[`max {value}`,`max. {value}`]});var F={name:`probes`,ask:s,entities:e=>e.flatMap(({entities:e})=>Object.values(e)),agesAfterMs:()=>null},I=class extends g{constructor(...e){super(...e),this.command=F,this.which=`which_probes`}static{this.styles=[...g.styles,n]}},L=p`
li{display:block;padding:0;}li button{display:flex;gap:0 12px;align-items:center;width:100%;min-height:44px;padding:4px 0;color:inherit;background:none;border:none;font:inherit;text-align:left;cursor:pointer;}li button:disabled{cursor:default;}li button span:first-of-type{flex:1;min-width:0;overflow-wrap:anywhere;}`,R=`M13 14H11V9H13M13 18H11V16H13M1 21H23L12 2L1 21Z`,z=class extends I{static{this.styles=[...I.styles,m,L,p`
.raised{font-weight:500;}svg{flex:none;width:20px;}`]}getCardSize(){return 3}content(e){let{t,format:n}=this,r=P(e,t,n);return u`<div class="head"><h2>${t(`probe_alarms`)}</h2></div>
${r.length?u`<ul>
${r.map(e=>u`<li>${this.#e(e)}</li>`)}
</ul>`:this.message(`no_probe_alarms`)}`}#e({text:e,detail:t,isRaised:n,entity:r}){return u`<button type="button" class=${n?`raised`:``}
?disabled=${!r} @click=${()=>this.#t(r)}
>
${n?h(R,`warning`):d}<span>${e}</span> <span class="quiet">${t}</span>
</button>`}#t(e){let t={detail:{entityId:e},bubbles:!0,composed:!0};this.dispatchEvent(new CustomEvent(`hass-more-info`,t))}},B=8,V=72,H=102,U=5;function W(e){let{curve:n,width:i,says:a,name:s,readout:c,t:l,format:p}=e,{points:m,gaps:h,now:g,target_c:_,low_c:v,high_c:y,ahead:b}=n,S=M(n),C=r(S,[U,i-U]),w=r(N(n),[80,B]),T=m.at(-1),E=T&&g>T[0],D=`var(--hp-${E?`quiet`:`ink`})`,O=e=>e===null?d:o`<path d="M0 ${w(e)}H${i}" stroke="var(--hp-ink)"
stroke-dasharray="4 3"></path>`,k=(e,n)=>o`<rect x=${C(e)} y=${B}
width=${C(n)-C(e)} height=${V} fill=${t}></rect>`;return u`<div class="chart">
<svg viewBox="0 0 ${i} ${H}" style="height: ${H}px" role="img"
aria-label=${a}>
<defs>${f()}
<clipPath id="plot"><rect width=${i} height=${H}></rect></clipPath>
</defs>
${v!==null&&y!==null?o`<rect y=${w(y)} width=${i} height=${w(v)-w(y)}
fill="var(--hp-band)"></rect>`:O(y??v)}
${O(_)} ${h.map(([e,t])=>k(e,t))}
${E?k(T[0],g):d}
${b&&T&&_!==null?G(b,T,_,C,w):d}
<path d=${K(n,C,w)} fill="none" stroke=${D} stroke-width="2"
stroke-linejoin="round"></path>
${T?o`<circle cx=${C(T[0])} cy=${w(T[1])} r="4" fill=${D}></circle>`:d}
${q(n,C,i,l,p)}
</svg>
${c.layer({label:l(`arrow_keys`,{name:s}),width:i,height:H,line:[B,80],steps:[1,10],spots:()=>m.map(([e,t])=>({x:C(e),y:w(t),says:[p.time(new Date(e)),x(t,p)]}))})}
</div>`}function G({at:e,range:[t,n]},[r,i],a,s,c){return o`<g clip-path="url(#plot)">
<path d="M${s(t)} ${c(a)}H${s(n)}" stroke="var(--hp-band)" stroke-width="9"
stroke-linecap="round"></path>
<path d="M${s(r)} ${c(i)}L${s(e)} ${c(a)}" stroke="var(--hp-ink)"
stroke-width="2" stroke-dasharray="2 4"></path>
<circle cx=${s(e)} cy=${c(a)} r="4.5" fill="var(--hp-card)" stroke="var(--hp-ink)"
stroke-width="2"></circle>
</g>`}function K({points:e,gaps:t},n,r){return e.map(([i,a],o)=>{let s=e[o-1]?.[0];return`${s===void 0||t.some(([e,t])=>e<i&&t>s)?`M`:`L`}${n(i).toFixed(1)} ${r(a).toFixed(1)}`}).join(``)}function q({points:e,ahead:t,isOver:n},r,s,c,l){let[u,f]=[e[0],e.at(-1)];if(!u||!f)return d;let p=e=>l.time(new Date(e)),m=[[u[0],p(u[0])],...t?[[t.at,p(t.at)]]:[],[f[0],n?p(f[0]):c(`now`)]],h=[];return m.map(([e,t])=>{let n=a(t)/2,c=i(r(e),[n,s-n]),[l,u]=[c-n-6,c+n+6];return r(e)>s||h.some(([e,t])=>l<t&&u>e)?d:(h.push([c-n,c+n]),o`<text class="tick" x=${c} y=${98}
text-anchor="middle">${t}</text>`)})}var J=`M13,13H11V7H13M13,17H11V15H13M12,2A10,10 0 0,0 2,12A10,10 0 0,0 12,22A10,10 0 0,0 22,12A10,10 0 0,0 12,2Z`,Y=`M19.5 3.5L13.5 9.5L10.5 10C10.2 10 9.9 10.2 9.7 10.4L2.8 17.3C1.7 18.4 1.7 20.1 2.8 21.2C3.9 22.3 5.6 22.3 6.7 21.2L13.6 14.3C13.8 14.1 14 13.8 14 13.5L14.5 10.5L20.5 4.5L22 2L19.5 3.5M11 14.4C10.2 14.4 9.6 13.8 9.6 13S10.2 11.6 11 11.6 12.4 12.2 12.4 13C12.4 13.8 11.8 14.4 11 14.4Z`,X=8,Z=class extends I{static{this.styles=[...I.styles,p`
.frames{display:grid;gap:${X}px;}.frames .card{height:auto;}.name,.foot,.controls,.foot strong{display:flex;gap:0 12px;align-items:center;}.name div{flex:1;min-width:0;overflow-wrap:anywhere;}.name .quiet{display:block;}.name b{font-weight:400;font-size:24px;}small{color:var(--hp-quiet);font-size:75%;}.name svg,.foot svg{flex:none;width:20px;}.name svg{box-sizing:border-box;width:40px;padding:10px;border-radius:50%;background:color-mix(in srgb,var(--hp-ink) 6%,transparent);}.foot,.controls{flex-wrap:wrap;row-gap:8px;justify-content:space-between;}.foot strong{gap:8px;margin-left:auto;font-weight:500;}.controls{margin-top:8px;}input,button{box-sizing:border-box;min-height:44px;padding:0 12px;color:inherit;background:none;border:1px solid var(--hp-unknown);border-radius:22px;font:inherit;}input{width:80px;margin:0 4px 0 8px;border-radius:8px;font-size:16px;color-scheme:inherit;}button{margin-left:auto;cursor:pointer;}.session{display:flex;flex:0 0 100%;align-items:center;}.session input{flex:1;min-width:0;margin-right:0;}`]}#e=/* @__PURE__ */ new Map;getCardSize(){return 5}getGridOptions(){return{columns:`full`}}frame(e){let t=this.config?.probe,n=t?e.filter(({key:e,name:n})=>[e,n].includes(t)):e;if(!n.length)return u`<div class="card">${this.message(`no_probes`)}</div>`;let r=this.width+34+X,i=Math.max(Math.min(Math.floor(r/308),n.length),1),a=Math.floor(r/i)-X-34;return u`<div class="frames" style="grid-template-columns: repeat(${i}, 1fr)">
${n.map(e=>u`<div class="card">${this.#t(e,a)}</div>`)}
</div>`}content(){return u``}#t(t,n){let{t:r,format:i}=this,{key:a,name:o,temperature_c:s}=t,c=this.#e.get(a)??new e(this);this.#e.set(a,c);let[l,f]=[S(t,i),T(t,r,i)],p=w(t,r,i);return u`<div class="name">
${h(Y,`quiet`)}
<div>
<h2>${o}</h2>
<span class="quiet">${p}</span>
</div>
<b>${l}\u00a0<small>${s===null?d:i.degreeUnit}</small></b>
</div>
${t.curve.length?W({curve:A(t,Date.now()),width:n,says:[o,l,p,f.text].join(`, `),name:o,readout:c,t:r,format:i}):d}
<div class="foot">
<span class="quiet">${D(t,r,i)}</span>
<strong role="status"
>${f.isWarning?h(J,`warning`):d}${f.text}</strong
>
</div>
${this.#n(t)}`}#n(e){let{t}=this,{name:n,entities:r,session:i}=e,a=i?`stop_session`:`start_session`,{target:o,session_running:s}=r,c=o&&this.hass?.states?.[o];return u`<div class="controls">
${c?this.#r(e,o,c):d}
${s?u`<button type="button" aria-label="${t(a)}: ${n}"
@click=${()=>this.#a(`switch`,i?`turn_off`:`turn_on`,s)}
>
${t(a)}
</button>`:d}
${this.#i(e)}
</div>`}#r({name:e,entities:t,settings:n},r,i){let{min:a,max:o,step:s,unit_of_measurement:c}=i.attributes,l=({value:e,validity:n})=>{e?n.valid&&this.#a(`number`,`set_value`,r,{value:Number(e)}):!n.badInput&&t.target_alarm&&this.#a(`switch`,`turn_off`,t.target_alarm)};return u`<label
>${this.t(`set_target`)}<input type="number" aria-label="${this.t(`set_target`)}: ${e}"
min=${a} max=${o} step=${s}
.value=${n.target_c===null?``:i.state}
@change=${({target:e})=>l(e)}
/>${c}</label
>`}#i({name:e,entities:t,session:n}){let{session_name:r}=t;if(!n||!r)return d;let i=e=>{e.trim()&&this.#a(`text`,`set_value`,r,{value:e})};return u`<label class="session"
>${this.t(`session_name`)}<input maxlength="100" aria-label="${this.t(`session_name`)}: ${e}"
.value=${n.name}
@change=${({target:e})=>i(e.value)}
/></label>`}#a(e,t,n,r={}){this.hass?.callService?.(e,t,{entity_id:n,...r}).catch(()=>void 0)}},Q=8,$=class extends I{static{this.styles=[...I.styles,m,L]}static{this.properties={...I.properties,open:{state:!0}}}#e=new e(this);constructor(){super(),this.open=null}getCardSize(){return 4}content(e){let{t}=this,n=e.map(({session:e})=>e?.key).join(),r=this.asked(`sessions`,n,c);if(!r)return this.waiting();let i=new Map(e.map(({key:e,name:t})=>[e,t]));return u`<div class="head"><h2>${t(`sessions`)}</h2></div>
${r.length?u`<ul>
${r.slice(0,Q).map(e=>this.#t(e,i.get(e.probe)))}
</ul>`:this.message(`no_sessions`)}`}#t(e,t){let{t:n,format:r,width:i}=this,{key:a,name:o,start:s,end:c,max_c:l}=e,f=a===this.open,p=c&&(Date.parse(c)-Date.parse(s))/6e4,m=n(`session_max`,{value:x(l,r)}),h=[...t&&t!==o?[t]:[],r.day(s),r.duration(p||null)].join(` · `);return u`<li>
<button type="button" aria-expanded=${f} @click=${()=>this.open=f?null:a}>
<span>${o} <br /><span class="quiet">${h}</span></span> <span>${m}</span>
</button>
${f?W({curve:j(e),width:i,says:[o,h,m].join(`, `),name:o,readout:this.#e,t:n,format:r}):d}
</li>`}};export{z as ProbeAlarmsCard,$ as ProbeSessionsCard,Z as ProbesCard};