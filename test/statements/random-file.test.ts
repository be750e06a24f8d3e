import { expect, it } from 'vitest'
import { randomFile } from './random-file.ts'
import { readBack } from './read-back.ts'

/** FUZZ_SEED says which; `npm run fuzz:files` takes many more. */
const seed = Number(process.env.FUZZ_SEED ?? Math.floor(Math.random() * 1e9))
const CASES = 150

it(`a random ledger in a random spelling is read as it was meant, or asked about: seed ${seed}`, async () => {
  const outcomes: Record<string, number> = {}
  for (let i = 0; i < CASES; i++) {
    const { outcome, wrong } = await readBack(seed + i)
    expect(wrong, `npm run fuzz:files -- --seed ${seed + i} --cases 1\n${randomFile(seed + i).text}`).toEqual(
      [],
    )
    outcomes[outcome] = (outcomes[outcome] ?? 0) + 1
  }
  // a reader that asks and refuses would never be wrong
  expect(outcomes.refused ?? 0).toBe(0)
  expect(outcomes.equal).toBeGreaterThan(CASES / 2)
})
