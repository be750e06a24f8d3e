import { politeFetch, UpstreamError, type UpstreamOptions } from '../../market/http/polite-fetch.ts'
import { type Delivery, later } from '../broker.ts'

/**
 * Asks the Flex Web Service (version 3) for a statement: the first call orders it, and the next ones ask until it is made,
 * for about half a minute. Once a minute is as often as one token may order.
 *
 * Source: https://www.interactivebrokers.com/campus/ibkr-api-page/flex-web-service/
 */
export function flexStatements(
  options: UpstreamOptions,
  base: string,
): (opened: { token: string; query: string }) => Promise<Delivery> {
  const own = new URL(base).hostname
  const sleep = options.sleep ?? ((ms: number) => new Promise((resolve) => setTimeout(resolve, ms)))
  const ask = politeFetch(
    {
      name: 'Interactive Brokers',
      endpointOf: () => 'flex',
      isUrgent: () => false,
      isOwnHost: (host) => host === own,
      refusal: ({ status }) =>
        status >= 400
          ? new UpstreamError('turned-away', `Interactive Brokers answered HTTP ${status}`)
          : null,
    },
    options,
  )
  const call = async (method: string, t: string, q: string): Promise<string> => {
    const query = new URLSearchParams({ t, q, v: '3' })
    // without one of its own the service refuses a program
    const headers = { 'user-agent': 'Yardstick/1.0' }
    return (await ask(`${base.replace(/\/+$/, '')}/${method}?${query.toString()}`, { headers })).text()
  }

  return async ({ token, query }) => {
    try {
      const ordered = statusOf(await call('SendRequest', token, query))
      if (ordered?.reference === undefined) return ordered?.failed ?? notUnderstood
      for (const wait of WAITS) {
        await sleep(wait)
        const text = await call('GetStatement', token, ordered.reference)
        const status = statusOf(text)
        if (status === null) return { status: 'ok', text }
        if (status.code !== IN_PROGRESS) return status.failed ?? notUnderstood
      }
      return later('Interactive Brokers is still making the statement.')
    } catch (error) {
      if (!(error instanceof UpstreamError)) throw error
      return later(`${error.message}.`, error.retryAfter)
    }
  }
}

/** In milliseconds: most statements are made within some seconds. */
const WAITS = [1_000, 2_000, 3_000, 5_000, 5_000, 5_000, 5_000, 5_000]

const IN_PROGRESS = '1019'
const notUnderstood = later('Interactive Brokers answered something that is not a statement.')

/** What the person can do about an error that stays; every other passes. */
const refusals: Readonly<Record<string, string>> = {
  '1010': 'The query is of an old kind that is no longer supported. Create an Activity Flex Query.',
  '1011': 'The Flex Web Service is switched off for this account. Switch it on at Interactive Brokers.',
  '1012': 'The token has expired. Create a new one at Interactive Brokers and enter it here.',
  '1013': 'The token is limited to other network addresses. Create one without such a limit.',
  '1014': 'There is no query with this Query ID. Look it up at Interactive Brokers and enter it here.',
  '1015': 'The token is not valid. Create a new one at Interactive Brokers and enter it here.',
  '1016': 'The account of this token is not valid.',
  '1020': 'Interactive Brokers cannot read this token and Query ID. Enter both again.',
}

/**
 * What the service says instead of a statement; null for anything else, which is one.
 *
 * <FlexStatementResponse timestamp='28 August, 2012 10:37 AM EDT'><Status>Success</Status>
 *   <ReferenceCode>1234567890</ReferenceCode><Url>https://…</Url></FlexStatementResponse>
 * <FlexStatementResponse …><Status>Fail</Status><ErrorCode>1012</ErrorCode><ErrorMessage>Token has expired.</ErrorMessage>…
 */
function statusOf(text: string): { reference?: string; code?: string; failed?: Delivery } | null {
  // four elements without attributes, of which two count: a parser would tell no more
  if (!/^(?:\uFEFF|\s|<\?[^>]*\?>)*<FlexStatementResponse\b/.test(text)) return /\S/.test(text) ? null : {}
  const element = (name: string) => new RegExp(`<${name}>\\s*([^<]*?)\\s*</${name}>`).exec(text)?.[1]
  const [status, code] = [element('Status'), element('ErrorCode')]
  const reference = element('ReferenceCode')
  // the address that it names is not followed: a token goes to the host that it was made for
  if (status === 'Success' && reference !== undefined && /^\w{1,40}$/.test(reference)) return { reference }
  if (code === undefined) return {}
  const refused = refusals[code]
  const failed: Delivery =
    refused === undefined
      ? later(`Interactive Brokers has no statement at the moment (its error ${code.slice(0, 8)}).`)
      : { status: 'refused', reason: refused }
  return { code, failed }
}
