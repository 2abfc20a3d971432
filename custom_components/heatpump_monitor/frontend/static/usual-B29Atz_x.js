import{D as e,I as t,O as n,Q as r,S as i,T as a,X as o,Y as s,Z as c,dt as l,ft as u,lt as d,m as f,t as p,ut as m,x as h,y as g}from"./shared-FkfHCjtf.js";var _=.5,v=.8,y=1.5,b=8,[x,S]=[.1,.9];function C(e){let{paired_electricity_kwh:t,heat_kwh:n,outside_c:r}=e;if(t===null||n===null||r===null||t<_||(e.coverage??0)<v)return null;let i=n/t;return i>0?{celsius:r,cop:i}:null}function w(e,t,n,r){let i=e.filter(e=>e.start!==t.last).map(C).filter(e=>e!==null),{cop:a,outside_c:o}=t,s={dots:i,today:null,like:null};if(a===null)return{...s,sentence:n(`usual_no_cop`)};if(o===null)return{...s,sentence:n(`usual_no_outside`)};let c={celsius:o,cop:a},l=i.filter(e=>Math.abs(e.celsius-o)<=y),u={days:l.length,celsius:r.number(o,1),around:r.number(y,1)};if(l.length<b)return{...s,today:c,sentence:n(`too_few_days`,u)};let d=l.map(e=>e.cop).sort((e,t)=>e-t),[f,m]=[p(d,x),p(d,S)],h={value:(f+m)/2,low:f,high:m},g=T(a,f,m),_=n(`days_like_this`,{...u,...r.ends(h)});return{dots:i,today:c,like:{from:o-y,to:o+y,low:f,high:m},sentence:n(g,{like:_})}}function T(e,t,n){return e<Math.floor(t*10)/10?`usual_low`:e>Math.ceil(n*10)/10?`usual_high`:`usual_yes`}var E=24,D=8,O=[-5,20],k=class extends f{static{this.styles=[...f.styles,o,u`
p {
margin: 4px 0 8px;
}
`]}static getConfigForm(){return t()}static getStubConfig(){return{}}getCardSize(){return 5}getGridOptions(){return{columns:12,min_columns:6}}content(e){let t=this.days(e,g(e));if(!t)return this.waiting();let{t:n,format:r}=this,i=w(t,e.today,n,r),a=i.dots.length;return m`
<div class="head">
<h2>${n(`is_today_usual`)}</h2>
<span class="quiet">
${n(`cop_of_each_day`)}${a>1?`, ${n(`days_count`,{days:r.number(a,0)})}`:d}
</span>
</div>
<p class="quiet">${i.sentence}</p>
${this.#e(i)}
`}#e(e){let{width:t,format:o}=this,u=A((e.today?[...e.dots,e.today]:e.dots).map(e=>e.celsius)),f=a(u,[30,t-8]),p=a(h,[198,D]),g=e=>p(i(e,h)),_=n(u,t/60).filter(e=>f(e)<t-32),{like:v,today:y}=e;return m`<svg viewBox="0 0 ${t} ${222}" style="height: ${222}px" role="img"
aria-label="${this.t(`is_today_usual`)} ${e.sentence}">
${r(n(h,6),p,[E,t],String)}
${s(_,f,198,e=>o.number(e,0))}
<text class="tick" x=${t} y=${215} text-anchor="end">°C</text>
${c(e.dots.map(e=>[f(e.celsius),g(e.cop)]),2,`var(--hp-unknown)`,.65)}
${v?l`<rect x=${f(v.from)} y=${g(v.high)} width=${f(v.to)-f(v.from)}
height=${Math.max(g(v.low)-g(v.high),2)} rx="3"
fill="var(--hp-band)" stroke="var(--hp-quiet)" stroke-width="0.8"></rect>`:d}
${y?this.#t(f(y.celsius),g(y.cop)):d}
</svg>`}#t(t,n){let r=this.t(`today_mark`),a=e(r)/2+2,o=n>174;return l`<circle cx=${t} cy=${n} r="5" fill="var(--hp-ink)" stroke="var(--hp-card)"
stroke-width="1.5"></circle>
<text class="name halo" x=${i(t,[E+a,this.width-a])}
y=${o?n-12:n+19} text-anchor="middle">${r}</text>`}};function A(e){if(!e.length)return O;let[t,n]=[Math.min(...e),Math.max(...e)];return[Math.floor(t-.5),Math.max(Math.ceil(n+.5),Math.floor(t)+5)]}export{k as UsualCard};