/**
 * Returns what gives rows that are written together an id each, in ascending order: UUIDs of version 7 (RFC 9562). They
 * begin with the millisecond, behind which come the row's number (24 bits) and 48 bits that chance has chosen for all of
 * them.
 *
 * The ids of rows that are written together so stand together in the index of the primary key. Of random ones each
 * stands on another page, of which SQLite's cache holds too few: that was more than half of what 60,000 rows took.
 */
export function rowIds(now: number): () => string {
  const at = hex(now, 12)
  const chance = [...crypto.getRandomValues(new Uint8Array(6))].map((byte) => hex(byte, 2)).join('')
  let number = 0
  return () => {
    const own = hex(number++, 6)
    return `${at.slice(0, 8)}-${at.slice(8)}-7${own.slice(0, 3)}-8${own.slice(3)}-${chance}`
  }
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0')
}
