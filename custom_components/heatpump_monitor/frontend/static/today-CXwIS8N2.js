import{$ as e,J as t,T as n,X as r,dt as i,f as a,ft as o,lt as s,m as c,p as l,q as u,tt as d,ut as f}from"./shared-D7A7ZQN7.js";var p=16,m=6,h=6,g=class extends c{static{this.styles=[...c.styles,r,o`
.figures {
display: flex;
flex-wrap: wrap;
justify-content: space-between;
gap: 4px 16px;
margin: 4px 0 8px;
}
.figure {
font-size: 24px;
line-height: 32px;
white-space: nowrap;
}
.figure small {
color: var(--hp-quiet);
font-size: 75%;
}
.right {
text-align: right;
margin-left: auto;
}
.both {
background: linear-gradient(90deg, var(--hp-heating) 50%, var(--hp-hot_water) 50%);
}
.notes {
margin: 8px 0 0;
}
`]}getCardSize(){return 4}getGridOptions(){return{columns:12,min_columns:6}}content(e){let{t}=this,n=l(e.today,t,this.format,this.hass?.config.currency??`EUR`),r=t(`until`,{time:this.format.time(e.time)});return f`
<div class="head">
<h2>${t(`today`)}</h2>
<span class="quiet">${[r,n.measured].filter(Boolean).join(` · `)}</span>
</div>
<div class="figures">
<div>
${_(n.electricity)}
<div class="quiet key">${d(`electricity`)}${t(`electricity`)}</div>
${n.cost?f`<div class="quiet">${n.cost}</div>`:s}
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
`}#e(e){let{t}=this;return[`${a(e.electricity)} ${t(`electricity`)}`,`${a(e.heat)} ${t(`heat`)}`,`${t(`cop`)} ${e.cop}`,e.copNote].filter(Boolean).join(`, `)}};function _({text:e,unit:t}){return f`<div class="figure">${e} <small>${t}</small></div>`}function v(r,a,o){let c=n([0,r.top],[0,a]),l=r.cold?3:2,d=l*p+(l-1)*m,g=0;return f`<svg viewBox="0 0 ${a} ${d}" style="height: ${d}px" role="img"
aria-label=${o}>
<defs>${e()}</defs>
${r.isMetered?s:y(0,a,0,u)}
${y(0,c(r.paired),0,`var(--hp-electricity)`)}
${[t,u].map(e=>y(c(r.paired),c(r.paired+r.unpaired),0,e))}
${r.heat===null?y(0,a,22,u):r.heat.map(({role:e,kwh:t})=>{let n=g;return g+=t,y(c(n),c(g),22,`var(--hp-${e})`)})}
${c(r.multiples[0]??0)<h?s:r.multiples.map(e=>i`<path d="M${c(e)} ${22}v${p}" stroke="var(--hp-card)"
stroke-width="1.5"></path>`)}
${r.cold?y(0,c(r.cold),44,`var(--hp-cooling)`):s}
</svg>`}function y(e,t,n,r){return t-e<.5?s:i`<rect x=${e} y=${n} width=${Math.max(t-e-1,.5)} height=${p}
rx="3" fill=${r}></rect>`}export{g as TodayCard};