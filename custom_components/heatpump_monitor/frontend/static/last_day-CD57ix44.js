import{$ as e,C as t,D as n,O as r,Q as i,T as a,X as o,dt as s,et as c,ft as l,j as u,k as d,q as f,st as p,ut as m,w as h}from"./shared-D7A7ZQN7.js";var g=3e5,_=288,v=5,y=1e3;function b(e,t,n){let r=Math.ceil(Date.parse(t)/g)*g-_*g,i=Array(_).fill(null);for(let t of e){let e=Math.floor((Date.parse(t.start)-r)/g);e>=0&&e<_&&(i[e]=t)}let a=e=>e<287||i[e]!==null,o=i.map(e=>e?.heat_w??null),s=i.map(e=>e?.electricity_w??null),c=[...o,...s].filter(e=>e!==null);return{heat:S(i,e=>e?.heat_w!=null&&Math.abs(e.heat_w)>=v?[e.mode??`unknown`,e.heat_w/1e3]:null),electricity:S(i,e=>e?.electricity_w==null?null:[`standby`,e.electricity_w/1e3]),unknown:S(i,(e,t)=>a(t)&&e?.heat_w==null?[`unknown`,0]:null),modes:S(i,(e,t)=>a(t)?[e?.mode??`unknown`,0]:null),range:[Math.min(0,...c)/1e3,Math.max(y,...c)/1e3],electricity_kwh:x(s),heat_kwh:x(o),unknown_minutes:5*o.filter((e,t)=>e===null&&a(t)).length,hours:C(r,n)}}function x(e){return e.reduce((e,t)=>e+(t??0),0)/12e3}function S(e,t){let n=[];return e.forEach((e,r)=>{let i=t(e,r);if(!i)return;let[a,o]=i,s=n.at(-1);s?.role===a&&s.to===r?(s.to+=1,s.values.push(o)):n.push({role:a,from:r,to:r+1,values:[o]})}),n}function C(e,t){let n=[];for(let r=0;r<_;r+=1){let i=e+r*g;if(i%9e5)continue;let{minutes:a}=t.local(new Date(i));a%60==0&&n.push({part:r,minutes:a})}return n}function w({from:e,values:t},n,r){let i=e=>Math.round(e*10)/10,a=t.map((t,a)=>`V${i(r(t))}H${i(n(e+a+1))}`);return`M${i(n(e))} ${i(r(0))}${a.join(``)}V${i(r(0))}Z`}var T=8,E=28,D=8,O=[`heating`,`hot_water`,`cooling`,`defrost`,`standby`],k=class extends d{static{this.styles=[...d.styles,o,l`
.midnight {
stroke: var(--hp-quiet);
stroke-dasharray: 2 3;
}
`]}getCardSize(){return 5}content(e){let t=this.asked(`moments`,u(e.time),p);if(!t)return this.waiting();let{t:n,format:r}=this,i=b(t,e.time,r),a=n(`last_day_says`,{electricity:r.number(i.electricity_kwh,1),heat:r.number(i.heat_kwh,1),unknown:r.duration(i.unknown_minutes)}),o=new Set([...i.modes,...i.heat].map(({role:e})=>e));return m`
<div class="head">
<h2>${n(`last_24_hours`)}</h2>
<span class="quiet">kW</span>
</div>
${this.#e(i,`${n(`last_24_hours`)}: ${a}`)}
${c([...O.filter(e=>o.has(e)).map(e=>[e,n(e)]),[`electricity`,n(`electricity_drawn`)],...i.unknown.length?[[null,n(`heat_unknown`)]]:[]])}
`}#e(n,o){let{width:c,format:l}=this,[u,d]=h(...n.range,5),p=a([0,288],[E,c]),m=a([u,d],[176,T]),g=m(u)+10,_=g+D+16,v=r([u,d],7),y=t(v);return s`<svg viewBox="0 0 ${c} ${_+4}" role="img" aria-label=${o}>
<defs>${e()}</defs>
${i(v,m,[E,c],e=>l.number(e,y))}
${n.unknown.map(({from:e,to:t})=>s`<rect x=${p(e)} y=${m(d)} width=${p(t)-p(e)}
height=${m(0)-m(d)} fill=${f}></rect>`)}
${n.heat.map(e=>s`<path d=${w(e,p,m)} fill=${A(e.role)}></path>`)}
${n.electricity.map(e=>s`<path d=${w(e,p,m)} fill="var(--hp-electricity)"></path>`)}
<path class="zero" d="M${E} ${m(0)}H${c}"></path>
${n.modes.map(e=>this.#t(e,p,g))}
${this.#n(n,p,_,[m(d),g])}
</svg>`}#t({role:e,from:t,to:n},r,i){return s`<rect x=${r(t)} y=${i} width=${r(n)-r(t)} height=${D}
fill=${e===`unknown`?f:A(e)}></rect>`}#n({hours:e},t,r,[i,a]){let o=this.t(`now`),c=n(this.format.hour(1320))+14,l=t(12)-t(0),u=[1,2,3,6,12].find(e=>e*l>=c)??12,d=t(288),f=e.filter(({minutes:e})=>e%(60*u)==0),p=f.filter(({part:e})=>t(e)>E+c/3&&t(e)<d-n(o)-c/2);return[...f.filter(({minutes:e})=>e===0).map(({part:e})=>s`<path class="midnight" d="M${t(e)} ${i}V${a}"></path>`),...p.map(({part:e,minutes:n})=>s`<text class="tick" x=${t(e)} y=${r}
text-anchor="middle">${this.format.hour(n)}</text>`),s`<text class="tick" x=${d} y=${r} text-anchor="end">${o}</text>`]}};function A(e){return`var(--hp-${e})`}export{k as LastDayCard};