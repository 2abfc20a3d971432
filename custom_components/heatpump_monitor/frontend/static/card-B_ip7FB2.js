import{a as e,f as t,t as n}from"./mdi-DQEwNPUK.js";import{a as r,l as i,o as a,s as o}from"./base-BnrNNQaJ.js";import{i as s}from"./ask-Ss6qrA6J.js";import{n as c,t as l}from"./asking_card-17APxbMg.js";import{t as u}from"./texts-DjuP2eY9.js";var d=8;function f(e,t,n){let r=e.toSorted((e,t)=>Date.parse(t.start)-Date.parse(e.start)),i=r.filter(({end:e})=>e===null),a=p(r.filter(({end:e})=>e!==null)),o=Math.max(d-i.length,0);return{open:i.map(e=>m([e],t,n)),over:a.slice(0,o).map(e=>m(e,t,n)),more:Math.max(a.length-o,0)}}function p(e){let t=new Map;for(let n of e){let e=t.get(n.kind)??[];t.set(n.kind,[...e,n])}return[...t.values()]}function m(e,t,n){let{kind:r,start:i,end:a}=e[0],o=`flag_${r}`,s=`flag_${r}_so`,c=a===null?0:(Date.parse(a)-Date.parse(i))/6e4,l=`${n.day(i)}, ${n.time(i)}`;return{title:u(o)?t(o):t(`flag_unknown`),consequence:u(s)?t(s):r,when:e.length>1?t(`times_since`,{count:e.length,day:n.day(e.at(-1).start)}):c>=1?`${l}, ${n.duration(c)}`:l}}var h=class extends l{static{this.styles=[...l.styles,i`
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
    `]}static getConfigForm(){return r()}static getStubConfig(){return{}}getCardSize(){return 5}content(r){let{t:i,format:l}=this,u=[c(r.time),r.heat_pump.stale_since].join(),d=this.asked(`flags`,u,s);if(!d)return this.waiting();let{open:p,over:m,more:h}=f(d,i,l);return o`
      <div class="head">
        <h2>${i(`flags`)}</h2>
        ${d.length?o`<span class="quiet">
                ${p.length?i(`open_count`,{count:p.length}):i(`none_open`)}
              </span>`:a}
      </div>
      ${p.length?o`<h3>${i(`to_do`)}</h3>`:a}
      ${g(p,n,`warning`)}
      ${p.length&&m.length?o`<h3>${i(`happened`)}</h3>`:a}
      ${g(m,t,`quiet`)}
      ${h?o`<div class="quiet">${i(`more_flags`,{count:h})}</div>`:a}
      ${d.length?a:o`<p class="good">${_(e,`good`)}${i(`no_flags`)}</p>`}
    `}};function g(e,t,n){return e.length?o`<ul>
    ${e.map(({title:e,consequence:r,when:i})=>o`<li>
        ${_(t,n)}
        <div>
          <span>${e}</span>
          <span class="quiet">${i}</span>
          <span class="quiet consequence">${r}</span>
        </div>
      </li>`)}
  </ul>`:a}function _(e,t){return o`<svg viewBox="0 0 24 24" aria-hidden="true">
    <path d=${e} fill="var(--hp-${t})"></path>
  </svg>`}export{h as FlagsCard};