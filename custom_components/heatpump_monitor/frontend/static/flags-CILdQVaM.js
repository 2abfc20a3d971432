import{C as e,E as t,b as n}from"./schematic-DgANZLyo.js";import{E as r,_ as i,g as a,lt as o,nt as s,ot as c,st as l}from"./shared-CdG9aF0b.js";import"./health-Czgjihfb.js";var u=8;function d(e,t,n){let r=e.toSorted((e,t)=>Date.parse(t.start)-Date.parse(e.start)),i=r.filter(({end:e})=>e===null),a=f(r.filter(({end:e})=>e!==null)),o=Math.max(u-i.length,0);return{open:i.map(e=>p([e],t,n)),over:a.slice(0,o).map(e=>p(e,t,n)),more:Math.max(a.length-o,0)}}function f(e){let t=/* @__PURE__ */ new Map;for(let n of e){let e=t.get(n.kind)??[];t.set(n.kind,[...e,n])}return[...t.values()]}function p(e,t,n){let{kind:i,start:a,end:o}=e[0],s=`flag_${i}`,c=`flag_${i}_so`,l=o===null?0:(Date.parse(o)-Date.parse(a))/6e4,u=`${n.day(a)}, ${n.time(a)}`;return{title:r(s)?t(s):t(`flag_unknown`),consequence:r(c)?t(c):i,when:e.length>1?t(`times_since`,{count:e.length,day:n.day(e.at(-1).start)}):l>=1?`${u}, ${n.duration(l)}`:u}}var m=class extends a{static{this.styles=[...a.styles,o`
h3{margin:12px 0 0;color:var(--hp-quiet);font-size:12px;font-weight:400;}ul{margin:0;padding:0;list-style:none;}li{display:flex;gap:12px;padding:8px 0;}li + li{border-top:1px solid var(--hp-line);}li > div{flex:1;display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 12px;}svg{flex:none;width:20px;height:20px;}.consequence{flex-basis:100%;}.good{display:flex;gap:12px;margin:8px 0 0;}`]}getCardSize(){return 5}content(r){let{t:a,format:o}=this,u=[i(r.time),r.heat_pump.stale_since].join(),f=this.asked(`flags`,u,s);if(!f)return this.waiting();let{open:p,over:m,more:_}=d(f,a,o);return l`
<div class="head">
<h2>${a(`flags`)}</h2>
${f.length?l`<span class="quiet">
${p.length?a(`open_count`,{count:p.length}):a(`none_open`)}
</span>`:c}
</div>
${p.length?l`<h3>${a(`to_do`)}</h3>`:c}
${h(p,n,`warning`)}
${p.length&&m.length?l`<h3>${a(`happened`)}</h3>`:c}
${h(m,t,`quiet`)}
${_?l`<div class="quiet">${a(`more_flags`,{count:_})}</div>`:c}
${f.length?c:l`<p class="good">${g(e,`good`)}${a(`no_flags`)}</p>`}
`}};function h(e,t,n){return e.length?l`<ul>
${e.map(({title:e,consequence:r,when:i})=>l`<li>
${g(t,n)}
<div>
<span>${e}</span>
<span class="quiet">${i}</span>
<span class="quiet consequence">${r}</span>
</div>
</li>`)}
</ul>`:c}function g(e,t){return l`<svg viewBox="0 0 24 24" aria-hidden="true">
<path d=${e} fill="var(--hp-${t})"></path>
</svg>`}export{m as FlagsCard};