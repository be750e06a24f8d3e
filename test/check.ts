import { spawn, spawnSync } from 'node:child_process'
import { availableParallelism } from 'node:os'
import unpackChromium from './browser/unpack-chromium.ts'

// What `npm test` and CI run: the build and the binding types first, then tests, types and style side by side. A stage
// that passes is a line, one that fails shows all that it said. The last line counts the tests of all stages.

/** What workerd says when a test kills an object on purpose, and where it says it from. */
const ON_PURPOSE =
  /^uncaught exception;.*(Application called abortAllDurableObjects|killed at call \d+)|^exception = kj\/async-io.*disconnected/
const ITS_STACK = /^(stack: \S*workerd@|\s+at .*\/miniflare\/)/
const CLOSING_LINE = /^tests: (\d+) passed, (\d+) failed, (\d+) skipped$/

type Stage = { name: string; commands: string[] }
type Outcome = { isOk: boolean; counts: number[] }

const before: Stage[] = [
  { name: 'build', commands: ['wrangler deploy --dry-run --outdir dist --minify'] },
  { name: 'binding types', commands: ['wrangler types --include-runtime=false --strict-vars=false'] },
]
// a process each: Vitest would give both projects that run in workerd the same storage. The longest come first.
const beside: Stage[] = [
  { name: 'tests: worker', commands: ['vitest run --project worker'] },
  { name: 'tests: browser', commands: ['vitest run --project browser'] },
  {
    name: 'types',
    // that of the tests in workerd has all of src in it
    commands: ['tsc --build --singleThreaded src/web/client src/web/device test/tsconfig.worker.json test'],
  },
  // what Vite has made of the modules by then, for those of 'worker', it need not make again
  { name: 'tests: background', commands: ['vitest run --project background'] },
  { name: 'tests: core', commands: ['vitest run --project core'] },
  { name: 'style', commands: ['oxlint --type-aware src test', 'oxfmt --check src test'] },
]

const withoutBrowser = await whyNoBrowser()
if (withoutBrowser !== null) console.log(`– tests: browser (left out: ${withoutBrowser})`)
const stages = beside.filter(({ name }) => withoutBrowser === null || name !== 'tests: browser')

/** Then nobody builds again, and least of all the files that a browser is reading. */
let isBuilt = false
const first = await atMost(before.length, before)
isBuilt = true
const outcomes = first.every(({ isOk }) => isOk)
  ? [...first, ...(await atMost(availableParallelism() + 1, stages))]
  : first
const [passed, failed, skipped] = [0, 1, 2].map((i) =>
  outcomes.reduce((sum, { counts }) => sum + (counts[i] ?? 0), 0),
)
console.log(`tests: ${passed} passed, ${failed} failed, ${skipped} skipped`)
process.exitCode = outcomes.every(({ isOk }) => isOk) ? 0 : 1

/** Says why nothing can be drawn here; null when a Chromium runs. The tests find it in CHROMIUM. */
async function whyNoBrowser(): Promise<string | null> {
  // that of the packages is built for Linux on x64 only
  const isTheirs = `${process.platform} ${process.arch}` === 'linux x64'
  const other = 'set CHROMIUM to the path of a Chromium to run them'
  if (process.env.CHROMIUM === undefined && !isTheirs) return other
  try {
    await unpackChromium()
  } catch (error) {
    return `the Chromium of the packages cannot be unpacked, ${(error as Error).message}; ${other}`
  }
  const { error, status } = spawnSync(process.env.CHROMIUM!, ['--version'], { stdio: 'ignore' })
  return error || status !== 0 ? `${process.env.CHROMIUM} does not run on this machine; ${other}` : null
}

/** Runs stages in their order, so many at a time. */
async function atMost(places: number, stages: readonly Stage[]): Promise<Outcome[]> {
  const waiting = [...stages]
  const ended: Outcome[] = []
  const place = async () => {
    for (let stage = waiting.shift(); stage; stage = waiting.shift()) ended.push(await run(stage))
  }
  await Promise.all(Array.from({ length: places }, place))
  return ended
}

async function run({ name, commands }: Stage): Promise<Outcome> {
  const started = performance.now()
  const output: string[] = []
  let counts: number[] = []
  let isOnPurpose = false
  const hear = (line: string) => {
    isOnPurpose = ON_PURPOSE.test(line) || (isOnPurpose && ITS_STACK.test(line))
    const closing = CLOSING_LINE.exec(line)
    if (closing) counts = closing.slice(1).map(Number)
    else if (!isOnPurpose) output.push(line)
  }
  let code = 0
  for (const command of commands) if (code === 0) code = await lines(command, hear)
  if (code !== 0) console.log(output.join('\n'))
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  const count = counts.length > 0 ? `${counts[0]} passed, ` : ''
  console.log(`${code === 0 ? '✓' : '✗'} ${name} (${count}${seconds} s)`)
  return { isOk: code === 0, counts }
}

/** Runs a command of the project's own; answers its exit code. */
function lines(command: string, hear: (line: string) => void): Promise<number> {
  const child = spawn(command, {
    shell: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      ...(isBuilt && { DIST_IS_BUILT: '1', CLIENT_IS_BUILT: '1' }),
      // the compiler and the linter are over before their memory is worth collecting: a quarter of their time
      GOGC: '400',
      ...(process.stdout.isTTY && { FORCE_COLOR: '1' }),
    },
  })
  for (const stream of [child.stdout, child.stderr]) {
    let rest = ''
    stream.setEncoding('utf8').on('data', (text: string) => {
      const parts = (rest + text).split('\n')
      rest = parts.pop()!
      parts.forEach(hear)
    })
    stream.on('end', () => rest && hear(rest))
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve(code ?? 1))
  })
}
