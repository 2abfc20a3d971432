import{ft as e,lt as t,ut as n}from"./shared-tNZMYE1I.js";var r=e`
h3{margin:12px 0 0;color:var(--hp-quiet);font-size:12px;font-weight:400;}ul{margin:0;padding:0;list-style:none;}li{display:flex;gap:12px;padding:8px 0;}li + li{border-top:1px solid var(--hp-line);}`,i=e`
${r}li > div{flex:1;display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 12px;}svg{flex:none;width:20px;height:20px;}.line{flex-basis:100%;}.good{display:flex;gap:12px;margin:8px 0 0;}`;function a(e){return e.length?n`<ul>
${e.map(({title:e,when:t,lines:r,icon:i})=>n`<li>
${i}
<div>
<span>${e}</span>
<span class="quiet">${t}</span>
${r.map(e=>n`<span class="quiet line">${e}</span>`)}
</div>
</li>`)}
</ul>`:t}function o(e,t){return n`<svg viewBox="0 0 24 24" aria-hidden="true">
<path d=${e} fill="var(--hp-${t})"></path>
</svg>`}export{r as i,a as n,i as r,o as t};