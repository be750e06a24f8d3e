/** What the browser's scripts say by themselves; a page in German brings these words along. */
export const scripts = {
  'Choose a start date, an end date or both.': 'Wählen Sie einen Anfang, ein Ende oder beides.',
  'The start date must be before the end date.': 'Der Anfang muss vor dem Ende liegen.',
  'Couldn’t load the trades: {reason}.': 'Die Käufe und Verkäufe konnten nicht geladen werden: {reason}.',
  'Couldn’t load the chart: {reason}.': 'Das Diagramm konnte nicht geladen werden: {reason}.',
  'Couldn’t load the prices: {reason}.': 'Die Kurse konnten nicht geladen werden: {reason}.',
  'the server answered {status}': 'der Server antwortete {status}',
  'No history for this range yet. Prices that are still loading appear as soon as they arrive.':
    'Für diesen Zeitraum gibt es noch keine Kurse. Was noch geladen wird, erscheint von selbst.',
  'Range: {chosen}': 'Zeitraum: {chosen}',
  Portfolio: 'Portfolio',
  Bought: 'Gekauft',
  Sold: 'Verkauft',
  Dividend: 'Dividende',
  '{listed} and {n} more': '{listed} und {n} weitere',
  '{points} pp': '{points} Pp.',
  Anywhere: 'Überall',
  Dashboard: 'Übersicht',
  Keyboard: 'Tastatur',
  'Keyboard shortcuts': 'Tastenkürzel',
  'Search: tickers, pages, portfolios, actions': 'Suche: Ticker, Seiten, Portfolios, Befehle',
  'Add transaction': 'Transaktion hinzufügen',
  'Hide or show money': 'Beträge verbergen oder zeigen',
  Close: 'Schließen',
  'Refresh prices': 'Kurse aktualisieren',
  'Chart range: 1M, 3M, YTD, 12M, 5Y, All': 'Zeitraum des Diagramms: 1M, 3M, YTD, 12M, 5J, Alles',
  'In the chart: move by a day; Page Up and Page Down by a month; Home, End':
    'Im Diagramm: um einen Tag; Bild auf und Bild ab um einen Monat; Pos1, Ende',
  'In the table: move between holdings; Enter opens one':
    'In der Tabelle: von Position zu Position; Enter öffnet eine',
  'Go to': 'Gehe zu',
  'There is a newer version of this page. Reload it, then try again.':
    'Es gibt eine neuere Fassung dieser Seite. Laden Sie sie neu und versuchen Sie es noch einmal.',
  'This portfolio was deleted. Showing the previous figures.':
    'Dieses Portfolio wurde gelöscht. Gezeigt werden die letzten Zahlen.',
  'You’re offline. Showing the previous figures until you’re back.':
    'Keine Verbindung. Bis sie wieder da ist, werden die letzten Zahlen gezeigt.',
  'You’re offline. Nothing was sent or changed; try again when you’re back.':
    'Keine Verbindung. Es wurde nichts gesendet und nichts geändert; versuchen Sie es später noch einmal.',
  '{done} of {total}': '{done} von {total}',
  'Read {done} of {total} rows': '{done} von {total} Zeilen gelesen',
  'Saved {done} of {total} rows': '{done} von {total} Zeilen gespeichert',
  'Can’t reach the server. Showing the previous figures.':
    'Der Server ist nicht erreichbar. Gezeigt werden die letzten Zahlen.',
  'You just asked for that. Wait a moment, then try again.':
    'Das wurde gerade schon angefordert. Warten Sie einen Moment und versuchen Sie es noch einmal.',
  'Couldn’t update (error {status}). Showing the previous figures.':
    'Aktualisieren ging nicht (Fehler {status}). Gezeigt werden die letzten Zahlen.',
  'Ticker, page, portfolio or action': 'Ticker, Seite, Portfolio oder Befehl',
  Search: 'Suche',
  Results: 'Ergebnisse',
  'No matches.': 'Nichts gefunden.',
  Actions: 'Befehle',
  Pages: 'Seiten',
  Portfolios: 'Portfolios',
  Tickers: 'Ticker',
  Securities: 'Wertpapiere',
  'Light theme': 'Helle Farben',
  'Dark theme': 'Dunkle Farben',
  'Nothing was done: it was canceled, or took too long.':
    'Es ist nichts geschehen: Der Vorgang wurde abgebrochen oder dauerte zu lange.',
  'Nothing was done: it was canceled.': 'Es ist nichts geschehen: Der Vorgang wurde abgebrochen.',
  'This device has a passkey for your account already.':
    'Dieses Gerät hat schon einen Passkey für Ihr Konto.',
  'Passkeys do not work at this address. Open Yardstick at the address that was set for it.':
    'Unter dieser Adresse funktionieren Passkeys nicht. Öffnen Sie Yardstick unter der Adresse, die dafür eingestellt ist.',
  'This device cannot make such a passkey.': 'Dieses Gerät kann einen solchen Passkey nicht anlegen.',
  'This passkey is not known here. Use another one, or a recovery code.':
    'Dieser Passkey ist hier nicht bekannt. Nehmen Sie einen anderen oder einen Wiederherstellungscode.',
  'This took longer than five minutes, or you started in another tab. Try again.':
    'Das hat länger als fünf Minuten gedauert, oder Sie haben in einem anderen Tab begonnen. Versuchen Sie es noch einmal.',
  'We couldn’t verify your device’s response. Try again.':
    'Die Antwort Ihres Geräts ließ sich nicht prüfen. Versuchen Sie es noch einmal.',
  'This passkey is already in use, or you have {n} passkeys, which is the most an account can have.':
    'Dieser Passkey ist schon in Gebrauch, oder Sie haben {n} Passkeys; mehr kann ein Konto nicht haben.',
  'There may be a copy of this passkey, because its counter went backwards, so it was refused. Sign in with another passkey or a recovery code, and remove this one.':
    'Von diesem Passkey gibt es vielleicht eine Kopie, denn sein Zähler lief rückwärts; deshalb wurde er abgelehnt. Melden Sie sich mit einem anderen Passkey oder einem Wiederherstellungscode an und entfernen Sie diesen.',
  'Passkeys are off, because this Yardstick does not know its own address. Whoever runs it sets ORIGIN, as the README says.':
    'Passkeys sind aus, weil dieses Yardstick seine eigene Adresse nicht kennt. Wer es betreibt, setzt ORIGIN, wie es im README steht.',
  'This browser has no passkeys.': 'Dieser Browser kennt keine Passkeys.',
  'Your passkey is added.': 'Ihr Passkey ist hinzugefügt.',
  'That did not work. Look at your connection, and try again.':
    'Das ging nicht. Prüfen Sie die Verbindung und versuchen Sie es noch einmal.',
  'This browser cannot show notifications.': 'Dieser Browser kann keine Benachrichtigungen zeigen.',
  'Notifications are blocked for this site. Allow them in the browser’s settings, then try again.':
    'Für diese Website sind Benachrichtigungen gesperrt. Erlauben Sie sie in den Einstellungen des Browsers und versuchen Sie es noch einmal.',
  'The browser’s push service could not be reached. Try again later.':
    'Der Push-Dienst des Browsers war nicht erreichbar. Versuchen Sie es später noch einmal.',
} as const satisfies Record<string, string>
