import{B as e,D as t,E as n,G as r,L as i,M as a,O as o,P as s,R as c,dt as l,ft as u,lt as d,p as f,ut as p,z as m}from"./shared-tNZMYE1I.js";import{PERIOD_CHOICE as h,form as g}from"./form-BurAX6Yy.js";import{t as _}from"./spread-KSlJlS9z.js";import"./efficiency-B8inCusw.js";import{ChangeMarks as v,onDay as y,said as b}from"./marks-DF7meol6.js";import{t as x}from"./switch-Cd0YIZVF.js";var S=1.28,C=6;function w(e,t,n){return t.flatMap(t=>{let[r,i,a,o,s,c]=[0,0,0,0,0,0],l=e.map(({x:e,weight:r})=>{let i=(e-t)/n;return r*Math.exp(-(i*i)/2)});e.forEach(({x:e,y:u},d)=>{let[f,p]=[l[d],e-t];r+=f,i+=f*p,a+=f*p*p,o+=f*u,s+=f*p*u,Math.abs(p)<=n&&(c+=1)});let u=r*a-i*i;if(c<C||u<=1e-9*r*r)return[];let d=(r*s-i*o)/u,f=(o-d*i)/r,p=0;return e.forEach(({x:e,y:n},r)=>{p+=l[r]*(n-f-d*(e-t))**2}),[{x:t,y:f,spread:S*Math.sqrt(p/r)}]})}var T=.3,E=2,D=.01,O={outside:[-7,0,7],supply:[30,35,45]};function k(e){let t=e.filter(({modes:e})=>e.heating??e.hot_water),n=t.filter(({modes:e})=>(e.heating?.supply_c??e.hot_water?.supply_c??null)!==null);return{without:t.length-n.length,all:t.length}}function A(e,t,n){return[`heating`,`hot_water`].flatMap(r=>{let i=e.flatMap(e=>{let i=e.modes[r];if(!i||i.electricity_kwh<T||i.heat_kwh<=0)return[];let a=t===`outside`?e.outside_c:i.supply_c;return a===null?[]:[{x:a,y:i.heat_kwh/i.electricity_kwh,weight:i.electricity_kwh,day:e.start,isToday:e.start===n}]});return i.length?[{mode:r,marks:i,curve:j(i)}]:[]})}function j(e){let t=e.filter(e=>!e.isToday),n=t.map(e=>e.x).sort((e,t)=>e-t),r=Math.ceil(n.length*D),[i,a]=[n[r],n.at(-1-r)];if(i===void 0||a===void 0)return[];let o=Math.max(Math.ceil((a-i)/(E/2)),1);return w(t,Array.from({length:o+1},(e,t)=>i+(a-i)*t/o),E)}function M(e,t){for(let n=1;n<e.length;n+=1){let[r,i]=[e[n-1],e[n]];if(t<r.x||t>i.x)continue;let a=(t-r.x)/(i.x-r.x||1);return r.y+(i.y-r.y)*a}return null}function N(e,t,n,r){return e.flatMap(({mode:e,curve:i})=>{let a=O[t].flatMap(e=>{let t=M(i,e);return t===null?[]:[n(`cop_at`,{cop:r.number(t,1),at:`${r.degrees(e,0)}\u00a0${r.degreeUnit}`})]});return a.length?[`${n(e)}: ${a.join(`, `)}.`]:[]})}function P(e){let t=e.flatMap(({marks:e})=>e.map(e=>e.x));if(!t.length)return[0,10];let n=Math.floor(Math.min(...t)-.5);return[n,Math.max(Math.ceil(Math.max(...t)+.5),n+5)]}var F=[1,7],I=24,L=8,R=24,z=15,B=`l2.4 4.4h-4.8z`,V=class extends f{static{this.styles=[...f.styles,n,x,u`
p{margin:4px 0 8px;}.today{stroke:var(--hp-ink);stroke-width:2;vector-effect:non-scaling-stroke;}circle.today{fill:var(--hp-heating);}path.today{fill:var(--hp-hot_water);}.name.heating{fill:var(--hp-heating-text);}.name.hot_water{fill:var(--hp-hot_water);}`]}static{this.properties={...f.properties,against:{state:!0}}}#e=new e(this);#t=new v(this);constructor(){super(),this.against=null}static async getConfigForm(){return g({...h,x:[[`outside`,`x_outside`],[`supply`,`x_supply`]]})}getCardSize(){return 7}getGridOptions(){return{columns:18,min_columns:6}}content(e){let{t,format:n}=this,r=this.periodOf(e),i=this.days(e,r);if(!i)return this.waiting();let{without:a,all:o}=k(i),s=this.against??this.config?.x??`outside`,c=a<o?s:`outside`,l=A(i,c,e.today.last),u=N(l,c,t,n),f=l.some(({marks:e})=>e.some(e=>e.isToday)),m=u.length?[...u,t(`band_is_most_days`),f?t(`ringed_today`):``].join(` `):t(`too_few_for_curve`);return p`
<div class="head">
<h2>${t(`cop_against_${c}`)}</h2>
<span class="quiet">
${n.days(r.first,r.last)}${this.width>480?` · ${t(`one_mark_a_day`)}`:d}
</span>
</div>
${a<o?this.#n(c):d}
<p class="quiet">${m}</p>
${l.length?this.#r(e,l,m):d}
${a&&(c===`supply`||s===`supply`)?p`<p class="quiet">
${t(`without_supply`,{without:n.number(a,0),all:n.number(o,0)})}
</p>`:d}
`}#n(e){return p`<div class="switch" role="group" aria-label=${this.t(`setting_x`)}>
${[`outside`,`supply`].map(t=>p`<button
type="button"
aria-pressed=${t===e}
@click=${()=>this.against=t}
>
${this.t(`switch_${t}`)}
</button>`)}
</div>`}#r(e,t,n){let{width:r,format:c}=this,l=L+s(r*.5,[190,280]),u=l+R,d=P(t),f=i(d,[32,r-10]),h=i(F,[l,L]),g=this.#t.of(this.hass,this.config,e,c),_=this.#e.layer({label:this.t(`arrow_keys`,{name:this.t(`cop_of_each_day`)}),width:r,height:u,steps:[1,10],spots:()=>this.#i(t,g,f,h)});return p`<div class="chart"><svg viewBox="0 0 ${r} ${u}"
style="height: ${u}px" role="img" aria-label=${n}>
${o(m(F,7),h,[I,r],String)}
${a(d,f,l,r,c)}
${t.map(e=>H(e,f,h))}
${t.map(e=>W(e,f,h))}
${t.map(e=>U(e,f,h))}
${t.map(({mode:e,marks:t})=>t.filter(e=>e.isToday).map(t=>G(e,t,f,h)))}
${this.#a(t,f,h)}
</svg>${_}</div>`}#i(e,t,n,i){let{t:a,format:o}=this;return e.flatMap(({mode:e,marks:c})=>c.map(c=>({x:n(c.x),y:i(s(c.y,F)),get says(){return[o.date(c.day),`${a(e)} ${r(o.temperature(c.x))}`,`${a(`cop`)} ${o.number(c.y,1)}`,...b(y(t,c.day),a,o)]}}))).sort((e,t)=>e.x-t.x)}#a(e,t,n){let r=e.flatMap(({mode:e,curve:r})=>{let[i,a]=[r[0],r.at(-1)];if(!i||!a)return[];let o=i.y>a.y?i:a,c=this.t(e),l=n(s(o.y+o.spread,F))-8;return[{mode:e,name:c,x:t(o.x),y:Math.max(l,19)}]});r.sort((e,t)=>e.y-t.y);let i=_(r.map(e=>e.y),z,[19,n(F[0])-4]);return r.map(({mode:e,name:t,x:n},r)=>{let a=c(t,12),o=s(n+a/2,[I+a,this.width-2]);return l`<text class="name halo ${e}" x=${o} y=${i[r]}
text-anchor="end">${t}</text>`})}};function H({mode:e,curve:t},n,r){if(t.length<2)return d;let i=(e,t)=>`${n(e).toFixed(1)} ${r(s(t,F)).toFixed(1)}`,a=t.map(e=>i(e.x,e.y+e.spread)),o=t.map(e=>i(e.x,e.y-e.spread)).reverse();return l`<path d="M${[...a,...o].join(`L`)}Z" fill="var(--hp-${e})"
opacity="0.15"></path>`}function U({mode:e,curve:t},n,r){if(t.length<2)return d;let i=`M${t.map(e=>`${n(e.x).toFixed(1)} ${r(s(e.y,F)).toFixed(1)}`).join(`L`)}`;return l`<path d=${i} fill="none" stroke="var(--hp-card)" stroke-width="4"></path>
<path d=${i} fill="none" stroke="var(--hp-${e})" stroke-width="2"></path>`}function W({mode:e,marks:n},r,i){let a=n.filter(e=>!e.isToday).map(e=>[r(e.x),i(s(e.y,F))]);if(e===`heating`)return t(a,2.1,`var(--hp-heating)`,.55);let o=a.map(([e,t])=>`M${e.toFixed(1)} ${(t-2.6).toFixed(1)}${B}`);return l`<path d=${o.join(``)} fill="var(--hp-hot_water)" opacity="0.55"></path>`}function G(e,t,n,r){let[i,a]=[n(t.x),r(s(t.y,F))];return e===`heating`?l`<circle class="today" cx=${i} cy=${a} r="4.6"></circle>`:l`<path class="today" transform="translate(${i} ${a}) scale(2.2)"
d="M0 -2.6${B}"></path>`}export{V as ScatterCard};