import{a as e,c as t,i as n,l as r,n as i,o as a,s as o}from"./base-BnrNNQaJ.js";import{i as s}from"./axes-Cadk6hrI.js";import{a as c,n as l,o as u}from"./scale-EtbSrqaY.js";import{t as d}from"./period_card-pqvOAWRB.js";import{n as f,t as p}from"./model-CjAZL7zC.js";var m={air:`from_air`,brine:`from_ground`,water:`from_water`,unknown:`from_source`},h=.001;function g(e,t,n,r,a){let{paired_electricity_kwh:o,heat_kwh:s,modes:c}=e;if(o===null||s===null||s<=0)return null;let l=c.standby?.electricity_kwh??0,u=Math.max(-(c.defrost?.heat_kwh??0),0),d=c.heating?.heat_kwh??0,f=c.hot_water?.heat_kwh??0,m=Math.max(s+u-d-f,0),g=Math.max(s-o+l,0),x=+(s<100),S=p(e),[C=0,w=0,T=0,E=0]=i([d,f,m,-u],x),D=(e,i,a,o,s=``)=>({role:e,side:i,kwh:a,name:b(e,t,n,r),figure:o,unit:n&&e===`electricity`?``:`kWh`,note:s}),O=[D(`source`,`in`,g,`≈${a.number(y(g,S?S.high-S.low:0),x)}`,r(`share_of_heat`,{share:a.percent(g/s)})),D(`electricity`,`in`,o,a.number(o,x)),D(`heating`,`out`,d,a.number(C,x)),D(`hot_water`,`out`,f,a.number(w,x)),D(`unknown`,`out`,m,a.number(T,x)),D(`standby`,`out`,l,a.number(l,x))],k=[...[C,w,T].filter(e=>e>0),...E<0?[E]:[]];return{flows:O.filter(({kwh:e})=>e>h*s),defrost:{kwh:u,text:E<0?r(`defrost_took`,{energy:a.number(-E,x)}):``},sum:_(s,k,E,x,r,a),notes:v(e,r,a)}}function _(e,t,n,r,i,a){let o=t.map((e,t)=>{let n=a.number(Math.abs(e),r);return t?e<0?`\u2212 ${n}`:`+ ${n}`:n}).join(` `),s=i(`sankey_sum`,{heat:f({text:a.number(e,r),unit:`kWh`}),parts:o});return n<0?`${s} ${i(`defrost_took_back`)}`:s}function v({unpaired_electricity_kwh:e,modes:t},n,r){let i=[];(e??0)>=.5&&i.push(n(`unpaired_more`,{energy:f(r.energy(e))}));let{cooling:a}=t;return a&&i.push(n(`cold_not_in_cop`,{cold:f(r.energy(Math.abs(a.heat_kwh))),electricity:f(r.energy(a.electricity_kwh))})),i}function y(e,t){if(e<=0)return 0;let n=t>.5?2:3;return Number(e.toPrecision(n))}function b(e,t,n,r){if(e===`source`){let e=r(m[t??`unknown`]);return n?e:r(`calculated`,{name:e})}return r(e===`unknown`?`mode_unknown`:e===`electricity`?`electricity_title`:e)}var x=40,S=20,C=24,w=26;function T({flows:e,defrost:t},n){let r=t=>e.filter(e=>e.side===t),i=e=>r(e).reduce((e,{kwh:t})=>e+t,0),a=Math.max(i(`in`),i(`out`)),o=(Math.max(r(`in`).length,r(`out`).length)-1)*w,s=c([0,a],[0,n-C-o-12]),l=s(a),u=C+(n-C-12-l)/2;return{ribbons:[`in`,`out`].flatMap(e=>{let a=r(e),o=s(i(e))+(a.length-1)*w,c=C+(n-C-12-o)/2,l=u;return E(a.map(e=>{let t=s(e.kwh),n={flow:e,outer:c,inner:l,thickness:t,label:c+t/2};return c+=t+w,l+=t,n}),t.kwh>0&&e===`out`,n)}),top:u,bottom:u+l,height:n}}function E(e,t,n){let r=e.findIndex(({flow:e})=>t&&e.role===`heating`),i=e=>r>=0&&e>r?S:0,a=e.map(({label:e},t)=>e-i(t)),o=n-x/2-i(e.length),s=u(a,42,[x/2,o]);return e.map((e,t)=>({...e,label:s[t]+i(t)}))}var D=7,O={wide:116,narrow:94},k=148,A=440,j={source:62,electricity:24},M=class extends d{static{this.styles=[...d.styles,s,r`
      p {
        margin: 4px 0 0;
      }
      .word {
        fill: var(--hp-quiet);
        font-size: 12px;
      }
      .on {
        fill: color-mix(in srgb, var(--hp-ink) 75%, transparent);
      }
      .figure {
        fill: var(--hp-ink);
        font-size: 15px;
        font-weight: 500;
      }
      .unit {
        font-size: 11px;
        font-weight: 400;
        fill: var(--hp-quiet);
      }
    `]}static getConfigForm(){return e(n)}static getStubConfig(){return{}}getCardSize(){return 7}getGridOptions(){return{columns:18,min_columns:6}}content(e){let{t,format:n}=this,r=this.figures(e,this.periodOf(e));if(!r)return this.waiting();let i=this.width<A,a=g(r,e.source_kind,i,t,n);return o`
      <div class="head">
        <h2>${t(`sankey_title`)}</h2>
        <span class="quiet">${n.days(r.first,r.last)}</span>
      </div>
      ${a?o`<p class="quiet">${a.sum}</p>
              ${this.#e(a)}
              ${a.notes.map(e=>o`<p class="quiet">${e}</p>`)}`:this.message(`no_sums`)}
    `}#e(e){let{width:t,t:n}=this,r=O[t<A?`narrow`:`wide`],i=T(e,l(t*.55,[230,290])),[a,s]=[D,t-r-D],c=a+Math.max((s-a)*.6,Math.min(k,s-a-28)),u=e.flows.map(e=>`${e.name} ${e.figure} kWh`);return e.defrost.text&&u.push(e.defrost.text),o`<svg viewBox="0 0 ${t} ${i.height}" style="height: ${i.height}px"
        role="img" aria-label=${u.join(`, `)}>
      ${i.ribbons.map(e=>e.flow.side===`in`?N(e,[a,e.outer],[c,e.inner],0):N(e,[c+D,e.inner],[s,e.outer],s))}
      <rect x=${c} y=${i.top} width=${D} height=${i.bottom-i.top}
        rx="2" fill="var(--hp-ink)"></rect>
      <text class="word" x=${c+D/2} y=${i.top-8}
        text-anchor="middle">${n(`heat_pump`)}</text>
      ${i.ribbons.map(e=>e.flow.side===`in`?P(e):F(e,s+D+8))}
      ${I(e,i,s)}
    </svg>`}};function N({flow:e,outer:n,thickness:r},i,a,o){let s=`var(--hp-${e.role})`,c=(i[0]+a[0])/2,[l,u]=[i[1],i[1]+r],d=Math.max(r,1.5);return t`<path fill=${s} opacity=${e.role===`standby`?.9:.55}
      d="M${i[0]} ${l}C${c} ${l} ${c} ${a[1]} ${a[0]} ${a[1]}V${a[1]+d}C${c} ${a[1]+d} ${c} ${u} ${i[0]} ${u}Z"></path>
    <rect x=${o} y=${n} width=${D} height=${d} rx="1" fill=${s}></rect>`}function P({flow:e,outer:n,thickness:r}){let{name:i,figure:a,unit:o,note:s}=e,c=t`<tspan class="figure">${a}</tspan><tspan class="unit"> ${o}</tspan>`;if(e.role===`source`&&r>=j.source){let e=n+r/2;return t`<text class="word on" x=${16} y=${e-15}>${i}</text>
      <text class="word" x=${16} y=${e+4}>${c}</text>
      <text class="word on" x=${16} y=${e+22}>${s}</text>`}let l=r>=j.electricity,u=l?n+r/2+5:n+r+17;return t`<text class="word ${l?`on`:``}" x=${16} y=${u}>${i} ${c}</text>`}function F({flow:e,label:n},r){let{name:i,figure:a,unit:o}=e;return e.role===`standby`?t`<text class="word" x=${r} y=${n+4}>${i} ${a}</text>`:t`<text class="word" x=${r} y=${n-4}>${i}</text>
    <text class="word" x=${r} y=${n+14}><tspan class="figure">${a}</tspan><tspan
      class="unit"> ${o}</tspan></text>`}function I(e,n,r){let i=n.ribbons.find(({flow:e})=>e.role===`heating`);if(!i||!e.defrost.text)return a;let o=Math.min(e.defrost.kwh/i.flow.kwh,1),s=Math.max(i.thickness*o,2),c=i.outer+i.thickness,u=n.ribbons.find(e=>e.flow.side===`out`&&e.label>i.label),d=l(c,[i.label+32,(u?.label??n.height)-36]);return t`<rect x=${r} y=${c-s} width=${11} height=${s}
      fill="var(--hp-defrost)"></rect>
    <text class="word" x=${r+D+8} y=${d+4}>${e.defrost.text}</text>`}export{M as SankeyCard};