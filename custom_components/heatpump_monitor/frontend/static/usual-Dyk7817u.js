import{B as e,G as t,K as n,Q as r,R as i,W as a,X as o,Y as s,Z as c,ct as l,h as u,lt as d,ot as f,p,st as m,t as h,z as g}from"./shared-CdG9aF0b.js";var _=.5,v=.8,y=1.5,b=8,[x,S]=[.1,.9];function C(e){let{paired_electricity_kwh:t,heat_kwh:n,outside_c:r}=e;if(t===null||n===null||r===null||t<_||(e.coverage??0)<v)return null;let i=n/t;return i>0?{day:e.start,celsius:r,cop:i}:null}function w(e,t,n,r){let i=e.filter(e=>e.start!==t.last).map(C).filter(e=>e!==null),{cop:a,outside_c:o}=t,s={dots:i,today:null,like:null};if(a===null)return{...s,sentence:n(`usual_no_cop`)};if(o===null)return{...s,sentence:n(`usual_no_outside`)};let c={day:t.last,celsius:o,cop:a},l=i.filter(e=>Math.abs(e.celsius-o)<=y),u=[r.degrees(o),`±`,r.difference(y),r.degreeUnit],d={days:l.length,outside:u.join(`\xA0`)};if(l.length<b)return{...s,today:c,sentence:n(`too_few_days`,d)};let f=l.map(e=>e.cop).sort((e,t)=>e-t),[p,m]=[h(f,x),h(f,S)],g={value:(p+m)/2,low:p,high:m},_=T(a,p,m),v=n(`days_like_this`,{...d,...r.ends(g)});return{dots:i,today:c,like:{from:o-y,to:o+y,low:p,high:m},sentence:n(_,{like:v})}}function T(e,t,n){return e<Math.floor(t*10)/10?`usual_low`:e>Math.ceil(n*10)/10?`usual_high`:`usual_yes`}var E=24,D=8,O=[-5,20],k=class extends p{static{this.styles=[...p.styles,i,d`
p{margin:4px 0 8px;}`]}#e=new r(this);getCardSize(){return 5}content(e){let t=this.days(e,u(e));if(!t)return this.waiting();let{t:n,format:r}=this,i=w(t,e.today,n,r),a=i.dots.length;return m`
<div class="head">
<h2>${n(`is_today_usual`)}</h2>
<span class="quiet">
${n(`cop_of_each_day`)}${a>1?`, ${n(`days_count`,{days:r.number(a,0)})}`:f}
</span>
</div>
<p class="quiet">${i.sentence}</p>
${this.#t(i)}
`}#t(r){let{width:i,format:o,t:u}=this,d=r.today?[...r.dots,r.today]:r.dots,p=A(d.map(e=>e.celsius)),h=s(p,[30,i-8]),_=s(t,[198,D]),v=e=>_(n(e,t)),{like:y,today:b}=r,x=this.#e.layer({label:u(`arrow_keys`,{name:u(`is_today_usual`)}),width:i,height:222,spots:()=>d.map(({day:e,celsius:t,cop:n})=>({x:h(t),y:v(n),says:[o.date(e),u(`cop_is`,{value:o.number(n,1)}),`${o.degrees(t)}\u00a0${o.degreeUnit}`]}))});return m`<div class="chart"><svg viewBox="0 0 ${i} ${222}" role="img"
style="height: ${222}px" aria-label="${u(`is_today_usual`)} ${r.sentence}">
${e(c(t,6),_,[E,i],String)}
${a(p,h,198,i,o)}
${g(r.dots.map(e=>[h(e.celsius),v(e.cop)]),2,`var(--hp-unknown)`,.65)}
${y?l`<rect x=${h(y.from)} y=${v(y.high)} width=${h(y.to)-h(y.from)}
height=${Math.max(v(y.low)-v(y.high),2)} rx="3"
fill="var(--hp-band)" stroke="var(--hp-quiet)" stroke-width="0.8"></rect>`:f}
${b?this.#n(h(b.celsius),v(b.cop)):f}
</svg>${d.length?x:f}</div>`}#n(e,t){let r=this.t(`today_mark`),i=o(r)/2+2,a=t>174;return l`<circle cx=${e} cy=${t} r="5" fill="var(--hp-ink)" stroke="var(--hp-card)"
stroke-width="1.5"></circle>
<text class="name halo" x=${n(e,[E+i,this.width-i])}
y=${a?t-12:t+19} text-anchor="middle">${r}</text>`}};function A(e){if(!e.length)return O;let[t,n]=[Math.min(...e),Math.max(...e)];return[Math.floor(t-.5),Math.max(Math.ceil(n+.5),Math.floor(t)+5)]}export{k as UsualCard};