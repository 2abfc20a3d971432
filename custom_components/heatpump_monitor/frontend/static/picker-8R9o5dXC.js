import{i as e,o as t,s as n}from"./mdi-BdJ5VcrN.js";import{I as r,_ as i,b as a,ft as o,g as s,h as c,m as l,ut as u,v as d}from"./shared-FkfHCjtf.js";import"./efficiency-DzdCJBek.js";var f=660,p=class extends l{static{this.styles=[...l.styles,o`
:host {
container-type: inline-size;
}
.card {
display: flex;
gap: 8px;
align-items: center;
padding: 0;
background: none;
border: none;
}
.name {
flex: 1;
margin: 0 4px;
font-size: 16px;
font-weight: 500;
}
button,
select,
.calendar {
box-sizing: border-box;
min-width: 44px;
height: 44px;
padding: 0 14px;
color: var(--hp-quiet);
background: var(--hp-card);
border: 1px solid var(--hp-line);
border-radius: 22px;
font: inherit;
cursor: pointer;
}
select {
flex: none;
padding: 0 8px 0 12px;
}
:host([dark]) {
color-scheme: dark;
}
button.arrow,
.calendar {
flex: none;
padding: 0 9px;
}
.calendar {
position: relative;
display: grid;
place-items: center;
}
/* The whole circle is the field; what it says is the name of the period. */
input {
position: absolute;
inset: 0;
width: 100%;
border: 0;
opacity: 0;
cursor: pointer;
}
.calendar:focus-within {
outline: 2px solid var(--primary-color, #009ac7);
outline-offset: 2px;
}
button:disabled {
opacity: 0.4;
cursor: default;
}
button:focus-visible,
select:focus-visible {
outline: 2px solid var(--primary-color, #009ac7);
outline-offset: 2px;
}
button[aria-pressed="true"] {
color: var(--hp-ink);
font-weight: 500;
background: color-mix(in srgb, var(--primary-color, #009ac7) 18%, var(--hp-card));
border-color: transparent;
}
svg {
display: block;
width: 24px;
fill: currentColor;
}
@container (max-width: 420px) {
.calendar {
display: none;
}
}
/* No room beside the arrows: the days have a line of their own. */
@container (max-width: 330px) {
.card {
flex-wrap: wrap;
}
.name {
order: 1;
flex-basis: 100%;
}
select {
flex: 1;
}
}
`]}#e=null;static getConfigForm(){return r()}static getStubConfig(){return{}}getCardSize(){return 1}getGridOptions(){return{columns:`full`,min_columns:6}}updated(e){super.updated(e);let t=this.live?.today.last??null,{period:n}=this;this.live&&n&&t!==this.#e&&n.last===this.#e&&i(this.#t,d(n.kind,t,s(this.live))),this.#e=t}content(t){let{t:n}=this,r=this.periodOf(t),a=this.width>=f,o=s(t),l=(e,t=r.last)=>i(this.#t,d(e,t,o));return u`
${this.#n(t,-1)} ${this.#n(t,1)}
<span class="name" aria-live="polite">${this.format.days(r.first,r.last)}</span>
${a?c.map(e=>u`<button
type="button"
aria-pressed=${e===r.kind}
@click=${()=>l(e)}
>
${n(`period_${e}`)}
</button>`):u`<select
aria-label=${n(`setting_period`)}
.value=${r.kind}
@change=${e=>l(e.target.value)}
>
${c.map(e=>u`<option value=${e} ?selected=${e===r.kind}>
${n(`period_${e}`)}
</option>`)}
</select>`}
<label class="calendar">
<input
type="date"
aria-label=${n(`pick_a_day`)}
min=${o.firstDay}
max=${o.today}
.value=${r.last}
@click=${e=>e.target.showPicker?.()}
@change=${e=>{let t=e.target.value;t>=o.firstDay&&t<=o.today&&l(r.kind,t)}}
/>
${m(e)}
</label>
`}get#t(){return this.config?.entry_id??``}#n(e,r){let o=a(this.periodOf(e),r,s(e));return u`<button
type="button"
class="arrow"
aria-label=${this.t(r<0?`back_in_time`:`forward_in_time`)}
?disabled=${!o}
@click=${()=>o&&i(this.#t,o)}
>
${m(r<0?t:n)}
</button>`}};function m(e){return u`<svg viewBox="0 0 24 24" aria-hidden="true"><path d=${e}></path></svg>`}export{p as PickerCard};