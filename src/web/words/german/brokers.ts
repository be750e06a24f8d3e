/** What brokers that send statements say, and how one connects them. */
export const brokers = {
  'Connected {at}, {label} {query}': 'Verbunden {at}, {label} {query}',
  'Enter it anew': 'Neu eingeben',
  'Consumer key': 'Consumer Key',
  'has digits only, such as 138440823915298723': 'besteht nur aus Ziffern, etwa 138440823915298723',
  'has digits only, such as 841203': 'besteht nur aus Ziffern, etwa 841203',
  'has 16 characters at least, and no spaces': 'hat mindestens 16 Zeichen und keine Leerzeichen',
  'is a Client ID such as PERS-ACME-JX2, or one with the number of an account, PERS-ACME-JX2/12345678':
    'ist eine Client ID wie PERS-ACME-JX2, oder eine mit der Nummer eines Kontos, PERS-ACME-JX2/12345678',
  'The token can only read statements. It is stored in your database, never shown again and never exported.':
    'Der Token kann nur Auszüge lesen. Er wird in Ihrer Datenbank gespeichert, nirgends wieder angezeigt und steht in keinem Export.',
  'The consumer key can do what the connections at SnapTrade allow, so allow them only reading. It is stored in your database, never shown again and never exported.':
    'Der Consumer Key kann, was die Verbindungen bei SnapTrade erlauben; erlauben Sie ihnen also nur das Lesen. Er wird in Ihrer Datenbank gespeichert, nirgends wieder angezeigt und steht in keinem Export.',
  'In the Client Portal, open Performance & Reports, then Flex Queries, and create an Activity Flex Query as XML with the sections Trades, Cash Transactions, Corporate Actions and Transfers, for the last 365 calendar days.':
    'Öffnen Sie im Client Portal „Performance & Reports“, dann „Flex Queries“, und legen Sie eine Activity Flex Query als XML mit den Abschnitten Trades, Cash Transactions, Corporate Actions und Transfers für die letzten 365 Kalendertage an.',
  'Open its information (i) and copy the Query ID.':
    'Öffnen Sie ihre Informationen (i) und kopieren Sie die Query ID.',
  'Under Flex Web Service Configuration, switch the service on and copy the token. It can only read statements; choose that it is good for a year.':
    'Schalten Sie unter „Flex Web Service Configuration“ den Dienst ein und kopieren Sie den Token. Er kann nur Auszüge lesen; lassen Sie ihn ein Jahr lang gelten.',
  'At dashboard.snaptrade.com, create a personal account and connect your broker there, for reading only.':
    'Legen Sie auf dashboard.snaptrade.com ein persönliches Konto an und verbinden Sie dort Ihren Broker, nur zum Lesen.',
  'On its page API Key, create a personal key and copy the Client ID and the consumer key.':
    'Erstellen Sie auf der Seite „API Key“ einen persönlichen Schlüssel und kopieren Sie Client ID und Consumer Key.',
  'If you have several accounts and want one of them here, write its number behind the Client ID, with a slash between: PERS-ACME-JX2/12345678.':
    'Wenn Sie mehrere Konten haben und hier eines davon möchten, schreiben Sie seine Nummer hinter die Client ID, mit einem Schrägstrich dazwischen: PERS-ACME-JX2/12345678.',
  'SnapTrade does not accept this Client ID and consumer key. Create a personal key at SnapTrade and enter both here.':
    'SnapTrade nimmt diese Client ID und diesen Consumer Key nicht an. Erstellen Sie bei SnapTrade einen persönlichen Schlüssel und geben Sie beide hier ein.',
  'No broker is connected at SnapTrade yet. Connect one there.':
    'Bei SnapTrade ist noch kein Broker verbunden. Verbinden Sie dort einen.',
  'SnapTrade has no account with the number {number}. It has {numbers}.':
    'SnapTrade hat kein Konto mit der Nummer {number}. Es hat {numbers}.',
  'SnapTrade has not read all transactions of the account yet.':
    'SnapTrade hat noch nicht alle Transaktionen des Kontos gelesen.',
  'The accounts have more activities than are read at once. Connect one account, by its number.':
    'Die Konten haben mehr Transaktionen, als auf einmal gelesen werden. Verbinden Sie ein Konto, mit seiner Nummer.',
  'SnapTrade answered something that is not a list of activities.':
    'SnapTrade hat etwas geantwortet, was keine Liste von Transaktionen ist.',
  'SnapTrade answered HTTP {status}.': 'SnapTrade hat mit HTTP {status} geantwortet.',
  'Interactive Brokers answered HTTP {status}.': 'Interactive Brokers hat mit HTTP {status} geantwortet.',
  'Interactive Brokers is still making the statement.': 'Interactive Brokers erstellt den Auszug noch.',
  'Interactive Brokers answered something that is not a statement.':
    'Interactive Brokers hat etwas geantwortet, was kein Auszug ist.',
  'Interactive Brokers has no statement at the moment (its error {code}).':
    'Interactive Brokers hat gerade keinen Auszug (sein Fehler {code}).',
  'The query is of an old kind that is no longer supported. Create an Activity Flex Query.':
    'Die Abfrage ist von einer alten Art, die nicht mehr unterstützt wird. Erstellen Sie eine Activity Flex Query.',
  'The Flex Web Service is switched off for this account. Switch it on at Interactive Brokers.':
    'Der Flex Web Service ist für dieses Konto ausgeschaltet. Schalten Sie ihn bei Interactive Brokers ein.',
  'The token has expired. Create a new one at Interactive Brokers and enter it here.':
    'Der Token ist abgelaufen. Erstellen Sie bei Interactive Brokers einen neuen und geben Sie ihn hier ein.',
  'The token is limited to other network addresses. Create one without such a limit.':
    'Der Token gilt nur für andere Netzwerkadressen. Erstellen Sie einen ohne diese Einschränkung.',
  'There is no query with this Query ID. Look it up at Interactive Brokers and enter it here.':
    'Es gibt keine Abfrage mit dieser Query ID. Schlagen Sie sie bei Interactive Brokers nach und geben Sie sie hier ein.',
  'The token is not valid. Create a new one at Interactive Brokers and enter it here.':
    'Der Token ist ungültig. Erstellen Sie bei Interactive Brokers einen neuen und geben Sie ihn hier ein.',
  'The account of this token is not valid.': 'Das Konto dieses Tokens ist ungültig.',
  'Interactive Brokers cannot read this token and Query ID. Enter both again.':
    'Interactive Brokers kann diesen Token und diese Query ID nicht lesen. Geben Sie beide noch einmal ein.',
}
