import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { callOf } from '../../src/market/yahoo/endpoints.ts'
import type { Endpoint } from '../../src/market/yahoo/endpoints.ts'
import { answer } from '../../src/demo/fake-yahoo.ts'
import { injectFault } from './faults.ts'
import type { Fault } from './faults.ts'
import { bookOf, type MarketFile } from './book.ts'

type Call = { endpoint: Endpoint; symbols: string[] }

export type YahooServer = {
  /** What YAHOO_BASE_URL should be. */
  url: string
  /** Every call so far, oldest first. */
  calls: Call[]
  /** From here on the symbol trades at this price, at the time it is asked for. */
  setPrice(symbol: string, price: number): void
  setFault(fault: Fault | null): void
  close(): Promise<void>
}

/**
 * Serves a folder of market files as Yahoo would, on 127.0.0.1. Their closes are final; the last one is the quote. Each
 * answer comes after `delay` milliseconds.
 */
export async function serveYahoo(
  folder: string,
  options: { port?: number; now?: () => number; delay?: number; onCall?: (call: Call) => void } = {},
): Promise<YahooServer> {
  const now = options.now ?? Date.now
  const files = await read(folder)
  const prices = new Map<string, number>()
  const book = bookOf(files, prices)
  const calls: Call[] = []
  let fault: Fault | null = null

  const server = createServer((incoming, outgoing) => {
    const gone = new AbortController()
    outgoing.on('close', () => gone.abort())
    const request = requestOf(incoming, gone.signal)
    const call = callOf(request.url)
    calls.push(call)
    options.onCall?.(call)
    setTimeout(() => void reply(request, outgoing), options.delay ?? 0)
  })

  async function reply(request: Request, outgoing: ServerResponse): Promise<void> {
    try {
      const response = await injectFault(request, fault, () => answer(request, book, now()))
      outgoing.writeHead(response.status, Object.fromEntries(response.headers))
      outgoing.end(await response.text())
    } catch {
      // "down" and "slow" end here: the line goes dead
      outgoing.destroy()
    }
  }

  const port = await new Promise<number>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : 0)
    })
  })
  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    setPrice: (symbol, price) => void prices.set(symbol, price),
    setFault: (next) => {
      fault = next
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function read(folder: string): Promise<MarketFile[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json'))
  return Promise.all(
    names.map(async (name) => {
      const file: MarketFile = JSON.parse(await readFile(join(folder, name), 'utf8'))
      return file
    }),
  )
}

function requestOf(incoming: IncomingMessage, signal: AbortSignal): Request {
  const headers = new Headers()
  for (const [name, value] of Object.entries(incoming.headers)) headers.set(name, String(value))
  return new Request(`http://${incoming.headers.host}${incoming.url}`, { headers, signal })
}
