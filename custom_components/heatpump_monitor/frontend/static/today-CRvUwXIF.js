import{F as e,I as t,R as n,U as r,V as i,Y as a,b as o,ct as s,f as c,lt as l,ot as u,p as d,st as f}from"./shared-CdG9aF0b.js";var p=16,m=6,h=6,g=class extends d{static{this.styles=[...d.styles,n,l`
.figures{display:flex;flex-wrap:wrap;justify-content:space-between;gap:4px 16px;margin:4px 0 8px;}.figure{font-size:24px;line-height:32px;white-space:nowrap;}.figure small{color:var(--hp-quiet);font-size:75%;}.right{text-align:right;margin-left:auto;}.both{background:linear-gradient(90deg,var(--hp-heating) 50%,var(--hp-hot_water) 50%);}.notes{margin:8px 0 0;}`]}getCardSize(){return 4}content(e){let{t}=this,n=c(e.today,t,this.format,this.hass?.config.currency??`EUR`),i=t(`until`,{time:this.format.time(e.time)});return f`
<div class="head">
<h2>${t(`today`)}</h2>
<span class="quiet">${[i,n.measured].filter(Boolean).join(` · `)}</span>
</div>
<div class="figures">
<div>
${_(n.electricity)}
<div class="quiet key">${r(`electricity`)}${t(`electricity`)}</div>
${n.cost?f`<div class="quiet">${n.cost}</div>`:u}
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
${n.notes.map(e=>f`<p class="quiet notes">${e}</p>`)}
`}#e(e){let{t}=this;return[`${o(e.electricity)} ${t(`electricity`)}`,`${o(e.heat)} ${t(`heat`)}`,`${t(`cop`)} ${e.cop}`,e.copNote].filter(Boolean).join(`, `)}};function _({text:e,unit:t}){return f`<div class="figure">${e} <small>${t}</small></div>`}function v(n,r,o){let c=a([0,n.top],[0,r]),l=n.cold?3:2,d=l*p+(l-1)*m,g=0;return f`<svg viewBox="0 0 ${r} ${d}" style="height: ${d}px" role="img"
aria-label=${o}>
<defs>${i()}</defs>
${n.isMetered?u:y(0,r,0,e)}
${y(0,c(n.paired),0,`var(--hp-electricity)`)}
${[t,e].map(e=>y(c(n.paired),c(n.paired+n.unpaired),0,e))}
${n.heat===null?y(0,r,22,e):n.heat.map(({role:e,kwh:t})=>{let n=g;return g+=t,y(c(n),c(g),22,`var(--hp-${e})`)})}
${c(n.multiples[0]??0)<h?u:n.multiples.map(e=>s`<path d="M${c(e)} ${22}v${p}" stroke="var(--hp-card)"
stroke-width="1.5"></path>`)}
${n.cold?y(0,c(n.cold),44,`var(--hp-cooling)`):u}
</svg>`}function y(e,t,n,r){return t-e<.5?u:s`<rect x=${e} y=${n} width=${Math.max(t-e-1,.5)} height=${p}
rx="3" fill=${r}></rect>`}export{g as TodayCard};