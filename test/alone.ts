import { spawnSync } from 'node:child_process'
import { commandLine } from '../src/local/command-line.ts'

// `npm run test:alone`: the files of a project one by one, of which none finds what another has left in memory, and then all
// of it in an order that nobody chose. It prints what fails or does not end. `-- --seed 7` is another order; files that are
// named are all that is run, each in a process of its own.

const { values, positionals } = commandLine({
  allowPositionals: true,
  options: {
    seed: { type: 'string', default: String(Date.now() % 100_000) },
    project: { type: 'string', multiple: true, default: ['core', 'worker', 'background', 'browser'] },
  },
})
const ONE_FILE = 4 * 60_000
const ALL_FILES = 30 * 60_000

const failed: string[] = []
let files = 0
for (const project of values.project) {
  const own = filesOf(project)
  files += own.length
  if (positionals.length > 0)
    for (const file of own) note(`${file} alone`, run(project, ONE_FILE, [file], file))
  else {
    // a process for each would compile half of the app for each
    note(`${project}, each file alone`, run(project, ALL_FILES, own, '--isolate'))
    const order = ['--sequence.shuffle.files', `--sequence.seed=${values.seed}`]
    note(`${project} in the order of seed ${values.seed}`, run(project, ALL_FILES, own, ...order))
  }
}
console.log(
  files === 0 ? `no test file is named ${positionals.join(' or ')}` : `alone: ${failed.length} failed`,
)
process.exitCode = failed.length === 0 && files > 0 ? 0 : 1

function filesOf(project: string): string[] {
  const listed = vitest(60_000, 'list', '--filesOnly', '--json', '--project', project, ...positionals)
  const files = JSON.parse(listed.stdout) as { file: string }[]
  return files.map(({ file }) => file.replace(`${process.cwd()}/`, '')).toSorted()
}

/** Null when all is well, or else what the run said. */
function run(project: string, longest: number, files: readonly string[], ...more: string[]): string | null {
  const { status, stdout, stderr } = vitest(longest, 'run', '--project', project, ...more)
  if (status === 0) return null
  const said = `${stdout}${stderr}`
  const open = files.filter((file) => !said.includes(file))
  const why = status === null ? `it did not end; without a word of ${open.join(', ') || 'none'}\n` : ''
  return why + said.slice(-6000)
}

function vitest(longest: number, ...given: string[]) {
  return spawnSync('vitest', given, {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    timeout: longest,
    env: { ...process.env, NO_COLOR: '1' },
  })
}

function note(name: string, problem: string | null): void {
  console.log(`${problem === null ? '✓' : '✗'} ${name}`)
  if (problem === null) return
  console.log(problem)
  failed.push(name)
}
