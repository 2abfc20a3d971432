import{a as e,c as t,l as n,s as r}from"./base-BnrNNQaJ.js";import{o as i}from"./ask-Ss6qrA6J.js";import{c as a,i as o,o as s,s as c,t as l}from"./axes-Cadk6hrI.js";import{a as u,c as d,i as f,r as p,s as m}from"./scale-EtbSrqaY.js";import{r as h,t as g}from"./asking_card-17APxbMg.js";var _=3e5,v=288,y=5,b=1e3;function x(e,t,n){let r=Math.ceil(Date.parse(t)/_)*_-v*_,i=Array(v).fill(null);for(let t of e){let e=Math.floor((Date.parse(t.start)-r)/_);e>=0&&e<v&&(i[e]=t)}let a=e=>e<287||i[e]!==null,o=i.map(e=>e?.heat_w??null),s=i.map(e=>e?.electricity_w??null),c=[...o,...s].filter(e=>e!==null);return{heat:C(i,e=>e?.heat_w!=null&&Math.abs(e.heat_w)>=y?[e.mode??`unknown`,e.heat_w/1e3]:null),electricity:C(i,e=>e?.electricity_w==null?null:[`standby`,e.electricity_w/1e3]),unknown:C(i,(e,t)=>a(t)&&e?.heat_w==null?[`unknown`,0]:null),modes:C(i,(e,t)=>a(t)?[e?.mode??`unknown`,0]:null),range:[Math.min(0,...c)/1e3,Math.max(b,...c)/1e3],electricity_kwh:S(s),heat_kwh:S(o),unknown_minutes:5*o.filter((e,t)=>e===null&&a(t)).length,hours:w(r,n)}}function S(e){return e.reduce((e,t)=>e+(t??0),0)/12e3}function C(e,t){let n=[];return e.forEach((e,r)=>{let i=t(e,r);if(!i)return;let[a,o]=i,s=n.at(-1);s?.role===a&&s.to===r?(s.to+=1,s.values.push(o)):n.push({role:a,from:r,to:r+1,values:[o]})}),n}function w(e,t){let n=[];for(let r=0;r<v;r+=1){let i=e+r*_;if(i%9e5)continue;let{minutes:a}=t.local(new Date(i));a%60==0&&n.push({part:r,minutes:a})}return n}function T({from:e,values:t},n,r){let i=e=>Math.round(e*10)/10,a=t.map((t,a)=>`V${i(r(t))}H${i(n(e+a+1))}`);return`M${i(n(e))} ${i(r(0))}${a.join(``)}V${i(r(0))}Z`}var E=8,D=28,O=8,k=[`heating`,`hot_water`,`cooling`,`defrost`,`standby`],A=class extends g{static{this.styles=[...g.styles,o,n`
      .midnight {
        stroke: var(--hp-quiet);
        stroke-dasharray: 2 3;
      }
    `]}static getConfigForm(){return e()}static getStubConfig(){return{}}getCardSize(){return 5}content(e){let t=this.asked(`moments`,h(e.time),i);if(!t)return this.waiting();let{t:n,format:o}=this,s=x(t,e.time,o),c=n(`last_day_says`,{electricity:o.number(s.electricity_kwh,1),heat:o.number(s.heat_kwh,1),unknown:o.duration(s.unknown_minutes)}),l=new Set([...s.modes,...s.heat].map(({role:e})=>e));return r`
      <div class="head">
        <h2>${n(`last_24_hours`)}</h2>
        <span class="quiet">kW</span>
      </div>
      ${this.#e(s,`${n(`last_24_hours`)}: ${c}`)}
      ${a([...k.filter(e=>l.has(e)).map(e=>[e,n(e)]),[`electricity`,n(`electricity_drawn`)],...s.unknown.length?[[null,n(`heat_unknown`)]]:[]])}
    `}#e(e,n){let{width:r,format:i}=this,[a,o]=f(...e.range,5),m=u([0,288],[D,r]),h=u([a,o],[176,E]),g=h(a)+10,_=g+O+16,v=d([a,o],7),y=p(v);return t`<svg viewBox="0 0 ${r} ${_+4}" role="img" aria-label=${n}>
      <defs>${c()}</defs>
      ${s(v,h,[D,r],e=>i.number(e,y))}
      ${e.unknown.map(({from:e,to:n})=>t`<rect x=${m(e)} y=${h(o)} width=${m(n)-m(e)}
          height=${h(0)-h(o)} fill=${l}></rect>`)}
      ${e.heat.map(e=>t`<path d=${T(e,m,h)} fill=${j(e.role)}></path>`)}
      ${e.electricity.map(e=>t`<path d=${T(e,m,h)} fill="var(--hp-electricity)"></path>`)}
      <path class="zero" d="M${D} ${h(0)}H${r}"></path>
      ${e.modes.map(e=>this.#t(e,m,g))}
      ${this.#n(e,m,_,[h(o),g])}
    </svg>`}#t({role:e,from:n,to:r},i,a){return t`<rect x=${i(n)} y=${a} width=${i(r)-i(n)} height=${O}
      fill=${e===`unknown`?l:j(e)}></rect>`}#n({hours:e},n,r,[i,a]){let o=this.t(`now`),s=m(this.format.hour(1320))+14,c=n(12)-n(0),l=[1,2,3,6,12].find(e=>e*c>=s)??12,u=n(288),d=e.filter(({minutes:e})=>e%(60*l)==0),f=d.filter(({part:e})=>n(e)>D+s/3&&n(e)<u-m(o)-s/2);return[...d.filter(({minutes:e})=>e===0).map(({part:e})=>t`<path class="midnight" d="M${n(e)} ${i}V${a}"></path>`),...f.map(({part:e,minutes:i})=>t`<text class="tick" x=${n(e)} y=${r}
          text-anchor="middle">${this.format.hour(i)}</text>`),t`<text class="tick" x=${u} y=${r} text-anchor="end">${o}</text>`]}};function j(e){return`var(--hp-${e})`}export{A as LastDayCard};