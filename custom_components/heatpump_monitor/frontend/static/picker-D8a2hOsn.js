import{ft as e,m as t,p as n,ut as r}from"./shared-tNZMYE1I.js";import"./efficiency-B8inCusw.js";import{i,n as a,r as o,t as s}from"./steps-DwYCRDRD.js";var c=`M19,19H5V8H19M16,1V3H8V1H6V3H5C3.9,3 3,3.9 3,5V19A2,2 0 0,0 5,21H19A2,2 0 0,0 21,19V5C21,3.9 20.1,3 19,3H18V1M17,12H12V17H17V12Z`,l=`M15.4,16.6L10.8,12L15.4,7.4L14,6L8,12L14,18L15.4,16.6Z`,u=`M8.6,16.6L13.2,12L8.6,7.4L10,6L16,12L10,18L8.6,16.6Z`,d=660,f=class extends n{static{this.styles=[...n.styles,e`
:host{container-type:inline-size;}.card{display:flex;gap:8px;align-items:center;padding:0;background:none;border:none;}.name{flex:1;margin:0 4px;font-size:16px;font-weight:500;}button,select,.calendar{box-sizing:border-box;min-width:44px;height:44px;padding:0 14px;color:var(--hp-quiet);background:var(--hp-card);border:1px solid var(--hp-line);border-radius:22px;font:inherit;cursor:pointer;}select{flex:none;padding:0 8px 0 12px;}:host([dark]){color-scheme:dark;}button.arrow,.calendar{flex:none;padding:0 9px;}.calendar{position:relative;display:grid;place-items:center;}input{position:absolute;inset:0;width:100%;border:0;opacity:0;cursor:pointer;}.calendar:focus-within{outline:2px solid var(--primary-color,#009ac7);outline-offset:2px;}button:disabled{opacity:0.4;cursor:default;}button:focus-visible,select:focus-visible{outline:2px solid var(--primary-color,#009ac7);outline-offset:2px;}button[aria-pressed="true"]{color:var(--hp-ink);font-weight:500;background:color-mix(in srgb,var(--primary-color,#009ac7) 18%,var(--hp-card));border-color:transparent;}svg{display:block;width:24px;fill:currentColor;}@container (max-width:420px){.calendar{display:none;}}@container (max-width:330px){.card{flex-wrap:wrap;}.name{order:1;flex-basis:100%;}select{flex:1;}}`]}#e=null;getCardSize(){return 1}getGridOptions(){return{columns:`full`,min_columns:6}}updated(e){super.updated(e);let n=this.live?.today.last??null,{period:r}=this;this.live&&r&&n!==this.#e&&r.last===this.#e&&t(this.#t,o(r.kind,n,a(this.live))),this.#e=n}content(e){let{t:n}=this,i=this.periodOf(e),l=this.width>=d,u=a(e),f=(e,n=i.last)=>t(this.#t,o(e,n,u));return r`
${this.#n(e,-1)} ${this.#n(e,1)}
<span class="name" aria-live="polite">${this.format.days(i.first,i.last)}</span>
${l?s.map(e=>r`<button
type="button"
aria-pressed=${e===i.kind}
@click=${()=>f(e)}
>
${n(`period_${e}`)}
</button>`):r`<select
aria-label=${n(`picked_period`)}
.value=${i.kind}
@change=${e=>f(e.target.value)}
>
${s.map(e=>r`<option value=${e} ?selected=${e===i.kind}>
${n(`period_${e}`)}
</option>`)}
</select>`}
<label class="calendar">
<input
type="date"
aria-label=${n(`pick_a_day`)}
min=${u.firstDay}
max=${u.today}
.value=${i.last}
@click=${e=>e.target.showPicker?.()}
@change=${e=>{let t=e.target.value;t>=u.firstDay&&t<=u.today&&f(i.kind,t)}}
/>
${p(c)}
</label>
`}get#t(){return this.config?.entry_id??``}#n(e,n){let o=i(this.periodOf(e),n,a(e));return r`<button
type="button"
class="arrow"
aria-label=${this.t(n<0?`back_in_time`:`forward_in_time`)}
?disabled=${!o}
@click=${()=>o&&t(this.#t,o)}
>
${p(n<0?l:u)}
</button>`}};function p(e){return r`<svg viewBox="0 0 24 24" aria-hidden="true"><path d=${e}></path></svg>`}export{f as PickerCard};