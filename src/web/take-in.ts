import { type AlertKind, alertKinds } from '../snapshot/alert.ts'
import { coordinator } from '../jobs/durable-objects.ts'
import { isEverything } from '../statements/everything.ts'
import { partsOf } from '../statements/read-everything.ts'
import { DIGEST } from '../storage/alerts.ts'
import { database, inOneTransaction } from '../storage/database.ts'
import { addSaidOfFiles } from '../storage/file-answers.ts'
import { addTickers } from '../storage/securities.ts'
import { channelsOf, type NoticeChannel } from '../storage/notice-channels.ts'
import { readOwnInstrument } from '../portfolio/own-instrument.ts'
import type { GroupSettings, KeptAlert, ToldBy } from '../portfolio/whole-portfolio.ts'
import { groupOfAll, newGroup } from '../storage/groups.ts'
import { MOST_PORTFOLIOS, type Portfolio, portfoliosOf } from '../storage/portfolios.ts'
import type { Listed } from '../storage/snapshots.ts'
import { signedIn } from './access/visitor.ts'
import type { Typed } from './api/field.ts'
import { leaveNotice } from './notice.ts'
import { tooManyGroups } from './group-form.ts'
import { asksOf } from './alert-form.ts'
import { areAnswers } from './import-choices.ts'
import { portfolioBody, readPortfolioForm } from './portfolio-form.ts'
import { type AppContext, rememberRevision } from './request.ts'
import { english } from './words/words.ts'

/** What became of a file's portfolios: each is taken whole, or left with a sentence. */
export type Taken = { taken: { id: string; name: string; revision: number }[]; problems: string[] }

/**
 * Adds the portfolios of a file (statements/everything.ts) to those of the visitor: each is written by the object that is to
 * keep it. Whose they are, and which ids they have, the file does not say.
 */
export async function takeIn(c: AppContext, text: string): Promise<Taken> {
  const refused = (problem: string): Taken => ({ taken: [], problems: [problem] })
  if (!isEverything(text)) return refused(english('This file was not exported with “Export everything”.'))
  const parts = partsOf(text)
  if ('problem' in parts) return refused(parts.problem)
  const { account } = await signedIn(c)
  const db = database(c.env.DB)
  const own = await portfoliosOf(db, account)
  const { portfolios, securities, files, groups, alerts, channels } = parts
  const unknown = alerts.findIndex((each) => !isAlert(each))
  if (unknown >= 0) return refused(`alerts, row ${unknown + 1}: this is no alert of this version.`)
  const odd = files.findIndex(({ answers }) => !areAnswers(answers))
  if (odd >= 0) return refused(`files, row ${odd + 1}: “answers” cannot be read.`)
  if (own.length + portfolios.length > MOST_PORTFOLIOS)
    return refused(
      english('The file has {n} portfolios, and you have {own}: nobody may have more than {most}.', {
        n: portfolios.length,
        own: own.length,
        most: MOST_PORTFOLIOS,
      }),
    )
  await inOneTransaction(db, [...addTickers(account, securities), ...addSaidOfFiles(account, files)])
  const result: Taken = { taken: [], problems: [] }
  /** By their numbers in the file. */
  const made = new Map<number, Listed>()
  for (const [i, { settings, text: part }] of portfolios.entries()) {
    const read = portfolioOf(settings, account)
    const which = 'problem' in read ? `Portfolio ${i + 1}` : `“${read.name}”`
    if ('problem' in read) result.problems.push(`${which}: ${read.problem}`)
    else {
      const taken = await coordinator(c.env, read.id).takeIn(read, new TextEncoder().encode(part))
      if ('problem' in taken) result.problems.push(`${which}: ${taken.problem}`)
      else {
        result.taken.push({ id: read.id, name: read.name, revision: taken.revision })
        made.set(i + 1, read)
      }
    }
  }
  const here = alerts.some((each) => each.channels) ? await channelsOf(db, account) : []
  /** The ids of groups by their numbers in the file. */
  const ids = new Map<number, string>()
  for (const [i, group] of groups.entries()) {
    const taken = await takeGroup(c, account, group, made)
    if ('id' in taken) ids.set(i + 1, taken.id)
    else result.problems.push(`Group “${group.name}”: ${taken.problem}.`)
  }
  const about = ({ portfolio, group }: KeptAlert) =>
    group === undefined ? made.get(portfolio ?? 0)?.id : ids.get(group)
  for (const [id, own] of Map.groupBy(alerts, about)) {
    const taken = own.map(({ channels: chosen, portfolio: _portfolio, group: _group, ...alert }) => ({
      ...alert,
      by: channelsHere(chosen, channels, here),
    }))
    if (id !== undefined) await coordinator(c.env, id).takeInAlerts(account, taken)
  }
  return result
}

/** The channels of here that are the chosen ones of a file, by what they are and lead to; null, which is all, where none is. */
function channelsHere(
  chosen: readonly number[] | undefined,
  inFile: readonly ToldBy[],
  here: readonly NoticeChannel[],
): string[] | null {
  const named = (chosen ?? []).flatMap((number) => inFile[number - 1] ?? [])
  const same = here.filter(({ kind, label, target }) =>
    named.some((each) => each.kind === kind && each.label === label && each.target === target),
  )
  return same.length === 0 ? null : same.map(({ id }) => id)
}

/** Makes a group of a file's portfolios; the one of all only where there is none yet. Answers its id, or why there is none. */
async function takeGroup(
  c: AppContext,
  account: string,
  { kind, portfolios, created_at, ...settings }: GroupSettings,
  made: ReadonlyMap<number, Listed>,
): Promise<{ id: string } | { problem: string }> {
  const read = readPortfolioForm(settings)
  if ('faults' in read) return { problem: `${read.faults[0]!.field}: ${read.faults[0]!.reason}` }
  const { name, description, baseCurrency, benchmarks, targets } = read.form
  const group = { ...newGroup, name, description, baseCurrency, benchmarks, targets, kind }
  const createdAt = Date.parse(created_at)
  if (kind === 'all') {
    return { id: await groupOfAll(database(c.env.DB), account, group, createdAt) }
  }
  const id = crypto.randomUUID()
  const members = portfolios.flatMap((number) => made.get(number) ?? [])
  const answer = await coordinator(c.env, id).createGroup(
    { ...group, id, ownerId: account, createdAt },
    members,
  )
  return answer === 'full' ? { problem: tooManyGroups } : { id }
}

/** Says whether a row of a file is the digest, or an alert with what its kind asks for. */
function isAlert({ kind, subject, level }: KeptAlert): boolean {
  if (kind === DIGEST) return true
  if (!Object.hasOwn(alertKinds, kind)) return false
  const asks = asksOf(kind as AlertKind)
  const isAbout =
    subject === undefined ? asks.subject === null || asks.subjectIsOptional === true : asks.subject !== null
  return isAbout && (level === undefined) === (asks.level === null)
}

/** Leads to the first portfolio of a file; where none was taken, the form comes back `again` and says why. */
export function takenPage(
  c: AppContext,
  { taken, problems }: Taken,
  again: (problem: string) => Promise<Response>,
): Response | Promise<Response> {
  const [first] = taken
  if (!first && problems.length > 0) return again(problems.join(' '))
  for (const { id, revision } of taken) rememberRevision(c, id, revision)
  const added = taken.map(({ name }) => `“${name}”`).join(', ')
  leaveNotice(
    c,
    [
      added === '' ? english('Added the securities.') : english('Added {names}.', { names: added }),
      ...problems,
    ].join(' '),
  )
  return c.redirect(first ? `/portfolios/${first.id}` : '/account', 303)
}

function portfolioOf(settings: unknown, ownerId: string): Portfolio | { problem: string } {
  if (typeof settings !== 'object' || settings === null) return { problem: 'its settings are missing.' }
  const fields = settings as Record<string, unknown>
  const { dismissed_dividends: dismissed, dismissed_actions: actions = [], created_at, ...others } = fields
  const { own_instruments: own = [], ...given } = others
  const odd = Object.keys(given).find((name) => !Object.hasOwn(portfolioBody.entries, name))
  if (odd !== undefined)
    return { problem: `this version does not know its “${odd.toWellFormed().slice(0, 40)}”.` }
  const wrong = Object.keys(portfolioBody.entries).find((name) => {
    const value = given[name]
    if (name === 'benchmarks') return !isTexts(value)
    // a file of before these has neither
    if (value === undefined && /^(targets|risk_free_rate)$/.test(name)) return false
    return !(isText(value) || (value === null && /^(withholding|risk_free_rate)$/.test(name)))
  })
  if (wrong) return { problem: `its “${wrong}” cannot be read.` }
  const createdAt = isText(created_at) ? Date.parse(created_at) : Number.NaN
  if (!Number.isFinite(createdAt)) return { problem: 'its “created_at” cannot be read.' }
  if (!isTexts(dismissed) || dismissed.some((each) => !/^[^@]{1,40}@\d{4}-\d\d-\d\d$/.test(each)))
    return { problem: 'its “dismissed_dividends” cannot be read.' }
  if (!isTexts(actions) || actions.some((each) => !/^[^@]{1,40}@[^@]{1,40}$/.test(each)))
    return { problem: 'its “dismissed_actions” cannot be read.' }
  if (!isTexts(own) || own.some((each) => readOwnInstrument(each) === null))
    return { problem: 'its “own_instruments” cannot be read.' }
  const read = readPortfolioForm(given as Typed<typeof portfolioBody>)
  if ('faults' in read) return { problem: `${read.faults[0]!.field}: ${read.faults[0]!.reason}.` }
  const kept = { dismissedDividends: dismissed, dismissedActions: actions, ownInstruments: own }
  return { ...read.form, id: crypto.randomUUID(), ownerId, createdAt, ...kept }
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.isWellFormed() && !value.includes('\0')
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every(isText)
}
