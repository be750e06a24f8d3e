import { expect, it } from 'vitest'
import type { Fetched } from '../../../src/market/source.ts'
import { isBlank } from '../../../src/market/verdict/blank-answer.ts'

const unknown: Fetched<unknown> = { status: 'rejected', reason: 'the source doesn’t know it' }
const answers = (...known: [string, Fetched<unknown>][]) =>
  new Map<string, Fetched<unknown>>([...['A', 'B', 'C'].map((each) => [each, unknown] as const), ...known])
const states = (...retryAt: (number | null)[]) =>
  retryAt.map((at, i) => ({ symbol: 'ABCD'[i]!, fromDay: '2024-01-02', retryAt: at }))

it('an answer that knows none of three symbols, each known until now, is none', () => {
  expect(isBlank(answers(), states(null, null, null))).toBe(true)
  expect(isBlank(answers(['NEW', unknown]), states(null, null, null))).toBe(true)
})

it('where something is known, where symbols were refused before, or had no prices, it is one', () => {
  expect(isBlank(answers(['D', { status: 'ok', value: 1 }]), states(null, null, null, null))).toBe(false)
  expect(isBlank(answers(['D', { ...unknown, noData: true }]), states(null, null, null, null))).toBe(false)
  expect(isBlank(answers(), states(null, null, 1))).toBe(false)
  expect(isBlank(answers(), states(null, null))).toBe(false)
  const typed = states(null, null, null).map((each) => ({ ...each, fromDay: null }))
  expect(isBlank(answers(), typed)).toBe(false)
})
