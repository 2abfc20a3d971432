import{a as e,c as t,l as n,o as r,s as i}from"./base-BnrNNQaJ.js";import{a,i as o,o as s,r as c}from"./axes-Cadk6hrI.js";import{a as l,c as u,n as d,s as f,t as p}from"./scale-EtbSrqaY.js";import{o as m,t as h}from"./period_card-pqvOAWRB.js";import{t as g}from"./statistics-Z_i3HwPx.js";var _=.5,v=.8,y=1.5,b=8,[x,S]=[.1,.9];function C(e){let{paired_electricity_kwh:t,heat_kwh:n,outside_c:r}=e;if(t===null||n===null||r===null||t<_||(e.coverage??0)<v)return null;let i=n/t;return i>0?{celsius:r,cop:i}:null}function w(e,t,n,r){let i=e.filter(e=>e.start!==t.last).map(C).filter(e=>e!==null),{cop:a,outside_c:o}=t,s={dots:i,today:null,like:null};if(a===null)return{...s,sentence:n(`usual_no_cop`)};if(o===null)return{...s,sentence:n(`usual_no_outside`)};let c={celsius:o,cop:a},l=i.filter(e=>Math.abs(e.celsius-o)<=y),u={days:l.length,celsius:r.number(o,1),around:r.number(y,1)};if(l.length<b)return{...s,today:c,sentence:n(`too_few_days`,u)};let d=l.map(e=>e.cop).sort((e,t)=>e-t),[f,p]=[g(d,x),g(d,S)],m={value:(f+p)/2,low:f,high:p},h=T(a,f,p),_=n(`days_like_this`,{...u,...r.ends(m)});return{dots:i,today:c,like:{from:o-y,to:o+y,low:f,high:p},sentence:n(h,{like:_})}}function T(e,t,n){return e<Math.floor(t*10)/10?`usual_low`:e>Math.ceil(n*10)/10?`usual_high`:`usual_yes`}var E=24,D=8,O=[-5,20],k=class extends h{static{this.styles=[...h.styles,o,n`
      p {
        margin: 4px 0 8px;
      }
    `]}static getConfigForm(){return e()}static getStubConfig(){return{}}getCardSize(){return 5}getGridOptions(){return{columns:12,min_columns:6}}content(e){let t=this.days(e,m(e));if(!t)return this.waiting();let{t:n,format:a}=this,o=w(t,e.today,n,a),s=o.dots.length;return i`
      <div class="head">
        <h2>${n(`is_today_usual`)}</h2>
        <span class="quiet">
          ${n(`cop_of_each_day`)}${s>1?`, ${n(`days_count`,{days:a.number(s,0)})}`:r}
        </span>
      </div>
      <p class="quiet">${o.sentence}</p>
      ${this.#e(o)}
    `}#e(e){let{width:n,format:o}=this,f=A((e.today?[...e.dots,e.today]:e.dots).map(e=>e.celsius)),m=l(f,[30,n-8]),h=l(p,[198,D]),g=e=>h(d(e,p)),_=u(f,n/60).filter(e=>m(e)<n-32),{like:v,today:y}=e;return i`<svg viewBox="0 0 ${n} ${222}" style="height: ${222}px" role="img"
        aria-label="${this.t(`is_today_usual`)} ${e.sentence}">
      ${s(u(p,6),h,[E,n],String)}
      ${c(_,m,198,e=>o.number(e,0))}
      <text class="tick" x=${n} y=${215} text-anchor="end">°C</text>
      ${a(e.dots.map(e=>[m(e.celsius),g(e.cop)]),2,`var(--hp-unknown)`,.65)}
      ${v?t`<rect x=${m(v.from)} y=${g(v.high)} width=${m(v.to)-m(v.from)}
              height=${Math.max(g(v.low)-g(v.high),2)} rx="3"
              fill="var(--hp-band)" stroke="var(--hp-quiet)" stroke-width="0.8"></rect>`:r}
      ${y?this.#t(m(y.celsius),g(y.cop)):r}
    </svg>`}#t(e,n){let r=this.t(`today_mark`),i=f(r)/2+2,a=n>174;return t`<circle cx=${e} cy=${n} r="5" fill="var(--hp-ink)" stroke="var(--hp-card)"
        stroke-width="1.5"></circle>
      <text class="name halo" x=${d(e,[E+i,this.width-i])}
        y=${a?n-12:n+19} text-anchor="middle">${r}</text>`}};function A(e){if(!e.length)return O;let[t,n]=[Math.min(...e),Math.max(...e)];return[Math.floor(t-.5),Math.max(Math.ceil(n+.5),Math.floor(t)+5)]}export{k as UsualCard};