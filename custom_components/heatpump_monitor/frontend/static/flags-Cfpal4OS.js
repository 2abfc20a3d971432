import{a as e,f as t,t as n}from"./mdi-BdJ5VcrN.js";import{A as r,I as i,R as a,at as o,ft as s,k as c,lt as l,ut as u}from"./shared-FkfHCjtf.js";import"./health-Ceb0vkq2.js";var d=8;function f(e,t,n){let r=e.toSorted((e,t)=>Date.parse(t.start)-Date.parse(e.start)),i=r.filter(({end:e})=>e===null),a=p(r.filter(({end:e})=>e!==null)),o=Math.max(d-i.length,0);return{open:i.map(e=>m([e],t,n)),over:a.slice(0,o).map(e=>m(e,t,n)),more:Math.max(a.length-o,0)}}function p(e){let t=/* @__PURE__ */ new Map;for(let n of e){let e=t.get(n.kind)??[];t.set(n.kind,[...e,n])}return[...t.values()]}function m(e,t,n){let{kind:r,start:i,end:o}=e[0],s=`flag_${r}`,c=`flag_${r}_so`,l=o===null?0:(Date.parse(o)-Date.parse(i))/6e4,u=`${n.day(i)}, ${n.time(i)}`;return{title:a(s)?t(s):t(`flag_unknown`),consequence:a(c)?t(c):r,when:e.length>1?t(`times_since`,{count:e.length,day:n.day(e.at(-1).start)}):l>=1?`${u}, ${n.duration(l)}`:u}}var h=class extends c{static{this.styles=[...c.styles,s`
h3 {
margin: 12px 0 0;
color: var(--hp-quiet);
font-size: 12px;
font-weight: 400;
}
ul {
margin: 0;
padding: 0;
list-style: none;
}
li {
display: flex;
gap: 12px;
padding: 8px 0;
}
li + li {
border-top: 1px solid var(--hp-line);
}
li > div {
flex: 1;
display: flex;
flex-wrap: wrap;
justify-content: space-between;
gap: 0 12px;
}
svg {
flex: none;
width: 20px;
height: 20px;
}
.consequence {
flex-basis: 100%;
}
.good {
display: flex;
gap: 12px;
margin: 8px 0 0;
}
`]}static getConfigForm(){return i()}static getStubConfig(){return{}}getCardSize(){return 5}content(i){let{t:a,format:s}=this,c=[r(i.time),i.heat_pump.stale_since].join(),d=this.asked(`flags`,c,o);if(!d)return this.waiting();let{open:p,over:m,more:h}=f(d,a,s);return u`
<div class="head">
<h2>${a(`flags`)}</h2>
${d.length?u`<span class="quiet">
${p.length?a(`open_count`,{count:p.length}):a(`none_open`)}
</span>`:l}
</div>
${p.length?u`<h3>${a(`to_do`)}</h3>`:l}
${g(p,n,`warning`)}
${p.length&&m.length?u`<h3>${a(`happened`)}</h3>`:l}
${g(m,t,`quiet`)}
${h?u`<div class="quiet">${a(`more_flags`,{count:h})}</div>`:l}
${d.length?l:u`<p class="good">${_(e,`good`)}${a(`no_flags`)}</p>`}
`}};function g(e,t,n){return e.length?u`<ul>
${e.map(({title:e,consequence:r,when:i})=>u`<li>
${_(t,n)}
<div>
<span>${e}</span>
<span class="quiet">${i}</span>
<span class="quiet consequence">${r}</span>
</div>
</li>`)}
</ul>`:l}function _(e,t){return u`<svg viewBox="0 0 24 24" aria-hidden="true">
<path d=${e} fill="var(--hp-${t})"></path>
</svg>`}export{h as FlagsCard};