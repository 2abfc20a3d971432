import{t as e}from"./rolldown-runtime-DK3Fl9T5.js";import{$ as t,A as n,B as r,C as i,D as a,E as o,F as s,G as c,H as l,I as u,L as d,M as f,N as p,O as m,P as h,R as g,S as _,V as v,_ as y,_t as b,b as x,c as S,d as C,ft as w,g as T,gt as E,ht as D,it as ee,j as te,k as ne,m as re,p as O,pt as ie,s as ae,v as oe,vt as k,w as se,x as ce,y as A,z as j}from"./shared-BDyva6yB.js";import{C as le,S as ue,_ as de,a as fe,b as pe,c as me,d as M,i as he,l as ge,n as _e,o as ve,r as N,s as P,t as ye,u as F,v as be,w as xe,x as I}from"./later-CvZws8wu.js";w({expected_title:[`As efficient as usual?`,`So effizient wie üblich?`],expected_usual:[`As usual: {index}.`,`Wie üblich: {index}.`],expected_low:[`Less than usual: {index}.`,`Weniger als üblich: {index}.`],expected_high:[`More than usual: {index}.`,`Mehr als üblich: {index}.`],of_usual:[`{share} of the expected COP, {ends}`,`{share} des erwarteten COP, {ends}`],expected_unknown:[`Not known yet: 30 days with known supply and source temperature are needed to learn what is usual, and then some of the last two weeks.`,`Noch nicht bekannt: um zu lernen, was üblich ist, braucht es 30 Tage mit bekannter Vorlauf- und Quellentemperatur, und dann einige der letzten zwei Wochen.`],expected:[`expected`,`erwartet`],share_of_carnot:[`Share of Carnot's COP`,`Anteil am Carnot-COP`],usual_is:[`Expected is what it reached before at the same temperatures and load`,`Erwartet wird, was sie bei gleichen Temperaturen und gleicher Last erreicht hat`],learned_from:[`{mode}: {days} days, {span}`,`{mode}: {days} Tage, {span}`],unlike_day:[`1 day is left out: none like it was seen before.`,`1 Tag ist ausgelassen: einen solchen gab es vorher nicht.`],unlike_days:[`{days} days are left out: none like them was seen before.`,`{days} Tage sind ausgelassen: solche gab es vorher nicht.`],fleet_title:[`Among metered heat pumps`,`Unter gemessenen Wärmepumpen`],fleet_among:[`{place} of {systems} {kind} with the same lift of {lift}, whose median is {median}.`,`{place} von {systems} {kind} mit gleichem Temperaturhub von {lift}, deren Median {median} ist.`],fleet_better:[`The JAZ is better than that of {share}`,`Die JAZ ist besser als die von {share}`],fleet_lowest:[`The JAZ is lower than that of {share} or more`,`Die JAZ ist niedriger als die von {share} oder mehr`],fleet_highest:[`The JAZ is better than that of {share} or more`,`Die JAZ ist besser als die von {share} oder mehr`],fleet_kind:[`heat pumps`,`Wärmepumpen`],fleet_kind_air:[`air-source heat pumps`,`Luftwärmepumpen`],fleet_kind_brine:[`ground-source heat pumps`,`Erdwärmepumpen`],fleet_kind_water:[`ground-water heat pumps`,`Grundwasserwärmepumpen`],fleet_source:[`Fleet figures of {day}: heatpumpmonitor.org, ©\xA0OpenEnergyMonitor, CC BY 4.0; not affiliated.`,`Vergleichswerte vom {day}: heatpumpmonitor.org, ©\xA0OpenEnergyMonitor, CC BY 4.0; nicht mit ihnen verbunden.`],fleet_not_known:[`Not known.`,`Nicht bekannt.`],fleet_no_year:[`Known after a year with 330 measured days: the others' figures are those of years.`,`Bekannt nach einem Jahr mit 330 gemessenen Tagen: die Werte der anderen sind Jahreswerte.`],fleet_no_source:[`Not known, as nobody entered where the heat comes from: see Configure.`,`Nicht bekannt, da niemand angab, woher die Wärme kommt: siehe Konfigurieren.`],fleet_boundary:[`Not known: which electricity is counted changed within the year, or nobody else counts it so.`,`Nicht bekannt: Im Laufe des Jahres änderte sich, welcher Strom gezählt wird, oder niemand sonst zählt ihn so.`],fleet_no_temperatures:[`Not known: for too much of the year's heat, supply or outside temperature are missing.`,`Nicht bekannt: Für zu viel Wärme des Jahres fehlt die Vorlauf- oder Außentemperatur.`],fleet_few_systems:[`Not known: too few systems are metered like this one ({systems}).`,`Nicht bekannt: Zu wenige Anlagen sind wie diese gemessen ({systems}).`],fleet_out_of_range:[`Not known: too few systems have a lift of {lift} between outside and supply.`,`Nicht bekannt: Zu wenige Anlagen haben einen Temperaturhub von {lift} zwischen außen und Vorlauf.`],demand_title:[`Heat demand of the house`,`Wärmebedarf des Hauses`],demand_too_few:[`Too few heated days are measured yet: {days} of {needed}.`,`Noch sind zu wenige Heiztage gemessen: {days} von {needed}.`],demand_no_outside:[`The outside temperature of no day is known.`,`Von keinem Tag ist die Außentemperatur bekannt.`],demand_no_line:[`The heated days lie too near to each other, or scatter too much, for a line through them.`,`Die Heiztage liegen zu nahe beieinander oder streuen zu sehr für eine Gerade.`],loss_the_same:[`No difference between the two seasons that can be seen.`,`Zwischen beiden Saisons ist kein Unterschied erkennbar.`],loss_less:[`The house loses {share} less than last season.`,`Das Haus verliert {share} weniger als letzte Saison.`],loss_more:[`The house loses {share} more than last season.`,`Das Haus verliert {share} mehr als letzte Saison.`],heating_is:[`Heating {value}`,`Heizen {value}`],mean_heating_power:[`kW: heating, mean of the day`,`kW: Heizen, Mittel des Tages`],heat_loss:[`Heat loss`,`Wärmeverlust`],balance_temperature:[`Heated below`,`Geheizt unter`],per_degree_day:[`Per degree day below {base}`,`Je Gradtag unter {base}`],last_season:[`last season {value}`,`letzte Saison {value}`],this_season:[`This season`,`Diese Saison`],season_before:[`Season before`,`Saison davor`],jaz_short:[`JAZ`,`JAZ`],month_by_month:[`Month by month`,`Monat für Monat`],day_by_day:[`Day by day`,`Tag für Tag`],hollow_part_month:[`hollow: part of a month`,`hohl: Teil eines Monats`],hollow_part_day:[`hollow: today`,`hohl: heute`],electricity_in_heat:[`Electricity in, part of the heat`,`Strombezug, Teil der Wärme`],taken_by_defrost:[`Taken back by defrost`,`Vom Abtauen zurückgenommen`],cold:[`Cold`,`Kälte`],heat_unknown_legend:[`Heat unknown`,`Wärme unbekannt`],heat_title:[`Heat`,`Wärme`],electricity_title:[`Electricity`,`Strom`],months_band_small:[`Grey band: all months can be off by this much together. Compared with each other, they are off by less than a dot.`,`Graues Band: um so viel können alle Monate gemeinsam falsch sein. Untereinander verglichen ist es weniger als ein Punkt.`],months_band:[`Grey band: all months can be off by this much together. Compared with each other, they are more certain: the grey marks at the dots.`,`Graues Band: um so viel können alle Monate gemeinsam falsch sein. Untereinander verglichen sind sie sicherer: die grauen Marken an den Punkten.`],by_mode:[`By mode`,`Nach Betriebsart`],other_use:[`Other`,`Sonstiges`],other_use_is:[`standby, pumps, controls`,`Bereitschaft, Pumpen, Regelung`],unpaired_more:[`{energy} more, heat unknown: in no COP`,`{energy} mehr, Wärme unbekannt: in keinem COP`],cooling_in_no_cop:[`Cooling is in no COP.`,`Kühlen ist in keinem COP.`],eer:[`EER`,`EER`],cop_against_outside:[`COP against outside temperature`,`COP und Außentemperatur`],cop_against_supply:[`COP against supply temperature`,`COP und Vorlauftemperatur`],without_supply:[`Of {without} of {all} days no supply temperature is known: an import has none.`,`Von {without} der {all} Tage ist kein Vorlauf bekannt: ein Import hat keinen.`],one_mark_a_day:[`one mark a day`,`eine Marke je Tag`],cop_at:[`{cop} at\xA0{at}`,`{cop} bei\xA0{at}`],ringed_today:[`Ringed: today.`,`Umringt: heute.`],band_is_most_days:[`Band: 4 of 5 days.`,`Band: 4 von 5 Tagen.`],too_few_for_curve:[`Too few days with both known yet.`,`Noch zu wenige Tage, an denen beides bekannt ist.`],sankey_title:[`Where the heat comes from and goes to`,`Woher die Wärme kommt, wohin sie geht`],sankey_sum:[`Heat out {heat} = {parts}`,`Wärme {heat} = {parts}`],defrost_took_back:[`taken back by defrosts`,`vom Abtauen zurückgenommen`],from_air:[`From the air`,`Aus der Luft`],from_ground:[`From the ground`,`Aus dem Boden`],from_water:[`From the water`,`Aus dem Wasser`],from_source:[`Ambient heat`,`Umweltwärme`],calculated:[`{name}, calculated`,`{name}, berechnet`],share_of_heat:[`{share} of the heat`,`{share} der Wärme`],defrost_took:[`defrost took {energy}`,`Abtauen −{energy}`],no_sums:[`No time with both heat and electricity known.`,`Keine Zeit, in der Wärme und Strom bekannt sind.`],period_day:[`Day`,`Tag`],period_month:[`Month`,`Monat`],period_season:[`Season`,`Heizsaison`],period_year:[`Year`,`Jahr`],period_all:[`All`,`Alles`],picked_period:[`Period`,`Zeitraum`],pick_a_day:[`Choose a day`,`Tag wählen`],back_in_time:[`Earlier`,`Früher`],forward_in_time:[`Later`,`Später`],cost_and_co2:[`Cost and CO₂`,`Kosten und CO₂`],cost:[`Cost`,`Kosten`],co2:[`CO₂`,`CO₂`],heat_costs:[`Heat, per kWh`,`Wärme, je kWh`],price_by_cop:[`price of electricity / COP`,`Strompreis / COP`],of_electricity:[`electricity {value}`,`Strom {value}`],of_heat:[`heat {value}`,`Wärme {value}`],price_too_little:[`No sum of the cost: only {share} of the electricity had a price.`,`Keine Summe der Kosten: nur {share} des Stroms hatten einen Preis.`],price_of_part:[`Cost of {share} of the electricity.`,`Kosten von {share} des Stroms.`],cost_split:[`Cost: {grid} for electricity of the grid, {own} for own.`,`Kosten: {grid} für Strom aus dem Netz, {own} für eigenen.`],own_by_any_rule:[`Own electricity: {share}; between {low} and {high}, whichever rule divides it.`,`Eigener Strom: {share}; zwischen {low} und {high}, wie man ihn auch aufteilt.`],own_too_little:[`Own electricity: known for only {share} of the electricity.`,`Eigener Strom: nur für {share} des Stroms bekannt.`],own_of_part:[`Own and grid electricity are known for {share} of the electricity.`,`Eigener und Netzstrom sind für {share} des Stroms bekannt.`],of_it_own:[`of it own`,`davon eigen`],co2_too_little:[`No sum of the CO₂: its intensity is known for only {share} of the electricity.`,`Keine Summe des CO₂: nur für {share} des Stroms ist bekannt, wie viel entsteht.`],co2_of_part:[`CO₂ of {share} of the electricity.`,`CO₂ von {share} des Stroms.`],no_tariff_then:[`No electricity of this time had a price.`,`Kein Strom dieser Zeit hatte einen Preis.`],enter_tariff:[`Cost and CO₂: enter a price under Configure`,`Kosten und CO₂: unter Konfigurieren einen Preis angeben`],two_periods:[`Two periods compared`,`Zwei Zeiträume im Vergleich`],against_year:[`a year earlier`,`dem Vorjahr`],against_before:[`the period before`,`dem Zeitraum davor`],difference:[`Difference`,`Unterschied`],not_seen:[`none visible`,`nicht erkennbar`],outside_mean:[`Outside, mean`,`Außen, im Mittel`],degree_days:[`Degree days below {base}`,`Gradtage unter {base}`],heat_per_degree_day:[`Heating per degree day, kWh`,`Heizwärme je Gradtag, kWh`],measured_of:[`{days} days measured`,`{days} Tage gemessen`],all_has_no_other:[`Nothing lies beside all: choose a shorter period.`,`Neben allem gibt es nichts: einen kürzeren Zeitraum wählen.`],nothing_then:[`Counting began on {day}: there is nothing to compare with yet.`,`Gezählt wird seit dem {day}: noch gibt es nichts zum Vergleichen.`],months_have:[`A month can be compared with the one before.`,`Ein Monat lässt sich mit dem davor vergleichen.`],other_boundary:[`Not the same electricity is counted ({one}, {other}): the COPs cannot be compared.`,`Es wird nicht derselbe Strom gezählt ({one}, {other}): die COPs sind nicht vergleichbar.`],too_few_to_compare:[`One of them has too few measured days to compare.`,`In einem davon sind zu wenige Tage gemessen für einen Vergleich.`],not_as_long:[`Not as many days are measured: sums are not compared.`,`Es sind nicht gleich viele Tage gemessen: Summen werden nicht verglichen.`],other_methods:[`The heat is known by other methods: only a large difference can be seen.`,`Die Wärme ist aus anderen Methoden bekannt: nur ein großer Unterschied ist erkennbar.`],was_colder:[`It was {by} colder: that alone lowers a COP.`,`Es war {by} kälter: das allein senkt einen COP.`],was_warmer:[`It was {by} warmer: that alone raises a COP.`,`Es war {by} wärmer: das allein hebt einen COP.`],why_seen:[`Errors of the meter and of the method are the same in both: the difference is more certain than either figure.`,`Fehler des Zählers und der Methode sind in beiden gleich: der Unterschied ist sicherer als jeder der Werte.`],switch_outside:[`Outside`,`Außen`],switch_supply:[`Supply`,`Vorlauf`],x_outside:[`Outside temperature`,`Außentemperatur`],x_supply:[`Supply temperature`,`Vorlauftemperatur`]});var Se=.9,Ce=.02,we=100,Te=.07;function Ee(e,t,n){let r=Oe(t,n),i=e.filter(e=>e.start!==t),a=i.flatMap(e=>Ae(e,e.start>=r)),o=e=>a.filter(({kw:t,isThisSeason:n})=>t>Ce&&n===e).length;return{days:a,heated:Math.max(o(!0),o(!1)),lacksOutside:i.some(({modes:e})=>e.heating)&&i.every(e=>e.outside_c===null)}}function De(e,t){let n=e.w_per_k.value/t.w_per_k.value-1,r=({scatter_w_per_k:e,w_per_k:t})=>e/t.value,i=Math.hypot(r(e),r(t),Te);return Math.abs(n)>i?n:null}function Oe(e,t){let n=(ce(e)-t+12)%12;return _(e,-n)}function ke(e,t){let n=Oe(e,t),r=_(n,-12),i=T(e,-1);return{now:{first:n,last:i},before:{first:r,last:T(n,-1)},alike:{first:r,last:T(i,-365)}}}function Ae(e,t){let{outside_c:n,coverage:r,modes:i}=e;if(n===null||r===null||r<Se)return[];let a=(i.heating?.heat_kwh??0)+(i.defrost?.heat_kwh??0);return[{start:e.start,outside_c:n,kw:a/(24*r),isThisSeason:t}]}function je(e,t){let n=e.flatMap(e=>Ae(e,!0)),r=n.reduce((e,n)=>e+Math.max(t-n.outside_c,0),0),i=n.reduce((e,{kw:t})=>e+24*t,0);return r>=we?i/r:null}function Me(e,t,n){let r=e.flatMap(({outside_c:e})=>e===null?[]:[e]);return r.length<Se*t?null:r.reduce((e,t)=>e+Math.max(n-t,0),0)}var Ne={AUD:`¢`,CAD:`¢`,CHF:`Rp.`,DKK:`øre`,EUR:`ct`,GBP:`p`,NOK:`øre`,NZD:`¢`,SEK:`öre`,USD:`¢`},Pe=.995;function Fe(e,t,n,r){let{cop:i,electricity_kwh:a}=e,o=Re(e.cost,e.priced_share,a),s=Re(e.co2_kg,e.co2_share,a),l=e=>t(`of_electricity`,{value:e}),u=[];if(e.cost!==null&&o!==null&&u.push({label:t(`cost`),value:{text:n.money(e.cost,r),unit:``},note:l(c(z(o,r,n)))}),e.cost_per_kwh_heat!==null){let i=z(e.cost_per_kwh_heat,r,n);u.push({label:t(`heat_costs`),value:i,note:t(`price_by_cop`)})}if(e.co2_kg!==null&&s!==null){let r=e=>`${n.number(1e3*e,0)}\u00a0g/kWh`,a=[l(r(s)),i?t(`of_heat`,{value:r(s/i)}):``],o={text:n.number(e.co2_kg,+(e.co2_kg<10)),unit:`kg`};u.push({label:t(`co2`),value:o,note:a.filter(Boolean).join(`, `)})}return{sums:u,notes:[...Ie(e,t,n,r),...L(e.cost,e.priced_share,`price`,t,n),...L(e.own_electricity_share,e.own_electricity_known_share,`own`,t,n),...L(e.co2_kg,e.co2_share,`co2`,t,n)]}}function Ie(e,t,n,r){let{grid_electricity_cost:i,own_electricity_cost:a}=e,o=e=>n.money(e,r);return[...i!==null&&a!==null?[t(`cost_split`,{grid:o(i),own:o(a)})]:[],...Le(e,t,n)]}function Le(e,t,n){let{own_electricity_share:r,own_electricity_share_low:i,own_electricity_share_high:a}=e;if(r===null||i===null||a===null)return[];let o={low:n.percent(Math.floor(100*i+1e-9)/100),high:n.percent(Math.ceil(100*a-1e-9)/100)};return[t(`own_by_any_rule`,{share:n.percent(r),...o})]}function Re(e,t,n){return e===null||!t||!n?null:e/(t*n)}function L(e,t,n,r,i){return!t||t>=Pe?[]:[r(e===null?`${n}_too_little`:`${n}_of_part`,{share:i.percent(t)})]}function R({priced_share:e,co2_share:t}){return!!(e||t)}function z(e,t,n){let r=Ne[t];return r?{text:n.number(100*e,1),unit:`${r}/kWh`}:{text:n.number(e,Math.abs(e)<10?3:1),unit:`${t}/kWh`}}function ze(e,t){return e.cop===null||e.own_uncertainty===null||e.cop<=0?null:Math.hypot(e.own_uncertainty/e.cop,Be(e,t))}function Be(e,t){let n={...e.method_errors,...t.method_errors};return Object.entries(n).reduce((n,[r,i])=>{let a=[e,t].map(({method_shares:e})=>e[r]??0);return n+i*Math.abs(a[0]-a[1])},0)}var Ve=.05,He=.5,Ue=.5,We=.01;function B({kind:e}){return e===`all`?[]:e===`day`||e===`month`?[`year`,`before`]:[`year`]}function Ge(e,t){let n=B(e);return n.find(n=>t&&Ke(e,n).last>=t)??n[0]}function Ke({kind:e,first:t,last:n},r){if(e===`days365`)return{first:T(t,-365),last:T(t,-1)};if(e===`day`&&r===`before`)return{first:T(t,-1),last:T(n,-1)};let i=r===`before`?-1:-12;return{first:qe(t,i),last:Je(n,i)}}function qe(e,t){let n=_(e,t);return oe(T(n,y(_(e),e)-1),x(n))}function Je(e,t){return e===x(e)?x(_(e,t)):qe(e,t)}function Ye(e,t,n,r,i,a,o){let[s,c]=[e.figures,t.figures],l=Xe(s,c),u=nt([s.cop,c.cop],l.isSameBoundary?l.off:null,i,a),d=({paired_days:e})=>e?i(`measured_of`,{days:a.number(e,+(e<9.95))}):i(`heat_not_known`),f=[...$e(s,c,l,i,a,o),...et(e,t,l,n,r,i,a)];return{measured:[d(s),d(c)],rows:[Qe(s,c,u,i,a),...f.flatMap(Ze)],notes:tt(s,c,l,u.isSeen,i,a)}}function Xe(e,t){let[n,r]=[ze(e,t),ze(t,e)],i=it(e,t),[a,o]=[e.outside_c,t.outside_c];return{isSameBoundary:W(e)!==null&&W(e)===W(t),isAsLong:at(e.paired_days,t.paired_days),isComparable:i,off:n===null||r===null||!i?null:Math.hypot(n,r),warmer_k:a===null||o===null?null:a-o}}function Ze({name:e,values:t,show:n,differ:r}){let[i,a]=t;if(i===null&&a===null)return[];let o=e=>e===null?`–`:n(e);return[{name:e,values:[o(i),o(a)],bands:[``,``],difference:r(t),note:``}]}function Qe(e,t,{text:n,range:r},i,a){let o=e=>a.ratio(e.cop,2,C(e)),s=e=>{let t=C(e);return t?i(`low_to_high`,a.ends(t)):``};return{name:i(S(e)&&S(t)?`jaz_short`:`cop`),values:[o(e),o(t)],bands:[s(e),s(t)],difference:n,note:r}}var V=()=>`–`;function H(e,t,n){return([r,i])=>{if(r===null||!i||e===null)return`–`;let a=(r-i)/Math.abs(i);return e&&Math.abs(a)<=e?t(`not_seen`):U(a,n.percent(a))}}function $e(e,t,{isSameBoundary:n,isAsLong:r,off:i},a,o,s){let l=e=>o.number(e,+(e<100)),u=n&&r,d=u?H(0,a,o):V;return[{name:`${a(`heat_title`)}, kWh`,values:[e.heat_kwh,t.heat_kwh],show:l,differ:u?H(i,a,o):V},{name:`${a(`electricity_title`)}, kWh`,values:[e.electricity_kwh,t.electricity_kwh],show:l,differ:d},{name:a(`cost`),values:[e.cost,t.cost],show:e=>o.money(e,s),differ:d},{name:a(`heat_costs`),values:[e.cost_per_kwh_heat,t.cost_per_kwh_heat],show:e=>c(z(e,s,o)),differ:n?H(i,a,o):V},{name:`${a(`co2`)}, kg`,values:[e.co2_kg,t.co2_kg],show:l,differ:d}]}function et(e,t,{isAsLong:n,off:r,warmer_k:i},a,o,s,l){let u=({days:e})=>e.filter(({start:e})=>e!==a),d=({days:e,figures:t})=>Me(e,y(t.first,t.last),o),f=`${l.degrees(o,0)}\u00a0${l.degreeUnit}`;return[{name:s(`outside_mean`),values:[e.figures.outside_c,t.figures.outside_c],show:e=>c(l.temperature(e)),differ:i===null||!n?V:()=>U(i,`${l.difference(i)}\u00a0${l.differenceUnit}`)},{name:s(`degree_days`,{base:f}),values:[d(e),d(t)],show:e=>l.difference(e,0),differ:n?H(0,s,l):V},{name:s(`heat_per_degree_day`),values:[je(u(e),o),je(u(t),o)],show:e=>l.number(e/l.degreesPerKelvin,1),differ:H(r===null?null:Math.hypot(r,Te),s,l)}]}function tt(e,t,{isSameBoundary:n,isAsLong:r,isComparable:i,warmer_k:a},o,s,c){let l=[];if(n||l.push(s(`other_boundary`,rt(e,t))),i?r||l.push(s(`not_as_long`)):l.push(s(`too_few_to_compare`)),Be(e,t)>We&&l.push(s(`other_methods`)),o&&a!==null&&Math.abs(a)>=Ue){let e=`${c.difference(Math.abs(a))}\u00a0${c.differenceUnit}`;l.push(s(a<0?`was_colder`:`was_warmer`,{by:e}))}return o&&l.push(s(`why_seen`)),l}function nt([e,t],n,r,i){if(e===null||t===null||n===null)return{text:`–`,range:``,isSeen:!1};let[a,o]=[e-t,n*Math.max(e,t)];if(Math.abs(a)<=o)return{text:r(`not_seen`),range:``,isSeen:!1};let[s,c]=[Math.floor((a-o)*100),Math.ceil((a+o)*100)].map(e=>U(e,i.number(e/100,2)));return{text:U(a,i.number(a,2)),range:r(`low_to_high`,{low:s,high:c}),isSeen:!0}}function U(e,t){return e>0?`+${t}`:t}function W({boundary:e,boundary_extra:t,boundary_missing:n}){return e===null?null:[e,...[...t,...n].sort()].join()}function rt(e,t){let n=({boundary:e,boundaries:t})=>e??Object.keys(t).map(ae).join(` + `);return{one:n(e),other:n(t)}}function it({paired_days:e},{paired_days:t}){return Math.min(e,t)>=He*Math.max(e,t)}function at(e,t){return Math.abs(e-t)<=Ve*Math.max(e,t)}var ot=/* @__PURE__ */ e({CompareCard:()=>ct}),st=430,ct=class extends O{static{this.properties={...O.properties,against:{state:!0}}}static{this.styles=[...O.styles,k`
.head{justify-content:flex-start;align-items:center;gap:4px 12px;}select{height:44px;padding:0 8px 0 12px;color:var(--hp-ink);background:var(--hp-card);border:1px solid var(--hp-line);border-radius:22px;font:inherit;}:host([dark]) select{color-scheme:dark;}select:focus-visible{outline:2px solid var(--primary-color,#009ac7);outline-offset:2px;}table{width:100%;margin-top:8px;border-collapse:collapse;}th,td{width:24%;padding:5px 0 5px 8px;vertical-align:top;font-weight:400;text-align:right;}th{color:var(--hp-quiet);font-size:12px;}tbody{border-top:1px solid var(--hp-line);}tbody th{padding-left:0;text-align:left;}.narrow :is(th,td){width:33%;padding:4px 0 0 8px;}.narrow :is(th,td):not(:last-child),.narrow tbody th{padding:4px 8px 0 0;text-align:left;}.narrow tbody td:is(:last-child,:not(:last-child)){padding-top:0;}.narrow tr:last-child > :is(th,td):is(:last-child,:not(:last-child)){padding-bottom:4px;}b{font-weight:500;}p{margin:8px 0 0;}`]}constructor(){super(),this.against=null}static async getConfigForm(){return M({against:[[`year`,`against_year`],[`before`,`against_before`]]})}getCardSize(){return 8}content(e){let t=this.periodOf(e),n=B(t),r=this.against??this.config?.against,i=r&&n.includes(r)?r:Ge(t,e.first_day);return E`
<div class="head">
<h2>${this.#e(n,i)}</h2>
${i&&n.length>1?this.#t(n,i):D}
</div>
${i?this.#n(e,i):this.message(`all_has_no_other`)}
`}#e(e,t){if(!t)return this.t(`two_periods`);let n=this.t(`setting_against`);return e.length>1?n:`${n} ${this.t(`against_${t}`)}`}#t(e,t){let{t:n}=this;return E`<select
aria-label=${n(`setting_against`)}
.value=${t}
@change=${e=>{this.against=e.target.value}}
>
${e.map(e=>E`<option value=${e} ?selected=${e===t}>
${n(`against_${e}`)}
</option>`)}
</select>`}#n(e,t){let{t:n,format:r,hass:i}=this,a=this.periodOf(e),o=Ke(a,t),{first_day:s}=e;if(!s||o.last<s){let e=s?n(`nothing_then`,{day:r.date(s)}):n(`no_sums`),t=B(a).length<2;return E`<p class="message">${e} ${t?n(`months_have`):D}</p>`}let[c,l]=[this.figures(e,a),this.days(e,a)],[u,d]=[this.figures(e,o,`other`),this.days(e,o,`other`)],f=this.ask(`heat_loss`,e,{...a,first:o.first},ee);if(!c||!l||!u||!d||!f||!i)return this.waiting();let p=f.loss?.base_c??15,m=Ye({figures:c,days:l},{figures:u,days:d},e.today.last,p,n,r,i.config.currency),h=[a,o].map(({first:e,last:t})=>r.days(e,t));return this.#r(m,h)}#r({measured:e,rows:t,notes:n},r){let{t:i,width:a}=this,o=a>=st;return E`<table class=${o?``:`narrow`}>
<thead>
<tr>
${o?E`<td></td>`:D}
${r.map((t,n)=>E`<th scope="col">
${t}
<div>${e[n]}</div>
</th>`)}
<th scope="col">${i(`difference`)}</th>
</tr>
</thead>
${t.map(e=>o?lt(e):ut(e))}
</table>
${n.map(e=>E`<p class="quiet">${e}</p>`)}`}};function lt(e){return E`<tbody>
<tr>
<th scope="row">${e.name}</th>
${dt(e)}
</tr>
</tbody>`}function ut(e){return E`<tbody>
<tr>
<th scope="rowgroup" colspan="3">${e.name}</th>
</tr>
<tr>${dt(e)}</tr>
</tbody>`}function dt({values:e,bands:t,difference:n,note:r}){return E`${e.map((e,n)=>E`<td><b>${e}</b>${ft(t[n])}</td>`)}
<td>${n}${ft(r)}</td>`}function ft(e){return e?E`<div class="quiet">${e}</div>`:D}var pt=/* @__PURE__ */ e({CostCard:()=>mt}),mt=class extends O{static{this.styles=[...O.styles,k`
dl{display:grid;grid-template-columns:repeat(auto-fill,minmax(130px,1fr));gap:8px 16px;margin:8px 0 0;}dt{color:var(--hp-quiet);font-size:12px;}dd{margin:0;}.value{font-size:24px;line-height:32px;white-space:nowrap;}small{color:var(--hp-quiet);font-size:75%;}p{margin:8px 0 0;}`]}static async getConfigForm(){return M(F)}getCardSize(){return 3}content(e){let{t,format:n,hass:r}=this,i=this.figures(e,this.periodOf(e));if(!i||!r)return this.waiting();let{sums:a,notes:o}=Fe(i,t,n,r.config.currency);return E`
<div class="head">
<h2>${t(`cost_and_co2`)}</h2>
<span class="quiet">${n.days(i.first,i.last)}</span>
</div>
<dl>
${a.map(({label:e,value:{text:t,unit:n},note:r})=>E`<div>
<dt>${e}</dt>
<dd class="value">${t}${n?E`\u00a0<small>${n}</small>`:D}</dd>
<dd class="quiet">${r}</dd>
</div>`)}
</dl>
${o.map(e=>E`<p class="quiet">${e}</p>`)}
${R(i)?D:this.message(`no_tariff_then`)}
`}},ht=/* @__PURE__ */ e({DemandCard:()=>yt}),gt=30,_t=8,vt=24,yt=class extends O{static{this.styles=[...O.styles,o,k`
dl{display:flex;flex-wrap:wrap;gap:8px 28px;margin:8px 0 12px;}dt{color:var(--hp-quiet);font-size:12px;}dd{margin:0;}dd:not(.quiet){font-size:24px;line-height:30px;}p{margin:0 0 12px;}dd small{color:var(--hp-quiet);font-size:75%;}`]}#e=new r(this);#t=new de(this);getCardSize(){return 8}getGridOptions(){return{columns:`full`}}get usualPeriod(){return`days365`}content(e){let{t,format:n}=this,{last:r}=e.today,i=ke(r,e.season_start_month),a={first:i.before.first,last:i.now.last},o=this.days(e,a),[s,c,l]=[`now`,`before`,`alike`].map(t=>this.ask(`heat_loss`,e,i[t],ee,t));if(!o||!s||!c||!l)return this.waiting();let u=Ee(o,r,e.season_start_month),d={now:s.loss,before:c.loss,alike:l.loss},f=A(a.first,e.first_day??e.today.last);return E`
<div class="head">
<h2>${t(`demand_title`)}</h2>
<span class="quiet">
${f>a.last?D:n.days(f,a.last)}${this.width>480?` · ${t(`one_mark_a_day`)}`:D}
</span>
</div>
${s.loss??c.loss?this.#r(d):this.#n(u)}
${u.heated?this.#a(e,u,d):D}
`}#n({lacksOutside:e,heated:t}){return e?this.message(`demand_no_outside`):t>=20?this.message(`demand_no_line`):E`<p class="message">
${this.t(`demand_too_few`,{days:t,needed:20})}
</p>`}#r({now:e,before:t,alike:n}){let{t:r,format:i}=this,a=e??t,o=e?.base_c===t?.base_c,s=`${i.degrees(a.base_c,0)}\u00a0${i.degreeUnit}`,c=(n,s,c,l)=>{let u=e&&t&&(s!==`kWh`||o)?l(t).value:null;return E`<div>
<dt>${n}</dt>
<dd>${i.number(l(a).value,c)}\u00a0<small>${s}</small></dd>
<dd class="quiet">${r(`low_to_high`,St(l(a),c,i))}</dd>
<dd class="quiet">
${e?D:r(`season_before`)}
${u===null?D:r(`last_season`,{value:i.number(u,c)})}
</dd>
</div>`};return E`<dl>
${c(r(`heat_loss`),`W/K`,0,({w_per_k:e})=>e)}
${c(r(`balance_temperature`),i.degreeUnit,0,({balance_c:e})=>xt(e,e=>i.fromCelsius(e)))}
${c(r(`per_degree_day`,{base:s}),`kWh`,1,({kwh_per_degree_day:e})=>xt(e,e=>e/i.degreesPerKelvin))}
</dl>
${e&&n?E`<p class="quiet">${this.#i(e,n)}</p>`:D}`}#i(e,t){let n=De(e,t);if(n===null)return this.t(`loss_the_same`);let r=this.format.percent(Math.abs(n));return this.t(n<0?`loss_less`:`loss_more`,{share:r})}#a(e,t,n){let{t:r,width:i,format:o}=this,c=_t+h(i*.45,[190,320]),l=c+vt,u=Ct(t.days.map(e=>e.outside_c)),p=Math.max(...t.days.map(e=>e.kw),1),g=d(u,[38,i-10]),_=d([0,p*1.05],[c,_t]),v=e=>[g(e.outside_c),_(Math.max(e.kw,0))],y=e=>t.days.filter(t=>t.isThisSeason===e).map(v),b=j([0,p*1.05],5),x=s(b),S=[...t.days].sort((e,t)=>e.outside_c-t.outside_c),C=this.#t.of(this.hass,this.config,e,o),w=e=>this.#o(e,C),T=this.#e.layer({label:r(`arrow_keys`,{name:r(`demand_title`)}),width:i,height:l,steps:[1,10],spots:()=>S.map(e=>{let[t,n]=v(e);return{x:t,y:n,get says(){return w(e)}}})});return E`<div class="chart">
<svg viewBox="0 0 ${i} ${l}" style="height: ${l}px" role="img"
aria-label=${r(`demand_title`)}>
${m(b,_,[gt,i],e=>o.number(e,x))}
${f(u,g,c,i,o)}
${a(y(!1),2,`var(--hp-unknown)`,.6)}
${a(y(!0),2.4,`var(--hp-heating)`,.8)}
${bt(n.before,u,g,_,`var(--hp-quiet)`)}
${bt(n.now,u,g,_,`var(--hp-heating)`)}
</svg>
${T}
</div>
<div class="legend" aria-hidden="true">
<span><i class="square" style="background: var(--hp-heating)"></i>${r(`this_season`)}</span>
${t.days.every(e=>e.isThisSeason)?D:E`<span>
<i class="square" style="background: var(--hp-unknown)"></i>${r(`season_before`)}
</span>`}
<span>${r(`mean_heating_power`)}</span>
</div>`}#o({start:e,outside_c:t,kw:n},r){let{t:i,format:a}=this;return[a.date(e),c(a.temperature(t)),i(`heating_is`,{value:`${a.number(n,1)}\u00a0kW`}),...I(pe(r,e),i,a)]}};function bt(e,[t],n,r,i){if(!e)return D;let a=e.balance_c.value,o=(a-t)*e.w_per_k.value/1e3;return b`<path d="M${n(t)} ${r(o)}L${n(a)} ${r(0)}" fill="none"
stroke=${i} stroke-width="2"></path>`}function xt({value:e,low:t,high:n},r){return{value:r(e),low:r(t),high:r(n)}}function St({low:e,high:t},n,r){let i=10**n;return{low:r.number(Math.floor(e*i)/i,n),high:r.number(Math.ceil(t*i)/i,n)}}function Ct(e){return[Math.floor(Math.min(...e)),Math.max(Math.ceil(Math.max(...e)),20)]}var G=[`heating`,`hot_water`],[wt,Tt]=[5,95];function Et({index:e}){return{low:Math.floor(100*e.low+1e-9),high:Math.ceil(100*e.high-1e-9)}}function Dt(e,t,n){let{low:r,high:i}=Et(e);return{share:n.percent(e.index.value),ends:t(`low_to_high`,{low:n.number(r,0),high:`${n.number(i,0)}\u00a0%`})}}function Ot(e,t,n){let{low:r,high:i}=Et(e);return t(i<100?`expected_low`:r>100?`expected_high`:`expected_usual`,{index:t(`of_usual`,Dt(e,t,n))})}function kt({recent:e,modes:t},n,r){let i=G.flatMap(e=>{let r=t[e];return r?[[n(e),r]]:[]});return(e&&i.length>1?[[n(`all_modes`),e],...i]:i).map(([e,t])=>{let{share:i,ends:a}=Dt(t,n,r);return{name:e,reached:t,cop:r.number(t.cop,2),expected:r.number(t.expected_cop,2),index:`${i}, ${a}`}})}function At({recent:e,modes:t},n,r){let i=G.flatMap(e=>{let i=t[e];return i?[`${n(e)} ${r.percent(i.share_of_carnot)}`]:[]});return e&&i.length>1?`${r.percent(e.share_of_carnot)} (${i.join(`, `)})`:i.join()}function jt({modes:e},t,n){let r=(e,{learned_days:r,learned_first:i,learned_last:a})=>t(`learned_from`,{mode:t(e),days:n.number(r,0),span:n.days(i,a)}),i=G.reduce((t,n)=>t+(e[n]?.days_unlike??0),0);return[...G.flatMap(t=>e[t]?[r(t,e[t])]:[]),...i?[t(i===1?`unlike_day`:`unlike_days`,{days:i})]:[]]}function Mt(e,t,n,r){let{percentile:i,median_cop:a,systems:o,lift_k:s,unknown:c}=e,l=s===null?``:`${r.difference(s,0)}\u00a0${r.differenceUnit}`;if(i===null){let e=`fleet_${c}`;return ie(e)?n(e,{lift:l,systems:o??0}):n(`fleet_not_known`)}let u=e=>r.percent(e/100);return n(`fleet_among`,{place:i<=wt?n(`fleet_lowest`,{share:u(100-wt)}):i>=Tt?n(`fleet_highest`,{share:u(Tt)}):n(`fleet_better`,{share:u(i)}),systems:o??``,kind:n(t===null?`fleet_kind`:`fleet_kind_${t}`),lift:l,median:r.number(a,1)})}var Nt=/* @__PURE__ */ e({ExpectedCard:()=>Bt}),Pt=[.85,1.15],Ft=[.9,1,1.1],K=22,It=6,Lt=40,Rt=84,zt=130,Bt=class extends v{static{this.styles=[...v.styles,o,ge,k`
h3{margin:12px 0 0;font-size:14px;font-weight:500;}p{margin:4px 0 8px;}table{margin:4px 0 8px;}th,td{padding:0 0 0 10px;}th:first-child{padding:0 8px 0 0;}th > svg,td > svg{margin-left:auto;}tbody :is(th,td){height:44px;border-top:1px solid var(--hp-line);line-height:18px;}tbody .quiet{display:block;}.cop{font-weight:500;}.band{fill:var(--hp-band);}.dot{fill:var(--hp-ink);}.usual{stroke:var(--hp-ink);stroke-dasharray:2 3;}dl{margin:0;font-size:12px;}dt{margin-top:4px;color:var(--hp-quiet);}dd{margin:0;}`]}getCardSize(){return 7}content(e){let{t:n,format:r}=this,i=this.asked(`expected`,l(e.time),t);return i?E`
<div class="head">
<h2>${n(`expected_title`)}</h2>
<span class="quiet">${r.days(i.first,i.last)}</span>
</div>
${i.recent?this.#e(i):this.message(`expected_unknown`)}
<h3>${n(`fleet_title`)}</h3>
<p>${Mt(i.fleet,e.source_kind,n,r)}</p>
<div class="quiet">
${n(`fleet_source`,{day:r.date(i.fleet_exported)})}
</div>
`:this.waiting()}#e(e){let{t,format:n}=this,r=kt(e,t,n),i=this.#n(r),a=d(Pt,[It,i-It]),o=i>=Rt;return E`
${e.recent?E`<p>${Ot(e.recent,t,n)}</p>`:D}
<table>
<thead>
<tr>
<th></th>
${o?E`<th aria-hidden="true">${this.#t(a,i)}</th>`:D}
<th scope="col">${t(`cop`)}</th>
<th scope="col">${t(`expected`)}</th>
</tr>
</thead>
<tbody>
${r.map(e=>E`<tr>
<th scope="row">${e.name}<span class="quiet">${e.index}</span></th>
${o?E`<td aria-hidden="true">${Vt(e,a,i)}</td>`:D}
<td class="cop">${e.cop}</td>
<td>${e.expected}</td>
</tr>`)}
</tbody>
</table>
<dl>
<dt>${t(`share_of_carnot`)}</dt>
<dd>${At(e,t,n)}</dd>
<dt>${t(`usual_is`)}</dt>
${jt(e,t,n).map(e=>E`<dd>${e}</dd>`)}
</dl>
`}#t(e,t){return E`<svg viewBox="0 0 ${t} 16" style="width: ${t}px">
${Ft.filter(e=>e===1||t>zt).map(t=>b`<text class="tick" x=${e(t)} y="13" text-anchor="middle">
${t===1?this.format.percent(t):this.format.number(100*t,0)}</text>`)}
</svg>`}#n(e){let t=Math.max(...e.flatMap(({name:e,index:t})=>[g(e,14),g(t,12)])),n=Lt+Math.max(g(this.t(`expected`),12),30)+10;return Math.floor(this.width-t-n-12)}};function Vt({reached:{index:e}},t,n){let r=e=>t(h(e,Pt)),i=K/2;return E`<svg viewBox="0 0 ${n} ${K}" style="width: ${n}px">
${Ft.map(e=>b`<path class="grid" d="M${t(e)} 0V${K}"></path>`)}
<path class="usual" d="M${t(1)} 0V${K}"></path>
<rect class="band" x=${r(e.low)} y=${6} height="10" rx="3"
width=${Math.max(r(e.high)-r(e.low),1)}></rect>
<circle class="dot" cx=${r(e.value)} cy=${i} r="4"></circle>
</svg>`}var Ht=[`heating`,`hot_water`,`defrost`,`standby`],Ut=.5,Wt=.9,Gt=100;function Kt(e,t,n){let{paired_electricity_kwh:r,heat_kwh:i}=e;if(r===null||i===null)return null;let a=+(Math.max(r,Math.abs(i))<Gt),o=Jt(e),s=({hours:e})=>o?e:null,l=_(e,r,i,a),u=P(l.map(e=>e.electricity),a),d=P(l.map(e=>e.heat),a),f=P(l.map(e=>e.hours??0),0),p=l.map((r,i)=>({role:r.mode,name:qt(r.mode,t),note:r.mode===`other`&&!e.modes.standby?t(`other_use_is`):``,electricity:n.number(u[i],a),heat:d[i]===0?`–`:n.number(d[i],a),cop:r.cop,hours:r.hours===null?`–`:n.number(f[i],0)})),m=e.modes.cooling,h=m&&Yt(m),g=e.unpaired_electricity_kwh??0;return{rows:p,all:{role:null,name:t(`all_modes`),note:``,electricity:n.number(r,a),heat:n.number(i,a),cop:n.ratio(e.cop,2,C(e)),hours:l.some(e=>e.hours===null)?`–`:n.number(f.reduce((e,t)=>e+t,0),0)},cooling:m?{role:`cooling`,name:t(`cooling`),note:h?`${t(`eer`)} ${n.ratio(h.value,2,Xt(h))}`:``,electricity:n.number(m.electricity_kwh,a),heat:n.number(m.heat_kwh,a),cop:`–`,hours:n.number(s(m),0)}:null,notes:m?[t(`cooling_in_no_cop`)]:[],unpaired:g<.5*10**-a?``:t(`unpaired_more`,{energy:c(n.energy(g))})};function _(e,t,r,i){let a=Ht.flatMap(t=>{let r=e.modes[t];if(!r)return[];let{electricity_kwh:i,heat_kwh:a,cop:o}=r;return[{mode:t,electricity:i,heat:a,hours:s(r),cop:n.ratio(t===`defrost`||t===`standby`?null:o,2,Xt({value:o,uncertainty:r.uncertainty}))}]}),o={electricity:t-q(a.map(e=>e.electricity)),heat:r-q(a.map(e=>e.heat))},c=10**-i*(a.length+1);if(Math.max(Math.abs(o.electricity),Math.abs(o.heat))>c){let e=o.electricity>0&&Math.abs(o.heat)<=c?`other`:`unknown`;a.push({mode:e,...o,hours:null,cop:`–`})}return a}}function qt(e,t){return t(e===`other`?`other_use`:e===`unknown`?`mode_unknown`:e)}function Jt({modes:e,paired_days:t}){return q(Object.values(e).map(e=>e.hours??0))>=Wt*24*t}function Yt({electricity_kwh:e,heat_kwh:t,uncertainty:n}){return e<Ut||t>=0?null:{value:-t/e,uncertainty:n}}function Xt({value:e,uncertainty:t}){return e===null||t===null?null:{value:e,low:e-t,high:e+t}}function q(e){return e.reduce((e,t)=>e+t,0)}var Zt=/* @__PURE__ */ e({ModesCard:()=>en}),Qt=`/config/integrations/integration/heatpump_monitor`,$t=330,en=class extends O{static{this.styles=[...O.styles,o,k`
table{width:100%;margin:8px 0 0;border-collapse:collapse;}th,td{padding:7px 0 7px 8px;border-bottom:1px solid var(--hp-line);font-weight:400;text-align:right;white-space:nowrap;}th:first-child{padding-left:0;text-align:left;white-space:normal;}thead th,.hours{color:var(--hp-quiet);}thead th{font-size:12px;}.cop,.all *{font-weight:500;}.all .hours{font-weight:400;}tr:last-child > *{border-bottom:none;}p{margin:8px 0 0;}.key{gap:8px;}a{display:flex;align-items:center;min-height:44px;margin-bottom:-12px;text-decoration:underline;}`]}static async getConfigForm(){return M(F)}getCardSize(){return 6}content(e){let{t,format:n}=this,r=this.figures(e,this.periodOf(e));if(!r)return this.waiting();let i=Kt(r,t,n),a=this.width>=$t;return E`
<div class="head">
<h2>${t(`by_mode`)}</h2>
<span class="quiet">${n.days(r.first,r.last)}, kWh</span>
</div>
${i?E`
<table>
<thead>
<tr>
<th></th>
<th scope="col">${t(`electricity_title`)}</th>
<th scope="col">${t(`heat_title`)}</th>
<th scope="col">${t(`cop`)}</th>
${a?E`<th scope="col">${t(`hours`)}</th>`:D}
</tr>
</thead>
<tbody>
${i.rows.map(e=>J(e,a))}
${J(i.all,a)}
${i.cooling?J(i.cooling,a):D}
</tbody>
</table>
${i.notes.map(e=>E`<p class="quiet">${e}</p>`)}
${i.unpaired?E`<p class="quiet key">${te(null)}${i.unpaired}</p>`:D}
`:this.message(`no_sums`)}
${R(e.rolling_year)||R(r)?D:E`<a class="quiet" href=${Qt}>${t(`enter_tariff`)}</a>`}
`}};function J(e,t){let{role:n}=e;return E`<tr class=${n===null?`all`:``}>
<th scope="row">
<span class="key">
${n===null?E`<i class="square"></i>`:te(n===`other`?`standby`:n===`unknown`?null:n)}${e.name}
</span>
${e.note?E`<div class="quiet">${e.note}</div>`:D}
</th>
<td>${e.electricity}</td>
<td>${e.heat}</td>
<td class="cop">${e.cop}</td>
${t?E`<td class="hours">${e.hours}</td>`:D}
</tr>`}var tn=62,nn=90,rn=.5;function an({first:e,last:t}){return y(e,t)<tn}function on(e,t,n){let r=e.filter(({last:e})=>e>=t);return r.map(e=>{let i=A(e.first,t),a=y(_(i),x(i)),o=y(i,oe(e.last,x(i)))/a;return{start:i,share:o,isPart:o<1,...un(e),ownShare:e.own_electricity_share,cop:e.cop,band:C(e),own:r.length>1?sn(e,n):C(e)}})}function sn(e,t){let n=ze(e,t);return n===null||e.cop===null?null:{low:e.cop*(1-n),high:e.cop*(1+n)}}function cn(e,{first:t,last:n},r){let i=new Map(e.map(e=>[e.start,e]));return Array.from({length:y(t,n)},(e,n)=>{let a=T(t,n),o=i.get(a)??{...ln,start:a},{paired_electricity_kwh:s,heat_kwh:c}=o,l=s!==null&&c!==null&&s>=rn;return{start:o.start,share:1,isPart:o.start===r,...un(o),ownShare:null,cop:l&&c>0?c/s:null,band:null,own:null}})}var ln={electricity_kwh:null,paired_electricity_kwh:null,unpaired_electricity_kwh:null,heat_kwh:null,modes:{}};function un(e){let{modes:t,heat_kwh:n}=e,r=[`heating`,`hot_water`].map(e=>({role:e,kwh:t[e]?.heat_kwh??0})).filter(({kwh:e})=>e>0),i=[`defrost`,`cooling`].map(e=>({role:e,kwh:-(t[e]?.heat_kwh??0)})).filter(({kwh:e})=>e>0),a=i.find(({role:e})=>e===`defrost`)?.kwh??0,o=(n??0)+a-pn(r);return o>.01*(n??0)&&r.push({role:`unknown`,kwh:o}),{paired:e.paired_electricity_kwh??0,unpaired:e.unpaired_electricity_kwh??0,heat:n,above:r,below:i}}function Y({heat:e,paired:t,unpaired:n}){return e===null&&t===0&&n===0}function dn(e){return Math.max(pn(e.above),e.paired+e.unpaired)}function fn(e){return pn(e.below)}function pn(e){return e.reduce((e,{kwh:t})=>e+t,0)}function mn(e,[t,n],r){let i=n-t,a=t=>e.map(({share:e})=>Math.max(e*t,Math.min(r,t))),o=i/Math.max(e.length,1);for(let e=0;e<8;e+=1){let e=a(o).reduce((e,t)=>e+t,0);o=Math.min(o*i/(e||1),nn)}let s=t;return a(o).map((t,n)=>{let r={left:s,width:t,centre:s+t/2,barWidth:Math.max(e[n].share*o*.88,1.5)};return s+=t,r})}function hn(e,t,n,r){let i=Math.max(...t.map(e=>e.width),0);return n?gn(e,i,r):i>=30?e.map(({start:e})=>r.month(e)):i>=12?e.map(({start:e})=>r.month(e,`narrow`)):e.map(({start:e})=>ce(e)===1?r.year(e):``)}function gn(e,t,n){let r=e.at(-1)?.start??``,i=Math.max(Math.ceil(22/(t||1)),1);return e.map(({start:e},t)=>{let a=Number(e.slice(8));if(a===1&&t)return n.month(e);let o=_(e,1),s=o<=r&&y(e,o)<=i+1;return(a-1)%i||s?``:n.dayOfMonth(e)})}function _n(e,t){let n=e=>{let n=P(e.map(e=>e??0),0);return e.map((e,r)=>e===null?`–`:t.number(n[r],0))};return{cop:e.map(({cop:e,band:n})=>t.ratio(e,1,n)),heat:n(e.map(({heat:e})=>e)),electricity:n(e.map(e=>e.heat===null?e.unpaired:e.paired)),own:e.some(e=>e.ownShare!==null)?e.map(e=>t.percent(e.ownShare)):null}}function vn({cop:e},t){return e===null?``:t.number(e,1)}function yn(e,t,n,r){let{band:i,own:a,heat:o,paired:s,unpaired:l,below:u}=e;if(Y(e))return[t,n(`not_measured`)];let d=e=>c(r.energy(e)),f=`${n(`cop`)} ${r.ratio(e.cop,i?2:1,i)}`,p=u.find(({role:e})=>e===`cooling`);return[t,a?`${f}, ${n(`low_to_high`,r.ends({value:e.cop,...a}))}`:f,n(`heat_is`,{value:o===null?`–`:d(o)}),n(`electricity_is`,{value:d(o===null?l:s)}),...e.ownShare===null?[]:[`${n(`of_it_own`)} ${r.percent(e.ownShare)}`],...o!==null&&l>=.05?[n(`unpaired_more`,{energy:d(l)})]:[],...p?[`${n(`cold`)} ${d(p.kwh)}`]:[]]}var bn=/* @__PURE__ */ e({MonthsCard:()=>Mn}),xn={wide:84,narrow:40},Sn=560,Cn=36,wn=24,Tn=19,En=3.5,Dn=14,On={wide:150,narrow:130},kn=28,An={wide:220,narrow:130},jn=22,Mn=class extends O{static{this.styles=[...O.styles,o,k`
.chart{margin-top:4px;}p{margin:8px 0 0;}table{table-layout:fixed;border-collapse:collapse;font-size:12px;line-height:18px;}th,td{padding:0;text-align:center;white-space:nowrap;font-weight:400;}tbody th{color:var(--hp-quiet);text-align:left;}tbody tr + tr > *{border-top:1px solid var(--hp-line);}.cops td{font-weight:500;}`]}#e=new r(this);#t=new de(this);static async getConfigForm(){return M(F)}getCardSize(){return 10}getGridOptions(){return{columns:`full`,min_columns:6}}content(e){let{t,format:r}=this,i=this.periodOf(e),{firstDay:a}=N(e),o=A(oe(a,i.last),i.first),s=an({first:o,last:i.last}),c=this.figures(e,i),l=c&&this.#r(e,s,c);if(!l)return this.waiting();let u=xe(this.#t.of(this.hass,this.config,e,r),o,i.last),d=this.#i(l,s,u),f=_n(l,r),p=l.map(({start:e})=>s?r.day(e):r.month(e)),m=d.isWide&&Math.min(...d.places.map(e=>e.width))>=Cn,h=l.some(e=>e.isPart);return E`
<div class="head">
<h2>${t(s?`day_by_day`:`month_by_month`)}</h2>
<span class="quiet">
${r.days(s?o:i.first,i.last)}${h&&d.isWide?` · ${t(s?`hollow_part_day`:`hollow_part_month`)}`:D}
</span>
</div>
<div class="chart">
${this.#s(d,c,!m)} ${this.#a(d)}
<div class=${m?``:`only-heard`}>${this.#u(d,p,f)}</div>
</div>
${n(this.#d(l),u.size?le(t):``)}
${this.#n(d)}
`}#n({columns:e,cop:t}){let n=e.flatMap(({own:e})=>e??[]);if(e.length<2||!n.length)return D;let r=n.some(({low:e,high:n})=>t(e)-t(n)>2*En);return E`<p class="quiet">${this.t(r?`months_band`:`months_band_small`)}</p>`}#r(e,t,n){let r=this.periodOf(e);if(t){let t=this.days(e,r),n=N(e).firstDay,i=A(n,r.first);return t&&cn(t,{...r,first:i},e.today.last)}let i=this.months(e,r);return i&&on(i,N(e).firstDay,n)}#i(e,t,n){let r=this.width>=Sn,i=r?`wide`:`narrow`,a=[xn[i],this.width],o=Dn+On[i],s=o+kn,c=s+An[i],l=Math.max(...e.map(dn),1),f=u(-Math.max(...e.map(fn),0),l,5),m=r&&!t&&e.length<16?Cn:wn,h=(a[1]-a[0])/Math.max(e.length,1);return{columns:e,places:mn(e,a,t?0:Math.min(m,h*.9)),x:a,cop:d(p,[o,Dn]),kwh:d(f,[c,s]),kwhTicks:j([0,f[1]],5),copBottom:o,bottom:c,byDay:t,isWide:r,marks:n}}#a(e){let{t,format:n,width:r}=this,{byDay:i,columns:a,places:o,cop:s,kwh:c,bottom:l,marks:u}=e;return this.#e.layer({label:t(`arrow_keys`,{name:t(i?`day_by_day`:`month_by_month`)}),width:r,height:l+jn,line:[Dn,l],spots:()=>a.map((e,r)=>({x:o[r].centre,y:e.cop===null?c(dn(e)):s(h(e.cop,p)),says:[...yn(e,this.#o(e,i),t,n),...I(xe(u,e.start,Nn(e,i)),t,n,!i)]}))})}#o({start:e},t){let{format:n}=this;return t?n.date(e):`${n.month(e)} ${n.year(e)}`}#s(e,t,n){let{t:r,format:i,width:a}=this,{columns:o,places:c,bottom:l,cop:u,kwh:d,kwhTicks:f,x:h,isWide:g,marks:_}=e,v=l+jn,y=hn(o,c,e.byDay,i),x=s(f),S=[r(e.byDay?`day_by_day`:`month_by_month`),`${r(`cop`)} ${i.ratio(t.cop,2,C(t))}`],w=Math.min(...c.map(e=>e.width))>=Tn;return E`<svg viewBox="0 0 ${a} ${v}" style="height: ${v}px" role="img"
aria-label="${S.join(`: `)}${ue(_,r,i)}">
<defs>${ne()}</defs>
${g?b`<text class="name" x="0" y=${u(5)+4}>${r(`cop`)}</text>
<text class="name" x="0" y=${d(f.at(-1))+4}>kWh</text>`:b`<text class="name" x="0" y=${10}>${r(`cop`)}</text>
<text class="name" x="0" y=${d(f.at(-1))-9}>kWh</text>`}
${m(j(p,6),u,h,String)}
${m(f,d,h,e=>i.number(e,x))}
${o.map((e,t)=>In(e,c[t],d,f.at(-1)))}
<path class="zero" d="M${h[0]} ${d(0)}H${h[1]}"></path>
${be(Pn(e),e.copBottom+4)}
${o.length>1?Ln(t,h,u):D}
${o.map((e,t)=>Rn(e,c[t],u))}
${this.#l(e,t,n&&w)}
${o.map((e,t)=>zn(e,c[t],u))}
${n&&w?o.map((e,t)=>this.#c(e,c[t],u)):D}
${y.map((e,t)=>b`<text class="tick" x=${c[t].centre} y=${l+17}
text-anchor="middle">${e}</text>`)}
</svg>`}#c(e,t,n){return b`<text class="name halo" x=${t.centre} y=${Bn(e,n)}
text-anchor="middle">${vn(e,this.format)}</text>`}#l(e,t,n){if(t.cop===null||e.columns.length<2)return D;let{t:r,format:i}=this,{cop:a,columns:o,places:s,x:c}=e,l=a(h(t.cop,p)),u=s.at(-1).left+s.at(-1).width,d=`${r(S(t)?`jaz_short`:`cop`)} ${i.ratio(t.cop,2,C(t))}`,f=g(d)/2+4,m=s.flatMap(({centre:e})=>[l-6,l+14].map(t=>{let r=h(e,[c[0]+f,c[1]-f]),i=o.flatMap((e,i)=>{let o=f+(n?10:6);if(e.cop===null||Math.abs(s[i].centre-r)>o)return[];let c=a(h(e.cop,p));return(n?[c,Bn(e,a)-4]:[c]).map(e=>Math.abs(e-(t-4)))});return{middle:r,baseline:t,room:Math.min(...i,99)}})).reduce((e,t)=>t.room>e.room?t:e);return b`<path d="M${c[0]} ${l}H${u}" stroke="var(--hp-ink)" stroke-width="1.5"
stroke-dasharray="2 3"></path>
<text class="name halo" x=${m.middle} y=${m.baseline}
text-anchor="middle">${d}</text>`}#u(e,t,n){let{t:r}=this,i=(e,t,n=``)=>E`<tr class=${n}>
<th scope="row">${e}</th>
${t.map(e=>E`<td>${e}</td>`)}
</tr>`,a=e.places.at(-1),o=a?a.left+a.width:e.x[1];return E`<table style="width: ${o}px">
<colgroup>
<col style="width: ${e.x[0]}px" />
${e.places.map(({width:e})=>E`<col style="width: ${e}px" />`)}
</colgroup>
<thead class="only-heard">
<tr>
<th></th>
${t.map(e=>E`<th scope="col">${e}</th>`)}
</tr>
</thead>
<tbody>
${i(r(`cop`),n.cop,`cops`)} ${i(r(`heat_title`),n.heat)}
${i(r(`electricity_title`),n.electricity)}
${n.own?i(r(`of_it_own`),n.own):D}
</tbody>
</table>`}#d(e){let{t}=this,n=new Set(e.flatMap(({above:e,below:t})=>[...e,...t]).map(({role:e})=>e)),r=[];return n.has(`heating`)&&r.push([`heating`,t(`heating`)]),n.has(`hot_water`)&&r.push([`hot_water`,t(`hot_water`)]),r.push([`electricity`,t(`electricity_in_heat`)]),n.has(`defrost`)&&r.push([`defrost`,t(`taken_by_defrost`)]),n.has(`cooling`)&&r.push([`cooling`,t(`cold`)]),e.some(Fn)&&r.push([null,t(`heat_unknown_legend`)]),r}};function Nn({start:e},t){return t?e:x(e)}function Pn({marks:e,columns:t,places:n,byDay:r}){return[...e.keys()].flatMap(e=>{let i=t.findIndex(t=>t.start<=e&&e<=Nn(t,r)),[a,o]=[t[i],n[i]];if(!a||!o)return[];let s=r?1:a.share*y(_(e),x(e));return[o.left+o.width*(y(a.start,e)-.5)/s]})}function Fn(e){return Y(e)||e.unpaired>.002*(e.paired+e.unpaired)}function In(e,t,n,r){if(Y(e))return X(t,0,r,n,i,.5);let{paired:a,unpaired:o,above:s,below:c}=e,[l,u]=[0,0];return b`${s.map(e=>(l+=e.kwh,X(t,l-e.kwh,l,n,`var(--hp-${e.role})`,.92,l>e.kwh)))}
${X(t,0,a,n,`var(--hp-electricity)`)}
${Fn(e)?[se,i].map(e=>X(t,a,a+o,n,e)):D}
${c.map(e=>(u-=e.kwh,X(t,u,u+e.kwh,n,`var(--hp-${e.role})`)))}`}function X({centre:e,barWidth:t},n,r,i,a,o=1,s=!1){let c=i(n)-i(r)-+!!s;return c<=.2?D:b`<rect x=${e-t/2} y=${i(r)} width=${t} height=${c}
fill=${a} opacity=${o}></rect>`}function Ln(e,[t,n],r){let i=C(e);if(!i)return D;let[a,o]=[i.high,i.low].map(e=>r(h(e,p)));return b`<rect x=${t} y=${a} width=${n-t} height=${Math.max(o-a,1)}
fill="var(--hp-band)"></rect>`}function Rn({own:e},{centre:t,width:n},r){if(!e)return D;let[i,a]=[e.high,e.low].map(e=>r(h(e,p))),o=Math.min(12,n*.6);return b`<rect x=${t-o/2} y=${i} width=${o} height=${Math.max(a-i,1)}
rx=${Math.min(o/2,4)} fill="var(--hp-band)"></rect>`}function zn({cop:e,isPart:t},{centre:n,width:r},i){if(e===null)return D;let a=i(h(e,p)),o=h(r*.25,[1.5,En]);return t?b`<circle cx=${n} cy=${a} r=${o} fill="var(--hp-card)" stroke="var(--hp-ink)"
stroke-width="1.8"></circle>`:b`<circle cx=${n} cy=${a} r=${o+.5} fill="var(--hp-ink)"></circle>`}function Bn({cop:e,own:t},n){let r=e=>n(h(e,p));return Math.min(r(e??0)-8,r(t?.high??0)-4)}var Vn=/* @__PURE__ */ e({PickerCard:()=>Kn}),Hn=`M19,19H5V8H19M16,1V3H8V1H6V3H5C3.9,3 3,3.9 3,5V19A2,2 0 0,0 5,21H19A2,2 0 0,0 21,19V5C21,3.9 20.1,3 19,3H18V1M17,12H12V17H17V12Z`,Un=`M15.4,16.6L10.8,12L15.4,7.4L14,6L8,12L14,18L15.4,16.6Z`,Wn=`M8.6,16.6L13.2,12L8.6,7.4L10,6L16,12L10,18L8.6,16.6Z`,Gn=660,Kn=class extends O{static{this.styles=[...O.styles,k`
:host{container-type:inline-size;}.card{display:flex;gap:8px;align-items:center;padding:0;background:none;border:none;}.name{flex:1;margin:0 4px;font-size:16px;font-weight:500;}button,select,.calendar{box-sizing:border-box;min-width:44px;height:44px;padding:0 14px;color:var(--hp-quiet);background:var(--hp-card);border:1px solid var(--hp-line);border-radius:22px;font:inherit;cursor:pointer;}select{flex:none;padding:0 8px 0 12px;}:host([dark]){color-scheme:dark;}button.arrow,.calendar{flex:none;padding:0 9px;}.calendar{position:relative;display:grid;place-items:center;}input{position:absolute;inset:0;width:100%;border:0;opacity:0;cursor:pointer;}.calendar:focus-within{outline:2px solid var(--primary-color,#009ac7);outline-offset:2px;}button:disabled{opacity:0.4;cursor:default;}button:focus-visible,select:focus-visible{outline:2px solid var(--primary-color,#009ac7);outline-offset:2px;}button[aria-pressed="true"]{color:var(--hp-ink);font-weight:500;background:color-mix(in srgb,var(--primary-color,#009ac7) 18%,var(--hp-card));border-color:transparent;}svg{display:block;width:24px;fill:currentColor;}@container (max-width:420px){.calendar{display:none;}}@container (max-width:330px){.card{flex-wrap:wrap;}.name{order:1;flex-basis:100%;}select{flex:1;}}`]}#e=null;getCardSize(){return 1}getGridOptions(){return{columns:`full`,min_columns:6}}updated(e){super.updated(e);let t=this.live?.today.last??null,{period:n}=this;this.live&&n&&t!==this.#e&&n.last===this.#e&&re(this.#t,he(n.kind,t,N(this.live))),this.#e=t}content(e){let{t}=this,n=this.periodOf(e),r=this.width>=Gn,i=N(e),a=(e,t=n.last)=>re(this.#t,he(e,t,i));return E`
${this.#n(e,-1)} ${this.#n(e,1)}
<span class="name" aria-live="polite">${this.format.days(n.first,n.last)}</span>
${r?_e.map(e=>E`<button
type="button"
aria-pressed=${e===n.kind}
@click=${()=>a(e)}
>
${t(`period_${e}`)}
</button>`):E`<select
aria-label=${t(`picked_period`)}
.value=${n.kind}
@change=${e=>a(e.target.value)}
>
${_e.map(e=>E`<option value=${e} ?selected=${e===n.kind}>
${t(`period_${e}`)}
</option>`)}
</select>`}
<label class="calendar">
<input
type="date"
aria-label=${t(`pick_a_day`)}
min=${i.firstDay}
max=${i.today}
.value=${n.last}
@click=${e=>e.target.showPicker?.()}
@change=${e=>{let t=e.target.value;t>=i.firstDay&&t<=i.today&&a(n.kind,t)}}
/>
${qn(Hn)}
</label>
`}get#t(){return this.config?.entry_id??``}#n(e,t){let n=fe(this.periodOf(e),t,N(e));return E`<button
type="button"
class="arrow"
aria-label=${this.t(t<0?`back_in_time`:`forward_in_time`)}
?disabled=${!n}
@click=${()=>n&&re(this.#t,n)}
>
${qn(t<0?Un:Wn)}
</button>`}};function qn(e){return E`<svg viewBox="0 0 24 24" aria-hidden="true"><path d=${e}></path></svg>`}var Jn={air:`from_air`,brine:`from_ground`,water:`from_water`,unknown:`from_source`},Yn=.001;function Xn(e,t,n,r,i){let{paired_electricity_kwh:a,heat_kwh:o,modes:s}=e;if(a===null||o===null||o<=0)return null;let c=s.standby?.electricity_kwh??0,l=Math.max(-(s.defrost?.heat_kwh??0),0),u=s.heating?.heat_kwh??0,d=s.hot_water?.heat_kwh??0,f=Math.max(o+l-u-d,0),p=Math.max(o-a+c,0),m=+(o<100),h=C(e),[g=0,_=0,v=0,y=0]=P([u,d,f,-l],m),b=(e,i,a,o,s=``)=>({role:e,side:i,kwh:a,name:er(e,t,n,r),figure:o,unit:n&&e===`electricity`?``:`kWh`,note:s}),x=[b(`source`,`in`,p,`≈${i.number($n(p,h?h.high-h.low:0),m)}`,r(`share_of_heat`,{share:i.percent(p/o)})),b(`electricity`,`in`,a,i.number(a,m)),b(`heating`,`out`,u,i.number(g,m)),b(`hot_water`,`out`,d,i.number(_,m)),b(`unknown`,`out`,f,i.number(v,m)),b(`standby`,`out`,c,i.number(c,m))],S=[...[g,_,v].filter(e=>e>0),...y<0?[y]:[]];return{flows:x.filter(({kwh:e})=>e>Yn*o),defrost:{kwh:l,text:y<0?r(`defrost_took`,{energy:i.number(-y,m)}):``},sum:Zn(o,S,y,m,r,i),notes:Qn(e,r,i)}}function Zn(e,t,n,r,i,a){let o=t.map((e,t)=>{let n=a.number(Math.abs(e),r);return t?e<0?`\u2212 ${n}`:`+ ${n}`:n}).join(` `),s=i(`sankey_sum`,{heat:c({text:a.number(e,r),unit:`kWh`}),parts:o});return n<0?`${s} ${i(`defrost_took_back`)}`:s}function Qn({unpaired_electricity_kwh:e,modes:t},n,r){let i=[];(e??0)>=.5&&i.push(n(`unpaired_more`,{energy:c(r.energy(e))}));let{cooling:a}=t;return a&&i.push(n(`cold_not_in_cop`,{cold:c(r.energy(Math.abs(a.heat_kwh))),electricity:c(r.energy(a.electricity_kwh))})),i}function $n(e,t){if(e<=0)return 0;let n=t>.5?2:3;return Number(e.toPrecision(n))}function er(e,t,n,r){if(e===`source`){let e=r(Jn[t??`unknown`]);return n?e:r(`calculated`,{name:e})}return r(e===`unknown`?`mode_unknown`:e===`electricity`?`electricity_title`:e)}var tr=40,nr=20,Z=24,rr=26;function ir({flows:e,defrost:t},n){let r=t=>e.filter(e=>e.side===t),i=e=>r(e).reduce((e,{kwh:t})=>e+t,0),a=Math.max(i(`in`),i(`out`)),o=(Math.max(r(`in`).length,r(`out`).length)-1)*rr,s=d([0,a],[0,n-Z-o-12]),c=s(a),l=Z+(n-Z-12-c)/2;return{ribbons:[`in`,`out`].flatMap(e=>{let a=r(e),o=s(i(e))+(a.length-1)*rr,c=Z+(n-Z-12-o)/2,u=l;return ar(a.map(e=>{let t=s(e.kwh),n={flow:e,outer:c,inner:u,thickness:t,label:c+t/2};return c+=t+rr,u+=t,n}),t.kwh>0&&e===`out`,n)}),top:l,bottom:l+c,height:n}}function ar(e,t,n){let r=e.findIndex(({flow:e})=>t&&e.role===`heating`),i=e=>r>=0&&e>r?nr:0,a=e.map(({label:e},t)=>e-i(t)),o=n-tr/2-i(e.length),s=ve(a,42,[tr/2,o]);return e.map((e,t)=>({...e,label:s[t]+i(t)}))}var or=/* @__PURE__ */ e({SankeyCard:()=>dr}),Q=7,sr={wide:116,narrow:94},cr=148,lr=440,ur={source:62,electricity:24},dr=class extends O{static{this.styles=[...O.styles,o,k`
p{margin:4px 0 0;}.word{fill:var(--hp-quiet);font-size:12px;}.on{fill:color-mix(in srgb,var(--hp-ink) 75%,transparent);}.figure{fill:var(--hp-ink);font-size:15px;font-weight:500;}.unit{font-size:11px;font-weight:400;fill:var(--hp-quiet);}`]}static async getConfigForm(){return M(F)}getCardSize(){return 7}getGridOptions(){return{columns:18,min_columns:6}}content(e){let{t,format:n}=this,r=this.figures(e,this.periodOf(e));if(!r)return this.waiting();let i=this.width<lr,a=Xn(r,e.source_kind,i,t,n);return E`
<div class="head">
<h2>${t(`sankey_title`)}</h2>
<span class="quiet">${n.days(r.first,r.last)}</span>
</div>
${a?E`<p class="quiet">${a.sum}</p>
${this.#e(a)}
${a.notes.map(e=>E`<p class="quiet">${e}</p>`)}`:this.message(`no_sums`)}
`}#e(e){let{width:t,t:n}=this,r=sr[t<lr?`narrow`:`wide`],i=ir(e,h(t*.55,[230,290])),[a,o]=[Q,t-r-Q],s=a+Math.max((o-a)*.6,Math.min(cr,o-a-28)),c=e.flows.map(e=>`${e.name} ${e.figure} kWh`);return e.defrost.text&&c.push(e.defrost.text),E`<svg viewBox="0 0 ${t} ${i.height}" style="height: ${i.height}px"
role="img" aria-label=${c.join(`, `)}>
${i.ribbons.map(e=>e.flow.side===`in`?fr(e,[a,e.outer],[s,e.inner],0):fr(e,[s+Q,e.inner],[o,e.outer],o))}
<rect x=${s} y=${i.top} width=${Q} height=${i.bottom-i.top}
rx="2" fill="var(--hp-ink)"></rect>
<text class="word" x=${s+Q/2} y=${i.top-8}
text-anchor="middle">${n(`heat_pump`)}</text>
${i.ribbons.map(e=>e.flow.side===`in`?pr(e):mr(e,o+Q+8))}
${hr(e,i,o)}
</svg>`}};function fr({flow:e,outer:t,thickness:n},r,i,a){let o=`var(--hp-${e.role})`,s=(r[0]+i[0])/2,[c,l]=[r[1],r[1]+n],u=Math.max(n,1.5);return b`<path fill=${o} opacity=${e.role===`standby`?.9:.55}
d="M${r[0]} ${c}C${s} ${c} ${s} ${i[1]} ${i[0]} ${i[1]}V${i[1]+u}C${s} ${i[1]+u} ${s} ${l} ${r[0]} ${l}Z"></path>
<rect x=${a} y=${t} width=${Q} height=${u} rx="1" fill=${o}></rect>`}function pr({flow:e,outer:t,thickness:n}){let{name:r,figure:i,unit:a,note:o}=e,s=b`<tspan class="figure">${i}</tspan><tspan class="unit"> ${a}</tspan>`;if(e.role===`source`&&n>=ur.source){let e=t+n/2;return b`<text class="word on" x=${16} y=${e-15}>${r}</text>
<text class="word" x=${16} y=${e+4}>${s}</text>
<text class="word on" x=${16} y=${e+22}>${o}</text>`}let c=n>=ur.electricity,l=c?t+n/2+5:t+n+17;return b`<text class="word ${c?`on`:``}" x=${16} y=${l}>${r} ${s}</text>`}function mr({flow:e,label:t},n){let{name:r,figure:i,unit:a}=e;return e.role===`standby`?b`<text class="word" x=${n} y=${t+4}>${r} ${i}</text>`:b`<text class="word" x=${n} y=${t-4}>${r}</text>
<text class="word" x=${n} y=${t+14}><tspan class="figure">${i}</tspan><tspan
class="unit"> ${a}</tspan></text>`}function hr(e,t,n){let r=t.ribbons.find(({flow:e})=>e.role===`heating`);if(!r||!e.defrost.text)return D;let i=Math.min(e.defrost.kwh/r.flow.kwh,1),a=Math.max(r.thickness*i,2),o=r.outer+r.thickness,s=t.ribbons.find(e=>e.flow.side===`out`&&e.label>r.label),c=h(o,[r.label+32,(s?.label??t.height)-36]);return b`<rect x=${n} y=${o-a} width=${11} height=${a}
fill="var(--hp-defrost)"></rect>
<text class="word" x=${n+Q+8} y=${c+4}>${e.defrost.text}</text>`}var gr=.3,_r=2,vr=.01,yr={outside:[-7,0,7],supply:[30,35,45]};function br(e){let t=e.filter(({modes:e})=>e.heating??e.hot_water),n=t.filter(({modes:e})=>(e.heating?.supply_c??e.hot_water?.supply_c??null)!==null);return{without:t.length-n.length,all:t.length}}function xr(e,t,n){return[`heating`,`hot_water`].flatMap(r=>{let i=e.flatMap(e=>{let i=e.modes[r];if(!i||i.electricity_kwh<gr||i.heat_kwh<=0)return[];let a=t===`outside`?e.outside_c:i.supply_c;return a===null?[]:[{x:a,y:i.heat_kwh/i.electricity_kwh,weight:i.electricity_kwh,day:e.start,isToday:e.start===n}]});return i.length?[{mode:r,marks:i,curve:Sr(i)}]:[]})}function Sr(e){let t=e.filter(e=>!e.isToday),n=t.map(e=>e.x).sort((e,t)=>e-t),r=Math.ceil(n.length*vr),[i,a]=[n[r],n.at(-1-r)];if(i===void 0||a===void 0)return[];let o=Math.max(Math.ceil((a-i)/(_r/2)),1),s=Array.from({length:o+1},(e,t)=>i+(a-i)*t/o);return ye(t,s,_r)}function Cr(e,t){for(let n=1;n<e.length;n+=1){let[r,i]=[e[n-1],e[n]];if(t<r.x||t>i.x)continue;let a=(t-r.x)/(i.x-r.x||1);return r.y+(i.y-r.y)*a}return null}function wr(e,t,n,r){return e.flatMap(({mode:e,curve:i})=>{let a=yr[t].flatMap(e=>{let t=Cr(i,e);return t===null?[]:[n(`cop_at`,{cop:r.number(t,1),at:`${r.degrees(e,0)}\u00a0${r.degreeUnit}`})]});return a.length?[`${n(e)}: ${a.join(`, `)}.`]:[]})}function Tr(e){let t=e.flatMap(({marks:e})=>e.map(e=>e.x));if(!t.length)return[0,10];let n=Math.floor(Math.min(...t)-.5);return[n,Math.max(Math.ceil(Math.max(...t)+.5),n+5)]}var Er=/* @__PURE__ */ e({ScatterCard:()=>Mr}),$=[1,7],Dr=24,Or=8,kr=24,Ar=15,jr=`l2.4 4.4h-4.8z`,Mr=class extends O{static{this.styles=[...O.styles,o,me,k`
p{margin:4px 0 8px;}.today{stroke:var(--hp-ink);stroke-width:2;vector-effect:non-scaling-stroke;}circle.today{fill:var(--hp-heating);}path.today{fill:var(--hp-hot_water);}.name.heating{fill:var(--hp-heating-text);}.name.hot_water{fill:var(--hp-hot_water);}`]}static{this.properties={...O.properties,against:{state:!0}}}#e=new r(this);#t=new de(this);constructor(){super(),this.against=null}static async getConfigForm(){return M({...F,x:[[`outside`,`x_outside`],[`supply`,`x_supply`]]})}getCardSize(){return 7}getGridOptions(){return{columns:18,min_columns:6}}content(e){let{t,format:n}=this,r=this.periodOf(e),i=this.days(e,r);if(!i)return this.waiting();let{without:a,all:o}=br(i),s=this.against??this.config?.x??`outside`,c=a<o?s:`outside`,l=xr(i,c,e.today.last),u=wr(l,c,t,n),d=l.some(({marks:e})=>e.some(e=>e.isToday)),f=u.length?[...u,t(`band_is_most_days`),d?t(`ringed_today`):``].join(` `):t(`too_few_for_curve`);return E`
<div class="head">
<h2>${t(`cop_against_${c}`)}</h2>
<span class="quiet">
${n.days(r.first,r.last)}${this.width>480?` · ${t(`one_mark_a_day`)}`:D}
</span>
</div>
${a<o?this.#n(c):D}
<p class="quiet">${f}</p>
${l.length?this.#r(e,l,f):D}
${a&&(c===`supply`||s===`supply`)?E`<p class="quiet">
${t(`without_supply`,{without:n.number(a,0),all:n.number(o,0)})}
</p>`:D}
`}#n(e){return E`<div class="switch" role="group" aria-label=${this.t(`setting_x`)}>
${[`outside`,`supply`].map(t=>E`<button
type="button"
aria-pressed=${t===e}
@click=${()=>this.against=t}
>
${this.t(`switch_${t}`)}
</button>`)}
</div>`}#r(e,t,n){let{width:r,format:i}=this,a=Or+h(r*.5,[190,280]),o=a+kr,s=Tr(t),c=d(s,[32,r-10]),l=d($,[a,Or]),u=this.#t.of(this.hass,this.config,e,i),p=this.#e.layer({label:this.t(`arrow_keys`,{name:this.t(`cop_of_each_day`)}),width:r,height:o,steps:[1,10],spots:()=>this.#i(t,u,c,l)});return E`<div class="chart"><svg viewBox="0 0 ${r} ${o}"
style="height: ${o}px" role="img" aria-label=${n}>
${m(j($,7),l,[Dr,r],String)}
${f(s,c,a,r,i)}
${t.map(e=>Nr(e,c,l))}
${t.map(e=>Fr(e,c,l))}
${t.map(e=>Pr(e,c,l))}
${t.map(({mode:e,marks:t})=>t.filter(e=>e.isToday).map(t=>Ir(e,t,c,l)))}
${this.#a(t,c,l)}
</svg>${p}</div>`}#i(e,t,n,r){let{t:i,format:a}=this;return e.flatMap(({mode:e,marks:o})=>o.map(o=>({x:n(o.x),y:r(h(o.y,$)),get says(){return[a.date(o.day),`${i(e)} ${c(a.temperature(o.x))}`,`${i(`cop`)} ${a.number(o.y,1)}`,...I(pe(t,o.day),i,a)]}}))).sort((e,t)=>e.x-t.x)}#a(e,t,n){let r=e.flatMap(({mode:e,curve:r})=>{let[i,a]=[r[0],r.at(-1)];if(!i||!a)return[];let o=i.y>a.y?i:a,s=this.t(e),c=n(h(o.y+o.spread,$))-8;return[{mode:e,name:s,x:t(o.x),y:Math.max(c,19)}]});r.sort((e,t)=>e.y-t.y);let i=ve(r.map(e=>e.y),Ar,[19,n($[0])-4]);return r.map(({mode:e,name:t,x:n},r)=>{let a=g(t,12),o=h(n+a/2,[Dr+a,this.width-2]);return b`<text class="name halo ${e}" x=${o} y=${i[r]}
text-anchor="end">${t}</text>`})}};function Nr({mode:e,curve:t},n,r){if(t.length<2)return D;let i=(e,t)=>`${n(e).toFixed(1)} ${r(h(t,$)).toFixed(1)}`,a=t.map(e=>i(e.x,e.y+e.spread)),o=t.map(e=>i(e.x,e.y-e.spread)).reverse();return b`<path d="M${[...a,...o].join(`L`)}Z" fill="var(--hp-${e})"
opacity="0.15"></path>`}function Pr({mode:e,curve:t},n,r){if(t.length<2)return D;let i=`M${t.map(e=>`${n(e.x).toFixed(1)} ${r(h(e.y,$)).toFixed(1)}`).join(`L`)}`;return b`<path d=${i} fill="none" stroke="var(--hp-card)" stroke-width="4"></path>
<path d=${i} fill="none" stroke="var(--hp-${e})" stroke-width="2"></path>`}function Fr({mode:e,marks:t},n,r){let i=t.filter(e=>!e.isToday).map(e=>[n(e.x),r(h(e.y,$))]);if(e===`heating`)return a(i,2.1,`var(--hp-heating)`,.55);let o=i.map(([e,t])=>`M${e.toFixed(1)} ${(t-2.6).toFixed(1)}${jr}`);return b`<path d=${o.join(``)} fill="var(--hp-hot_water)" opacity="0.55"></path>`}function Ir(e,t,n,r){let[i,a]=[n(t.x),r(h(t.y,$))];return e===`heating`?b`<circle class="today" cx=${i} cy=${a} r="4.6"></circle>`:b`<path class="today" transform="translate(${i} ${a}) scale(2.2)"
d="M0 -2.6${jr}"></path>`}export{Zt as a,pt as c,bn as i,ot as l,or as n,Nt as o,Vn as r,ht as s,Er as t};