import { commandLine } from '../../src/local/command-line.ts'
import { randomFile } from './random-file.ts'
import { readBack } from './read-back.ts'

// npm run fuzz:files -- --seed 1 --cases 5000: random ledgers in random spellings, read back.
const { values } = commandLine({ options: { seed: { type: 'string' }, cases: { type: 'string' } } })
const seed = Number(values.seed ?? Math.floor(Math.random() * 1e9))
const cases = Number(values.cases ?? 5000)
if (!Number.isInteger(seed) || !Number.isInteger(cases) || cases < 1) {
  console.error('npm run fuzz:files -- --seed N --cases N')
  process.exit(2)
}
console.log(`seed ${seed}, ${cases} cases`)
const counts: Record<string, number> = {}
for (let i = 0; i < cases; i++) {
  const { outcome, wrong } = await readBack(seed + i)
  counts[outcome] = (counts[outcome] ?? 0) + 1
  if (wrong.length === 0) continue
  console.error(`case ${seed + i} is read differently:\n${wrong.join('\n')}\n\n${randomFile(seed + i).text}`)
  process.exit(1)
}
console.log(`none is read differently: ${JSON.stringify(counts)}`)
