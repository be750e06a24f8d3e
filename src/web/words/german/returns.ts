/** Risk, months, the figures side by side, and the steps from a benchmark to the portfolio. */
export const returns = {
  'Side by side': 'Nebeneinander',
  'There is nothing to measure yet: returns begin with the first transaction.':
    'Noch gibt es nichts zu messen: Renditen beginnen mit der ersten Transaktion.',
  'The portfolio beside each benchmark': 'Das Portfolio neben jedem Vergleich',
  'The portfolio against each benchmark': 'Das Portfolio gegenüber jedem Vergleich',
  'The risk-free rate is {percent} a year.': 'Der risikofreie Zins ist {percent} im Jahr.',
  'The risk-free rate is {percent} a year, as in the settings.':
    'Der risikofreie Zins ist {percent} im Jahr, wie in den Einstellungen.',
  'time-weighted, in percent, of the whole history': 'zeitgewichtet, in Prozent, über die ganze Geschichte',
  'time-weighted, in percent, of the whole history, from {day}':
    'zeitgewichtet, in Prozent, über die ganze Geschichte, ab {day}',
  'Return of each month, in percent': 'Rendite jedes Monats, in Prozent',
  'in percentage points: above 0 the portfolio did better':
    'in Prozentpunkten: Über 0 war das Portfolio besser',
  'Return of each month less that of {benchmark}, in percentage points':
    'Rendite jedes Monats abzüglich der von {benchmark}, in Prozentpunkten',
  'Whole year': 'Ganzes Jahr',
  'Rolling 12 months': 'Rollierende 12 Monate',
  'This needs more than 12 months of history: each point is the return of the year before it.':
    'Dafür braucht es mehr als 12 Monate Geschichte: Jeder Punkt ist die Rendite des Jahres davor.',
  'The chart needs JavaScript. The table below has its figures, and in a sentence:':
    'Das Diagramm braucht JavaScript. Die Tabelle unten enthält seine Zahlen, und in einem Satz:',
  'Each point is the return of the 12 months before it. Best {best}, worst {worst}.':
    'Jeder Punkt ist die Rendite der 12 Monate davor. Beste: {best}, schlechteste: {worst}.',
  'from {n} trading days': 'aus {n} Handelstagen',
  'Ahead of {benchmark} on {percent} of {n} days.': 'An {percent} von {n} Tagen vor {benchmark}.',
  'As a table, month by month': 'Als Tabelle, Monat für Monat',
  'Return of the 12 months up to the end of each month, in percent':
    'Rendite der 12 Monate bis zum Ende jedes Monats, in Prozent',
  'Return of the 12 months up to the end of each month less that of {benchmark}, in percentage points':
    'Rendite der 12 Monate bis zum Ende jedes Monats abzüglich der von {benchmark}, in Prozentpunkten',
  'From the value of {benchmark} to that of the portfolio': 'Vom Wert von {benchmark} zu dem des Portfolios',
  Step: 'Schritt',
  Bar: 'Balken',
  Adds: 'Beitrag',
  'Gap to {benchmark}': 'Abstand zu {benchmark}',
  '{benchmark}, same money': '{benchmark}, gleiches Geld',
  '{benchmark}, from the same value': '{benchmark}, vom gleichen Wert aus',
  '{symbols} helped most': 'Am meisten geholfen: {symbols}',
  '{symbols} held it back': 'gebremst: {symbols}',
  'The portfolio is level with {benchmark}': 'Das Portfolio liegt gleichauf mit {benchmark}',
  'The portfolio is {size} ahead': 'Das Portfolio liegt {size} vorn',
  'The portfolio is {size} behind': 'Das Portfolio liegt {size} zurück',
  '{what}, as it is': '{what}, wie es ist',
  '{what}, what if': '{what}, was wäre, wenn',
  'What it adds to the gap: the amount, or its opposite where only the what-if has it':
    'Was es zum Abstand beiträgt: der Betrag, oder sein Gegenteil, wenn nur das Was-wäre-wenn ihn hat',
  'What this is worth on {day}, less what it would be worth, and every amount that only the portfolio has, or only the what-if.':
    'Was dies am {day} wert ist, abzüglich dessen, was es wert wäre, und jeder Betrag, den nur das Portfolio hat oder nur das Was-wäre-wenn.',
  'Every amount that only the portfolio has, or only the what-if.':
    'Jeder Betrag, den nur das Portfolio hat oder nur das Was-wäre-wenn.',
  'Each counts as it was on its day. Their sum is this part of {gap}.':
    'Jeder zählt, wie er an seinem Tag war. Ihre Summe ist dieser Teil vom {gap}.',
  'Each counts as it was on its day. Their sum is this part of {gap}: the purchases of a symbol add up to its own.':
    'Jeder zählt, wie er an seinem Tag war. Ihre Summe ist dieser Teil vom {gap}: Die Käufe eines Symbols ergeben zusammen dessen Teil.',
  'Put in': 'Eingezahlt',
  'Taken out': 'Entnommen',
  'A purchase of {name}': 'Ein Kauf von {name}',
  'Each line is in its own currency, at its own latest prices; the total is in {currency}.':
    'Jede Zeile steht in ihrer Währung, zu ihren letzten Kursen; die Summe in {currency}.',
  'Chart, holdings and dividends of all': 'Diagramm, Positionen und Dividenden von allen',
  'Ahead of its first benchmark, or behind, in money': 'Vor oder hinter dem ersten Vergleich, in Geld',
  '{percent} in twelve months': '{percent} in zwölf Monaten',
  'Loading prices for {symbols}. Figures that depend on them show {none} until then.':
    'Kurse für {symbols} werden geladen. Zahlen, die davon abhängen, zeigen bis dahin {none}.',
  'No prices for {symbols}: {why}': 'Keine Kurse für {symbols}: {why}',
  'Today doesn’t include {symbols}: one of the last two prices is missing.':
    'Heute ist ohne {symbols}: Einer der letzten zwei Kurse fehlt.',
  '{symbols} and {n} others': '{symbols} und {n} weitere',
} as const satisfies Record<string, string>
