/** The page of one security: its price, position, tranches and trades, and what would be if. */
export const instrument = {
  'No price': 'Kein Kurs',
  'Valued at the price paid on {day}, {price}.': 'Bewertet zum am {day} bezahlten Kurs, {price}.',
  'Loading prices for {symbol}. This page updates by itself.':
    'Kurse für {symbol} werden geladen. Diese Seite aktualisiert sich von selbst.',
  '{reason} If the symbol is misspelled, edit its transactions. Otherwise we’ll keep trying.':
    '{reason} Ist das Symbol falsch geschrieben, die Transaktionen ändern. Sonst wird es weiter versucht.',
  'Traded {moment}': 'Gehandelt {moment}',
  'Own price of {day}': 'Eigener Kurs vom {day}',
  'Close of {day}': 'Schlusskurs vom {day}',
  ', updated {moment}': ', aktualisiert {moment}',
  'from {source}': 'von {source}',
  'No longer quoted since {day}.': 'Seit dem {day} nicht mehr notiert.',
  'Not in {name}': 'Nicht in {name}',
  '{symbol} is one of {name}’s benchmarks. {name} has no {symbol} transactions.':
    '{symbol} gehört zu den Vergleichen von {name}. {name} enthält keine Transaktionen mit {symbol}.',
  'This exchange rate is used to convert amounts; it isn’t a holding.':
    'Mit diesem Wechselkurs werden Beträge umgerechnet; er ist keine Position.',
  '{name} has no {symbol} transactions.': '{name} enthält keine Transaktionen mit {symbol}.',
  'Per share, today’s units': 'Je Stück, heutige Stückelung',
  'Dividends per share': 'Dividenden je Stück',
  'what was received': 'erhaltene Dividenden',
  'New for old': 'Neu für alt',
  'Not a split': 'Kein Split',
  Splits: 'Aktiensplits',
  'What it has added to the gap': 'Was es zum Abstand beigetragen hat',
  '{percent} of the portfolio': '{percent} des Portfolios',
  'of the open lots': 'der offenen Tranchen',
  '{yield} yield, {on_cost} on cost': '{yield} Rendite, {on_cost} auf den Einstand',
  'a year, dividends included': 'pro Jahr, mit Dividenden',
  'From currencies': 'Aus Währungen',
  'prices {amount}': 'Kurse {amount}',
  '{benchmark} has no price on one of the days': '{benchmark} hat an einem der Tage keinen Kurs',
  'total return not known: {reason}': 'Gesamtrendite nicht bekannt: {reason}',
  'total return {percent}; the same money in {benchmark} made {theirs}':
    'Gesamtrendite {percent}; dasselbe Geld in {benchmark} brachte {theirs}',
  'Open lots': 'Offene Tranchen',
  'Buy, {day}': 'Kauf, {day}',
  'Sold out': 'Ganz verkauft',
  'Lead of the total return over the same money in {symbol} since the same day, in percentage points':
    'Vorsprung der Gesamtrendite vor demselben Geld in {symbol} seit demselben Tag, in Prozentpunkten',
  'Lead of the total return over the same money in {symbol} up to the sale, in percentage points':
    'Vorsprung der Gesamtrendite vor demselben Geld in {symbol} bis zum Verkauf, in Prozentpunkten',
  'What the purchase has added to the gap to {symbol}, shares sold since and dividends included':
    'Was der Kauf zum Abstand von {symbol} beigetragen hat, mit inzwischen verkauften Stücken und Dividenden',
  'in today’s share units; gain without dividends; vs compares total returns, dividends reinvested':
    'in heutiger Stückelung; Gewinn ohne Dividenden; „vs“ vergleicht Gesamtrenditen mit wieder angelegten Dividenden',
  '{shares} before splits': '{shares} vor Splits',
  Proceeds: 'Erlös',
  'What selling has won or lost until now: the proceeds in {symbol} since, against the shares kept; that is no part of the gap':
    'Was der Verkauf bis jetzt gebracht oder gekostet hat: der Erlös seitdem in {symbol} gegenüber den behaltenen Stücken; das gehört nicht zum Abstand',
  'What if I had kept it?': 'Was, wenn ich es behalten hätte?',
  'Kept?': 'Behalten?',
  'Own prices': 'Eigene Kurse',
  'Own price, {day}': 'Eigener Kurs, {day}',
  'You price {symbol} yourself. Enter its first price below.':
    'Sie geben die Kurse von {symbol} selbst ein. Den ersten unten eingeben.',
  'Used instead of market prices.': 'Statt der Marktkurse verwendet.',
  'Add own prices': 'Eigene Kurse hinzufügen',
  'Enter prices by hand': 'Kurse von Hand eingeben',
  'Type or paste one line per day, with the date and the price of one share of {symbol}, such as {line}.':
    'Je Tag eine Zeile eingeben oder einfügen, mit dem Datum und dem Kurs eines Stücks {symbol}, zum Beispiel {line}.',
  'From then on, your prices replace market prices.': 'Von da an ersetzen eigene Kurse die Marktkurse.',
  'Days and prices': 'Tage und Kurse',
  'Add prices': 'Kurse hinzufügen',
  'Price chart': 'Kursdiagramm',
  'Price, {currency}': 'Kurs, {currency}',
  'The chart needs JavaScript. Returns for each range are shown above.':
    'Das Diagramm braucht JavaScript. Die Renditen der Zeiträume stehen oben.',
  'Closes since {day}, in today’s share units.': 'Schlusskurse seit dem {day}, in heutiger Stückelung.',
  'Use another ticker for these transactions': 'Diesen Transaktionen einen anderen Ticker geben',
  'Look for its new ticker': 'Neuen Ticker suchen',
  'If another company now uses {symbol}, move the old company’s transactions to a ticker of their own. They are then valued at the prices of that ticker or, without any, at what was paid. To undo this, rename them back.':
    'Trägt jetzt eine andere Firma {symbol}, die Transaktionen der alten unter einen eigenen Ticker stellen. Sie werden dann zu dessen Kursen bewertet oder, wenn es keine gibt, zum bezahlten Kurs. Rückgängig wird das durch erneutes Umbenennen.',
  'Up to (optional)': 'Bis (optional)',
  '{source} lists no other ticker for {name}': 'bei {source} gibt es keinen anderen Ticker für {name}',
  '{source} has {name} under another ticker too. Is it the same company?':
    'Bei {source} gibt es {name} auch unter einem anderen Ticker. Ist es dieselbe Firma?',
  '{symbol} is now {ticker}': '{symbol} heißt jetzt {ticker}',
  'Corporate action': 'Kapitalmaßnahme',
  'Was this a spin-off?': 'War das eine Abspaltung?',
  '{source} lists a split of {numerator} for {denominator} on {day}':
    'bei {source} steht am {day} ein Aktiensplit {numerator} für {denominator}',
  'Spin-offs are listed so: the shares of {symbol} stay as many, and shares of another company arrive. Until somebody says what it was, it counts as a split.':
    'So werden auch Abspaltungen geführt: Die Stückzahl von {symbol} bleibt, und Stücke einer anderen Firma kommen hinzu. Solange nicht gesagt ist, was es war, zählt es als Split.',
  'Shares you received': 'Erhaltene Stücke',
  'Book the spin-off': 'Abspaltung buchen',
  'It was a split': 'Es war ein Split',
  'Also measured against {vs}, for a look: nothing is saved.':
    'Nur zur Ansicht auch an {vs} gemessen: Nichts wird gespeichert.',
  'Leave it out': 'Weglassen',
  'What if {rule}?': 'Was wäre, wenn {rule}?',
  'That is not known.': 'Das ist nicht bekannt.',
  'The portfolio would be worth {amount}': 'Das Portfolio wäre {amount} wert',
  ', {amount} less than now': ', {amount} weniger als jetzt',
  ', {amount} more than now': ', {amount} mehr als jetzt',
  ', with {amount} less put in': ', bei {amount} weniger Einzahlungen',
  ', with {amount} more put in': ', bei {amount} mehr Einzahlungen',
  'Nothing is saved.': 'Nichts wird gespeichert.',
  'Back to what is': 'Zurück zum Ist-Stand',
  'I had not bought {symbol}': 'ich {symbol} nicht gekauft hätte',
  'I had put the money for {symbol} into {benchmark}{reinvested}':
    'ich das Geld für {symbol} in {benchmark} gesteckt hätte{reinvested}',
  'I had kept all {symbol} that I sold': 'ich alle verkauften {symbol} behalten hätte',
  'I had kept the {symbol} that I sold on {day}': 'ich die am {day} verkauften {symbol} behalten hätte',
  'I had put every deposit into {benchmark}{reinvested}':
    'ich jede Einzahlung in {benchmark} gesteckt hätte{reinvested}',
  'I had waited with the {symbol} trades of {from} until {to}':
    'ich mit den Transaktionen in {symbol} vom {from} bis zum {to} gewartet hätte',
  ', dividends reinvested': ', mit wieder angelegten Dividenden',
  'What if': 'Was wäre, wenn',
  'not bought it': 'es nicht gekauft hätte',
  'put it into {benchmark}': 'das Geld in {benchmark} gesteckt hätte',
  'kept it': 'es behalten hätte',
  'put every deposit into {benchmark}': 'jede Einzahlung in {benchmark} gesteckt hätte',
  'waited with the trades of': 'gewartet hätte mit den Transaktionen vom',
} as const satisfies Record<string, string>
