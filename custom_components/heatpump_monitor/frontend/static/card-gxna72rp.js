import{a as e,c as t,l as n,o as r,s as i}from"./base-BnrNNQaJ.js";import{t as a}from"./ask-Ss6qrA6J.js";import{i as o,s,t as c}from"./axes-Cadk6hrI.js";import{n as l,t as u}from"./days-CvwQHZOD.js";import{t as d}from"./asking_card-17APxbMg.js";var f=.95,p=.05,m=3;function h(e,{first:t,last:n,firstEver:r}){let i=new Map(e.map(e=>[e.start,e.coverage])),a=r??n,o=a>t?a:t,s=Array.from({length:l(o,n)},(e,t)=>{let r=u(o,t),a=i.get(r)??null;return a===null?{day:r,state:r===n?`in_part`:`not_measured`}:{day:r,state:a>=f?`measured`:a<=p?`not_measured`:`in_part`}});return{days:s,holes:g(s)}}function g(e){let t=[];for(let{day:n,state:r}of e){if(r!==`not_measured`)continue;let e=t.at(-1);e&&u(e.last,1)===n?(e.last=n,e.count+=1):t.push({first:n,last:n,count:1})}return t.toSorted((e,t)=>t.count-e.count).slice(0,m).toSorted((e,t)=>e.first<t.first?-1:1)}function _(e){return(new Date(`${e}T00:00:00Z`).getUTCDay()+6)%7}function v(e,t){let n=_(e);return{row:n,column:(l(t,e)-1-n+_(t))/7}}function y(e,t){let n=e=>12*Number(e.slice(0,4))+Number(e.slice(5,7));return{row:n(e)-n(t),column:Number(e.slice(8))-1}}var b=365,x=53,S=560,C=16,w=31,T=class extends d{static{this.styles=[...d.styles,o,n`
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
    `]}static getConfigForm(){return e()}static getStubConfig(){return{}}getCardSize(){return 4}content(e){let{last:t}=e.today,n={first:u(t,-364),last:t},o=this.asked(`days`,t,(e,t)=>a(e,t,n));if(!o)return this.waiting();let{t:s,format:c}=this,l=e.rolling_year,{days:d,holes:f}=h(o,{...n,firstEver:e.first_day}),p=s(`days_and_coverage`,{paired:c.number(l.paired_days,1),days:c.number(b,0),share:l.coverage===null?`–`:`${c.number(100*l.coverage,1)}\u00a0%`});return i`
      <div class="head">
        <h2>${s(`what_was_measured`,{days:b})}</h2>
        <span class="quiet">${p}</span>
      </div>
      ${this.#e(d,t,p)}
      ${f.length?i`<ul class="quiet">
              ${f.map(e=>i`<li>
                  ${s(e.count===1?`hole_of_one`:`hole`,{days:c.days(e.first,e.last),count:e.count})}
                </li>`)}
            </ul>`:r}
      <div class="legend" aria-hidden="true">
        ${[`measured`,`in_part`,`not_measured`,`today`].map(e=>i`<span class="key">
            <svg viewBox="0 0 14 14">${E(2,2,10,e)}</svg>
            ${s(e===`measured`?`measured_label`:e)}
          </span>`)}
      </div>
    `}#e(e,n,i){let{width:a,format:o}=this,[c]=e;if(!c)return r;let l=a>=S,d=l?18:2,f=l?x:w,p=Math.min((a-38)/f,C),m=e.map(({day:e})=>(l?v:y)(e,c.day)),h=({column:e,row:t})=>[38+p*e,d+p*t],g=l?7:1+Math.max(...m.map(({row:e})=>e)),_=p-Math.max(p*.16,1),b=l?[...this.#t(e,m).map(({text:e,column:t})=>({text:e,x:38+p*t,y:11})),...[0,2,4,6].map(e=>({text:o.weekday(u(`2024-01-01`,e)),x:0,y:d+p*(e+.5)+4}))]:this.#n(e,m).map(({text:e,row:t})=>({text:e,x:0,y:d+p*Math.max(t+.5,.5)+4}));return t`<svg viewBox="0 0 ${a} ${d+p*g+2}" role="img"
        aria-label=${i}>
      <defs>${s()}</defs>
      ${b.map(({text:e,x:n,y:r})=>t`<text class="tick" x=${n} y=${r}>${e}</text>`)}
      ${e.map(({state:e,day:t},i)=>{let[a,o]=h(m[i]);return[E(a,o,_,e),t===n?E(a,o,_,`today`):r]})}
    </svg>`}#t(e,t){return e.flatMap(({day:e},n)=>{let{column:r,row:i}=t[n],a=Math.ceil(r+i/7);return e.endsWith(`-01`)&&a<=51?[{text:this.format.month(e),column:a}]:[]})}#n(e,t){let{format:n}=this,r=new Map;e.forEach(({day:e},i)=>{let{row:a}=t[i];r.has(a)||r.set(a,n.month(e))});let i=(this.width-38)/w<11?2:1;return[...r].filter(([e])=>e%i===0).map(([e,t])=>({row:e,text:t}))}};function E(e,n,i,a){let o=i>8;return t`<rect class=${a} x=${e} y=${n} width=${i} height=${i}
    rx=${o?2:.5} stroke-width=${o?1.2:.8} fill=${a===`not_measured`?c:r}></rect>`}export{T as CalendarCard};