import{a as e,c as t,i as n,l as r,o as i,s as a}from"./base-BnrNNQaJ.js";import{a as o,i as s,o as c,r as l}from"./axes-Cadk6hrI.js";import{a as u,c as d,n as f,o as p,s as m}from"./scale-EtbSrqaY.js";import{t as h}from"./period_card-pqvOAWRB.js";import{n as g}from"./statistics-Z_i3HwPx.js";var _=.3,v=2,y=.01,b={outside:[-7,0,7],supply:[30,35,45]};function x(e,t,n){return[`heating`,`hot_water`].flatMap(r=>{let i=e.flatMap(e=>{let i=e.modes[r];if(!i||i.electricity_kwh<_||i.heat_kwh<=0)return[];let a=t===`outside`?e.outside_c:i.supply_c;return a===null?[]:[{x:a,y:i.heat_kwh/i.electricity_kwh,weight:i.electricity_kwh,isToday:e.start===n}]});return i.length?[{mode:r,marks:i,curve:S(i)}]:[]})}function S(e){let t=e.filter(e=>!e.isToday),n=t.map(e=>e.x).sort((e,t)=>e-t),r=Math.ceil(n.length*y),[i,a]=[n[r],n.at(-1-r)];if(i===void 0||a===void 0)return[];let o=Math.max(Math.ceil((a-i)/(v/2)),1),s=Array.from({length:o+1},(e,t)=>i+(a-i)*t/o);return g(t,s,v)}function C(e,t){for(let n=1;n<e.length;n+=1){let[r,i]=[e[n-1],e[n]];if(t<r.x||t>i.x)continue;let a=(t-r.x)/(i.x-r.x||1);return r.y+(i.y-r.y)*a}return null}function w(e,t,n,r){return e.flatMap(({mode:e,curve:i})=>{let a=b[t].flatMap(e=>{let t=C(i,e);return t===null?[]:[n(`cop_at`,{cop:r.number(t,1),celsius:r.number(e,0)})]});return a.length?[`${n(e)}: ${a.join(`, `)}.`]:[]})}function T(e){let t=e.flatMap(({marks:e})=>e.map(e=>e.x));if(!t.length)return[0,10];let n=Math.floor(Math.min(...t)-.5);return[n,Math.max(Math.ceil(Math.max(...t)+.5),n+5)]}var E=[1,7],D=24,O=8,k=24,A=15,j=`l2.4 4.4h-4.8z`,M=class extends h{static{this.styles=[...h.styles,s,r`
      p {
        margin: 4px 0 8px;
      }
      .today {
        stroke: var(--hp-ink);
        stroke-width: 2;
        vector-effect: non-scaling-stroke;
      }
      circle.today {
        fill: var(--hp-heating);
      }
      path.today {
        fill: var(--hp-hot_water);
      }
      .name.heating {
        fill: var(--hp-heating-text);
      }
      .name.hot_water {
        fill: var(--hp-hot_water);
      }
    `]}static getConfigForm(){return e({...n,x:[[`outside`,`x_outside`],[`supply`,`x_supply`]]})}static getStubConfig(){return{x:`outside`}}getCardSize(){return 7}getGridOptions(){return{columns:18,min_columns:6}}content(e){let{t,format:n}=this,r=this.periodOf(e),o=this.days(e,r);if(!o)return this.waiting();let s=this.config?.x??`outside`,c=x(o,s,e.today.last),l=w(c,s,t,n),u=c.some(({marks:e})=>e.some(e=>e.isToday)),d=l.length?[...l,t(`band_is_most_days`),u?t(`ringed_today`):``].join(` `):t(`too_few_for_curve`);return a`
      <div class="head">
        <h2>${t(`cop_against_${s}`)}</h2>
        <span class="quiet">
          ${n.days(r.first,r.last)}${this.width>480?` · ${t(`one_mark_a_day`)}`:i}
        </span>
      </div>
      <p class="quiet">${d}</p>
      ${this.#e(c,d)}
    `}#e(e,t){let{width:n,format:r}=this,i=O+f(n*.5,[190,280]),o=i+k,s=T(e),p=u(s,[32,n-10]),m=u(E,[i,O]),h=d(s,n/60).filter(e=>p(e)<n-32);return a`<svg viewBox="0 0 ${n} ${o}" style="height: ${o}px" role="img"
        aria-label=${t}>
      ${c(d(E,7),m,[D,n],String)}
      ${l(h,p,i,e=>r.number(e,0))}
      <text class="tick" x=${n} y=${i+17} text-anchor="end">°C</text>
      ${e.map(e=>N(e,p,m))}
      ${e.map(e=>F(e,p,m))}
      ${e.map(e=>P(e,p,m))}
      ${e.map(({mode:e,marks:t})=>t.filter(e=>e.isToday).map(t=>I(e,t,p,m)))}
      ${this.#t(e,p,m)}
    </svg>`}#t(e,n,r){let i=e.flatMap(({mode:e,curve:t})=>{let[i,a]=[t[0],t.at(-1)];if(!i||!a)return[];let o=i.y>a.y?i:a,s=this.t(e),c=r(f(o.y+o.spread,E))-8;return[{mode:e,name:s,x:n(o.x),y:Math.max(c,19)}]});i.sort((e,t)=>e.y-t.y);let a=p(i.map(e=>e.y),A,[19,r(E[0])-4]);return i.map(({mode:e,name:n,x:r},i)=>{let o=m(n,12),s=f(r+o/2,[D+o,this.width-2]);return t`<text class="name halo ${e}" x=${s} y=${a[i]}
        text-anchor="end">${n}</text>`})}};function N({mode:e,curve:n},r,a){if(n.length<2)return i;let o=(e,t)=>`${r(e).toFixed(1)} ${a(f(t,E)).toFixed(1)}`,s=n.map(e=>o(e.x,e.y+e.spread)),c=n.map(e=>o(e.x,e.y-e.spread)).reverse();return t`<path d="M${[...s,...c].join(`L`)}Z" fill="var(--hp-${e})"
    opacity="0.15"></path>`}function P({mode:e,curve:n},r,a){if(n.length<2)return i;let o=`M${n.map(e=>`${r(e.x).toFixed(1)} ${a(f(e.y,E)).toFixed(1)}`).join(`L`)}`;return t`<path d=${o} fill="none" stroke="var(--hp-card)" stroke-width="4"></path>
    <path d=${o} fill="none" stroke="var(--hp-${e})" stroke-width="2"></path>`}function F({mode:e,marks:n},r,i){let a=n.filter(e=>!e.isToday).map(e=>[r(e.x),i(f(e.y,E))]);if(e===`heating`)return o(a,2.1,`var(--hp-heating)`,.55);let s=a.map(([e,t])=>`M${e.toFixed(1)} ${(t-2.6).toFixed(1)}${j}`);return t`<path d=${s.join(``)} fill="var(--hp-hot_water)" opacity="0.55"></path>`}function I(e,n,r,i){let[a,o]=[r(n.x),i(f(n.y,E))];return e===`heating`?t`<circle class="today" cx=${a} cy=${o} r="4.6"></circle>`:t`<path class="today" transform="translate(${a} ${o}) scale(2.2)"
        d="M0 -2.6${j}"></path>`}export{M as ScatterCard};