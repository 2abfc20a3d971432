import{B as e,D as t,E as n,L as r,M as i,N as a,O as o,P as s,R as c,dt as l,ft as u,h as d,lt as f,o as p,p as m,ut as h,z as g}from"./shared-DNF7ueYP.js";var _=.5,v=.8,y=1.5,b=8,[x,S]=[.1,.9];function C(e){let{paired_electricity_kwh:t,heat_kwh:n,outside_c:r}=e;if(t===null||n===null||r===null||t<_||(e.coverage??0)<v)return null;let i=n/t;return i>0?{day:e.start,celsius:r,cop:i}:null}function w(e,t,n,r){let i=e.filter(e=>e.start!==t.last).map(C).filter(e=>e!==null),{cop:a,outside_c:o}=t,s={dots:i,today:null,like:null};if(a===null)return{...s,sentence:n(`usual_no_cop`)};if(o===null)return{...s,sentence:n(`usual_no_outside`)};let c={day:t.last,celsius:o,cop:a},l=i.filter(e=>Math.abs(e.celsius-o)<=y),u=[r.degrees(o),`±`,r.difference(y),r.degreeUnit],d={days:l.length,outside:u.join(`\xA0`)};if(l.length<b)return{...s,today:c,sentence:n(`too_few_days`,d)};let f=l.map(e=>e.cop).sort((e,t)=>e-t),[m,h]=[p(f,x),p(f,S)],g={value:(m+h)/2,low:m,high:h},_=T(a,m,h),v=n(`days_like_this`,{...d,...r.ends(g)});return{dots:i,today:c,like:{from:o-y,to:o+y,low:m,high:h},sentence:n(_,{like:v})}}function T(e,t,n){return e<Math.floor(t*10)/10?`usual_low`:e>Math.ceil(n*10)/10?`usual_high`:`usual_yes`}var E=24,D=8,O=[-5,20],k=class extends m{static{this.styles=[...m.styles,n,u`
p{margin:4px 0 8px;}`]}#e=new e(this);getCardSize(){return 5}content(e){let t=this.days(e,d(e));if(!t)return this.waiting();let{t:n,format:r}=this,i=w(t,e.today,n,r),a=i.dots.length;return h`
<div class="head">
<h2>${n(`is_today_usual`)}</h2>
<span class="quiet">
${n(`cop_of_each_day`)}${a>1?`, ${n(`days_count`,{days:r.number(a,0)})}`:f}
</span>
</div>
<p class="quiet">${i.sentence}</p>
${this.#t(i)}
`}#t(e){let{width:n,format:c,t:u}=this,d=e.today?[...e.dots,e.today]:e.dots,p=A(d.map(e=>e.celsius)),m=r(p,[30,n-8]),_=r(a,[198,D]),v=e=>_(s(e,a)),{like:y,today:b}=e,x=this.#e.layer({label:u(`arrow_keys`,{name:u(`is_today_usual`)}),width:n,height:222,spots:()=>d.map(({day:e,celsius:t,cop:n})=>({x:m(t),y:v(n),says:[c.date(e),u(`cop_is`,{value:c.number(n,1)}),`${c.degrees(t)}\u00a0${c.degreeUnit}`]}))});return h`<div class="chart"><svg viewBox="0 0 ${n} ${222}" role="img"
style="height: ${222}px" aria-label="${u(`is_today_usual`)} ${e.sentence}">
${o(g(a,6),_,[E,n],String)}
${i(p,m,198,n,c)}
${t(e.dots.map(e=>[m(e.celsius),v(e.cop)]),2,`var(--hp-unknown)`,.65)}
${y?l`<rect x=${m(y.from)} y=${v(y.high)} width=${m(y.to)-m(y.from)}
height=${Math.max(v(y.low)-v(y.high),2)} rx="3"
fill="var(--hp-band)" stroke="var(--hp-quiet)" stroke-width="0.8"></rect>`:f}
${b?this.#n(m(b.celsius),v(b.cop)):f}
</svg>${d.length?x:f}</div>`}#n(e,t){let n=this.t(`today_mark`),r=c(n)/2+2,i=t>174;return l`<circle cx=${e} cy=${t} r="5" fill="var(--hp-ink)" stroke="var(--hp-card)"
stroke-width="1.5"></circle>
<text class="name halo" x=${s(e,[E+r,this.width-r])}
y=${i?t-12:t+19} text-anchor="middle">${n}</text>`}};function A(e){if(!e.length)return O;let[t,n]=[Math.min(...e),Math.max(...e)];return[Math.floor(t-.5),Math.max(Math.ceil(n+.5),Math.floor(t)+5)]}export{k as UsualCard};