import { addDays, type Day } from '../../portfolio/day.ts'

/** Something of a whole day. */
export type CalendarEvent = {
  /** The same for the same event, however often the calendar is read, so that a program moves it and adds no other. */
  uid: string
  day: Day
  summary: string
  description?: string | undefined
}

/** Writes a calendar (RFC 5545) as of a day. Lines end with CRLF and are folded at 75 octets. */
export function ics(name: string, asOf: Day, events: readonly CalendarEvent[]): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Yardstick//Yardstick//EN',
    'METHOD:PUBLISH',
    `NAME:${escaped(name)}`,
    // what most programs read in place of RFC 7986's NAME
    `X-WR-CALNAME:${escaped(name)}`,
    'REFRESH-INTERVAL;VALUE=DURATION:PT12H',
    ...events.flatMap(({ uid, day, summary, description }) => [
      'BEGIN:VEVENT',
      `UID:${escaped(uid)}`,
      // when the day began: with the instant of the answer, each answer would be another
      `DTSTAMP:${digits(asOf)}T000000Z`,
      `DTSTART;VALUE=DATE:${digits(day)}`,
      `DTEND;VALUE=DATE:${digits(addDays(day, 1))}`,
      `SUMMARY:${escaped(summary)}`,
      ...(description ? [`DESCRIPTION:${escaped(description)}`] : []),
      'TRANSP:TRANSPARENT',
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
  ]
  return lines.map((line) => `${folded(line)}\r\n`).join('')
}

/** RFC 5545, 3.3.11. */
function escaped(text: string): string {
  return text.replace(/[\\;,]/g, '\\$&').replace(/\r\n|\r|\n/g, '\\n')
}

/** RFC 5545, 3.1: a longer line goes on in the next, behind a space. No character is divided. */
function folded(line: string): string {
  let [text, octets] = ['', 0]
  for (const character of line) {
    const length = new TextEncoder().encode(character).length
    if (octets + length > OCTETS) {
      text += '\r\n '
      octets = 1
    }
    text += character
    octets += length
  }
  return text
}

const OCTETS = 75

function digits(day: Day): string {
  return day.replaceAll('-', '')
}
