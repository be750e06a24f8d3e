/** Target weights, the drift from them, and what to buy. */
export const targets = {
  'The weights are not known: {reason}.': 'Die Gewichte sind nicht bekannt: {reason}.',
  Target: 'Ziel',
  'Drift, pp': 'Abweichung, Pp.',
  'Weight − target, in percentage points': 'Gewicht − Ziel, in Prozentpunkten',
  'Of the new money, with nothing sold': 'Vom neuen Geld, ohne Verkäufe',
  'New money': 'Neues Geld',
  'What to buy': 'Was kaufen?',
  '{amount} would buy {what}. Nothing is sold: it goes to what is furthest below its target.':
    '{amount} würden kaufen: {what}. Nichts wird verkauft: Es geht an das, was am weitesten unter seinem Ziel liegt.',
  '{amount} would buy {what} and leave {kept} in cash. Nothing is sold: it goes to what is furthest below its target.':
    '{amount} würden kaufen: {what}; {kept} bleiben als Guthaben. Nichts wird verkauft: Es geht an das, was am weitesten unter seinem Ziel liegt.',
  'Cash is {amount}.': 'Das Guthaben beträgt {amount}.',
  'Cash is {amount}, and {percent} of all is its target.':
    'Das Guthaben beträgt {amount}; {percent} von allem sind sein Ziel.',
  'Without {symbols}, which has no value.': 'Ohne {symbols}, das keinen Wert hat.',
  '{amount} of {name}': '{amount} {name}',
  'were the oldest lots of all its portfolios sold first, and before taxes':
    'wenn die ältesten Tranchen all ihrer Portfolios zuerst verkauft würden, vor Steuern',
  'by the cost basis of the portfolio and before taxes':
    'nach der Verkaufsreihenfolge des Portfolios, vor Steuern',
  'A whole rebalancing': 'Ganz umschichten',
  'It would sell nothing.': 'Es würde nichts verkauft.',
  'What its sales would realize is not known, because the cost of a lot is not.':
    'Was die Verkäufe realisieren würden, ist nicht bekannt, weil der Einstand einer Tranche fehlt.',
  'Its sales would realize {amount}, {basis}.': 'Die Verkäufe würden {amount} realisieren, {basis}.',
  'What to buy for the rest is left open.': 'Was für den Rest gekauft wird, bleibt offen.',
  'Yardstick places no orders.': 'Yardstick erteilt keine Aufträge.',
  Order: 'Auftrag',
  'Its price is not known yet': 'Der Kurs ist noch nicht bekannt',
  'Proceeds − cost of the lots that are sold first': 'Erlös − Einstand der zuerst verkauften Tranchen',
  'This portfolio has no targets.': 'Dieses Portfolio hat keine Zielgewichte.',
  'Choose targets': 'Zielgewichte wählen',
  'What should each part weigh?': 'Was soll jeder Teil wiegen?',
  'Change the targets': 'Zielgewichte ändern',
  'Targets in percent': 'Zielgewichte in Prozent',
  'What they leave of 100% stays in cash': 'Was zu 100 % fehlt, bleibt Guthaben',
  'By holding: VOO 60, BND 40. By type: kind: ETFs 70, Stocks 30. By currency: currency: USD 70, EUR 30.':
    'Nach Position: VOO 60, BND 40. Nach Art: kind: ETFs 70, Stocks 30. Nach Währung: currency: USD 70, EUR 30.',
  'These are today’s weights.': 'Das sind die heutigen Gewichte.',
  'Empty it to have no targets.': 'Leer heißt: keine Zielgewichte.',
  'Save targets': 'Zielgewichte speichern',
} as const satisfies Record<string, string>
