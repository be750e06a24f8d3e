import { Hono } from 'hono'
import { setCookie } from 'hono/cookie'
import { chosen, names } from '../preferences.ts'
import { smallForm } from '../form-body.ts'
import type { AppEnv } from '../request.ts'

export const preferences = new Hono<AppEnv>()

// used without script; with script, the page sets the same cookies itself
preferences.post('/preferences', smallForm, async (c) => {
  const form = await c.req.parseBody<{ [name: string]: string }>()
  const now = chosen((name) => form[name])
  for (const name of names) {
    setCookie(c, name, now[name], { path: '/', maxAge: 365 * 24 * 60 * 60, sameSite: 'Lax' })
  }
  // only a path of ours is followed: `//elsewhere` would be another host
  const back = /^\/(?![/\\])[\w/.-]*$/.test(form.back ?? '') ? form.back! : '/'
  return c.redirect(back, 303)
})
