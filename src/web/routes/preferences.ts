import { Hono } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { cause, log } from '../../jobs/log.ts'
import { database, inOneTransaction } from '../../storage/database.ts'
import { saveChannelLanguage } from '../../storage/notice-channels.ts'
import { readerOf } from '../accepted-languages.ts'
import { visitorOf } from '../access/visitor.ts'
import { chosen, names } from '../preferences.ts'
import { smallForm } from '../form-body.ts'
import type { AppContext, AppEnv } from '../request.ts'
import { storedReader } from '../locale.ts'
import { isLanguage } from '../words/languages.ts'

export const preferences = new Hono<AppEnv>()

// used without script; with script, the page sets the same cookies itself, but for that of the language
preferences.post('/preferences', smallForm, async (c) => {
  const form = await c.req.parseBody<{ [name: string]: string }>()
  const before = chosen((name) => getCookie(c, name))
  const now = chosen((name) => form[name])
  for (const name of names) {
    setCookie(c, name, now[name], { path: '/', maxAge: 365 * 24 * 60 * 60, sameSite: 'Lax' })
  }
  if (now.language !== before.language) await speakFromNowOn(c, now.language)
  // only a path of ours is followed: `//elsewhere` would be another host
  const back = /^\/(?![/\\])[\w/.-]*$/.test(form.back ?? '') ? form.back! : '/'
  return c.redirect(back, 303)
})

/** What an account is told by its channels is in the language that it chose last. The page does without, where D1 does not answer. */
async function speakFromNowOn(c: AppContext, language: string): Promise<void> {
  const accepted = c.req.header('accept-language') ?? ''
  const reader = readerOf(accepted, isLanguage(language) ? language : undefined) ?? {}
  try {
    const visitor = await visitorOf(c)
    if (!visitor) return
    const db = database(c.env.DB)
    await inOneTransaction(db, [saveChannelLanguage(db, visitor.account, storedReader(reader))])
  } catch (error) {
    log('channels keep their language', { error: cause(error) })
  }
}
