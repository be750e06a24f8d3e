// What is kept is one cache, named by the account and the build that the pages name: of another account or another build
// nothing is left once a page of it was read. Of each dashboard there is the last page, with the files that it needs.

const KEPT = 'kept '
/** So many answers of `chart.json` and its like are kept. */
const MOST = 12

/**
 * Keeps the page of an answer, if it is one to keep. Returns what the page says that is kept is called; null when it says
 * nothing, because nobody is signed in or they keep nothing; undefined where the answer does not tell.
 */
export async function take(url: string, answer: Response): Promise<string | null | undefined> {
  const isPage = answer.headers.get('content-type')?.startsWith('text/html')
  if (!isPage || answer.status >= 500) return undefined
  const text = await answer.text()
  const mark = markOf(text)
  await forgotten((name) => name.startsWith(KEPT) && name !== KEPT + mark)
  const { pathname, search } = new URL(url)
  if (mark === null || search !== '' || !DASHBOARD.test(pathname)) return mark
  const cache = await caches.open(KEPT + mark)
  // the newest is the last of them
  await cache.delete(url)
  if (!answer.ok || answer.redirected) return mark
  for (const [file] of text.matchAll(/\/assets\/[\w-]+\.(js|css)/g))
    if (!(await cache.match(file))) await cache.add(file)
  const headers = new Headers(answer.headers)
  for (const of of ['content-encoding', 'content-length', 'etag']) headers.delete(of)
  headers.set('kept-at', String(Date.now()))
  await cache.put(url, new Response(withoutNotice(text), { headers }))
  return mark
}

const DASHBOARD = /^\/(portfolios\/(?!new$)[\w-]+)?$/

/** Returns the kept page at an address, whatever it asks for in its query; undefined for none. */
export async function kept(url: string): Promise<Response | undefined> {
  const { pathname } = new URL(url)
  // pages are in no other cache
  return DASHBOARD.test(pathname) ? caches.match(pathname) : undefined
}

/** Returns the address of the dashboard that was kept last; undefined for none. */
export async function latestKept(): Promise<string | undefined> {
  const keys = (await (await current())?.keys()) ?? []
  return keys.map(({ url }) => url).findLast((url) => DASHBOARD.test(new URL(url).pathname))
}

/** Keeps what a page draws, where pages are kept; what is asked for a past day or a what-if is not the last snapshot. */
export async function keepData(url: string, answer: Response): Promise<void> {
  const cache = await current()
  if (!cache || /[?&](as_of|what_if|vs)=/.test(url)) return
  await cache.delete(url)
  await cache.put(url, answer)
  const all = (await cache.keys()).filter((each) => new URL(each.url).pathname.endsWith('.json'))
  for (const oldest of all.slice(0, -MOST)) await cache.delete(oldest)
}

export async function keptData(url: string): Promise<Response | undefined> {
  return (await current())?.match(url)
}

/** Deletes all caches of these names. */
export async function forgotten(isOf: (name: string) => boolean): Promise<void> {
  await Promise.all((await caches.keys()).filter(isOf).map((name) => caches.delete(name)))
}

/** Returns what the pages call what is kept; null for nothing. */
export async function keptMark(): Promise<string | null> {
  const name = (await caches.keys()).find((each) => each.startsWith(KEPT))
  return name?.slice(KEPT.length) ?? null
}

/** `<html lang="en" data-keep="ACCOUNT BUILD">`: said by a page, because a header may be that of an older answer. */
function markOf(page: string): string | null {
  return /<html[^>]* data-keep="([^"]+)"/.exec(page)?.[1] ?? null
}

/** The sentence about an edit was for the page that it led to. */
function withoutNotice(page: string): string {
  return page.replace(/(<p class="notice"[^>]*?)(?: hidden="[^"]*")?>[^<]*</, '$1 hidden=""><')
}

async function current(): Promise<Cache | null> {
  const mark = await keptMark()
  return mark === null ? null : caches.open(KEPT + mark)
}
