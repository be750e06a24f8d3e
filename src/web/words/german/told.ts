/** What alerts and the weekly digest tell, on paper, on a phone and in the activity. */
export const told = {
  'at {time} New York': 'um {time} in New York',
  '{symbol} rose above {line}: {price} {when}.': '{symbol} stieg über {line}: {price} {when}.',
  '{symbol} rose above {line} ({level} before the split): {price} {when}.':
    '{symbol} stieg über {line} ({level} vor dem Aktiensplit): {price} {when}.',
  '{symbol} fell below {line}: {price} {when}.': '{symbol} fiel unter {line}: {price} {when}.',
  '{symbol} fell below {line} ({level} before the split): {price} {when}.':
    '{symbol} fiel unter {line} ({level} vor dem Aktiensplit): {price} {when}.',
  '{portfolio} fell {level} or more below its peak of {day}: {fall} now.':
    '{portfolio} fiel um {level} oder mehr unter den Höchststand vom {day}: jetzt {fall}.',
  '{symbol} fell {level} or more below its highest close of {peak} on {day}: {price} {when}, {fall} below.':
    '{symbol} fiel um {level} oder mehr unter den höchsten Schlusskurs von {peak} am {day}: {price} {when}, {fall} darunter.',
  '{symbol} rose above {level} of the holdings: {weight} now.':
    '{symbol} stieg über {level} der Positionen: jetzt {weight}.',
  '{part} is {points} points above its target of {target}: {weight} now.':
    '{part} liegt {points} Punkte über dem Zielgewicht von {target}: jetzt {weight}.',
  '{part} is {points} points below its target of {target}: {weight} now.':
    '{part} liegt {points} Punkte unter dem Zielgewicht von {target}: jetzt {weight}.',
  'The gap to {benchmark} crossed zero: {gap}.':
    'Der Abstand zu {benchmark} hat das Vorzeichen gewechselt: {gap}.',
  'The gap to {benchmark} crossed zero: {gap} after {before}.':
    'Der Abstand zu {benchmark} hat das Vorzeichen gewechselt: {gap} nach {before}.',
  'The gap to {benchmark} crossed zero: {gap} after {before} on {day}.':
    'Der Abstand zu {benchmark} hat das Vorzeichen gewechselt: {gap} nach {before} am {day}.',
  'ex-date {ex}, paid {pay}': 'Ex-Tag {ex}, Zahlung am {pay}',
  'ex-date {ex}': 'Ex-Tag {ex}',
  'paid {pay}': 'Zahlung am {pay}',
  '{symbol} declared a dividend: {days}.': '{symbol} hat eine Dividende angekündigt: {days}.',
  '{symbol} declared a dividend of {amount} a share: {days}.':
    '{symbol} hat eine Dividende von {amount} je Stück angekündigt: {days}.',
  '{symbol} paid no dividend around {day}, after {before} a share the year before.':
    '{symbol} hat um den {day} keine Dividende gezahlt, nach {before} je Stück im Jahr davor.',
  '{symbol} cut its dividend by {change}: {amount} a share on {day}, after {before} the year before.':
    '{symbol} hat die Dividende um {change} gekürzt: {amount} je Stück am {day}, nach {before} im Jahr davor.',
  'The price of {symbol} is held for review: {price} at {time} New York, {reason}.':
    'Der Kurs von {symbol} wird zur Prüfung zurückgehalten: {price} um {time} in New York, {reason}.',
  'No prices have come for a day: the last ones are from {time} New York, before the last session.':
    'Seit einem Tag sind keine Kurse gekommen: Die letzten sind von {time} in New York, vor dem letzten Handelstag.',
  '{portfolio}, this week': '{portfolio}, diese Woche',
  '{portfolio}, last week': '{portfolio}, letzte Woche',
  'Portfolio: no return of this week.': 'Portfolio: keine Rendite für diese Woche.',
  'Portfolio: no return of this week, because {reason}.':
    'Portfolio: keine Rendite für diese Woche, Grund: {reason}.',
  'Portfolio {change} since the close of {day}.': 'Portfolio {change} seit dem Schlusskurs vom {day}.',
  'Portfolio {change}, {benchmarks} since the close of {day}.':
    'Portfolio {change}, {benchmarks} seit dem Schlusskurs vom {day}.',
  '{symbol} {change}': '{symbol} {change}',
  'Gap to {benchmark}: {gap}.': 'Abstand zu {benchmark}: {gap}.',
  'Decisions until now: {decision}.': 'Entscheidungen bis jetzt: {decision}.',
  'Decisions until now: {best}; {worst}.': 'Entscheidungen bis jetzt: {best}; {worst}.',
  'best {symbol} purchase of {day} {gain}': 'am besten der Kauf von {symbol} am {day} mit {gain}',
  'best {symbol} sale of {day} {gain}': 'am besten der Verkauf von {symbol} am {day} mit {gain}',
  'worst {symbol} purchase of {day} {gain}': 'am schlechtesten der Kauf von {symbol} am {day} mit {gain}',
  'worst {symbol} sale of {day} {gain}': 'am schlechtesten der Verkauf von {symbol} am {day} mit {gain}',
  'Ex-dates ahead: {all}.': 'Kommende Ex-Tage: {all}.',
  'Ex-dates ahead: {all} and {last}.': 'Kommende Ex-Tage: {all} und {last}.',
  'Ex-dates ahead: {all} and {n} more.': 'Kommende Ex-Tage: {all} und {n} weitere.',
  '{symbol} {day}': '{symbol} {day}',
} as const satisfies Record<string, string>
