import { createHash } from 'node:crypto'
import { realpathSync, rmSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * Takes a state folder for this process, at whose `address` its portfolios are served. Returns the address of the process
 * that has it already, and null when it is ours now: two servers over one folder would each be the only writer of the
 * same portfolios.
 *
 * Whoever has the folder listens on a socket of its name. Unlike a file with a process id, that ends with the process,
 * however it ends.
 */
export async function lockState(folder: string, address: string): Promise<string | null> {
  const socket = socketOf(folder)
  for (let tries = 0; tries < 2; tries++) {
    if (await listens(socket, address)) return null
    const holder = await holderAt(socket)
    if (holder !== null) return holder
    // left by a process that was killed
    rmSync(socket, { force: true })
  }
  return null
}

function socketOf(folder: string): string {
  const name = `yardstick-${createHash('sha256').update(realpathSync(folder)).digest('hex').slice(0, 16)}`
  return process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), `${name}.sock`)
}

/** True when this process has the socket from now on; false when there is one. */
function listens(socket: string, address: string): Promise<boolean> {
  const server = createServer((asking) => asking.on('error', () => undefined).end(address))
  return new Promise((known) => {
    server.once('error', () => known(false))
    server.listen(socket, () => {
      // waiting for others keeps no process running
      server.unref()
      process.on('exit', () => server.close())
      known(true)
    })
  })
}

/** What the process behind a socket says; null when there is none. */
function holderAt(socket: string): Promise<string | null> {
  return new Promise((known) => {
    let said = ''
    connect(socket)
      .setEncoding('utf8')
      .on('data', (text: string) => (said += text))
      .on('error', () => known(null))
      .on('close', (hadError) => known(hadError ? null : said))
  })
}
