import{$ as e,B as t,I as n,V as r,X as i,dt as a,ft as o,k as s,lt as c,nt as l,q as u,ut as d}from"./shared-FkfHCjtf.js";import"./health-Ceb0vkq2.js";var f=.95,p=.05,m=3;function h(e,{first:n,last:i,firstEver:a}){let o=new Map(e.map(e=>[e.start,e.coverage])),s=a??i,c=s>n?s:n,l=Array.from({length:r(c,i)},(e,n)=>{let r=t(c,n),a=o.get(r)??null;return a===null?{day:r,state:r===i?`in_part`:`not_measured`}:{day:r,state:a>=f?`measured`:a<=p?`not_measured`:`in_part`}});return{days:l,holes:g(l)}}function g(e){let n=[];for(let{day:r,state:i}of e){if(i!==`not_measured`)continue;let e=n.at(-1);e&&t(e.last,1)===r?(e.last=r,e.count+=1):n.push({first:r,last:r,count:1})}return n.toSorted((e,t)=>t.count-e.count).slice(0,m).toSorted((e,t)=>e.first<t.first?-1:1)}function _(e){return((/* @__PURE__ */ new Date(`${e}T00:00:00Z`)).getUTCDay()+6)%7}function v(e,t){let n=_(e);return{row:n,column:(r(t,e)-1-n+_(t))/7}}function y(e,t){let n=e=>12*Number(e.slice(0,4))+Number(e.slice(5,7));return{row:n(e)-n(t),column:Number(e.slice(8))-1}}var b=365,x=53,S=560,C=16,w=31,T=class extends s{static{this.styles=[...s.styles,i,o`
.head {
flex-wrap: wrap;
gap: 0 12px;
margin-bottom: 8px;
}
.measured {
fill: color-mix(in srgb, var(--hp-ink) 14%, transparent);
}
.in_part {
fill: color-mix(in srgb, var(--hp-ink) 8%, transparent);
stroke: var(--hp-ink);
}
.not_measured {
stroke: var(--hp-ink);
}
.today {
fill: none;
stroke: var(--primary-color, #009ac7);
stroke-width: 2;
}
.key svg {
width: 14px;
}
ul {
margin: 8px 0 0;
padding: 0;
list-style: none;
}
`]}static getConfigForm(){return n()}static getStubConfig(){return{}}getCardSize(){return 4}content(e){let{last:n}=e.today,r={first:t(n,-364),last:n},i=this.asked(`days`,n,(e,t)=>l(e,t,r));if(!i)return this.waiting();let{t:a,format:o}=this,s=e.rolling_year,{days:u,holes:f}=h(i,{...r,firstEver:e.first_day}),p=a(`days_and_coverage`,{paired:o.number(s.paired_days,1),days:o.number(b,0),share:s.coverage===null?`–`:`${o.number(100*s.coverage,1)}\u00a0%`});return d`
<div class="head">
<h2>${a(`what_was_measured`,{days:b})}</h2>
<span class="quiet">${p}</span>
</div>
${this.#e(u,n,p)}
${f.length?d`<ul class="quiet">
${f.map(e=>d`<li>
${a(e.count===1?`hole_of_one`:`hole`,{days:o.days(e.first,e.last),count:e.count})}
</li>`)}
</ul>`:c}
<div class="legend" aria-hidden="true">
${[`measured`,`in_part`,`not_measured`,`today`].map(e=>d`<span class="key">
<svg viewBox="0 0 14 14">${E(2,2,10,e)}</svg>
${a(e===`measured`?`measured_label`:e)}
</span>`)}
</div>
`}#e(n,r,i){let{width:o,format:s}=this,[l]=n;if(!l)return c;let u=o>=S,d=u?18:2,f=u?x:w,p=Math.min((o-38)/f,C),m=n.map(({day:e})=>(u?v:y)(e,l.day)),h=({column:e,row:t})=>[38+p*e,d+p*t],g=u?7:1+Math.max(...m.map(({row:e})=>e)),_=p-Math.max(p*.16,1),b=u?[...this.#t(n,m).map(({text:e,column:t})=>({text:e,x:38+p*t,y:11})),...[0,2,4,6].map(e=>({text:s.weekday(t(`2024-01-01`,e)),x:0,y:d+p*(e+.5)+4}))]:this.#n(n,m).map(({text:e,row:t})=>({text:e,x:0,y:d+p*Math.max(t+.5,.5)+4}));return a`<svg viewBox="0 0 ${o} ${d+p*g+2}" role="img"
aria-label=${i}>
<defs>${e()}</defs>
${b.map(({text:e,x:t,y:n})=>a`<text class="tick" x=${t} y=${n}>${e}</text>`)}
${n.map(({state:e,day:t},n)=>{let[i,a]=h(m[n]);return[E(i,a,_,e),t===r?E(i,a,_,`today`):c]})}
</svg>`}#t(e,t){return e.flatMap(({day:e},n)=>{let{column:r,row:i}=t[n],a=Math.ceil(r+i/7);return e.endsWith(`-01`)&&a<=51?[{text:this.format.month(e),column:a}]:[]})}#n(e,t){let{format:n}=this,r=/* @__PURE__ */ new Map;e.forEach(({day:e},i)=>{let{row:a}=t[i];r.has(a)||r.set(a,n.month(e))});let i=(this.width-38)/w<11?2:1;return[...r].filter(([e])=>e%i===0).map(([e,t])=>({row:e,text:t}))}};function E(e,t,n,r){let i=n>8;return a`<rect class=${r} x=${e} y=${t} width=${n} height=${n}
rx=${i?2:.5} stroke-width=${i?1.2:.8} fill=${r===`not_measured`?u:c}></rect>`}export{T as CalendarCard};