import{A as e,B as t,E as n,V as r,Z as i,at as a,ft as o,g as s,lt as c,ut as l}from"./shared-tNZMYE1I.js";import{a as u,n as d}from"./model-DVWmX7bL.js";var f=7,p=420,m=560,[h,g]=[24,34],_=[`heating`,`hot_water`,`cooling`,`defrost`,`standby`],v=class extends r{static{this.styles=[...r.styles,n,o`
.head{flex-wrap:wrap;gap:0 12px;}table{width:100%;margin-top:8px;border-collapse:collapse;}th,td{padding:0;height:${g}px;font-weight:400;text-align:right;white-space:nowrap;}thead th{height:${h}px;color:var(--hp-quiet);font-size:12px;}th:first-child{width:1px;padding-right:12px;text-align:left;}.today{font-weight:500;}.figure{width:1px;padding-left:14px;}.starts{font-weight:500;}.line,.hours{position:relative;height:20px;}.hours span{position:absolute;transform:translateX(-50%);font-size:11px;}.hours span:first-child{transform:none;}.hours span:last-child{transform:translateX(-100%);}.line i{position:absolute;top:0;height:100%;box-sizing:border-box;}.line .defrost{min-width:2px;}.line .rest{top:9px;height:3px;background:var(--hp-standby);}.line .unknown{background-color:var(--hp-card);}.line .grid{width:1px;background:var(--hp-line);opacity:0.7;}.line .now{top:-3px;height:26px;width:2px;background:var(--hp-ink);}.line .box{min-width:2px;outline:1.5px solid var(--hp-ink);outline-offset:1.5px;border-radius:2px;}`]}#e=new t(this);getCardSize(){return 6}content(t){let{last:n}=t.today,r={first:s(n,-6),last:n},o=[n,t.starts_today,t.mode,t.runs].join(),u=this.asked(`runs`,o,(e,t)=>a(e,t,r)),h=this.asked(`days`,o,(e,t)=>i(e,t,r));if(!u||!h)return this.waiting();let{t:g,format:v}=this,y=d(u,h,{last:n,count:f,now:t.time},v.household),b=new Set(y.flatMap(({pieces:e})=>e.map(({role:e})=>e))),x=b.has(`unknown`)||y.some(({isKnown:e})=>!e),S=this.width>=p,C=this.width>=m;return l`
<div class="head">
<h2>${g(`compressor_runs`,{days:f})}</h2>
${y.some(({boxes:e})=>e.length)?l`<span class="quiet">${g(`boxed_short`,{minutes:20})}</span>`:c}
</div>
<div class="chart"><table>
<thead>
<tr>
<th scope="col"><span class="only-heard">${g(`day`)}</span></th>
<th aria-hidden="true">${this.#i()}</th>
<th scope="col" class="figure">${g(`starts`)}</th>
${S?l`<th scope="col" class="figure">${g(`hours`)}</th>`:c}
${C?l`<th scope="col" class="figure">${v.degreeUnit}</th>`:c}
</tr>
</thead>
<tbody>
${y.map(e=>l`<tr>
<th scope="row" class=${e.day===n?`today`:``}>
${this.#r(e.day,n)}
</th>
<td>${this.#a(e)}</td>
<td class="figure starts">${v.number(e.starts,0)}</td>
${S?l`<td class="figure">${v.number(e.hours,1)}</td>`:c}
${C?l`<td class="figure quiet">${v.degrees(e.outside_c)}</td>`:c}
</tr>`)}
</tbody>
</table>${u.length?this.#t(y,u.length):c}</div>
${e([..._.filter(e=>e===`standby`||b.has(e)).map(e=>[e,g(e)]),...x?[[null,g(`unknown`)]]:[]])}
`}#t(e,t){let{t:n}=this;return this.#e.layer({label:n(`arrow_keys`,{name:n(`compressor_runs`,{days:f})}),width:this.width,height:h+f*g,steps:[1,-Math.ceil(t/f)],spots:()=>this.#n(e)})}#n(e){let t=[...this.renderRoot.querySelectorAll(`.line`)],n=this.renderRoot.querySelector(`.chart`)?.getBoundingClientRect();return n?e.map(({pieces:e},r)=>{let i=t[r]?.getBoundingClientRect()??n;return e.flatMap(({run:e,from:t,to:r})=>e?{x:i.left-n.left+(t+r)/2*i.width,half:(r-t)/2*i.width,y:i.top-n.top+i.height/2,says:u(e,this.t,this.format.household)}:[])}).reverse().flat():[]}#r(e,t){if(e===t)return this.t(`today`);let n=this.format.weekday(e);return this.width<p?`${n} ${Number(e.slice(8))}`:`${n} ${this.format.day(e)}`}#i(){let e=this.width<m?[0,12,24]:[0,6,12,18,24];return l`<div class="hours">
${e.map(e=>l`<span style="left: ${100*e/24}%">
${this.format.hour(60*e)}
</span>`)}
</div>`}#a({pieces:e,boxes:t,until:n,runs:r,isKnown:i}){let a=i?this.t(`row_says`,{count:r,short:t.length}):this.t(`not_measured`);return l`<div class="line" role="img" aria-label=${a}>
${[0,6,12,18,24].map(e=>l`<i class="grid" style="left: ${100*e/24}%"></i>`)}
<i
class=${i?`rest`:`hatched`}
style=${y({from:0,to:n})}
></i>
${e.map(e=>e.role===`unknown`?l`<i class="hatched unknown" style=${y(e)}></i>`:l`<i
class=${e.role}
style="${y(e)}; background: var(--hp-${e.role})"
></i>`)}
${t.map(e=>l`<i class="box" style=${y(e)}></i>`)}
${n<1?l`<i class="now" style="left: ${100*n}%"></i>`:c}
</div>`}};function y({from:e,to:t}){let n=e=>`${(100*e).toFixed(2)}%`;return`left: ${n(e)}; width: ${n(t-e)}`}export{v as RunsCard};