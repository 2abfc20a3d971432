import{t as e}from"./rolldown-runtime-DK3Fl9T5.js";import{B as t,D as n,E as r,G as i,L as a,O as o,P as s,R as c,_t as l,ft as u,g as d,gt as f,ht as p,pt as m,t as h,ut as g,vt as _,z as v}from"./shared-BDyva6yB.js";import{O as y,c as b,d as x,g as S,h as C,m as w,p as T}from"./later-CvZws8wu.js";u({curve_title:[`Heating curve and what the unit did`,`Heizkurve und was das Gerät tat`],supply_by_run:[`Supply {unit} by run`,`Vorlauf {unit} je Lauf`],grey_before:[`grey: before {day}`,`grau: vor {day}`],curve_none:[`The unit reports no heating curve.`,`Das Gerät meldet keine Heizkurve.`],slope_is:[`slope {value}`,`Steigung {value}`],shift_is:[`shift {value}`,`Niveau {value}`],room_is:[`room {value}`,`Raum {value}`],outside_end:[`{degrees} outside`,`{degrees} außen`],outside_is:[`Outside {value}`,`Außen {value}`],supply_is:[`Supply {value}`,`Vorlauf {value}`],curve_is:[`Curve ≈{value}`,`Kurve ≈{value}`],curve_set:[`Set: {curve}.`,`Eingestellt: {curve}.`],curve_before:[`Before {day}: {curve}.`,`Vor {day}: {curve}.`],follows_since:[`Since {day}, 8 of 10 runs were {low} to {high} off the curve.`,`Seit {day} lagen 8 von 10 Läufen {low} bis {high} neben der Kurve.`],follows_year:[`In 365 days, 8 of 10 runs were {low} to {high} off the curve.`,`In 365 Tagen lagen 8 von 10 Läufen {low} bis {high} neben der Kurve.`],too_few_runs_since:[`Heating runs since {day}: {count}. That is too few to compare.`,`Heizläufe seit {day}: {count}. Zu wenige für einen Vergleich.`],too_few_runs_year:[`Heating runs in 365 days: {count}. That is too few to compare.`,`Heizläufe in 365 Tagen: {count}. Zu wenige für einen Vergleich.`],effect_title:[`What did each change do?`,`Was hat jede Änderung bewirkt?`],cop_same_weather:[`COP, same weather`,`COP, gleiches Wetter`],effect_key:[`Bar: 19 cases out of 20. Hollow dot: may be nothing.`,`Balken: 19 von 20 Fällen. Hohler Punkt: vielleicht nichts.`],effect_none:[`Nothing was changed yet that can be compared. What the unit does not report, such as a service, you can add as a note.`,`Noch wurde nichts geändert, das sich vergleichen lässt. Was das Gerät nicht meldet, etwa eine Wartung, lässt sich als Notiz eintragen.`],show_all:[`Show all {count}`,`Alle {count} zeigen`],show_fewer:[`Show fewer`,`Weniger zeigen`],no_effect:[`no effect can be shown`,`keine Wirkung erkennbar`],not_alone:[`not alone`,`nicht allein`],lack_days:[`about {days} more days needed`,`noch etwa {days} Tage nötig`],lack_one_day:[`about 1 more day needed`,`noch etwa 1 Tag nötig`],lack_days_after:[`more days needed`,`noch mehr Tage nötig`],lack_days_before:[`too few days before it`,`zu wenige Tage davor`],lack_next_change:[`another change came too soon`,`die nächste Änderung kam zu früh`],lack_same_weather:[`no such weather before`,`kein solches Wetter davor`],before:[`Before`,`Vorher`],after:[`After`,`Nachher`],effect_change:[`Difference`,`Unterschied`],days_compared:[`Days compared`,`Verglichene Tage`],heat_a_day:[`Heat a day, kWh`,`Wärme am Tag, kWh`],electricity_a_day:[`Electricity a day, kWh`,`Strom am Tag, kWh`],heat_a_degree_day:[`Heat per degree day, kWh`,`Wärme je Gradtag, kWh`],supply_degrees:[`Supply, {unit}`,`Vorlauf, {unit}`],explains_it:[`explains it`,`erklärt es`],saved_a_year:[`Saved a year`,`Ersparnis im Jahr`],by_cop:[`For the same heat`,`Bei gleicher Wärme`],in_all:[`With the changed heat demand`,`Mit geändertem Wärmebedarf`],minus_costs:[`Minus: it costs more.`,`Minus: Es kostet mehr.`],year_measured:[`A year like the last, of which {share} was measured; {range} of the electricity was drawn in such weather.`,`Ein Jahr wie das letzte, davon {share} gemessen; {range} des Stroms floss bei solchem Wetter.`],weather:[`At {mean} outside, as on days from {low} to {high}.`,`Bei {mean} außen, wie an Tagen von {low} bis {high}.`],same_brine:[`At the same brine temperature.`,`Bei gleicher Soletemperatur.`],together_with:[`Together with: {changes}.`,`Zusammen mit: {changes}.`],left_before:[`Days left out before: {days}.`,`Ausgelassene Tage davor: {days}.`],left_after:[`Days left out after: {days}.`,`Ausgelassene Tage danach: {days}.`],left_transition:[`{days} of the change itself`,`{days} der Umstellung`],left_other_change:[`{days} with another change`,`{days} mit anderer Änderung`],left_low_coverage:[`{days} not fully measured`,`{days} nicht ganz gemessen`],left_other_method:[`{days} measured in another way`,`{days} anders gemessen`],left_little_energy:[`{days} that hardly ran`,`{days} fast ohne Betrieb`],left_unusual:[`{days} with unusually little heat`,`{days} mit ungewöhnlich wenig Wärme`],left_disinfection:[`{days} with a disinfection`,`{days} mit Legionellenschutz`],left_other_weather:[`{days} in other weather`,`{days} bei anderem Wetter`],looked_on:[`Looked at on {day}.`,`Betrachtet am {day}.`],next_look:[`Next look: {day}.`,`Nächster Blick: {day}.`],last_look:[`That was the last look.`,`Das war der letzte Blick.`],log_title:[`Change log`,`Änderungsprotokoll`],log_none:[`Nothing was changed yet.`,`Noch wurde nichts geändert.`],log_filter:[`Changes of`,`Änderungen von`],log_all:[`Everything`,`Alles`],log_unit:[`Heat pump`,`Wärmepumpe`],log_option:[`Options`,`Optionen`],log_plant:[`Plant`,`Anlage`],log_meter:[`Electricity meter`,`Stromzähler`],log_note:[`Notes`,`Notizen`],show_more:[`Show {count} more`,`{count} weitere zeigen`],more_by_action:[`Older ones: action “Get change log”.`,`Ältere: Aktion „Änderungsprotokoll abrufen“.`],note_adjustment:[`Adjustment by hand`,`Einstellung von Hand`],note_maintenance:[`Maintenance`,`Wartung`],note_repair:[`Repair`,`Reparatur`],note_building:[`Building`,`Gebäude`],note_usage:[`Use of the house`,`Nutzung`],note_other:[`Other`,`Sonstiges`],add_note:[`Add a note`,`Notiz hinzufügen`],edit_note:[`Edit note`,`Notiz ändern`],note_text:[`What was done?`,`Was wurde gemacht?`],note_category:[`What is it about?`,`Worum geht es?`],note_time:[`When? Empty: now`,`Wann? Leer: jetzt`],note_when:[`When?`,`Wann?`],save:[`Save`,`Speichern`],cancel:[`Cancel`,`Abbrechen`],delete:[`Delete`,`Löschen`],delete_really:[`Delete for good`,`Endgültig löschen`],note_saved:[`The note is in the change log.`,`Die Notiz steht im Änderungsprotokoll.`],note_deleted:[`The note is deleted.`,`Die Notiz ist gelöscht.`],problem_empty:[`Please write what was done.`,`Bitte angeben, was gemacht wurde.`],problem_note_in_future:[`This time has not come yet. Please choose an earlier one.`,`Dieser Zeitpunkt liegt in der Zukunft. Bitte einen früheren wählen.`],problem_notes_full:[`There are already {limit} notes. Please delete some first.`,`Es gibt schon {limit} Notizen. Bitte zuerst einige löschen.`],problem_note_not_saved:[`Not saved: {reason}. Free some space on the disk of Home Assistant, then save again.`,`Nicht gespeichert: {reason}. Auf dem Datenträger von Home Assistant Platz schaffen, dann noch einmal speichern.`],problem_note_unknown:[`This note was deleted meanwhile. Save it again to add it as a new one.`,`Diese Notiz wurde inzwischen gelöscht. Noch einmal speichern fügt sie neu hinzu.`],problem_away:[`Home Assistant cannot be reached: nothing is saved yet. Please try again.`,`Home Assistant ist nicht erreichbar: Noch ist nichts gespeichert. Bitte noch einmal versuchen.`],problem_other:[`Not saved. Home Assistant says: {message}`,`Nicht gespeichert. Home Assistant meldet: {message}`]});var ee=[`maintenance`,`adjustment`,`repair`,`building`,`usage`,`other`],te={id:null,category:`maintenance`,text:``,time:``,before:``};function ne({id:e,category:t,text:n,time:r},i){let a=E(r,i);return{id:e,category:t??`other`,text:n??``,time:a,before:a}}function E(e,t){let{day:n,minutes:r}=t.local(e),i=e=>String(e).padStart(2,`0`);return`${n}T${i(Math.floor(r/60))}:${i(r%60)}`}function D(e,t,{id:n,category:r,text:i,time:a,before:o},s){let c=s?{delete:!0}:{category:r,text:i.trim(),...a===o||!a?{}:{time:re(a,e)}};return e.callWS({type:`call_service`,domain:`heatpump_monitor`,service:n===null?`add_note`:`edit_note`,service_data:{...t===void 0?{}:{config_entry_id:t},...n===null?{}:{note_id:n},...c}})}function re(e,{locale:t}){return t.time_zone===`server`?e:new Date(e).toISOString()}function O(e){return e.translation_key===`note_unknown`}function ie(e,t){let{code:n,message:r,translation_key:i,translation_placeholders:a}=e,o=`problem_${i}`;return m(o)?t(o,a??{}):typeof n==`string`?t(`problem_other`,{message:r??n}):t(`problem_away`)}var ae=`M19,13H13V19H11V13H5V11H11V5H13V11H19V13Z`,oe=500,k=class{#e;#t=null;#n=!1;#r=!1;#i=``;#a=``;constructor(e){this.#e=e}get id(){return this.#t?.id??null}get isOpen(){return this.#t!==null}edit(e,t){this.#o(ne(e,t))}button({hass:e,t}){return!A(e)||this.isOpen?p:f`<button class="plain add" type="button" @click=${()=>this.#o(te)}>
<svg viewBox="0 0 24 24" aria-hidden="true"><path d=${ae}></path></svg>${t(`add_note`)}
</button>`}get status(){return f`<p class="quiet status" role="status">${this.#a}</p>`}form(e){let t=this.#t;if(!t)return p;let{t:n}=e,r=t.id===null;return f`<form aria-label=${n(r?`add_note`:`edit_note`)} novalidate
@submit=${t=>{t.preventDefault(),this.#u(e,!1)}}
>
<label>
${n(`note_text`)}
<textarea rows="3" maxlength=${oe} ?readonly=${this.#n}
.value=${t.text}
@input=${e=>this.#c(`text`,e)}></textarea>
</label>
<div class="pair">
<label>
${n(`note_category`)}
<select @change=${e=>this.#c(`category`,e)}>
${ee.map(e=>f`<option value=${e} ?selected=${e===t.category}>
${n(`note_${e}`)}
</option>`)}
</select>
</label>
<label>
${n(r?`note_time`:`note_when`)}
<input type="datetime-local" .value=${t.time}
max=${E((/* @__PURE__ */ new Date()).toISOString(),e.format)}
@input=${e=>this.#c(`time`,e)} />
</label>
</div>
<div>
<p class="problem" role="alert">${this.#i}</p>
<div class="buttons">
<button class="strong" type="submit" ?disabled=${this.#n}>${n(`save`)}</button>
<button type="button" ?disabled=${this.#n} @click=${()=>this.#s()}>
${n(`cancel`)}
</button>
${r?p:f`<button class="last" type="button" ?disabled=${this.#n}
@click=${()=>this.#l(e)}
>
${n(this.#r?`delete_really`:`delete`)}
</button>`}
</div>
</div>
</form>`}#o(e){this.#t=e,this.#a=``,this.#r=!1,this.#d(`textarea`)}#s(e=``){this.#t=null,this.#i=``,this.#a=e,this.#d(`.add`)}#c(e,{target:t}){if(!this.#t)return;let{value:n}=t;this.#t={...this.#t,[e]:n}}#l(e){this.#r&&this.#u(e,!0),this.#r=!0,this.#d()}async#u({hass:e,config:t,t:n},r){let i=this.#t;if(!(!i||this.#n)){if(!r&&!i.text.trim())this.#i=n(`problem_empty`),this.#d(`textarea`);else{this.#n=!0,this.#i=``,this.#d();try{await D(e,t?.entry_id,i,r).catch(e=>{if(!r||!O(e))throw e}),this.#n=!1,this.#s(n(r?`note_deleted`:`note_saved`))}catch(e){this.#n=!1,this.#i=ie(e,n),O(e)&&(this.#t={...i,id:null,before:``}),this.#d()}}}}#d(e){let t=this.#e;t.requestUpdate(),e&&t.updateComplete.then(()=>t.renderRoot.querySelector(e)?.focus())}};function A({services:e}){return e?.heatpump_monitor?.add_note!==void 0}var j=_`
:host([dark]){color-scheme:dark;}button,select,input,textarea{box-sizing:border-box;min-height:44px;color:var(--hp-ink);background:var(--hp-card);border:1px solid var(--hp-unknown);border-radius:8px;font:inherit;}button{padding:0 16px;border-radius:22px;cursor:pointer;}button:disabled{opacity:0.5;cursor:default;}:focus-visible{outline:2px solid var(--primary-color,#009ac7);outline-offset:2px;}.strong{font-weight:500;background:color-mix(in srgb,var(--primary-color,#009ac7) 18%,var(--hp-card));border-color:transparent;}.plain{display:inline-flex;gap:8px;align-items:center;padding:0 8px;margin:0 -8px;color:color-mix(in srgb,var(--primary-color,#009ac7) 70%,var(--hp-ink));background:none;border:none;font-weight:500;}.plain svg{width:20px;fill:currentColor;}form{display:grid;gap:12px;margin:8px 0;padding:12px;border:1px solid var(--hp-line);border-radius:8px;}form label{display:grid;flex:1 1 150px;gap:4px;min-width:0;color:var(--hp-quiet);font-size:12px;}form :is(select,input,textarea){width:100%;padding:8px;font-size:16px;}textarea{resize:vertical;}.pair,.buttons{display:flex;flex-wrap:wrap;gap:12px;}.buttons .last{margin-left:auto;}.problem,.status{margin:0 0 8px;}.problem{color:var(--hp-limit);}.problem:empty,.status:empty{margin:0;}`,M=[`unit`,`option`,`plant`,`meter`,`note`];function N(e){return[`all`,...M.filter(t=>e.some(e=>e.source===t))]}function se(e,t){return e.filter(({source:e})=>t===`all`||e===t)}function ce(e,t){let n=/* @__PURE__ */ new Map;for(let r of e){let e=t.wholeMonth(r.time),i=n.get(e)??[];i.push(r),n.set(e,i)}return[...n].map(([e,t])=>({name:e,entries:t}))}var le=/* @__PURE__ */ e({ChangeLogCard:()=>ge}),P=`M12,15.5A3.5,3.5 0 0,1 8.5,12A3.5,3.5 0 0,1 12,8.5A3.5,3.5 0 0,1 15.5,12A3.5,3.5 0 0,1 12,15.5M19.4,13C19.5,12.7 19.5,12.3 19.5,12C19.5,11.7 19.5,11.3 19.4,11L21.5,9.4C21.7,9.2 21.8,9 21.7,8.7L19.7,5.3C19.5,5.1 19.3,5 19.1,5.1L16.6,6.1C16,5.7 15.5,5.3 14.9,5.1L14.5,2.4C14.5,2.2 14.3,2 14,2H10C9.8,2 9.5,2.2 9.5,2.4L9.1,5.1C8.5,5.3 8,5.7 7.4,6.1L5,5.1C4.7,5 4.5,5.1 4.3,5.3L2.3,8.7C2.2,9 2.3,9.2 2.5,9.4L4.6,11C4.5,11.3 4.5,11.7 4.5,12C4.5,12.3 4.5,12.7 4.6,13L2.5,14.6C2.3,14.8 2.2,15.1 2.3,15.3L4.3,18.7C4.5,19 4.7,19 5,19L7.4,17.9C8,18.3 8.5,18.7 9.1,18.9L9.5,21.6C9.5,21.8 9.8,22 10,22H14C14.3,22 14.5,21.8 14.5,21.6L14.9,18.9C15.5,18.7 16,18.3 16.6,17.9L19.1,19C19.3,19 19.5,19 19.7,18.7L21.7,15.3C21.8,15.1 21.7,14.8 21.5,14.6L19.4,13Z`,ue=`M19 3H5C3.9 3 3 3.9 3 5V19C3 20.1 3.9 21 5 21H19C20.1 21 21 20.1 21 19V5C21 3.9 20.1 3 19 3M12.8 7.1C13.6 7.2 14.3 7.5 15 8L12.8 10.2V7.1M11.3 7.1V10.2L9.1 8C9.7 7.5 10.4 7.2 11.3 7.1M8 9.1L10.2 11.3H7.1C7.2 10.4 7.5 9.7 8 9.1M7.1 12.8H10.2L8 15C7.5 14.3 7.2 13.6 7.1 12.8M11.3 16.9C10.4 16.8 9.7 16.5 9.1 16L11.3 13.8V16.9M12 13C11.5 13 11 12.6 11 12S11.5 11 12 11 13 11.5 13 12 12.6 13 12 13M12.8 16.9V13.8L15 16C14.3 16.5 13.6 16.8 12.8 16.9M16 15L13.8 12.8H16.9C16.8 13.6 16.5 14.3 16 15M13.8 11.3L16 9.1C16.5 9.7 16.8 10.4 16.9 11.3H13.8Z`,de=`M12 3L2 12H5V20H10V14H14V15.1L19.4 9.7L12 3M21 11.1C20.9 11.1 20.8 11.2 20.7 11.3L19.7 12.3L21.7 14.4L22.7 13.4C22.9 13.1 22.9 12.8 22.7 12.6L21.4 11.3C21.3 11.2 21.2 11.1 21 11.1M19.1 12.9L13 18.9V21H15.1L21.1 14.9L19.1 12.9Z`,fe=`M12 2C7 2 3 6 3 11C3 14.9 5.5 18.2 9 19.5V22H11V19.9C11.3 20 11.7 20 12 20S12.7 20 13 19.9V22H15V19.5C18.5 18.2 21 14.9 21 11C21 6 17 2 12 2M14.3 14L11.3 17L9.8 15.5L11 14.3L9.8 13L12.8 10L14.3 11.5L13 12.8L14.3 14M16 9H8V7H16V9Z`,pe=`M14,10H19.5L14,4.5V10M5,3H15L21,9V19A2,2 0 0,1 19,21H5C3.9,21 3,20.1 3,19V5C3,3.9 3.9,3 5,3M5,12V14H19V12H5M5,16V18H14V16H5Z`,me=`M20.7,7C21.1,6.7 21.1,6 20.7,5.6L18.4,3.3C18,2.9 17.4,2.9 17,3.3L15.1,5.1L18.9,8.9M3,17.3V21H6.8L17.8,9.9L14.1,6.2L3,17.3Z`,he={unit:ue,option:P,plant:de,meter:fe,note:pe},ge=class extends S{static{this.styles=[...S.styles,r,y,j,_`
.bar{display:flex;flex-wrap:wrap;gap:4px 12px;justify-content:space-between;margin:4px 0;}.bar select{max-width:100%;padding:0 8px 0 12px;border-radius:22px;}li{align-items:flex-start;}li form{flex:1;min-width:0;}.icon{flex:none;width:20px;fill:var(--hp-quiet);}.words{display:grid;flex:1;min-width:0;overflow-wrap:anywhere;white-space:pre-line;}.edit{flex:none;display:grid;place-items:center;width:44px;margin:-4px -8px -4px 0;padding:0;background:none;border:none;}.edit svg{width:20px;fill:var(--hp-quiet);}`]}static{this.properties={...S.properties,filter:{state:!0},shown:{state:!0}}}#e=new k(this);constructor(){super(),this.filter=`all`,this.shown=20}getCardSize(){return 8}content(e){let{t,format:n,config:r}=this,i=this.changes(e)?.entries,a={hass:this.hass,config:r,t,format:n},o=se(i??[],this.filter),s=o.slice(0,this.shown),c=s.some(({id:e})=>e===this.#e.id);return f`
<div class="head"><h2>${t(`log_title`)}</h2></div>
<div class="bar">
${i?.length?this.#t(N(i)):p}
${this.#e.button(a)}
</div>
${c?p:this.#e.form(a)} ${this.#e.status}
${i?this.#n(s,a):this.unanswered()}
${this.#i(o.length-s.length,i?.length??0)}
`}#t(e){let{t}=this;return f`<select aria-label=${t(`log_filter`)}
@change=${({target:e})=>{this.filter=e.value,this.shown=20}}
>
${e.map(e=>f`<option value=${e} ?selected=${e===this.filter}>
${t(`log_${e}`)}
</option>`)}
</select>`}#n(e,t){return e.length?ce(e,this.format).map(({name:e,entries:n})=>f`<h3>${e}</h3>
<ul>
${n.map(e=>this.#r(e,t))}
</ul>`):this.message(`log_none`)}#r(e,t){if(e.id===this.#e.id)return f`<li>${this.#e.form(t)}</li>`;let{t:n,format:r}=this,i=e.source===`note`,a=i?`note_${e.category}`:`log_${e.source}`,o=`${r.day(e.time)}, ${r.time(e.time)}`;return f`<li>
<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
<path d=${he[e.source]??P}></path>
</svg>
<span class="words"
><span>${C(e,r)}</span
><span class="quiet">${m(a)?n(a):e.source} · ${o}</span></span
>
${i&&A(t.hass)?f`<button class="edit" type="button" aria-label=${n(`edit_note`)}
?disabled=${this.#e.isOpen} @click=${()=>this.#e.edit(e,r)}
>
<svg viewBox="0 0 24 24" aria-hidden="true"><path d=${me}></path></svg>
</button>`:p}
</li>`}#i(e,t){let{t:n}=this;return e>0?f`<button class="plain" type="button" @click=${()=>this.shown+=20}>
${n(`show_more`,{count:Math.min(e,20)})}
</button>`:t>=500?f`<p class="quiet">${n(`more_by_action`)}</p>`:p}},F=[-25,40],I=100,L=[-5,5];function _e(e,t,n,r){return e.filter(ye).map(e=>{let{effect:i}=e.look,a=be(i);return{id:e.id,title:C(e,r),day:T(e.time,t,r),bar:a,value:a&&i.verdict!==`not_enough_data`?z(a.value,r):`–`,words:xe(i,n),interval:a?n(`low_to_high`,B(a,r)):``,entry:e}})}function ve(e){return e.length>I?`${e.slice(0,I).trimEnd()}…`:e}function ye(e){return e.look!==null}function be({figures:e,verdict:t}){if(!e)return null;let{value:n,low:r,high:i}=e.cop.change,a=t===`better`||t===`worse`;return{value:R(n),low:R(r),high:R(i),isSeen:a}}var R=e=>100*(e-1);function z(e,t){return`${w(Number(e.toFixed(1)),t.number(e,1))}\u00a0%`}function B({low:e,high:t},n){let[r,i]=[Math.floor(e*10+1e-9)/10,Math.ceil(t*10-1e-9)/10].map(e=>w(e,n.number(e,1)));return{low:r,high:`${i}\u00a0%`}}function xe({verdict:e,lack:t,days_needed:n,together_with:r},i){let a=r.length?i(`not_alone`):``;return e===`no_visible_effect`?i(`no_effect`):e!==`not_enough_data`||!t?a:t!==`days_after`||n===null?i(`lack_${t}`):n===1?i(`lack_one_day`):i(`lack_days`,{days:n})}function Se(e){let t=e.flatMap(({bar:e})=>e??[]);if(!t.length)return null;let n=Math.min(...t.map(e=>e.low),L[0]),r=Math.max(...t.map(e=>e.high),L[1]),i=[s(n,F)-.5,s(r,F)+.5];return{range:i,marks:v(i,4)}}function Ce(e,t,n){return w(e,n.number(e,0))+(t?`\xA0%`:``)}function we({before:e,after:t,figures:n},r,i){let a={name:r(`days_compared`),before:i.number(e.used,0),after:i.number(t.used,0),change:``,note:``};if(!n)return[a];let o=(e,t,n,a=1)=>{if(!t)return[];let o={value:R(t.change.value),low:R(t.change.low),high:R(t.change.high)};return[{name:e,before:i.number(t.before.value/a,n),after:i.number(t.after.value/a,n),change:z(o.value,i),note:r(`low_to_high`,B(o,i))}]};return[a,...o(r(`cop`),n.cop,2),...Te(n.supply_c,n.cop,r,i),...o(r(`heat_a_day`),n.heat_kwh_per_day,1),...o(r(`heat_a_degree_day`),n.heat_kwh_per_degree_day,2,i.degreesPerKelvin),...o(r(`electricity_a_day`),n.electricity_kwh_per_day,1)]}function Te(e,t,n,r){if(!e)return[];let{value:i}=e.change;return[{name:n(`supply_degrees`,{unit:r.degreeUnit}),before:r.degrees(e.before.value),after:r.degrees(e.after.value),change:`${w(Number(i.toFixed(1)),r.difference(i))}\u00a0${r.differenceUnit}`,note:Ee(e.change,t.change)?n(`explains_it`):``}]}function Ee(e,t){return e.high<0&&t.low>1||e.low>0&&t.high<1}function De(e,t,n,r){let i=e=>n.number(e,0),a=e=>n.money(e,r,0).replace(/^-/,`−`),o=({low:e,high:n},r)=>t(`low_to_high`,{low:r(Math.floor(e)),high:r(Math.ceil(n))}),s=(e,t,n)=>({name:e,energy:`${i(t.value)}\u00a0kWh`,energyEnds:o(t,i),money:n?a(n.value):``,moneyEnds:n?o(n,a):``});return[s(t(`by_cop`),e.saved_kwh,e.saved_money),s(t(`in_all`),e.saved_in_all_kwh,e.saved_in_all_money)]}function Oe({look:e,id:t},n,r,i){let{effect:a,looked_on:o,next_look:s}=e,c=a.together_with.map(e=>Ae(e,t,n,i)),[l,u]=[V(a.before,r,i),V(a.after,r,i)],d=s?r(`next_look`,{day:i.date(s)}):r(`last_look`);return[c.length?r(`together_with`,{changes:c.join(`; `)}):``,ke(a,r,i),[l&&r(`left_before`,{days:l}),u&&r(`left_after`,{days:u})].join(` `),`${r(`looked_on`,{day:i.date(o)})} ${d}`].filter(e=>e.trim())}function ke({figures:e,yearly:t},n,r){if(!e)return``;let i=e=>`${r.degrees(e,0)}\u00a0${r.degreeUnit}`,[a,o]=e.outside_c,s=[n(`weather`,{mean:i(e.mean_outside_c),low:i(a),high:i(o)})];if(e.source_adjusted&&s.push(n(`same_brine`)),t){let{share_measured:e,share_in_range:i}=t;s.push(n(`year_measured`,{share:r.percent(e),range:r.percent(i)}))}return s.join(` `)}function V({excluded:e},t,n){return Object.entries(e).map(([e,r])=>{let i=`left_${e}`,a=n.number(r,0);return m(i)?t(i,{days:a}):a}).join(`, `)}function Ae(e,t,n,r){let i=Date.parse(e);return n.filter(e=>e.id!==t&&e.touched&&Date.parse(e.time)===i).map(e=>C(e,r)).join(`; `)||r.date(e)}var je=/* @__PURE__ */ e({ChangesEffectCard:()=>Fe}),Me=`M7.4,8.6L12,13.2L16.6,8.6L18,10L12,16L6,10L7.4,8.6Z`,Ne=`M7.4,15.4L12,10.8L16.6,15.4L18,14L12,8L6,14L7.4,15.4Z`,H=8,U=62,W=24,G=12,Pe=.5,Fe=class extends S{static{this.styles=[...S.styles,r,j,_`
p{margin:0 0 8px;}ul{margin:0;padding:0;list-style:none;}.row{display:grid;grid-template-columns:minmax(0,1fr) auto;gap:0 8px;align-items:center;width:calc(100% + 16px);margin:0 -8px;padding:6px 8px 8px;background:none;border:none;border-radius:8px;text-align:left;}.row:hover{background:color-mix(in srgb,var(--hp-ink) 4%,transparent);}.title{font-weight:500;line-height:20px;overflow-wrap:anywhere;}.day{display:inline-flex;gap:4px;align-items:center;align-self:start;line-height:20px;white-space:nowrap;}.day svg{width:16px;fill:currentColor;}.value{text-align:right;font-weight:500;}.below{grid-column:1 / -1;}.bar{fill:var(--hp-standby);}.dot{fill:var(--hp-ink);stroke:var(--hp-ink);stroke-width:2;}.dot.hollow{fill:var(--hp-card);}.nothing{stroke:var(--hp-ink);stroke-width:2;}.said{fill:var(--hp-quiet);font-size:${G}px;}.details{margin:0 0 12px;padding:4px 0 0;border-bottom:1px solid var(--hp-line);}.details p{line-height:16px;}table{width:100%;margin-bottom:8px;border-collapse:collapse;}th,td{padding:4px 0 4px 8px;border-top:1px solid var(--hp-line);font-weight:400;line-height:18px;text-align:right;vertical-align:top;}thead :is(th,td){border:none;}th:first-child,td:first-child{padding-left:0;text-align:left;}td small{display:block;color:var(--hp-quiet);font-size:11px;line-height:14px;}.foot{display:flex;flex-wrap:wrap;gap:0 16px;}`]}static{this.properties={...S.properties,open:{state:!0},isWhole:{state:!0}}}#e=new k(this);constructor(){super(),this.open=null,this.isWhole=!1}getCardSize(){return 6}content(e){let{t,format:n,config:r}=this,i=this.changes(e),a={hass:this.hass,config:r,t,format:n};return f`
<div class="head">
<h2>${t(`effect_title`)}</h2>
<span class="quiet">${t(`cop_same_weather`)}</span>
</div>
${i?this.#t(i.entries,e.time):this.unanswered()}
${this.#e.form(a)} ${this.#e.status} ${this.#e.button(a)}
`}#t(e,t){let{t:n,format:r}=this,i=_e(e,t,n,r);if(!i.length)return this.message(`effect_none`);let o=this.isWhole?i:i.slice(0,H),s=Se(o),c=s&&{...s,x:a(s.range,[2,this.width-U])};return f`
${c?f`<p class="quiet">${n(`effect_key`)}</p>${this.#n(c)}`:p}
<ul>
${o.map(t=>f`<li>
${this.#r(t,c)} ${this.open===t.id?this.#a(t,e):p}
</li>`)}
</ul>
${i.length>H?f`<button class="plain" type="button" @click=${()=>this.isWhole=!this.isWhole}>
${this.isWhole?n(`show_fewer`):n(`show_all`,{count:i.length})}
</button>`:p}
`}#n({x:e,marks:t}){let n=t.length-1,r=t.map((e,t)=>Ce(e,t===n,this.format));return f`<svg viewBox="0 0 ${this.width} 14" style="height: 14px" aria-hidden="true">
${t.map((t,n)=>{let i=c(r[n])/2,a=s(e(t),[i,this.width-i]);return l`<text class="tick" x=${a} y="11" text-anchor="middle">
${r[n]}</text>`})}
</svg>`}#r(e,t){let n=this.open===e.id,{bar:r,words:i,value:a}=e,o=t&&this.#i(e,t);return f`<button class="row" type="button" aria-expanded=${n?`true`:`false`}
@click=${()=>this.open=n?null:e.id}
>
<span class="title">${n?e.title:ve(e.title)}</span>
<span class="quiet day"
>${e.day}<svg viewBox="0 0 24 24" aria-hidden="true"
><path d=${n?Ne:Me}></path></svg
></span>
${t?f`<svg viewBox="0 0 ${this.width-U} ${W}" aria-hidden="true"
style="width: ${this.width-U}px; height: ${W}px"
>
${Ie(e,t)}
${o===null?p:l`<text class="said halo" x=${o} y=${16}>${i}</text>`}
</svg>`:f`<span class="quiet">${i}</span>`}
<span class="value ${a===`–`?`quiet`:``}">${a}</span>
${t&&o===null&&i?f`<span class="quiet below">${i}</span>`:f`<span class="only-heard">${t?i:p}</span>`}
${r?f`<span class="only-heard">${e.interval}</span>`:p}
</button>`}#i({bar:e,words:t},{x:n,range:r}){let i=n(e?s(e.high,r):0)+8,a=i+t.length*G*Pe;return t&&a<=this.width-U?i:null}#a({entry:e,title:t},n){let{t:r,format:i}=this,{effect:a}=e.look,{yearly:o}=a;return f`<div class="details">
<table aria-label=${t}>
<thead class="quiet">
<tr>
<td></td>
<th scope="col">${r(`before`)}</th>
<th scope="col">${r(`after`)}</th>
<th scope="col">${r(`effect_change`)}</th>
</tr>
</thead>
<tbody>
${we(a,r,i).map(({name:e,before:t,after:n,change:r,note:i})=>f`<tr>
<th scope="row" class="quiet">${e}</th>
<td>${t}</td>
<td>${n}</td>
<td>${r}<small>${i}</small></td>
</tr>`)}
</tbody>
</table>
${o?this.#o(De(o,r,i,this.hass.config.currency)):p}
${Oe(e,n,r,i).map(e=>f`<p class="quiet">${e}</p>`)}
</div>`}#o(e){let{t}=this,n=e.some(({money:e})=>e),r=e.some(e=>(e.energy+e.energyEnds).includes(`−`));return f`<table>
<thead class="quiet">
<tr>
<th scope="col" colspan=${n?3:2}>${t(`saved_a_year`)}</th>
</tr>
</thead>
<tbody>
${e.map(({name:e,energy:t,energyEnds:r,money:i,moneyEnds:a})=>f`<tr>
<th scope="row" class="quiet">${e}</th>
<td>${t}<small>${r}</small></td>
${n?f`<td>${i}<small>${a}</small></td>`:p}
</tr>`)}
</tbody>
</table>
${r?f`<p class="quiet">${t(`minus_costs`)}</p>`:p}`}};function Ie({bar:e},{x:t,range:n,marks:r}){let i=W/2,a=r.map(e=>e===0?l`<path class="nothing" d="M${t(0)} 0V${W}"></path>`:l`<path class="grid" d="M${t(e)} 4V${20}"></path>`);if(!e)return a;let[o,c]=[t(s(e.low,n)),t(s(e.high,n))];return[...a,l`<rect class="bar" x=${o} y=${8} width=${Math.max(c-o,2)} height="8"
rx="4"></rect>`,e.low<0&&e.high>0?l`<path class="nothing" d="M${t(0)} 0V${W}"></path>`:p,l`<circle class="dot ${e.isSeen?``:`hollow`}" cx=${t(s(e.value,n))}
cy=${i} r="5"></circle>`]}var Le=20,Re=-10,ze=10;function K({slope:e,shift:t,room_c:n},r){let i=n??Le,a=r-i,o=1.4347+.021*a+2479e-7*a*a;return i+t-e*a*o}function Be(e,{since:t}){let n=t===null?-1/0:Date.parse(t);return e.flatMap(({mode:e,start:t,end:r,outside_c:i,supply_c:a})=>{if(e!==`heating`||i===null||a===null)return[];let o=Date.parse(t)>=n;return i>20||!o&&Date.parse(r)>n?[]:[{start:t,outside_c:i,supply_c:a,isSince:o}]}).sort((e,t)=>t.outside_c-e.outside_c)}function Ve({mode:e,outside_c:t,supply_c:n,time:r}){return e!==`heating`||t===null||n===null||t>20?null:{start:r,outside_c:t,supply_c:n,isSince:!0}}function He(e,t){let n=Math.min(...e.map(e=>e.outside_c-.5),Re),r=Math.floor(n/2)*2,i=[...e.map(e=>e.supply_c),...t.flatMap(e=>[K(e,20),K(e,r)])];return{outside:[20,r],supply:[Math.floor(Math.min(...i,20)),Math.ceil(Math.max(...i)+1)]}}function q(e,t,n,r){let i=n=>t.some(t=>t[n]!==e[n]),a=[n(`slope_is`,{value:r.number(e.slope,1)})];if(e.shift||i(`shift`)){let t=+!Number.isInteger(e.shift);a.push(n(`shift_is`,{value:r.number(e.shift,t)}))}return e.room_c!==null&&i(`room_c`)&&a.push(n(`room_is`,{value:`${r.degrees(e.room_c,0)}\u00a0${r.degreeUnit}`})),a.join(`, `)}function Ue({supply_c:e,outside_c:t},n){return e-K(n,t)}function J(e,t,n,r,i){let a=n?{day:n}:{},o=e.filter(({isSince:e})=>e).map(e=>Ue(e,t)).sort((e,t)=>e-t);if(o.length<ze)return r(n?`too_few_runs_since`:`too_few_runs_year`,{...a,count:i.number(o.length,0)});let s=Math.floor(h(o,.1)*10)/10,c=Math.ceil(h(o,.9)*10)/10,l=e=>w(e,i.difference(e));return r(n?`follows_since`:`follows_year`,{...a,low:l(s),high:`${l(c)}\u00a0${i.differenceUnit}`})}function We(e,t,n,r,a){let o=t&&K(t,e.outside_c);return[n,r(`outside_is`,{value:i(a.temperature(e.outside_c))}),r(`supply_is`,{value:i(a.temperature(e.supply_c))}),...o===null?[]:[r(`curve_is`,{value:i(a.temperature(o))})]]}var Ge=[56,4,120],Ke=[0,60];function qe(e,t){let{now:n,before:r,present:i,ranges:a,x:o,y:s}=e,[c,l]=i?[o(i.outside_c),s(i.supply_c)]:[0,0],u=i?[Z(c,l,10)]:[],d=(t,n,r)=>Xe(Je(t,n,r,e),u,e),f=a.outside[1],p=r!==null&&K(r,f)<K(n,f),m=d(t.now,n,p?`above`:r?`below`:`either`),h=r&&d(t.before,r,p?`below`:`above`),g=(h?[m,h]:[m]).map(X),_=(r?[n,r]:[n]).flatMap(t=>Ze(t,e)),v=Ye(t.present,c,l);return{name:m,former:h,present:i&&(Y(v,[...g,..._],e)??Y(v,g,e))}}function Je(e,t,n,r){let{ranges:i,y:o,bottom:s,width:l}=r,u=l-4,d=c(e,12)+4,f=a([28,u],i.outside),p=e=>o(K(t,f(Math.max(e,28)))),m=e=>Math.max(u-e,28+d),h=(t,n)=>({text:e,x:t,y:n,anchor:`end`}),g=Ge.map(m).map(e=>h(e,Math.max(p(e)-10,16))),_=Ke.map(m).map(e=>h(e,Math.min(p(e-d)+16,s-4)));return n===`either`?[..._.slice(0,1),...g]:n===`above`?g:_}function Ye(e,t,n){let[r,i]=[n+18,n-10];return[{text:e,x:t+11,y:r,anchor:`start`},{text:e,x:t-11,y:i,anchor:`end`},{text:e,x:t+11,y:i,anchor:`start`},{text:e,x:t-11,y:r,anchor:`end`},{text:e,x:t+11,y:n+4,anchor:`start`},{text:e,x:t-11,y:n+4,anchor:`end`}]}function Y(e,t,n){return e.find(e=>{let r=X(e);return r.left>=28&&r.right<=n.width&&r.bottom<=n.bottom&&!t.some(e=>Qe(r,e))})??null}function Xe(e,t,n){return Y(e,t,n)??e[0]}function X({text:e,x:t,y:n,anchor:r}){let i=c(e,12),a=r===`end`?t-i:t;return{left:a,right:a+i,top:n-12,bottom:n+3}}function Z(e,t,n){return{left:e-n,right:e+n,top:t-n,bottom:t+n}}function Ze(e,{ranges:t,x:n,y:r}){let[i,a]=t.outside;return Array.from({length:4*(i-a)},(t,a)=>{let o=i-a/4;return Z(n(o),r(K(e,o)),4)})}function Qe(e,t){return e.left<t.right&&t.left<e.right&&e.top<t.bottom&&t.top<e.bottom}var $e=/* @__PURE__ */ e({HeatingCurveCard:()=>tt}),et=20,tt=class extends S{static{this.styles=[...S.styles,r,b,_`
p{margin:8px 0 0;}.head + .quiet{margin:0 0 8px;}.switch{flex-wrap:wrap;}.curve{fill:none;stroke:var(--hp-ink);stroke-width:2.4;stroke-linecap:round;}.curve.before{stroke:var(--hp-quiet);stroke-width:1.6;stroke-dasharray:4 4;}.label{font-size:${12}px;fill:var(--hp-ink);font-weight:500;}.label.before{fill:var(--hp-quiet);font-weight:400;}.now{fill:var(--hp-heating);stroke:var(--hp-ink);stroke-width:2;}`]}static{this.properties={...S.properties,circuit:{state:!0}}}#e=new t(this);constructor(){super(),this.circuit=null}static getConfigForm(){let e=[`0`,`1`,`2`,`3`].map(e=>[e,String(Number(e)+1)]);return x({circuit:e})}getCardSize(){return 6}content(e){let{t,format:n}=this,r=this.changes(e),{last:i}=e.today,a={first:d(i,-364),last:i},o=this.asked(`runs`,i,(e,t)=>g(e,t,a));if(!r||!o)return this.waiting();let s=r.circuits.filter(({curves:e})=>e.length),c=this.circuit??this.config?.circuit,l=s.find(({circuit:e})=>e===c)??s[0],u=l?.curves.at(-1);if(!l||!u)return f`<div class="head"><h2>${t(`curve_title`)}</h2></div>
${this.message(`curve_none`)}`;let m=Be(o,u),h=u.since&&T(u.since,e.time,n),_=m.some(({isSince:e})=>!e);return f`
<div class="head"><h2>${t(`curve_title`)}</h2></div>
<p class="quiet">
${t(`supply_by_run`,{unit:n.degreeUnit})}${h&&_?`; ${t(`grey_before`,{day:h})}`:p}
</p>
${s.length>1?this.#t(s,l.circuit):p}
${this.#n(l.curves,m,Ve(e),h)}
<p class="quiet">${J(m,u,h,t,n)}</p>
`}#t(e,t){let{t:n}=this;return f`<div class="switch" role="group" aria-label=${n(`setting_circuit`)}>
${e.map(({circuit:e})=>f`<button
type="button"
aria-pressed=${e===t?`true`:`false`}
@click=${()=>this.circuit=e}
>
${n(`circuit`,{number:Number(e)+1})}
</button>`)}
</div>`}#n(e,t,r,i){let{t:c,width:l,format:u}=this,[d,m=null]=[e.at(-1),e.at(-2)],h=He(r?[...t,r]:t,m?[d,m]:[d]),g=8+s(l*.58,[190,300]),_=g+et,v=a(h.outside,[28,l-4]),y=a(h.supply,[g,8]),b={now:d,before:m,points:t,present:r,ranges:h,x:v,y,bottom:g,width:l},x=({outside_c:e,supply_c:t})=>[v(e),y(t)],S=e=>t.filter(t=>t.isSince===e).map(x),C=this.#e.layer({label:c(`arrow_keys`,{name:c(`curve_title`)}),width:l,height:_,steps:[1,10],spots:()=>this.#o(b)});return f`<div class="chart">
<svg viewBox="0 0 ${l} ${_}" style="height: ${_}px" role="img"
aria-label=${this.#s(d,m,t,i)}>
${o(this.#r(h.supply),y,[28,l-4],e=>u.degrees(e,0))}
${this.#i(b)}
${n(S(!1),1.8,`var(--hp-unknown)`,.5)}
${n(S(!0),2,`var(--hp-heating)`,.6)}
${m?$(m,b,`before`):p} ${$(d,b,``)}
${r?nt(r,b):p}
${this.#a(b)}
</svg>
${C}
</div>`}#r(e){let{format:t}=this,n=[t.fromCelsius(e[0]),t.fromCelsius(e[1])];return v(n,5).map(e=>t.toCelsius(e))}#i({ranges:e,x:t,bottom:n,width:r}){let{t:i,format:a}=this,[o,s]=e.outside,u=i(`outside_end`,{degrees:a.degrees(s,0)}),d=`${a.degrees(o,0)}\u00a0${a.degreeUnit}`,f=28+c(d)+16,p=r-c(u)-20,m=v([a.fromCelsius(s),a.fromCelsius(o)],5).map(e=>a.toCelsius(e)).filter(e=>t(e)>f&&t(e)<p),h=n+16;return l`<path class="zero" d="M${28} ${n}H${r-4}"></path>
<text class="tick" x=${28} y=${h}>${d}</text>
${m.map(e=>l`<text class="tick" x=${t(e)} y=${h} text-anchor="middle">
${a.degrees(e,0)}</text>`)}
<text class="tick" x=${r-4} y=${h} text-anchor="end">${u}</text>`}#a(e){let{t,format:n}=this,{now:r,before:i}=e,{name:a,former:o,present:s}=qe(e,{now:q(r,i?[i]:[],t,n),before:i?q(i,[r],t,n):``,present:t(`now`)});return[Q(a,``),Q(o,`before`),Q(s,``)]}#o({points:e,present:t,now:n,x:r,y:i}){let{t:a,format:o}=this,s=(e,t)=>({x:r(e.outside_c),y:i(e.supply_c),get says(){return We(e,e.isSince?n:null,t(),a,o)}}),c=e.map(e=>s(e,()=>`${o.date(e.start)}, ${o.time(e.start)}`));return t?[...c,s(t,()=>a(`now`))]:c}#s(e,t,n,r){let{t:i,format:a}=this,o=q(e,t?[t]:[],i,a),s=t&&r?q(t,[e],i,a):``;return[i(`curve_title`),i(`curve_set`,{curve:o}),...s&&r?[i(`curve_before`,{day:r,curve:s})]:[],J(n,e,r,i,a)].join(` `)}};function nt({outside_c:e,supply_c:t},{x:n,y:r}){return l`<circle class="now" cx=${n(e)} cy=${r(t)} r=${6}></circle>`}function Q(e,t){if(!e)return p;let{text:n,x:r,y:i,anchor:a}=e;return l`<text class="label halo ${t}" x=${r} y=${i} text-anchor=${a}>${n}</text>`}function $(e,{ranges:t,x:n,y:r},i){let[a,o]=t.outside,s=Array.from({length:a-o+1},(t,i)=>{let o=a-i;return`${n(o).toFixed(1)} ${r(K(e,o)).toFixed(1)}`});return l`<path class="curve ${i}" d="M${s.join(`L`)}"></path>`}export{je as n,le as r,$e as t};