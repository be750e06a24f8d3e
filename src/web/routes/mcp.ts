import { Hono } from 'hono'
import type { Visitor } from '../../storage/visitors.ts'
import { signedIn } from '../access/visitor.ts'
import { calledTool, listedTools } from '../mcp/called-tool.ts'
import { codes, type Failure, failed, type Message, messageIn, succeeded } from '../mcp/json-rpc.ts'
import { type Answer, type Ask, ownApi } from '../mcp/own-api.ts'
import type { AppEnv } from '../request.ts'

/** The versions of the protocol that we speak, newest first. */
const versions = ['2025-11-25', '2025-06-18', '2025-03-26']

/** So many messages may come at once, as those of 2025-03-26 may. */
const MOST_MESSAGES = 20

/**
 * The Model Context Protocol over HTTP, without sessions and without streams: a message comes, its answer goes. A GET, which
 * would open a stream, and a DELETE, which would end a session, are answered with 405, as the standard has it.
 */
export function mcp(answer: Answer): Hono<AppEnv> {
  const route = new Hono<AppEnv>()
  route.post('/mcp', async (c) => {
    const refused = (status: 400 | 403 | 406 | 415, failure: Failure) => c.json(failed(null, failure), status)
    const invalid = (message: string): Failure => ({ code: codes.invalid, message })
    const {
      origin,
      accept = '*/*',
      'mcp-protocol-version': version,
      'content-type': type = '',
    } = c.req.header()
    // a page of another site cannot add the token, but a browser may be told to
    if (origin !== undefined && origin !== new URL(c.req.url).origin)
      return refused(403, invalid('This request came from a page of another site.'))
    if (!/^application\/json\b/i.test(type))
      return refused(415, invalid('Send a message as `Content-Type: application/json`.'))
    if (!/application\/(json|\*)|\*\/\*/i.test(accept))
      return refused(406, invalid('The answer is `application/json`, which `Accept` leaves out.'))
    if (version !== undefined && !versions.includes(version))
      return refused(400, invalid(`MCP-Protocol-Version must be one of ${versions.join(', ')}.`))
    const body = parsed(await c.req.text())
    if (body === undefined)
      return refused(400, { code: codes.unreadable, message: 'The body must be a JSON object.' })
    const messages = Array.isArray(body) ? body : [body]
    if (messages.length === 0 || messages.length > MOST_MESSAGES)
      return refused(400, invalid(`Send 1 to ${MOST_MESSAGES} messages at once.`))
    const visitor = await signedIn(c)
    const answers: object[] = []
    // one after the other: the first may be what the next builds on
    for (const each of messages) {
      const message = messageIn(each)
      if (message !== null && 'code' in message) {
        if (!Array.isArray(body)) return refused(400, message)
        answers.push(failed(null, message))
      } else if (message !== null && message.id !== null) {
        const result = await answered(message, visitor, ownApi(c, answer))
        answers.push('code' in result ? failed(message.id, result as Failure) : succeeded(message.id, result))
      }
    }
    if (answers.length === 0) return c.body(null, 202)
    c.header('cache-control', 'private, no-store')
    return c.json(Array.isArray(body) ? answers : answers[0]!)
  })
  return route
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

async function answered(
  { method, params }: Message,
  visitor: Pick<Visitor, 'scope' | 'proof'>,
  ask: Ask,
): Promise<object | Failure> {
  switch (method) {
    case 'initialize':
      return {
        protocolVersion: versions.find((each) => each === params['protocolVersion']) ?? versions[0],
        capabilities: { tools: {} },
        serverInfo: { name: 'yardstick', title: 'Yardstick', version: '1.0.0' },
        instructions,
      }
    case 'ping':
      return {}
    case 'tools/list':
      return { tools: listedTools(visitor.scope) }
    case 'tools/call':
      return calledTool(params, visitor, ask)
    default:
      return {
        code: codes.unknownMethod,
        message: `There is no method “${method.slice(0, 60)}”. There are tools, and nothing else.`,
      }
  }
}

const instructions =
  'Stock portfolios measured against the same money in a benchmark. Begin with `portfolios`. Say figures as the tools have them, with their day: calculate none yourself, and where one is null say its reason. Money is decimal text in the currency that is named; ratios are fractions, and `shown` has them as percentages.'
