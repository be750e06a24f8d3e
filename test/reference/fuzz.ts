import { commandLine } from '../../src/local/command-line.ts'
import { disagreements } from './agreement.ts'
import { derivedDisagreements } from './derived-dividends.ts'
import { notationOf } from './notation-of.ts'
import { randomCase } from './random-case.ts'
import { smallest } from './smallest.ts'

// npm run fuzz -- --seed 1 --cases 1000: the engine against the plain calculation, over random ledgers.
const { values } = commandLine({ options: { seed: { type: 'string' }, cases: { type: 'string' } } })
const seed = Number(values.seed ?? Math.floor(Math.random() * 1e9))
const cases = Number(values.cases ?? 1000)
if (!Number.isInteger(seed) || !Number.isInteger(cases) || cases < 1) {
  console.error('npm run fuzz -- --seed N --cases N')
  process.exit(2)
}
console.log(`seed ${seed}, ${cases} cases`)
const started = performance.now()
const perSecond = (done: number) =>
  `${((1000 * done) / (performance.now() - started)).toFixed(0)} cases a second`
for (let i = 0; i < cases; i++) {
  const found = failure(seed + i)
  if (found.length === 0) continue
  console.error(`case ${seed + i} fails after ${i} others, ${perSecond(i + 1)}\n\n${found.join('\n')}`)
  const least = smallest(randomCase(seed + i))
  console.error(`\n${notationOf(least)}\n\n${disagreements(least).join('\n')}`)
  process.exit(1)
}
console.log(`no disagreement, ${perSecond(cases)}`)

function failure(of: number): string[] {
  try {
    const made = randomCase(of)
    return [...disagreements(made), ...derivedDisagreements(made, of % 2 === 0 ? '0.15' : '0')]
  } catch (error) {
    throw new Error(`case ${of} cannot be calculated`, { cause: error })
  }
}
