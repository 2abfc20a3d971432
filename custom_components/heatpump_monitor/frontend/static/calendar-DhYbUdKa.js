import{$ as e,F as t,O as n,Q as r,R as i,V as a,ct as o,g as s,k as c,lt as l,ot as u,st as d}from"./shared-CdG9aF0b.js";import"./health-Czgjihfb.js";var f=.95,p=.05,m=3;function h(e,{first:t,last:r,firstEver:i}){let a=new Map(e.map(e=>[e.start,e.coverage])),o=i??r,s=o>t?o:t,l=Array.from({length:c(s,r)},(e,t)=>{let i=n(s,t),o=a.get(i)??null;return{day:i,coverage:o,state:g(o,i===r)}});return{days:l,holes:_(l)}}function g(e,t){return e===null?t?`in_part`:`not_measured`:e>=f?`measured`:e<=p?`not_measured`:`in_part`}function _(e){let t=[];for(let{day:r,state:i}of e){if(i!==`not_measured`)continue;let e=t.at(-1);e&&n(e.last,1)===r?(e.last=r,e.count+=1):t.push({first:r,last:r,count:1})}return t.toSorted((e,t)=>t.count-e.count).slice(0,m).toSorted((e,t)=>e.first<t.first?-1:1)}function v(e){return((/* @__PURE__ */ new Date(`${e}T00:00:00Z`)).getUTCDay()+6)%7}function y(e,t){let n=v(e);return{row:n,column:(c(t,e)-1-n+v(t))/7}}function b(e,t){let n=e=>12*Number(e.slice(0,4))+Number(e.slice(5,7));return{row:n(e)-n(t),column:Number(e.slice(8))-1}}var x=365,S=53,C=560,w=16,T=31,E=class extends s{static{this.styles=[...s.styles,i,l`
.head{flex-wrap:wrap;gap:0 12px;margin-bottom:8px;}.measured{fill:color-mix(in srgb,var(--hp-ink) 14%,transparent);}.in_part{fill:color-mix(in srgb,var(--hp-ink) 8%,transparent);stroke:var(--hp-ink);}.not_measured{stroke:var(--hp-ink);}.today{fill:none;stroke:var(--primary-color,#009ac7);stroke-width:2;}.key svg{width:14px;}ul{margin:8px 0 0;padding:0;list-style:none;}`]}#e=new r(this);getCardSize(){return 4}content(t){let{last:r}=t.today,i={first:n(r,-364),last:r},a=this.asked(`days`,r,(t,n)=>e(t,n,i));if(!a)return this.waiting();let{t:o,format:s}=this,c=t.rolling_year,{days:l,holes:f}=h(a,{...i,firstEver:t.first_day}),p=o(`days_and_coverage`,{paired:s.number(c.paired_days,1),days:s.number(x,0),share:c.coverage===null?`–`:`${s.number(100*c.coverage,1)}\u00a0%`});return d`
<div class="head">
<h2>${o(`what_was_measured`,{days:x})}</h2>
<span class="quiet">${p}</span>
</div>
${this.#t(l,r,p)}
${f.length?d`<ul class="quiet">
${f.map(e=>d`<li>
${o(e.count===1?`hole_of_one`:`hole`,{days:s.days(e.first,e.last),count:e.count})}
</li>`)}
</ul>`:u}
<div class="legend" aria-hidden="true">
${[`measured`,`in_part`,`not_measured`,`today`].map(e=>d`<span class="key">
<svg viewBox="0 0 14 14">${D(2,2,10,e)}</svg>
${o(e===`measured`?`measured_label`:e)}
</span>`)}
</div>
`}#t(e,t,r){let{width:i,format:s,t:c}=this,[l]=e;if(!l)return u;let f=i>=C,p=f?18:2,m=f?S:T,h=Math.min((i-38)/m,w),g=e.map(({day:e})=>(f?y:b)(e,l.day)),_=({column:e,row:t})=>[38+h*e,p+h*t],v=f?7:1+Math.max(...g.map(({row:e})=>e)),E=h-Math.max(h*.16,1),O=f?[...this.#n(e,g).map(({text:e,column:t})=>({text:e,x:38+h*t,y:11})),...[0,2,4,6].map(e=>({text:s.weekday(n(`2024-01-01`,e)),x:0,y:p+h*(e+.5)+4}))]:this.#r(e,g).map(({text:e,row:t})=>({text:e,x:0,y:p+h*Math.max(t+.5,.5)+4})),k=p+h*v+2,A=this.#e.layer({label:c(`arrow_keys`,{name:c(`what_was_measured`,{days:x})}),width:i,height:k,steps:f?[7,1]:[1,T],spots:()=>e.map(({day:e,state:t,coverage:n},r)=>{let[i,a]=_(g[r]),o=c(t===`measured`?`measured_label`:t);return{x:i+E/2,y:a+E/2,says:[s.date(e),`${o}: ${s.percent(n)}`]}})});return d`<div class="chart"><svg viewBox="0 0 ${i} ${k}" role="img"
aria-label=${r}>
<defs>${a()}</defs>
${O.map(({text:e,x:t,y:n})=>o`<text class="tick" x=${t} y=${n}>${e}</text>`)}
${e.map(({state:e,day:n},r)=>{let[i,a]=_(g[r]);return[D(i,a,E,e),n===t?D(i,a,E,`today`):u]})}
</svg>${A}</div>`}#n(e,t){return e.flatMap(({day:e},n)=>{let{column:r,row:i}=t[n],a=Math.ceil(r+i/7);return e.endsWith(`-01`)&&a<=51?[{text:this.format.month(e),column:a}]:[]})}#r(e,t){let{format:n}=this,r=/* @__PURE__ */ new Map;e.forEach(({day:e},i)=>{let{row:a}=t[i];r.has(a)||r.set(a,n.month(e))});let i=(this.width-38)/T<11?2:1;return[...r].filter(([e])=>e%i===0).map(([e,t])=>({row:e,text:t}))}};function D(e,n,r,i){let a=r>8;return o`<rect class=${i} x=${e} y=${n} width=${r} height=${r}
rx=${a?2:.5} stroke-width=${a?1.2:.8} fill=${i===`not_measured`?t:u}></rect>`}export{E as CalendarCard};