import{$ as e,I as t,J as n,T as r,X as i,dt as a,f as o,ft as s,lt as c,m as l,p as u,q as d,tt as f,ut as p}from"./shared-FkfHCjtf.js";var m=16,h=6,g=6,_=class extends l{static{this.styles=[...l.styles,i,s`
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
`]}static getConfigForm(){return t()}static getStubConfig(){return{}}getCardSize(){return 4}getGridOptions(){return{columns:12,min_columns:6}}content(e){let{t}=this,n=u(e.today,t,this.format,this.hass?.config.currency??`EUR`),r=t(`until`,{time:this.format.time(e.time)});return p`
<div class="head">
<h2>${t(`today`)}</h2>
<span class="quiet">${[r,n.measured].filter(Boolean).join(` · `)}</span>
</div>
<div class="figures">
<div>
${v(n.electricity)}
<div class="quiet key">${f(`electricity`)}${t(`electricity`)}</div>
${n.cost?p`<div class="quiet">${n.cost}</div>`:c}
</div>
<div>
${v(n.heat)}
<div class="quiet key"><i class="square both"></i>${t(`heat`)}</div>
</div>
<div class="right">
<div class="figure"><small>${t(`cop`)}</small> ${n.cop}</div>
<div class="quiet">${n.copNote}</div>
</div>
</div>
${y(n.bars,this.width,this.#e(n))}
${n.notes.map(e=>p`<p class="quiet notes">${e}</p>`)}
`}#e(e){let{t}=this;return[`${o(e.electricity)} ${t(`electricity`)}`,`${o(e.heat)} ${t(`heat`)}`,`${t(`cop`)} ${e.cop}`,e.copNote].filter(Boolean).join(`, `)}};function v({text:e,unit:t}){return p`<div class="figure">${e} <small>${t}</small></div>`}function y(t,i,o){let s=r([0,t.top],[0,i]),l=t.cold?3:2,u=l*m+(l-1)*h,f=0;return p`<svg viewBox="0 0 ${i} ${u}" style="height: ${u}px" role="img"
aria-label=${o}>
<defs>${e()}</defs>
${t.isMetered?c:b(0,i,0,d)}
${b(0,s(t.paired),0,`var(--hp-electricity)`)}
${[n,d].map(e=>b(s(t.paired),s(t.paired+t.unpaired),0,e))}
${t.heat===null?b(0,i,22,d):t.heat.map(({role:e,kwh:t})=>{let n=f;return f+=t,b(s(n),s(f),22,`var(--hp-${e})`)})}
${s(t.multiples[0]??0)<g?c:t.multiples.map(e=>a`<path d="M${s(e)} ${22}v${m}" stroke="var(--hp-card)"
stroke-width="1.5"></path>`)}
${t.cold?b(0,s(t.cold),44,`var(--hp-cooling)`):c}
</svg>`}function b(e,t,n,r){return t-e<.5?c:a`<rect x=${e} y=${n} width=${Math.max(t-e-1,.5)} height=${m}
rx="3" fill=${r}></rect>`}export{_ as TodayCard};