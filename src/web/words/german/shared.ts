/** The page that a share link opens. */
export const shared = {
  'Shared with you': 'Mit Ihnen geteilt',
  'Shared with you, in percentages': 'Mit Ihnen geteilt, in Prozenten',
  'Growth of 100': 'Wachstum von 100',
  'There is no chart yet.': 'Noch gibt es kein Diagramm.',
  'From {from} to {to}': 'Von {from} bis {to}',
  '{percent} a year': '{percent} pro Jahr',
  '{own} against {percent} in {symbol}': '{own} gegen {percent} in {symbol}',
  '{percent} a year against {theirs}': '{percent} pro Jahr gegen {theirs}',
  'The comparison with {symbol} is not known': 'Der Vergleich mit {symbol} ist nicht bekannt',
  '{size} behind the same money in {symbol}': '{size} hinter demselben Geld in {symbol}',
  '{size} ahead of the same money in {symbol}': '{size} vor demselben Geld in {symbol}',
  '{size} level with the same money in {symbol}': '{size} gleichauf mit demselben Geld in {symbol}',
  'Size: share of value. Color: change of the day.': 'Größe: Anteil am Wert. Farbe: Änderung des Tages.',
  'And {n} smaller ones.': 'Und {n} kleinere.',
  'Why behind {symbol}': 'Warum hinter {symbol}',
  'Why ahead of {symbol}': 'Warum vor {symbol}',
  'In percent of the portfolio’s value': 'In Prozent des Portfoliowerts',
  'The comparison puts the same money into {benchmarks} on the same days, with dividends reinvested.':
    'Der Vergleich legt dasselbe Geld an denselben Tagen in {benchmarks} an, mit wieder angelegten Dividenden.',
  'A year’s rate is the money-weighted return (XIRR). As of {day}. Not investment advice.':
    'Die Rendite pro Jahr ist der interne Zinsfuß (XIRR). Stand {day}. Keine Anlageberatung.',
  'Recorded before the results: {percent} of {trades} within {n} days, at {closes} since {day}. Later changes are recorded as such. Note this to check it later: {hash}':
    'Vor den Ergebnissen festgehalten: {percent} von {trades} innerhalb von {n} Tagen, zu {closes} seit dem {day}. Spätere Änderungen sind als solche vermerkt. Zum späteren Prüfen notieren: {hash}',
  'one close': 'einem Börsenschluss',
  '{n} closes': '{n} Börsenschlüssen',
} as const satisfies Record<string, string>
