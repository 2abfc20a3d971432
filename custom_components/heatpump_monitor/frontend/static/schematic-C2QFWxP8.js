import{_ as e,a as t,b as n,c as r,d as i,g as a,h as o,l as s,m as c,n as l,p as u,r as d,u as f,v as p,x as m,y as h}from"./mdi-BdJ5VcrN.js";import{M as g,dt as _,ft as v,i as ee,lt as y,o as b,r as x,ut as S}from"./shared-D7A7ZQN7.js";function C(e,t,n,r,i=`large`){return{x:e,y:t,anchor:n,size:i,isFigure:!0,...r}}function w(e,t,n,r,i=`small`){return{x:e,y:t,anchor:n,size:i,isFigure:!1,text:r,unit:``}}var te={huge:44,large:17,normal:14,small:12};function T({text:e,unit:t},n=`small`){let r=te[n],i=t?Math.max(.75*r,11)*E(`\u00a0${t}`):0;return r*E(e)+i}function E(e){let t=0;for(let n of e)/[\s.,:ijltfr()·]/.test(n)?t+=.32:/[mwMW…]/.test(n)?t+=.88:t+=/\p{Lu}/u.test(n)?.7:.57;return t}function D(e,t,n,r,i){let a=[];for(let e of r.split(` `)){let t=`${a.at(-1)??``} ${e}`.trim();if(a.length&&T({text:t,unit:``})<=i)a.pop();else if(a.length){a.push(e);continue}a.push(t)}return a.map((r,i)=>w(e,t+16*i,n,r))}function O(e,t){let n=e=>E(e)*te.small<=t;if(n(e))return e;let r=e.length-1;for(;r>1&&!n(`${e.slice(0,r)}…`);)--r;return`${e.slice(0,r).trimEnd()}…`}function ne(e,t=14){let[n,...r]=e;if(!n)return``;let i=`M${n[0]} ${n[1]}`;return r.forEach((n,a)=>{let o=e[a],s=r[a+1];if(!s){i+=`L${n[0]} ${n[1]}`;return}let c=Math.min(t,A(o,n)/2,A(n,s)/2),l=j(n,o,c),u=j(n,s,c);i+=`L${l[0]} ${l[1]}Q${n[0]} ${n[1]} ${u[0]} ${u[1]}`}),i}var k=34;function re(e,t){let n=[];return e.slice(1).forEach((r,i)=>{let a=e[i],o=A(a,r),s=Math.floor((o+8)/k),c=Math.atan2(r[1]-a[1],r[0]-a[0])*180/Math.PI+(t?180:0);for(let e=0;e<s;e+=1){let[t,i]=j(a,r,(o-(s-1)*k)/2+e*k);n.push({x:t,y:i,degrees:c})}}),n}function A([e,t],[n,r]){return Math.hypot(n-e,r-t)}function j(e,t,n){let r=A(e,t)||1;return[e[0]+(t[0]-e[0])*n/r,e[1]+(t[1]-e[1])*n/r]}var ie=v`
svg {
display: block;
width: 100%;
font-family: inherit;
}
.unit {
fill: color-mix(in srgb, var(--hp-ink) 4%, var(--hp-card));
stroke-width: 2;
}
.vessel {
fill: color-mix(in srgb, var(--hp-ink) 4%, var(--hp-card));
stroke-width: 2;
}
.disc {
stroke-width: 1.5;
}
.label {
fill: var(--hp-quiet);
font-size: 12px;
}
.figure {
fill: var(--hp-ink);
font-weight: 500;
}
.huge {
font-size: 44px;
font-weight: 400;
}
.large {
font-size: 17px;
}
.normal {
font-size: 14px;
}
.unit-text {
fill: var(--hp-quiet);
font-size: max(0.75em, 11px);
font-weight: 400;
}
.band {
fill: none;
transition: stroke-width 400ms;
}
.chevron {
fill: none;
stroke: var(--hp-card);
stroke-width: 2;
stroke-linecap: round;
stroke-linejoin: round;
}
.arrow {
stroke: none;
}
.moving {
animation: step 0.9s linear infinite;
}
@keyframes step {
from {
transform: translateX(-8px);
opacity: 0.2;
}
50% {
opacity: 1;
}
to {
transform: translateX(8px);
opacity: 0.2;
}
}
:host([still]) .moving {
animation: none;
}
@media (prefers-reduced-motion: reduce) {
.moving {
animation: none;
}
}
`;function ae(e,t){let{width:n,height:r,bands:i,nodes:a,labels:o}=e,s=a.filter(e=>e.kind===`unit`),c=a.filter(e=>e.kind!==`unit`);return _`<svg class="schematic" viewBox="0 0 ${n} ${r}" role="img"
aria-label=${t} style="height: ${r}px">
<defs>${se(`unknown`)}${se(`defrost`)}${i.map(ce)}</defs>
${s.map(he)}
${i.map(le)}
${c.map(he)}
${o.filter(e=>e.text).map(ve)}
${ye(r,e.pxPerKw)}
</svg>`}var oe=.5;function se(e){return _`<pattern id="hatch-${e}" width="6" height="6" patternUnits="userSpaceOnUse"
patternTransform="rotate(45)">
<rect width="6" height="6" fill=${e===`unknown`?`none`:P(e)}></rect>
<path d="M0 0V6" stroke=${e===`unknown`?P(e):`var(--hp-card)`}
stroke-width=${e===`unknown`?2.5:1.6}></path>
</pattern>`}function ce(e){let{id:t,role:n,becomes:r}=e;return r?_`<linearGradient id="becomes-${t}" gradientUnits="userSpaceOnUse"
x1=${r.from} y1="0" x2=${r.to} y2="0">
<stop offset="0" stop-color=${P(n)}></stop>
<stop offset="1" stop-color=${P(r.role)}></stop>
</linearGradient>`:y}function le(e){let{id:t,points:n,stream:r}=e,{motion:i,width:a,isMeasured:o,backward:s}=r,c=ne(n.map(([e,t],n)=>n?[e+.01,t+.01]:[e,t]),Math.max(14,a)),l=(e,n)=>_`<path class="band" data-band=${t} d=${c} stroke=${e} stroke-width=${n}
stroke-linejoin="round"></path>`,u=t===`return`?l(`var(--hp-card)`,a+6):y,d=a<9||!o,f=i===`flowing`?(e.marks??[n]).flatMap(e=>re(e,s)):[];return _`${u}${l(ue(e),e.becomes?a+oe:a)}${f.map(({x:t,y:n,degrees:r})=>d?pe(t,n,r,de(e)):fe(t,n,r,Math.min(a/4,5)))}`}function ue(e){let{id:t,role:n,stream:r,becomes:i}=e;return r.motion===`unknown`?`url(#hatch-unknown)`:r.motion===`idle`?P(`standby`):i?`url(#becomes-${t})`:n===`defrost`&&r.isMeasured?`url(#hatch-defrost)`:de(e)}function de({role:e,isPale:t}){return t?F(e,45):P(e)}function fe(e,t,n,r){return _`<g transform="translate(${e} ${t}) rotate(${n})">
<path class="chevron moving" d="M${-r/2} ${-r}L${r/2} 0L${-r/2} ${r}"></path>
</g>`}function pe(e,t,n,r){return _`<g transform="translate(${e} ${t}) rotate(${n})">
<path class="arrow moving" fill=${r} d="M-4 -5L5 0L-4 5Z"></path></g>`}var M={meter:u,heater:f,buffer:e,circuit:c,hot_water:d},me={air:r,brine:p,water:n};function he(e){let{kind:t,x:n,y:r,width:i,height:a}=e,o=e.isKnown?P(e.isActive?e.role:`standby`):P(`unknown`);switch(t){case`unit`:return _`<rect class="unit" x=${n} y=${r} width=${i} height=${a} rx="16"
stroke=${o} stroke-dasharray=${e.isKnown?y:`6 5`}></rect>`;case`share`:return _`<rect x=${n} y=${r} width=${i} height=${a} rx="3"
fill=${e.isKnown?F(`ink`,10):`url(#hatch-unknown)`}></rect>
<rect x=${n} y=${r} width=${i*(e.level??0)} height=${a} rx="3"
fill=${P(e.role)}></rect>`;case`outlet`:return _`<rect x=${n} y=${r} width=${i} height=${a}
fill=${e.isActive?F(e.role,45):P(`standby`)}></rect>`;case`source`:case`heater`:case`valve`:return ge(e,o);case`meter`:return _`<rect class="disc" x=${n} y=${r} width=${i} height=${a} rx="12"
stroke=${o} fill=${e.isKnown?F(e.role):`var(--hp-card)`}></rect>
${N(M.meter,n+i/2,r+a/2,22,o)}`;default:return _e(e,o)}}function ge(e,t){let{kind:n,x:r,y:i,width:a}=e,o=a/2,s=e.isActive&&e.isKnown,c=s&&n!==`valve`?F(e.role):`var(--hp-card)`,l=n===`source`?e.source?me[e.source]:h:M[n];return _`<circle class="disc" cx=${r+o} cy=${i+o} r=${o-1} fill=${c}
stroke=${t}></circle>
${n===`valve`?_`<circle cx=${r+o} cy=${i+o} r=${o/2.6} fill=${t}></circle>`:N(l,r+o,i+o,n===`source`?32:18,s?t:`var(--hp-quiet)`)}`}function _e(e,t){let{x:n,y:r,width:i,height:a,role:o,isKnown:s,level:c=0}=e,l=r+a*(1-c),u=r+a*(1-ee),d=M[e.kind];return _`<rect class="vessel" x=${n} y=${r} width=${i} height=${a} rx=${12}
stroke=${t} style=${s?``:`fill: url(#hatch-unknown)`}></rect>
${s?_`<path fill=${F(o,e.isActive?55:35)}
d="M${n+1} ${l}h${i-2}V${r+a-11-1}a${11} ${11} 0 0 1 -${11} ${11}h-${i-2-22}a${11} ${11} 0 0 1 -${11} -${11}z"></path>
<path d="M${n+1} ${l}h${i-2}" stroke=${P(o)} stroke-width="2"></path>`:y}
${e.hasTarget?_`<path d="M${n-4} ${u}h9M${n+i-5} ${u}h9" stroke="var(--hp-ink)"
stroke-width="2"></path>`:y}
${d?N(d,n+i/2,r+a-20,20,`var(--hp-quiet)`):y}`}function N(e,t,n,r,i){return _`<path d=${e} fill=${i}
transform="translate(${t-r/2} ${n-r/2}) scale(${r/24})"></path>`}function ve(e){let{x:t,y:n,anchor:r,size:i,text:a,unit:o,isFigure:s,pillWidth:c}=e;return _`${c?_`<rect x=${t-c/2} y=${n-17} width=${c} height="24" rx="12"
fill="var(--hp-card)" stroke="var(--hp-line)"></rect>`:y}<text class="label ${i} ${s?`figure`:``} ${c?`pill`:``}"
x=${t} y=${n} text-anchor=${r}>${a}${o?_`<tspan class="unit-text">${`\xA0`+o}</tspan>`:y}</text>`}function ye(e,t){return _`<path d="M2 ${e-8-x}h24v${x}h-24z" fill=${P(`unknown`)}></path>
<text class="label" x="32" y=${e-4}>= ${x/t} kW</text>`}function P(e){return`var(--hp-${e})`}function F(e,t=15){return`color-mix(in srgb, var(--hp-${e}) ${t}%, var(--hp-card))`}var I={motion:`idle`,width:2,backward:!1,isMeasured:!0};function L(e,t,n,r,i={}){return{id:e,role:t,stream:n,points:r,...i}}function R(e,t,n,r,i,a){let o=t.isRunning||t.streams.heat.motion===`flowing`;return{kind:e,role:t.tone,isActive:o,isKnown:t.tone!==`unknown`,x:n,y:r,width:i,height:a}}function be(e,t,n,r){return{...R(`source`,e,t-r,n-r,2*r,2*r),role:`source`,isActive:e.isRunning,source:e.source.kind}}function xe(e,t,n,r){let i=Math.round(.68*r);return{...R(`meter`,e,t-r/2,n,r,i),role:`electricity`,isActive:[e.streams.compressor,e.streams.heater].some(({motion:e})=>e===`flowing`),isKnown:e.streams.compressor.motion!==`unknown`}}function Se(e,t,n,r=16){return{...R(`heater`,e,t-r,n-r,2*r,2*r),role:`electricity`,isActive:e.heater.on===!0}}function Ce(e,t,n,r){return R(`valve`,e,t-r,n-r,2*r,2*r)}function we(e,t,n,r){return{...R(`share`,e,t,n,r,6),isKnown:e.compressor.isKnown,level:e.compressor.share??0}}function z(e,t,n,r,i){let{level:a,isKnown:o,isBuffer:s}=e.house;return{...R(s?`buffer`:`circuit`,e,t,n,r,i),role:e.tone===`cooling`?`cooling`:`heating`,isActive:e.streams.heat.motion===`flowing`&&!e.toHotWater,isKnown:o,level:a}}function Te(e,t,n,r,i,a){let{isKnown:o,level:s,hasTarget:c}=t;return{...R(`hot_water`,e,n,r,i,a),role:`hot_water`,isActive:e.toHotWater,isKnown:o,level:s,hasTarget:c}}function Ee(e,t,n){return L(`return`,e.tone,e.streams.thread,t,{isPale:!0,marks:[n]})}function De(e,t,n,r){return{...R(`outlet`,e,t,n-3/2,r,3),role:e.tone===`cooling`?`cooling`:`heating`,isActive:e.streams.heat.motion===`flowing`&&!e.toHotWater}}function Oe(e,t,n,r){return[w(t,n,`start`,O(e.name,r)),C(t,n+22,`start`,e.celsius),w(t,n+42,`start`,e.target)]}function B(e){return{text:e,unit:``}}var ke=8,Ae=148,V=156,H={x:32,y:72,radius:30},U={x:29,y:212,width:54},W=U.y+30,G=302,K=342,q={width:48,height:72},je=36,Me=96,Ne=38,Pe=49,Fe=300;function Ie(e,t,n){let r=Le(e,t),{unitX:i,heatX:a,houseX:o,tankX:s}=r,c={x:i+14,width:t-2-i-28},l=[R(`unit`,e,i,ke,t-2-i,Ae),we(e,c.x,43,c.width),be(e,H.x,H.y,H.radius),xe(e,U.x,U.y,U.width),z(e,o,K,q.width,q.height)];e.hotWater&&l.push(Te(e,e.hotWater,s,K,q.width,q.height),Ce(e,a,G,8)),e.heater.exists&&l.push(Se(e,a,W,14));let u=Ue(e);return l.push(...u.map(t=>De(e,o-11,Math.min(t-5,408),10))),{height:Math.max(496,(u.at(-1)??0)+54),nodes:l,bands:[...Re(e,r),...ze(e,r)],labels:[...Be(e,r),w(c.x,33,`start`,n(`compressor`)),C(t-16,33,`end`,B(e.compressor.text),`normal`),...Ve(e,r,n),C(2,U.y-8,`start`,e.electricityPower,`normal`),w(2,U.y+54,`start`,n(`electricity_in`)),...He(e,r,n),...We(e,r,u)]}}function Le(e,t){let{heat:n,pumped:r,compressor:i}=e.streams,a=e.heater.on===!0,o=a?r.width:n.width,s=t<Fe,c=Math.max(78,(s?.31:.36)*t),l=c+8+i.width/2,u=Math.max(c+(s?.2:.27)*(t-c),l+i.width/2+8+Math.max(o/2,n.width-o/2)),d=a?u-(n.width-r.width)/2:u,f=u+o/2+6,p=d+Math.max(n.width/2,14)+6,m=Math.max(T(e.heatPower,`normal`),T(B(e.heatNote))),h=e.heater.exists?Math.max(T(B(e.heater.text)),Pe):0;return{width:t,unitX:c,electricityX:l,pumpedX:u,heatX:d,besideX:f,heaterTextX:p,returnX:Math.max(f+m+5,p+h+5,c+.64*(t-c)),houseX:d-q.width/2,tankX:t-q.width-8}}function Re(e,t){let{source:n,compressor:r,heater:i,thread:a}=e.streams,{unitX:o,electricityX:s}=t,c=H.x+H.radius,l=U.x+U.width/2,u=e.source.outlet?H.y-8:H.y,d=[L(`source`,e.tone===`defrost`?`defrost`:`source`,n,[[c-2,u],[o,u]]),L(`electricity`,`electricity`,r,[[l,U.y+10],[s,U.y+10],[s,V]])];if(e.source.outlet){let e=u+n.width/2+12;d.push(L(`outlet`,`source`,a,[[o,e],[c-4,e]],{isPale:!0}))}return e.heater.exists&&d.push(L(`heater`,`electricity`,i,[[l,W],[t.heatX,W]])),d}function ze(e,t){let{heat:n,pumped:r}=e.streams,{heatX:i,pumpedX:a,returnX:o,tankX:s,houseX:c}=t,l=s+q.width/2,u=e.heater.exists&&e.heater.on===!0,d=u?[i,W]:[i,V],f=[[i,G],[i,K]],p=[[i,G],[l,G],[l,K]],m=[];if(e.toHotWater?m.push(L(`house`,e.tone,I,f)):e.hotWater&&m.push(L(`tank`,e.tone,I,p)),e.return){let t=e.toHotWater?s:c+q.width;m.push(Ee(e,[[t,396],[o,396],[o,157]],[[o,362],[o,157]]))}return u&&m.push(L(`pumped`,e.tone,r,[[a,V],[a,W]])),m.push(L(`heat`,e.tone,n,[d,...e.toHotWater?p:f.slice(1)],{marks:[...u||!e.heater.exists?[]:[[d,[i,W-16]]],[e.heater.exists?[i,W+16]:d,[i,292]],e.toHotWater?[[i+20,G],p[1]]:[[i,312],f[1]]]})),m}function Be(e,t){let{x:n,y:r,radius:i}=H,{source:a}=e.streams,o=[w(2,r-i-10,`start`,e.source.name),C(n,r+i+20,`middle`,e.source.inlet,`normal`),w(n,r+i+37,`middle`,e.source.outlet)],s=t.unitX-n-i;if(s<Me||!e.sourcePower.text)return o;let c=t.unitX-s/2,l=r-Math.max(a.width/2,8)-(e.source.outlet?18:10),u=r+Math.max(a.width/2,8)+(e.source.outlet?24:18);return[...o,C(c,l,`middle`,e.sourcePower,`normal`),...D(c,u,`middle`,e.sourceNote,s-8)]}function Ve(e,t,n){let{unitX:r,width:i}=t,a=(r+i)/2,o=Ne,s=a-(46+T(B(e.cop.text),`huge`))/2;return[w(s,100,`start`,n(`cop`),`large`),C(s+o+8,100,`start`,B(e.cop.text),`huge`),...e.cop.note.flatMap(e=>D(a,126,`middle`,e,i-r-24))]}function He(e,t,n){let{besideX:r,heaterTextX:i,returnX:a,heatX:o}=t,{heat:s}=e.streams,c=o-Math.max(s.width/2,8)-8,l=[C(r,186,`start`,e.heatPower,`normal`),w(r,203,`start`,e.heatNote),C(c,296,`end`,e.supply,`normal`),w(c,313,`end`,n(`supply`))];return e.return&&l.push(C(a+8,186,`start`,e.return,`normal`),w(a+8,203,`start`,n(`return`))),e.heater.exists&&l.push(w(i,W+1,`start`,n(`heater`)),w(i,W+17,`start`,e.heater.text)),l}function Ue(e){let t=K+(e.circuits.length>2?14:24);return e.circuits.map((e,n)=>t+je*n)}function We(e,t,n){let{width:r,houseX:i,heatX:a}=t,o=[],s=K+q.height;if(e.hotWater&&o.push(C(r-2,s+20,`end`,e.hotWater.celsius,`normal`),w(r-2,s+37,`end`,e.hotWater.name),w(r-2,s+53,`end`,e.hotWater.target)),e.circuits.length)o.push(C(a,s+20,`middle`,e.house.celsius,`normal`),w(a,s+37,`middle`,e.house.name),...e.circuits.flatMap((e,t)=>[C(2,n[t],`start`,e.celsius,`normal`),w(2,n[t]+16,`start`,O(e.name,i-14))]));else{let t=i-10;o.push(C(t,368,`end`,e.house.celsius,`normal`),w(t,386,`end`,O(e.house.name,t)),w(t,402,`end`,e.house.target))}return o}var Ge=760,J=190,Ke=4,Y=306,qe=54,X={x:48,radius:35},Z=50;function Je(e,t,n){let r=Ye(e,t),{unitX:i,unitEnd:a,heatY:o}=r,s={x:i+16,width:a-i-32},c=[R(`unit`,e,i,Ke,a-i,r.unitBottom-Ke),we(e,s.x,40,s.width),be(e,X.x,J,X.radius),xe(e,r.meterX,Y,64),z(e,r.houseX,o-37,Z,118)];e.hotWater&&c.push(Te(e,e.hotWater,r.houseX,8,Z,92),Ce(e,r.valveX,o,9)),e.heater.exists&&c.push(Se(e,r.heaterX,o));let l=et(e,o);return c.push(...l.map(t=>De(e,r.houseX+Z+1,t-5,9))),{height:358,nodes:c,bands:[...Xe(e,r),...Ze(e,r)],labels:[...Qe(e,r),w(s.x,30,`start`,n(`compressor`)),C(a-16,30,`end`,B(e.compressor.text),`normal`),w(s.x,70,`start`,n(`cop_now`)),C(s.x,113,`start`,B(e.cop.text),`huge`),...e.cop.note.flatMap(e=>D(s.x,136,`start`,e,s.width)),C(r.meterX-44,324,`end`,e.electricityPower),w(r.meterX-44,343,`end`,n(`electricity_in`)),...$e(e,r,n),...tt(e,r,l)]}}function Ye(e,t){let{heat:n,pumped:r}=e.streams,i=.26*t,a=i+Math.min(Math.max(.235*t,150),210),o=t-144,s=o-a,c=e.heater.on?J+(n.width-r.width)/2:J,l=c+n.width/2,u=Math.max(252,l+46);return{width:t,unitX:i,unitEnd:a,unitBottom:Math.max(278,u+20),meterX:i+56,heaterX:a+.59*s,valveX:a+.81*s,houseX:o,heatY:c,returnY:u,top:J-Math.max(r.width/2,17),isRoomy:t>=Ge}}function Xe(e,t){let{source:n,compressor:r,heater:i,pumped:a,thread:o}=e.streams,{unitX:s,unitEnd:c,meterX:l}=t,u=X.x+X.radius,d=n.backward,f=[n,r,a].every(({motion:e})=>e===`flowing`)&&n.isMeasured,p={from:s+24,to:c-40},m=[],h=J;if(f){let t=J-a.width/2,i=d?J+(a.width+r.width)/2:J+(a.width-r.width)/2;h=t+n.width/2,m.push(L(`electricity`,`electricity`,r,[[l,Y],[l,i],[d?s:c,i]],{marks:[[[l,Y],[l,i+12]]],...d?{}:{becomes:{role:e.tone,from:l+20,to:p.to}}}))}else r.motion===`idle`?m.push(L(`electricity`,`electricity`,r,[[l,Y],[l,t.unitBottom]])):m.push(L(`electricity`,`electricity`,r,[[l,Y],[l,t.unitBottom-(e.isRunning?22:0)]]));let g=[[u,h],[s,h]],_=f&&!d;if(m.push(L(`source`,d&&e.tone===`defrost`?`defrost`:`source`,n,_?[g[0],[c,h]]:g,_?{marks:[g],becomes:{role:e.tone,...p}}:{})),e.source.outlet){let e=h+n.width/2+12;m.push(L(`outlet`,`source`,o,[[s,e],[u-7,e]],{isPale:!0}))}return e.heater.exists&&m.push(L(`heater`,`electricity`,i,[[l+32,328],[t.heaterX,328],[t.heaterX,t.heatY]])),m}function Ze(e,t){let{heat:n,pumped:r}=e.streams,{unitX:i,unitEnd:a,heaterX:o,valveX:s,houseX:c,heatY:l,returnY:u}=t,d=[],f=[[s,l],[s,qe],[c,qe]],p=[[s,l],[c,l]];if(e.toHotWater?d.push(L(`house`,e.tone,I,p)):e.hotWater&&d.push(L(`tank`,e.tone,I,f)),e.return){let t=s+n.width/2+7;d.push(Ee(e,e.toHotWater?[[c,86],[t,86],[t,u],[a+1,u]]:[[c,u],[a+1,u]],[[e.toHotWater?t:c,u],[a+16+Q(e.return),u]]))}let m=a+16+Q(e.supply),h=e.streams.source.backward&&r.motion===`flowing`,g=h?i:a,_=e.heater.exists&&e.heater.on===!0,v=e.toHotWater?f.slice(1):[p[1]];_&&d.push(L(`pumped`,e.tone,r,[[a,J],[o,J]],{marks:[[[m,J],[o-18,J]]]}));let ee=_?[o,l]:[g,l],y=_?[]:e.heater.exists?[[[m,l],[o-18,l]]]:[[[m,l],[s-12,l]]],b=[o+18,l];return d.push(L(`heat`,e.tone,n,[ee,...e.toHotWater?[f[0]]:[],...v],{marks:[...y,...e.heater.exists&&e.hotWater?[[b,[s-12,l]]]:[],...e.toHotWater?[f.slice(0,2),f.slice(1)]:[e.hotWater?[[s+12,l],p[1]]:[b,p[1]]]],...h&&e.tone===`cooling`?{becomes:{role:`source`,from:a-40,to:i+24}}:{}})),d}function Qe(e,t){let{source:n}=e.streams,r=[w(X.x,142,`middle`,e.source.name),C(X.x,250,`middle`,e.source.inlet),w(X.x,268,`middle`,e.source.outlet)];if(!e.sourcePower.text)return r;let i=X.x+X.radius,a=(i+t.unitX)/2,o=J+Math.max(n.width/2,12)+(e.source.outlet?36:20);return[...r,C(a,J-Math.max(n.width/2,8)-12,`middle`,e.sourcePower,`normal`),...D(a,o,`middle`,e.sourceNote,t.unitX-i-6)]}function $e(e,t,n){let r=t.unitEnd+10,i=t.heaterX,a=[w(r,t.top-32,`start`,e.heatNote),C(r,t.top-12,`start`,e.heatPower,t.isRoomy?`large`:`normal`),nt(r,J,e.supply)];return e.heater.exists&&a.push(w(i,t.top-30,`middle`,n(t.isRoomy?`backup_heater`:`heater`)),w(i,t.top-14,`middle`,e.heater.text)),e.return&&a.push(nt(r,t.returnY,e.return),w(r,t.returnY-24,`start`,e.deltaT),w(r,t.returnY+30,`start`,e.flow)),a}function et(e,t){let n=e.circuits.length,r=Math.max(44,70-13*Math.max(n-2,0)),i=t+29-r*(n-1)/2;return e.circuits.map((e,t)=>i+r*t)}function tt(e,t,n){let{houseX:r,heatY:i,width:a}=t,o=r+Z+16,s=a-o,c=e.hotWater?Oe(e.hotWater,o,30,s):[];return e.circuits.length?c.push(w(r+Z/2,i+100,`middle`,e.house.name),C(r+Z/2,i+121,`middle`,e.house.celsius),...e.circuits.flatMap((e,t)=>[w(o,n[t]-19,`start`,O(e.name,s)),C(o,n[t],`start`,e.celsius,`normal`)])):c.push(...Oe(e.house,o,i-10,s)),c}function Q(e){return T(e,`normal`)+20}function nt(e,t,n){let r=Q(n);return{...C(e+r/2,t+5,`middle`,n,`normal`),pillWidth:r}}function rt(e,t,n){return{...t>=640?Je(e,t,n):Ie(e,t,n),width:t,pxPerKw:e.pxPerKw}}var it={heating:s,hot_water:d,cooling:o,defrost:a,standby:m,unknown:i},at=`/config/integrations/integration/heatpump_monitor`,ot=34,st=252,ct=5e3,lt=class extends g{static{this.styles=[...g.styles,ie,v`
.top {
display: flex;
flex-wrap: wrap;
gap: 8px 16px;
align-items: flex-start;
margin-bottom: 12px;
}
.mode {
display: flex;
gap: 12px;
align-items: center;
flex: 1 1 auto;
min-width: 0;
}
.badge {
width: 40px;
height: 40px;
border-radius: 20px;
flex: none;
display: grid;
place-items: center;
}
.title {
font-size: 20px;
line-height: 24px;
}
.statuses {
display: flex;
flex-wrap: wrap;
gap: 4px 14px;
font-size: 12px;
}
.status {
display: inline-flex;
gap: 5px;
align-items: center;
}
.remedy {
flex-wrap: wrap;
}
a {
/* Large enough for a finger, without moving what is around it. */
margin: -12px 0;
padding: 12px 0;
color: var(--primary-color, #009ac7);
}
.status svg {
width: 15px;
}
`]}static{this.properties={...g.properties,width:{state:!0},now:{state:!0}}}#e=null;#t=new ResizeObserver(([e])=>{e&&(this.width=Math.max(e.contentRect.width-ot,st))});#n=()=>this.#r();getCardSize(){return 8}getGridOptions(){return{columns:12,min_columns:6}}constructor(){super(),this.width=360,this.now=/* @__PURE__ */ new Date}connectedCallback(){super.connectedCallback(),this.#t.observe(this),document.addEventListener(`visibilitychange`,this.#n),this.#r()}disconnectedCallback(){super.disconnectedCallback(),this.#t.disconnect(),document.removeEventListener(`visibilitychange`,this.#n),this.#e&&clearInterval(this.#e),this.#e=null}content(e){let n=new Date(Math.max(this.now.getTime(),new Date(e.time).getTime())),r=b(e,n,this.t,this.format),i=ut(r,this.t);return S`
<div class="top">
<div class="mode">
<div
class="badge"
style="background: color-mix(in srgb, var(--hp-${r.tone}) 18%, transparent)"
>
${$(it[r.tone],`var(--hp-${r.tone})`,24)}
</div>
<div>
<div class="title">${r.title}</div>
<div class="quiet">${r.subtitle}</div>
</div>
</div>
<div class="statuses">
${r.statuses.map(e=>S`<span class="status">
${$(e.isGood?t:l,`var(--hp-${e.isGood?`good`:`warning`})`,15)}
<span>${e.name} <span class="quiet">${e.text}</span></span>
</span>`)}
<span class="quiet">${r.calls}</span>
${r.remedy?dt(r.remedy):y}
</div>
</div>
${ae(rt(r,this.width,this.t),i)}
`}#r(){this.toggleAttribute(`still`,document.hidden),this.#e&&clearInterval(this.#e),this.#e=document.hidden?null:setInterval(()=>this.now=/* @__PURE__ */ new Date,ct)}};function ut(e,t){let n=({text:e,unit:t})=>`${e} ${t}`.trim();return[e.title,`COP ${e.cop.text}`,`${e.heatNote} ${n(e.heatPower)}`.trim(),`${t(`electricity_in`)} ${n(e.electricityPower)}`].join(`, `)}function dt({text:e,link:t}){return S`<span class="status remedy">
${$(l,`var(--hp-warning)`,15)}
<span>${e}:</span>
<a href=${at}>${t}</a>
</span>`}function $(e,t,n){return S`<svg viewBox="0 0 24 24" aria-hidden="true" style="width: ${n}px">
<path d=${e} fill=${t}></path>
</svg>`}export{lt as SchematicCard};