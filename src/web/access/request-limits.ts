import { bodyLimit } from 'hono/body-limit'
import { createMiddleware } from 'hono/factory'
import { refusal } from '../refusal.tsx'
import type { AppEnv } from '../request.ts'
import { LARGEST_EVERYTHING } from '../../statements/everything.ts'
import { LARGEST_CSV, tooLarge, tooLargeFile } from '../statement-size.ts'
import { english } from '../words/words.ts'

/** The longest query that a page or a program of ours makes is a fifth of it. */
const LONGEST_QUERY = 2048
/** What a form adds around the file in it. */
const FRAME = 10_000

/** What takes a file of whole portfolios. */
const wholeFile = /^\/(api\/)?account\/import$/
const everything = bodyLimit({
  maxSize: LARGEST_EVERYTHING + FRAME,
  onError: (c) => refusal(c, 413, tooLargeFile),
})
const statement = bodyLimit({ maxSize: LARGEST_CSV + FRAME, onError: (c) => refusal(c, 413, tooLarge) })

/** Limits every request before any work is done for it. Routes for short bodies have a narrower limit of their own. */
export const requestLimits = createMiddleware<AppEnv>(async (c, next) => {
  const { url, path, method } = c.req
  const query = url.indexOf('?')
  const length = query < 0 ? 0 : url.length - query
  if (length > LONGEST_QUERY)
    return refusal(
      c,
      414,
      english('The query of this address has {n} characters; at most 2,048 are read.', { n: length }),
    )
  // hono would find the handlers of an address that spells a parameter of its route (`/:member`) twice, and run them so
  if (path.includes('/:')) return c.notFound()
  // no route reads what somebody sends with these
  if (method === 'GET' || method === 'HEAD') return next()
  return (wholeFile.test(path) ? everything : statement)(c, next)
})
