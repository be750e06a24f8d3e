import { createExecutionContext, runInDurableObject, waitOnExecutionContext } from 'cloudflare:test'
import { env, exports } from 'cloudflare:workers'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { routeTable } from '../../../src/web/access/route-table.ts'
import { app } from '../../../src/web/app.tsx'
import { SESSION } from '../../worker/account.ts'
import { HOST, json, newPortfolio, request, send, settled, signed } from '../../worker/app.ts'
import { listen } from '../../worker/socket.ts'
import { setClock } from '../../worker/clock.ts'

beforeEach(() => setClock())
afterEach(() => setClock())

let id: string
let group: string
beforeAll(async () => {
  setClock()
  id = await newPortfolio({ benchmarks: [] })
  await settled(id)
  const made = await send('/api/groups', { name: 'Family', portfolios: [id] })
  group = ((await made.json()) as { id: string }).id
})

/** Every route of the app, as method and path, without its middleware. */
const routes = [...new Set(app.routes.map(({ method, path }) => `${method} ${path}`))]
  .filter((route) => !route.startsWith('ALL '))
  .map((route) => route.split(' ') as [method: string, path: string])
const changing = routes.filter(([method]) => method !== 'GET')
const isApi = (path: string) => path.startsWith('/api/') || path.endsWith('.json') || path === '/mcp'
/** Those that carry on without a body: their only field is in the address. */
const bodiless =
  /\/(delete|remove|restore|refreshes|resend|local|end|revoke|test|recovery-codes|sign-out(-everywhere)?)$/
const forms = changing.filter(
  ([, path]) => !isApi(path) && !bodiless.test(path.replace('settings/delete', '')),
)

const addressOf = (path: string) =>
  path
    .replace(':id', path.includes('/groups/') ? group : id)
    .replace(':symbol', 'AAPL')
    .replace(':name', 'QQQ@2012-03-16')
    .replace(/:region\{.*\}/, 'holdings')
    .replaceAll(/:[a-z]+/g, 'x')
const sent = (method: string, path: string, headers: Record<string, string>, body?: string) =>
  request(addressOf(path), { method, headers, ...(body !== undefined && { body }) })

/** Whether the answer is a sentence in the shape that its reader takes: problem+json, or the frame of a page. */
async function isSaid(answer: Response, path: string): Promise<boolean> {
  const text = await answer.text()
  if (isApi(path)) return typeof (JSON.parse(text) as { detail: unknown }).detail === 'string'
  return text.includes('<main') && text.includes('<h1>')
}

describe('a form that is none', () => {
  it.each(forms)('is refused with a page: %s %s', async (method, path) => {
    const bodies: [status: number, type: string, body: string][] = [
      [400, 'multipart/form-data; boundary=x', 'garbage'],
      [400, 'multipart/form-data', 'garbage'],
      [400, 'multipart/form-data; boundary=x', '--x\r\nContent-Disposition: form-data; name="a'],
      [415, 'application/json', '{}'],
      [415, 'text/xml', '<a/>'],
      [400, 'application/x-www-form-urlencoded', 'name=100%&note=100%'],
      [400, 'application/x-www-form-urlencoded', 'name=%E0%A4%A&text=%E0%A4%A'],
      [422, 'application/x-www-form-urlencoded', 'name=a%00b&note=a%00b'],
      [
        413,
        'application/x-www-form-urlencoded',
        `name=${'x'.repeat(path.endsWith('/import') ? 25_100_000 : path.endsWith('/imports') ? 5_100_000 : 70_000)}`,
      ],
    ]
    for (const [status, type, body] of bodies) {
      const answer = await sent(method, path, { 'content-type': type }, body)
      expect([type, body.slice(0, 20), answer.status]).toEqual([type, body.slice(0, 20), status])
      expect(await isSaid(answer, path)).toBe(true)
    }
  })
})

describe('a request from a page of another site', () => {
  const origins = { own: HOST, foreign: 'https://evil.test', null: 'null', none: undefined }
  const sites = ['same-origin', 'same-site', 'cross-site', 'none', undefined]
  const types = [
    'application/json',
    'application/json; charset=utf-8',
    'text/plain',
    'text/csv',
    'application/octet-stream',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'image/png',
    undefined,
  ]
  /** What a browser sends of a page of ours: it names our site in one header at least, and no other in any. */
  const isOwn = (origin: string, site: string | undefined) =>
    (origin === 'own' && (site === undefined || site === 'same-origin')) ||
    (origin === 'none' && site === 'same-origin')

  const named = (headers: Record<string, string | undefined>) =>
    Object.fromEntries(Object.entries(headers).flatMap(([name, value]) => (value ? [[name, value]] : [])))
  // sent with its length, as a browser does: the app reads one without to measure it, twenty thousand times here
  const written = new TextEncoder().encode('{"name":"x"}')
  const statusOf = async (method: string, path: string, headers: Record<string, string | undefined>) => {
    const context = createExecutionContext()
    const body = method === 'DELETE' ? null : written
    const length = body && { 'content-length': String(body.byteLength) }
    const sent = new Request(HOST + addressOf(path), {
      method,
      body,
      headers: named({ ...headers, ...length }),
    })
    const answer = await app.fetch(sent, env, context)
    await answer.body?.cancel()
    return answer.status
  }

  it.each(changing)('changes nothing, whatever its content type: %s %s', async (method, path) => {
    const passed: string[] = []
    for (const [name, origin] of Object.entries(origins))
      for (const site of sites)
        for (const type of types) {
          if (isOwn(name, site)) continue
          const headers = { origin, 'sec-fetch-site': site, 'content-type': type, ...SESSION }
          const status = await statusOf(method, path, headers)
          if (status !== 403) passed.push(`${name}, ${site}, ${type}: ${status}`)
        }
    expect(passed).toEqual([])
  })

  it('is not read, though it does not say its length', async () => {
    let pulled = 0
    const body = new ReadableStream<Uint8Array>(
      { pull: (controller) => (pulled++, controller.enqueue(new Uint8Array(100_000))) },
      { highWaterMark: 0 },
    )
    const headers = { origin: origins.foreign, ...SESSION }
    const sent = new Request(`${HOST}/account/import`, { method: 'POST', body, headers })
    expect((await app.fetch(sent, env, createExecutionContext())).status).toBe(403)
    expect(pulled).toBe(0)
  })

  it('is let through from our own page', async () => {
    for (const [name, origin] of Object.entries(origins))
      for (const site of sites)
        for (const type of types) {
          if (!isOwn(name, site)) continue
          const headers = { origin, 'sec-fetch-site': site, 'content-type': type, ...SESSION }
          expect(await statusOf('PUT', '/api/portfolios', headers)).toBe(405)
        }
  })

  it('is one of another port or scheme, too', async () => {
    for (const origin of [HOST.replace('https', 'http'), `${HOST}:8443`, `${HOST}.evil.test`, ''])
      expect(await statusOf('PUT', '/api/portfolios', { origin: origin || ' ', ...SESSION })).toBe(403)
  })

  it('does not matter of a program that has a token, and no session beside it', async () => {
    const token = { authorization: `Bearer ys_${'t'.repeat(43)}` }
    for (const origin of Object.values(origins))
      for (const site of sites) {
        const headers = { origin, 'sec-fetch-site': site, ...token }
        expect(await statusOf('PUT', '/api/portfolios', headers)).toBe(405)
        const isPages = (origin ?? HOST) === HOST && (site ?? 'same-origin') === 'same-origin'
        const isNamed = origin !== undefined || site !== undefined
        expect(await statusOf('PUT', '/api/portfolios', { ...headers, ...SESSION })).toBe(
          isPages && isNamed ? 405 : 403,
        )
      }
    for (const authorization of ['Bearer ys_short', 'Basic eDp5', `Bearer ${'t'.repeat(43)}`])
      expect(await statusOf('PUT', '/api/portfolios', { origin: 'https://evil.test', authorization })).toBe(
        403,
      )
  })

  it('is answered 401 with the way in where it names no site and nobody is signed in', async () => {
    const told = []
    for (const [method, path] of changing) {
      const sent = new Request(HOST + addressOf(path), { method, body: method === 'DELETE' ? null : '{}' })
      const { status, headers } = await exports.default.fetch(sent)
      const isPublic = ['public', 'always'].includes(routeTable[`${method} ${path.replace(/\{.*\}/, '')}`]!)
      const way = isApi(path) && !isPublic ? 'Bearer realm="Yardstick"' : null
      const asExpected = status === (isPublic ? 403 : 401) && headers.get('www-authenticate') === way
      if (!asExpected) told.push([method, path, status])
    }
    expect(told).toEqual([])
  })

  it('is told what a program sends that has a session and names no site', async () => {
    const answer = await exports.default.fetch(signed(`${HOST}/api/portfolios`, { method: 'POST' }))
    expect(((await answer.json()) as { detail: string }).detail).toBe(
      `Send the header \`Origin: ${HOST}\`, or an API token in place of the session.`,
    )
  })
})

describe('a method that an address does not take', () => {
  it.each([
    ['POST', '/status', 'GET'],
    ['PUT', '/portfolios/:id/transactions', 'GET, POST'],
    ['OPTIONS', '/api/portfolios', 'GET, POST'],
    ['PATCH', '/api/portfolios/:id/transactions/:tx', 'GET, PUT, DELETE'],
    ['DELETE', '/portfolios/:id/holdings', 'GET'],
    ['PROPFIND', '/', 'GET'],
    ['GET', '/preferences', 'POST'],
    ['HEAD', '/preferences', 'POST'],
  ])('%s %s is told what it takes: %s', async (method, path, allow) => {
    const answer = await sent(method, path, {})
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, allow])
    expect(method === 'HEAD' || (await isSaid(answer, path))).toBe(true)
  })

  it('is no refusal where there is nothing: that is a 404', async () => {
    expect((await sent('PUT', '/nowhere', {})).status).toBe(404)
    expect((await sent('HEAD', '/portfolios/:id', {})).status).toBe(200)
  })
})

describe('what every answer says of itself', () => {
  it.each([
    '/',
    '/portfolios/:id',
    '/portfolios/:id/holdings',
    '/api/portfolios',
    '/status',
    '/nowhere',
    '/preferences',
  ])('that it is private, and in no frame: %s', async (path) => {
    const { headers } = await sent('GET', path, {})
    expect(headers.get('cache-control')).toMatch(/^private, no-(cache|store)$/)
    expect(headers.get('x-frame-options')).toBe('DENY')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('permissions-policy')).toContain('camera=()')
  })
})

describe('text that cannot be stored', () => {
  it.each([
    ['NUL', 'a\0b'],
    ['a bell', 'a\x07b'],
    ['half of a character', 'a\ud800b'],
    ['the other half', 'a\udc00b'],
  ])('is refused in every field of JSON: %s', async (_, text) => {
    // JSON.stringify writes each of them as an escape
    const named = await send('/api/portfolios', { name: text })
    const noted = await send(`/api/portfolios/${id}/transactions`, {
      type: 'deposit',
      date: '2034-01-03',
      amount: '1',
      note: text,
    })
    for (const answer of [named, noted]) {
      expect(answer.status).toBe(422)
      expect(((await answer.json()) as { detail: string }).detail).toMatch(
        /contains (a control|half of a) character/,
      )
    }
  })
})

describe('the query of an address of the API', () => {
  const api = routes.filter(([, path]) => path.startsWith('/api/'))
  const detailOf = async (path: string, method = 'GET') => {
    const answer = await request(path, { method })
    return [answer.status, ((await answer.json()) as { detail?: string }).detail]
  }

  it('is refused for a name that is not asked, which may be a misspelled one, before anything is done', async () => {
    for (const [method, path] of api) {
      const [status, detail] = await detailOf(`${addressOf(path)}?previw=1`, method)
      expect([method, path, status, detail]).toEqual([method, path, 400, expect.stringContaining('previw')])
    }
    expect(await detailOf(`/api/portfolios/${id}`)).toEqual([200, undefined])
  })

  it('says what is taken in place of it', async () => {
    const path = `/api/portfolios/${id}/transactions`
    expect(await detailOf(`${path}?limitt=3`)).toEqual([
      400,
      'This address takes no parameter “limitt”. It takes limit, after, derived and as_of.',
    ])
    expect(await detailOf(`${path}?limit=1&limit=2`)).toEqual([400, 'limit is given more than once.'])
    const chart = '/api/dashboard-chart-data'
    expect((await detailOf(chart))[1]).toContain('`portfolio_id` is missing')
    expect((await detailOf(`${chart}?portfolio_id=${id}&until=2034-02-01`))[1]).toContain('`what_if`')
  })

  it('may have a day and a revision wherever it reads, which a program adds to every address', async () => {
    for (const path of ['/api/portfolios', `/api/portfolios/${id}/risk`]) {
      expect((await detailOf(`${path}?as_of=2034-01-31&revision=1`))[0]).toBe(200)
      expect((await detailOf(`${path}?as_of=soon`))[1]).toContain('as_of must be a date')
      expect((await detailOf(`${path}?revision=x`))[1]).toContain('revision must be')
    }
  })

  it('is nothing that a page for people minds', async () => {
    for (const path of ['/api', '/portfolios/new', `/portfolios/${id}/transactions`])
      expect((await request(`${path}?utm_source=mail&v=3`)).status).toBe(200)
  })
})

describe('an address', () => {
  it('is read up to a length', async () => {
    expect((await request(`/portfolios/${id}?x=${'a'.repeat(2040)}`)).status).toBe(200)
    const long = await request(`/portfolios/${id}?x=${'a'.repeat(2100)}`)
    expect([long.status, await isSaid(long, '/portfolios')]).toEqual([414, true])
    expect((await request(`/api/portfolios?x=${'a'.repeat(2100)}`)).status).toBe(414)
  })
})

describe('an idempotency key', () => {
  const deposit = (amount: string, key: string) =>
    send(`/api/portfolios/${id}/transactions`, { type: 'deposit', date: '2034-01-04', amount }, 'POST', {
      'idempotency-key': key,
    })

  it('answers the same request with the same row, and refuses another', async () => {
    const first = (await (await deposit('1', 'once')).json()) as { id: string }
    expect(await (await deposit('1', 'once')).json()).toMatchObject({ id: first.id, amount: '1' })
    const other = await deposit('2', 'once')
    expect(other.status).toBe(422)
    const { transactions } = await json(`/api/portfolios/${id}/transactions`)
    const amounts: string[] = transactions.map((row: { amount: string }) => row.amount)
    expect(amounts.filter((amount) => amount === '1')).toHaveLength(1)
    expect(amounts).not.toContain('2')
  })

  it('is refused when it is too long, not cut', async () => {
    expect((await deposit('3', 'k'.repeat(201))).status).toBe(400)
    expect((await deposit('3', 'k'.repeat(200))).status).toBe(201)
  })
})

describe('a socket that the other end closes', () => {
  // the runtime hands over whatever code came in the frame, and throws when it is asked to send most of them
  it.each([1000, 1001, 3000, 4401, 4999, 999, 1004, 1005, 1006, 1015, 5000, 65_535])(
    'leaves the portfolio unwatched, with code %i',
    async (code) => {
      const page = await listen(id)
      const watched = () =>
        env.DB.prepare('SELECT watched_until FROM portfolios WHERE id = ?').bind(id).first('watched_until')
      expect(await watched()).toBeGreaterThan(0)
      await runInDurableObject(env.PORTFOLIO.getByName(id), (coordinator, state) =>
        coordinator.webSocketClose(state.getWebSockets()[0]!, code),
      )
      expect(await watched()).toBe(0)
      page.close()
    },
  )
})

describe('a Yardstick on one’s own machine', () => {
  const at = async (host: string, vars: object = { DEV_LOGIN: '1' }) => {
    const context = createExecutionContext()
    const answer = await app.request(`http://${host}/healthz`, {}, { ...env, ...vars }, context)
    await waitOnExecutionContext(context)
    return answer.status
  }

  it.each(['localhost:8787', 'LOCALHOST:8787', '127.0.0.1', '127.0.0.2:80', '[::1]:8787', '2130706433'])(
    'answers under a name of the machine: %s',
    async (host) => expect(await at(host)).toBe(200),
  )

  it.each(['evil.test', 'localhost.evil.test', '127.0.0.1.evil.test', 'localhost.', '192.168.0.2', '[::2]'])(
    'answers nothing under another: %s',
    async (host) => expect(await at(host)).toBe(421),
  )

  it('is not taken for one without the variable that npm start sets', async () => {
    expect(await at('yardstick.example', {})).toBe(200)
  })
})
