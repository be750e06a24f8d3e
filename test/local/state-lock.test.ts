import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { lockState } from '../../src/local/state-lock.ts'
import { root } from './run.ts'

const folders: string[] = []
function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'yardstick-lock-'))
  folders.push(made)
  return made
}
afterAll(() => folders.forEach((each) => rmSync(each, { recursive: true })))

const HERE = 'http://localhost:8787'

function node(args: readonly string[]) {
  const child = spawn(process.execPath, args, { cwd: root, env: { ...process.env, NODE_OPTIONS: '' } })
  child.stdout.setEncoding('utf8')
  child.stderr.setEncoding('utf8')
  return child
}

it('one process at a time has a state folder, and each of two folders has one', async () => {
  const [one, other] = [folder(), folder()]
  expect(await lockState(one, HERE)).toBeNull()
  expect(await lockState(one, 'http://localhost:9000')).toBe(HERE)
  expect(await lockState(join(one, '.'), 'http://localhost:9000')).toBe(HERE)
  expect(await lockState(other, 'http://localhost:9000')).toBeNull()
})

it('a folder whose process was killed is free again', async () => {
  const state = folder()
  const program = `import { lockState } from './src/local/state-lock.ts'
    await lockState(${JSON.stringify(state)}, 'http://localhost:9000')
    setInterval(() => {}, 1000)
    console.log('locked')`
  const holder = node(['--input-type=module', '-e', program])
  await once(holder.stdout, 'data')
  expect(await lockState(state, HERE)).toBe('http://localhost:9000')
  holder.kill('SIGKILL')
  await once(holder, 'exit')
  expect(await lockState(state, HERE)).toBeNull()
})

async function started(...args: string[]): Promise<string> {
  const child = node(['src/local/start.ts', ...args])
  let said = ''
  child.stdout.on('data', (text: string) => (said += text))
  child.stderr.on('data', (text: string) => (said += text))
  const [code] = (await once(child, 'close')) as [number]
  expect(code).toBe(1)
  return said
}

it('a second `npm start` over the same portfolios says in a sentence where they are open', async () => {
  const state = folder()
  await lockState(state, HERE)
  expect(await started('--port', '9', '--state', state)).toBe(
    `The portfolios in ${state} are open at ${HERE} already. Use that, or stop it, or choose another folder: npm start -- --state .wrangler/another\n`,
  )
})

it('a state folder that cannot be written is refused in a sentence', async () => {
  const state = join(root, 'package.json', 'state')
  expect(await started('--port', '9', '--state', state)).toBe(
    `Nothing can be written into ${state}. Choose another folder with --state.\n`,
  )
})
