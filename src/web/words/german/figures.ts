/** The figures that the metrics' catalog has: their names, formulas and inputs, and why one is missing. */
export const figures = {
  TWR: 'TWR',
  'Mod. Dietz': 'Mod. Dietz',
  Volatility: 'Schwankung',
  'Max. drawdown': 'Max. Rückgang',
  'Today %': 'Heute %',
  Gap: 'Abstand',
  'Best day': 'Bester Tag',
  'Worst day': 'Schlechtester Tag',
  'Best month': 'Bester Monat',
  'Worst month': 'Schlechtester Monat',
  Beta: 'Beta',
  Alpha: 'Alpha',
  Correlation: 'Korrelation',
  'Sharpe ratio': 'Sharpe-Quotient',
  'Sortino ratio': 'Sortino-Quotient',
  'Tracking error': 'Tracking Error',
  'Information ratio': 'Information Ratio',
  'Up capture': 'Aufwärts-Capture',
  'Down capture': 'Abwärts-Capture',
  'Dividend yield': 'Dividendenrendite',
  'Yield ahead': 'Künftige Rendite',
  'Yield ahead on cost': 'Künftige Rendite auf Einstand',
  'Dividend growth': 'Dividendenwachstum',
  Unrealized: 'Unrealisiert',
  'Price gain': 'Kursgewinn',
  'Currency gain': 'Währungsgewinn',

  'Value at the start': 'Wert am Anfang',
  'Value at the end': 'Wert am Ende',
  'Cash at the start': 'Guthaben am Anfang',
  'At the start': 'Am Anfang',
  'Of the benchmark': 'Des Vergleichs',
  'Mean return of a day': 'Mittlere Rendite eines Tages',
  'Mean return of these days': 'Mittlere Rendite dieser Tage',
  'Risk-free rate of a day': 'Risikofreier Zins eines Tages',
  'Days that both have': 'Gemeinsame Tage',
  'Standard deviation of a day': 'Standardabweichung eines Tages',
  'Downside deviation of a day': 'Abwärtsabweichung eines Tages',
  'Days on which it rose': 'Tage, an denen er stieg',
  'Days on which it fell': 'Tage, an denen er fiel',
  'Trading days': 'Handelstage',
  'Dividends of the last 365 days': 'Dividenden der letzten 365 Tage',
  'Last 365 days, current holdings': 'Letzte 365 Tage, heutige Positionen',
  'Holdings at market': 'Positionen zum Marktwert',
  'Cost of the open lots': 'Einstandswert der offenen Tranchen',
  'Cost of the lots sold': 'Einstandswert der verkauften Tranchen',
  'From prices': 'Aus Kursen',
  'Realized + unrealized gain': 'Realisierter + unrealisierter Gewinn',
  'Dividends expected': 'Erwartete Dividenden',
  'Holdings that pay': 'Zahlende Positionen',
  'Last 12 months, for these shares': 'Letzte 12 Monate, für diese Stücke',
  'The 12 months before, for these shares': 'Die 12 Monate davor, für diese Stücke',
  Peak: 'Höchststand',
  Trough: 'Tiefststand',
  Recovered: 'Aufgeholt',
  'Average capital': 'Mittleres Kapital',
  'Previous value + bought': 'Voriger Wert + Gekauftes',
  'Since the close of': 'Seit dem Schlusskurs vom',
  Received: 'Erhalten',
  'Fees of trades': 'Gebühren der Trades',
  'Other fees': 'Andere Gebühren',
  Paid: 'Gezahlt',
  'Exchange rates, on cash in other currencies': 'Wechselkurse auf Guthaben in anderen Währungen',

  'holdings at market + cash': 'Positionen zum Marktwert + Guthaben',
  'Shares × the latest price on or before the day, however old; before the first close, the price paid.':
    'Stück × letzter Kurs bis zu diesem Tag, wie alt auch immer; vor dem ersten Schlusskurs der gezahlte Preis.',
  'Equal to realized + unrealized gain + dividends + interest − taxes − fees that belong to no trade. Of transferred shares only what they gained while they were here; in a group with what exchange rates did to cash in other currencies.':
    'Gleich realisierter + unrealisierter Gewinn + Dividenden + Zinsen − Steuern − Gebühren ohne Trade. Bei übertragenen Stücken nur, was sie hier gewonnen haben; in einer Gruppe samt Wirkung der Wechselkurse auf Guthaben in anderen Währungen.',
  'deposits + sales + dividends + interest − purchases − fees − taxes − withdrawals':
    'Einzahlungen + Verkäufe + Dividenden + Zinsen − Käufe − Gebühren − Steuern − Auszahlungen',
  'When a day spends more cash than there is, the difference counts as a deposit on that day. Purchases and sales include their fees.':
    'Gibt ein Tag mehr Guthaben aus, als da ist, zählt der Unterschied als Einzahlung an diesem Tag. Käufe und Verkäufe enthalten ihre Gebühren.',
  'value at the start + deposits − withdrawals': 'Wert am Anfang + Einzahlungen − Auszahlungen',
  'Recorded deposits, plus those inferred from purchases; transferred shares at their day’s close.':
    'Erfasste Einzahlungen und die aus Käufen abgeleiteten; übertragene Stücke zum Schlusskurs ihres Tages.',
  'value − invested': 'Wert − eingezahlt',
  'On the same money, put in and taken out on the same days.':
    'Auf dasselbe Geld, an denselben Tagen ein- und ausgezahlt.',
  'Σ (deposit − withdrawal) × total-return index now ÷ that of its day':
    'Σ (Einzahlung − Auszahlung) × Gesamtrendite-Index heute ÷ Index ihres Tages',
  'Every deposit buys the benchmark at that day’s close, and every withdrawal sells it; dividends are reinvested.':
    'Jede Einzahlung kauft den Vergleich zum Schlusskurs des Tages, jede Auszahlung verkauft ihn; Dividenden werden wieder angelegt.',
  'The portfolio’s own money; a withdrawal counts only as far as the benchmark could cover it.':
    'Das eigene Geld des Portfolios; eine Auszahlung zählt nur, soweit der Vergleich sie decken könnte.',
  'value of the portfolio − value in the benchmark': 'Wert des Portfolios − Wert im Vergleich',
  'Positive where the portfolio is ahead.': 'Positiv, wo das Portfolio vorn liegt.',
  'the rate r at which Σ flow ÷ (1 + r)^(days since the first ÷ 365) = 0':
    'der Zins r, bei dem Σ Zahlung ÷ (1 + r)^(Tage seit der ersten ÷ 365) = 0 ist',
  'Money-weighted: deposits negative, withdrawals and the value at the end positive, each on its own day, actual/365.':
    'Geldgewichtet: Einzahlungen negativ, Auszahlungen und der Wert am Ende positiv, jede an ihrem Tag, actual/365.',
  'an annual rate needs 365 days of history; there are only {n}':
    'ein Jahreszins braucht 365 Tage Verlauf; es sind erst {n}',
  'no annual rate turns the money put in into the value now':
    'kein Jahreszins macht aus dem eingezahlten Geld den heutigen Wert',
  'these cash flows have {n} solutions; this is the one nearest to 0, as there is no annualized Modified Dietz return':
    'diese Zahlungen haben {n} Lösungen; dies ist die nächste an 0, da es keine Modified-Dietz-Rendite pro Jahr gibt',
  'these cash flows have {n} solutions; this is the one nearest to the Modified Dietz return':
    'diese Zahlungen haben {n} Lösungen; dies ist die nächste an der Modified-Dietz-Rendite',
  'Π (value at the day’s end + withdrawals) ÷ (value the day before + deposits) − 1':
    'Π (Wert am Tagesende + Auszahlungen) ÷ (Wert am Vortag + Einzahlungen) − 1',
  'Time-weighted: the return of the investments themselves, regardless of when money came or went. Money comes in at the start of a day and leaves at its end.':
    'Zeitgewichtet: die Rendite der Anlagen selbst, gleich wann Geld kam oder ging. Geld kommt am Anfang eines Tages und geht an seinem Ende.',
  'total-return index at the end ÷ at the start − 1': 'Gesamtrendite-Index am Ende ÷ am Anfang − 1',
  'The benchmark itself over the same days, with dividends reinvested.':
    'Der Vergleich selbst über dieselben Tage, Dividenden wieder angelegt.',
  'gain ÷ average capital': 'Gewinn ÷ mittleres Kapital',
  'Money-weighted, without solving for a rate: each flow counts for the part of the period it was invested. For the whole period, not per year.':
    'Geldgewichtet, ohne einen Zins zu suchen: Jede Zahlung zählt für den Teil des Zeitraums, in dem sie angelegt war. Für den ganzen Zeitraum, nicht pro Jahr.',
  'value at the start + Σ flow × days invested ÷ days in the period':
    'Wert am Anfang + Σ Zahlung × angelegte Tage ÷ Tage des Zeitraums',
  'Deposits count positive and withdrawals negative, each from its own day on.':
    'Einzahlungen zählen positiv, Auszahlungen negativ, jede ab ihrem Tag.',
  'needs money invested for at least one day': 'braucht mindestens einen Tag lang angelegtes Geld',
  'gain ÷ (value at the start + deposits)': 'Gewinn ÷ (Wert am Anfang + Einzahlungen)',
  'Simple return on all the money put in, regardless of when it came.':
    'Einfache Rendite auf alles eingezahlte Geld, gleich wann es kam.',
  'no money was put in': 'es wurde kein Geld eingezahlt',
  'there is no value to measure': 'es gibt keinen Wert zu messen',
  'there are no transactions yet': 'es gibt noch keine Transaktionen',
  'change since the previous close ÷ (value at the previous close + bought since)':
    'Änderung seit dem vorigen Schlusskurs ÷ (Wert zum vorigen Schlusskurs + seitdem Gekauftes)',
  'Money that came or went since then is not a gain; dividends and fees count. The previous close is the one before the latest session of the holdings.':
    'Geld, das seitdem kam oder ging, ist kein Gewinn; Dividenden und Gebühren zählen. Der vorige Schlusskurs ist der vor der letzten Sitzung der Positionen.',
  'no holding has all of its amounts': 'keine Position hat alle ihre Beträge',
  'total-return index now ÷ that of the close before the latest session − 1':
    'Gesamtrendite-Index heute ÷ Index zum Schlusskurs vor der letzten Sitzung − 1',
  'Measured from the same close as the portfolio; a dividend of the day counts.':
    'Gemessen vom selben Schlusskurs wie das Portfolio; eine Dividende des Tages zählt.',
  'needs its last two prices': 'braucht die letzten zwei Kurse',
  'standard deviation of a day’s log return × √252': 'Standardabweichung der täglichen Log-Rendite × √252',
  'Sample standard deviation of the logarithms of daily time-weighted returns, on trading days.':
    'Stichproben-Standardabweichung der Logarithmen täglicher zeitgewichteter Renditen, an Handelstagen.',
  'needs a return on each of at least two trading days': 'braucht Renditen an mindestens zwei Handelstagen',
  'index at the trough ÷ index at the peak − 1': 'Index am Tiefststand ÷ Index am Höchststand − 1',
  'The largest drop of the time-weighted index from an earlier high; deposits and withdrawals do not affect it.':
    'Der größte Fall des zeitgewichteten Index von einem früheren Hoch; Ein- und Auszahlungen wirken sich nicht aus.',
  'index at the day’s end ÷ index at the end of the trading day before − 1':
    'Index am Tagesende ÷ Index am Ende des Handelstags davor − 1',
  'The highest time-weighted return of a trading day.':
    'Die höchste zeitgewichtete Rendite eines Handelstags.',
  'The lowest time-weighted return of a trading day.':
    'Die niedrigste zeitgewichtete Rendite eines Handelstags.',
  'needs a value on two trading days in a row': 'braucht Werte an zwei Handelstagen nacheinander',
  'index at the month’s end ÷ index at the end of the month before − 1':
    'Index am Monatsende ÷ Index am Ende des Monats davor − 1',
  'The highest time-weighted return of a calendar month; the first and the last may be partial.':
    'Die höchste zeitgewichtete Rendite eines Kalendermonats; der erste und der letzte können unvollständig sein.',
  'The lowest time-weighted return of a calendar month; the first and the last may be partial.':
    'Die niedrigste zeitgewichtete Rendite eines Kalendermonats; der erste und der letzte können unvollständig sein.',
  'needs a value at the end of two months in a row': 'braucht Werte am Ende zweier Monate nacheinander',

  'covariance of the daily returns of both ÷ variance of the benchmark’s':
    'Kovarianz der täglichen Renditen beider ÷ Varianz der des Vergleichs',
  'How far the portfolio moves when the benchmark moves by 1: correlation × the deviation of the portfolio ÷ that of the benchmark, on the trading days that both have.':
    'Wie weit sich das Portfolio bewegt, wenn sich der Vergleich um 1 bewegt: Korrelation × Abweichung des Portfolios ÷ die des Vergleichs, an gemeinsamen Handelstagen.',
  'the benchmark’s returns do not vary': 'die Renditen des Vergleichs schwanken nicht',
  'the returns of one of the two do not vary': 'die Renditen eines der beiden schwanken nicht',
  'the returns do not vary': 'die Renditen schwanken nicht',
  '(mean return − risk-free rate − beta × (mean return of the benchmark − risk-free rate)) × 252':
    '(mittlere Rendite − risikofreier Zins − Beta × (mittlere Rendite des Vergleichs − risikofreier Zins)) × 252',
  'What the portfolio brought a year beyond what its beta explains; all rates are those of a day.':
    'Was das Portfolio pro Jahr über das hinaus brachte, was sein Beta erklärt; alle Sätze sind die eines Tages.',
  'covariance of the daily returns of both ÷ (deviation of the portfolio’s × that of the benchmark’s)':
    'Kovarianz der täglichen Renditen beider ÷ (Abweichung des Portfolios × die des Vergleichs)',
  '1 where both always move together, 0 where they have nothing in common, −1 where they are opposed.':
    '1, wo sich beide immer gemeinsam bewegen; 0, wo sie nichts gemein haben; −1, wo sie gegenläufig sind.',
  'mean return of a day ÷ the benchmark’s, over the days on which it rose':
    'mittlere Rendite eines Tages ÷ die des Vergleichs, über die Tage, an denen er stieg',
  'mean return of a day ÷ the benchmark’s, over the days on which it fell':
    'mittlere Rendite eines Tages ÷ die des Vergleichs, über die Tage, an denen er fiel',
  'Above 100% the portfolio rose more than the benchmark. On the trading days that both have.':
    'Über 100 % stieg das Portfolio mehr als der Vergleich. An gemeinsamen Handelstagen.',
  'Below 100% the portfolio fell less than the benchmark. On the trading days that both have.':
    'Unter 100 % fiel das Portfolio weniger als der Vergleich. An gemeinsamen Handelstagen.',
  'the benchmark did not rise on any day': 'der Vergleich stieg an keinem Tag',
  'the benchmark did not fall on any day': 'der Vergleich fiel an keinem Tag',
  '(mean return of a day − risk-free rate of a day) ÷ standard deviation of a day × √252':
    '(mittlere Rendite eines Tages − risikofreier Zins eines Tages) ÷ Standardabweichung eines Tages × √252',
  'What a year brought beyond the risk-free rate for each unit of its ups and downs, from simple returns on trading days.':
    'Was ein Jahr über den risikofreien Zins hinaus je Einheit seiner Schwankung brachte, aus einfachen Renditen an Handelstagen.',
  '(mean return of a day − risk-free rate of a day) ÷ downside deviation of a day × √252':
    '(mittlere Rendite eines Tages − risikofreier Zins eines Tages) ÷ Abwärtsabweichung eines Tages × √252',
  'As the Sharpe ratio, but only days below the risk-free rate count as risk: the downside deviation is √(Σ min(return − risk-free rate, 0)² ÷ days).':
    'Wie der Sharpe-Quotient, aber nur Tage unter dem risikofreien Zins zählen als Risiko: Die Abwärtsabweichung ist √(Σ min(Rendite − risikofreier Zins, 0)² ÷ Tage).',
  'no day was below the risk-free rate': 'kein Tag lag unter dem risikofreien Zins',
  'standard deviation of (return of a day − the benchmark’s) × √252':
    'Standardabweichung von (Rendite eines Tages − die des Vergleichs) × √252',
  'How far the portfolio strays from the benchmark, a year; 0 for one that follows it day by day.':
    'Wie weit das Portfolio pro Jahr vom Vergleich abweicht; 0, wenn es ihm Tag für Tag folgt.',
  'mean of (return of a day − the benchmark’s) × 252 ÷ tracking error':
    'Mittel von (Rendite eines Tages − die des Vergleichs) × 252 ÷ Tracking Error',
  'What straying from the benchmark brought for each unit of it.':
    'Was das Abweichen vom Vergleich je Einheit gebracht hat.',
  'the difference to the benchmark does not vary': 'der Unterschied zum Vergleich schwankt nicht',
  'needs {needed} trading days; there are {n}': 'braucht {needed} Handelstage; es sind {n}',
  'a day in between has no value': 'ein Tag dazwischen hat keinen Wert',
  'nothing can be measured after a total loss': 'nach einem Totalverlust lässt sich nichts messen',
  'no value on {day}': 'kein Wert am {day}',

  'dividends of the last 365 days ÷ holdings at market':
    'Dividenden der letzten 365 Tage ÷ Positionen zum Marktwert',
  'Dividends of current holdings, as paid.': 'Dividenden heutiger Positionen, wie gezahlt.',
  'dividends of the last 365 days ÷ cost of the open lots':
    'Dividenden der letzten 365 Tage ÷ Einstandswert der offenen Tranchen',
  'no shares are held': 'es ist kein Bestand da',
  'the shares are worth nothing': 'die Stücke sind nichts wert',
  'the shares cost nothing': 'die Stücke haben nichts gekostet',
  'Σ dividends received': 'Σ erhaltene Dividenden',
  'Recorded and automatic ones, including those of holdings sold since.':
    'Erfasste und automatische, samt denen seitdem verkaufter Positionen.',
  'Σ interest received': 'Σ erhaltene Zinsen',
  'Of cash and of holdings, less what was kept back.':
    'Von Guthaben und Positionen, abzüglich des Einbehaltenen.',
  'fees of trades + other fees': 'Gebühren der Trades + andere Gebühren',
  'The gains already include fees of trades.': 'Die Gewinne enthalten die Gebühren der Trades schon.',
  'Σ taxes paid': 'Σ gezahlte Steuern',
  'Recorded as taxes. What was kept back of a dividend or of interest is a fee of it.':
    'Als Steuern erfasst. Was von einer Dividende oder von Zinsen einbehalten wurde, ist deren Gebühr.',
  'sales − cost of the lots sold': 'Verkäufe − Einstandswert der verkauften Tranchen',
  'Sales net of fees; lots are sold in the order of the portfolio’s cost basis.':
    'Verkäufe nach Gebühren; Tranchen werden in der Verkaufsreihenfolge des Portfolios verkauft.',
  'holdings at market − cost of the open lots − the same at the start':
    'Positionen zum Marktwert − Einstandswert der offenen Tranchen − dasselbe am Anfang',
  'The cost of a lot includes its purchase fee.': 'Der Einstandswert einer Tranche enthält ihre Kaufgebühr.',
  'realized + unrealized gain − currency gain': 'realisierter + unrealisierter Gewinn − Währungsgewinn',
  'What prices did, at the exchange rate of the sale or of now.':
    'Was die Kurse getan haben, zum Wechselkurs des Verkaufs oder von heute.',
  'Σ cost in the share’s own currency × (rate at the sale, or now, − rate at the purchase)':
    'Σ Einstand in der Währung des Wertpapiers × (Wechselkurs beim Verkauf oder heute − Wechselkurs beim Kauf)',
  'What exchange rates did to the cost of the shares; 0 for shares that trade in the portfolio’s currency.':
    'Was Wechselkurse mit dem Einstand der Stücke gemacht haben; 0 für Wertpapiere in der Währung des Portfolios.',
  'the exchange rate of a purchase is missing': 'der Wechselkurs eines Kaufs fehlt',
  'Σ shares held × dividend per share, declared or last year’s × (1 − withheld)':
    'Σ Bestand × Dividende je Stück, angekündigt oder wie im Vorjahr × (1 − Einbehalt)',
  'Each dividend of the last year is expected again a year after its ex-date, for the shares held now. One that has been declared has the ex-date and the amount that the source gives for it, as far as it does. At the last exchange rate.':
    'Jede Dividende des letzten Jahres wird ein Jahr nach ihrem Ex-Tag wieder erwartet, für den heutigen Bestand. Eine angekündigte hat Ex-Tag und Betrag der Kursquelle, soweit sie beides nennt. Zum letzten Wechselkurs.',
  'Each dividend of the last year is expected again a year after its ex-date, for the shares held now. One that has been declared has the ex-date and the amount that the source gives for it, as far as it does.':
    'Jede Dividende des letzten Jahres wird ein Jahr nach ihrem Ex-Tag wieder erwartet, für den heutigen Bestand. Eine angekündigte hat Ex-Tag und Betrag der Kursquelle, soweit sie beides nennt.',
  'expected in the next 12 months ÷ holdings at market':
    'erwartet in den nächsten 12 Monaten ÷ Positionen zum Marktwert',
  'expected in the next 12 months ÷ cost of the open lots':
    'erwartet in den nächsten 12 Monaten ÷ Einstandswert der offenen Tranchen',
  'dividends of the last 12 months ÷ those of the 12 months before − 1':
    'Dividenden der letzten 12 Monate ÷ die der 12 Monate davor − 1',
  'Both for the shares held now and before tax, so that it grows by what companies raised, not by what was bought.':
    'Beide für den heutigen Bestand und vor Steuern; so wächst es um das, was Unternehmen erhöht haben, nicht um das, was gekauft wurde.',
  'no holding has a price': 'keine Position hat einen Kurs',
  'nothing was paid in the year before': 'im Jahr davor wurde nichts gezahlt',
  'the value is not known': 'der Wert ist nicht bekannt',

  'Cash drag': 'Ungenutztes Guthaben',
  Instead: 'Stattdessen',
  'Without a position': 'Ohne Position',
  Uncovered: 'Ungedeckt',

  Stocks: 'Aktien',
  ETFs: 'ETFs',
  Funds: 'Fonds',
  Indexes: 'Indizes',
  Currencies: 'Währungen',
  Futures: 'Futures',
  Other: 'Sonstige',

  'Counts are stored every five minutes, so a restart can lose up to five minutes of them.':
    'Die Zahlen werden alle fünf Minuten gespeichert; ein Neustart kann bis zu fünf Minuten davon verlieren.',
  'Copies in KV (1 GB is free) and what objects keep (5 GB) are not measured. Yardstick lists no keys of KV.':
    'Kopien in KV (1 GB ist frei) und was Objekte aufbewahren (5 GB) werden nicht gemessen. Yardstick listet keine Schlüssel von KV auf.',
  'Pings of open pages are not counted; Cloudflare bills twenty of them as one object request.':
    'Pings offener Seiten werden nicht gezählt; Cloudflare berechnet zwanzig davon als eine Objektanfrage.',
  'A Worker cannot measure the processor time of its own requests.':
    'Ein Worker kann die Prozessorzeit seiner eigenen Anfragen nicht messen.',
  'Other Workers on the same account share these quotas.':
    'Andere Worker desselben Kontos teilen sich diese Kontingente.',
  'the demo market': 'dem Demo-Markt',
  'The demo market': 'dem Demo-Markt',
  World: 'Welt',
  'All US stocks': 'Alle US-Aktien',
  'US bonds': 'US-Anleihen',
  'Savings at 4%': 'Sparen zu 4 %',
  'S&P 500 index': 'S&P-500-Index',
  'Exchange rates on cash in other currencies': 'Wechselkurse auf Guthaben in anderen Währungen',
  'Deposit inferred from what was spent': 'Einzahlung, aus den Ausgaben abgeleitet',
  'Automatic dividend of': 'Automatische Dividende von',
  'Dividend of': 'Dividende von',
  'Interest of': 'Zinsen von',
  'Capital returned by': 'Kapitalrückzahlung von',
  'Cash for a part of': 'Geld für einen Bruchteil von',
  'Taken out of': 'Entnommen aus',
  'Worth of the shares transferred in': 'Wert der eingelieferten Stücke',
  'Withdrawal, with the worth of the shares transferred out':
    'Auszahlung, mit dem Wert der ausgelieferten Stücke',
} as const satisfies Record<string, string>
