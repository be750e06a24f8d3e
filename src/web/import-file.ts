import { type ImportChoices, noChoices } from '../coordinator/import-choices.ts'
import type { Imported } from '../coordinator/edited.ts'
import { securitiesIn } from '../coordinator/statement-reading.ts'
import { findSecurities } from '../jobs/find-securities.ts'
import { securityQuery } from '../statements/security-query.ts'
import { database } from '../storage/database.ts'
import type { Scope } from './access/portfolio-scope.tsx'

/** So many securities are looked up at the source for one file at a time; it allows few searches a minute. */
const MOST_SEARCHED = 5

/**
 * Hands a statement to the portfolio, as a preview or for good. Securities that it names by ISIN or name alone are looked up
 * first.
 */
export async function importFile(
  env: Env,
  { actor, coordinator }: Pick<Scope, 'actor' | 'coordinator'>,
  text: string,
  isPreview: boolean,
  choices: ImportChoices = noChoices,
): Promise<Imported> {
  const read = (preview: boolean) => coordinator.import(actor, text, preview, choices)
  const looked = isPreview || ISIN.test(text) ? await withTickersFound(env, read) : null
  return isPreview && looked ? looked : read(isPreview)
}

/**
 * Previews a statement. Securities that it leaves open are looked up outside of the portfolio's object, which goes on
 * answering meanwhile; what was found is remembered, so that the next reading of the file knows more of them.
 */
export async function withTickersFound(
  env: Env,
  read: (isPreview: true) => Promise<Imported>,
): Promise<Imported> {
  const looked = await read(true)
  const open = looked.status === 'previewed' ? securitiesIn(looked.value.questions) : []
  if (open.length === 0) return looked
  const db = database(env.DB)
  const found = await Promise.all(
    open
      .slice(0, MOST_SEARCHED)
      .map(({ isin, symbol, name }) =>
        findSecurities(env, db, securityQuery(isin || symbol || name), Date.now()),
      ),
  )
  return found.some(({ securities }) => securities.length > 0) ? read(true) : looked
}

const ISIN = /\b[A-Z]{2}[A-Z0-9]{9}\d\b/
