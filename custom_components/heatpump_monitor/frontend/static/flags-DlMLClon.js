import{H as e,V as t,lt as n,st as r,tt as i,ut as a}from"./shared-tNZMYE1I.js";import"./health-B7sKEZuh.js";import{n as o,r as s,t as c}from"./list-CuGjK47H.js";var l=8;function u(e,t,n){let r=e.toSorted((e,t)=>Date.parse(t.start)-Date.parse(e.start)),i=r.filter(({end:e})=>e===null),a=d(r.filter(({end:e})=>e!==null)),o=Math.max(l-i.length,0);return{open:i.map(e=>f([e],t,n)),over:a.slice(0,o).map(e=>f(e,t,n)),more:Math.max(a.length-o,0)}}function d(e){let t=/* @__PURE__ */ new Map;for(let n of e){let e=t.get(n.kind)??[];t.set(n.kind,[...e,n])}return[...t.values()]}function f(e,t,n){let{kind:i,start:a,end:o}=e[0],s=`flag_${i}`,c=`flag_${i}_so`,l=o===null?0:(Date.parse(o)-Date.parse(a))/6e4,u=`${n.day(a)}, ${n.time(a)}`;return{title:r(s)?t(s):t(`flag_unknown`),consequence:r(c)?t(c):i,when:e.length>1?t(`times_since`,{count:e.length,day:n.day(e.at(-1).start)}):l>=1?`${u}, ${n.duration(l)}`:u}}var p=`M13 14H11V9H13M13 18H11V16H13M1 21H23L12 2L1 21Z`,m=`M12 2C6.5 2 2 6.5 2 12S6.5 22 12 22 22 17.5 22 12 17.5 2 12 2M10 17L5 12L6.4 10.6L10 14.2L17.6 6.6L19 8L10 17Z`,h=`M13.5,8H12V13L16.3,15.5L17,14.3L13.5,12.3V8M13,3A9,9 0 0,0 4,12H1L5,16L9,12H6A7,7 0 0,1 13,5A7,7 0 0,1 20,12A7,7 0 0,1 13,19C11.1,19 9.3,18.2 8.1,16.9L6.6,18.4C8.3,20 10.5,21 13,21A9,9 0 0,0 22,12A9,9 0 0,0 13,3`,g=class extends t{static{this.styles=[...t.styles,s]}getCardSize(){return 5}content(t){let{t:r,format:s}=this,l=[e(t.time),t.heat_pump.stale_since].join(),d=this.asked(`flags`,l,i);if(!d)return this.waiting();let{open:f,over:g,more:v}=u(d,r,s);return a`
<div class="head">
<h2>${r(`flags`)}</h2>
${d.length?a`<span class="quiet">
${f.length?r(`open_count`,{count:f.length}):r(`none_open`)}
</span>`:n}
</div>
${f.length?a`<h3>${r(`to_do`)}</h3>`:n}
${o(_(f,p,`warning`))}
${f.length&&g.length?a`<h3>${r(`happened`)}</h3>`:n}
${o(_(g,h,`quiet`))}
${v?a`<div class="quiet">${r(`more_flags`,{count:v})}</div>`:n}
${d.length?n:a`<p class="good">${c(m,`good`)}${r(`no_flags`)}</p>`}
`}};function _(e,t,n){return e.map(({title:e,consequence:r,when:i})=>({title:e,when:i,lines:[r],icon:c(t,n)}))}export{g as FlagsCard};