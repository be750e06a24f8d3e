import { Hono } from 'hono'
import * as v from 'valibot'
import type { Refused } from '../../coordinator/transaction-edits.ts'
import { sourceOf } from '../../jobs/source.ts'
import { answerBody } from '../api/answer-body.ts'
import { carriedOut, decided, type Does } from '../action-answer.ts'
import type { Given } from '../api/field.ts'
import { scope } from '../access/portfolio-scope.tsx'
import { smallForm } from '../form-body.ts'
import { sentence } from '../format.ts'
import { leaveNotice } from '../notice.ts'
import { refusal } from '../refusal.tsx'
import { renderPage } from '../render-page.tsx'
import { type AppContext, type AppEnv, rememberRevision } from '../request.ts'
import { FiguresAfter } from '../views/figures-after.tsx'
import { instrumentPath } from '../views/symbol.tsx'
import { english } from '../words/words.ts'

export const actionProposals = new Hono<AppEnv>()

// what the figures would be after an answer; nothing is written
actionProposals.get('/portfolios/:id/instruments/:symbol/proposals', scope('page'), async (c) => {
  const { snapshot, list, actor, coordinator } = c.var
  const { portfolio } = snapshot
  const path = instrumentPath(portfolio.id, c.req.param('symbol').toUpperCase())
  const sent = given(c.req.query())
  const read = await decided(c, { portfolio, actor, coordinator }, sent)
  if (read.status === 'refused') return notBooked(c, read)
  if (read.status === 'missing' || 'isDismissed' in read.does) return c.redirect(path, 303)
  const made = await coordinator.actionFigures(actor, read.does)
  if (made.status !== 'ok') return notBooked(c, made)
  const { symbol } = read.proposal
  const page = (
    <FiguresAfter
      path={path}
      symbol={symbol}
      figures={made.value}
      sent={sent}
      currency={portfolio.base_currency}
      source={sourceOf(c.env).name}
    />
  )
  return renderPage(c, 200, english('Figures after'), page, {
    list,
    current: portfolio.id,
    revision: snapshot.revision,
  })
})

actionProposals.post(
  '/portfolios/:id/instruments/:symbol/proposals',
  scope('portfolio'),
  smallForm,
  async (c) => {
    const { portfolio } = c.var
    const symbol = c.req.param('symbol').toUpperCase()
    const read = await decided(c, c.var, given(await c.req.parseBody()))
    if (read.status === 'missing') {
      leaveNotice(
        c,
        english('No change: nothing is asked of {symbol} any more.', { symbol: symbol.slice(0, 30) }),
      )
      return c.redirect(instrumentPath(portfolio.id, symbol), 303)
    }
    if (read.status === 'refused') return notBooked(c, read)
    const done = await carriedOut(c.var, read.does)
    if (done.status !== 'ok') return notBooked(c, done)
    rememberRevision(c, portfolio.id, done.revision)
    leaveNotice(c, saidOf(read.does))
    const { does } = read
    return c.redirect(instrumentPath(portfolio.id, 'to' in does ? does.to : does.symbol), 303)
  },
)

/** The fields of an answer, of a form or an address; what is no text is no answer. */
function given(sent: Record<string, unknown>): Given<typeof answerBody> {
  const texts = Object.fromEntries(
    Object.keys(answerBody.entries).flatMap((field) => {
      const text = sent[field]
      return typeof text === 'string' ? [[field, text.trim()]] : []
    }),
  )
  const read = v.safeParse(answerBody, texts)
  return read.success ? read.output : {}
}

function saidOf(does: Does): string {
  const { symbol } = does
  if ('isDismissed' in does) {
    return does.isDismissed
      ? english('Dismissed. Nothing was booked for {symbol}.', { symbol })
      : english('{symbol} is asked about again.', { symbol })
  }
  if ('to' in does)
    return english('The transactions of {from} are now of {to}.', { from: symbol, to: does.to })
  const { type, new_symbol: part = '' } = does.entry
  switch (type) {
    case 'spin_off':
      return english(
        'Booked: {part} was spun off from {symbol}. The history of {symbol} is being fetched again without the split.',
        { part, symbol },
      )
    case 'split':
      return english('The split of {symbol} is recorded.', { symbol })
    case 'exchange':
      return english('Booked: {symbol} became {part}.', { symbol, part })
    default:
      return english('Booked: {symbol} was paid out.', { symbol })
  }
}

function notBooked(
  c: AppContext,
  why: Refused | { status: 'refused'; faults: readonly { reason: string }[] },
) {
  const reason = why.status === 'refused' ? why.faults.map((fault) => sentence(fault.reason)).join(' ') : ''
  return refusal(c, 422, english('Nothing was booked. {reason}', { reason }).trim())
}
