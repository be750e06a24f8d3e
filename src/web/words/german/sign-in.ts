/** The first pages, signing in, recovery, and what is said when a page cannot be shown. */
export const signIn = {
  'How are you doing, and against what?': 'Wie gut läuft es, und woran gemessen?',
  'Yardstick keeps your trades, values them at today’s prices and shows what the same money, invested on the same days, would be worth in an index fund.':
    'Yardstick bewahrt Ihre Transaktionen auf, bewertet sie zu heutigen Kursen und zeigt, was dasselbe Geld, an denselben Tagen angelegt, in einem Indexfonds wert wäre.',
  'This is the {market}: prices are made up, so try anything.':
    'Das ist der {market}: Die Kurse sind erfunden, also alles ausprobieren.',
  'Local owner': 'Lokales Konto',
  'Made-up trades, to look around.': 'Erfundene Transaktionen zum Ausprobieren.',
  'demo market': 'Demo-Markt',
  'Your first portfolio': 'Ihr erstes Portfolio',
  'Or explore a demo first': 'Oder zuerst ein Demo ansehen',
  'The demo portfolio has nine years of made-up trades at demo market prices.':
    'Das Demo-Portfolio enthält neun Jahre erfundener Transaktionen zu Kursen des Demo-Markts.',
  'The demo portfolio has a few made-up trades from 2018 to 2023, at the real closing prices of those days.':
    'Das Demo-Portfolio enthält einige erfundene Transaktionen von 2018 bis 2023, zu den echten Schlusskursen jener Tage.',
  'You can delete it any time in Settings.': 'Es lässt sich jederzeit in den Einstellungen löschen.',
  'Explore the demo': 'Demo ansehen',
  'Claim this Yardstick': 'Dieses Yardstick übernehmen',
  'Nobody has claimed it yet. Enter its setup token to become its owner. You can then invite others.':
    'Noch gehört es niemandem. Mit dem Einrichtungs-Token werden Sie sein Eigentümer und können dann andere einladen.',
  'Your name': 'Ihr Name',
  'Setup token': 'Einrichtungs-Token',
  'The secret you chose with {command}.': 'Das Geheimnis, gewählt mit {command}.',
  Claim: 'Übernehmen',
  'Passkeys need JavaScript.': 'Passkeys brauchen JavaScript.',
  'Passkeys are off until whoever runs this Yardstick sets its address, with {command}.':
    'Passkeys sind aus, bis der Betreiber dieses Yardstick seine Adresse einstellt, mit {command}.',
  'This is your own machine': 'Das ist Ihr eigener Rechner',
  'Only this machine can reach this Yardstick, so one click signs you in.':
    'Nur dieser Rechner erreicht dieses Yardstick, daher genügt ein Klick zum Anmelden.',
  'Open Yardstick': 'Yardstick öffnen',
  'With a passkey': 'Mit einem Passkey',
  'Your device asks for your fingerprint, face or PIN. There is no password.':
    'Das Gerät fragt nach Fingerabdruck, Gesicht oder PIN. Ein Passwort gibt es nicht.',
  'Sign in with a passkey': 'Mit einem Passkey anmelden',
  'Use a recovery code': 'Einen Wiederherstellungscode verwenden',
  'Recovery code': 'Wiederherstellungscode',
  'Each code works once. It signs you in here and signs you out everywhere else.':
    'Jeder Code gilt einmal. Er meldet Sie hier an und überall sonst ab.',
  'Sign in with the code': 'Mit dem Code anmelden',
  'With Cloudflare Access': 'Mit Cloudflare Access',
  'Cloudflare Access signs people in to this Yardstick, and has signed you in. To sign in as somebody else, sign out first.':
    'Bei diesem Yardstick meldet Cloudflare Access an, und Sie sind angemeldet. Um jemand anderen anzumelden, zuerst abmelden.',
  'Your new recovery codes': 'Ihre neuen Wiederherstellungscodes',
  'Two steps remain, so that you can sign in again and nobody else can.':
    'Zwei Schritte fehlen noch, damit Sie sich wieder anmelden können und niemand sonst.',
  'Any earlier codes no longer work.': 'Frühere Codes gelten nicht mehr.',
  '1. Add a passkey': '1. Passkey hinzufügen',
  'Your device keeps it and asks for your fingerprint, face or PIN when you sign in.':
    'Das Gerät bewahrt ihn auf und fragt beim Anmelden nach Fingerabdruck, Gesicht oder PIN.',
  '2. Save your recovery codes': '2. Wiederherstellungscodes sichern',
  'Save them now': 'Jetzt sichern',
  'Each code signs you in once if you lose your passkeys. They are not shown again, so print them or keep them in your password manager.':
    'Jeder Code meldet einmal an, falls die Passkeys verloren gehen. Sie werden nicht noch einmal gezeigt: ausdrucken oder im Passwortmanager aufbewahren.',
  'I have saved them': 'Ich habe sie gesichert',
  'This page then shows them by itself.': 'Diese Seite zeigt sie dann von selbst.',
  'Did you mean one of these?': 'War eines davon gemeint?',
  'Did you mean': 'Gemeint war',
  'Look again': 'Noch einmal ansehen',
  'Back to the portfolio': 'Zurück zum Portfolio',
  'Compare with something else': 'Mit etwas anderem vergleichen',
} as const satisfies Record<string, string>
