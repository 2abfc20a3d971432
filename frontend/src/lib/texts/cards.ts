/** Names and descriptions of the cards and the dashboard where the user picks one. */

type Both = readonly [en: string, de: string];

export const CARD_TEXTS = {
  schematic: [
    ["Heat pump schematic", "Wärmepumpe: Schema"],
    [
      "What the heat pump does now, as a drawing: width is power",
      "Was die Wärmepumpe jetzt tut, als Bild: Breite ist Leistung",
    ],
  ],
  today: [
    ["Heat pump today", "Wärmepumpe heute"],
    [
      "Electricity in, heat out and their ratio, on one scale",
      "Strombezug, Wärme und ihr Verhältnis, in einem Maßstab",
    ],
  ],
  jaz: [
    ["Heat pump JAZ", "Wärmepumpe: Jahresarbeitszahl"],
    [
      "The seasonal performance factor, and how sure it is",
      "Die Jahresarbeitszahl, und wie sicher sie ist",
    ],
  ],
  usual: [
    ["Heat pump: is today usual?", "Wärmepumpe: Ist heute üblich?"],
    ["Today's COP among all days of the year", "Der COP von heute unter allen Tagen des Jahres"],
  ],
  months: [
    ["Heat pump months", "Wärmepumpe: Monate"],
    [
      "Electricity and heat of each month, and their ratio",
      "Strom und Wärme jedes Monats, und ihr Verhältnis",
    ],
  ],
  modes: [
    ["Heat pump by mode", "Wärmepumpe nach Betriebsart"],
    [
      "Heating, hot water, cooling and standby apart",
      "Heizen, Warmwasser, Kühlen und Bereitschaft getrennt",
    ],
  ],
  scatter: [
    ["Heat pump COP against temperature", "Wärmepumpe: COP und Temperatur"],
    [
      "What cold, or a high supply temperature, costs",
      "Was Kälte oder ein hoher Vorlauf kostet",
    ],
  ],
  sankey: [
    ["Heat pump heat flow", "Wärmepumpe: Wärmefluss"],
    ["Where the heat comes from and goes to", "Woher die Wärme kommt, wohin sie geht"],
  ],
  cost: [
    ["Heat pump: cost", "Wärmepumpe: Kosten"],
    [
      "What electricity and heat cost, and their CO₂",
      "Was Strom und Wärme kosten, und ihr CO₂",
    ],
  ],
  expected: [
    ["Heat pump: expected efficiency", "Wärmepumpe: erwartete Effizienz"],
    [
      "The last two weeks beside what is usual, and the year among other heat pumps",
      "Die letzten zwei Wochen neben dem Üblichen, und das Jahr unter anderen Wärmepumpen",
    ],
  ],
  compare: [
    ["Heat pump: two periods", "Wärmepumpe: zwei Zeiträume"],
    [
      "This period beside the same one a year earlier",
      "Dieser Zeitraum neben dem des Vorjahres",
    ],
  ],
  demand: [
    ["Heat pump: heat demand of the house", "Wärmepumpe: Wärmebedarf des Hauses"],
    [
      "Heating power against outside temperature, and what the house loses",
      "Heizleistung und Außentemperatur, und was das Haus verliert",
    ],
  ],
  picker: [
    ["Heat pump period", "Wärmepumpe: Zeitraum"],
    [
      "Picks the period that the other cards show",
      "Wählt den Zeitraum, den die anderen Karten zeigen",
    ],
  ],
  "last-day": [
    ["Heat pump: last 24 hours", "Wärmepumpe: letzte 24 Stunden"],
    [
      "Heat by mode and electricity of the last 24 hours",
      "Wärme nach Betriebsart und Strom der letzten 24 Stunden",
    ],
  ],
  runs: [
    ["Heat pump: runs", "Wärmepumpe: Läufe"],
    [
      "When the compressor ran in the last 7 days, and for how long",
      "Wann der Verdichter in den letzten 7 Tagen lief, und wie lange",
    ],
  ],
  cycling: [
    ["Heat pump: cycling", "Wärmepumpe: Takten"],
    ["Whether the compressor starts too often", "Ob der Verdichter zu oft startet"],
  ],
  charges: [
    ["Heat pump: hot-water charges", "Wärmepumpe: Warmwasserladungen"],
    [
      "Duration, electricity and COP of each charge",
      "Dauer, Strom und COP jeder Ladung",
    ],
  ],
  alarms: [
    ["Heat pump: alarms", "Wärmepumpe: Alarme"],
    ["What is wrong, and what to do about it", "Was nicht stimmt, und was zu tun ist"],
  ],
  calendar: [
    ["Heat pump: coverage", "Wärmepumpe: Abdeckung"],
    [
      "Which of the last 365 days were measured",
      "Welche der letzten 365 Tage gemessen wurden",
    ],
  ],
  maker: [
    ["Heat pump: manufacturer's JAZ", "Wärmepumpe: JAZ des Herstellers"],
    [
      "The unit's own annual figures beside the measured ones",
      "Die Jahreswerte des Geräts neben den gemessenen",
    ],
  ],
  calls: [
    ["Heat pump: calls to the cloud", "Wärmepumpe: Aufrufe der Cloud"],
    [
      "How many calls of the budget are used",
      "Wie viele Aufrufe des Budgets verbraucht sind",
    ],
  ],
  sources: [
    ["Heat pump: sources", "Wärmepumpe: Quellen"],
    ["How well the meters and the heat pump answer", "Wie gut Zähler und Wärmepumpe antworten"],
  ],
  exports: [
    ["Exports", "Exporte"],
    [
      "Whether the databases take what is measured, and what waits",
      "Ob die Datenbanken annehmen, was gemessen wird, und was noch wartet",
    ],
  ],
  "heating-curve": [
    ["Heat pump: heating curve", "Wärmepumpe: Heizkurve"],
    [
      "The heating curve that is set, and the supply temperature of each run",
      "Die eingestellte Heizkurve, und der Vorlauf jedes Laufs",
    ],
  ],
  "changes-effect": [
    ["Heat pump: effect of changes", "Wärmepumpe: Wirkung von Änderungen"],
    [
      "What each change did to the COP, at the same weather",
      "Was jede Änderung am COP bewirkt hat, bei gleichem Wetter",
    ],
  ],
  "change-log": [
    ["Heat pump: change log", "Wärmepumpe: Änderungsprotokoll"],
    [
      "What was changed on the heat pump and its plant, with notes of your own",
      "Was an Wärmepumpe und Anlage geändert wurde, mit eigenen Notizen",
    ],
  ],
  flags: [
    ["Heat pump: flags", "Wärmepumpe: Auffälligkeiten"],
    ["What was wrong with the data", "Was an den Daten nicht stimmte"],
  ],
  quarter: [
    ["House meter: this quarter-hour", "Hauszähler: diese Viertelstunde"],
    ["What may still be drawn without a new peak", "Was noch ohne neue Spitze gezogen werden darf"],
  ],
  "peak-days": [
    ["House meter: peaks of the days", "Hauszähler: Spitzen der Tage"],
    [
      "The highest quarter-hour of each day of the month, and all of a day",
      "Die höchste Viertelstunde je Tag des Monats, und alle eines Tages",
    ],
  ],
  peaks: [
    ["House meter: month peaks", "Hauszähler: Monatsspitzen"],
    ["The peaks on which the capacity tariff is billed", "Die Spitzen, nach denen der Leistungspreis berechnet wird"],
  ],
  probes: [
    ["Probes", "Fühler"],
    ["Temperature, target and remaining time of each probe", "Temperatur, Ziel und Restzeit jedes Fühlers"],
  ],
  "probe-alarms": [
    ["Probes: alarms", "Fühler: Alarme"],
    ["What can ring, and what does", "Was sich melden kann, und was es tut"],
  ],
  "probe-sessions": [
    ["Probes: sessions", "Fühler: Vorgänge"],
    ["Past sessions with their curves", "Beendete Vorgänge mit ihren Kurven"],
  ],
  dashboard: [
    ["Heat pump", "Wärmepumpe"],
    [
      "How efficient the heat pump is, what it does and what it costs",
      "Wie effizient die Wärmepumpe ist, was sie tut und was sie kostet",
    ],
  ],
} as const satisfies Record<string, readonly [name: Both, about: Both]>;
