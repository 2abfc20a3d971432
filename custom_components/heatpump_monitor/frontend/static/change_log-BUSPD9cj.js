import{E as e,ft as t,lt as n,st as r,ut as i}from"./shared-tNZMYE1I.js";import{i as a,r as o}from"./entries-Cf44LVSF.js";import{n as s,r as c,t as l}from"./note_form-BgRcEtNv.js";import{i as u}from"./list-CuGjK47H.js";var d=[`unit`,`option`,`plant`,`meter`,`note`];function f(e){return[`all`,...d.filter(t=>e.some(e=>e.source===t))]}function p(e,t){return e.filter(({source:e})=>t===`all`||e===t)}function m(e,t){let n=/* @__PURE__ */ new Map;for(let r of e){let e=t.wholeMonth(r.time),i=n.get(e)??[];i.push(r),n.set(e,i)}return[...n].map(([e,t])=>({name:e,entries:t}))}var h=`M12,15.5A3.5,3.5 0 0,1 8.5,12A3.5,3.5 0 0,1 12,8.5A3.5,3.5 0 0,1 15.5,12A3.5,3.5 0 0,1 12,15.5M19.4,13C19.5,12.7 19.5,12.3 19.5,12C19.5,11.7 19.5,11.3 19.4,11L21.5,9.4C21.7,9.2 21.8,9 21.7,8.7L19.7,5.3C19.5,5.1 19.3,5 19.1,5.1L16.6,6.1C16,5.7 15.5,5.3 14.9,5.1L14.5,2.4C14.5,2.2 14.3,2 14,2H10C9.8,2 9.5,2.2 9.5,2.4L9.1,5.1C8.5,5.3 8,5.7 7.4,6.1L5,5.1C4.7,5 4.5,5.1 4.3,5.3L2.3,8.7C2.2,9 2.3,9.2 2.5,9.4L4.6,11C4.5,11.3 4.5,11.7 4.5,12C4.5,12.3 4.5,12.7 4.6,13L2.5,14.6C2.3,14.8 2.2,15.1 2.3,15.3L4.3,18.7C4.5,19 4.7,19 5,19L7.4,17.9C8,18.3 8.5,18.7 9.1,18.9L9.5,21.6C9.5,21.8 9.8,22 10,22H14C14.3,22 14.5,21.8 14.5,21.6L14.9,18.9C15.5,18.7 16,18.3 16.6,17.9L19.1,19C19.3,19 19.5,19 19.7,18.7L21.7,15.3C21.8,15.1 21.7,14.8 21.5,14.6L19.4,13Z`,g=`M19 3H5C3.9 3 3 3.9 3 5V19C3 20.1 3.9 21 5 21H19C20.1 21 21 20.1 21 19V5C21 3.9 20.1 3 19 3M12.8 7.1C13.6 7.2 14.3 7.5 15 8L12.8 10.2V7.1M11.3 7.1V10.2L9.1 8C9.7 7.5 10.4 7.2 11.3 7.1M8 9.1L10.2 11.3H7.1C7.2 10.4 7.5 9.7 8 9.1M7.1 12.8H10.2L8 15C7.5 14.3 7.2 13.6 7.1 12.8M11.3 16.9C10.4 16.8 9.7 16.5 9.1 16L11.3 13.8V16.9M12 13C11.5 13 11 12.6 11 12S11.5 11 12 11 13 11.5 13 12 12.6 13 12 13M12.8 16.9V13.8L15 16C14.3 16.5 13.6 16.8 12.8 16.9M16 15L13.8 12.8H16.9C16.8 13.6 16.5 14.3 16 15M13.8 11.3L16 9.1C16.5 9.7 16.8 10.4 16.9 11.3H13.8Z`,_=`M12 3L2 12H5V20H10V14H14V15.1L19.4 9.7L12 3M21 11.1C20.9 11.1 20.8 11.2 20.7 11.3L19.7 12.3L21.7 14.4L22.7 13.4C22.9 13.1 22.9 12.8 22.7 12.6L21.4 11.3C21.3 11.2 21.2 11.1 21 11.1M19.1 12.9L13 18.9V21H15.1L21.1 14.9L19.1 12.9Z`,v=`M12 2C7 2 3 6 3 11C3 14.9 5.5 18.2 9 19.5V22H11V19.9C11.3 20 11.7 20 12 20S12.7 20 13 19.9V22H15V19.5C18.5 18.2 21 14.9 21 11C21 6 17 2 12 2M14.3 14L11.3 17L9.8 15.5L11 14.3L9.8 13L12.8 10L14.3 11.5L13 12.8L14.3 14M16 9H8V7H16V9Z`,y=`M14,10H19.5L14,4.5V10M5,3H15L21,9V19A2,2 0 0,1 19,21H5C3.9,21 3,20.1 3,19V5C3,3.9 3.9,3 5,3M5,12V14H19V12H5M5,16V18H14V16H5Z`,b=`M20.7,7C21.1,6.7 21.1,6 20.7,5.6L18.4,3.3C18,2.9 17.4,2.9 17,3.3L15.1,5.1L18.9,8.9M3,17.3V21H6.8L17.8,9.9L14.1,6.2L3,17.3Z`,x={unit:g,option:h,plant:_,meter:v,note:y},S=class extends a{static{this.styles=[...a.styles,e,u,s,t`
.bar{display:flex;flex-wrap:wrap;gap:4px 12px;justify-content:space-between;margin:4px 0;}.bar select{max-width:100%;padding:0 8px 0 12px;border-radius:22px;}li{align-items:flex-start;}li form{flex:1;min-width:0;}.icon{flex:none;width:20px;fill:var(--hp-quiet);}.words{display:grid;flex:1;min-width:0;overflow-wrap:anywhere;white-space:pre-line;}.edit{flex:none;display:grid;place-items:center;width:44px;margin:-4px -8px -4px 0;padding:0;background:none;border:none;}.edit svg{width:20px;fill:var(--hp-quiet);}`]}static{this.properties={...a.properties,filter:{state:!0},shown:{state:!0}}}#e=new l(this);constructor(){super(),this.filter=`all`,this.shown=20}getCardSize(){return 8}content(e){let{t,format:r,config:a}=this,o=this.changes(e)?.entries,s={hass:this.hass,config:a,t,format:r},c=p(o??[],this.filter),l=c.slice(0,this.shown),u=l.some(({id:e})=>e===this.#e.id);return i`
<div class="head"><h2>${t(`log_title`)}</h2></div>
<div class="bar">
${o?.length?this.#t(f(o)):n}
${this.#e.button(s)}
</div>
${u?n:this.#e.form(s)} ${this.#e.status}
${o?this.#n(l,s):this.unanswered()}
${this.#i(c.length-l.length,o?.length??0)}
`}#t(e){let{t}=this;return i`<select aria-label=${t(`log_filter`)}
@change=${({target:e})=>{this.filter=e.value,this.shown=20}}
>
${e.map(e=>i`<option value=${e} ?selected=${e===this.filter}>
${t(`log_${e}`)}
</option>`)}
</select>`}#n(e,t){return e.length?m(e,this.format).map(({name:e,entries:n})=>i`<h3>${e}</h3>
<ul>
${n.map(e=>this.#r(e,t))}
</ul>`):this.message(`log_none`)}#r(e,t){if(e.id===this.#e.id)return i`<li>${this.#e.form(t)}</li>`;let{t:a,format:s}=this,l=e.source===`note`,u=l?`note_${e.category}`:`log_${e.source}`,d=`${s.day(e.time)}, ${s.time(e.time)}`;return i`<li>
<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
<path d=${x[e.source]??h}></path>
</svg>
<span class="words"
><span>${o(e,s)}</span
><span class="quiet">${r(u)?a(u):e.source} · ${d}</span></span
>
${l&&c(t.hass)?i`<button class="edit" type="button" aria-label=${a(`edit_note`)}
?disabled=${this.#e.isOpen} @click=${()=>this.#e.edit(e,s)}
>
<svg viewBox="0 0 24 24" aria-hidden="true"><path d=${b}></path></svg>
</button>`:n}
</li>`}#i(e,t){let{t:r}=this;return e>0?i`<button class="plain" type="button" @click=${()=>this.shown+=20}>
${r(`show_more`,{count:Math.min(e,20)})}
</button>`:t>=500?i`<p class="quiet">${r(`more_by_action`)}</p>`:n}};export{S as ChangeLogCard};