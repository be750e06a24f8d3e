import { Hono } from 'hono'
import { answerBody } from '../api/answer-body.ts'
import { carriedOut, decided } from '../action-answer.ts'
import { found, missing, scope } from '../access/portfolio-scope.tsx'
import { readFlag } from '../flag.ts'
import { jsonBody, smallJson } from '../json-body.ts'
import { problem, refused } from '../problem.ts'
import { type AppEnv, rememberRevision } from '../request.ts'

export const actionProposalsApi = new Hono<AppEnv>()

// what the source shows of companies whose shares are held, and the owner has not answered
actionProposalsApi.get('/api/portfolios/:id/action-proposals', scope('portfolio'), async (c) => {
  return c.json(found(await c.var.coordinator.actionProposals(c.var.actor, c.var.asOf)))
})

// an answer, or with ?preview=1 what the figures would be after it
actionProposalsApi.post('/api/portfolios/:id/action-proposals', scope('portfolio'), smallJson, async (c) => {
  const { portfolio, actor, coordinator } = c.var
  const body = await jsonBody(c, answerBody)
  if (body instanceof Response) return body
  const isPreview = readFlag(c, 'preview')
  if (isPreview instanceof Response) return isPreview
  const read = await decided(c, c.var, body)
  if (read.status === 'missing') return problem(c, 404, 'Nothing of that name is proposed.')
  if (read.status === 'refused') return refused(c, read.faults)
  const { does } = read
  if (isPreview && !('isDismissed' in does)) {
    const made = await coordinator.actionFigures(actor, does)
    if (made.status === 'refused') return refused(c, made.faults)
    return made.status === 'ok' ? c.json({ figures: made.value, revision: made.revision }) : missing(c)
  }
  if (isPreview) return problem(c, 400, 'A dismissal changes no figure, so there is none to preview.')
  const done = await carriedOut(c.var, does)
  if (done.status === 'refused') return refused(c, done.faults)
  if (done.status !== 'ok') return missing(c)
  rememberRevision(c, portfolio.id, done.revision)
  return c.json({ revision: done.revision }, 201)
})
