import { spawnSync } from 'node:child_process'
import { commandLine } from '../src/local/command-line.ts'

// `npm run chaos -- --seed 7 --operations 5000`: more of test/coordinator/chaos.test.ts than a normal run has.

const { values } = commandLine({
  options: { seed: { type: 'string', default: '' }, operations: { type: 'string', default: '1000' } },
})
if (!/^\d*$/.test(values.seed) || !/^[1-9]\d*$/.test(values.operations)) {
  console.error('npm run chaos -- --seed N --operations N')
  process.exit(2)
}
const { status } = spawnSync('vitest run --project background test/coordinator/chaos', {
  shell: true,
  stdio: 'inherit',
  env: { ...process.env, CHAOS_SEED: values.seed, CHAOS_OPERATIONS: values.operations },
})
process.exitCode = status ?? 1
