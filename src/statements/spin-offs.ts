import { type Answers, given, type Question } from './question.ts'
import type { Reading } from './statement-format.ts'

/** Shares that a company has spun off, as a row has them: `from` is the old ticker, '' where the file does not say it. */
export type SpunOff = { date: string; symbol: string; shares: string; from: string }

/**
 * Asks of each spin-off which part of the cost went with the new shares, for no file states it, and of which company it was where
 * that is not said either. A row of which both are answered is recorded; any other stays rejected with advice.
 */
export function spinOffs({ costShares, parents }: Answers) {
  const asked = new Map<string, Extract<Question, { about: 'spin_off' }>>()
  return {
    questions: (): Question[] => [...asked.values()],

    settled(reading: Reading, line: number): Reading {
      if (!('spunOff' in reading) || !reading.spunOff || reading.spunOff.symbol === '') return reading
      const { date, symbol, shares, from } = reading.spunOff
      const [share, parent] = [given(costShares, symbol), from || given(parents, symbol)]
      if (share !== undefined && parent)
        return { type: 'spin_off', date, symbol: parent, new_symbol: symbol, shares, cost_share: share }
      const before = asked.get(symbol)
      if (before) before.lines.push(line)
      else asked.set(symbol, { about: 'spin_off', symbol, from, lines: [line] })
      return reading
    },
  }
}
