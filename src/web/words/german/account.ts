/** The words of the account’s page: how one signs in, tokens, and what is kept. */
export const account = {
  You: 'Sie',
  Passkeys: 'Passkeys',
  'A passkey signs you in with your device’s fingerprint, face or PIN. You have none yet.':
    'Mit einem Passkey melden Sie sich per Fingerabdruck, Gesicht oder PIN Ihres Geräts an. Sie haben noch keinen.',
  'added {added}, not used yet': 'hinzugefügt {added}, noch nicht genutzt',
  'added {added}, last used {used}': 'hinzugefügt {added}, zuletzt genutzt {used}',
  'Refused {at}: there may be a copy of it. Remove it, and add a new one.':
    'Abgelehnt {at}: Möglicherweise gibt es eine Kopie davon. Entfernen Sie ihn und fügen Sie einen neuen hinzu.',
  Rename: 'Umbenennen',
  'New name of {name}': 'Neuer Name von {name}',
  'Remove {name}': '{name} entfernen',
  'Add a passkey': 'Passkey hinzufügen',
  'add or remove a passkey': 'einen Passkey hinzuzufügen oder zu entfernen',
  'Recovery codes': 'Wiederherstellungscodes',
  'A recovery code signs you in once if you lose your passkeys. You have none.':
    'Ein Wiederherstellungscode meldet Sie einmal an, falls Sie Ihre Passkeys verlieren. Sie haben keinen.',
  'One code is left. Each signs you in once if you lose your passkeys.':
    'Ein Code ist übrig. Jeder meldet Sie einmal an, falls Sie Ihre Passkeys verlieren.',
  '{n} codes are left. Each signs you in once if you lose your passkeys.':
    '{n} Codes sind übrig. Jeder meldet Sie einmal an, falls Sie Ihre Passkeys verlieren.',
  'Create recovery codes': 'Wiederherstellungscodes erstellen',
  'Replace them with new codes': 'Durch neue Codes ersetzen',
  'create recovery codes': 'Wiederherstellungscodes zu erstellen',
  'Account activity': 'Aktivität des Kontos',
  'You {deed}': 'Sie: {deed}',
  'Where you are signed in': 'Wo Sie angemeldet sind',
  'A program': 'Ein Programm',
  '{browser} on {system}': '{browser} unter {system}',
  '(this browser)': '(dieser Browser)',
  'Sign out': 'Abmelden',
  'Sign out everywhere': 'Überall abmelden',
  'On this device': 'Auf diesem Gerät',
  'This browser keeps each dashboard as you last saw it. It opens at once, even offline, and says how old it is. Nothing can be changed offline.':
    'Dieser Browser bewahrt jede Übersicht so auf, wie Sie sie zuletzt gesehen haben. Sie öffnet sich sofort, auch ohne Verbindung zum Server, und nennt ihr Alter. Ändern lässt sich dann nichts.',
  'This browser can keep each dashboard as you last saw it, so that it opens at once, even offline.':
    'Dieser Browser kann jede Übersicht so aufbewahren, wie Sie sie zuletzt gesehen haben. Dann öffnet sie sich sofort, auch ohne Verbindung zum Server.',
  'Anyone who uses this browser can open it. Signing out deletes it.':
    'Wer diesen Browser benutzt, kann das Aufbewahrte öffnen. Beim Abmelden wird es gelöscht.',
  'Keep nothing on this device': 'Auf diesem Gerät nichts aufbewahren',
  'Keep the last snapshot on this device': 'Letzten Stand auf diesem Gerät aufbewahren',
  'Everything in one file': 'Alles in einer Datei',
  'Your portfolios with their settings, transactions, notes and activity. You can import the file into another Yardstick.':
    'Ihre Portfolios mit Einstellungen, Transaktionen, Notizen und Aktivität. Die Datei lässt sich in ein anderes Yardstick importieren.',
  'Export everything': 'Alles exportieren',
  'Import portfolios from an export file': 'Portfolios aus einer Exportdatei importieren',
  'Delete your account': 'Konto löschen',
  'This deletes your account and all your portfolios, with their transactions, notes and history. It cannot be undone. Export what you want to keep first.':
    'Damit werden Ihr Konto und alle Ihre Portfolios mit Transaktionen, Notizen und Verlauf gelöscht. Das lässt sich nicht rückgängig machen. Exportieren Sie vorher, was Sie behalten wollen.',
  '{name} is shared: one other person loses it.':
    '{name} ist freigegeben: Eine weitere Person verliert den Zugriff.',
  '{name} is shared: {n} others lose it.':
    '{name} ist freigegeben: {n} weitere Personen verlieren den Zugriff.',
  'You run this Yardstick. If nobody else does, it has no owner until somebody claims it with its SETUP_TOKEN.':
    'Sie betreiben dieses Yardstick. Betreibt es sonst niemand, hat es keinen Besitzer mehr, bis es jemand mit seinem SETUP_TOKEN übernimmt.',
  'Type your name to confirm': 'Zur Bestätigung Ihren Namen eingeben',
  'your name': 'Ihr Name',
  'delete your account': 'Ihr Konto zu löschen',
  'How you sign in': 'Wie Sie sich anmelden',
  'Cloudflare Access signs you in. No passkeys and no recovery codes are needed here.':
    'Cloudflare Access meldet Sie an. Passkeys und Wiederherstellungscodes werden hier nicht gebraucht.',
  '{link} to {what}: that takes a sign-in of the last ten minutes.':
    '{link}, um {what}: Dafür darf die Anmeldung höchstens zehn Minuten alt sein.',
  'Sign in again': 'Erneut anmelden',

  'API tokens': 'API-Token',
  'A program with a token can read or edit your portfolios on your behalf. What it may ask is in the {api}.':
    'Ein Programm mit einem Token kann Ihre Portfolios in Ihrem Namen lesen oder bearbeiten. Was es fragen kann, steht in der {api}.',
  'Revoke {name}': '{name} widerrufen',
  Revoke: 'Widerrufen',
  Access: 'Zugriff',
  'Read only': 'Nur lesen',
  'Read and edit': 'Lesen und bearbeiten',
  'Expires after': 'Gültig',
  '30 days': '30 Tage',
  '90 days': '90 Tage',
  '1 year': '1 Jahr',
  Never: 'Nie',
  'Create token': 'Token erstellen',
  'New API token': 'Neuer API-Token',
  'Copy the token now. This page is the only one that shows it.':
    'Kopieren Sie den Token jetzt. Nur diese Seite zeigt ihn.',
  Token: 'Token',
  'Programs send it with each request, in the header {header} followed by the token.':
    'Programme senden ihn mit jeder Anfrage, im Header {header}, gefolgt vom Token.',
  'I have copied it': 'Ich habe ihn kopiert',
  reads: 'liest',
  'reads and edits': 'liest und bearbeitet',
  'never used': 'nie genutzt',
  'does not expire': 'läuft nicht ab',
  'has expired': 'ist abgelaufen',
  'expires {day}': 'läuft am {day} ab',
} as const satisfies Record<string, string>
