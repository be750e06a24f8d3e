import { html } from './html.ts'
import type { Part } from '../api/document.ts'

// The document of the API as a page to read. It is written when the browser's part is bundled, because it is the same for
// everybody: the Worker puts it into the frame of a page.

type Schema = {
  type?: string
  format?: string
  pattern?: string
  enum?: (string | null)[]
  const?: string | number | boolean | null
  description?: string
  anyOf?: Schema[]
  items?: Schema
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: Schema | boolean
}
type Content = { content?: Record<string, { schema?: Schema }> }
type Operation = {
  operationId: string
  tags: string[]
  summary: string
  description: string
  parameters?: { name: string; in: string; description: string; required?: boolean; schema: Schema }[]
  requestBody?: Content
  responses: Record<string, Content & { description: string }>
}
type Document = {
  info: { summary: string; description: string }
  tags: { name: string }[]
  paths: Record<string, Record<string, Operation>>
}
type Html = ReturnType<typeof html>

/** The page's content, as HTML. */
export function apiReference(document: Part): string {
  const { info, tags, paths } = document as unknown as Document
  const all = Object.entries(paths).flatMap(([path, ways]) =>
    Object.entries(ways).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  )
  const sections = tags.map(({ name }) => {
    const own = all.filter(({ operation }) => operation.tags.includes(name))
    return html`<section class="panel" aria-labelledby="${anchor(name)}"><h2 id="${anchor(name)}">${name}</h2>${own.map(one)}</section>`
  })
  const links = tags.map(({ name }) => html`<li><a href="#${anchor(name)}">${name}</a></li>`)
  return html`<div class="sheet reference"><div class="topline"><h1>API</h1></div><section class="panel" aria-label="About"><p class="lead">${info.summary}</p><p>${info.description}</p><p>For programs: <a href="/openapi.json">OpenAPI 3.1</a>. For assistants: the Model Context Protocol at <code>/mcp</code>.</p><ul class="exports" aria-label="Parts">${links}</ul></section>${sections}</div>`.toString()
}

function one({ method, path, operation }: { method: string; path: string; operation: Operation }): Html {
  const { operationId, summary, description, parameters = [], requestBody, responses } = operation
  const asked = parameters.map(({ name, in: where, required, description: says, schema }) =>
    field({
      name,
      kind: kindOf(schema),
      note: where === 'query' ? (required ? 'needed' : '') : `in the ${where}`,
      says,
    }),
  )
  const body = Object.values(requestBody?.content ?? {}).at(-1)?.schema
  const sent =
    body &&
    (body.properties
      ? fieldsOf({ ...body, required: Object.keys(body.properties) })
      : [field({ name: 'The file', kind: 'text or bytes' })])
  const answers = Object.entries(responses)
    .filter(([code]) => code !== 'default')
    .map(([code, { description: means, content }]) => {
      const schema = content?.['application/json']?.schema
      return html`<h3>${code}: ${means}</h3>${schema && list(fieldsOf(schema))}`
    })
  return html`<details class="operation" id="${operationId}"><summary><code>${method}</code> <code>${path}</code> <span>${summary}</span></summary><p class="aside">${description}</p>${asked.length > 0 && html`<h3>In the address</h3>${list(asked)}`}${sent && html`<h3>In the body</h3>${list(sent)}`}${answers}</details>`
}

function list(fields: readonly Html[]): Html {
  return html`<dl class="fields">${fields}</dl>`
}

function field({
  name,
  kind,
  note = '',
  says = '',
}: {
  name: string
  kind: string
  note?: string
  says?: string
}): Html {
  return html`<div><dt><code>${name}</code></dt><dd><span>${[kind, note].filter(Boolean).join(', ')}</span> ${says}</dd></div>`
}

/** Every field of an object, those within by their way: `holdings[].price`. */
function fieldsOf(schema: Schema, way = ''): Html[] {
  const inner = within(schema)
  if (inner !== schema) return fieldsOf(inner, way)
  if (schema.items) return fieldsOf(schema.items, `${way}[]`)
  if (typeof schema.additionalProperties === 'object' && !schema.properties)
    return fieldsOf(schema.additionalProperties, `${way}.*`)
  if (schema.anyOf) return schema.anyOf.flatMap((each) => fieldsOf(each, way))
  return Object.entries(schema.properties ?? {}).flatMap(([name, each]) => {
    const own = way === '' ? name : `${way}.${name}`
    const note = schema.required?.includes(name) ? '' : 'may be absent'
    const says = each.description ?? within(each).description ?? ''
    return [
      field({ name: own, kind: kindOf(each), note, says: isPlain(says) ? '' : says }),
      ...fieldsOf(each, own),
    ]
  })
}

/** What the kind says already. */
function isPlain(says: string): boolean {
  return /^(An exact decimal|A fraction)/.test(says)
}

/** A schema without its null. */
function within(schema: Schema): Schema {
  const others = schema.anyOf?.filter(({ type }) => type !== 'null') ?? []
  return others.length === 1 ? others[0]! : schema
}

function kindOf(schema: Schema): string {
  if (schema.anyOf) {
    const kinds = [...new Set(schema.anyOf.map(kindOf))]
    return kinds.join(' or ')
  }
  if (schema.enum) return schema.enum.map((each) => (each === '' ? 'nothing' : String(each))).join(' | ')
  if (schema.const !== undefined) return String(schema.const)
  if (schema.items) return `list of ${plural(kindOf(schema.items))}`
  if (schema.properties) return 'object'
  if (schema.additionalProperties) return 'object by name'
  if (schema.format !== undefined) return formats[schema.format] ?? schema.format
  if (schema.pattern === DECIMAL) return 'decimal'
  return kinds[schema.type ?? ''] ?? 'anything'
}

function plural(kind: string): string {
  return kind === 'object' ? 'objects' : kind
}

const DECIMAL = String.raw`^-?\d+(\.\d+)?$`
const formats: Readonly<Record<string, string>> = { date: 'day', 'date-time': 'instant', uuid: 'id' }
const kinds: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'number',
  integer: 'whole number',
  boolean: 'true or false',
  null: 'null',
  object: 'object',
}

function anchor(name: string): string {
  return name.toLowerCase().replaceAll(' ', '-')
}
