import{D as e,O as t,Q as n,S as r,T as i,X as a,Y as o,Z as s,dt as c,ft as l,lt as u,m as d,t as f,ut as p,x as m,y as h}from"./shared-D7A7ZQN7.js";var g=.5,_=.8,v=1.5,y=8,[b,x]=[.1,.9];function S(e){let{paired_electricity_kwh:t,heat_kwh:n,outside_c:r}=e;if(t===null||n===null||r===null||t<g||(e.coverage??0)<_)return null;let i=n/t;return i>0?{celsius:r,cop:i}:null}function C(e,t,n,r){let i=e.filter(e=>e.start!==t.last).map(S).filter(e=>e!==null),{cop:a,outside_c:o}=t,s={dots:i,today:null,like:null};if(a===null)return{...s,sentence:n(`usual_no_cop`)};if(o===null)return{...s,sentence:n(`usual_no_outside`)};let c={celsius:o,cop:a},l=i.filter(e=>Math.abs(e.celsius-o)<=v),u={days:l.length,celsius:r.number(o,1),around:r.number(v,1)};if(l.length<y)return{...s,today:c,sentence:n(`too_few_days`,u)};let d=l.map(e=>e.cop).sort((e,t)=>e-t),[p,m]=[f(d,b),f(d,x)],h={value:(p+m)/2,low:p,high:m},g=w(a,p,m),_=n(`days_like_this`,{...u,...r.ends(h)});return{dots:i,today:c,like:{from:o-v,to:o+v,low:p,high:m},sentence:n(g,{like:_})}}function w(e,t,n){return e<Math.floor(t*10)/10?`usual_low`:e>Math.ceil(n*10)/10?`usual_high`:`usual_yes`}var T=24,E=8,D=[-5,20],O=class extends d{static{this.styles=[...d.styles,a,l`
p {
margin: 4px 0 8px;
}
`]}getCardSize(){return 5}getGridOptions(){return{columns:12,min_columns:6}}content(e){let t=this.days(e,h(e));if(!t)return this.waiting();let{t:n,format:r}=this,i=C(t,e.today,n,r),a=i.dots.length;return p`
<div class="head">
<h2>${n(`is_today_usual`)}</h2>
<span class="quiet">
${n(`cop_of_each_day`)}${a>1?`, ${n(`days_count`,{days:r.number(a,0)})}`:u}
</span>
</div>
<p class="quiet">${i.sentence}</p>
${this.#e(i)}
`}#e(e){let{width:a,format:l}=this,d=k((e.today?[...e.dots,e.today]:e.dots).map(e=>e.celsius)),f=i(d,[30,a-8]),h=i(m,[198,E]),g=e=>h(r(e,m)),_=t(d,a/60).filter(e=>f(e)<a-32),{like:v,today:y}=e;return p`<svg viewBox="0 0 ${a} ${222}" style="height: ${222}px" role="img"
aria-label="${this.t(`is_today_usual`)} ${e.sentence}">
${n(t(m,6),h,[T,a],String)}
${o(_,f,198,e=>l.number(e,0))}
<text class="tick" x=${a} y=${215} text-anchor="end">°C</text>
${s(e.dots.map(e=>[f(e.celsius),g(e.cop)]),2,`var(--hp-unknown)`,.65)}
${v?c`<rect x=${f(v.from)} y=${g(v.high)} width=${f(v.to)-f(v.from)}
height=${Math.max(g(v.low)-g(v.high),2)} rx="3"
fill="var(--hp-band)" stroke="var(--hp-quiet)" stroke-width="0.8"></rect>`:u}
${y?this.#t(f(y.celsius),g(y.cop)):u}
</svg>`}#t(t,n){let i=this.t(`today_mark`),a=e(i)/2+2,o=n>174;return c`<circle cx=${t} cy=${n} r="5" fill="var(--hp-ink)" stroke="var(--hp-card)"
stroke-width="1.5"></circle>
<text class="name halo" x=${r(t,[T+a,this.width-a])}
y=${o?n-12:n+19} text-anchor="middle">${i}</text>`}};function k(e){if(!e.length)return D;let[t,n]=[Math.min(...e),Math.max(...e)];return[Math.floor(t-.5),Math.max(Math.ceil(n+.5),Math.floor(t)+5)]}export{O as UsualCard};