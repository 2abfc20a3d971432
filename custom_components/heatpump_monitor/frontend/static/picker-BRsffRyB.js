import{i as e,o as t,s as n}from"./mdi-BdJ5VcrN.js";import{_ as r,b as i,ft as a,g as o,h as s,m as c,ut as l,v as u}from"./shared-D7A7ZQN7.js";import"./efficiency-CgmR3t9e.js";var d=660,f=class extends c{static{this.styles=[...c.styles,a`
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
`]}#e=null;getCardSize(){return 1}getGridOptions(){return{columns:`full`,min_columns:6}}updated(e){super.updated(e);let t=this.live?.today.last??null,{period:n}=this;this.live&&n&&t!==this.#e&&n.last===this.#e&&r(this.#t,u(n.kind,t,o(this.live))),this.#e=t}content(t){let{t:n}=this,i=this.periodOf(t),a=this.width>=d,c=o(t),f=(e,t=i.last)=>r(this.#t,u(e,t,c));return l`
${this.#n(t,-1)} ${this.#n(t,1)}
<span class="name" aria-live="polite">${this.format.days(i.first,i.last)}</span>
${a?s.map(e=>l`<button
type="button"
aria-pressed=${e===i.kind}
@click=${()=>f(e)}
>
${n(`period_${e}`)}
</button>`):l`<select
aria-label=${n(`setting_period`)}
.value=${i.kind}
@change=${e=>f(e.target.value)}
>
${s.map(e=>l`<option value=${e} ?selected=${e===i.kind}>
${n(`period_${e}`)}
</option>`)}
</select>`}
<label class="calendar">
<input
type="date"
aria-label=${n(`pick_a_day`)}
min=${c.firstDay}
max=${c.today}
.value=${i.last}
@click=${e=>e.target.showPicker?.()}
@change=${e=>{let t=e.target.value;t>=c.firstDay&&t<=c.today&&f(i.kind,t)}}
/>
${p(e)}
</label>
`}get#t(){return this.config?.entry_id??``}#n(e,a){let s=i(this.periodOf(e),a,o(e));return l`<button
type="button"
class="arrow"
aria-label=${this.t(a<0?`back_in_time`:`forward_in_time`)}
?disabled=${!s}
@click=${()=>s&&r(this.#t,s)}
>
${p(a<0?t:n)}
</button>`}};function p(e){return l`<svg viewBox="0 0 24 24" aria-hidden="true"><path d=${e}></path></svg>`}export{f as PickerCard};