// What the pages say without the server. Nothing here pretends that something was saved.

/** Returns a kept page that says how old it is, and calls no price up to date. */
export async function agedPage(page: Response): Promise<Response> {
  const sentence = await offlineSentence(page.clone())
  const text = (await page.text())
    .replace(/<main[^>]*>/, `$&<p class="panel" role="status" id="offline">${sentence}</p>`)
    .replace('Up to date as of ', 'Prices from ')
  return new Response(text, { headers: page.headers })
}

/** `You’re offline. This browser kept these figures 3 hours ago, on Nov 30, 2026, 2:05 PM. …` */
export async function offlineSentence(page: Response): Promise<string> {
  const at = Number(page.headers.get('kept-at'))
  const locale = /<html[^>]* data-locale="([^"]+)"/.exec(await page.text())?.[1] ?? 'en-US'
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(at)
  return `You’re offline. This browser kept these figures ${ago(Date.now() - at)}, on ${day}. Changes are not possible until you’re back online.`
}

/** Answers a form that could not be sent. */
export function notSaved(css: string): Response {
  return page(
    css,
    'Not saved',
    'You’re offline, or the server can’t be reached, so nothing was sent and nothing was changed. Go back to find what you entered, and send it again when you’re online.',
  )
}

/** Answers a visit to a page that is not kept. */
export function nothingKept(css: string): Response {
  return page(
    css,
    'You’re offline',
    'This device keeps dashboards only, and not this page. <a href="/">Open the last dashboard</a>, or come back when you’re online.',
  )
}

function page(css: string, title: string, sentence: string): Response {
  return new Response(
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>${title} · Yardstick</title><link rel="stylesheet" href="${css}"></head><body><main id="main"><div class="page"><h1>${title}</h1><p role="status">${sentence}</p></div></main></body></html>`,
    {
      status: 503,
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy':
          "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'",
      },
    },
  )
}

/** `3 hours ago`; `just now` below a minute. */
function ago(milliseconds: number): string {
  const units = [
    [86_400_000, 'day'],
    [3_600_000, 'hour'],
    [60_000, 'minute'],
  ] as const
  const found = units.find(([length]) => milliseconds >= length)
  if (!found) return 'just now'
  return new Intl.RelativeTimeFormat('en', { numeric: 'always' }).format(
    -Math.floor(milliseconds / found[0]),
    found[1],
  )
}
