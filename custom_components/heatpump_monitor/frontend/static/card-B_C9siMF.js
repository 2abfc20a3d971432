import{a as e,c as t,l as n,o as r,s as i}from"./base-BnrNNQaJ.js";import{a}from"./ask-Ss6qrA6J.js";import{i as o,s,t as c}from"./axes-Cadk6hrI.js";import{a as l,s as u}from"./scale-EtbSrqaY.js";import{n as d,t as f}from"./asking_card-17APxbMg.js";var p=8,m=class extends f{static{this.styles=[...f.styles,o,n`
      .figure {
        font-size: 24px;
        line-height: 32px;
      }
      p {
        margin: 4px 0;
      }
      .track {
        fill: color-mix(in srgb, var(--hp-ink) 10%, transparent);
      }
      .used {
        fill: var(--primary-color, #009ac7);
      }
      .used.much {
        fill: var(--hp-warning);
      }
      .allowed {
        stroke: var(--hp-ink);
        stroke-width: 2;
      }
      .hour {
        fill: var(--hp-unknown);
      }
    `]}static getConfigForm(){return e()}static getStubConfig(){return{}}getCardSize(){return 3}content(e){let t=this.asked(`health`,d(e.time),a),{t:n,format:o}=this,{day:s,allowed:c}=e.calls,l={allowed:o.number(c,0)},u=t?n(`calls_of`,{...l,limit:o.number(t.call_limit,0)}):n(`calls_of_allowed`,l);return i`
      <div class="head"><h2>${n(`calls_24h`)}</h2></div>
      <p><span class="figure">${o.number(s,0)}</span> <span class="quiet">${u}</span></p>
      ${this.#e(s,c,t?.call_limit??c,`${o.number(s,0)} ${u}`)}
      ${t?.calls.length?this.#t(t,e.time):r}
    `}#e(e,n,i,a){let{width:o}=this,s=l([0,Math.max(i,e)],[0,o]);return t`<svg viewBox="0 -4 ${o} ${16}" role="img" aria-label=${a}>
      <rect class="track" width=${o} height=${p} rx="4"></rect>
      <rect class="used ${e>n?`much`:``}" width=${s(e)} height=${p}
        rx="4"></rect>
      ${n<i?t`<path class="allowed" d="M${s(n)} -3v${14}"></path>`:r}
    </svg>`}#t({calls:e},n){let{t:i,format:a,width:o}=this,d=Math.max(...e.map(e=>e??0),1),f=l([0,d],[50,16]),p=o/e.length,m=e.indexOf(d),h=i(`an_hour`,{count:a.number(d,0)}),g=u(h)/2,_=Math.min(Math.max((m+.5)*p,g),o-g),v=i(`yesterday_at`,{time:a.time(n)});return t`<svg viewBox="0 0 ${o} ${68}" role="img" aria-label=${h}>
      <defs>${s()}</defs>
      ${m<0?r:t`<text class="tick" x=${_} y="11" text-anchor="middle">${h}</text>`}
      ${e.map((e,n)=>{let r=e===null,i=r?16:f(e);return t`<rect class="hour" x=${n*p+1} y=${i} width=${p-2}
          height=${50-i} rx="1" style=${r?`fill: ${c}`:``}></rect>`})}
      <path class="zero" d="M0 ${50}H${o}"></path>
      <text class="tick" x="0" y=${64}>${v}</text>
      <text class="tick" x=${o} y=${64} text-anchor="end">${i(`now`)}</text>
    </svg>`}};export{m as CallsCard};