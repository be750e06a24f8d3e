/** The list of transactions, the form of one, and how the picks did. */
export const transactions = {
  'Recent transactions': 'Letzte Transaktionen',
  'View it': 'Ansehen',
  'Add transaction (n)': 'Transaktion hinzufügen (n)',
  'Transactions, {n} row': 'Transaktionen, {n} Zeile',
  'Transactions, {n} rows': 'Transaktionen, {n} Zeilen',
  'Cash in (+) or out (−), including fees': 'Geldeingang (+) oder -ausgang (−), mit Gebühren',
  'Every share bought, at the latest price, including any sold since':
    'Alle gekauften Stücke zum letzten Kurs, auch die inzwischen verkauften',
  'Buys: value now − cost. Sales: proceeds − cost of the shares sold (realized)':
    'Käufe: Wert jetzt − Einstand. Verkäufe: Erlös − Einstand der verkauften Stücke (realisiert)',
  'Lead of the total return over {symbol} since the day of the buy, or until the sale, in percentage points':
    'Vorsprung der Gesamtrendite vor {symbol} seit dem Tag des Kaufs oder bis zum Verkauf, in Prozentpunkten',
  'Buys: what the purchase has added to the gap to {symbol}, shares sold since and dividends included. Sales: what selling has won or lost until now, against the shares kept; that is no part of the gap':
    'Käufe: was der Kauf zum Abstand von {symbol} beigetragen hat, mit inzwischen verkauften Stücken und Dividenden. Verkäufe: was der Verkauf bis jetzt gebracht oder gekostet hat, gegenüber dem Behalten; das gehört nicht zum Abstand',
  '{shares} shares left, in today’s share units': 'Noch {shares} Stück, in heutiger Stückelung',
  '{percent} left': 'noch {percent}',
  'as traded or split-adjusted?': 'wie gehandelt oder splitbereinigt?',
  'As recorded': 'Wie erfasst',
  'as recorded': 'wie erfasst',
  'Fee {amount}': 'Gebühr {amount}',
  '{name}: remove filter': '{name}: Filter entfernen',
  'No matching transactions. {link}': 'Keine passenden Transaktionen. {link}',
  'Added:': 'Hinzugefügt:',
  'Saved:': 'Gespeichert:',
  'Restored:': 'Wiederhergestellt:',
  'Deleted:': 'Gelöscht:',
  'Add a transaction by hand, or {link}.': 'Eine Transaktion von Hand hinzufügen oder {link}.',
  'import them all from a CSV': 'alle aus einer CSV-Datei importieren',
  'It has no transactions yet.': 'Es enthält noch keine Transaktionen.',
  Buys: 'Käufe',
  Sells: 'Verkäufe',
  'More types': 'Weitere Arten',
  'You already have this transaction: {transaction}. Add it anyway?':
    'Diese Transaktion gibt es schon: {transaction}. Trotzdem hinzufügen?',
  'Save mine': 'Meine speichern',
  'Add anyway': 'Trotzdem hinzufügen',
  'Keep saved version': 'Gespeicherte behalten',
  'Don’t add': 'Nicht hinzufügen',
  'This transaction was changed while you were editing it.':
    'Diese Transaktion wurde geändert, während Sie sie bearbeitet haben.',
  'Keep the saved version, or replace it with yours.':
    'Behalten Sie die gespeicherte Fassung oder ersetzen Sie sie durch Ihre.',
  'The two versions are identical.': 'Beide Fassungen sind gleich.',
  'Saved version': 'Gespeicherte Fassung',
  'Your version': 'Ihre Fassung',
  'of all; else the day’s close': 'insgesamt; sonst Schlusskurs des Tages',
  'if earlier': 'falls früher',
  '0.2 or 20%': '0,2 oder 20%',
  'by day; else by cost basis': 'nach Tag; sonst nach Verkaufsreihenfolge',
  'new to old': 'neu zu alt',
  'if different from the listing': 'falls anders als an der Börse',
  'of the new ticker': 'des neuen Tickers',
  'if fewer arrived': 'falls weniger ankamen',
  'cash for a part': 'Geld für einen Teil',
  'of one share': 'eines Stücks',
  'Judged by the price': 'Nach dem Kurs beurteilt',
  'As traded that day': 'Wie damals gehandelt',
  'Adjusted for later splits': 'Um spätere Splits bereinigt',
  '{what} at {price} on {day}': '{what} zu {price} am {day}',
  '{what} on {day}': '{what} am {day}',
  'For a gift or a bonus enter a price of 0, and say so in the note.':
    'Bei einem Geschenk oder Bonus den Kurs 0 eingeben und es in der Notiz sagen.',
  'One entry for a dividend and a purchase of the same amount.':
    'Ein Eintrag für eine Dividende und einen Kauf zum gleichen Betrag.',
  'Cash that lowers the cost of your lots in proportion to their shares. Anything beyond their cost is a gain.':
    'Geld, das den Einstand der Tranchen im Verhältnis ihrer Stücke senkt. Was ihn übersteigt, ist Gewinn.',
  'Cash in, from a security or the account. Tax withheld is subtracted.':
    'Geldeingang aus einem Wertpapier oder dem Konto. Einbehaltene Steuer wird abgezogen.',
  'Cash out, for a security or the account.': 'Geldausgang für ein Wertpapier oder das Konto.',
  'Shares that arrive from another account, counted as a deposit at the day’s close. They keep the date and cost you enter.':
    'Stücke aus einem anderen Depot, gezählt als Einzahlung zum Schlusskurs des Tages. Sie behalten das eingegebene Datum und den Einstand.',
  'Shares that leave for another account with their lots, counted as a withdrawal at the day’s close.':
    'Stücke, die mit ihren Tranchen in ein anderes Depot gehen, gezählt als Auszahlung zum Schlusskurs des Tages.',
  'You keep the old shares. Shares of the new ticker take over part of their cost, and their dates.':
    'Die alten Stücke bleiben. Die Stücke des neuen Tickers übernehmen einen Teil ihres Einstands und ihre Daten.',
  'All shares become shares of the new ticker and keep their cost and dates. If fewer arrive than the ratio gives, enter how many, and record cash for a fraction as a sale.':
    'Alle Stücke werden zu Stücken des neuen Tickers und behalten Einstand und Daten. Kommen weniger an, als das Verhältnis ergibt, deren Zahl eingeben und Geld für einen Bruchteil als Verkauf buchen.',
  'Shares you receive at no cost. What you paid is spread over all of them.':
    'Stücke ohne Gegenleistung. Der bezahlte Einstand verteilt sich auf alle.',
  'What one share was worth that day. From then on, your prices replace market prices.':
    'Was ein Stück an diesem Tag wert war. Von da an ersetzen eigene Kurse die Marktkurse.',
  'Which one do you mean?': 'Welches ist gemeint?',
  '{source} knows no {typed}': 'Bei {source} gibt es kein {typed}',
  'Use it anyway?': 'Trotzdem verwenden?',
  'Book it anyway?': 'Trotzdem buchen?',
  'Type another ticker.': 'Einen anderen Ticker eingeben.',
  'Use it as {typed}': 'Als {typed} verwenden',
  'Book it as {typed}': 'Als {typed} buchen',
  'closed at {price} on {day}': 'Schlusskurs {price} am {day}',
  'No matches. {reason}': 'Nichts gefunden. {reason}',
  'Name, ticker, ISIN or CUSIP': 'Name, Ticker, ISIN oder CUSIP',
  'Buys whose total return is above the benchmark’s since the same day, dividends reinvested on both sides':
    'Käufe, deren Gesamtrendite seit demselben Tag über der des Vergleichs liegt, auf beiden Seiten mit wieder angelegten Dividenden',
  'Picks that beat {symbol}': 'Käufe besser als {symbol}',
  'No buys to compare yet': 'Noch keine Käufe zum Vergleichen',
  '{n} of {of} buy': '{n} von {of} Kauf',
  '{n} of {of} buys': '{n} von {of} Käufen',
  'The portfolio beside the same money in each benchmark':
    'Das Portfolio neben demselben Geld in jedem Vergleich',
  'Gain ÷ the money put in': 'Gewinn ÷ eingezahltes Geld',
  'Buys worth at least twice what they cost': 'Käufe, die mindestens das Doppelte ihres Preises wert sind',
  'Multi-baggers': 'Vervielfacher',
  'None has doubled yet': 'Noch keiner hat sich verdoppelt',
  'and {n} more': 'und {n} weitere',
} as const satisfies Record<string, string>
