/** Notifications: the channels, how one gets what each needs, and what comes of sending. */
export const notices = {
  Notifications: 'Benachrichtigungen',
  'Your alerts are sent to every channel that you add here.':
    'Was Sie erfahren wollen, kommt über jeden Kanal, den Sie hier hinzufügen.',
  Channels: 'Kanäle',
  'There are none yet, so nothing is sent. Turn on this browser, or add a channel below.':
    'Es gibt noch keine, also wird nichts gesendet. Schalten Sie diesen Browser ein, oder fügen Sie unten einen Kanal hinzu.',
  'Remove channel': 'Kanal entfernen',
  'Remove the channel {name}': 'Den Kanal {name} entfernen',
  'this browser': 'dieser Browser',
  'nothing sent yet': 'noch nichts gesendet',
  'last sent {when}': 'zuletzt gesendet {when}',
  'Sent.': 'Gesendet.',
  'Send a test': 'Test senden',
  'Send a test to {name}': 'Test an {name} senden',
  'Failed {when}:': 'Gescheitert {when}:',
  'Given up {when}; a test that arrives turns it on again:':
    'Aufgegeben {when}; ein Test, der ankommt, schaltet ihn wieder ein:',
  'This browser': 'Dieser Browser',
  'This browser shows notifications, also while no page of Yardstick is open.':
    'Dieser Browser zeigt Benachrichtigungen, auch wenn keine Seite von Yardstick offen ist.',
  'This browser can show notifications, also while no page of Yardstick is open. On an iPhone or iPad, add Yardstick to the Home Screen first.':
    'Dieser Browser kann Benachrichtigungen zeigen, auch wenn keine Seite von Yardstick offen ist. Auf einem iPhone oder iPad legen Sie Yardstick zuerst auf den Home-Bildschirm.',
  'Turn on in this browser': 'In diesem Browser einschalten',
  'Notifications in the browser need JavaScript.': 'Benachrichtigungen im Browser brauchen JavaScript.',
  'Add a channel': 'Kanal hinzufügen',
  'Add channel': 'Kanal hinzufügen',
  'A channel’s secrets are stored in your database, never shown again and never exported.':
    'Was einen Kanal öffnet, steht in Ihrer Datenbank, wird nirgends wieder gezeigt und ist in keinem Export.',
  'What you call it (optional)': 'Wie Sie ihn nennen (freiwillig)',
  'What you were told': 'Was Ihnen gemeldet wurde',
  'There was no channel to send it by.': 'Es gab keinen Kanal dafür.',
  'Yardstick told you: {title}': 'Yardstick meldete Ihnen: {title}',
  'on its way': 'unterwegs',
  sent: 'gesendet',
  'not sent': 'nicht gesendet',
  'Channel added. Send a test to see whether it works.':
    'Kanal hinzugefügt. Senden Sie einen Test, um zu sehen, ob er funktioniert.',
  'Channel removed.': 'Kanal entfernt.',
  'An account has at most {n} channels. Remove one first.':
    'Ein Konto hat höchstens {n} Kanäle. Entfernen Sie zuerst einen.',
  'You have no such channel. It may have been removed already.':
    'Diesen Kanal haben Sie nicht. Vielleicht wurde er schon entfernt.',
  'You can send at most 20 tests an hour.': 'In einer Stunde sind höchstens 20 Tests möglich.',
  'Test from Yardstick': 'Test von Yardstick',
  'If you can read this, notifications arrive here.':
    'Wenn Sie das lesen können, kommen Benachrichtigungen hier an.',
  'Choose where notifications are sent': 'Wählen, wohin Benachrichtigungen gesendet werden',

  // the secret of a webhook
  'New webhook': 'Neuer Webhook',
  'Copy the secret now. This page is the only one that shows it.':
    'Kopieren Sie das Geheimnis jetzt. Nur diese Seite zeigt es.',
  Secret: 'Geheimnis',
  'Each notice is a POST of JSON. Your server computes HMAC-SHA256 of {signed} with the secret, and compares it with {header}: a library of Standard Webhooks does that.':
    'Jede Meldung ist ein POST mit JSON. Ihr Server berechnet HMAC-SHA256 von {signed} mit dem Geheimnis und vergleicht es mit {header}: Eine Bibliothek für Standard Webhooks tut das.',
  'I have copied the secret': 'Ich habe das Geheimnis kopiert',

  // what each kind needs
  'E-mail': 'E-Mail',
  'Create an account at Resend or Postmark, and verify the address or the domain that mail is to come from.':
    'Legen Sie ein Konto bei Resend oder Postmark an und bestätigen Sie die Adresse oder Domain, von der E-Mails kommen sollen.',
  'At Resend create an API key with sending access. At Postmark copy the Server API token.':
    'Erstellen Sie bei Resend einen API-Key mit „Sending access“. Kopieren Sie bei Postmark den „Server API token“.',
  Provider: 'Anbieter',
  'API key': 'API-Key',
  'The key of Resend begins with re_': 'Der Key von Resend beginnt mit re_',
  'From address': 'Absender',
  'To address': 'Empfänger',
  'Install the ntfy app, and subscribe to a topic with a name that nobody guesses.':
    'Installieren Sie die App ntfy und abonnieren Sie ein Thema, dessen Namen niemand errät.',
  'Enter the same topic here. A topic that is protected needs an access token as well.':
    'Geben Sie hier dasselbe Thema ein. Ein geschütztes Thema braucht auch einen Zugangs-Token.',
  Server: 'Server',
  'https://ntfy.sh, or your own': 'https://ntfy.sh oder Ihr eigener',
  Topic: 'Thema',
  'Letters, digits, _ and -, such as yardstick-h7Gk2pQ':
    'Buchstaben, Ziffern, _ und -, etwa yardstick-h7Gk2pQ',
  'Access token': 'Zugangs-Token',
  'Begins with tk_; leave it empty for a topic that is open':
    'Beginnt mit tk_; lassen Sie es bei einem offenen Thema leer',
  'In Telegram, write /newbot to @BotFather, and copy the token that it answers.':
    'Schreiben Sie in Telegram /newbot an @BotFather und kopieren Sie den Token aus der Antwort.',
  'Write anything to your new bot, or add it to a group: a bot may not begin a conversation.':
    'Schreiben Sie Ihrem neuen Bot irgendetwas, oder nehmen Sie ihn in eine Gruppe auf: Ein Bot darf kein Gespräch beginnen.',
  'Write to @userinfobot to learn your chat ID. The ID of a group begins with a minus.':
    'Schreiben Sie an @userinfobot, um Ihre Chat-ID zu erfahren. Die ID einer Gruppe beginnt mit einem Minus.',
  'Token of the bot': 'Token des Bots',
  'Such as 123456789:AAE…': 'Etwa 123456789:AAE…',
  'Chat ID': 'Chat-ID',
  'Such as 123456789, or -1001234567890 for a group': 'Etwa 123456789, oder -1001234567890 für eine Gruppe',
  'Enter an address of yours that takes JSON by POST.':
    'Geben Sie eine eigene Adresse ein, die JSON per POST annimmt.',
  'The next page shows a secret once. With it your server checks the header webhook-signature, as Standard Webhooks have it.':
    'Die nächste Seite zeigt ein Geheimnis, ein einziges Mal. Damit prüft Ihr Server die Kopfzeile webhook-signature, wie bei Standard Webhooks.',
  Address: 'Adresse',

  // why something that was typed is refused
  'must be filled in': 'muss ausgefüllt sein',
  'must be an address that begins with https://': 'muss eine Adresse sein, die mit https:// beginnt',
  'must have no user name and no password in it': 'darf keinen Benutzernamen und kein Passwort enthalten',
  'must name its host: an address of numbers is not called':
    'muss den Server beim Namen nennen: Eine Adresse aus Zahlen wird nicht aufgerufen',
  'must be an address that the internet knows': 'muss eine Adresse sein, die das Internet kennt',
  'has letters, digits, _ and - only, at most 64 of them':
    'hat nur Buchstaben, Ziffern, _ und -, höchstens 64',
  'has letters, digits, _ and - only': 'hat nur Buchstaben, Ziffern, _ und -',
  'has letters and digits, such as tk_AgQdq7mVBoFD37zQVN29RhuMzNIz2':
    'hat Buchstaben und Ziffern, etwa tk_AgQdq7mVBoFD37zQVN29RhuMzNIz2',
  'has a number, a colon, and letters, as @BotFather wrote it':
    'hat eine Zahl, einen Doppelpunkt und Buchstaben, wie @BotFather ihn schrieb',
  'is a number, or @ and the name of a channel': 'ist eine Zahl, oder @ und der Name eines Kanals',
  'is resend or postmark': 'ist resend oder postmark',
  'must be an address of mail, such as you@example.com':
    'muss eine E-Mail-Adresse sein, etwa you@example.com',
  'a label can have at most 100 characters': 'ein Name hat höchstens 100 Zeichen',

  // what comes of sending
  '{host} answered HTTP {status}.': '{host} antwortete HTTP {status}.',
  '{host} answered HTTP {status}: {said}': '{host} antwortete HTTP {status}: {said}',
  '{host} sent us elsewhere (HTTP {status}). Enter the address that it leads to.':
    '{host} verwies auf eine andere Adresse (HTTP {status}). Geben Sie die ein, zu der es führt.',
  '{host} did not answer within {n} seconds.': '{host} antwortete nicht innerhalb von {n} Sekunden.',
  'It may have arrived.': 'Es ist vielleicht angekommen.',
  '{host} cannot be reached.': '{host} ist nicht erreichbar.',
  'chat {id}': 'Chat {id}',
  'Telegram answered: {said}': 'Telegram antwortete: {said}',
  'This channel cannot be used. Remove it and add another.':
    'Dieser Kanal lässt sich nicht benutzen. Entfernen Sie ihn und fügen Sie einen anderen hinzu.',
  'Yardstick was interrupted while it sent this. It may have arrived.':
    'Yardstick wurde beim Senden unterbrochen. Es ist vielleicht angekommen.',
  'The channel was removed before this was sent, or the portfolio could be seen no longer.':
    'Der Kanal wurde entfernt, bevor das gesendet war, oder das Portfolio war nicht mehr zu sehen.',
} as const satisfies Record<string, string>
