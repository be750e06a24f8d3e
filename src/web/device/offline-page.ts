import { withReader } from '../reader.ts'
import { device } from '../words/german/device.ts'
import type { Language } from '../words/languages.ts'
import { t, type Label } from '../words/words.ts'

declare const self: ServiceWorkerGlobalScope

// What the pages say without the server. Nothing here pretends that something was saved.

/** Returns a kept page that says how old it is, and calls no price up to date. */
export async function agedPage(page: Response): Promise<Response> {
  const sentence = await offlineSentence(page.clone())
  const text = (await page.text())
    .replace(/<main[^>]*>/, `$&<p class="panel" role="status" id="offline">${sentence}</p>`)
    // what the page says of its prices, in either language (words/german/device.ts)
    .replace('Up to date as of ', 'Prices from ')
    .replace('Aktuell, Stand ', 'Kurse von ')
  return new Response(text, { headers: page.headers })
}

/** `You’re offline. This browser kept these figures 3 hours ago, on Nov 30, 2026, 2:05 PM. …` */
export async function offlineSentence(page: Response): Promise<string> {
  const at = Number(page.headers.get('kept-at'))
  const text = await page.text()
  const locale = /<html[^>]* data-dates="([^"]+)"/.exec(text)?.[1] ?? 'en-US'
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(at)
  const language = /<html lang="de"/.test(text) ? 'de' : 'en'
  return inLanguage(language, () =>
    t(
      'You’re offline. This browser kept these figures {ago}, on {day}. Changes are not possible until you’re back online.',
      { ago: ago(Date.now() - at, language), day },
    ),
  )
}

/** Answers a form that could not be sent. */
export function notSaved(css: string): Promise<Response> {
  return page(css, 'Not saved', () =>
    t(
      'You’re offline, or the server can’t be reached, so nothing was sent and nothing was changed. Go back to find what you entered, and send it again when you’re online.',
    ),
  )
}

/** Answers a visit to a page that is not kept. */
export function nothingKept(css: string): Promise<Response> {
  return page(css, 'You’re offline', () =>
    t('This device keeps dashboards only, and not this page. {link}, or come back when you’re online.', {
      link: `<a href="/">${t('Open the last dashboard')}</a>`,
    }),
  )
}

async function page(css: string, title: Label, write: () => string): Promise<Response> {
  const language = await spoken()
  return inLanguage(language, () => written(css, language, t(title), write()))
}

/** The language that was chosen, or the browser’s. Older browsers have no cookies in a service worker. */
async function spoken(): Promise<Language> {
  const chosen = 'cookieStore' in self ? await self.cookieStore.get('language').catch(() => null) : null
  if (chosen?.value === 'de' || chosen?.value === 'en') return chosen.value
  return navigator.language.startsWith('de') ? 'de' : 'en'
}

function written(css: string, language: Language, title: string, sentence: string): Response {
  return new Response(
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>${title} · Yardstick</title><link rel="stylesheet" href="${css}"></head><body><main id="main"><div class="page"><h1>${title}</h1><p role="status">${sentence}</p></div></main></body></html>`,
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

function inLanguage<T>(language: Language, write: () => T): T {
  return withReader({ words: language === 'de' ? device : undefined }, write)
}

/** `3 hours ago`; `just now` below a minute. */
function ago(milliseconds: number, language: Language): string {
  const units = [
    [86_400_000, 'day'],
    [3_600_000, 'hour'],
    [60_000, 'minute'],
  ] as const
  const found = units.find(([length]) => milliseconds >= length)
  if (!found) return t('just now')
  return new Intl.RelativeTimeFormat(language, { numeric: 'always' }).format(
    -Math.floor(milliseconds / found[0]),
    found[1],
  )
}
