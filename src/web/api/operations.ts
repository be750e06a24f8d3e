import * as v from 'valibot'
import { alertBody } from '../alert-form.ts'
import { digestBody } from '../chosen-channels.ts'
import { groupBody } from '../group-form.ts'
import { portfolioBody } from '../portfolio-form.ts'
import { ownInstrumentBody, ownPriceBody } from '../own-price-form.ts'
import { replacedBody, writtenBody } from '../transaction-form.ts'
import { holdings, initial } from './answers/dashboard.ts'
import { cashFlows, chart, decisions, gap, performance, risk } from './answers/figures.ts'
import { income } from './answers/income.ts'
import { targets } from './answers/targets.ts'
import {
  invitation,
  invitations,
  link,
  links,
  listedMember,
  member,
  members,
  token,
  tokens,
} from './answers/people.ts'
import {
  accepted,
  alert,
  alerts,
  asked,
  brokerConnection,
  brokers,
  dismissed,
  everything,
  group,
  groups,
  imported,
  imports,
  ownInstrument,
  ownPrices,
  portfolio,
  portfolios,
  previewed,
  actionProposals,
  answered,
  figuresAfter,
  proposals,
  refresh,
  savedGroup,
  savedPortfolio,
  savedTransaction,
  securities,
  started,
  takenIn,
  transaction,
  transactions,
  undone,
} from './answers/record.ts'
import { allResent, resent, status } from './answers/status.ts'
import { answerBody } from './answer-body.ts'
import { acceptedBody } from './accepted-body.ts'
import { brokerBody } from './broker-body.ts'
import type { Body } from './field.ts'
import { invitationBody, linkBody, roleBody } from './people-body.ts'
import { tokenBody } from './token-body.ts'
import { channel, channels, notices, tried } from './answers/notices.ts'
import { channelBody } from './channel-body.ts'

/** What the document says of a route, beside what the route table has and what it may be asked (asked.ts). */
export type Operation = {
  says: string
  /** True where a header tells the same request sent twice. */
  keyed?: true
  /** A JSON body, or the bytes of a file. */
  body?: Body | v.GenericSchema | 'file'
  /** An answer whose other fields may be sent back with the body; any field besides is refused. */
  sentBack?: { entries: object }
  /** By status; null for an answer without a body. */
  answers: Readonly<Record<number, v.GenericSchema | null>>
}

const gone = { 204: null } as const

/** Every route of the JSON API, by its name in the route table. */
export const operations: Readonly<Record<string, Operation>> = {
  'GET /api/portfolios': { says: 'Lists your portfolios.', answers: { 200: portfolios } },
  'POST /api/portfolios': {
    says: 'Makes a portfolio.',
    body: portfolioBody,
    answers: { 201: savedPortfolio },
  },
  'GET /api/portfolios/:id': { says: 'A portfolio and its settings.', answers: { 200: portfolio } },
  'PATCH /api/portfolios/:id': {
    says: 'Changes its settings; what is left out stays as it is.',
    body: portfolioBody,
    sentBack: savedPortfolio,
    answers: { 200: savedPortfolio },
  },
  'DELETE /api/portfolios/:id': {
    says: 'Deletes it. Its rows are erased after 30 days.',
    answers: gone,
  },

  'GET /api/groups': { says: 'Lists your groups, that of all portfolios too.', answers: { 200: groups } },
  'POST /api/groups': { says: 'Makes a group.', body: groupBody, answers: { 201: savedGroup } },
  'GET /api/groups/:id': { says: 'A group and its portfolios.', answers: { 200: group } },
  'PATCH /api/groups/:id': {
    says: 'Changes it; what is left out stays as it is.',
    body: groupBody,
    sentBack: savedGroup,
    answers: { 200: savedGroup },
  },
  'DELETE /api/groups/:id': { says: 'Deletes the group, and none of its portfolios.', answers: gone },

  'GET /api/dashboard-initial-data': {
    says: 'What a dashboard shows first: figures, latest activity, and how fresh the prices are.',
    answers: { 200: initial },
  },
  'GET /api/dashboard-holdings-data': {
    says: 'Every holding, those that were sold, and the sums.',
    answers: { 200: holdings },
  },
  'GET /api/dashboard-chart-data': {
    says: 'Value, money invested and returns of each day, in columns of one length.',
    answers: { 200: chart },
  },

  'GET /api/portfolios/:id/performance': {
    says: 'The figures of the portfolio and of the same money in each benchmark, now, of a day or of a period.',
    answers: { 200: performance },
  },
  'GET /api/portfolios/:id/gap': {
    says: 'Why it is ahead of a benchmark or behind: parts that add up to the gap exactly.',
    answers: { 200: gap },
  },
  'GET /api/portfolios/:id/decisions': {
    says: 'The best and the worst purchases and sales, and those to be reviewed.',
    answers: { 200: decisions },
  },
  'GET /api/portfolios/:id/risk': {
    says: 'Risk, the return of each month and year, rolling returns, and what each holding contributed.',
    answers: { 200: risk },
  },
  'GET /api/portfolios/:id/income': {
    says: 'The dividends expected in the next twelve months.',
    answers: { 200: income },
  },
  'GET /api/portfolios/:id/targets': {
    says: 'How far it is from its targets, what new money buys, and what a rebalancing does.',
    answers: { 200: targets },
  },
  'GET /api/portfolios/:id/cash-flows': {
    says: 'The cash book of the portfolio, or of the same deposits in a benchmark.',
    answers: { 200: cashFlows },
  },

  'GET /api/portfolios/:id/transactions': {
    says: 'What was recorded, newest first.',
    answers: { 200: transactions },
  },
  'POST /api/portfolios/:id/transactions': {
    says: 'Records a transaction.',
    keyed: true,
    body: writtenBody,
    sentBack: savedTransaction,
    answers: { 201: savedTransaction },
  },
  'GET /api/portfolios/:id/transactions/:tx': { says: 'A transaction.', answers: { 200: transaction } },
  'PUT /api/portfolios/:id/transactions/:tx': {
    says: 'Replaces a transaction, of which you send the version that you read: 409 where there is a newer one.',
    body: replacedBody,
    sentBack: savedTransaction,
    answers: { 200: savedTransaction },
  },
  'DELETE /api/portfolios/:id/transactions/:tx': {
    says: 'Deletes a transaction, which can be restored.',
    answers: gone,
  },
  'POST /api/portfolios/:id/transactions/:tx/restore': {
    says: 'Restores a deleted transaction.',
    answers: { 200: savedTransaction },
  },

  'GET /api/portfolios/:id/imports': { says: 'Lists the imports.', answers: { 200: imports } },
  'POST /api/portfolios/:id/imports': {
    says: 'Imports a file, or shows what an import would do. Rows that are there already are skipped. What a file leaves open is answered by `answers`, a JSON object by the ids of the questions, in the address or in a form beside `file`; or there, one by one, as column.HEADING=FIELD, word.WORD=TYPE, security.ISIN=TICKER, spinoff.TICKER=PERCENT, parent.TICKER=TICKER and take=LINE.',
    body: 'file',
    answers: { 200: previewed, 201: imported },
  },
  'DELETE /api/portfolios/:id/imports/:import': {
    says: 'Takes out the rows of an import.',
    answers: { 200: undone },
  },

  'GET /api/portfolios/:id/action-proposals': {
    says: 'What may have become of shares that are held: a spin-off that the source lists as a split, another ticker, or no price any more. Nothing of it is booked.',
    answers: { 200: actionProposals },
  },
  'POST /api/portfolios/:id/action-proposals': {
    says: 'Says what it was, or shows what the figures would be then. What was proposed stands for what is left out.',
    body: answerBody,
    answers: { 200: figuresAfter, 201: answered },
  },
  'GET /api/portfolios/:id/dividend-proposals': {
    says: 'The dividends that the source reports and that nobody recorded.',
    answers: { 200: proposals },
  },
  'POST /api/portfolios/:id/dividend-proposals': {
    says: 'Records some of them, or all.',
    body: acceptedBody,
    answers: { 201: accepted },
  },
  'PUT /api/portfolios/:id/dismissed-dividends/:name': {
    says: 'Notes that a dividend of the source never came.',
    answers: { 200: dismissed },
  },
  'DELETE /api/portfolios/:id/dismissed-dividends/:name': {
    says: 'Takes that back.',
    answers: { 200: dismissed },
  },

  'GET /api/portfolios/:id/refreshes/latest': {
    says: 'The latest fetching of prices, and how far it is.',
    answers: { 200: refresh },
  },
  'POST /api/portfolios/:id/refreshes': { says: 'Fetches prices now.', answers: { 202: started } },

  'GET /api/portfolios/:id/members': { says: 'Lists who may see it or edit it.', answers: { 200: members } },
  'PATCH /api/portfolios/:id/members/:member': {
    says: 'Gives a member another role.',
    body: roleBody,
    sentBack: listedMember,
    answers: { 200: member },
  },
  'DELETE /api/portfolios/:id/members/:member': { says: 'Takes a member out.', answers: gone },
  'GET /api/portfolios/:id/invitations': {
    says: 'Lists the open invitations.',
    answers: { 200: invitations },
  },
  'POST /api/portfolios/:id/invitations': {
    says: 'Makes an invitation. Its address is in this answer, and never again in another.',
    body: invitationBody,
    answers: { 201: invitation },
  },
  'DELETE /api/portfolios/:id/invitations/:invitation': { says: 'Withdraws an invitation.', answers: gone },
  'GET /api/portfolios/:id/brokers': {
    says: 'Lists the connections with brokers, and the statements that came in.',
    answers: { 200: brokers },
  },
  'PUT /api/portfolios/:id/brokers/:broker': {
    says: 'Connects a broker, ibkr or snaptrade, and asks it for a statement.',
    body: brokerBody,
    sentBack: brokerConnection,
    answers: { 200: brokerConnection },
  },
  'DELETE /api/portfolios/:id/brokers/:broker': {
    says: 'Disconnects a broker. What came in stays.',
    answers: gone,
  },
  'POST /api/portfolios/:id/brokers/:broker/fetch': {
    says: 'Asks a broker for a statement, which comes in behind.',
    answers: { 202: asked },
  },
  'GET /api/portfolios/:id/alerts': {
    says: 'Lists your alerts on it, and whether you get its weekly digest.',
    answers: { 200: alerts },
  },
  'POST /api/portfolios/:id/alerts': {
    says: 'Sets an alert. What is beyond its line already is told when it next crosses it.',
    body: alertBody,
    answers: { 201: alert },
  },
  'PUT /api/portfolios/:id/alerts/:alert': {
    says: 'Sets another alert in the place of one.',
    body: alertBody,
    sentBack: alert,
    answers: { 200: alert },
  },
  'DELETE /api/portfolios/:id/alerts/:alert': { says: 'Removes an alert.', answers: gone },
  'PUT /api/portfolios/:id/digest': {
    says: 'Sends you its digest each week.',
    body: digestBody,
    answers: gone,
  },
  'DELETE /api/portfolios/:id/digest': { says: 'Sends you no digest any more.', answers: gone },
  'GET /api/portfolios/:id/links': { says: 'Lists the share links.', answers: { 200: links } },
  'POST /api/portfolios/:id/links': {
    says: 'Makes a share link. Its address is in this answer, and never again in another.',
    body: linkBody,
    answers: { 201: link },
  },
  'DELETE /api/portfolios/:id/links/:link': { says: 'Withdraws a share link.', answers: gone },

  'GET /api/account/export': { says: 'All your portfolios, in one file.', answers: { 200: everything } },
  'POST /api/account/import': {
    says: 'Adds the portfolios of such a file to yours.',
    body: everything,
    answers: { 201: takenIn },
  },
  'GET /api/tokens': { says: 'Lists your API tokens.', answers: { 200: tokens } },
  'POST /api/tokens': {
    says: 'Makes an API token. It is in this answer, and never again in another.',
    body: tokenBody,
    answers: { 201: token },
  },
  'DELETE /api/tokens/:token': { says: 'Revokes an API token.', answers: gone },

  'GET /api/notice-channels': {
    says: 'Lists the channels by which you are told things.',
    answers: { 200: channels },
  },
  'POST /api/notice-channels': {
    says: 'Adds a channel. The secret of a webhook is in this answer, and never again in another.',
    body: channelBody,
    answers: { 201: channel },
  },
  'DELETE /api/notice-channels/:channel': { says: 'Removes a channel.', answers: gone },
  'POST /api/notice-channels/:channel/test': {
    says: 'Sends a test by a channel, and says what came of it.',
    answers: { 200: tried },
  },
  'GET /api/notices': { says: 'What you were told last, and how far it came.', answers: { 200: notices } },

  'GET /api/securities': {
    says: 'Finds securities by ticker, ISIN or name.',
    answers: { 200: securities },
  },
  'PUT /api/instruments/:symbol': {
    says: 'Says that you price a symbol yourself, or that the market does: in all portfolios that you own.',
    body: ownInstrumentBody,
    sentBack: ownInstrument,
    answers: { 200: ownInstrument },
  },
  'GET /api/instruments/:symbol/prices': {
    says: 'Your own prices of a symbol, oldest first, in its currency.',
    answers: { 200: ownPrices },
  },
  'PUT /api/instruments/:symbol/prices': {
    says: 'Makes this list your own prices of a symbol, in place of all that were there; an empty one deletes them.',
    body: v.array(ownPriceBody),
    answers: { 200: ownPrices },
  },
  'GET /api/status': {
    says: 'What the system has done, and how current its data is.',
    answers: { 200: status },
  },
  'POST /api/dead-letters/resend': {
    says: 'Sends every message that failed again.',
    answers: { 202: allResent },
  },
  'POST /api/dead-letters/:id/resend': {
    says: 'Sends a message that failed again.',
    answers: { 202: resent },
  },
}
