/** What an edit leaves to say, why something is refused, and the titles of pages. */
export const answers = {
  // titles
  'This Yardstick is yours': 'Dieses Yardstick gehört Ihnen',
  'Set up': 'Einrichten',
  'Sign in': 'Anmelden',
  'Find a security': 'Wertpapier suchen',
  'New portfolio': 'Neues Portfolio',
  Brokers: 'Broker',
  'Instrument not found': 'Wertpapier nicht gefunden',
  'New ticker': 'Neuer Ticker',
  'Risk and months': 'Risiko und Monate',
  'Your account': 'Ihr Konto',
  Invitation: 'Einladung',
  'Not sent': 'Nicht gesendet',
  'Edit transaction': 'Transaktion bearbeiten',
  'New transaction': 'Neue Transaktion',
  'Transactions of {name}': 'Transaktionen von {name}',
  Welcome: 'Willkommen',
  'New ticker of {name}': 'Neuer Ticker von {name}',
  'Back to {symbol}': 'Zurück zu {symbol}',
  'Page not found': 'Seite nicht gefunden',
  'Prices on their way': 'Kurse unterwegs',
  'That cannot be shown': 'Das lässt sich nicht zeigen',
  'No prices of {symbol}': 'Keine Kurse von {symbol}',
  'Not set up yet': 'Noch nicht eingerichtet',

  // why something is not possible
  'We couldn’t read this request': 'Diese Anfrage war nicht lesbar',
  'Sign in first': 'Zuerst anmelden',
  'Not allowed': 'Nicht erlaubt',
  'Not found': 'Nicht gefunden',
  'Not possible here': 'Hier nicht möglich',
  'This was changed by someone else': 'Das wurde inzwischen geändert',
  'Too large': 'Zu groß',
  'The address is too long': 'Die Adresse ist zu lang',
  'This kind of content isn’t supported': 'Inhalte dieser Art werden nicht angenommen',
  'Wrong host name': 'Falscher Hostname',
  'Not accepted': 'Nicht angenommen',
  'Version required': 'Version fehlt',
  'Too many tries': 'Zu viele Versuche',
  'Something went wrong on our side': 'Bei uns ist etwas schiefgegangen',
  'Temporarily unavailable': 'Vorübergehend nicht verfügbar',
  Problem: 'Problem',
  'Error {status}': 'Fehler {status}',
  'Go to the home page': 'Zur Startseite',
  'Set it up': 'Jetzt einrichten',
  'There is nothing at this address.': 'Unter dieser Adresse gibt es nichts.',
  'The page may have moved, or the portfolio was deleted.':
    'Die Seite ist vielleicht umgezogen, oder das Portfolio wurde gelöscht.',
  'This address takes {methods}, not {method}.': 'Diese Adresse nimmt {methods} an, nicht {method}.',
  'The database is older than this version of Yardstick, and nothing in it is lost. Whoever runs Yardstick updates it: `npm run deploy` on Cloudflare, `npm start` on your own machine.':
    'Die Datenbank ist älter als diese Version von Yardstick; verloren ist nichts. Wer Yardstick betreibt, aktualisiert sie: bei Cloudflare mit `npm run deploy`, auf dem eigenen Rechner mit `npm start`.',
  'Nothing you entered is lost. Try again; if it keeps happening, the log has the cause at request {request}.':
    'Von Ihren Eingaben ist nichts verloren. Versuchen Sie es noch einmal; wenn es wieder geschieht, steht die Ursache im Protokoll unter der Anfrage {request}.',
  'This address accepts only forms.': 'Diese Adresse nimmt nur Formulare an.',
  'The form that was sent cannot be read. Go back, reload the page and send it again.':
    'Das gesendete Formular ist nicht lesbar. Gehen Sie zurück, laden Sie die Seite neu und senden Sie es noch einmal.',
  'The form is larger than 64 kB.': 'Das Formular ist größer als 64 kB.',
  '{field} must be text.': '{field} muss Text sein.',
  'The query of this address has {n} characters; at most 2,048 are read.':
    'Die Abfrage dieser Adresse hat {n} Zeichen; gelesen werden höchstens 2.048.',
  'The file is larger than 5 MB. Split it into smaller ones, each with the header line.':
    'Die Datei ist größer als 5 MB. Teilen Sie sie in kleinere, jede mit der Kopfzeile.',
  'The file is larger than 25 MB. Export its portfolios one by one.':
    'Die Datei ist größer als 25 MB. Exportieren Sie die Portfolios einzeln.',
  'This address is the same on every day: leave out as_of.':
    'Diese Adresse ist an jedem Tag dieselbe: Lassen Sie as_of weg.',
  'Something else was already recorded with this idempotency key. Send this with a new key, or edit what was recorded.':
    'Mit diesem Idempotenzschlüssel wurde schon etwas anderes erfasst. Senden Sie es mit einem neuen Schlüssel, oder bearbeiten Sie, was erfasst ist.',

  // who may do what
  'This request came from a page of another site. Open Yardstick and do it there.':
    'Diese Anfrage kam von der Seite einer anderen Website. Öffnen Sie Yardstick und tun Sie es dort.',
  'Send the header `Origin: {origin}`, or an API token in place of the session.':
    'Senden Sie die Kopfzeile `Origin: {origin}`, oder statt der Sitzung einen API-Token.',
  'This Yardstick answers only at http://localhost, on the machine that it runs on.':
    'Dieses Yardstick antwortet nur unter http://localhost, auf dem Rechner, auf dem es läuft.',
  'You signed in more than ten minutes ago. Sign in again, then do this.':
    'Ihre Anmeldung ist länger als zehn Minuten her. Melden Sie sich noch einmal an und tun Sie es dann.',
  'This address is for programs. Send an API token, and no session beside it.':
    'Diese Adresse ist für Programme. Senden Sie einen API-Token und daneben keine Sitzung.',
  'An API token cannot do this. Sign in with a browser.':
    'Mit einem API-Token geht das nicht. Melden Sie sich mit einem Browser an.',
  'Only the person who runs this Yardstick can do this.': 'Das kann nur, wer dieses Yardstick betreibt.',
  'This is a group: its transactions are those of its portfolios. Make the change in one of them.':
    'Das ist eine Gruppe: Ihre Transaktionen sind die ihrer Portfolios. Ändern Sie eines davon.',
  'You can view this portfolio, but you cannot change it.':
    'Sie können dieses Portfolio ansehen, aber nicht ändern.',
  'You cannot change this portfolio.': 'Sie können dieses Portfolio nicht ändern.',
  'Only the owner of this portfolio can do this.': 'Das kann nur, wem dieses Portfolio gehört.',
  'Only one of ACCESS_TEAM and ACCESS_AUD is set, so nobody is let in. Whoever runs this Yardstick sets both, or neither.':
    'Nur eines von ACCESS_TEAM und ACCESS_AUD ist gesetzt; deshalb kommt niemand hinein. Wer dieses Yardstick betreibt, setzt beide oder keines.',
  'Cloudflare Access signs people in here, and this request has not come through it. Open Yardstick at the address that Access protects.':
    'Hier meldet Cloudflare Access die Leute an, und diese Anfrage kam nicht von dort. Öffnen Sie Yardstick unter der Adresse, die Access schützt.',
  'Cloudflare Access signs people in here, and Yardstick itself does not.':
    'Hier meldet Cloudflare Access die Leute an, nicht Yardstick selbst.',
  'Cloudflare Access let this request through, but it is nobody’s: a program sends its service token together with an API token, and a person sends none.':
    'Cloudflare Access hat diese Anfrage durchgelassen, aber sie ist von niemandem: Ein Programm sendet mit seinem Service-Token einen API-Token, und ein Mensch sendet keinen.',
  'You are signed out. Sign in and try again.':
    'Sie sind abgemeldet. Melden Sie sich an und versuchen Sie es noch einmal.',
  'This API token is read-only.': 'Mit diesem API-Token lässt sich nur lesen.',
  'Nobody has claimed this Yardstick yet. Its operator can claim it at /setup with its SETUP_TOKEN.':
    'Dieses Yardstick gehört noch niemandem. Wer es betreibt, richtet es unter /setup mit seinem SETUP_TOKEN ein.',
  'Nobody has claimed this Yardstick yet. Whoever runs it chooses a long secret with `npx wrangler secret put SETUP_TOKEN`, and enters it at /setup.':
    'Dieses Yardstick gehört noch niemandem. Wer es betreibt, wählt mit `npx wrangler secret put SETUP_TOKEN` ein langes Geheimnis und gibt es unter /setup ein.',
  'You can make at most 60 changes a minute.': 'In einer Minute sind höchstens 60 Änderungen möglich.',
  'You can import at most 10 files an hour.': 'In einer Stunde sind höchstens 10 Importe möglich.',
  'Prices can be refreshed once every 30 seconds.':
    'Kurse lassen sich alle 30 Sekunden einmal aktualisieren.',
  'A feed can be read at most 30 times a minute.':
    'Ein Feed lässt sich höchstens 30-mal in der Minute lesen.',
  'At most 30 sign-ins a minute can start from one network.':
    'Aus einem Netz sind höchstens 30 Anmeldungen in der Minute möglich.',
  'Try again in {n} minutes.': 'Versuchen Sie es in {n} Minuten noch einmal.',
  'Try again in {n} seconds.': 'Versuchen Sie es in {n} Sekunden noch einmal.',
  'There were too many wrong tries. Try again in a minute.':
    'Es waren zu viele falsche Versuche. Versuchen Sie es in einer Minute noch einmal.',
  'There were too many wrong tries. Try again in {n} minutes.':
    'Es waren zu viele falsche Versuche. Versuchen Sie es in {n} Minuten noch einmal.',
  'An account has at most {n} portfolios. Delete one first.':
    'Ein Konto hat höchstens {n} Portfolios. Löschen Sie zuerst eines.',
  'An account has at most {n} API tokens. Revoke one first.':
    'Ein Konto hat höchstens {n} API-Token. Widerrufen Sie zuerst einen.',
  'You have no such API token. It may have been revoked already.':
    'Diesen API-Token haben Sie nicht. Vielleicht wurde er schon widerrufen.',
  'There are 20 open invitations already. Revoke one first.':
    'Es gibt schon 20 offene Einladungen. Widerrufen Sie zuerst eine.',
  'There are {n} links already. Revoke one first.': 'Es gibt schon {n} Links. Widerrufen Sie zuerst einen.',

  // account and sign-in
  'API token revoked.': 'API-Token widerrufen.',
  'Enter a name of at most 100 characters.': 'Geben Sie einen Namen mit höchstens 100 Zeichen ein.',
  'The name can have at most 100 characters.': 'Der Name kann höchstens 100 Zeichen haben.',
  'This is not the SETUP_TOKEN of this Yardstick.': 'Das ist nicht der SETUP_TOKEN dieses Yardsticks.',
  'You now own this Yardstick.': 'Dieses Yardstick gehört jetzt Ihnen.',
  'Choose a file from “Export everything”.': 'Wählen Sie eine Datei aus „Alles exportieren“.',
  'This file was not exported with “Export everything”.': 'Diese Datei stammt nicht aus „Alles exportieren“.',
  'The file has {n} portfolios, and you have {own}: nobody may have more than {most}.':
    'Die Datei hat {n} Portfolios, und Sie haben {own}: Mehr als {most} sind nicht möglich.',
  'Added the securities.': 'Die Wertpapiere wurden hinzugefügt.',
  'Added {names}.': 'Hinzugefügt: {names}.',
  'This is not a recovery code, or it was already used. Each code works once.':
    'Das ist kein Wiederherstellungscode, oder er wurde schon benutzt. Jeder Code gilt einmal.',
  'You are signed in here and signed out everywhere else. The code cannot be used again, so add a new passkey now.':
    'Sie sind hier angemeldet und überall sonst abgemeldet. Der Code gilt nicht noch einmal; fügen Sie jetzt einen neuen Passkey hinzu.',
  'Name saved.': 'Name gespeichert.',
  'Say with keep=on or keep=off what to do.': 'Sagen Sie mit keep=on oder keep=off, was geschehen soll.',
  'This browser keeps each dashboard as you last saw it, from the next one that you open.':
    'Dieser Browser bewahrt jede Übersicht so auf, wie Sie sie zuletzt gesehen haben, ab der nächsten, die Sie öffnen.',
  'This browser keeps nothing any more, and what it kept is deleted.':
    'Dieser Browser bewahrt nichts mehr auf, und was er aufbewahrt hat, ist gelöscht.',
  '“{value}” in the address ({name}) was not understood. {reason}':
    '„{value}“ in der Adresse ({name}) wurde nicht verstanden. {reason}',
  'The gap is shown by holding.': 'Der Abstand wird nach Positionen gezeigt.',
  'The list is not filtered by it.': 'Die Liste ist danach nicht gefiltert.',
  'The cash flows of the portfolio are shown.': 'Gezeigt werden die Zahlungen des Portfolios.',
  'That browser is signed out.': 'Jener Browser ist abgemeldet.',
  'Your account and everything in it was deleted.': 'Ihr Konto und alles darin wurde gelöscht.',
  'Passkey added.': 'Passkey hinzugefügt.',
  'This is your only passkey, and you have no recovery codes: without it you could not sign in again. Create recovery codes first, or add another passkey.':
    'Das ist Ihr einziger Passkey, und Sie haben keine Wiederherstellungscodes: Ohne ihn könnten Sie sich nicht mehr anmelden. Legen Sie zuerst Wiederherstellungscodes an, oder fügen Sie einen weiteren Passkey hinzu.',
  'Passkey removed. Your device may still offer it, but it no longer works here.':
    'Passkey entfernt. Ihr Gerät bietet ihn vielleicht noch an, aber er gilt hier nicht mehr.',
  'You have no such passkey. It may have been removed.':
    'Diesen Passkey haben Sie nicht. Vielleicht wurde er schon entfernt.',

  // people and sharing
  'Choose what they can do.': 'Wählen Sie, was sie tun dürfen.',
  'The invitation no longer works.': 'Die Einladung gilt nicht mehr.',
  'A member can view or edit.': 'Ein Mitglied kann ansehen oder bearbeiten.',
  'Saved.': 'Gespeichert.',
  'They no longer see this portfolio.': 'Diese Person sieht das Portfolio nicht mehr.',
  'To leave, use the button in the settings. The owner can only delete the portfolio.':
    'Zum Verlassen gibt es einen Knopf in den Einstellungen. Wem das Portfolio gehört, der kann es nur löschen.',
  'You have left the portfolio.': 'Sie haben das Portfolio verlassen.',
  'Accept the invitation with a browser.': 'Nehmen Sie die Einladung mit einem Browser an.',
  'Sign in first.': 'Melden Sie sich zuerst an.',
  'You are a member of {portfolio}.': 'Sie sind Mitglied von {portfolio}.',
  'You are a member of {portfolio}': 'Sie sind Mitglied von {portfolio}',
  'This invitation was accepted or revoked, or it has expired. Ask for a new one.':
    'Diese Einladung wurde angenommen oder widerrufen, oder sie ist abgelaufen. Bitten Sie um eine neue.',
  'A shared page shows what its owner has chosen, of today and with the benchmarks of the portfolio. Leave out as_of, vs and what_if; those who may see the portfolio ask them there.':
    'Eine freigegebene Seite zeigt, was ihr Besitzer gewählt hat, von heute und mit den Vergleichen des Portfolios. Lassen Sie as_of, vs und what_if weg; wer das Portfolio sehen darf, fragt dort danach.',
  'This link was revoked, or it has expired. Ask the person who sent it for a new one.':
    'Dieser Link wurde widerrufen, oder er ist abgelaufen. Bitten Sie die Person, die ihn geschickt hat, um einen neuen.',
  'Choose how long the link works.': 'Wählen Sie, wie lange der Link gilt.',
  'Choose what the link opens.': 'Wählen Sie, was der Link öffnet.',
  'The link no longer works.': 'Der Link gilt nicht mehr.',

  // portfolios and groups
  'This is sample data. You can delete it any time in Settings.':
    'Das sind Beispieldaten. Sie können sie jederzeit in den Einstellungen löschen.',
  'The form has no targets.': 'Im Formular stehen keine Zielgewichte.',
  'The targets were removed.': 'Die Zielgewichte wurden entfernt.',
  'Targets saved.': 'Zielgewichte gespeichert.',
  'Settings saved.': 'Einstellungen gespeichert.',
  '{name} was deleted.': '{name} wurde gelöscht.',
  '{name} was deleted. Its portfolios are still here.':
    '{name} wurde gelöscht. Die Portfolios darin bleiben.',
  'The group of all portfolios is always there. It cannot be deleted.':
    'Die Gruppe aller Portfolios gibt es immer. Sie lässt sich nicht löschen.',
  'Connected. The first statement of {broker} is on its way; it can take a minute.':
    'Verbunden. Der erste Auszug von {broker} ist unterwegs; das kann eine Minute dauern.',
  'Asked for a statement; it can take a minute.': 'Ein Auszug ist angefordert; das kann eine Minute dauern.',
  'Disconnected. The token or key is deleted; statements and rows stay.':
    'Getrennt. Token oder Schlüssel sind gelöscht; Auszüge und Transaktionen bleiben.',
  'Done with that statement.': 'Mit diesem Auszug sind Sie fertig.',
  'There is no such dead letter.': 'Diese liegen gebliebene Nachricht gibt es nicht.',
  'Yardstick doesn’t recognize this message, so sending it again would fail again.':
    'Yardstick versteht diese Nachricht nicht; noch einmal gesendet, bliebe sie wieder liegen.',
  'The queue didn’t accept the message. It is still here; try again in a minute.':
    'Die Warteschlange hat die Nachricht nicht angenommen. Sie ist noch da; versuchen Sie es in einer Minute noch einmal.',

  // transactions, dividends and cash
  'choose deposit or withdrawal': 'Einzahlung oder Auszahlung wählen',
  'Deposit of {amount} on {day} recorded.': 'Einzahlung von {amount} am {day} erfasst.',
  'Withdrawal of {amount} on {day} recorded.': 'Auszahlung von {amount} am {day} erfasst.',
  'this form was already sent and recorded, with other content; save it again to add a second transaction':
    'dieses Formular wurde schon mit anderem Inhalt gesendet und erfasst; noch einmal gespeichert, wird es eine zweite Transaktion',
  'this transaction was deleted in the meantime; what you typed is still here and can be added as a new one':
    'diese Transaktion wurde inzwischen gelöscht; Ihre Eingaben sind noch da und können als neue hinzugefügt werden',
  'there is no such transaction': 'diese Transaktion gibt es nicht',
  'This transaction was deleted in the meantime.': 'Diese Transaktion wurde inzwischen gelöscht.',
  'This transaction was changed at the same time. Look at it again.':
    'Diese Transaktion wurde gleichzeitig geändert. Sehen Sie sie noch einmal an.',
  'review must be a date such as 2024-03-01, or empty.':
    'review muss ein Datum wie 2024-03-01 sein, oder leer.',
  'Reviewed.': 'Geprüft.',
  'Reviewed. It comes up again on the day you chose.':
    'Geprüft. Die Entscheidung erscheint wieder an dem Tag, den Sie gewählt haben.',
  'Already recorded; nothing was added.': 'Schon erfasst; nichts wurde hinzugefügt.',
  'Already undone; nothing was deleted.': 'Schon rückgängig gemacht; nichts wurde gelöscht.',
  'Undone. 1 dividend is no longer recorded.': 'Rückgängig gemacht. 1 Dividende ist nicht mehr erfasst.',
  'Undone. {n} dividends are no longer recorded.':
    'Rückgängig gemacht. {n} Dividenden sind nicht mehr erfasst.',
  'Dividends now count automatically. You can change this in Settings.':
    'Dividenden zählen jetzt automatisch. In den Einstellungen lässt sich das ändern.',
  'Only recorded dividends count now.': 'Jetzt zählen nur erfasste Dividenden.',
  'Dismissed. This dividend no longer counts.': 'Verworfen. Diese Dividende zählt nicht mehr.',
  'Restored. This dividend counts again.': 'Wiederhergestellt. Diese Dividende zählt wieder.',

  // files and securities
  'This file was kept for an hour and is gone. Choose it again.':
    'Diese Datei wurde eine Stunde lang aufbewahrt und ist fort. Wählen Sie sie noch einmal.',
  'You changed something since these rows were shown. Look at them once more, then import.':
    'Seit diese Zeilen gezeigt wurden, haben Sie etwas geändert. Sehen Sie sie noch einmal an und importieren Sie dann.',
  'Choose a file or paste its text, but not both.':
    'Wählen Sie eine Datei oder fügen Sie ihren Text ein, aber nicht beides.',
  'Choose a file, or paste its text; this one is empty.':
    'Wählen Sie eine Datei oder fügen Sie ihren Text ein; diese ist leer.',
  'Import undone. 1 row was deleted.': 'Import rückgängig gemacht. 1 Zeile wurde gelöscht.',
  'Import undone. {n} rows were deleted.': 'Import rückgängig gemacht. {n} Zeilen wurden gelöscht.',
  '{name} has no {symbol} transactions, and it isn’t a benchmark.':
    '{name} hat keine Transaktionen von {symbol}, und als Vergleich dient es auch nicht.',
  'No change: this was already set.': 'Keine Änderung: Das war schon so.',
  'No line has a day and a price.': 'Keine Zeile hat einen Tag und einen Kurs.',
  'One transaction of {from} is now of {to}.': 'Eine Transaktion von {from} gehört jetzt zu {to}.',
  '{n} transactions of {from} are now of {to}.': '{n} Transaktionen von {from} gehören jetzt zu {to}.',
  'Nothing was renamed: {reason}.': 'Nichts wurde umbenannt: {reason}.',
  'Nothing was booked. {reason}': 'Nichts wurde gebucht. {reason}',
  'Nothing was booked.': 'Nichts wurde gebucht.',
  '{source} knows no {symbol}': 'Bei {source} gibt es kein {symbol}',
  '{source} knows no {symbol}.': 'Bei {source} gibt es kein {symbol}.',
  'Split dismissed. The history is being fetched again without it.':
    'Split verworfen. Der Kursverlauf wird ohne ihn neu geholt.',
  'Split restored. The history is being fetched again with it.':
    'Split wiederhergestellt. Der Kursverlauf wird mit ihm neu geholt.',
  'Confirmed as the same company. Its prices are being fetched again.':
    'Als dieselbe Firma bestätigt. Ihre Kurse werden neu geholt.',
  'Booked: {part} was spun off from {symbol}. The history of {symbol} is being fetched again without the split.':
    'Gebucht: {part} wurde von {symbol} abgespalten. Der Kursverlauf von {symbol} wird ohne den Split neu geholt.',
  'The split of {symbol} is recorded.': 'Der Split von {symbol} ist erfasst.',
  'No change: nothing is asked of {symbol} any more.': 'Keine Änderung: Zu {symbol} ist nichts mehr offen.',
  '“{text}” is not a date': '„{text}“ ist kein Datum',
  'amount must be a number such as 1000, not “{text}”.':
    'amount muss eine Zahl wie 1000 sein, nicht „{text}“.',
  '1 price added.': '1 Kurs hinzugefügt.',
  '{n} prices added.': '{n} Kurse hinzugefügt.',
  '{n} were there already.': '{n} waren schon da.',
  'Line {n}: {reason}': 'Zeile {n}: {reason}',
  'no price for {symbol}': 'kein Kurs für {symbol}',
} as const satisfies Record<string, string>
