import{$ as e,B as t,V as n,X as r,dt as i,ft as a,k as o,lt as s,nt as c,q as l,ut as u}from"./shared-D7A7ZQN7.js";import"./health-DeAQT-lQ.js";var d=.95,f=.05,p=3;function m(e,{first:r,last:i,firstEver:a}){let o=new Map(e.map(e=>[e.start,e.coverage])),s=a??i,c=s>r?s:r,l=Array.from({length:n(c,i)},(e,n)=>{let r=t(c,n),a=o.get(r)??null;return a===null?{day:r,state:r===i?`in_part`:`not_measured`}:{day:r,state:a>=d?`measured`:a<=f?`not_measured`:`in_part`}});return{days:l,holes:h(l)}}function h(e){let n=[];for(let{day:r,state:i}of e){if(i!==`not_measured`)continue;let e=n.at(-1);e&&t(e.last,1)===r?(e.last=r,e.count+=1):n.push({first:r,last:r,count:1})}return n.toSorted((e,t)=>t.count-e.count).slice(0,p).toSorted((e,t)=>e.first<t.first?-1:1)}function g(e){return((/* @__PURE__ */ new Date(`${e}T00:00:00Z`)).getUTCDay()+6)%7}function _(e,t){let r=g(e);return{row:r,column:(n(t,e)-1-r+g(t))/7}}function v(e,t){let n=e=>12*Number(e.slice(0,4))+Number(e.slice(5,7));return{row:n(e)-n(t),column:Number(e.slice(8))-1}}var y=365,b=53,x=560,S=16,C=31,w=class extends o{static{this.styles=[...o.styles,r,a`
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
`]}getCardSize(){return 4}content(e){let{last:n}=e.today,r={first:t(n,-364),last:n},i=this.asked(`days`,n,(e,t)=>c(e,t,r));if(!i)return this.waiting();let{t:a,format:o}=this,l=e.rolling_year,{days:d,holes:f}=m(i,{...r,firstEver:e.first_day}),p=a(`days_and_coverage`,{paired:o.number(l.paired_days,1),days:o.number(y,0),share:l.coverage===null?`–`:`${o.number(100*l.coverage,1)}\u00a0%`});return u`
<div class="head">
<h2>${a(`what_was_measured`,{days:y})}</h2>
<span class="quiet">${p}</span>
</div>
${this.#e(d,n,p)}
${f.length?u`<ul class="quiet">
${f.map(e=>u`<li>
${a(e.count===1?`hole_of_one`:`hole`,{days:o.days(e.first,e.last),count:e.count})}
</li>`)}
</ul>`:s}
<div class="legend" aria-hidden="true">
${[`measured`,`in_part`,`not_measured`,`today`].map(e=>u`<span class="key">
<svg viewBox="0 0 14 14">${T(2,2,10,e)}</svg>
${a(e===`measured`?`measured_label`:e)}
</span>`)}
</div>
`}#e(n,r,a){let{width:o,format:c}=this,[l]=n;if(!l)return s;let u=o>=x,d=u?18:2,f=u?b:C,p=Math.min((o-38)/f,S),m=n.map(({day:e})=>(u?_:v)(e,l.day)),h=({column:e,row:t})=>[38+p*e,d+p*t],g=u?7:1+Math.max(...m.map(({row:e})=>e)),y=p-Math.max(p*.16,1),w=u?[...this.#t(n,m).map(({text:e,column:t})=>({text:e,x:38+p*t,y:11})),...[0,2,4,6].map(e=>({text:c.weekday(t(`2024-01-01`,e)),x:0,y:d+p*(e+.5)+4}))]:this.#n(n,m).map(({text:e,row:t})=>({text:e,x:0,y:d+p*Math.max(t+.5,.5)+4}));return i`<svg viewBox="0 0 ${o} ${d+p*g+2}" role="img"
aria-label=${a}>
<defs>${e()}</defs>
${w.map(({text:e,x:t,y:n})=>i`<text class="tick" x=${t} y=${n}>${e}</text>`)}
${n.map(({state:e,day:t},n)=>{let[i,a]=h(m[n]);return[T(i,a,y,e),t===r?T(i,a,y,`today`):s]})}
</svg>`}#t(e,t){return e.flatMap(({day:e},n)=>{let{column:r,row:i}=t[n],a=Math.ceil(r+i/7);return e.endsWith(`-01`)&&a<=51?[{text:this.format.month(e),column:a}]:[]})}#n(e,t){let{format:n}=this,r=/* @__PURE__ */ new Map;e.forEach(({day:e},i)=>{let{row:a}=t[i];r.has(a)||r.set(a,n.month(e))});let i=(this.width-38)/C<11?2:1;return[...r].filter(([e])=>e%i===0).map(([e,t])=>({row:e,text:t}))}};function T(e,t,n,r){let a=n>8;return i`<rect class=${r} x=${e} y=${t} width=${n} height=${n}
rx=${a?2:.5} stroke-width=${a?1.2:.8} fill=${r===`not_measured`?l:s}></rect>`}export{w as CalendarCard};