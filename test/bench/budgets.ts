import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

const vitest = join(import.meta.dirname, '../../node_modules/vitest/vitest.mjs')

/** Counts, not times: the tests that assert them print them, behind a mark (test/worker/table.ts). */
export function budgets(): void {
  const tests = [
    'test/web/budgets',
    'test/coordinator/budgets',
    'test/coordinator/growth',
    'test/coordinator/openings',
    'test/jobs/invocations',
    'test/jobs/first-import',
    'test/jobs/day',
  ]
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [vitest, 'run', '--project', 'worker', '--project', 'background', ...tests, '--silent=false'],
    { encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } },
  )
  const printed = stdout.split('\n').filter((line) => line.startsWith('¦'))
  console.log(`\nBudgets: what each piece of work asks of the market and the platform.\n`)
  console.log(printed.map((line) => line.slice(1)).join('\n'))
  if (status !== 0) {
    console.log(`\nA budget is not kept:\n${stdout.split('\n').slice(-60).join('\n')}${stderr}`)
    process.exitCode = 1
  }
}
