import{ft as e,lt as t,st as n,ut as r}from"./shared-tNZMYE1I.js";import"./entries-Cf44LVSF.js";var i=[`maintenance`,`adjustment`,`repair`,`building`,`usage`,`other`],a={id:null,category:`maintenance`,text:``,time:``,before:``};function o({id:e,category:t,text:n,time:r},i){let a=s(r,i);return{id:e,category:t??`other`,text:n??``,time:a,before:a}}function s(e,t){let{day:n,minutes:r}=t.local(e),i=e=>String(e).padStart(2,`0`);return`${n}T${i(Math.floor(r/60))}:${i(r%60)}`}function c(e,t,{id:n,category:r,text:i,time:a,before:o},s){let c=s?{delete:!0}:{category:r,text:i.trim(),...a===o||!a?{}:{time:l(a,e)}};return e.callWS({type:`call_service`,domain:`heatpump_monitor`,service:n===null?`add_note`:`edit_note`,service_data:{...t===void 0?{}:{config_entry_id:t},...n===null?{}:{note_id:n},...c}})}function l(e,{locale:t}){return t.time_zone===`server`?e:new Date(e).toISOString()}function u(e){return e.translation_key===`note_unknown`}function d(e,t){let{code:r,message:i,translation_key:a,translation_placeholders:o}=e,s=`problem_${a}`;return n(s)?t(s,o??{}):typeof r==`string`?t(`problem_other`,{message:i??r}):t(`problem_away`)}var f=`M19,13H13V19H11V13H5V11H11V5H13V11H19V13Z`,p=500,m=class{#e;#t=null;#n=!1;#r=!1;#i=``;#a=``;constructor(e){this.#e=e}get id(){return this.#t?.id??null}get isOpen(){return this.#t!==null}edit(e,t){this.#o(o(e,t))}button({hass:e,t:n}){return!h(e)||this.isOpen?t:r`<button class="plain add" type="button" @click=${()=>this.#o(a)}>
<svg viewBox="0 0 24 24" aria-hidden="true"><path d=${f}></path></svg>${n(`add_note`)}
</button>`}get status(){return r`<p class="quiet status" role="status">${this.#a}</p>`}form(e){let n=this.#t;if(!n)return t;let{t:a}=e,o=n.id===null;return r`<form aria-label=${a(o?`add_note`:`edit_note`)} novalidate
@submit=${t=>{t.preventDefault(),this.#u(e,!1)}}
>
<label>
${a(`note_text`)}
<textarea rows="3" maxlength=${p} ?readonly=${this.#n}
.value=${n.text}
@input=${e=>this.#c(`text`,e)}></textarea>
</label>
<div class="pair">
<label>
${a(`note_category`)}
<select @change=${e=>this.#c(`category`,e)}>
${i.map(e=>r`<option value=${e} ?selected=${e===n.category}>
${a(`note_${e}`)}
</option>`)}
</select>
</label>
<label>
${a(o?`note_time`:`note_when`)}
<input type="datetime-local" .value=${n.time}
max=${s((/* @__PURE__ */ new Date()).toISOString(),e.format)}
@input=${e=>this.#c(`time`,e)} />
</label>
</div>
<div>
<p class="problem" role="alert">${this.#i}</p>
<div class="buttons">
<button class="strong" type="submit" ?disabled=${this.#n}>${a(`save`)}</button>
<button type="button" ?disabled=${this.#n} @click=${()=>this.#s()}>
${a(`cancel`)}
</button>
${o?t:r`<button class="last" type="button" ?disabled=${this.#n}
@click=${()=>this.#l(e)}
>
${a(this.#r?`delete_really`:`delete`)}
</button>`}
</div>
</div>
</form>`}#o(e){this.#t=e,this.#a=``,this.#r=!1,this.#d(`textarea`)}#s(e=``){this.#t=null,this.#i=``,this.#a=e,this.#d(`.add`)}#c(e,{target:t}){if(!this.#t)return;let{value:n}=t;this.#t={...this.#t,[e]:n}}#l(e){this.#r&&this.#u(e,!0),this.#r=!0,this.#d()}async#u({hass:e,config:t,t:n},r){let i=this.#t;if(!(!i||this.#n)){if(!r&&!i.text.trim())this.#i=n(`problem_empty`),this.#d(`textarea`);else{this.#n=!0,this.#i=``,this.#d();try{await c(e,t?.entry_id,i,r).catch(e=>{if(!r||!u(e))throw e}),this.#n=!1,this.#s(n(r?`note_deleted`:`note_saved`))}catch(e){this.#n=!1,this.#i=d(e,n),u(e)&&(this.#t={...i,id:null,before:``}),this.#d()}}}}#d(e){let t=this.#e;t.requestUpdate(),e&&t.updateComplete.then(()=>t.renderRoot.querySelector(e)?.focus())}};function h({services:e}){return e?.heatpump_monitor?.add_note!==void 0}var g=e`
:host([dark]){color-scheme:dark;}button,select,input,textarea{box-sizing:border-box;min-height:44px;color:var(--hp-ink);background:var(--hp-card);border:1px solid var(--hp-unknown);border-radius:8px;font:inherit;}button{padding:0 16px;border-radius:22px;cursor:pointer;}button:disabled{opacity:0.5;cursor:default;}:focus-visible{outline:2px solid var(--primary-color,#009ac7);outline-offset:2px;}.strong{font-weight:500;background:color-mix(in srgb,var(--primary-color,#009ac7) 18%,var(--hp-card));border-color:transparent;}.plain{display:inline-flex;gap:8px;align-items:center;padding:0 8px;margin:0 -8px;color:color-mix(in srgb,var(--primary-color,#009ac7) 70%,var(--hp-ink));background:none;border:none;font-weight:500;}.plain svg{width:20px;fill:currentColor;}form{display:grid;gap:12px;margin:8px 0;padding:12px;border:1px solid var(--hp-line);border-radius:8px;}form label{display:grid;flex:1 1 150px;gap:4px;min-width:0;color:var(--hp-quiet);font-size:12px;}form :is(select,input,textarea){width:100%;padding:8px;font-size:16px;}textarea{resize:vertical;}.pair,.buttons{display:flex;flex-wrap:wrap;gap:12px;}.buttons .last{margin-left:auto;}.problem,.status{margin:0 0 8px;}.problem{color:var(--hp-limit);}.problem:empty,.status:empty{margin:0;}`;export{g as n,h as r,m as t};