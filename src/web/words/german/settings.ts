/** The settings of a portfolio, its people and links, and an invitation. */
export const settings = {
  'This portfolio': 'Dieses Portfolio',
  'Each of your deposits is mirrored in every benchmark.':
    'Jede Einzahlung wird in jedem Vergleich nachgebildet.',
  'Up to five to compare with, separated by commas: tickers, blends such as 60 VOO + 40 BND (rebalanced yearly; add quarterly, monthly or never), or a yearly rate such as 4%.':
    'Bis zu fünf, durch Kommas getrennt: Ticker, Mischungen wie 60 VOO + 40 BND (jährlich umgeschichtet; oder mit dem Zusatz quarterly, monthly oder never) oder ein Jahreszins wie 4 %.',
  'Three letters, for example USD': 'Drei Buchstaben, zum Beispiel EUR',
  'Which shares are sold first': 'Welche Stücke zuerst verkauft werden',
  'Automatic ones come from market data, for the shares you held, until you record them.':
    'Automatische stammen aus Marktdaten, für den jeweiligen Bestand, bis sie erfasst sind.',
  Automatic: 'Automatisch',
  'Only recorded ones': 'Nur erfasste',
  'Taken off automatic dividends, for example 15%':
    'Wird von automatischen Dividenden abgezogen, zum Beispiel 15%',
  'A year, for the Sharpe and Sortino ratios and alpha; for example 2%':
    'Pro Jahr, für Sharpe- und Sortino-Quotient und Alpha; zum Beispiel 2%',
  'Create and import a CSV': 'Anlegen und CSV importieren',
  'Create and add trades by hand': 'Anlegen und von Hand erfassen',
  'A CSV file that you can import again.': 'Eine CSV-Datei, die sich wieder importieren lässt.',
  'A report of what you hold now. It cannot be imported.':
    'Ein Bericht über den jetzigen Bestand. Er lässt sich nicht importieren.',
  'A report of the return of each month. It cannot be imported.':
    'Ein Bericht über die Rendite jedes Monats. Er lässt sich nicht importieren.',
  'Settings, transactions, notes and activity, to keep or to move elsewhere.':
    'Einstellungen, Transaktionen, Notizen und Aktivität, zum Aufbewahren oder Umziehen.',
  'Track record': 'Nachweis',
  'What was recorded after each close, which scripts/verify-track-record.mjs checks. It cannot be imported.':
    'Was nach jedem Börsenschluss festgehalten wurde; scripts/verify-track-record.mjs prüft es. Er lässt sich nicht importieren.',
  'For other programs and for taxes': 'Für andere Programme und für die Steuer',
  'Without automatic dividends and assumed deposits. Shares are in today’s units, so no splits are needed.':
    'Ohne automatische Dividenden und angenommene Einzahlungen. In heutiger Stückelung, daher ohne Splits.',
  'Sales lot by lot with their cost and gain, dividends, interest, fees, taxes, open lots, and what transfers and corporate actions did to shares and cost.':
    'Verkäufe je Tranche mit Einstandswert und Gewinn, Dividenden, Zinsen, Gebühren, Steuern, offene Tranchen und was Überträge und Kapitalmaßnahmen an Stücken und Einstandswert geändert haben.',
  'Activities for its JSON import. It knows no deposits, so these are left out; transfers become purchases and sales, returned capital a dividend. Of a spin-off the new shares are a purchase, and the old ones keep their whole cost; an exchange is a sale and a purchase.':
    'Aktivitäten für dessen JSON-Import. Einzahlungen kennt es nicht, daher fehlen sie; Überträge werden zu Käufen und Verkäufen, Kapitalrückzahlungen zu Dividenden. Bei einer Abspaltung sind die neuen Stücke ein Kauf, und die alten behalten ihren ganzen Einstandswert; ein Tausch ist Verkauf und Kauf.',
  'For its CSV import “Portfolio Transactions”, with commas between the fields and decimal points. Shares of spin-offs, exchanges and stock dividends are deliveries; a spin-off leaves the old shares their whole cost.':
    'Für dessen CSV-Import „Portfolio Transactions“ (Depotumsätze), mit Kommas zwischen den Feldern und Dezimalpunkten. Stücke aus Abspaltungen, Tausch und Stockdividenden sind Einlieferungen; nach einer Abspaltung behalten die alten Stücke ihren ganzen Einstandswert.',
  'The cash beside it, for its CSV import “Account Transactions”. Returned capital becomes a dividend.':
    'Das Geld dazu, für dessen CSV-Import „Account Transactions“ (Kontoumsätze). Kapitalrückzahlungen werden zu Dividenden.',
  'A ledger in the portfolio’s currency, with a lot for each purchase. Shares of a spin-off or an exchange take the cost and days of their lots along.':
    'Ein Hauptbuch in der Währung des Portfolios, mit einer Tranche für jeden Kauf. Stücke aus einer Abspaltung oder einem Tausch nehmen Einstandswert und Tage ihrer Tranchen mit.',
  'Delete this portfolio': 'Dieses Portfolio löschen',
  'This deletes {name} and its transaction from every page at once, and for good after 30 days. Export what you want to keep first.':
    'Das löscht {name} und seine Transaktion sofort von allen Seiten und nach 30 Tagen endgültig. Was bleiben soll, vorher exportieren.',
  'This deletes {name} and its {n} transactions from every page at once, and for good after 30 days. Export what you want to keep first.':
    'Das löscht {name} und seine {n} Transaktionen sofort von allen Seiten und nach 30 Tagen endgültig. Was bleiben soll, vorher exportieren.',
  'the name of this portfolio': 'der Name dieses Portfolios',
  '“{typed}” is not {what}, so nothing was deleted':
    '„{typed}“ ist nicht {what}, daher wurde nichts gelöscht',
  Members: 'Mitglieder',
  'Can view': 'Darf ansehen',
  'Can edit': 'Darf bearbeiten',
  'can edit, until {day}': 'darf bearbeiten, bis {day}',
  'can view, until {day}': 'darf ansehen, bis {day}',
  'Only you can see this portfolio. Invite somebody to view it, or to edit it with you.':
    'Nur Sie sehen dieses Portfolio. Jemanden einladen, es anzusehen oder mitzubearbeiten.',
  'What {name} can do': 'Was {name} darf',
  'Send this link to one person. It works once, within 7 days, and is shown only this once.':
    'Diesen Link einer Person senden. Er gilt einmal, 7 Tage lang, und wird nur dieses eine Mal gezeigt.',
  'Open invitations': 'Offene Einladungen',
  'Who is it for?': 'Für wen?',
  'Only you see this': 'Das sehen nur Sie',
  'What can they do?': 'Was darf die Person?',
  'Create invitation': 'Einladung anlegen',
  'Leave this portfolio': 'Dieses Portfolio verlassen',
  'You will no longer see {name}. Nothing in it changes, and its owner can invite you again.':
    'Sie sehen {name} dann nicht mehr. Darin ändert sich nichts, und der Eigentümer kann Sie wieder einladen.',
  'Leave {name}': '{name} verlassen',
  'Share links and feeds': 'Freigabe-Links und Feeds',
  'Anyone with a link sees a page with the figures, the chart and the holdings, without notes, transactions or downloads. A feed is for a program: whoever has its address can read it.':
    'Wer den Link hat, sieht eine Seite mit den Zahlen, dem Diagramm und den Positionen, ohne Notizen, Transaktionen und Downloads. Ein Feed ist für ein Programm: Wer seine Adresse hat, kann ihn lesen.',
  'Anyone with this link can view the portfolio. It is shown only this once, and you can revoke it at any time.':
    'Wer diesen Link hat, kann das Portfolio ansehen. Er wird nur dieses eine Mal gezeigt und lässt sich jederzeit widerrufen.',
  'Give this address to the program that reads it. It is shown only this once, and you can revoke it at any time.':
    'Diese Adresse dem Programm geben, das sie liest. Sie wird nur dieses eine Mal gezeigt und lässt sich jederzeit widerrufen.',
  'A page to look at': 'Eine Seite zum Ansehen',
  'Calendar of ex-dates and reviews (ICS)': 'Kalender der Ex-Tage und Durchsichten (ICS)',
  'Activity (Atom)': 'Aktivität (Atom)',
  'Figures, as for Home Assistant (JSON)': 'Zahlen, etwa für Home Assistant (JSON)',
  'Badge (SVG)': 'Plakette (SVG)',
  'Card (SVG)': 'Karte (SVG)',
  'A week': 'Eine Woche',
  'Until I revoke it': 'Bis zum Widerruf',
  Links: 'Links',
  'Link of {day}': 'Link vom {day}',
  'percentages only': 'nur Prozente',
  'with amounts': 'mit Beträgen',
  'What is it?': 'Was ist es?',
  'What does it show?': 'Was zeigt es?',
  'Percentages only': 'Nur Prozente',
  'Percentages and amounts': 'Prozente und Beträge',
  'How long does it work?': 'Wie lange gilt es?',
  'Create link': 'Link anlegen',
  '{name} invites you to edit this portfolio together: you will see what it holds, what it is worth and how it compares with an index fund, and can add and change its transactions.':
    '{name} lädt Sie ein, dieses Portfolio gemeinsam zu bearbeiten: Sie sehen, was es enthält, was es wert ist und wie es gegen einen Indexfonds abschneidet, und können Transaktionen hinzufügen und ändern.',
  '{name} invites you to view this portfolio: you will see what it holds, what it is worth and how it compares with an index fund.':
    '{name} lädt Sie ein, dieses Portfolio anzusehen: Sie sehen, was es enthält, was es wert ist und wie es gegen einen Indexfonds abschneidet.',
  'You are signed in as {name}.': 'Sie sind als {name} angemeldet.',
  'You are signed in.': 'Sie sind angemeldet.',
  Accept: 'Annehmen',
  'If you are new here': 'Neu hier?',
  'Next, you add a passkey to sign in with.': 'Danach fügen Sie einen Passkey zum Anmelden hinzu.',
  'Accept and create account': 'Annehmen und Konto anlegen',
  'If you have an account': 'Schon ein Konto?',
  'Sign in and accept': 'Anmelden und annehmen',
  'Portfolio Performance: trades': 'Portfolio Performance: Depotumsätze',
  'Portfolio Performance: account': 'Portfolio Performance: Kontoumsätze',
} as const satisfies Record<string, string>
