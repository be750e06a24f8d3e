import type { ImportChoices } from '../coordinator/import-choices.ts'
import type { ImportResult } from '../coordinator/statement-import.ts'
import { coordinator } from '../jobs/durable-objects.ts'
import { database } from '../storage/database.ts'
import { MOST_PORTFOLIOS, portfolioById } from '../storage/portfolios.ts'
import { portfoliosLeft } from './access/allowance.ts'
import { settingsOf } from './portfolio-form.ts'
import { type AppContext, isPortfolioId, rememberRevision } from './request.ts'
import { english } from './words/words.ts'

type Said = Omit<ImportChoices, 'holdsBack'>

/** What an import has done with the rows of other accounts of its file, or would do; a problem is a sentence. */
export type OtherAccount = {
  accounts: string[]
  /** Null, as its result is, for a portfolio that is yet to be made. */
  portfolio: { id: string; name: string } | null
  result: ImportResult | null
  problem: string | null
}

/** The accounts that go to another portfolio, by where: the id of one, or `new <account>`. */
function targetsIn(accounts: Said['accounts']): Map<string, string[]> {
  const elsewhere = Object.entries(accounts).filter(([, target]) => target === 'new' || isPortfolioId(target))
  const byTarget = Map.groupBy(elsewhere, ([name, target]) => (target === 'new' ? `new ${name}` : target))
  return new Map([...byTarget].map(([target, each]) => [target, each.map(([name]) => name)]))
}

const isNew = (target: string) => target.startsWith('new ')

/** What was said of the file, for a portfolio that takes these of its accounts. */
function saidFor(said: Said, own: readonly string[]): ImportChoices {
  const names = Object.keys(said.accounts)
  const accounts = Object.fromEntries(names.map((name) => [name, own.includes(name) ? '' : 'none']))
  return { ...said, accounts, isPart: true, holdsBack: true }
}

/** Asks the portfolios to which other accounts go what an import would do there. */
export async function othersPreviewed(
  c: AppContext,
  actor: string,
  portfolios: readonly { id: string; name: string }[],
  file: () => Promise<string | null>,
  said: Said,
): Promise<OtherAccount[]> {
  const targets = targetsIn(said.accounts)
  const text = targets.size === 0 ? null : await file()
  if (text === null) return []
  const fresh = [...targets.keys()].filter(isNew)
  const without = new Set(fresh.length === 0 ? [] : fresh.slice(Math.max(0, await portfoliosLeft(c, actor))))
  return Promise.all(
    [...targets].map(async ([target, accounts]): Promise<OtherAccount> => {
      const portfolio = portfolios.find(({ id }) => id === target) ?? null
      const none = { accounts, portfolio, result: null }
      if (without.has(target))
        return {
          ...none,
          problem: english('An account has at most {n} portfolios, and this would be one more.', {
            n: MOST_PORTFOLIOS,
          }),
        }
      if (isNew(target)) return { ...none, problem: null }
      const looked = await coordinator(c.env, target).import(actor, text, true, saidFor(said, accounts))
      return looked.status === 'previewed'
        ? { ...none, result: looked.value, problem: null }
        : { ...none, problem: english('You cannot change this portfolio.') }
    }),
  )
}

/**
 * Imports the rows of other accounts of a kept file into the portfolios that they belong to, and makes those that are new,
 * with the settings of the one that the file was chosen for. The same form sent twice makes each of them once.
 */
export async function importOthers(
  c: AppContext,
  { actor, from, draft }: { actor: string; from: string; draft: string },
  file: () => Promise<string | null>,
  said: Said,
): Promise<OtherAccount[]> {
  const targets = targetsIn(said.accounts)
  const text = targets.size === 0 ? null : await file()
  if (text === null) return []
  const db = database(c.env.DB)
  const done: OtherAccount[] = []
  for (const [target, accounts] of targets) {
    const id = isNew(target) ? await idFor(`${draft} ${target}`) : target
    const model = isNew(target) ? await portfolioById(db, from) : null
    const name = accounts[0]!.toWellFormed()
    const none = { accounts, portfolio: null, result: null }
    const made =
      model &&
      (await coordinator(c.env, id).create({
        ...settingsOf(model),
        name,
        description: '',
        id,
        ownerId: actor,
        createdAt: Date.now(),
        dismissedDividends: [],
        dismissedActions: [],
        ownInstruments: [],
      }))
    if (made === 'full') {
      const problem = english('An account has at most {n} portfolios; nothing of “{name}” was imported.', {
        n: MOST_PORTFOLIOS,
        name,
      })
      done.push({ ...none, problem })
      continue
    }
    const imported = await coordinator(c.env, id).import(actor, text, false, saidFor(said, accounts))
    const portfolio = await portfolioById(db, id)
    if (imported.status !== 'ok' || !portfolio) {
      done.push({ ...none, problem: `Nothing of “${name}” was imported.` })
      continue
    }
    rememberRevision(c, id, imported.revision)
    done.push({ accounts, portfolio, result: imported.value, problem: null })
  }
  return done
}

/** The id of a new portfolio, the same for the same file and account; nobody can tell it who has not sent the file. */
async function idFor(file: string): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(file)))
  const digits = Array.from(hash.subarray(0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('')
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
