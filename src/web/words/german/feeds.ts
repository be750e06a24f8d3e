/** Feeds: the calendar, the activity as Atom, the badge and the card. */
export const feeds = {
  calendar: 'Kalender',
  figures: 'Zahlen',
  badge: 'Plakette',
  card: 'Karte',
  '{symbol} ex-dividend': '{symbol} Ex-Tag',
  '{symbol} ex-dividend (expected)': '{symbol} Ex-Tag (erwartet)',
  'The day of last year has come round without a dividend.':
    'Der Tag des Vorjahres ist ohne Dividende verstrichen.',
  'Paid on {day}.': 'Zahlung am {day}.',
  'About {amount}.': 'Etwa {amount}.',
  'Review: {decision}': 'Durchsehen: {decision}',
  '{n} shares': '{n} Stück',
  '{n} shares at {price}': '{n} Stück zu {price}',
  'amount {amount}': 'Betrag {amount}',
  'Settings changed': 'Einstellungen geändert',
  'Import undone': 'Import rückgängig gemacht',
  'File imported': 'Datei importiert',
  'Trades checked against closing prices': 'Käufe und Verkäufe mit Schlusskursen abgeglichen',
  'Something else changed': 'Etwas anderes geändert',
  'Rows: {accepted} taken, {duplicates} skipped, {rejected} rejected.':
    'Zeilen: {accepted} übernommen, {duplicates} übersprungen, {rejected} abgelehnt.',
  'before: {size}': 'vorher: {size}',
  '{change} today': '{change} heute',
  'No comparison with {symbol} yet': 'Noch kein Vergleich mit {symbol}',
} as const satisfies Record<string, string>
