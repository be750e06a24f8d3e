import { spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'

// `npm run chaos -- --seed 7 --operations 5000`: more of test/coordinator/chaos.test.ts than a normal run has.

const { values } = parseArgs({
  options: { seed: { type: 'string', default: '' }, operations: { type: 'string', default: '1000' } },
})
const { status } = spawnSync('vitest run --project background test/coordinator/chaos', {
  shell: true,
  stdio: 'inherit',
  env: { ...process.env, CHAOS_SEED: values.seed, CHAOS_OPERATIONS: values.operations },
})
process.exitCode = status ?? 1
