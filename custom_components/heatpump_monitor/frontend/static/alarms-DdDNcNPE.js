import{ft as e,lt as t,ut as n}from"./shared-tNZMYE1I.js";import"./health-B7sKEZuh.js";import{t as r}from"./health_card-kQ9XgqF9.js";import{n as i,r as a,t as o}from"./list-CuGjK47H.js";var s=1440;function c({severity:e,since:t,name:n,message:r,advice:i},a,o){return{title:n,when:`${a(`severity_${e}`)} · ${a(`since`,{time:d(t,o)})}`,lines:[r,i]}}function l({since:e,until:t,name:n,message:r},i,a){return{title:n,when:e?`${d(e,a)}, ${f((Date.parse(t)-Date.parse(e))/6e4,i,a)}`:i(`until`,{time:d(t,a)}),lines:r===n?[]:[r]}}function u({watched:e,watched_since:t,not_watched:n},r,i){let a=e+n.length,[o,s]=[i.number(e,0),d(t,i)],c=n.length?r(`alarms_watched_of`,{count:o,all:i.number(a,0),since:s}):r(`alarms_watched`,{count:o,since:s});return n.length?[c,r(`alarms_not_watched`,{names:n.join(`, `)})]:[c]}function d(e,t){return`${t.day(e)}, ${t.time(e)}`}function f(e,t,n){return e<2*s?n.duration(e):t(`days_count`,{days:n.number(e/s,1)})}var p=`M13 14H11V9H13M13 18H11V16H13M1 21H23L12 2L1 21Z`,m=`M13 13H11V7H13M11 15H13V17H11M15.7 3H8.3L3 8.3V15.7L8.3 21H15.7L21 15.7V8.3L15.7 3Z`,h=`M12 2C6.5 2 2 6.5 2 12S6.5 22 12 22 22 17.5 22 12 17.5 2 12 2M10 17L5 12L6.4 10.6L10 14.2L17.6 6.6L19 8L10 17Z`,g=`M13.5,8H12V13L16.3,15.5L17,14.3L13.5,12.3V8M13,3A9,9 0 0,0 4,12H1L5,16L9,12H6A7,7 0 0,1 13,5A7,7 0 0,1 20,12A7,7 0 0,1 13,19C11.1,19 9.3,18.2 8.1,16.9L6.6,18.4C8.3,20 10.5,21 13,21A9,9 0 0,0 22,12A9,9 0 0,0 13,3`,_={fault:[m,`limit`],warning:[p,`warning`],notice:[`M13,9H11V7H13M13,17H11V11H13M12,2A10,10 0 0,0 2,12A10,10 0 0,0 12,22A10,10 0 0,0 22,12A10,10 0 0,0 12,2Z`,`quiet`]},v=class extends r{static{this.styles=[...r.styles,a,e`
.raised li span:not(.quiet),.good{font-weight:500;}.raised .line{font-size:14px;}.raised .line:not(:last-child){color:var(--hp-ink);}p{margin:4px 0 0;}`]}getCardSize(){return 3}content(e){let{t:r,format:a}=this,s=this.health(e),l=e.alarms.map(e=>({...c(e,r,a),icon:o(..._[e.severity])}));return n`
<div class="head">
<h2>${r(`alarms`)}</h2>
${l.length?n`<span class="quiet">${r(`alarms_raised`,{count:l.length})}</span>`:t}
</div>
<div class="raised" role="status">
${l.length?i(l):n`<p class="good">${o(h,`good`)}${r(`no_alarm`)}</p>`}
</div>
${s?this.#e(s.alarms):this.hasFailed()?this.message(`no_answer`):t}
`}#e(e){let{t:r,format:a}=this,s=e.over.map(e=>({...l(e,r,a),icon:o(g,`quiet`)}));return n`
${s.length?n`<h3>${r(`happened`)}</h3>${i(s)}`:t}
${u(e,r,a).map(e=>n`<p class="quiet">${e}</p>`)}
`}};export{v as AlarmsCard};