/** What is wrong with an entry, a form or an address, as the floors below say it. */
export const faults = {
  // an entry of the ledger
  '“{text}” is not a ticker': '„{text}“ ist kein Ticker',
  '{entry} needs a ticker': '{entry} braucht einen Ticker',
  '{entry} needs {field}': '{entry} braucht diese Angabe: {field}',
  '{entry} needs the new ticker': '{entry} braucht den neuen Ticker',
  'a transaction needs a date': 'eine Transaktion braucht ein Datum',
  '“{text}” is not a date (YYYY-MM-DD)': '„{text}“ ist kein Datum (JJJJ-MM-TT)',
  '{day} is in the future': '{day} liegt in der Zukunft',
  '{day} is before 1900': '{day} liegt vor 1900',
  '{day} is in the future: where {symbol} trades it is {now}':
    '{day} liegt in der Zukunft: Wo {symbol} gehandelt wird, ist es {now}',
  '“{text}” is not a number': '„{text}“ ist keine Zahl',
  '{field} must be at most {most}': '{field}: höchstens {most}',
  '{field} {typed} is rounded to {value}': '{field} {typed} wird auf {value} gerundet',
  '{field} cannot be negative': '{field} kann nicht negativ sein',
  '{field} must be at least 0.00000001': '{field}: mindestens 0,00000001',
  '{field} must be at least 0.00000001; enter that for shares that are worth nothing':
    '{field}: mindestens 0,00000001; so viel für Stücke eingeben, die nichts wert sind',
  '{field} must be at least 0.00000001, unless its note says that it was a gift or a bonus':
    '{field}: mindestens 0,00000001, außer wenn die Notiz sagt, dass es ein Geschenk (gift) oder Bonus war',
  'shares × price is {amount}, more than the limit of {most}':
    'Stück × Kurs sind {amount}, mehr als die Grenze von {most}',
  'shares × price is too small to record': 'Stück × Kurs sind zu wenig, um es zu erfassen',
  'amount {typed} is not price × shares; {amount} is used':
    'der Betrag {typed} ist nicht Kurs × Stück; {amount} gilt',
  'fee and tax are more than the {kind}': 'Gebühr und Steuer sind mehr als der Betrag ({kind})',
  // cut where it becomes too long
  '“{text}” is not a transaction type ({types}…': '„{text}“ ist keine Art von Transaktion ({types}…',
  '“{text}” is not a transaction type ({types})': '„{text}“ ist keine Art von Transaktion ({types})',
  'is not a date between the trade date and today': 'ist kein Tag zwischen dem des Handels und heute',
  '“{text}” is neither as_traded nor adjusted': '„{text}“ ist weder as_traded noch adjusted',
  'an exchange needs a ratio of new shares to old, such as 3:2 or 0.6512':
    'ein Umtausch braucht das Verhältnis von neuen zu alten Aktien, etwa 3:2 oder 0.6512',
  'a split needs a ratio of new shares to old, such as 5:1':
    'ein Split braucht das Verhältnis von neuen zu alten Aktien, etwa 5:1',
  '“{text}” is not a currency code such as USD': '„{text}“ ist kein Währungscode wie USD',
  '“{text}” is not a date after that of the transaction': '„{text}“ ist kein Tag nach dem der Transaktion',
  'a note can have at most 1,000 characters': 'eine Notiz kann höchstens 1.000 Zeichen haben',
  '“{text}” is not a date between 1900 and that of the transfer':
    '„{text}“ ist kein Tag zwischen 1900 und dem des Übertrags',
  '“{text}” is not a list of days such as 2024-01-02 5, 2024-03-01':
    '„{text}“ ist keine Liste von Tagen wie 2024-01-02 5, 2024-03-01',
  'a lot cannot be of a later day': 'eine Tranche kann nicht von einem späteren Tag sein',
  'the lots are more than the shares': 'die Tranchen sind mehr als die Stückzahl',
  'the new ticker is the old one': 'der neue Ticker ist der alte',
  'the part of the cost must be between 0 and 1, such as 0.2 or 20%':
    'der Anteil am Einstandswert muss zwischen 0 und 1 liegen, etwa 0.2 oder 20%',
  '{entry} cannot have a {field}: add a transaction of type fee instead':
    '{entry} kann das nicht haben ({field}): Fügen Sie stattdessen eine Gebühr als eigene Transaktion hinzu',
  'a buy': 'ein Kauf',
  'a sell': 'ein Verkauf',
  'a dividend': 'eine Dividende',
  'an interest': 'eine Zinszahlung',
  'a deposit': 'eine Einzahlung',
  'a withdrawal': 'eine Auszahlung',
  'a fee': 'eine Gebühr',
  'a tax': 'eine Steuer',
  'a reinvested dividend': 'eine Wiederanlage',
  'a return of capital': 'eine Kapitalrückzahlung',
  'a transfer in': 'eine Einlieferung',
  'a transfer out': 'eine Auslieferung',
  'a spin-off': 'eine Abspaltung',
  'an exchange': 'ein Umtausch',
  'a stock dividend': 'eine Zuteilung von Gratisaktien',
  'an own price': 'ein eigener Kurs',
  'a split': 'ein Aktiensplit',
  shares: 'Stückzahl',
  price: 'Kurs',
  'a price': 'Kurs',
  amount: 'Betrag',
  'an amount': 'Betrag',
  cost: 'Einstand',
  'a cost': 'Einstand',
  'a ratio': 'Verhältnis',
  'share units': 'Stück des Tages',
  lots: 'Tranchen',
  'a new ticker': 'neuer Ticker',
  'a part of the cost': 'Anteil am Einstand',
  'a day on which shares were acquired': 'Tag des Erwerbs',
  'a name can have at most 100 characters': 'ein Name kann höchstens 100 Zeichen haben',
  'as_of must be a date such as 2024-03-01, not “{text}”.':
    'as_of muss ein Tag wie 2024-03-01 sein, nicht „{text}“.',
  'The start date ({from}) must be before the end date ({to}).':
    'Der Anfang ({from}) muss vor dem Ende ({to}) liegen.',
  '{entry} cannot have a ticker': '{entry} kann keinen Ticker haben',
  '{entry} cannot have {field}': '{entry} kann das nicht haben: {field}',

  // what the ledger cannot hold
  '{day}: sold {shares} {symbol}, but held only {held} (in today’s share units)':
    '{day}: {shares} {symbol} verkauft, aber vorhanden waren nur {held} (in heutigen Stücken)',
  '{day}: transferred out {shares} {symbol}, but held only {held} (in today’s share units)':
    '{day}: {shares} {symbol} übertragen, aber vorhanden waren nur {held} (in heutigen Stücken)',
  '{day}: a dividend of {symbol}, of which nothing would be held':
    '{day}: eine Dividende von {symbol}, von der nichts im Bestand wäre',
  '{day}: capital that {symbol} returned, of which nothing would be held':
    '{day}: eine Kapitalrückzahlung von {symbol}, von der nichts im Bestand wäre',
  'there is no lot of {lot}': 'es gibt keine Tranche {lot}',
  'the lots of {lot} hold only {held}': 'die Tranchen {lot} haben nur {held}',
  'the named lot of {lot} holds only {held}': 'die genannte Tranche {lot} hat nur {held}',
  '{day}: there was no {symbol} that could become another symbol’s':
    '{day}: Es gab keine {symbol}, die zu einem anderen Symbol werden konnten',
  '{reason} {n} more of the kind.': '{reason} Noch {n} von dieser Art.',
  '{n} more warnings are not listed.': '{n} weitere Hinweise stehen nicht hier.',
  'a portfolio has at most {most} transactions, and this would make {n}':
    'ein Portfolio hat höchstens {most} Transaktionen, und so wären es {n}',
  'a portfolio has at most {most} tickers, and this would make {n}':
    'ein Portfolio hat höchstens {most} Ticker, und so wären es {n}',
  'With this file there would be too much: {reason}. Put its rows into another portfolio.':
    'Mit dieser Datei wäre es zu viel: {reason}. Nehmen Sie die Zeilen in ein anderes Portfolio auf.',
  'The total is provisional: splits are still being fetched, of {symbols}{more}':
    'Die Summe ist vorläufig: Splits werden noch geholt, von {symbols}{more}',
  '{symbol} on {day}: the price is about 100 times that day’s close. If it is in pence, edit the transaction and set its currency to {currency}.':
    '{symbol} am {day}: Der Preis ist etwa das Hundertfache des Schlusskurses. Wenn er in Pence ist, bearbeiten Sie die Transaktion und setzen Sie ihre Währung auf {currency}.',
  '{symbol} on {day}: the price matches neither that day’s close nor the close adjusted for later splits, so the trade counts as not adjusted. If it was adjusted, edit it and say so.':
    '{symbol} am {day}: Der Preis passt weder zum Schlusskurs des Tages noch zu dem, der für spätere Splits bereinigt ist; deshalb gilt der Handel als nicht bereinigt. Wenn er es doch ist, bearbeiten Sie ihn und geben Sie es an.',
  '{symbol}: the source lists a split of {ratio} for {shares} on {day}, which is how it lists spin-offs. It counts as a split until somebody says on the page of {symbol} what it was.':
    '{symbol}: Die Kursquelle nennt am {day} einen Split von {ratio} zu {shares}; so verzeichnet sie Abspaltungen. Er gilt als Split, bis auf der Seite von {symbol} gesagt ist, was es war.',

  // portfolios, groups and targets
  'a portfolio needs a name': 'ein Portfolio braucht einen Namen',
  'a group needs a name': 'eine Gruppe braucht einen Namen',
  'a token needs a name': 'ein Token braucht einen Namen',
  'a description can have at most 1,000 characters': 'eine Beschreibung kann höchstens 1.000 Zeichen haben',
  'this group always has all of your portfolios': 'diese Gruppe hat immer alle Ihre Portfolios',
  '“{text}” is not the id of a portfolio that you may see':
    '„{text}“ ist nicht die Kennung eines Portfolios, das Sie sehen dürfen',
  'choose at least one portfolio': 'wählen Sie mindestens ein Portfolio',
  'choose at most {n} benchmarks': 'wählen Sie höchstens {n} Vergleiche',
  '“{text}” is not a rate such as 15% or 0.15, from 0 to below 100%':
    '„{text}“ ist kein Satz wie 15% oder 0.15, von 0 bis unter 100%',
  '{code} is a hundredth of {currency}: use {major}':
    '{code} ist ein Hundertstel von {currency}: Nehmen Sie {major}',
  '“{text}” is not a ticker. A blend is written as 60 VOO + 40 BND, a yearly rate as 4 %':
    '„{text}“ ist kein Ticker. Eine Mischung schreibt man 60 VOO + 40 BND, einen Jahreszins 4 %',
  '“{text}” is not a rate from 0 to 100 %, with at most four decimals':
    '„{text}“ ist kein Satz von 0 bis 100 % mit höchstens vier Nachkommastellen',
  '“{text}” is not a blend: {reason}': '„{text}“ ist keine Mischung: {reason}',
  '“{text}” is not a weight and a ticker, such as 60 VOO':
    '„{text}“ ist kein Gewicht mit einem Ticker wie 60 VOO',
  'the weight of {symbol} is 0': 'das Gewicht von {symbol} ist 0',
  'its weights add up to {sum}, not 100': 'die Gewichte ergeben {sum} und nicht 100',
  'it has more than {n} parts': 'sie hat mehr als {n} Teile',
  'there are no targets behind the colon': 'nach dem Doppelpunkt stehen keine Zielgewichte',
  'there can be at most {n} targets': 'es kann höchstens {n} Zielgewichte geben',
  '“{text}” is not a target such as VOO 60': '„{text}“ ist kein Zielgewicht wie VOO 60',
  '{name} has two targets': '{name} hat zwei Zielgewichte',
  'the target of {name} must be more than 0': 'das Zielgewicht von {name} muss größer als 0 sein',
  'the targets are {sum} % together, which is more than 100 %':
    'die Zielgewichte sind zusammen {sum} %, mehr als 100 %',

  // what-ifs and renamed tickers
  '“{text}” is no what-if. Write no TSLA, VOO for TSLA, TSLA kept, VOO each time, or TSLA of 2024-03-01 on 2024-06-03':
    '„{text}“ ist kein Was-wäre-wenn. Schreiben Sie no TSLA, VOO for TSLA, TSLA kept, VOO each time oder TSLA of 2024-03-01 on 2024-06-03',
  'choose what you might have done': 'wählen Sie, was Sie hätten tun können',
  '{day} is before {bought}: nobody waits backward': '{day} liegt vor {bought}: Rückwärts wartet niemand',
  '“{text}” is not a date such as 2024-03-01': '„{text}“ ist kein Datum wie 2024-03-01',
  'there is no transaction of {symbol}': 'es gibt keine Transaktion von {symbol}',
  'there is no sale of {symbol}{more}': 'es gibt keinen Verkauf von {symbol}{more}',
  'there is no purchase or sale of {symbol} on {day}':
    'es gibt keinen Kauf oder Verkauf von {symbol} am {day}',
  'a recorded split of {symbol} lies between {from} and {to}':
    'zwischen {from} und {to} liegt ein erfasster Split von {symbol}',
  'more of {symbol} would be sold than held before {day}':
    'vor {day} würde mehr von {symbol} verkauft, als vorhanden ist',
  'it has not been priced yet': 'dafür gibt es noch keinen Kurs',
  'it has no closes of these years': 'dafür gibt es keine Schlusskurse dieser Jahre',
  '{source} has no prices of {symbol}: {reason}.': 'Bei {source} gibt es keine Kurse von {symbol}: {reason}.',
  'No prices of {symbol} are stored, and {n} symbols have been asked for in this hour. Add it to the benchmarks in the settings, and they are fetched.':
    'Von {symbol} sind keine Kurse gespeichert, und in dieser Stunde wurden schon {n} Symbole abgefragt. Nehmen Sie es in den Einstellungen zu den Vergleichen, dann werden sie geholt.',
  'The prices of {symbol} have not come yet: {source} may be down. It is asked again each minute.':
    'Die Kurse von {symbol} sind noch nicht da: Von {source} kommt vielleicht gerade nichts. Gefragt wird jede Minute wieder.',
  'The prices of {symbol} are being fetched. They are here in a few seconds.':
    'Die Kurse von {symbol} werden geholt. In ein paar Sekunden sind sie da.',
  'these transactions are of {symbol} already': 'diese Transaktionen sind schon von {symbol}',
  'there is no transaction of {symbol}{until}': 'es gibt keine Transaktion von {symbol}{until}',
  '{symbol} has transactions of its own in these days, and the two could not be told apart again':
    '{symbol} hat in diesen Tagen eigene Transaktionen, und beide ließen sich nicht mehr auseinanderhalten',
} as const satisfies Record<string, string>
