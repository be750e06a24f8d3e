/** The dividends of the next twelve months. */
export const income = {
  'Income ahead': 'Kommende Erträge',
  'declared, or expected from last year’s pattern; by ex-date, in {currency} at the latest rate':
    'angekündigt oder nach dem Muster des Vorjahrs erwartet; nach Ex-Tag, in {currency} zum letzten Wechselkurs',
  'Nothing is expected: no holding has paid a dividend in the last 12 months. Dividends that are recorded, or that the market reports, are expected again a year later.':
    'Nichts wird erwartet: Keine Position hat in den letzten 12 Monaten eine Dividende gezahlt. Erfasste oder vom Markt gemeldete Dividenden werden ein Jahr später wieder erwartet.',
  'Without {symbol}: {reason}.': 'Ohne {symbol}: {reason}.',
  'The one dividend': 'Die eine Dividende',
  'Each of the {n} dividends': 'Jede der {n} Dividenden',
  '1 dividend is lower than the year before': '1 Dividende ist niedriger als im Vorjahr',
  '{n} dividends are lower than the year before': '{n} Dividenden sind niedriger als im Vorjahr',
  'next 12 months ÷ value': 'nächste 12 Monate ÷ Wert',
  'next 12 months ÷ cost': 'nächste 12 Monate ÷ Einstand',
  'per share, this year against last': 'je Stück, dieses Jahr zum vorigen',
  'known only since {day}': 'erst seit {day} bekannt',
  'Next 12 months': 'Nächste 12 Monate',
  'Dividends a share of the last 12 months ÷ those of the 12 months before − 1':
    'Dividenden je Stück der letzten 12 Monate ÷ die der 12 Monate davor − 1',
  Expected: 'Erwartet',
  'as on {day}': 'wie am {day}',
  'paid on {day}': 'Zahltag {day}',
  '{price} the year before': '{price} im Vorjahr',
  '{day}, declared': '{day}, angekündigt',
  'none came': 'keine kam',
  'The year before': 'Vorjahr',
  'Expected dividends by month': 'Erwartete Dividenden nach Monaten',
  'Of it declared': 'Davon angekündigt',
} as const satisfies Record<string, string>
