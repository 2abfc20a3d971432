import{B as e,C as t,K as n,Q as r,R as i,S as a,W as o,X as s,Y as c,Z as l,b as u,ct as d,lt as f,ot as p,p as m,st as h,z as g}from"./shared-CdG9aF0b.js";import{t as _}from"./spread-KSlJlS9z.js";import"./efficiency-C7nC5XMz.js";var v=1.28,y=6;function b(e,t,n){return t.flatMap(t=>{let[r,i,a,o,s,c]=[0,0,0,0,0,0],l=e.map(({x:e,weight:r})=>{let i=(e-t)/n;return r*Math.exp(-(i*i)/2)});e.forEach(({x:e,y:u},d)=>{let[f,p]=[l[d],e-t];r+=f,i+=f*p,a+=f*p*p,o+=f*u,s+=f*p*u,Math.abs(p)<=n&&(c+=1)});let u=r*a-i*i;if(c<y||u<=1e-9*r*r)return[];let d=(r*s-i*o)/u,f=(o-d*i)/r,p=0;return e.forEach(({x:e,y:n},r)=>{p+=l[r]*(n-f-d*(e-t))**2}),[{x:t,y:f,spread:v*Math.sqrt(p/r)}]})}var x=.3,S=2,C=.01,w={outside:[-7,0,7],supply:[30,35,45]};function T(e){let t=e.filter(({modes:e})=>e.heating??e.hot_water),n=t.filter(({modes:e})=>(e.heating?.supply_c??e.hot_water?.supply_c??null)!==null);return{without:t.length-n.length,all:t.length}}function E(e,t,n){return[`heating`,`hot_water`].flatMap(r=>{let i=e.flatMap(e=>{let i=e.modes[r];if(!i||i.electricity_kwh<x||i.heat_kwh<=0)return[];let a=t===`outside`?e.outside_c:i.supply_c;return a===null?[]:[{x:a,y:i.heat_kwh/i.electricity_kwh,weight:i.electricity_kwh,day:e.start,isToday:e.start===n}]});return i.length?[{mode:r,marks:i,curve:D(i)}]:[]})}function D(e){let t=e.filter(e=>!e.isToday),n=t.map(e=>e.x).sort((e,t)=>e-t),r=Math.ceil(n.length*C),[i,a]=[n[r],n.at(-1-r)];if(i===void 0||a===void 0)return[];let o=Math.max(Math.ceil((a-i)/(S/2)),1);return b(t,Array.from({length:o+1},(e,t)=>i+(a-i)*t/o),S)}function O(e,t){for(let n=1;n<e.length;n+=1){let[r,i]=[e[n-1],e[n]];if(t<r.x||t>i.x)continue;let a=(t-r.x)/(i.x-r.x||1);return r.y+(i.y-r.y)*a}return null}function k(e,t,n,r){return e.flatMap(({mode:e,curve:i})=>{let a=w[t].flatMap(e=>{let t=O(i,e);return t===null?[]:[n(`cop_at`,{cop:r.number(t,1),at:`${r.degrees(e,0)}\u00a0${r.degreeUnit}`})]});return a.length?[`${n(e)}: ${a.join(`, `)}.`]:[]})}function A(e){let t=e.flatMap(({marks:e})=>e.map(e=>e.x));if(!t.length)return[0,10];let n=Math.floor(Math.min(...t)-.5);return[n,Math.max(Math.ceil(Math.max(...t)+.5),n+5)]}var j=[1,7],M=24,N=8,P=24,F=15,I=`l2.4 4.4h-4.8z`,L=class extends m{static{this.styles=[...m.styles,i,f`
p{margin:4px 0 8px;}.switch{display:flex;gap:8px;margin:4px 0;}button{flex:0 1 auto;min-height:44px;padding:0 14px;line-height:16px;color:var(--hp-quiet);background:none;border:1px solid var(--hp-line);border-radius:22px;font:inherit;cursor:pointer;}button[aria-pressed="true"]{color:var(--hp-ink);font-weight:500;background:color-mix(in srgb,var(--primary-color,#009ac7) 18%,var(--hp-card));border-color:transparent;}button:focus-visible{outline:2px solid var(--primary-color,#009ac7);outline-offset:2px;}.today{stroke:var(--hp-ink);stroke-width:2;vector-effect:non-scaling-stroke;}circle.today{fill:var(--hp-heating);}path.today{fill:var(--hp-hot_water);}.name.heating{fill:var(--hp-heating-text);}.name.hot_water{fill:var(--hp-hot_water);}`]}static{this.properties={...m.properties,against:{state:!0}}}#e=new r(this);constructor(){super(),this.against=null}static getConfigForm(){return t({...a,x:[[`outside`,`x_outside`],[`supply`,`x_supply`]]})}getCardSize(){return 7}getGridOptions(){return{columns:18,min_columns:6}}content(e){let{t,format:n}=this,r=this.periodOf(e),i=this.days(e,r);if(!i)return this.waiting();let{without:a,all:o}=T(i),s=this.against??this.config?.x??`outside`,c=a<o?s:`outside`,l=E(i,c,e.today.last),u=k(l,c,t,n),d=l.some(({marks:e})=>e.some(e=>e.isToday)),f=u.length?[...u,t(`band_is_most_days`),d?t(`ringed_today`):``].join(` `):t(`too_few_for_curve`);return h`
<div class="head">
<h2>${t(`cop_against_${c}`)}</h2>
<span class="quiet">
${n.days(r.first,r.last)}${this.width>480?` · ${t(`one_mark_a_day`)}`:p}
</span>
</div>
${a<o?this.#t(c):p}
<p class="quiet">${f}</p>
${l.length?this.#n(l,f):p}
${a&&(c===`supply`||s===`supply`)?h`<p class="quiet">
${t(`without_supply`,{without:n.number(a,0),all:n.number(o,0)})}
</p>`:p}
`}#t(e){return h`<div class="switch" role="group" aria-label=${this.t(`setting_x`)}>
${[`outside`,`supply`].map(t=>h`<button
type="button"
aria-pressed=${t===e}
@click=${()=>this.against=t}
>
${this.t(`switch_${t}`)}
</button>`)}
</div>`}#n(t,r){let{width:i,format:a}=this,s=N+n(i*.5,[190,280]),u=s+P,d=A(t),f=c(d,[32,i-10]),p=c(j,[s,N]),m=this.#e.layer({label:this.t(`arrow_keys`,{name:this.t(`cop_of_each_day`)}),width:i,height:u,steps:[1,10],spots:()=>this.#r(t,f,p)});return h`<div class="chart"><svg viewBox="0 0 ${i} ${u}"
style="height: ${u}px" role="img" aria-label=${r}>
${e(l(j,7),p,[M,i],String)}
${o(d,f,s,i,a)}
${t.map(e=>R(e,f,p))}
${t.map(e=>B(e,f,p))}
${t.map(e=>z(e,f,p))}
${t.map(({mode:e,marks:t})=>t.filter(e=>e.isToday).map(t=>V(e,t,f,p)))}
${this.#i(t,f,p)}
</svg>${m}</div>`}#r(e,t,r){let{t:i,format:a}=this;return e.flatMap(({mode:e,marks:o})=>o.map(o=>({x:t(o.x),y:r(n(o.y,j)),get says(){return[a.date(o.day),`${i(e)} ${u(a.temperature(o.x))}`,`${i(`cop`)} ${a.number(o.y,1)}`]}}))).sort((e,t)=>e.x-t.x)}#i(e,t,r){let i=e.flatMap(({mode:e,curve:i})=>{let[a,o]=[i[0],i.at(-1)];if(!a||!o)return[];let s=a.y>o.y?a:o,c=this.t(e),l=r(n(s.y+s.spread,j))-8;return[{mode:e,name:c,x:t(s.x),y:Math.max(l,19)}]});i.sort((e,t)=>e.y-t.y);let a=_(i.map(e=>e.y),F,[19,r(j[0])-4]);return i.map(({mode:e,name:t,x:r},i)=>{let o=s(t,12),c=n(r+o/2,[M+o,this.width-2]);return d`<text class="name halo ${e}" x=${c} y=${a[i]}
text-anchor="end">${t}</text>`})}};function R({mode:e,curve:t},r,i){if(t.length<2)return p;let a=(e,t)=>`${r(e).toFixed(1)} ${i(n(t,j)).toFixed(1)}`,o=t.map(e=>a(e.x,e.y+e.spread)),s=t.map(e=>a(e.x,e.y-e.spread)).reverse();return d`<path d="M${[...o,...s].join(`L`)}Z" fill="var(--hp-${e})"
opacity="0.15"></path>`}function z({mode:e,curve:t},r,i){if(t.length<2)return p;let a=`M${t.map(e=>`${r(e.x).toFixed(1)} ${i(n(e.y,j)).toFixed(1)}`).join(`L`)}`;return d`<path d=${a} fill="none" stroke="var(--hp-card)" stroke-width="4"></path>
<path d=${a} fill="none" stroke="var(--hp-${e})" stroke-width="2"></path>`}function B({mode:e,marks:t},r,i){let a=t.filter(e=>!e.isToday).map(e=>[r(e.x),i(n(e.y,j))]);if(e===`heating`)return g(a,2.1,`var(--hp-heating)`,.55);let o=a.map(([e,t])=>`M${e.toFixed(1)} ${(t-2.6).toFixed(1)}${I}`);return d`<path d=${o.join(``)} fill="var(--hp-hot_water)" opacity="0.55"></path>`}function V(e,t,r,i){let[a,o]=[r(t.x),i(n(t.y,j))];return e===`heating`?d`<circle class="today" cx=${a} cy=${o} r="4.6"></circle>`:d`<path class="today" transform="translate(${a} ${o}) scale(2.2)"
d="M0 -2.6${I}"></path>`}export{L as ScatterCard};