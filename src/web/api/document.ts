import { type ConversionConfig, toJsonSchema } from '@valibot/to-json-schema'
import type * as v from 'valibot'
import { type Need, routeTable } from '../access/route-table.ts'
import { asks } from './asked.ts'
import { LONGEST_KEY } from '../idempotency-key.ts'
import { problem } from './answers/value.ts'
import { type Operation, operations } from './operations.ts'
import { query } from './query.ts'

/** A JSON Schema, or another part of the document. */
export type Part = Record<string, unknown>

/** The names of the routes of the JSON API, such as `GET /api/portfolios`. */
export const apiRoutes: readonly string[] = Object.keys(routeTable).filter((name) => name.includes(' /api/'))

/**
 * Returns the OpenAPI 3.1 document of the JSON API: the routes and what they need are those of the route table, bodies are the
 * schemas that check them, and answers those that a test holds them to (test/browser/api-document.test.ts). It is made when
 * the browser's part is bundled, and served as a file.
 */
export function apiDocument(): Part {
  const paths: Record<string, Part> = {}
  for (const name of apiRoutes) {
    const [method, path] = name.split(' ') as [string, string]
    const address = path.replaceAll(/:(\w+)/g, '{$1}')
    paths[address] = { ...paths[address], [method.toLowerCase()]: described(name, method, path) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Yardstick',
      version: '1.0.0',
      summary: 'Stock portfolios, measured against the same money in a benchmark.',
      description:
        'Money, shares and prices are exact decimals, as text. Ratios are numbers: 0.12 is 12 %. What is not known is null, and a reason says why. Errors are application/problem+json with a sentence that says what to do. A program sends an API token (Account, API tokens); one that may only read is refused with 403 by what changes something.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    tags: order.map((name) => ({ name })),
    security: [{ token: [] }],
    paths,
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'An API token, ys_ and 43 characters.' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: '__Host-session',
          description: 'The session of a browser.',
        },
      },
      schemas: { Problem: schemaOf(problem) },
    },
  }
}

/** What a route needs, in a sentence; the roles are those of the portfolio that the address names. */
export const needs: Readonly<Record<Need, string>> = {
  always: 'Needs nothing.',
  public: 'Needs nothing.',
  account: 'Needs an account.',
  token: 'Needs an API token.',
  session: 'Needs the session of a browser: a token makes no tokens.',
  admin: 'Needs to be who runs this Yardstick.',
  viewer: 'Needs to be a viewer, an editor or the owner of the portfolio, or the owner of the group.',
  editor: 'Needs to be an editor or the owner of the portfolio.',
  owner: 'Needs to be the owner of the portfolio.',
  group: 'Needs to be the owner of the group.',
}

function described(name: string, method: string, path: string): Part {
  const operation = operations[name]
  if (!operation) throw new Error(`the document says nothing of ${name} (web/api/operations.ts)`)
  const need = routeTable[name]!
  return {
    operationId: operationId(method, path),
    tags: [tagOf(name)],
    summary: operation.says,
    description: needs[need],
    ...(need === 'session' && { security: [{ session: [] }] }),
    ...parameters(name, path, operation),
    ...requestBody(operation),
    responses: responses(operation),
  }
}

/** `getPortfoliosIdPerformance` */
function operationId(method: string, path: string): string {
  const words = path.replace('/api/', '').split(/[/:-]+/)
  const rest = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
  return method.toLowerCase() + rest
}

/** What a route is about, by the first part of its address. */
function tagOf(name: string): string {
  const [, first = '', , third] = name.split('/api/')[1]!.match(/^([\w-]+)(\/:\w+)?(?:\/([\w-]+))?/) ?? []
  if (first !== 'portfolios') return tags[first] ?? 'Figures'
  return third === undefined ? 'Portfolios' : (tags[third] ?? 'Figures')
}

/** What is asked for most comes first. */
const order = [
  'Portfolios',
  'Figures',
  'Transactions',
  'Imports',
  'Corporate actions',
  'Dividends',
  'Prices',
  'Groups',
  'People',
  'Account',
  'Securities',
  'System',
]

const tags: Readonly<Record<string, string>> = {
  groups: 'Groups',
  account: 'Account',
  tokens: 'Account',
  notices: 'Account',
  'notice-channels': 'Account',
  securities: 'Securities',
  instruments: 'Prices',
  status: 'System',
  'dead-letters': 'System',
  transactions: 'Transactions',
  imports: 'Imports',
  'action-proposals': 'Corporate actions',
  'dividend-proposals': 'Dividends',
  'dismissed-dividends': 'Dividends',
  refreshes: 'Prices',
  members: 'People',
  invitations: 'People',
  links: 'People',
}

const named: Readonly<Record<string, string>> = {
  id: 'The id of what the address is about; of a portfolio also of a group where it only reads, or all.',
  tx: 'The id of a transaction.',
  import: 'The id of an import.',
  name: 'A dividend of the source, by ticker and ex-date: QQQ@2012-03-16.',
  member: 'The account of a member.',
  invitation: 'The id of an invitation.',
  link: 'The id of a share link.',
  token: 'The id of an API token.',
  symbol: 'A ticker, such as VOO or MY-HOUSE.',
}

function parameters(route: string, path: string, { keyed }: Operation): Part {
  const within = [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    description: named[name!],
    schema: { type: 'string' },
  }))
  const beside = (asks[route] ?? []).map((name) => {
    const { description, ...schema } = schemaOf(query[name]) as { description: string }
    return {
      name: name === 'amount_of_rows' ? 'amount' : name,
      in: 'query',
      ...(name === 'portfolio_id' && { required: true }),
      description,
      schema,
    }
  })
  const key = {
    name: 'Idempotency-Key',
    in: 'header',
    description: 'A text of your own: the same request sent twice with it is done once.',
    schema: { type: 'string', maxLength: LONGEST_KEY },
  }
  const all = [...within, ...beside, ...(keyed ? [key] : [])]
  return all.length === 0 ? {} : { parameters: all }
}

function requestBody({ body, sentBack }: Operation): Part {
  if (body === undefined) return {}
  const alone = body !== 'file' && body.type === 'object' && !sentBack && { additionalProperties: false }
  const content =
    body === 'file'
      ? {
          'application/octet-stream': {},
          'multipart/form-data': {
            schema: {
              type: 'object',
              properties: { file: { type: 'string', format: 'binary' }, answers: { type: 'string' } },
              required: ['file'],
            },
          },
          'text/csv': { schema: { type: 'string' } },
        }
      : { 'application/json': { schema: { ...schemaOf(body), ...alone } } }
  return { requestBody: { required: true, content } }
}

function responses({ answers }: Operation): Part {
  const said = Object.entries(answers).map(([code, schema]) => [
    code,
    schema === null
      ? { description: meanings[code] }
      : { description: meanings[code], content: { 'application/json': { schema: schemaOf(schema) } } },
  ])
  return {
    ...Object.fromEntries(said),
    default: {
      description: 'Refused, with a sentence.',
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    },
  }
}

const meanings: Readonly<Record<string, string>> = {
  200: 'The answer.',
  201: 'Stored.',
  202: 'Begun.',
  204: 'Done; there is nothing to say.',
}

/** What is sent, before it is brought into another form; rules that JSON Schema has no word for are in the descriptions. */
const config: ConversionConfig = { typeMode: 'input', target: 'draft-2020-12', ignoreActions: ['check'] }

function schemaOf(schema: v.GenericSchema): Part {
  const { $schema: _dialect, ...rest } = toJsonSchema(schema, config) as Part
  return rest
}
