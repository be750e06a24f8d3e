import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { root } from './run.ts'

const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>
}
/** The programs of package.json that take options of ours. */
const programs = Object.entries(scripts).flatMap(([name, script]) => {
  const [, file] = /needs-node\.mjs (\S+)$/.exec(script) ?? []
  return file === undefined || name === 'check' ? [] : [[name, file] as const]
})

function run(file: string, ...args: string[]): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, ['--import', './src/local/needs-node.mjs', file, ...args], {
    cwd: root,
    env: { ...process.env, NODE_OPTIONS: '', RELAY_SECRET: '0123456789abcdef' },
  })
  let said = ''
  child.stdout.on('data', (chunk) => (said += chunk))
  child.stderr.on('data', (chunk) => (said += chunk))
  return new Promise((ended) => child.on('close', (code) => ended({ code, said })))
}

it('has programs to try', () => {
  expect(programs.map(([name]) => name)).toEqual(
    expect.arrayContaining([
      'start',
      'dev',
      'backup',
      'restore',
      'deploy',
      'relay',
      'yahoo',
      'chaos',
      'bench',
    ]),
  )
})

it.each(programs)(
  'npm run %s refuses an option that it does not have in a sentence',
  async (_, file) => {
    const { code, said } = await run(file, '--bogus')
    expect(said).toMatch(/^(Unknown option '--bogus'\. It|no such part: --bogus; there are).*\n$/)
    expect(code).toBe(2)
  },
  60_000,
)

it.each([
  ['src/local/start.ts', ['--port'], "Option '--port <value>' argument missing. Its options are --market,"],
  ['src/local/start.ts', ['--port', '--verbose'], "Option '--port' argument is ambiguous. Its options are"],
  ['src/local/start.ts', ['--port', '99999'], '--port is a number from 1 to 65535, not “99999”.'],
  ['src/local/start.ts', ['--market=nasdaq'], '--market is demo or yahoo, not “nasdaq”.'],
  ['src/local/backup.ts', ['--market=nasdaq'], '--market is demo or yahoo, not “nasdaq”.'],
  ['src/local/deploy.ts', ['staging'], "Unexpected argument 'staging'. Its options are --env.\n"],
  ['src/local/backup.ts', ['LICENSE/mine.backup'], 'Nothing can be written into '],
  ['src/local/restore.ts', ['src'], 'src couldn’t be read: EISDIR'],
  ['src/local/restore.ts', ['one.backup', 'two.backup'], 'Name the backup: npm run restore -- FILE'],
  ['test/chaos.ts', ['--operations', 'many'], 'npm run chaos -- --seed N --operations N'],
  ['test/hours.ts', ['--at', 'noon'], 'npm run test:hours -- --at 2027-11-26T12:30'],
])(
  '%s %j is answered with a sentence',
  async (file, args, sentence) => {
    const { code, said } = await run(file, ...args)
    expect(said.slice(0, sentence.length)).toBe(sentence)
    expect(code).toBeGreaterThan(0)
  },
  60_000,
)
