import{B as e,C as t,E as n,V as r,Z as i,_ as a,dt as o,ft as s,g as c,k as l,lt as u,ut as d}from"./shared-tNZMYE1I.js";import"./health-B7sKEZuh.js";import{ChangeMarks as f,onDay as p,said as m,spoken as h,within as g}from"./marks-DF7meol6.js";var _=.95,v=.05,y=3;function b(e,{first:t,last:n,firstEver:r}){let i=new Map(e.map(e=>[e.start,e.coverage])),o=r??n,s=o>t?o:t,l=Array.from({length:a(s,n)},(e,t)=>{let r=c(s,t),a=i.get(r)??null;return{day:r,coverage:a,state:x(a,r===n)}});return{days:l,holes:S(l)}}function x(e,t){return e===null?t?`in_part`:`not_measured`:e>=_?`measured`:e<=v?`not_measured`:`in_part`}function S(e){let t=[];for(let{day:n,state:r}of e){if(r!==`not_measured`)continue;let e=t.at(-1);e&&c(e.last,1)===n?(e.last=n,e.count+=1):t.push({first:n,last:n,count:1})}return t.toSorted((e,t)=>t.count-e.count).slice(0,y).toSorted((e,t)=>e.first<t.first?-1:1)}function C(e){return((/* @__PURE__ */ new Date(`${e}T00:00:00Z`)).getUTCDay()+6)%7}function w(e,t){let n=C(e);return{row:n,column:(a(t,e)-1-n+C(t))/7}}function T(e,t){let n=e=>12*Number(e.slice(0,4))+Number(e.slice(5,7));return{row:n(e)-n(t),column:Number(e.slice(8))-1}}var E=365,D=53,O=560,k=16,A=31,j=[`measured`,`in_part`,`not_measured`,`today`,`a_change`],M=class extends r{static{this.styles=[...r.styles,n,s`
.head{flex-wrap:wrap;gap:0 12px;margin-bottom:8px;}.measured{fill:color-mix(in srgb,var(--hp-ink) 14%,transparent);}.in_part{fill:color-mix(in srgb,var(--hp-ink) 8%,transparent);stroke:var(--hp-ink);}.not_measured{stroke:var(--hp-ink);}.today{fill:none;stroke:var(--primary-color,#009ac7);stroke-width:2;}.key svg{width:14px;}ul{margin:8px 0 0;padding:0;list-style:none;}`]}#e=new e(this);#t=new f(this);getCardSize(){return 4}content(e){let{last:t}=e.today,n={first:c(t,-364),last:t},r=this.asked(`days`,t,(e,t)=>i(e,t,n));if(!r)return this.waiting();let{t:a,format:o}=this,s=e.rolling_year,l=g(this.#t.of(this.hass,this.config,e,o),n.first,t),{days:f,holes:p}=b(r,{...n,firstEver:e.first_day}),m=a(`days_and_coverage`,{paired:o.number(s.paired_days,1),days:o.number(E,0),share:s.coverage===null?`–`:`${o.number(100*s.coverage,1)}\u00a0%`});return d`
<div class="head">
<h2>${a(`what_was_measured`,{days:E})}</h2>
<span class="quiet">${m}</span>
</div>
${this.#n(f,l,`${m}${h(l,a,o)}`)}
${p.length?d`<ul class="quiet">
${p.map(e=>d`<li>
${a(e.count===1?`hole_of_one`:`hole`,{days:o.days(e.first,e.last),count:e.count})}
</li>`)}
</ul>`:u}
<div class="legend" aria-hidden="true">
${j.filter(e=>e!==`a_change`||l.size).map(e=>d`<span class="key">
<svg viewBox="0 0 14 14">
${e===`a_change`?[P(2,2,10,`measured`),N(7,7,10)]:P(2,2,10,e)}
</svg>
${a(e===`measured`?`measured_label`:e)}
</span>`)}
</div>
`}#n(e,t,n){let{width:r,format:i,t:a}=this,[s]=e;if(!s)return u;let f=r>=O,h=f?18:2,g=f?D:A,_=Math.min((r-38)/g,k),v=e.map(({day:e})=>(f?w:T)(e,s.day)),y=({column:e,row:t})=>[38+_*e,h+_*t],b=f?7:1+Math.max(...v.map(({row:e})=>e)),x=_-Math.max(_*.16,1),S=f?[...this.#r(e,v).map(({text:e,column:t})=>({text:e,x:38+_*t,y:11})),...[0,2,4,6].map(e=>({text:i.weekday(c(`2024-01-01`,e)),x:0,y:h+_*(e+.5)+4}))]:this.#i(e,v).map(({text:e,row:t})=>({text:e,x:0,y:h+_*Math.max(t+.5,.5)+4})),C=h+_*b+2,j=this.#e.layer({label:a(`arrow_keys`,{name:a(`what_was_measured`,{days:E})}),width:r,height:C,steps:f?[7,1]:[1,A],spots:()=>e.map(({day:e,state:n,coverage:r},o)=>{let[s,c]=y(v[o]),l=a(n===`measured`?`measured_label`:n);return{x:s+x/2,y:c+x/2,says:[i.date(e),`${l}: ${i.percent(r)}`,...m(p(t,e),a,i)]}})});return d`<div class="chart"><svg viewBox="0 0 ${r} ${C}" role="img"
aria-label=${n}>
<defs>${l()}</defs>
${S.map(({text:e,x:t,y:n})=>o`<text class="tick" x=${t} y=${n}>${e}</text>`)}
${e.map(({state:n,day:r},i)=>{let[a,o]=y(v[i]);return[P(a,o,x,n),i===e.length-1?P(a,o,x,`today`):u,t.has(r)?N(a+x/2,o+x/2,x):u]})}
</svg>${j}</div>`}#r(e,t){return e.flatMap(({day:e},n)=>{let{column:r,row:i}=t[n],a=Math.ceil(r+i/7);return e.endsWith(`-01`)&&a<=51?[{text:this.format.month(e),column:a}]:[]})}#i(e,t){let{format:n}=this,r=/* @__PURE__ */ new Map;e.forEach(({day:e},i)=>{let{row:a}=t[i];r.has(a)||r.set(a,n.month(e))});let i=(this.width-38)/A<11?2:1;return[...r].filter(([e])=>e%i===0).map(([e,t])=>({row:e,text:t}))}};function N(e,t,n){return o`<circle cx=${e} cy=${t} r=${Math.max(n/5,1.5)} fill="var(--hp-ink)"></circle>`}function P(e,n,r,i){let a=r>8;return o`<rect class=${i} x=${e} y=${n} width=${r} height=${r}
rx=${a?2:.5} stroke-width=${a?1.2:.8} fill=${i===`not_measured`?t:u}></rect>`}export{M as CalendarCard};