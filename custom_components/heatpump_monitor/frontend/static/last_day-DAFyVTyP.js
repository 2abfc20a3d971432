import{$ as e,C as t,D as n,I as r,O as i,Q as a,T as o,X as s,dt as c,et as l,ft as u,j as d,k as f,q as p,st as m,ut as h,w as g}from"./shared-FkfHCjtf.js";var _=3e5,v=288,y=5,b=1e3;function x(e,t,n){let r=Math.ceil(Date.parse(t)/_)*_-v*_,i=Array(v).fill(null);for(let t of e){let e=Math.floor((Date.parse(t.start)-r)/_);e>=0&&e<v&&(i[e]=t)}let a=e=>e<287||i[e]!==null,o=i.map(e=>e?.heat_w??null),s=i.map(e=>e?.electricity_w??null),c=[...o,...s].filter(e=>e!==null);return{heat:C(i,e=>e?.heat_w!=null&&Math.abs(e.heat_w)>=y?[e.mode??`unknown`,e.heat_w/1e3]:null),electricity:C(i,e=>e?.electricity_w==null?null:[`standby`,e.electricity_w/1e3]),unknown:C(i,(e,t)=>a(t)&&e?.heat_w==null?[`unknown`,0]:null),modes:C(i,(e,t)=>a(t)?[e?.mode??`unknown`,0]:null),range:[Math.min(0,...c)/1e3,Math.max(b,...c)/1e3],electricity_kwh:S(s),heat_kwh:S(o),unknown_minutes:5*o.filter((e,t)=>e===null&&a(t)).length,hours:w(r,n)}}function S(e){return e.reduce((e,t)=>e+(t??0),0)/12e3}function C(e,t){let n=[];return e.forEach((e,r)=>{let i=t(e,r);if(!i)return;let[a,o]=i,s=n.at(-1);s?.role===a&&s.to===r?(s.to+=1,s.values.push(o)):n.push({role:a,from:r,to:r+1,values:[o]})}),n}function w(e,t){let n=[];for(let r=0;r<v;r+=1){let i=e+r*_;if(i%9e5)continue;let{minutes:a}=t.local(new Date(i));a%60==0&&n.push({part:r,minutes:a})}return n}function T({from:e,values:t},n,r){let i=e=>Math.round(e*10)/10,a=t.map((t,a)=>`V${i(r(t))}H${i(n(e+a+1))}`);return`M${i(n(e))} ${i(r(0))}${a.join(``)}V${i(r(0))}Z`}var E=8,D=28,O=8,k=[`heating`,`hot_water`,`cooling`,`defrost`,`standby`],A=class extends f{static{this.styles=[...f.styles,s,u`
.midnight {
stroke: var(--hp-quiet);
stroke-dasharray: 2 3;
}
`]}static getConfigForm(){return r()}static getStubConfig(){return{}}getCardSize(){return 5}content(e){let t=this.asked(`moments`,d(e.time),m);if(!t)return this.waiting();let{t:n,format:r}=this,i=x(t,e.time,r),a=n(`last_day_says`,{electricity:r.number(i.electricity_kwh,1),heat:r.number(i.heat_kwh,1),unknown:r.duration(i.unknown_minutes)}),o=new Set([...i.modes,...i.heat].map(({role:e})=>e));return h`
<div class="head">
<h2>${n(`last_24_hours`)}</h2>
<span class="quiet">kW</span>
</div>
${this.#e(i,`${n(`last_24_hours`)}: ${a}`)}
${l([...k.filter(e=>o.has(e)).map(e=>[e,n(e)]),[`electricity`,n(`electricity_drawn`)],...i.unknown.length?[[null,n(`heat_unknown`)]]:[]])}
`}#e(n,r){let{width:s,format:l}=this,[u,d]=g(...n.range,5),f=o([0,288],[D,s]),m=o([u,d],[176,E]),h=m(u)+10,_=h+O+16,v=i([u,d],7),y=t(v);return c`<svg viewBox="0 0 ${s} ${_+4}" role="img" aria-label=${r}>
<defs>${e()}</defs>
${a(v,m,[D,s],e=>l.number(e,y))}
${n.unknown.map(({from:e,to:t})=>c`<rect x=${f(e)} y=${m(d)} width=${f(t)-f(e)}
height=${m(0)-m(d)} fill=${p}></rect>`)}
${n.heat.map(e=>c`<path d=${T(e,f,m)} fill=${j(e.role)}></path>`)}
${n.electricity.map(e=>c`<path d=${T(e,f,m)} fill="var(--hp-electricity)"></path>`)}
<path class="zero" d="M${D} ${m(0)}H${s}"></path>
${n.modes.map(e=>this.#t(e,f,h))}
${this.#n(n,f,_,[m(d),h])}
</svg>`}#t({role:e,from:t,to:n},r,i){return c`<rect x=${r(t)} y=${i} width=${r(n)-r(t)} height=${O}
fill=${e===`unknown`?p:j(e)}></rect>`}#n({hours:e},t,r,[i,a]){let o=this.t(`now`),s=n(this.format.hour(1320))+14,l=t(12)-t(0),u=[1,2,3,6,12].find(e=>e*l>=s)??12,d=t(288),f=e.filter(({minutes:e})=>e%(60*u)==0),p=f.filter(({part:e})=>t(e)>D+s/3&&t(e)<d-n(o)-s/2);return[...f.filter(({minutes:e})=>e===0).map(({part:e})=>c`<path class="midnight" d="M${t(e)} ${i}V${a}"></path>`),...p.map(({part:e,minutes:n})=>c`<text class="tick" x=${t(e)} y=${r}
text-anchor="middle">${this.format.hour(n)}</text>`),c`<text class="tick" x=${d} y=${r} text-anchor="end">${o}</text>`]}};function j(e){return`var(--hp-${e})`}export{A as LastDayCard};