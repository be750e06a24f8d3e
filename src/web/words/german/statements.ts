/** What reading a file says: what it takes a cell to mean, what it asks, and what it leaves out. */
export const statements = {
  'shares × price counts': 'Stück × Kurs gilt',
  'the amount counts, and the price follows from it': 'der Betrag gilt, und der Kurs folgt daraus',
  'fee and tax are in the amount already': 'Gebühr und Steuer sind schon im Betrag',
  'fee and tax come beside the amount': 'Gebühr und Steuer kommen zum Betrag hinzu',
  'The archive cannot be read: it is broken, or unpacked too large.':
    'Das Archiv ist nicht lesbar: Es ist beschädigt, oder entpackt zu groß.',
  'This archive has several files, such as {one} and {other}. Unpack it and import them one by one.':
    'Dieses Archiv hat mehrere Dateien, etwa {one} und {other}. Entpacken Sie es und importieren Sie sie einzeln.',
  'A minus before shares and amount is a sale: so no more is ever sold than was bought before.':
    'Ein Minus vor Stück und Betrag ist ein Verkauf: So wird nie mehr verkauft, als vorher gekauft war.',
  'Decimals follow a {mark}: so the prices and amounts are right.':
    'Nachkommastellen folgen auf {mark}: So stimmen Kurse und Beträge.',
  'What the amount has beyond shares × price is a fee: on line {line} {amount} for {shares} × {price}.':
    'Was der Betrag über Stück × Kurs hinaus hat, ist eine Gebühr: in Zeile {line} {amount} für {shares} × {price}.',
  'The amount has the fee in it: on line {line} {amount} is shares × price and the fee.':
    'Die Gebühr ist im Betrag: In Zeile {line} sind {amount} Stück × Kurs und die Gebühr.',
  'The fee comes beside the amount: on line {line} {amount} is shares × price.':
    'Die Gebühr kommt zum Betrag hinzu: In Zeile {line} sind {amount} Stück × Kurs.',
  'The amount has fee and tax in it: on line {line} it is {amount} of {gross}.':
    'Gebühr und Steuer sind im Betrag: In Zeile {line} sind es {amount} von {gross}.',
  'A dividend of {amount} from {symbol} was reversed: edit or delete the original dividend.':
    'Eine Dividende von {amount} von {symbol} wurde storniert: Bearbeiten oder löschen Sie die ursprüngliche.',
  'A fee or tax of {amount} was refunded: edit or delete the original fee.':
    'Eine Gebühr oder Steuer von {amount} wurde erstattet: Bearbeiten oder löschen Sie die ursprüngliche.',
  'splits and stock dividends come from market data; if a share count looks wrong, add the split by hand, as shares after it to shares before it':
    'Splits und Gratisaktien kommen aus den Marktdaten; wenn eine Stückzahl falsch aussieht, fügen Sie den Split von Hand hinzu, als Aktien danach zu Aktien davor',
  'a dividend or interest that is not paid yet; what was paid stands among dividends and interest':
    'eine Dividende oder Zinsen, die noch nicht gezahlt sind; was gezahlt ist, steht bei Dividenden und Zinsen',
  'shares that are lent stay yours; what lending them earned stands among the interest':
    'verliehene Stücke bleiben Ihre; was das Verleihen brachte, steht bei den Zinsen',
  'a grant brings no shares before it vests; if it has vested, add a buy at a price of 0 whose note says bonus':
    'eine Zuteilung bringt vor Ablauf der Frist keine Stücke; ist die Frist um, einen Kauf zum Kurs 0 mit „bonus“ in der Notiz hinzufügen',
  'options are not tracked': 'Optionen werden nicht erfasst',
  'contracts for difference are not tracked': 'Differenzkontrakte werden nicht erfasst',
  'short positions are not tracked': 'Leerverkäufe werden nicht erfasst',
  'bonds and other securities without a ticker are not tracked':
    'Anleihen und andere Wertpapiere ohne Ticker werden nicht erfasst',
  'Amount “{amount}” does not match {shares} shares at {price}, which come to {sum}.':
    'Der Betrag „{amount}“ passt nicht zu {shares} Stück zu {price}; das sind {sum}.',
  'This row has a quotation mark that is never closed, or one in the middle of a cell.':
    'In dieser Zeile ist ein Anführungszeichen, das nie endet, oder eines mitten in einer Zelle.',
  'Quotation marks don’t match on more than {n} lines, the first of them line {line}.':
    'Auf mehr als {n} Zeilen passen die Anführungszeichen nicht zusammen, zuerst in Zeile {line}.',
  'The file is empty.': 'Die Datei ist leer.',
  'The file is too large: it is {size} MB, and the limit is {most} MB. Split it, for example by year.':
    'Die Datei ist zu groß: Sie hat {size} MB, die Grenze ist {most} MB. Teilen Sie sie, zum Beispiel nach Jahren.',
  'This is not a text file. Save your spreadsheet as CSV (UTF-8) and import that.':
    'Das ist keine Textdatei. Speichern Sie Ihre Tabelle als CSV (UTF-8) und importieren Sie diese.',
  'This is a web page, whatever its name says. Open it in a spreadsheet and save it as XLSX or CSV.':
    'Das ist eine Webseite, was auch ihr Name sagt. Öffnen Sie sie in einer Tabellenkalkulation und speichern Sie sie als XLSX oder CSV.',
  'This XML file is neither OFX nor a Flex query of Interactive Brokers.':
    'Diese XML-Datei ist weder OFX noch eine Flex-Abfrage von Interactive Brokers.',
  'This is a workbook of an old Excel (.xls). Open it in a spreadsheet, save it as XLSX or CSV, and import that.':
    'Das ist eine Arbeitsmappe eines alten Excel (.xls). Öffnen Sie sie in einer Tabellenkalkulation, speichern Sie sie als XLSX oder CSV und importieren Sie diese.',
  'This is a PDF document, which has no cells. Your broker offers the same list as CSV or XLSX, often beside it.':
    'Das ist ein PDF-Dokument, das keine Zellen hat. Ihr Broker bietet dieselbe Liste als CSV oder XLSX an, oft gleich daneben.',
  'There is no list “{name}”.': 'Es gibt keine Liste „{name}“.',
  '{place}: this is not a row of such a file.': '{place}: Das ist keine Zeile einer solchen Datei.',
  '{place}: this version does not know “{name}”.': '{place}: Diese Version kennt „{name}“ nicht.',
  '{place}: “{name}” cannot be read.': '{place}: „{name}“ ist nicht lesbar.',
  'The days contradict each other: line {line} says “{day}”, line {other} says “{second}”, and no order of day and month fits both.':
    'Die Tage widersprechen sich: In Zeile {line} steht „{day}“, in Zeile {other} „{second}“, und keine Folge von Tag und Monat passt zu beiden.',
  'A spreadsheet seems to have swapped day and month: line {line} says “{day}”, and line {other} “{second}”, which may have been meant the other way round. Import the file as you got it, without saving it in a spreadsheet.':
    'Eine Tabellenkalkulation hat wohl Tag und Monat vertauscht: In Zeile {line} steht „{day}“, in Zeile {other} „{second}“, was umgekehrt gemeint sein kann. Importieren Sie die Datei so, wie Sie sie bekommen haben, ohne sie in einer Tabellenkalkulation zu speichern.',
  'The numbers contradict each other: line {line} says “{number}”, line {other} says “{second}”, and no decimal mark fits both.':
    'Die Zahlen widersprechen sich: In Zeile {line} steht „{number}“, in Zeile {other} „{second}“, und kein Dezimalzeichen passt zu beiden.',
  '{order}: so the rows stand in the order of their days.':
    '{order}: So stehen die Zeilen in der Folge ihrer Tage.',
  '{order}: otherwise some days would be in the future.': '{order}: Sonst lägen einige Tage in der Zukunft.',
  '{part} come first: so the prices are near the closes of their days.':
    '{part} stehen vorn: So liegen die Kurse nahe an den Schlusskursen ihrer Tage.',
  'Days come first': 'Tage stehen vorn',
  'Months come first': 'Monate stehen vorn',
  'Years come first': 'Jahre stehen vorn',
  'Decimals follow a point: line {line} says “{number}”.':
    'Nachkommastellen folgen auf einen Punkt: In Zeile {line} steht „{number}“.',
  'Decimals follow a comma: line {line} says “{number}”.':
    'Nachkommastellen folgen auf ein Komma: In Zeile {line} steht „{number}“.',
  'the day comes first': 'der Tag steht vorn',
  'the month comes first': 'der Monat steht vorn',
  'the year comes first': 'das Jahr steht vorn',
  'decimals follow a point': 'Nachkommastellen folgen auf einen Punkt',
  'decimals follow a comma': 'Nachkommastellen folgen auf ein Komma',
  '{n} row was skipped (line {lines}): {reason}.': '{n} Zeile wurde übersprungen (Zeile {lines}): {reason}.',
  '{n} rows were skipped (lines {lines}): {reason}.':
    '{n} Zeilen wurden übersprungen (Zeilen {lines}): {reason}.',
  Spreadsheet: 'Tabelle',
  'text below the table, not a transaction': 'Text unter der Tabelle, keine Transaktion',
  'cash moved into or out of the core position, which already counts as cash':
    'Geld in den oder aus dem Geldmarkt, das schon als Guthaben zählt',
  'cash moved into or out of the money market, which already counts as cash':
    'Geld in den oder aus dem Geldmarkt des Kontos, das schon als Guthaben zählt',
  'We don’t recognize the action “{action}”: add this transaction by hand.':
    'Die Aktion „{action}“ ist nicht bekannt: Fügen Sie diese Transaktion von Hand hinzu.',
  'A trade was canceled: “{text}”. Delete the original trade.':
    'Ein Handel wurde storniert: „{text}“. Löschen Sie den ursprünglichen.',
  'A trade was canceled: {text}. Delete the original trade.':
    'Ein Handel wurde storniert: {text}. Löschen Sie den ursprünglichen Handel.',
  'Shares of {symbol} ({count})': 'Stücke von {symbol} ({count})',
  '{reason} came from a spin-off: add a spin-off of the old company on that day, with this ticker as the new one, these shares, and the part of the cost that went with them.':
    '{reason} kamen aus einer Abspaltung: Fügen Sie an diesem Tag eine Abspaltung der alten Firma hinzu, mit diesem Ticker als neuem, dieser Stückzahl und dem Teil des Einstandswerts, der mitging.',
  '{reason} came from a spin-off of {from}: add a spin-off of {old} on that day, with this ticker as the new one, these shares, and the part of the cost that went with them.':
    '{reason} kamen aus einer Abspaltung von {from}: Fügen Sie an diesem Tag eine Abspaltung von {old} hinzu, mit diesem Ticker als neuem, dieser Stückzahl und dem Teil des Einstandswerts, der mitging.',
  'If the page of the old company asks about a split on that day, answer it there instead.':
    'Fragt die Seite der alten Firma nach einem Split an diesem Tag, antworten Sie stattdessen dort.',
  'If the page of {old} asks about a split on that day, answer it there instead.':
    'Fragt die Seite von {old} nach einem Split an diesem Tag, antworten Sie stattdessen dort.',
  '{reason} were received without a price: add them by hand, as a transfer in with what they had cost, or as a transfer out.':
    '{reason} kamen ohne Preis: Fügen Sie sie von Hand hinzu, als Eingang mit dem, was sie gekostet hatten, oder als Ausgang.',
  '{reason} were transferred to or from another account: add them by hand, as a transfer in with what they had cost, or as a transfer out.':
    '{reason} wurden von einem anderen Konto oder dorthin übertragen: Fügen Sie sie von Hand hinzu, als Eingang mit dem, was sie gekostet hatten, oder als Ausgang.',
  '{reason} left in a merger or exchange: add an exchange on that day, with the new ticker and its ratio, or a sell for the cash you received.':
    '{reason} gingen in einer Fusion oder einem Umtausch ab: Fügen Sie an diesem Tag einen Umtausch mit dem neuen Ticker und dem Verhältnis hinzu, oder einen Verkauf für das erhaltene Geld.',
  '{reason} came from a merger or exchange: add an exchange of the old ticker on that day, which brings them.':
    '{reason} kamen aus einer Fusion oder einem Umtausch: Fügen Sie an diesem Tag einen Umtausch des alten Tickers hinzu, der sie bringt.',
  '{amount} moved for the security {isin}, and nothing says how many shares: add it by hand.':
    '{amount} bewegten sich für das Wertpapier {isin}, und nichts sagt, wie viele Stücke: Fügen Sie das von Hand hinzu.',
  '{shares} shares of {symbol} were bought with a dividend, and nothing says for how much: add the buy by hand.':
    '{shares} Stück {symbol} wurden aus einer Dividende gekauft, und nichts sagt, für wie viel: Fügen Sie den Kauf von Hand hinzu.',
  '{amount} was taken to buy shares of {symbol}, and nothing says how many: add the buy by hand.':
    'Für {amount} wurden Stücke von {symbol} gekauft, und nichts sagt, wie viele: Fügen Sie den Kauf von Hand hinzu.',
  'We couldn’t find a header we know in the first {n} rows. The file starts with “{text}”, which is a row already: add a line above it that says what each column holds, such as Date,Type,Ticker,Shares,Price.':
    'In den ersten {n} Zeilen ist keine bekannte Kopfzeile. Die Datei beginnt mit „{text}“, was schon eine Zeile ist: Fügen Sie darüber eine ein, die sagt, was jede Spalte enthält, etwa Date,Type,Ticker,Shares,Price.',
  'this section of an Activity Statement is read in English only: choose English as its language and import it again':
    'dieser Abschnitt eines Activity Statements wird nur auf Englisch gelesen: wählen Sie dafür Englisch als Sprache und importieren Sie ihn noch einmal',
  'the cash of a trade whose shares stand in another row':
    'das Geld eines Handels, dessen Stücke in einer anderen Zeile stehen',
  'the money of a reinvestment whose shares stand in another row':
    'das Geld einer Wiederanlage, deren Stücke in einer anderen Zeile stehen',
  'shares that went from one broker to another are in this file at both':
    'Stücke, die von einem Broker zum anderen gingen, sind bei beiden in dieser Datei',
  'The file does not say which part of the cost went to {symbol} in its spin-off from {old} (line {line}).':
    'Die Datei sagt nicht, welcher Teil des Einstandswerts bei der Abspaltung von {old} an {symbol} ging (Zeile {line}).',
  'The file does not say of which company {symbol} was a spin-off, nor which part of the cost went to it (line {line}).':
    'Die Datei sagt nicht, von welchem Unternehmen {symbol} abgespalten wurde und welcher Teil des Einstandswerts dabei überging (Zeile {line}).',
  '{amount} was paid in lieu of a fractional share of {symbol}: add it by hand, as a sell of that fraction.':
    '{amount} wurden für einen Bruchteil von {symbol} ausgezahlt: Fügen Sie das von Hand als Verkauf dieses Bruchteils hinzu.',
  'Nothing in the column “{column}” shows whether {question}. {advice}':
    'Nichts in der Spalte „{column}“ zeigt, ob {question}. {advice}',
  'We don’t see which column holds {what}. Name one of them so, for example “{example}”.':
    'Es ist nicht zu sehen, welche Spalte das enthält: {what}. Benennen Sie eine so, zum Beispiel „{example}“.',
  'We don’t know the type “{type}” ({rows}, the first on line {line}).':
    'Die Art „{type}“ ist nicht bekannt ({rows}, zuerst in Zeile {line}).',
  'We don’t know the ticker of {security} ({rows}, the first on line {line}).':
    'Der Ticker von {security} ist nicht bekannt ({rows}, zuerst in Zeile {line}).',
  'The source of prices knows no {symbol} ({rows}, the first on line {line}). Unless you correct it, it is booked as it is.':
    'Die Kursquelle kennt kein {symbol} ({rows}, zuerst in Zeile {line}). Ohne Korrektur wird es so gebucht.',
  'We don’t know the ticker of {security}.': 'Der Ticker von {security} ist nicht bekannt.',
  'We don’t know the ticker of “{security}”.': 'Der Ticker von „{security}“ ist nicht bekannt.',
  'Write the days as 2024-01-31.': 'Schreiben Sie die Tage als 2024-01-31.',
  'Write the numbers without grouping thousands, such as 1234.5.':
    'Schreiben Sie die Zahlen ohne Tausendertrennung, etwa 1234.5.',
  'Leave the column out, or write what each row moved in cash.':
    'Lassen Sie die Spalte weg, oder schreiben Sie, was jede Zeile an Geld bewegt hat.',
  'This file is of a newer version of Yardstick. Update this one first.':
    'Diese Datei ist von einer neueren Version von Yardstick. Aktualisieren Sie zuerst diese.',
  'This file is damaged: it is not JSON to its end.':
    'Diese Datei ist beschädigt: Sie ist nicht bis zum Ende JSON.',
  'This file is not one that “Everything” exports.': 'Diese Datei stammt nicht aus „Alles“.',
  'This file lists what is held, without days. Import the list of transactions instead.':
    'Diese Datei zeigt einen Bestand ohne Tage. Importieren Sie stattdessen die Liste der Transaktionen.',
  'The column “{column}” holds money that is not used (line {line}: {amount}).':
    'In der Spalte „{column}“ steht Geld, das nicht verwendet wird (Zeile {line}: {amount}).',
  'The headings on line {n} are “{headings}”, but no column holds days. Call the one with the day of each row “Date”, and write days as 2024-01-31.':
    'Die Überschriften in Zeile {n} sind „{headings}“, aber keine Spalte enthält Tage. Nennen Sie die mit dem Tag jeder Zeile „Date“ und schreiben Sie Tage wie 2024-01-31.',
  'The headings on line {n} are “{headings}”, but no column is known to hold shares or an amount of money. Call one of them “Shares” or “Amount”.':
    'Die Überschriften in Zeile {n} sind „{headings}“, aber von keiner Spalte ist bekannt, dass sie Stückzahlen oder Beträge enthält. Nennen Sie eine davon „Shares“ oder „Amount“.',
  'We couldn’t find a header we know in the first {n} rows. The file starts with “{start}”; the header needs {transactions} (Transactions) or {dividends} (Dividends) or {fidelity} (Fidelity) or {robinhood} (Robinhood), in any order.':
    'In den ersten {n} Zeilen steht keine bekannte Kopfzeile. Die Datei beginnt mit „{start}“; die Kopfzeile braucht {transactions} (Transaktionen), {dividends} (Dividenden), {fidelity} (Fidelity) oder {robinhood} (Robinhood), in beliebiger Folge.',
  '{field}: {reason}': '{field}: {reason}',
  '{field} “{cell}”: {reason}': '{field} „{cell}“: {reason}',
  '{field} “{cell}” {reason}': '{field} „{cell}“ {reason}',
  'is not a number such as 1234.56': 'ist keine Zahl wie 1234.56',
  'is not a date such as 2024-01-31 or 1/31/2024': 'ist kein Datum wie 2024-01-31 oder 1/31/2024',
  'The file has a header but no rows below it.': 'Die Datei hat eine Kopfzeile, aber keine Zeilen darunter.',
  '{n} rows were rejected; the first {shown} are listed.':
    '{n} Zeilen wurden abgelehnt; hier stehen die ersten {shown}.',
  'a table of what is held, without days, has no transactions':
    'eine Tabelle des Bestands ohne Tage hat keine Transaktionen',
  'Amount “{amount}”: a withdrawal should take money out.':
    'Betrag „{amount}“: Eine Auszahlung sollte Geld herausnehmen.',
  'Amount “{amount}”: nothing says whether this money came or went.':
    'Betrag „{amount}“: Nichts sagt, ob dieses Geld kam oder ging.',
  'a conversion of one currency into another is not recorded; the portfolio converts by itself':
    'ein Umtausch von Währungen wird nicht erfasst; das Portfolio rechnet selbst um',
  'a sum of other rows': 'eine Summe anderer Zeilen',
  'a row that moved neither shares nor cash': 'eine Zeile, die weder Stück noch Geld bewegt hat',
  'Shares “{shares}”: a purchase of less than nothing takes another one back.':
    'Stück „{shares}“: Ein Kauf von weniger als nichts nimmt einen anderen zurück.',
  'Amount “{amount}”: a sale that cost more than it brought, or one with the sign of its shares? Enter its price.':
    'Betrag „{amount}“: Ein Verkauf, der mehr kostete, als er brachte, oder einer mit dem Vorzeichen seiner Stückzahl? Geben Sie den Kurs ein.',
  'We don’t recognize the Trans Code “{code}” ({text}): add this transaction by hand.':
    'Der Trans Code „{code}“ ({text}) ist nicht bekannt: Fügen Sie diese Transaktion von Hand hinzu.',
  'Type: the cell is empty.': 'Art: Die Zelle ist leer.',
  'Nothing says what this row is: it has neither a type nor shares.':
    'Nichts sagt, was diese Zeile ist: Sie hat weder eine Art noch eine Stückzahl.',
  'We don’t know what the type “{type}” means.': 'Was die Art „{type}“ bedeutet, ist nicht bekannt.',
  'orders that were not carried out are no transactions (“{status}”)':
    'Aufträge, die nicht ausgeführt wurden, sind keine Transaktionen („{status}“)',
  'a row that a later one takes back': 'eine Zeile, die eine spätere zurücknimmt',
  'a row that takes back an earlier one': 'eine Zeile, die eine frühere zurücknimmt',
  'what was given back of a charge or a payment of the same day is taken off it':
    'was von einer Belastung oder Zahlung desselben Tages zurückkam, wird davon abgezogen',
  'a name or a number that changed, or a split, moves nothing here: splits come from market data':
    'ein geänderter Name oder eine geänderte Nummer oder ein Split bewegt hier nichts: Splits kommen aus den Marktdaten',
  'another part of a merger stands above': 'ein anderer Teil einer Fusion steht weiter oben',
  'an inferred deposit is not a transaction, and is inferred again from what was spent':
    'eine angenommene Einzahlung ist keine Transaktion und wird aus den Ausgaben wieder angenommen',
  'an automatic dividend is not a transaction, and counts again from what the source lists':
    'eine automatische Dividende ist keine Transaktion und zählt wieder nach dem, was die Kursquelle nennt',
  'a second cash flow of a transaction is in the row of its first':
    'eine zweite Zahlung einer Transaktion steht in der Zeile der ersten',
  'a hypothetical trade of a benchmark is a comparison, not a transaction':
    'ein gedachter Handel des Vergleichs ist keine Transaktion',
  'A cell has {n} characters; at most {most} are read: “{start}”.':
    'Eine Zelle hat {n} Zeichen; gelesen werden höchstens {most}: „{start}“.',
  'This row has {n} cells, but the header has {columns}: put quotes around a cell that contains a comma.':
    'Diese Zeile hat {n} Zellen, die Kopfzeile aber {columns}: Setzen Sie eine Zelle, in der ein Komma steht, in Anführungszeichen.',
  'Nothing has changed since the last statement.': 'Seit dem letzten Auszug hat sich nichts geändert.',
  'The statement is larger than 5 MB. Choose a shorter period for the query.':
    'Der Auszug ist größer als 5 MB. Wählen Sie für die Abfrage einen kürzeren Zeitraum.',
} as const satisfies Record<string, string>
