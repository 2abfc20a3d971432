import{i as e,o as t,s as n}from"./mdi-DQEwNPUK.js";import{a as r,l as i,s as a}from"./base-BnrNNQaJ.js";import{a as o,i as s,n as c,r as l,s as u,t as d}from"./period_card-pqvOAWRB.js";var f=660,p=class extends d{static{this.styles=[...d.styles,i`
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
    `]}#e=null;static getConfigForm(){return r()}static getStubConfig(){return{}}getCardSize(){return 1}getGridOptions(){return{columns:`full`,min_columns:6}}updated(e){super.updated(e);let t=this.live?.today.last??null,{period:n}=this;this.live&&n&&t!==this.#e&&n.last===this.#e&&s(this.#t,o(n.kind,t,l(this.live))),this.#e=t}content(t){let{t:n}=this,r=this.periodOf(t),i=this.width>=f,u=l(t),d=(e,t=r.last)=>s(this.#t,o(e,t,u));return a`
      ${this.#n(t,-1)} ${this.#n(t,1)}
      <span class="name" aria-live="polite">${this.format.days(r.first,r.last)}</span>
      ${i?c.map(e=>a`<button
                type="button"
                aria-pressed=${e===r.kind}
                @click=${()=>d(e)}
              >
                ${n(`period_${e}`)}
              </button>`):a`<select
              aria-label=${n(`setting_period`)}
              .value=${r.kind}
              @change=${e=>d(e.target.value)}
            >
              ${c.map(e=>a`<option value=${e} ?selected=${e===r.kind}>
                  ${n(`period_${e}`)}
                </option>`)}
            </select>`}
      <label class="calendar">
        <input
          type="date"
          aria-label=${n(`pick_a_day`)}
          min=${u.firstDay}
          max=${u.today}
          .value=${r.last}
          @click=${e=>e.target.showPicker?.()}
          @change=${e=>{let t=e.target.value;t>=u.firstDay&&t<=u.today&&d(r.kind,t)}}
        />
        ${m(e)}
      </label>
    `}get#t(){return this.config?.entry_id??``}#n(e,r){let i=u(this.periodOf(e),r,l(e));return a`<button
      type="button"
      class="arrow"
      aria-label=${this.t(r<0?`back_in_time`:`forward_in_time`)}
      ?disabled=${!i}
      @click=${()=>i&&s(this.#t,i)}
    >
      ${m(r<0?t:n)}
    </button>`}};function m(e){return a`<svg viewBox="0 0 24 24" aria-hidden="true"><path d=${e}></path></svg>`}export{p as PickerCard};