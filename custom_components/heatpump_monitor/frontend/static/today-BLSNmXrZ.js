import{C as e,E as t,G as n,L as r,dt as i,f as a,ft as o,j as s,k as c,lt as l,p as u,ut as d,w as f}from"./shared-DNF7ueYP.js";var p=16,m=6,h=6,g=class extends u{static{this.styles=[...u.styles,t,o`
.figures{display:flex;flex-wrap:wrap;justify-content:space-between;gap:4px 16px;margin:4px 0 8px;}.figure{font-size:24px;line-height:32px;white-space:nowrap;}.figure small{color:var(--hp-quiet);font-size:75%;}.right{text-align:right;margin-left:auto;}.both{background:linear-gradient(90deg,var(--hp-heating) 50%,var(--hp-hot_water) 50%);}.notes{margin:8px 0 0;}`]}getCardSize(){return 4}content(e){let{t}=this,n=a(e.today,t,this.format,this.hass?.config.currency??`EUR`),r=t(`until`,{time:this.format.time(e.time)});return d`
<div class="head">
<h2>${t(`today`)}</h2>
<span class="quiet">${[r,n.measured].filter(Boolean).join(` · `)}</span>
</div>
<div class="figures">
<div>
${_(n.electricity)}
<div class="quiet key">${s(`electricity`)}${t(`electricity`)}</div>
${n.cost?d`<div class="quiet">${n.cost}</div>`:l}
</div>
<div>
${_(n.heat)}
<div class="quiet key"><i class="square both"></i>${t(`heat`)}</div>
</div>
<div class="right">
<div class="figure"><small>${t(`cop`)}</small> ${n.cop}</div>
<div class="quiet">${n.copNote}</div>
</div>
</div>
${v(n.bars,this.width,this.#e(n))}
${n.notes.map(e=>d`<p class="quiet notes">${e}</p>`)}
`}#e(e){let{t}=this;return[`${n(e.electricity)} ${t(`electricity`)}`,`${n(e.heat)} ${t(`heat`)}`,`${t(`cop`)} ${e.cop}`,e.copNote].filter(Boolean).join(`, `)}};function _({text:e,unit:t}){return d`<div class="figure">${e} <small>${t}</small></div>`}function v(t,n,a){let o=r([0,t.top],[0,n]),s=t.cold?3:2,u=s*p+(s-1)*m,g=0;return d`<svg viewBox="0 0 ${n} ${u}" style="height: ${u}px" role="img"
aria-label=${a}>
<defs>${c()}</defs>
${t.isMetered?l:y(0,n,0,e)}
${y(0,o(t.paired),0,`var(--hp-electricity)`)}
${[f,e].map(e=>y(o(t.paired),o(t.paired+t.unpaired),0,e))}
${t.heat===null?y(0,n,22,e):t.heat.map(({role:e,kwh:t})=>{let n=g;return g+=t,y(o(n),o(g),22,`var(--hp-${e})`)})}
${o(t.multiples[0]??0)<h?l:t.multiples.map(e=>i`<path d="M${o(e)} ${22}v${p}" stroke="var(--hp-card)"
stroke-width="1.5"></path>`)}
${t.cold?y(0,o(t.cold),44,`var(--hp-cooling)`):l}
</svg>`}function y(e,t,n,r){return t-e<.5?l:i`<rect x=${e} y=${n} width=${Math.max(t-e-1,.5)} height=${p}
rx="3" fill=${r}></rect>`}export{g as TodayCard};