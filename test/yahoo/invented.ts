import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { previousSession } from '../../src/market/hours/trading-hours.ts'
import { type Day, dayAt } from '../../src/portfolio/day.ts'

/**
 * A folder of invented markets, made anew for a test: every session of the last three years up to yesterday's, at
 * prices one can reckon by heart. VOO stands at 400 and QQQ at 300 throughout; ACME rises from 50 by 0.10 a session;
 * COIN-USD, which trades around the clock, stands at 10.
 */
export function inventedMarkets(now: number): string {
  const days: Day[] = []
  for (
    let day = previousSession(dayAt(now, 'America/New_York'));
    days.length < 750;
    day = previousSession(day)
  ) {
    days.unshift(day)
  }
  const folder = mkdtempSync(join(tmpdir(), 'yardstick-markets-'))
  const write = (symbol: string, name: string, close: (session: number) => number, kind = 'equity') => {
    const closes = days.map((day, session) => [day, close(session)])
    const file = {
      symbol,
      name,
      kind,
      currency: 'USD',
      exchange: 'America/New_York',
      splits: [],
      dividends: [],
      closes,
    }
    writeFileSync(join(folder, `${symbol}.json`), JSON.stringify(file))
  }
  write('VOO', 'Invented 500', () => 400)
  write('QQQ', 'Invented 100', () => 300)
  write('ACME', 'Acme & <Sons>', (session) => Math.round((50 + session / 10) * 100) / 100)
  write('COIN-USD', 'Invented coin', () => 10, 'crypto')
  return folder
}
