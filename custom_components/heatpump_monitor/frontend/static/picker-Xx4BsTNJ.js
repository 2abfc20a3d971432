import{S as e,T as t,w as n}from"./schematic-DgANZLyo.js";import{lt as r,m as i,p as a,st as o}from"./shared-CdG9aF0b.js";import"./efficiency-C7nC5XMz.js";import{i as s,n as c,r as l,t as u}from"./steps-DfPoUjhE.js";var d=660,f=class extends a{static{this.styles=[...a.styles,r`
:host{container-type:inline-size;}.card{display:flex;gap:8px;align-items:center;padding:0;background:none;border:none;}.name{flex:1;margin:0 4px;font-size:16px;font-weight:500;}button,select,.calendar{box-sizing:border-box;min-width:44px;height:44px;padding:0 14px;color:var(--hp-quiet);background:var(--hp-card);border:1px solid var(--hp-line);border-radius:22px;font:inherit;cursor:pointer;}select{flex:none;padding:0 8px 0 12px;}:host([dark]){color-scheme:dark;}button.arrow,.calendar{flex:none;padding:0 9px;}.calendar{position:relative;display:grid;place-items:center;}input{position:absolute;inset:0;width:100%;border:0;opacity:0;cursor:pointer;}.calendar:focus-within{outline:2px solid var(--primary-color,#009ac7);outline-offset:2px;}button:disabled{opacity:0.4;cursor:default;}button:focus-visible,select:focus-visible{outline:2px solid var(--primary-color,#009ac7);outline-offset:2px;}button[aria-pressed="true"]{color:var(--hp-ink);font-weight:500;background:color-mix(in srgb,var(--primary-color,#009ac7) 18%,var(--hp-card));border-color:transparent;}svg{display:block;width:24px;fill:currentColor;}@container (max-width:420px){.calendar{display:none;}}@container (max-width:330px){.card{flex-wrap:wrap;}.name{order:1;flex-basis:100%;}select{flex:1;}}`]}#e=null;getCardSize(){return 1}getGridOptions(){return{columns:`full`,min_columns:6}}updated(e){super.updated(e);let t=this.live?.today.last??null,{period:n}=this;this.live&&n&&t!==this.#e&&n.last===this.#e&&i(this.#t,l(n.kind,t,c(this.live))),this.#e=t}content(t){let{t:n}=this,r=this.periodOf(t),a=this.width>=d,s=c(t),f=(e,t=r.last)=>i(this.#t,l(e,t,s));return o`
${this.#n(t,-1)} ${this.#n(t,1)}
<span class="name" aria-live="polite">${this.format.days(r.first,r.last)}</span>
${a?u.map(e=>o`<button
type="button"
aria-pressed=${e===r.kind}
@click=${()=>f(e)}
>
${n(`period_${e}`)}
</button>`):o`<select
aria-label=${n(`setting_period`)}
.value=${r.kind}
@change=${e=>f(e.target.value)}
>
${u.map(e=>o`<option value=${e} ?selected=${e===r.kind}>
${n(`period_${e}`)}
</option>`)}
</select>`}
<label class="calendar">
<input
type="date"
aria-label=${n(`pick_a_day`)}
min=${s.firstDay}
max=${s.today}
.value=${r.last}
@click=${e=>e.target.showPicker?.()}
@change=${e=>{let t=e.target.value;t>=s.firstDay&&t<=s.today&&f(r.kind,t)}}
/>
${p(e)}
</label>
`}get#t(){return this.config?.entry_id??``}#n(e,r){let a=s(this.periodOf(e),r,c(e));return o`<button
type="button"
class="arrow"
aria-label=${this.t(r<0?`back_in_time`:`forward_in_time`)}
?disabled=${!a}
@click=${()=>a&&i(this.#t,a)}
>
${p(r<0?n:t)}
</button>`}};function p(e){return o`<svg viewBox="0 0 24 24" aria-hidden="true"><path d=${e}></path></svg>`}export{f as PickerCard};