import { expect, it } from 'vitest'
import { listDeadLetters, saveDeadLetter } from '../../src/storage/dead-letters.ts'
import { db, NOW } from './sample.ts'

it('dead letters are kept once each, counted all and shown newest first', async () => {
  const letter = (id: string, at: number) => ({
    id,
    message: '{"kind":"quotes"}',
    reason: 'failed every try',
    at,
    resentAt: null,
  })
  for (const each of [letter('a', NOW), letter('b', NOW + 2), letter('c', NOW + 1), letter('b', NOW + 9)]) {
    await saveDeadLetter(db(), each)
  }
  expect(await listDeadLetters(db(), 2)).toEqual({
    count: 3,
    waiting: 3,
    newest: [letter('b', NOW + 2), letter('c', NOW + 1)],
  })
})
