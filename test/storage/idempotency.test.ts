import { describe, expect, it } from 'vitest'
import { inOneTransaction } from '../../src/storage/database.ts'
import { answerTo, rememberAnswer } from '../../src/storage/idempotency.ts'
import { db, NOW } from './sample.ts'

describe('an idempotency key', () => {
  const remember = (portfolio: string, key: string, answer: string, now = NOW) =>
    inOneTransaction(
      db(),
      rememberAnswer(db(), portfolio, key, { request: `asked for ${answer}`, answer }, now),
    )

  it('is new until its answer is remembered; what it made may be deleted, then the next answer counts', async () => {
    expect(await answerTo(db(), 'p', 'key')).toBeNull()
    await remember('p', 'key', 'first')
    await remember('p', 'key', 'second')
    expect(await answerTo(db(), 'p', 'key')).toEqual({ request: 'asked for second', answer: 'second' })
  })

  it('of one portfolio is new in another', async () => {
    await remember('p', 'shared', 'first')
    expect(await answerTo(db(), 'q', 'shared')).toBeNull()
  })

  it('is forgotten after a day, when the next one comes', async () => {
    await remember('r', 'old', 'first', NOW)
    await remember('r', 'young', 'second', NOW + 86_400_000)
    expect(await answerTo(db(), 'r', 'old')).toEqual({ request: 'asked for first', answer: 'first' })
    await remember('r', 'new', 'third', NOW + 86_400_001)
    expect(await answerTo(db(), 'r', 'old')).toBeNull()
    expect(await answerTo(db(), 'r', 'young')).toEqual({ request: 'asked for second', answer: 'second' })
  })
})
