import{t as e}from"./rolldown-runtime-DK3Fl9T5.js";import{B as t,C as n,E as r,G as i,H as a,L as o,N as s,P as c,R as l,V as u,Z as d,_ as f,_t as p,ft as m,g as h,gt as g,ht as _,i as v,k as y,nt as b,o as x,pt as S,rt as ee,tt as te,vt as C,z as w}from"./shared-BDyva6yB.js";import{D as T,E,S as ne,T as D,_ as re,b as ie,l as ae,w as oe,x as se}from"./later-CvZws8wu.js";m({alarms:[`Alarms`,`Alarme`],no_alarm:[`No alarm`,`Kein Alarm`],alarms_raised:[`{count} raised`,`{count} aktiv`],severity_fault:[`Fault`,`Störung`],severity_warning:[`Warning`,`Warnung`],severity_notice:[`Notice`,`Hinweis`],alarms_watched:[`All {count} kinds are watched, since {since}.`,`Alle {count} Arten werden überwacht, seit {since}.`],alarms_watched_of:[`{count} of {all} kinds are watched, since {since}.`,`{count} von {all} Arten werden überwacht, seit {since}.`],alarms_not_watched:[`Not yet, as data are missing: {names}.`,`Noch nicht, da Daten fehlen: {names}.`],what_was_measured:[`What was measured, {days} days`,`Was gemessen wurde, {days} Tage`],days_and_coverage:[`{paired} of {days} days · coverage {share}`,`{paired} von {days} Tagen · Abdeckung {share}`],in_part:[`In part`,`Teilweise`],hole:[`{days}: {count} days not measured`,`{days}: {count} Tage nicht gemessen`],hole_of_one:[`{days}: not measured`,`{days}: nicht gemessen`],maker_beside:[`The manufacturer's JAZ beside ours`,`JAZ des Herstellers neben unserer`],ours:[`ours`,`unsere`],maker:[`maker`,`Herst.`],maker_note:[`The manufacturer counts by itself, in steps of 0.1, and often the compressor alone. Watch how the distance changes.`,`Der Hersteller rechnet selbst, in Schritten von 0,1 und oft nur den Verdichter. Auf die Änderung des Abstands kommt es an.`],maker_changed:[`It changed last {ago}.`,`Zuletzt geändert {ago}.`],maker_none:[`The unit sends no annual figures.`,`Das Gerät meldet keine Jahreswerte.`],calls_none:[`Its values come from entities of Home Assistant: no call to a cloud is made.`,`Die Werte kommen aus Entitäten von Home Assistant: es wird keine Cloud aufgerufen.`],calls_24h:[`Calls to the cloud, 24 h`,`Aufrufe der Cloud, 24 h`],calls_of:[`of {allowed} that we allow ourselves (limit {limit})`,`von {allowed}, die wir uns erlauben (Grenze {limit})`],calls_of_allowed:[`of {allowed} that we allow ourselves`,`von {allowed}, die wir uns erlauben`],calls_count:[`{count} calls`,`{count} Aufrufe`],an_hour:[`{count} an hour`,`{count} je Stunde`],yesterday_at:[`yesterday {time}`,`gestern {time}`],sources:[`Sources`,`Quellen`],last_answer:[`Last answer`,`Letzte Antwort`],electricity_meter:[`Electricity meter`,`Stromzähler`],role_whole:[`Whole heat pump`,`Ganze Wärmepumpe`],role_compressor:[`Compressor`,`Verdichter`],role_backup_heater:[`Backup heater`,`Heizstab`],role_source_pump:[`Source pump or fan`,`Quellenpumpe oder Ventilator`],role_circulation_pumps:[`Circulation pumps`,`Umwälzpumpen`],role_heat:[`Heat meter`,`Wärmemengenzähler`],role_photovoltaics:[`Photovoltaics`,`Photovoltaik`],role_grid:[`Grid`,`Netzanschluss`],to_recover:[`History to recover: {hours} h`,`Noch nachzulesen: {hours} h`],exports:[`Exports`,`Exporte`],no_export:[`No export is set up.`,`Kein Export ist eingerichtet.`],export_connected:[`connected`,`verbunden`],export_not_connected:[`not connected`,`nicht verbunden`],export_not_connected_since:[`not connected since {since}`,`nicht verbunden seit {since}`],export_not_tried:[`nothing sent yet`,`noch nichts gesendet`],export_not_loaded:[`not running`,`läuft nicht`],export_all_sent:[`Everything is sent.`,`Alles ist gesendet.`],export_unsent:[`{count} points not sent`,`{count} Punkte nicht gesendet`],export_unsent_since:[`{count} points not sent, the oldest of {since}`,`{count} Punkte nicht gesendet, der älteste vom {since}`],export_last_success:[`Last success {ago}`,`Letzter Erfolg {ago}`],export_dropped:[`{count} points lost in 24 h, as there was no room for them`,`{count} Punkte in 24 h verloren, da für sie kein Platz war`],flags:[`Flags`,`Auffälligkeiten`],open_count:[`{count} open`,`{count} offen`],none_open:[`none open`,`nichts offen`],to_do:[`Still lasts`,`Hält an`],happened:[`Over`,`Vorbei`],times_since:[`{count} times since {day}`,`{count}-mal seit {day}`],no_flags:[`Nothing was wrong with the data.`,`An den Daten war nichts auszusetzen.`],more_flags:[`and {count} older`,`und {count} ältere`],flag_unknown:[`A finding of a newer version`,`Ein Befund einer neueren Version`],flag_electricity_step_back:[`The electricity counter stepped back a little`,`Der Stromzähler ging ein wenig zurück`],flag_electricity_step_back_so:[`Taken as jitter: no energy was added or lost.`,`Als Zittern gewertet: keine Energie kam dazu oder ging verloren.`],flag_electricity_reset:[`The electricity counter was reset`,`Der Stromzähler wurde zurückgesetzt`],flag_electricity_reset_so:[`Counting goes on from its new value.`,`Gezählt wird ab seinem neuen Stand.`],flag_electricity_jump:[`The electricity counter jumped`,`Der Stromzähler sprang`],flag_electricity_jump_so:[`No connection delivers that much: it was not counted.`,`So viel liefert kein Anschluss: Es wurde nicht gezählt.`],flag_heat_step_back:[`The heat meter stepped back a little`,`Der Wärmemengenzähler ging ein wenig zurück`],flag_heat_step_back_so:[`Taken as jitter: no heat was added or lost.`,`Als Zittern gewertet: keine Wärme kam dazu oder ging verloren.`],flag_heat_reset:[`The heat meter was reset`,`Der Wärmemengenzähler wurde zurückgesetzt`],flag_heat_reset_so:[`Counting goes on from its new value.`,`Gezählt wird ab seinem neuen Stand.`],flag_heat_jump:[`The heat meter jumped`,`Der Wärmemengenzähler sprang`],flag_heat_jump_so:[`No heat pump makes that much: it was not counted.`,`So viel erzeugt keine Wärmepumpe: Es wurde nicht gezählt.`],flag_gap:[`The meter was not read for more than a day`,`Der Zähler wurde mehr als einen Tag nicht gelesen`],flag_gap_so:[`This time is in the total, but in no hour.`,`Diese Zeit steht in der Summe, aber in keiner Stunde.`],flag_beyond_carnot:[`A COP higher than physics allows`,`Ein COP über der Grenze der Physik`],flag_beyond_carnot_so:[`A measurement is wrong: check clamps, flow and temperatures.`,`Eine Messung ist falsch: Wandler, Durchfluss und Temperaturen prüfen.`],flag_stale:[`The heat pump sends old values`,`Die Wärmepumpe sendet alte Werte`],flag_stale_so:[`Until new ones come, heat and COP are unknown.`,`Bis neue kommen, sind Wärme und COP unbekannt.`],flag_stale_value:[`A value does not change`,`Ein Wert ändert sich nicht`],flag_stale_value_so:[`It is treated as unknown.`,`Er gilt als unbekannt.`],flag_contradiction:[`Meter and unit contradict each other`,`Zähler und Gerät widersprechen sich`],flag_contradiction_so:[`This time is in no COP. Check the current transformers.`,`Diese Zeit ist in keinem COP. Die Stromwandler prüfen.`],flag_heat_counter_frozen:[`The unit's heat counters do not change`,`Die Wärmezähler des Geräts ändern sich nicht`],flag_heat_counter_frozen_so:[`Heat that they do not count is not known.`,`Wärme, die sie nicht zählen, ist nicht bekannt.`],flag_heat_counter_reset:[`The unit's heat counters were reset`,`Die Wärmezähler des Geräts wurden zurückgesetzt`],flag_heat_counter_reset_so:[`Counting goes on from their new value.`,`Gezählt wird ab ihrem neuen Stand.`],flag_heat_counter_jump:[`The unit's heat counters jumped`,`Die Wärmezähler des Geräts sprangen`],flag_heat_counter_jump_so:[`The unit cannot make that much: it was not counted.`,`So viel kann das Gerät nicht erzeugen: Es wurde nicht gezählt.`],flag_run_time:[`Meter and unit count different run times`,`Zähler und Gerät zählen andere Laufzeiten`],flag_run_time_so:[`One of them misses runs: check what the meter measures.`,`Einem von beiden entgehen Läufe: prüfen, was der Zähler misst.`],flag_meter_backwards:[`A phase of the meter counts backwards`,`Eine Phase des Zählers zählt rückwärts`],flag_meter_backwards_so:[`A current transformer is mounted the wrong way round.`,`Ein Stromwandler sitzt verkehrt herum.`],flag_clock_jump:[`The clock of Home Assistant was wrong`,`Die Uhr von Home Assistant ging falsch`],flag_clock_jump_so:[`Times around it can be off.`,`Zeiten um diesen Moment können falsch sein.`]});var O=class extends u{health(e){let t=[a(e.time),e.alarms_changed_at,this.hass?.locale.language];return this.asked(`health`,t.join(),ee)}},k=1440;function ce({severity:e,since:t,name:n,message:r,advice:i},a,o){return{title:n,when:`${a(`severity_${e}`)} · ${a(`since`,{time:A(t,o)})}`,lines:[r,i]}}function le({since:e,until:t,name:n,message:r},i,a){return{title:n,when:e?`${A(e,a)}, ${de((Date.parse(t)-Date.parse(e))/6e4,i,a)}`:i(`until`,{time:A(t,a)}),lines:r===n?[]:[r]}}function ue({watched:e,watched_since:t,not_watched:n},r,i){let a=e+n.length,[o,s]=[i.number(e,0),A(t,i)],c=n.length?r(`alarms_watched_of`,{count:o,all:i.number(a,0),since:s}):r(`alarms_watched`,{count:o,since:s});return n.length?[c,r(`alarms_not_watched`,{names:n.join(`, `)})]:[c]}function A(e,t){return`${t.day(e)}, ${t.time(e)}`}function de(e,t,n){return e<2*k?n.duration(e):t(`days_count`,{days:n.number(e/k,1)})}var fe=/* @__PURE__ */ e({AlarmsCard:()=>I}),j=`M13 14H11V9H13M13 18H11V16H13M1 21H23L12 2L1 21Z`,M=`M13 13H11V7H13M11 15H13V17H11M15.7 3H8.3L3 8.3V15.7L8.3 21H15.7L21 15.7V8.3L15.7 3Z`,N=`M12 2C6.5 2 2 6.5 2 12S6.5 22 12 22 22 17.5 22 12 17.5 2 12 2M10 17L5 12L6.4 10.6L10 14.2L17.6 6.6L19 8L10 17Z`,P=`M13.5,8H12V13L16.3,15.5L17,14.3L13.5,12.3V8M13,3A9,9 0 0,0 4,12H1L5,16L9,12H6A7,7 0 0,1 13,5A7,7 0 0,1 20,12A7,7 0 0,1 13,19C11.1,19 9.3,18.2 8.1,16.9L6.6,18.4C8.3,20 10.5,21 13,21A9,9 0 0,0 22,12A9,9 0 0,0 13,3`,F={fault:[M,`limit`],warning:[j,`warning`],notice:[`M13,9H11V7H13M13,17H11V11H13M12,2A10,10 0 0,0 2,12A10,10 0 0,0 12,22A10,10 0 0,0 22,12A10,10 0 0,0 12,2Z`,`quiet`]},I=class extends O{static{this.styles=[...O.styles,T,C`
.raised li span:not(.quiet),.good{font-weight:500;}.raised .line{font-size:14px;}.raised .line:not(:last-child){color:var(--hp-ink);}p{margin:4px 0 0;}`]}getCardSize(){return 3}content(e){let{t,format:n}=this,r=this.health(e),i=e.alarms.map(e=>({...ce(e,t,n),icon:D(...F[e.severity])}));return g`
<div class="head">
<h2>${t(`alarms`)}</h2>
${i.length?g`<span class="quiet">${t(`alarms_raised`,{count:i.length})}</span>`:_}
</div>
<div class="raised" role="status">
${i.length?E(i):g`<p class="good">${D(N,`good`)}${t(`no_alarm`)}</p>`}
</div>
${r?this.#e(r.alarms):this.hasFailed()?this.message(`no_answer`):_}
`}#e(e){let{t,format:n}=this,r=e.over.map(e=>({...le(e,t,n),icon:D(P,`quiet`)}));return g`
${r.length?g`<h3>${t(`happened`)}</h3>${E(r)}`:_}
${ue(e,t,n).map(e=>g`<p class="quiet">${e}</p>`)}
`}},L=.95,R=.05,z=3;function B(e,{first:t,last:n,firstEver:r}){let i=new Map(e.map(e=>[e.start,e.coverage])),a=r??n,o=a>t?a:t,s=Array.from({length:f(o,n)},(e,t)=>{let r=h(o,t),a=i.get(r)??null;return{day:r,coverage:a,state:V(a,r===n)}});return{days:s,holes:pe(s)}}function V(e,t){return e===null?t?`in_part`:`not_measured`:e>=L?`measured`:e<=R?`not_measured`:`in_part`}function pe(e){let t=[];for(let{day:n,state:r}of e){if(r!==`not_measured`)continue;let e=t.at(-1);e&&h(e.last,1)===n?(e.last=n,e.count+=1):t.push({first:n,last:n,count:1})}return t.toSorted((e,t)=>t.count-e.count).slice(0,z).toSorted((e,t)=>e.first<t.first?-1:1)}function H(e){return((/* @__PURE__ */ new Date(`${e}T00:00:00Z`)).getUTCDay()+6)%7}function me(e,t){let n=H(e);return{row:n,column:(f(t,e)-1-n+H(t))/7}}function he(e,t){let n=e=>12*Number(e.slice(0,4))+Number(e.slice(5,7));return{row:n(e)-n(t),column:Number(e.slice(8))-1}}var ge=/* @__PURE__ */ e({CalendarCard:()=>xe}),U=365,_e=53,ve=560,ye=16,W=31,be=[`measured`,`in_part`,`not_measured`,`today`,`a_change`],xe=class extends u{static{this.styles=[...u.styles,r,C`
.head{flex-wrap:wrap;gap:0 12px;margin-bottom:8px;}.measured{fill:color-mix(in srgb,var(--hp-ink) 14%,transparent);}.in_part{fill:color-mix(in srgb,var(--hp-ink) 8%,transparent);stroke:var(--hp-ink);}.not_measured{stroke:var(--hp-ink);}.today{fill:none;stroke:var(--primary-color,#009ac7);stroke-width:2;}.key svg{width:14px;}ul{margin:8px 0 0;padding:0;list-style:none;}`]}#e=new t(this);#t=new re(this);getCardSize(){return 4}content(e){let{last:t}=e.today,n={first:h(t,-364),last:t},r=this.asked(`days`,t,(e,t)=>d(e,t,n));if(!r)return this.waiting();let{t:i,format:a}=this,o=e.rolling_year,s=oe(this.#t.of(this.hass,this.config,e,a),n.first,t),{days:c,holes:l}=B(r,{...n,firstEver:e.first_day}),u=i(`days_and_coverage`,{paired:a.number(o.paired_days,1),days:a.number(U,0),share:o.coverage===null?`–`:`${a.number(100*o.coverage,1)}\u00a0%`});return g`
<div class="head">
<h2>${i(`what_was_measured`,{days:U})}</h2>
<span class="quiet">${u}</span>
</div>
${this.#n(c,s,`${u}${ne(s,i,a)}`)}
${l.length?g`<ul class="quiet">
${l.map(e=>g`<li>
${i(e.count===1?`hole_of_one`:`hole`,{days:a.days(e.first,e.last),count:e.count})}
</li>`)}
</ul>`:_}
<div class="legend" aria-hidden="true">
${be.filter(e=>e!==`a_change`||s.size).map(e=>g`<span class="key">
<svg viewBox="0 0 14 14">
${e===`a_change`?[K(2,2,10,`measured`),G(7,7,10)]:K(2,2,10,e)}
</svg>
${i(e===`measured`?`measured_label`:e)}
</span>`)}
</div>
`}#n(e,t,n){let{width:r,format:i,t:a}=this,[o]=e;if(!o)return _;let s=r>=ve,c=s?18:2,l=s?_e:W,u=Math.min((r-38)/l,ye),d=e.map(({day:e})=>(s?me:he)(e,o.day)),f=({column:e,row:t})=>[38+u*e,c+u*t],m=s?7:1+Math.max(...d.map(({row:e})=>e)),v=u-Math.max(u*.16,1),b=s?[...this.#r(e,d).map(({text:e,column:t})=>({text:e,x:38+u*t,y:11})),...[0,2,4,6].map(e=>({text:i.weekday(h(`2024-01-01`,e)),x:0,y:c+u*(e+.5)+4}))]:this.#i(e,d).map(({text:e,row:t})=>({text:e,x:0,y:c+u*Math.max(t+.5,.5)+4})),x=c+u*m+2,S=this.#e.layer({label:a(`arrow_keys`,{name:a(`what_was_measured`,{days:U})}),width:r,height:x,steps:s?[7,1]:[1,W],spots:()=>e.map(({day:e,state:n,coverage:r},o)=>{let[s,c]=f(d[o]),l=a(n===`measured`?`measured_label`:n);return{x:s+v/2,y:c+v/2,says:[i.date(e),`${l}: ${i.percent(r)}`,...se(ie(t,e),a,i)]}})});return g`<div class="chart"><svg viewBox="0 0 ${r} ${x}" role="img"
aria-label=${n}>
<defs>${y()}</defs>
${b.map(({text:e,x:t,y:n})=>p`<text class="tick" x=${t} y=${n}>${e}</text>`)}
${e.map(({state:n,day:r},i)=>{let[a,o]=f(d[i]);return[K(a,o,v,n),i===e.length-1?K(a,o,v,`today`):_,t.has(r)?G(a+v/2,o+v/2,v):_]})}
</svg>${S}</div>`}#r(e,t){return e.flatMap(({day:e},n)=>{let{column:r,row:i}=t[n],a=Math.ceil(r+i/7);return e.endsWith(`-01`)&&a<=51?[{text:this.format.month(e),column:a}]:[]})}#i(e,t){let{format:n}=this,r=/* @__PURE__ */ new Map;e.forEach(({day:e},i)=>{let{row:a}=t[i];r.has(a)||r.set(a,n.month(e))});let i=(this.width-38)/W<11?2:1;return[...r].filter(([e])=>e%i===0).map(([e,t])=>({row:e,text:t}))}};function G(e,t,n){return p`<circle cx=${e} cy=${t} r=${Math.max(n/5,1.5)} fill="var(--hp-ink)"></circle>`}function K(e,t,r,i){let a=r>8;return p`<rect class=${i} x=${e} y=${t} width=${r} height=${r}
rx=${a?2:.5} stroke-width=${a?1.2:.8} fill=${i===`not_measured`?n:_}></rect>`}var Se=/* @__PURE__ */ e({CallsCard:()=>we}),q=8,Ce=36e5,we=class extends O{static{this.styles=[...O.styles,r,C`
.figure{font-size:24px;line-height:32px;}p{margin:4px 0;}.track{fill:color-mix(in srgb,var(--hp-ink) 10%,transparent);}.used{fill:var(--primary-color,#009ac7);}.used.much{fill:var(--hp-warning);}.allowed{stroke:var(--hp-ink);stroke-width:2;}.hour{fill:var(--hp-unknown);}`]}#e=new t(this);getCardSize(){return 3}content(e){let t=this.health(e),{t:n,format:r}=this;if(!e.calls)return g`<div class="head"><h2>${n(`calls_24h`)}</h2></div>
<p class="quiet">${n(`calls_none`)}</p>`;let{day:i,allowed:a}=e.calls,o={allowed:r.number(a,0)},s=t?n(`calls_of`,{...o,limit:r.number(t.call_limit,0)}):n(`calls_of_allowed`,o);return g`
<div class="head"><h2>${n(`calls_24h`)}</h2></div>
<p><span class="figure">${r.number(i,0)}</span> <span class="quiet">${s}</span></p>
${this.#t(i,a,t?.call_limit??a,`${r.number(i,0)} ${s}`)}
${t?.calls?.length?this.#n(t.calls,e.time):_}
`}#t(e,t,n,r){let{width:i}=this,a=o([0,Math.max(n,e)],[0,i]);return p`<svg viewBox="0 -4 ${i} ${16}" role="img" aria-label=${r}>
<rect class="track" width=${i} height=${q} rx="4"></rect>
<rect class="used ${e>t?`much`:``}" width=${a(e)} height=${q}
rx="4"></rect>
${t<n?p`<path class="allowed" d="M${a(t)} -3v${14}"></path>`:_}
</svg>`}#n(e,t){let{t:r,format:i,width:a}=this,s=Math.max(...e.map(e=>e??0),1),c=o([0,s],[50,16]),u=a/e.length,d=e.indexOf(s),f=r(`an_hour`,{count:i.number(s,0)}),m=l(f)/2,h=Math.min(Math.max((d+.5)*u,m),a-m),v=r(`yesterday_at`,{time:i.time(t)}),b=n=>i.time(/* @__PURE__ */ new Date(Date.parse(t)-(e.length-n)*Ce)),x=this.#e.layer({label:r(`arrow_keys`,{name:r(`calls_24h`)}),width:a,height:68,line:[16,50],spots:()=>e.map((e,t)=>({x:(t+.5)*u,y:c(e??0),says:[`${b(t)} – ${b(t+1)}`,r(`calls_count`,{count:i.number(e,0)})]}))});return g`<div class="chart"><svg viewBox="0 0 ${a} ${68}" role="img"
aria-label="${r(`calls_24h`)}: ${f}">
<defs>${y()}</defs>
${d<0?_:p`<text class="tick" x=${h} y="11" text-anchor="middle">${f}</text>`}
${e.map((e,t)=>{let r=e===null,i=r?16:c(e);return p`<rect class="hour" x=${t*u+1} y=${i} width=${u-2}
height=${50-i} rx="1" style=${r?`fill: ${n}`:``}></rect>`})}
<path class="zero" d="M0 ${50}H${a}"></path>
<text class="tick" x="0" y=${64}>${v}</text>
<text class="tick" x=${a} y=${64} text-anchor="end">${r(`now`)}</text>
</svg>${x}</div>`}},Te=8;function Ee(e,t,n){let r=e.toSorted((e,t)=>Date.parse(t.start)-Date.parse(e.start)),i=r.filter(({end:e})=>e===null),a=De(r.filter(({end:e})=>e!==null)),o=Math.max(Te-i.length,0);return{open:i.map(e=>J([e],t,n)),over:a.slice(0,o).map(e=>J(e,t,n)),more:Math.max(a.length-o,0)}}function De(e){let t=/* @__PURE__ */ new Map;for(let n of e){let e=t.get(n.kind)??[];t.set(n.kind,[...e,n])}return[...t.values()]}function J(e,t,n){let{kind:r,start:i,end:a}=e[0],o=`flag_${r}`,s=`flag_${r}_so`,c=a===null?0:(Date.parse(a)-Date.parse(i))/6e4,l=`${n.day(i)}, ${n.time(i)}`;return{title:S(o)?t(o):t(`flag_unknown`),consequence:S(s)?t(s):r,when:e.length>1?t(`times_since`,{count:e.length,day:n.day(e.at(-1).start)}):c>=1?`${l}, ${n.duration(c)}`:l}}var Oe=/* @__PURE__ */ e({FlagsCard:()=>Y}),ke=`M13 14H11V9H13M13 18H11V16H13M1 21H23L12 2L1 21Z`,Ae=`M12 2C6.5 2 2 6.5 2 12S6.5 22 12 22 22 17.5 22 12 17.5 2 12 2M10 17L5 12L6.4 10.6L10 14.2L17.6 6.6L19 8L10 17Z`,je=`M13.5,8H12V13L16.3,15.5L17,14.3L13.5,12.3V8M13,3A9,9 0 0,0 4,12H1L5,16L9,12H6A7,7 0 0,1 13,5A7,7 0 0,1 20,12A7,7 0 0,1 13,19C11.1,19 9.3,18.2 8.1,16.9L6.6,18.4C8.3,20 10.5,21 13,21A9,9 0 0,0 22,12A9,9 0 0,0 13,3`,Y=class extends u{static{this.styles=[...u.styles,T]}getCardSize(){return 5}content(e){let{t,format:n}=this,r=[a(e.time),e.heat_pump.stale_since].join(),i=this.asked(`flags`,r,b);if(!i)return this.waiting();let{open:o,over:s,more:c}=Ee(i,t,n);return g`
<div class="head">
<h2>${t(`flags`)}</h2>
${i.length?g`<span class="quiet">
${o.length?t(`open_count`,{count:o.length}):t(`none_open`)}
</span>`:_}
</div>
${o.length?g`<h3>${t(`to_do`)}</h3>`:_}
${E(X(o,ke,`warning`))}
${o.length&&s.length?g`<h3>${t(`happened`)}</h3>`:_}
${E(X(s,je,`quiet`))}
${c?g`<div class="quiet">${t(`more_flags`,{count:c})}</div>`:_}
${i.length?_:g`<p class="good">${D(Ae,`good`)}${t(`no_flags`)}</p>`}
`}};function X(e,t,n){return e.map(({title:e,consequence:r,when:i})=>({title:e,when:i,lines:[r],icon:D(t,n)}))}function Me(e,t){let{cop:n,cop_low:r,cop_high:i,modes:a}=e;return[{key:`all_modes`,ours:n===null?null:{value:n,low:r??n,high:i??n},maker:t.all},{key:`heating`,ours:Z(a.heating),maker:t.heating},{key:`hot_water`,ours:Z(a.hot_water),maker:t.hot_water}].filter(e=>e.ours!==null||e.maker!==null)}function Z(e){if(e?.cop==null)return null;let t=e.uncertainty??0;return{value:e.cop,low:e.cop-t,high:e.cop+t}}var Ne=/* @__PURE__ */ e({MakerCard:()=>Pe}),Q=20,$=8,Pe=class extends u{static{this.styles=[...u.styles,r,ae,C`
table{margin:8px 0;}th,td{padding:0;}th:first-child{padding-right:8px;}.figure{width:1px;padding-left:10px;}.ours{font-weight:500;}.band{fill:var(--hp-band);}.dot{fill:var(--hp-ink);}.maker{fill:none;stroke:var(--hp-ink);stroke-width:1.6;}.apart{stroke:var(--hp-unknown);}`]}getCardSize(){return 4}content(e){let{t,format:n}=this,{last:r}=e.today,i=g`<h2>${t(`maker_beside`)}</h2>`,{maker:a}=e;if(!a)return g`${i}<p class="message">${t(`maker_none`)}</p>`;let o={first:`${r.slice(0,4)}-01-01`,last:r},s=this.asked(`figures`,r,(e,t)=>te(e,t,o));if(!s)return this.waiting();let c=a.measured_at?t(`maker_changed`,{ago:v(a.measured_at,new Date(e.time),t)}):``;return g`
${i}
<div class="quiet">
${n.days(s.first,s.last)},
${t(`days_of`,{paired:n.number(s.paired_days,0),days:n.number(Math.ceil(s.elapsed_days),0)})}
</div>
<table>
<thead>
<tr>
<th></th>
<th aria-hidden="true">${this.#n()}</th>
<th scope="col" class="figure">${t(`ours`)}</th>
<th scope="col" class="figure">${t(`maker`)}</th>
</tr>
</thead>
<tbody>
${Me(s,a).map(e=>g`<tr>
<th scope="row">${t(e.key)}</th>
<td aria-hidden="true">${this.#r(e)}</td>
<td class="figure ours">
${n.ratio(e.ours?.value??null,2,e.ours)}${e.ours?g`<span class="only-heard">${t(`between`,n.ends(e.ours))}</span>`:_}
</td>
<td class="figure">${n.ratio(e.maker,1)}</td>
</tr>`)}
</tbody>
</table>
<div class="quiet">${t(`maker_note`)} ${c}</div>
`}get#e(){return Math.max(this.width-176,60)}get#t(){return o(s,[$,this.#e-$])}#n(){let e=this.#t,t=w(s,this.#e<100?4:6);return g`<svg viewBox="0 0 ${this.#e} 16">
${t.map(t=>p`<text class="tick" x=${e(t)} y="13" text-anchor="middle">
${this.format.number(t,0)}</text>`)}
</svg>`}#r({ours:e,maker:t}){let n=e=>this.#t(c(e,s)),r=Q/2;return g`<svg viewBox="0 0 ${this.#e} ${Q}">
${w(s,6).map(e=>p`<path class="grid" d="M${this.#t(e)} 0V${Q}"></path>`)}
${e&&t!==null?p`<path class="apart" d="M${n(e.value)} ${r}H${n(t)}"></path>`:_}
${e?p`<rect class="band" x=${n(e.low)} y=${5}
width=${Math.max(n(e.high)-n(e.low),1)} height="10" rx="3"></rect>
<circle class="dot" cx=${n(e.value)} cy=${r} r="4"></circle>`:_}
${t===null?_:p`<path class="maker" d="M${n(t)} ${4}l6 6l-6 6l-6 -6Z"></path>`}
</svg>`}},Fe=/* @__PURE__ */ e({SourcesCard:()=>ze}),Ie=`M13,13H11V7H13M13,17H11V15H13M12,2A10,10 0 0,0 2,12A10,10 0 0,0 12,22A10,10 0 0,0 22,12A10,10 0 0,0 12,2Z`,Le=`M12 2C6.5 2 2 6.5 2 12S6.5 22 12 22 22 17.5 22 12 17.5 2 12 2M10 17L5 12L6.4 10.6L10 14.2L17.6 6.6L19 8L10 17Z`,Re=(e,t)=>e.toLowerCase().includes(t.toLowerCase())?``:t,ze=class extends O{static{this.styles=[...O.styles,C`
table{width:100%;border-collapse:collapse;}th,td{height:32px;padding:4px 0 4px 10px;border-top:1px solid var(--hp-line);font-weight:400;text-align:right;}thead th{border:none;color:var(--hp-quiet);font-size:12px;line-height:16px;}th:first-child{padding-left:0;text-align:left;}.name{display:flex;gap:8px;align-items:center;}small{display:block;color:var(--hp-quiet);font-size:12px;line-height:16px;}svg{flex:none;width:16px;}p{margin:4px 0 0;}`]}getCardSize(){return 3}content(e){let{t,format:n}=this,r=this.health(e),a=new Date(e.time),{heat_pump:o,meters:s,is_account:c}=e,l=s.length===1,u=[...s.map(e=>({source:e,name:l?t(`electricity_meter`):e.name,role:l?``:Re(e.name,t(`role_${e.role}`)),power:i(n.power(e.power_w,2))})),{source:o,name:t(c?`cloud`:`heat_pump`),role:``,power:``}],d=r?.hours_to_recover??null;return g`
<div class="head"><h2>${t(`sources`)}</h2></div>
<table>
<thead>
<tr>
<th scope="col"><span></span></th>
${l?_:g`<th scope="col">${t(`power`)}</th>`}
<th scope="col">${t(`last_answer`)}</th>
</tr>
</thead>
<tbody>
${u.map(({source:e,name:r,role:i,power:o})=>{let{isGood:s,text:c}=x(e,``,a,t,n);return g`<tr>
<th scope="row">
<span class="name">
<svg viewBox="0 0 24 24" aria-hidden="true">
<path
d=${s?Le:Ie}
fill="var(--hp-${s?`good`:`warning`})"
></path>
</svg>
<span>${r}${i?g`<small>${i}</small>`:_}</span>
</span>
</th>
${l?_:g`<td>${o}</td>`}
<td>${c||`–`}</td>
</tr>`})}
</tbody>
</table>
${d===null?_:g`<p class="quiet">${t(`to_recover`,{hours:n.number(d,0)})}</p>`}
`}};export{ge as a,Se as i,Ne as n,fe as o,Oe as r,Fe as t};