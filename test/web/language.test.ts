import { describe, expect, it } from 'vitest'
import { request } from '../worker/app.ts'
import { post } from './page.ts'

/** The language of a page for a browser that asks for these, and the title of its first preference. */
async function languageFor(accepted: string, cookie = ''): Promise<[string, string]> {
  const text = await (await request('/', { headers: { 'accept-language': accepted, cookie } })).text()
  return [/<html lang="(\w+)"/.exec(text)![1]!, /<legend>(\w+)<\/legend>/.exec(text)![1]!]
}

describe('the language of the pages', () => {
  it.each([
    ['de', '', ['de', 'Sprache']],
    ['de-AT,de;q=0.9,en;q=0.8', '', ['de', 'Sprache']],
    ['en-US,en;q=0.9,de;q=0.8', '', ['en', 'Language']],
    // of what we have no words of, the next
    ['fr-FR,de;q=0.5', '', ['de', 'Sprache']],
    ['fr-FR', '', ['en', 'Language']],
    ['', '', ['en', 'Language']],
    // what was chosen goes before what the browser asks for
    ['en-US', 'language=de', ['de', 'Sprache']],
    ['de-DE', 'language=en', ['en', 'Language']],
    ['', 'language=de', ['de', 'Sprache']],
    ['de-DE', 'language=auto', ['de', 'Sprache']],
    ['en-US', 'language=<i>', ['en', 'Language']],
  ])('for a browser that asks for “%s”, with “%s”', async (accepted, cookie, expected) => {
    expect(await languageFor(accepted, cookie)).toEqual(expected)
  })

  it('is chosen by a form without script, too', async () => {
    const saved = await post('/preferences', { language: 'de', theme: 'dark', back: '/account' })
    expect([saved.status, saved.headers.get('location')]).toEqual([303, '/account'])
    const cookies = saved.headers.getSetCookie().map((each) => each.split(';')[0]!)
    expect(cookies).toContain('language=de')
    expect(await languageFor('en-US', cookies.join('; '))).toEqual(['de', 'Sprache'])
    const unknown = await post('/preferences', { language: 'xx' })
    expect(unknown.headers.getSetCookie().map((each) => each.split(';')[0])).toContain('language=auto')
  })
})
