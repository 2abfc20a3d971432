import{D as e,E as t,F as n,I as r,O as i,Q as a,S as o,T as s,X as c,Y as l,Z as u,dt as d,ft as f,lt as p,m,n as h,ut as g}from"./shared-D7A7ZQN7.js";import"./efficiency-CgmR3t9e.js";var _=.3,v=2,y=.01,b={outside:[-7,0,7],supply:[30,35,45]};function x(e,t,n){return[`heating`,`hot_water`].flatMap(r=>{let i=e.flatMap(e=>{let i=e.modes[r];if(!i||i.electricity_kwh<_||i.heat_kwh<=0)return[];let a=t===`outside`?e.outside_c:i.supply_c;return a===null?[]:[{x:a,y:i.heat_kwh/i.electricity_kwh,weight:i.electricity_kwh,isToday:e.start===n}]});return i.length?[{mode:r,marks:i,curve:S(i)}]:[]})}function S(e){let t=e.filter(e=>!e.isToday),n=t.map(e=>e.x).sort((e,t)=>e-t),r=Math.ceil(n.length*y),[i,a]=[n[r],n.at(-1-r)];if(i===void 0||a===void 0)return[];let o=Math.max(Math.ceil((a-i)/(v/2)),1),s=Array.from({length:o+1},(e,t)=>i+(a-i)*t/o);return h(t,s,v)}function C(e,t){for(let n=1;n<e.length;n+=1){let[r,i]=[e[n-1],e[n]];if(t<r.x||t>i.x)continue;let a=(t-r.x)/(i.x-r.x||1);return r.y+(i.y-r.y)*a}return null}function w(e,t,n,r){return e.flatMap(({mode:e,curve:i})=>{let a=b[t].flatMap(e=>{let t=C(i,e);return t===null?[]:[n(`cop_at`,{cop:r.number(t,1),celsius:r.number(e,0)})]});return a.length?[`${n(e)}: ${a.join(`, `)}.`]:[]})}function T(e){let t=e.flatMap(({marks:e})=>e.map(e=>e.x));if(!t.length)return[0,10];let n=Math.floor(Math.min(...t)-.5);return[n,Math.max(Math.ceil(Math.max(...t)+.5),n+5)]}var E=[1,7],D=24,O=8,k=24,A=15,j=`l2.4 4.4h-4.8z`,M=class extends m{static{this.styles=[...m.styles,c,f`
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
`]}static getConfigForm(){return r({...n,x:[[`outside`,`x_outside`],[`supply`,`x_supply`]]})}getCardSize(){return 7}getGridOptions(){return{columns:18,min_columns:6}}content(e){let{t,format:n}=this,r=this.periodOf(e),i=this.days(e,r);if(!i)return this.waiting();let a=this.config?.x??`outside`,o=x(i,a,e.today.last),s=w(o,a,t,n),c=o.some(({marks:e})=>e.some(e=>e.isToday)),l=s.length?[...s,t(`band_is_most_days`),c?t(`ringed_today`):``].join(` `):t(`too_few_for_curve`);return g`
<div class="head">
<h2>${t(`cop_against_${a}`)}</h2>
<span class="quiet">
${n.days(r.first,r.last)}${this.width>480?` · ${t(`one_mark_a_day`)}`:p}
</span>
</div>
<p class="quiet">${l}</p>
${o.length?this.#e(o,l):p}
`}#e(e,t){let{width:n,format:r}=this,c=O+o(n*.5,[190,280]),u=c+k,d=T(e),f=s(d,[32,n-10]),p=s(E,[c,O]),m=i(d,n/60).filter(e=>f(e)<n-32);return g`<svg viewBox="0 0 ${n} ${u}" style="height: ${u}px" role="img"
aria-label=${t}>
${a(i(E,7),p,[D,n],String)}
${l(m,f,c,e=>r.number(e,0))}
<text class="tick" x=${n} y=${c+17} text-anchor="end">°C</text>
${e.map(e=>N(e,f,p))}
${e.map(e=>F(e,f,p))}
${e.map(e=>P(e,f,p))}
${e.map(({mode:e,marks:t})=>t.filter(e=>e.isToday).map(t=>I(e,t,f,p)))}
${this.#t(e,f,p)}
</svg>`}#t(n,r,i){let a=n.flatMap(({mode:e,curve:t})=>{let[n,a]=[t[0],t.at(-1)];if(!n||!a)return[];let s=n.y>a.y?n:a,c=this.t(e),l=i(o(s.y+s.spread,E))-8;return[{mode:e,name:c,x:r(s.x),y:Math.max(l,19)}]});a.sort((e,t)=>e.y-t.y);let s=t(a.map(e=>e.y),A,[19,i(E[0])-4]);return a.map(({mode:t,name:n,x:r},i)=>{let a=e(n,12),c=o(r+a/2,[D+a,this.width-2]);return d`<text class="name halo ${t}" x=${c} y=${s[i]}
text-anchor="end">${n}</text>`})}};function N({mode:e,curve:t},n,r){if(t.length<2)return p;let i=(e,t)=>`${n(e).toFixed(1)} ${r(o(t,E)).toFixed(1)}`,a=t.map(e=>i(e.x,e.y+e.spread)),s=t.map(e=>i(e.x,e.y-e.spread)).reverse();return d`<path d="M${[...a,...s].join(`L`)}Z" fill="var(--hp-${e})"
opacity="0.15"></path>`}function P({mode:e,curve:t},n,r){if(t.length<2)return p;let i=`M${t.map(e=>`${n(e.x).toFixed(1)} ${r(o(e.y,E)).toFixed(1)}`).join(`L`)}`;return d`<path d=${i} fill="none" stroke="var(--hp-card)" stroke-width="4"></path>
<path d=${i} fill="none" stroke="var(--hp-${e})" stroke-width="2"></path>`}function F({mode:e,marks:t},n,r){let i=t.filter(e=>!e.isToday).map(e=>[n(e.x),r(o(e.y,E))]);if(e===`heating`)return u(i,2.1,`var(--hp-heating)`,.55);let a=i.map(([e,t])=>`M${e.toFixed(1)} ${(t-2.6).toFixed(1)}${j}`);return d`<path d=${a.join(``)} fill="var(--hp-hot_water)" opacity="0.55"></path>`}function I(e,t,n,r){let[i,a]=[n(t.x),r(o(t.y,E))];return e===`heating`?d`<circle class="today" cx=${i} cy=${a} r="4.6"></circle>`:d`<path class="today" transform="translate(${i} ${a}) scale(2.2)"
d="M0 -2.6${j}"></path>`}export{M as ScatterCard};