/** What the sources of prices answer, and why a price is not there or held for review. */
export const sources = {
  'no own price has been entered yet': 'es ist noch kein eigener Kurs eingegeben',
  'no price for {symbol} yet': 'noch kein Kurs für {symbol}',
  'no price for {symbol} on {day}': 'kein Kurs für {symbol} am {day}',
  'no exchange rate from {from} to {to} yet': 'noch kein Wechselkurs von {from} nach {to}',
  'no exchange rate from {from} to {to} on {day}': 'kein Wechselkurs von {from} nach {to} am {day}',
  'not quoted since {day}; last price from {last}': 'seit {day} nicht notiert; letzter Kurs vom {last}',
  'an amount of {symbol} since the previous close is missing':
    'ein Betrag von {symbol} seit dem letzten Schlusskurs fehlt',
  'at the price stated for {day}': 'zum eingetragenen Kurs vom {day}',
  'at the price paid on {day}': 'zum Kaufpreis vom {day}',
  'last price from {day}': 'letzter Kurs vom {day}',
  'a price of {price} {currency} is held for review: {reason}':
    'ein Kurs von {price} {currency} liegt zur Prüfung: {reason}',
  'it is not a valid price': 'es ist kein gültiger Kurs',
  'its time is in the future': 'seine Zeit liegt in der Zukunft',
  'its currency changed from {from} to {to}': 'seine Währung wechselte von {from} zu {to}',
  'it is older than the price we have': 'er ist älter als der Kurs, den wir haben',
  'the close of {day} is now given as {price} {currency}, but was {before}':
    'der Schlusskurs vom {day} wird jetzt mit {price} {currency} angegeben, war aber {before}',
  'it is far from the {price} {currency} of {day}, and the next close is back near it':
    'er liegt weit von {price} {currency} am {day}, und der nächste Schlusskurs ist wieder in dessen Nähe',
  'it is more than five times above or below the {price} {currency} of {day}, and no split is known':
    'er liegt um mehr als das Fünffache über oder unter {price} {currency} vom {day}, und ein Split ist nicht bekannt',
  'No data found, symbol may be delisted':
    'Keine Daten gefunden, das Wertpapier wird vielleicht nicht mehr gehandelt',
  '{source} knows of a split on {day} that we do not know of':
    'bei {source} steht am {day} ein Split, den wir nicht kennen',
  '{source} does not know the split of {day}': '{source} kennt den Split vom {day} nicht',
  '{source} counts in other units: {theirs} beside our {ours} of {day}':
    '{source} rechnet in anderen Einheiten: {theirs} neben unseren {ours} vom {day}',
  '{symbol} has only traded since {since}, but the stored prices from {day} on belong to {company}':
    '{symbol} wird erst seit {since} gehandelt, aber die gespeicherten Kurse ab {day} gehören zu {company}',
  'its history begins on {day}, after the stored history ended on {end}':
    'sein Kursverlauf beginnt am {day}, nachdem der gespeicherte am {end} endete',
  'listed as {given}, which is {factor} of what the adjusted closes say':
    'angegeben mit {given}, das ist das {factor}-Fache dessen, was die bereinigten Kurse sagen',
  'the source did not answer in time': 'die Kursquelle hat nicht rechtzeitig geantwortet',
  'the market source could not be reached': 'die Kursquelle war nicht erreichbar',
  'the queue did not accept the requests': 'die Warteschlange hat die Anfragen nicht angenommen',
  'no answer came in time': 'es kam keine Antwort zur rechten Zeit',
  'a newer answer came in first': 'eine neuere Antwort war schneller',
  'every attempt failed': 'jeder Versuch ist gescheitert',
  'it has no search': 'sie hat keine Suche',
  'it has no histories': 'sie hat keine Kursverläufe',
  '{reason}; the next try is in {n} s': '{reason}; der nächste Versuch ist in {n} s',
  'requests to the market source are paused for {n} s': 'Anfragen an die Kursquelle ruhen für {n} s',
  '{source} did not answer within {n} s': '{source} hat nicht innerhalb von {n} s geantwortet',
  '{source} cannot be reached: {reason}': '{source} ist nicht erreichbar: {reason}',
  '{source} asks us to slow down (429)': '{source} bittet um weniger Anfragen (429)',
  '{source} is having problems (HTTP {status})': '{source} hat Schwierigkeiten (HTTP {status})',
  '{source} sent us elsewhere instead of an answer (HTTP {status})':
    '{source} hat statt einer Antwort woandershin verwiesen (HTTP {status})',
  '{source} sent us on to another host, {host}': '{source} hat auf einen anderen Host verwiesen, {host}',
  '{source} sent more than {n} MB': '{source} hat mehr als {n} MB gesendet',
  '{source} does not know it (HTTP {status})': '{source} kennt es nicht (HTTP {status})',
  '{source} does not accept our key (HTTP {status})':
    '{source} nimmt unseren Schlüssel nicht an (HTTP {status})',
  '{source} sent something that is not JSON': '{source} hat etwas gesendet, das kein JSON ist',
  'Yahoo doesn’t answer for {symbol}': 'Yahoo antwortet nicht für {symbol}',
  'Yahoo answers for {symbol} with {other}': 'Yahoo antwortet für {symbol} mit {other}',
  'Yahoo doesn’t know the symbol {symbol}': 'Yahoo kennt das Symbol {symbol} nicht',
  'Yahoo gives no time zone for {symbol}': 'Yahoo nennt keine Zeitzone für {symbol}',
  'Yahoo does not say when {symbol} traded': 'Yahoo sagt nicht, wann {symbol} gehandelt wurde',
  'Yahoo’s price of {symbol} is not a valid price: {price}':
    'Yahoos Kurs von {symbol} ist kein gültiger Kurs: {price}',
  'Yahoo gives no currency for {symbol}': 'Yahoo nennt keine Währung für {symbol}',
  'Yahoo’s consent pages lead nowhere': 'Yahoos Zustimmungsseiten führen nirgendwohin',
  'Yahoo gave no cookie': 'Yahoo hat kein Cookie gegeben',
  '{source} knows none of {n} symbols that it knew': '{source} kennt keines von {n} Symbolen, die es kannte',
  'Yahoo’s answer couldn’t be read': 'Yahoos Antwort war nicht lesbar',
  'Yahoo gave no crumb (HTTP {status})': 'Yahoo hat keinen Crumb gegeben (HTTP {status})',
  'Yahoo refused to give a crumb': 'Yahoo hat den Crumb verweigert',
  'Yahoo did not accept our crumb': 'Yahoo hat unseren Crumb nicht angenommen',
  'Yahoo sent a web page instead of data (HTTP {status})':
    'Yahoo hat statt Daten eine Webseite gesendet (HTTP {status})',
  'Yahoo refused the request (HTTP {status})': 'Yahoo hat die Anfrage abgelehnt (HTTP {status})',
  'Yahoo sent something that is not JSON (HTTP {status})':
    'Yahoo hat etwas gesendet, das kein JSON ist (HTTP {status})',
  'Yahoo refused without giving a reason (HTTP {status})': 'Yahoo hat ohne Grund abgelehnt (HTTP {status})',
  'Finnhub has no {symbol}': 'Finnhub hat kein {symbol}',
  'Finnhub gives no price of {symbol}': 'Finnhub nennt keinen Kurs von {symbol}',
  'Tiingo has no {symbol}': 'Tiingo hat kein {symbol}',
  'Tiingo gives no price of {symbol}': 'Tiingo nennt keinen Kurs von {symbol}',
  'the European Central Bank gives no rate for {currency}':
    'die Europäische Zentralbank nennt keinen Kurs für {currency}',
} as const satisfies Record<string, string>
