import type { Row } from './backup-file.ts'
import { chosenAccount } from './chosen-account.ts'
import { type Ended, fail, failSigned, root, wrangler } from './wrangler.ts'

/** What Cloudflare's API has answered, and where the next page begins; `refused` has what wrangler would have said. */
export type Answer<T> = { result: T; next?: string | undefined; refused?: undefined } | { refused: Ended }

/**
 * Asks Cloudflare's API about the account that wrangler is signed in to. A start of wrangler takes a second, of which a
 * question needs a hundredth; what is more than a question, such as an upload, is left to it.
 *
 * `path` begins below the account: `queues`. See https://developers.cloudflare.com/api/.
 */
export async function ask<T>(method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown) {
  return below<T>(`/accounts/${await accountId()}/${path}`, method, body)
}

/** All that a list has, whose pages have a hundred each; ends with the sentence where it cannot be read. */
export async function listed<T>(path: string, sentence: string): Promise<T[]> {
  const all: T[] = []
  for (let page = 1; ; page++) {
    const given = `${path}${path.includes('?') ? '&' : '?'}page=${page}&per_page=100`
    const answer = await ask<T[]>('GET', given)
    if (answer.refused) failSigned(sentence, answer.refused)
    all.push(...answer.result)
    if (answer.result.length < 100) return all
  }
}

/** The rows that each statement of a text selects in a database of the account. */
export async function selectIn(database: string, sql: string): Promise<Answer<Row[][]>> {
  const answer = await ask<{ results: Row[] }[]>('POST', `d1/database/${database}/query`, { sql })
  return answer.refused ? answer : { result: answer.result.map(({ results }) => results) }
}

export type Database = { uuid: string; name: string }
export type Namespace = { id: string; title: string }
export type Queue = { queue_id: string; queue_name: string }

/** The database of this name; undefined when there is none. */
export async function databaseNamed(name: string): Promise<Database | undefined> {
  const found = await listed<Database>(`d1/database?name=${name}`, 'Couldn’t look for the database.')
  return found.find((each) => each.name === name)
}

/** The KV namespace of this title; undefined when there is none. */
export async function namespaceTitled(title: string): Promise<Namespace | undefined> {
  const found = await listed<Namespace>('storage/kv/namespaces', 'Couldn’t look for the KV namespace.')
  return found.find((each) => each.title === title)
}

/** The queue of this name; undefined when there is none. */
export async function queueNamed(name: string): Promise<Queue | undefined> {
  const found = await listed<Queue>(`queues?name=${name}`, `Couldn’t look for the queue ${name}.`)
  return found.find((each) => each.queue_name === name)
}

let known: Promise<string> | undefined

/** The account that is meant. Whatever wrangler does later in this process is done to the same. */
function accountId(): Promise<string> {
  return (known ??= (async () => {
    const chosen = chosenAccount(root, process.env)
    if (chosen) return (process.env.CLOUDFLARE_ACCOUNT_ID = chosen)
    const answer = await below<{ id: string; name: string }[]>('/accounts?per_page=50', 'GET')
    if (answer.refused) failSigned('Couldn’t look for your account.', answer.refused)
    const [first, ...others] = answer.result
    const names = answer.result.map(({ id, name }) => `  ${id}  ${name}`).join('\n')
    if (first === undefined || others.length > 0)
      fail(
        `Say which account is meant: put its id into CLOUDFLARE_ACCOUNT_ID, in the environment or in a file .env here.${names === '' ? '' : ` You may use\n${names}`}`,
      )
    return (process.env.CLOUDFLARE_ACCOUNT_ID = first.id)
  })())
}

/** In milliseconds. A query of D1 may take half of it. */
const PATIENCE = 60_000

async function below<T>(path: string, method: string, body?: unknown): Promise<Answer<T>> {
  const base = process.env.CLOUDFLARE_API_BASE_URL ?? 'https://api.cloudflare.com/client/v4'
  const headers = { ...(await signedIn()), 'content-type': 'application/json' }
  try {
    const answer = await fetch(base + path, {
      method,
      headers,
      signal: AbortSignal.timeout(PATIENCE),
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    if (!answer.ok) return { refused: refused(errorsIn(text, answer)) }
    const { result, result_info } = JSON.parse(text) as Whole<T>
    return { result, next: result_info?.cursor || undefined }
  } catch (error) {
    const { name, message, cause } = error as Error
    const why = `didn’t answer: ${(cause as Error | undefined)?.message ?? message}`
    const silent = `didn’t answer within ${PATIENCE / 1000} seconds. Try again later.`
    return { refused: refused(`${base} ${name === 'TimeoutError' ? silent : why}`) }
  }
}

/** An empty cursor is that of the last page. */
type Whole<T> = { result: T; result_info?: { cursor?: string } }

const refused = (errors: string): Ended => ({ code: 1, output: '', errors })

/** `{"success": false, "errors": [{"code": 10000, "message": "Authentication error"}], "result": null}` */
function errorsIn(text: string, { status }: Response): string {
  try {
    const { errors } = JSON.parse(text) as { errors: { code: number; message: string }[] }
    return errors.map(({ code, message }) => `${message} [code: ${code}]`).join('\n')
  } catch {
    return `Cloudflare answered ${status}: ${text.slice(0, 200)}`
  }
}

let headers: Promise<Record<string, string>> | undefined

/** What says who is asking. wrangler has it, and renews what has run out. */
function signedIn(): Promise<Record<string, string>> {
  return (headers ??= (async () => {
    const token = process.env.CLOUDFLARE_API_TOKEN
    if (token) return { authorization: `Bearer ${token}` }
    const ended = await wrangler('auth', 'token', '--json')
    if (ended.code !== 0) failSigned('Couldn’t sign in to Cloudflare.', ended)
    const it = JSON.parse(ended.output) as { token: string } | { key: string; email: string }
    return 'token' in it
      ? { authorization: `Bearer ${it.token}` }
      : { 'x-auth-key': it.key, 'x-auth-email': it.email }
  })())
}
