// How the command asks a running Yardstick, and how it stops.

/** How to ask Yardstick: an address and a token. */
export function connection(values) {
  const url = values.url ?? process.env.YARDSTICK_URL ?? 'http://localhost:8787'
  const token = values.token ?? process.env.YARDSTICK_TOKEN
  if (!/^https?:\/\/[^/]/.test(url) || !URL.canParse(url))
    throw new Stop(`“${url}” is no address such as https://portfolio.example.`, exit.misunderstood)
  if (!token)
    throw new Stop(
      'Set YARDSTICK_TOKEN to an API token of yours. Yardstick makes one under Account, API tokens.',
      exit.misunderstood,
    )
  if (!/^[\w-]+$/.test(token))
    throw new Stop('This is no API token: one begins with ys_ and has no spaces.', exit.misunderstood)
  return { url: new URL(url), token }
}

export async function ask({ url, token }, path, { method = 'GET', body } = {}) {
  const address = new URL(path, url)
  // a token that is sent somewhere else is a token that is lost
  const sent = { method, body, redirect: 'manual', headers: { authorization: `Bearer ${token}` } }
  let answer
  try {
    answer = await fetch(address, sent)
  } catch (error) {
    throw new Stop(`${url.origin} does not answer (${error.cause?.code ?? error.message}). Is it running?`)
  }
  if (answer.ok) return answer
  const text = await answer.text()
  throw new Stop(
    sentenceIn(text) ??
      `${address.pathname} answers ${answer.status}${answer.status < 400 ? `: it leads to ${answer.headers.get('location')}` : ''}.`,
  )
}

export const json = async (to, path, init) => (await ask(to, path, init)).json()

/** The sentence of a problem+json; null where the answer is none. */
function sentenceIn(text) {
  try {
    return JSON.parse(text).detail ?? null
  } catch {
    return null
  }
}

/** The portfolio or group that was named, or the only one. */
export async function chosen(to, name) {
  const [{ portfolios }, { groups }] = await Promise.all([
    json(to, '/api/portfolios'),
    json(to, '/api/groups'),
  ])
  if (name === undefined) {
    if (portfolios.length === 1) return portfolios[0]
    if (portfolios.length === 0) throw new Stop('You have no portfolio yet.')
    throw new Stop(`Say which portfolio: ${listed(portfolios)}.`, exit.misunderstood)
  }
  const all = [...portfolios, ...groups]
  const found = all.filter(
    (each) => each.id === name || each.name.toLowerCase() === name.toLowerCase() || each.kind === name,
  )
  if (found.length === 1) return found[0]
  if (found.length === 0) throw new Stop(`There is no portfolio “${name}”. You have ${listed(all)}.`)
  throw new Stop(`Several are called “${name}”. Give the id of one: ${listed(found)}.`)
}

/** Portfolios by name, and by id where a name alone would not tell. */
function listed(portfolios) {
  const isShared = ({ name }) => portfolios.filter((each) => each.name === name).length > 1
  return (
    portfolios.map((each) => (isShared(each) ? `${each.name} (${each.id})` : each.name)).join(', ') || 'none'
  )
}

export const exit = { refused: 1, misunderstood: 2, declined: 3 }

/** Ends the command with a sentence on standard error. */
export class Stop extends Error {
  constructor(sentence, code = exit.refused) {
    super(sentence)
    this.code = code
  }
}
