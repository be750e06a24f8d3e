import { type Day, dayNumber } from '../../portfolio/day.ts'
import { type Decimal, text } from '../../portfolio/decimal.ts'
import { DAY, TIME_ZONE } from '../../portfolio/time.ts'

// A notice leaves the app, for a phone or a letter box, so that it is written once and not for each reader: in English, with
// New York's days and times.

/** `$498.20`, `−$12.40`, and `$500` for a whole amount. */
export function amountOf(amount: Decimal, currency: string): string {
  return minus(moneyFormat(currency, false).format(text(amount) as Intl.StringNumericLiteral))
}

/** `+$310.20` or `−$12.40`, to the cent. */
export function signedAmount(amount: Decimal, currency: string): string {
  return minus(moneyFormat(currency, true).format(text(amount) as Intl.StringNumericLiteral))
}

/** `10.4 %` of 0.104. */
export function percentOf(ratio: number): string {
  return `${minus(tenth.format(100 * ratio))} %`
}

/** `+1.2 %` of 0.0123. */
export function signedPercentOf(ratio: number): string {
  return `${minus(signedTenth.format(100 * ratio))} %`
}

/** `Dec 18, 2026`. */
export function dateOf(day: Day): string {
  return dates.format(dayNumber(day) * DAY)
}

/** `Friday`. */
export function weekdayOf(day: Day): string {
  return weekdays.format(dayNumber(day) * DAY)
}

/** `15:32 New York`. */
export function timeOf(instant: number): string {
  return `${times.format(instant)} New York`
}

/** `KO, VOO and QQQ`. */
export function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)!}`
}

function minus(written: string): string {
  return written.replace('-', '−')
}

const tenth = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 })
const signedTenth = new Intl.NumberFormat('en-US', {
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
  signDisplay: 'exceptZero',
})
const dates = new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', dateStyle: 'medium' })
const weekdays = new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', weekday: 'long' })
const times = new Intl.DateTimeFormat('en-GB', { timeZone: TIME_ZONE, hour: '2-digit', minute: '2-digit' })

const moneyFormats = new Map<string, Intl.NumberFormat>()

/** A price has up to four decimals, a signed amount two. */
function moneyFormat(currency: string, isSigned: boolean): Intl.NumberFormat {
  const key = `${currency} ${isSigned}`
  let format = moneyFormats.get(key)
  if (!format)
    moneyFormats.set(
      key,
      (format = new Intl.NumberFormat('en-US', {
        style: 'currency',
        currency,
        maximumFractionDigits: isSigned ? 2 : 4,
        ...(isSigned ? { signDisplay: 'exceptZero' } : { trailingZeroDisplay: 'stripIfInteger' }),
      })),
    )
  return format
}
