import{H as e,V as t,at as n,ft as r,lt as i,ut as a}from"./shared-vLb4v_Vv.js";import"./health-C_aI6XnQ.js";import{n as o,r as s,t as c}from"./list-EmBaviBM.js";var l=1440;function u({severity:e,since:t,name:n,message:r,advice:i},a,o){return{title:n,when:`${a(`severity_${e}`)} · ${a(`since`,{time:p(t,o)})}`,lines:[r,i]}}function d({since:e,until:t,name:n,message:r},i,a){return{title:n,when:e?`${p(e,a)}, ${m((Date.parse(t)-Date.parse(e))/6e4,i,a)}`:i(`until`,{time:p(t,a)}),lines:r===n?[]:[r]}}function f({watched:e,watched_since:t,not_watched:n},r,i){let a=e+n.length,[o,s]=[i.number(e,0),p(t,i)],c=n.length?r(`alarms_watched_of`,{count:o,all:i.number(a,0),since:s}):r(`alarms_watched`,{count:o,since:s});return n.length?[c,r(`alarms_not_watched`,{names:n.join(`, `)})]:[c]}function p(e,t){return`${t.day(e)}, ${t.time(e)}`}function m(e,t,n){return e<2*l?n.duration(e):t(`days_count`,{days:n.number(e/l,1)})}var h=`M13 14H11V9H13M13 18H11V16H13M1 21H23L12 2L1 21Z`,g=`M13 13H11V7H13M11 15H13V17H11M15.7 3H8.3L3 8.3V15.7L8.3 21H15.7L21 15.7V8.3L15.7 3Z`,_=`M12 2C6.5 2 2 6.5 2 12S6.5 22 12 22 22 17.5 22 12 17.5 2 12 2M10 17L5 12L6.4 10.6L10 14.2L17.6 6.6L19 8L10 17Z`,v=`M13.5,8H12V13L16.3,15.5L17,14.3L13.5,12.3V8M13,3A9,9 0 0,0 4,12H1L5,16L9,12H6A7,7 0 0,1 13,5A7,7 0 0,1 20,12A7,7 0 0,1 13,19C11.1,19 9.3,18.2 8.1,16.9L6.6,18.4C8.3,20 10.5,21 13,21A9,9 0 0,0 22,12A9,9 0 0,0 13,3`,y={fault:[g,`limit`],warning:[h,`warning`],notice:[`M13,9H11V7H13M13,17H11V11H13M12,2A10,10 0 0,0 2,12A10,10 0 0,0 12,22A10,10 0 0,0 22,12A10,10 0 0,0 12,2Z`,`quiet`]},b=class extends t{static{this.styles=[...t.styles,s,r`
.raised li span:not(.quiet),.good{font-weight:500;}.raised .line{font-size:14px;}.raised .line:not(:last-child){color:var(--hp-ink);}p{margin:4px 0 0;}`]}getCardSize(){return 3}content(t){let{t:r,format:s}=this,l=[e(t.time),t.alarms_changed_at,this.hass?.locale.language],d=this.asked(`health`,l.join(),n),f=t.alarms.map(e=>({...u(e,r,s),icon:c(...y[e.severity])}));return a`
<div class="head">
<h2>${r(`alarms`)}</h2>
${f.length?a`<span class="quiet">${r(`alarms_raised`,{count:f.length})}</span>`:i}
</div>
<div class="raised" role="status">
${f.length?o(f):a`<p class="good">${c(_,`good`)}${r(`no_alarm`)}</p>`}
</div>
${d?this.#e(d.alarms):this.hasFailed()?this.message(`no_answer`):i}
`}#e(e){let{t,format:n}=this,r=e.over.map(e=>({...d(e,t,n),icon:c(v,`quiet`)}));return a`
${r.length?a`<h3>${t(`happened`)}</h3>${o(r)}`:i}
${f(e,t,n).map(e=>a`<p class="quiet">${e}</p>`)}
`}};export{b as AlarmsCard};