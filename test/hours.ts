import { spawnSync } from 'node:child_process'
import { commandLine } from '../src/local/command-line.ts'
import { isHoliday } from '../src/market/hours/nyse-holidays.ts'
import { instantAt } from '../src/market/hours/trading-hours.ts'
import { addDays, type Day, weekday } from '../src/portfolio/day.ts'

// `npm run test:hours`: the tests at hours at which nobody works, each file as if it were begun at that instant.
// `-- --at 2027-11-26T12:30` (New York's clock, or an instant with its zone) is one hour instead of all of them,
// `-- --week 2027-03-08 --every 6` is that week every six hours, and files that are named are all that is run.

const { values, positionals: files } = commandLine({
  allowPositionals: true,
  options: {
    at: { type: 'string', multiple: true },
    week: { type: 'string' },
    every: { type: 'string', default: '3' },
    project: { type: 'string', multiple: true, default: ['core', 'worker', 'background'] },
  },
})

const isDay = (text: string) => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text))
const isHour = (text: string) => isDay(text.slice(0, 10)) && !Number.isNaN(Date.parse(text))
if (
  !(values.at ?? []).every(isHour) ||
  (values.week !== undefined && !isDay(values.week)) ||
  !(Number(values.every) > 0)
) {
  console.error('npm run test:hours -- --at 2027-11-26T12:30, or --week 2027-03-08 --every 6')
  process.exit(2)
}

/** Of next year: an alarm that is set before the platform's own now goes off at once. */
const year = new Date().getUTCFullYear() + 1

type Hour = [name: string, instant: number]

const hours: Hour[] = values.at
  ? values.at.map((text) => [text, /Z|[+-]\d\d:\d\d$/.test(text) ? Date.parse(text) : newYork(text)])
  : values.week
    ? weekFrom(values.week, Number(values.every))
    : sample()

const failed: string[] = []
for (const [name, instant] of hours) {
  const said = values.project.flatMap((project) => runAt(instant, project))
  console.log(`${said.length === 0 ? '✓' : '✗'} ${new Date(instant).toISOString()} ${name}`)
  for (const line of said) console.log(`    ${line}`)
  if (said.length > 0) failed.push(name)
}
console.log(`hours: ${hours.length - failed.length} passed, ${failed.length} failed`)
process.exitCode = failed.length === 0 ? 0 : 1

/** The tests that fail at that instant. */
function runAt(instant: number, project: string): string[] {
  const { status, stdout, stderr } = spawnSync(
    'vitest',
    ['run', '--project', project, '--silent', '--reporter=verbose', '--passWithNoTests', ...files],
    {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
      timeout: 20 * 60_000,
      env: { ...process.env, NO_COLOR: '1', TEST_STARTS_AT: String(instant) },
    },
  )
  if (status === 0) return []
  const lines = `${stdout}${stderr}`.split('\n').map((line) => line.trim())
  // what was expected stands below the name
  const failures = lines.flatMap((line, i) => (line.startsWith('FAIL ') ? [line, lines[i + 1] ?? ''] : []))
  return failures.length > 0 ? [...new Set(failures)] : [`${project} did not end`]
}

/** `2027-11-26T12:30` on a clock in New York. */
function newYork(text: string): number {
  const [day, clock = '00:00'] = text.split('T')
  const [hour, minute] = clock.split(':').map(Number)
  return instantAt(day!, hour! * 60 + minute!, 'America/New_York')
}

function weekFrom(first: Day, every: number): Hour[] {
  const start = newYork(first)
  return Array.from({ length: Math.ceil((7 * 24) / every) }, (_, i) => {
    const hour = i * every
    return [`${first} + ${hour} h`, start + hour * 3_600_000]
  })
}

function sample(): Hour[] {
  const on = (name: string, day: Day, ...clocks: string[]): Hour[] =>
    clocks.map((clock) => [`${name} ${clock}`, newYork(`${day}T${clock}`)])
  const spring = nth(2, 'Sunday', 3)
  const autumn = nth(1, 'Sunday', 11)
  const thanksgiving = nth(4, 'Thursday', 11)
  return [
    ...on('New Year', `${year}-01-01`, '10:00'),
    ...on('a Sunday', nth(2, 'Sunday', 1), '09:42', '23:59'),
    ...on(
      'a Wednesday',
      nth(2, 'Wednesday', 2),
      '00:01',
      // London has opened
      '03:30',
      '09:29',
      '09:31',
      '12:00',
      '15:59',
      '16:10',
      '20:30',
    ),
    ...on('a Friday', nth(3, 'Friday', 2), '16:31'),
    ...on('a Saturday', nth(3, 'Saturday', 2), '12:00'),
    ...on('the Friday before summer time', addDays(spring, -2), '15:00'),
    ...on('the night to summer time', spring, '01:59', '03:01'),
    ...on('the Monday of summer time', addDays(spring, 1), '09:31'),
    ...on('Good Friday', goodFriday(), '11:00'),
    ...on('the Friday before winter time', addDays(autumn, -2), '15:00'),
    ...on('the night to winter time', autumn, '00:59', '01:59'),
    ...on('the Monday of winter time', addDays(autumn, 1), '09:31'),
    ...on('Thanksgiving', thanksgiving, '12:00'),
    ...on('the Friday after Thanksgiving', addDays(thanksgiving, 1), '12:59', '13:20'),
    ...on('the last day of the year', `${year}-12-31`, '18:59', '23:59'),
  ]
}

/** The n-th of these weekdays in a month, 1 for January. */
function nth(n: number, name: string, month: number): Day {
  const wanted = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'].indexOf(name)
  let day = `${year}-${String(month).padStart(2, '0')}-01`
  while (weekday(day) !== wanted) day = addDays(day, 1)
  return addDays(day, 7 * (n - 1))
}

/** The only holiday of New York's that a Friday between March 20 and April 23 can be. */
function goodFriday(): Day {
  let day = `${year}-03-20`
  while (weekday(day) !== 5 || !isHoliday(day)) day = addDays(day, 1)
  return day
}
