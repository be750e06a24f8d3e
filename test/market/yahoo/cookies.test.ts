import { describe, expect, it } from 'vitest'
import { ExtendedCookieJar } from 'yahoo-finance2/lib/cookieJar'
import { yahoo } from '../../../src/market/yahoo/client.ts'
import { row, rows } from '../fake-upstream.ts'

// These tests run on Node and on workerd, both times with the alias of wrangler.toml.

const AAPL = 'https://finance.yahoo.com/quote/AAPL'
const CONSENT = 'https://consent.yahoo.com/v2/collectConsent?sessionId=3_cc-session_1'
const COPY = 'https://guce.yahoo.com/copyConsent?sessionId=3_cc-session_1&lang=en-GB'

type Asked = { method: string; url: string; cookies: string[]; body: string }

/** A fetch that answers as Yahoo does to a visitor from Europe, and what it was asked. */
function european(): { fetch: typeof fetch; asked: Asked[] } {
  const asked: Asked[] = []
  const fetch = async (input: RequestInfo | URL, init: RequestInit = {}) => {
    const url = input instanceof Request ? input.url : String(input)
    const cookies = (new Headers(init.headers).get('cookie') ?? '').split('; ').filter(Boolean).toSorted()
    const body = typeof init.body === 'string' ? init.body : ''
    asked.push({ method: init.method ?? 'GET', url, cookies, body })
    return respond(asked.at(-1)!)
  }
  return { fetch, asked }
}

function respond({ method, url, cookies }: Asked): Response {
  const isSignedIn = cookies.includes('A1=d=1')
  switch (`${method} ${url}`) {
    case `GET ${AAPL}`:
      return redirect('https://guce.yahoo.com/consent?brandType=nonEu', [
        'GUCS=abc; Max-Age=1800; Domain=.yahoo.com; Path=/; Secure',
      ])
    case 'GET https://guce.yahoo.com/consent?brandType=nonEu':
      return redirect(CONSENT)
    case `GET ${CONSENT}`:
      return new Response(
        `<form><input type="hidden" name="csrfToken" value="X&#x2F;1"><input type="hidden" name="namespace" value="yahoo"></form>`,
        { headers: { 'content-type': 'text/html' } },
      )
    case `POST ${CONSENT}`:
      return redirect(COPY, ['CFC=AQ; Domain=consent.yahoo.com; Path=/; Secure'])
    case `GET ${COPY}`:
      return redirect(`${AAPL}?guccounter=1`, [
        'A1=d=1; Max-Age=31557600; Domain=.yahoo.com; Path=/; Secure; HttpOnly',
        'A3=d=3; Max-Age=31557600; Domain=.yahoo.com; Path=/; Secure; SameSite=None',
      ])
    case `GET ${AAPL}?guccounter=1`:
      return new Response('<!doctype html>', { headers: { 'content-type': 'text/html' } })
    case 'GET https://query1.finance.yahoo.com/v1/test/getcrumb':
      return isSignedIn ? new Response('cRuMb.1') : new Response('', { status: 401 })
    default:
      return isSignedIn && url.includes('crumb=cRuMb.1')
        ? rows(row('AAPL'))
        : new Response('', { status: 401 })
  }
}

function redirect(location: string, cookies: readonly string[] = []): Response {
  const headers = new Headers({ location })
  for (const cookie of cookies) headers.append('set-cookie', cookie)
  return new Response(null, { status: 302, headers })
}

describe('the pages of the consent', () => {
  it('are gone through, and each host is sent the cookies that are its own', async () => {
    const { fetch, asked } = european()
    const source = yahoo({ fetch, now: () => Date.parse('2026-03-09T15:00:00Z'), sleep: async () => {} })
    const answer = (await source.quotes(['AAPL'])).get('AAPL')
    expect(answer).toMatchObject({ status: 'ok', value: { quote: { symbol: 'AAPL', price: '150.5' } } })
    expect(asked.map(({ method, url, cookies }) => [method, new URL(url).host, ...cookies])).toEqual([
      ['GET', 'finance.yahoo.com'],
      ['GET', 'guce.yahoo.com', 'GUCS=abc'],
      ['GET', 'consent.yahoo.com', 'GUCS=abc'],
      ['POST', 'consent.yahoo.com', 'GUCS=abc'],
      // what belongs to consent.yahoo.com stays there
      ['GET', 'guce.yahoo.com', 'GUCS=abc'],
      ['GET', 'finance.yahoo.com', 'A1=d=1', 'A3=d=3', 'GUCS=abc'],
      ['GET', 'query1.finance.yahoo.com', 'A1=d=1', 'A3=d=3', 'GUCS=abc'],
      ['GET', 'query2.finance.yahoo.com', 'A1=d=1', 'A3=d=3', 'GUCS=abc'],
    ])
    expect(asked[3]!.body).toBe('csrfToken=X%2F1&namespace=yahoo&agree=agree&agree=agree')
  })
})

describe('the jar', () => {
  const jarWith = async (cookie: string, url: string) => {
    const jar = new ExtendedCookieJar()
    await jar.setFromSetCookieHeaders([cookie], url)
    return (target: string) => jar.getCookieString(target)
  }

  it('sends the cookies of yahoo.com to its hosts and to no other', async () => {
    const sentTo = await jarWith('A1=1; Domain=.yahoo.com; Path=/; Secure', AAPL)
    expect(await sentTo('https://query2.finance.yahoo.com/v7/finance/quote')).toBe('A1=1')
    expect(await sentTo('https://yahoo.com/')).toBe('A1=1')
    expect(await sentTo('https://notyahoo.com/')).toBe('')
    expect(await sentTo('https://example.com/')).toBe('')
    expect(await sentTo('http://finance.yahoo.com/')).toBe('')
  })

  it('refuses a cookie for a whole top-level domain, or for another site', async () => {
    await expect(jarWith('A1=1; Domain=com', AAPL)).rejects.toThrow('public suffix')
    await expect(jarWith('A1=1; Domain=example.com', AAPL)).rejects.toThrow('not in this host')
  })

  it('keeps the crumb under the address that yahoo-finance2 invents for it', async () => {
    expect(await (await jarWith('crumb=1', 'http://config.yf2/'))('http://config.yf2/')).toBe('crumb=1')
  })

  // what is given up with the list: the Worker talks to no host that ends so
  it('knows no suffix of two labels, which shows that the alias is in force', async () => {
    const sentTo = await jarWith('a=1; Domain=co.uk', 'https://one.co.uk/')
    expect(await sentTo('https://two.co.uk/')).toBe('a=1')
  })
})
