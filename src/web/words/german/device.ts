/** What the service worker says when the server cannot be reached. */
export const device = {
  'You’re offline. This browser kept these figures {ago}, on {day}. Changes are not possible until you’re back online.':
    'Keine Verbindung. Dieser Browser hat diese Zahlen {ago} aufbewahrt, am {day}. Änderungen sind erst wieder mit Verbindung möglich.',
  'just now': 'gerade eben',
  'Not saved': 'Nicht gespeichert',
  'You’re offline, or the server can’t be reached, so nothing was sent and nothing was changed. Go back to find what you entered, and send it again when you’re online.':
    'Es gibt keine Verbindung, oder der Server ist nicht erreichbar. Deshalb wurde nichts gesendet und nichts geändert. Gehen Sie zurück, um Ihre Eingaben wiederzufinden, und senden Sie sie, sobald die Verbindung wieder da ist.',
  'You’re offline': 'Keine Verbindung',
  'This device keeps dashboards only, and not this page. {link}, or come back when you’re online.':
    'Dieses Gerät bewahrt nur Übersichten auf, nicht diese Seite. {link}, oder kommen Sie wieder, sobald die Verbindung da ist.',
  'Open the last dashboard': 'Letzte Übersicht öffnen',
} as const satisfies Record<string, string>
