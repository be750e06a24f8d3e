/** The words of comparing: the gap to a benchmark and what made it, decisions, and what if. */
export const gap = {
  Compare: 'Vergleichen',
  'Against anything': 'Mit Beliebigem',
  'Shows the dashboard with one more benchmark. Nothing is saved: the address can be sent, and the settings keep up to five.':
    'Zeigt die Übersicht mit einem weiteren Vergleich. Nichts wird gespeichert: Die Adresse lässt sich verschicken, und die Einstellungen behalten bis zu fünf.',
  'A ticker, a blend or a yearly rate': 'Ein Ticker, eine Mischung oder ein Jahreszins',
  Suggestions: 'Vorschläge',
  'What if I had…': 'Was wäre, wenn ich …',
  'Shows what the portfolio would be worth, and why it is worth more or less. Nothing is saved: the address can be sent.':
    'Zeigt, was das Portfolio wert wäre und warum mehr oder weniger. Nichts wird gespeichert: Die Adresse lässt sich verschicken.',
  'not bought {symbol}': '{symbol} nicht gekauft hätte',
  'Not bought': 'Nicht gekauft',
  'put the money for {symbol} into {benchmark}': 'das Geld für {symbol} in {benchmark} gesteckt hätte',
  'Instead of': 'Anstatt',
  '{symbol} instead': '{symbol} stattdessen',
  'Put into': 'Angelegt in',
  'kept the {symbol} that I sold, on {date} or any day':
    'die verkauften {symbol} behalten hätte, vom {date} oder von jedem Tag',
  Kept: 'Behalten',
  'Sold on; any day when empty': 'Verkauft am; leer heißt an jedem Tag',
  'bought {benchmark} with every deposit': 'mit jeder Einzahlung {benchmark} gekauft hätte',
  'Bought each time': 'Jedes Mal gekauft',
  'waited with the trades of {symbol} of {date} until {until}':
    'mit den Trades in {symbol} vom {date} bis zum {until} gewartet hätte',
  'Waited with': 'Gewartet mit',
  'Traded on': 'Gehandelt am',
  Until: 'Bis zum',
  'Or in a few words': 'Oder in wenigen Worten',
  'no TSLA · VOO for TSLA · TSLA kept · VOO each time · TSLA of 2024-03-01 on 2024-06-03, which means that I had waited':
    'no TSLA · VOO for TSLA · TSLA kept · VOO each time · TSLA of 2024-03-01 on 2024-06-03, das heißt: wenn ich gewartet hätte',
  'Fees, interest and taxes of no holding': 'Gebühren, Zinsen und Steuern ohne Position',
  '{name}, sold': '{name}, verkauft',
  Contribution: 'Beitrag',
  'Of money in': 'Vom Einsatz',
  'The contribution ÷ (the value at the start + deposits); all of them add up to the simple return.':
    'Beitrag ÷ (Wert am Anfang + Einzahlungen); alle zusammen ergeben die einfache Rendite.',
  'Contribution by holding': 'Beitrag je Position',
  'since {day}: gains, dividends and interest, less fees and taxes':
    'seit {day}: Gewinne, Dividenden und Zinsen abzüglich Gebühren und Steuern',
  ': gains, dividends and interest, less fees and taxes':
    ': Gewinne, Dividenden und Zinsen abzüglich Gebühren und Steuern',

  'Other notes': 'Weitere Notizen',
  Notes: 'Notizen',
  'No notes yet': 'Noch keine Notizen',
  'Write down why you buy or sell, and when to look at it again: both are fields of every {transaction}. This page then says what became of it.':
    'Schreiben Sie auf, warum Sie kaufen oder verkaufen und wann Sie es wieder ansehen wollen: Beides sind Felder jeder {transaction}. Diese Seite sagt dann, was daraus geworden ist.',
  transaction: 'Transaktion',
  'Its transactions have no notes and no days of review.':
    'Die Transaktionen haben keine Notizen und keine Tage zur Durchsicht.',
  'Due for review': 'Zur Durchsicht fällig',
  '{ago}: {deed}': '{ago}: {deed}',
  'because “{note}”': '„{note}“',
  '; that is {lead} {benchmark}.': '; das liegt {lead} {benchmark}.',
  '; it is {lead} {benchmark}.': '; es liegt {lead} {benchmark}.',
  'level with': 'gleichauf mit',
  '{amount} ahead of': '{amount} vor',
  '{amount} behind': '{amount} hinter',
  Reviewed: 'Durchgesehen',
  'Again in a year': 'In einem Jahr wieder',
  Decision: 'Entscheidung',
  'Review on': 'Durchsicht am',
  'recorded a {kind}': '{kind} erfasst',
  'bought {what}': '{what} gekauft',
  'sold {what}': '{what} verkauft',
  'transferred in {what}': '{what} eingeliefert',
  'transferred out {what}': '{what} ausgeliefert',
  'A year ago': 'Vor einem Jahr',
  '{n} years ago': 'Vor {n} Jahren',
  'A month ago': 'Vor einem Monat',
  '{n} months ago': 'Vor {n} Monaten',
  'No purchase or sale after {day} has won or lost anything against {benchmark}.':
    'Kein Kauf oder Verkauf nach dem {day} hat gegenüber {benchmark} etwas gewonnen oder verloren.',
  'No purchase or sale has won or lost anything against {benchmark}.':
    'Kein Kauf oder Verkauf hat gegenüber {benchmark} etwas gewonnen oder verloren.',
  'Best decisions': 'Beste Entscheidungen',
  'Worst decisions': 'Schlechteste Entscheidungen',
  'Purchases and sales after {day}.': 'Käufe und Verkäufe nach dem {day}.',
  'A buy counts what became of its shares, dividends and later sales included, against the same money in {benchmark}, so that all buys together are their holdings’ part of the gap. A sale is judged alone and is no part of it: it counts its proceeds in {benchmark} since, against the shares kept.':
    'Ein Kauf zählt, was aus seinen Stücken geworden ist, samt Dividenden und späteren Verkäufen, gegenüber demselben Geld in {benchmark}; alle Käufe zusammen sind der Anteil ihrer Positionen am Abstand. Ein Verkauf wird für sich beurteilt und ist kein Teil davon: Er zählt seinen Erlös in {benchmark} seitdem, gegenüber den behaltenen Stücken.',

  Years: 'Jahre',
  'Divided among': 'Aufgeteilt nach',
  Period: 'Zeitraum',
  'Since the close of {from}, when both are worth what the portfolio was worth then.':
    'Seit dem Schlusskurs vom {from}; beide sind da so viel wert wie damals das Portfolio.',
  'Since the close of {from}: what has been added to the gap of that day, or taken from it.':
    'Seit dem Schlusskurs vom {from}: was zum Abstand dieses Tages hinzukam oder von ihm abging.',
  Details: 'Einzelheiten',
  'All {n}': 'Alle {n}',
  'Best and worst decisions': 'Beste und schlechteste Entscheidungen',
  'Benchmark of the gap': 'Vergleich für den Abstand',
  'Shares kept': 'Behaltene Stücke',
  What: 'Was',
  '{benchmark} then': '{benchmark} damals',
  '{benchmark} now': '{benchmark} heute',
  'The index of {benchmark}’s total return, dividends reinvested, on that day':
    'Der Index der Gesamtrendite von {benchmark}, Dividenden wieder angelegt, an diesem Tag',
  Carried: 'Fortgeschr.',
  'Amount × index now ÷ index then': 'Betrag × Index heute ÷ Index damals',
  Flows: 'Zahlungen',
  'Each amount is carried to {day} as if it had been in {benchmark} from its day on: amount × index now ({index}) ÷ index then.':
    'Jeder Betrag wird bis zum {day} fortgeschrieben, als wäre er ab seinem Tag in {benchmark} gewesen: Betrag × Index heute ({index}) ÷ Index damals.',
  'What the sale brought is held against what its shares would be worth now, and would have paid since. That judges the sale alone and is no part of {gap}: the proceeds are already in the purchases whose shares were sold.':
    'Was der Verkauf gebracht hat, steht dem gegenüber, was seine Stücke heute wert wären und seitdem gezahlt hätten. Das beurteilt den Verkauf allein und ist kein Teil vom {gap}: Der Erlös steckt schon in den Käufen, deren Stücke verkauft wurden.',
  'Their sum, with today’s value, is this part of {gap}: the purchases of a symbol add up to its own.':
    'Ihre Summe mit dem heutigen Wert ist dieser Teil vom {gap}: Die Käufe eines Symbols ergeben zusammen seinen Teil.',
  'Their sum, with today’s value, is this part of {gap}.':
    'Ihre Summe mit dem heutigen Wert ist dieser Teil vom {gap}.',
  'the gap': 'Abstand',
  'See {symbol}.': 'Siehe {symbol}.',
  '{name} against {benchmark}': '{name} gegenüber {benchmark}',
  'A purchase of {symbol}': 'Ein Kauf von {symbol}',
  'A sale of {symbol}': 'Ein Verkauf von {symbol}',
  'Held at the start': 'Anfangsbestand',
  'Spun off': 'Abgespalten',
  Exchanged: 'Umgetauscht',
  'More than the benchmark had': 'Mehr, als der Vergleich hatte',
  'Gap at the start': 'Abstand am Anfang',
  'Dividend missed': 'Entgangene Dividende',
  'this portfolio has no benchmark': 'dieses Portfolio hat keinen Vergleich',
  Steps: 'Schritte',
  'Why ahead or behind': 'Warum vorn oder hinten',
  'Why ahead of {benchmark}': 'Warum vor {benchmark}',
  'Why behind {benchmark}': 'Warum hinter {benchmark}',
  'Why level with {benchmark}': 'Warum gleichauf mit {benchmark}',
} as const satisfies Record<string, string>
