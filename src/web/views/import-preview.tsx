import type { ImportPreview as Preview } from '../../coordinator/import-preview.ts'
import { inWords, isOpen } from '../../statements/question.ts'
import { exact } from '../format.ts'
import { beyondADay } from '../free-plan.ts'
import type { OtherAccount } from '../other-accounts.ts'
import type { SaidOnPage } from '../said-on-page.ts'
import { HeldAfter } from './held-after.tsx'
import { Accounts } from './other-accounts.tsx'
import { ImportQuestions } from './import-questions.tsx'
import { ReadSoFar, Warnings } from './import.tsx'
import { PreviewedRows } from './previewed-rows.tsx'
import { t, translated } from '../words/words.ts'

type Portfolio = { id: string; name: string }

/**
 * Shows what an import of the kept file would do, row by row, and lets everything about it be said on the same page: each
 * change posts the form and shows the page anew, without script by the button Apply. Nothing has been imported yet.
 */
export const ImportPreview = ({
  portfolio,
  preview,
  draft,
  said,
  list,
  others,
  problem,
}: {
  portfolio: Portfolio
  /** The portfolios of the visitor. */
  list: readonly Portfolio[]
  preview: Preview
  draft: string
  said: SaidOnPage
  /** What becomes of the accounts that go to other portfolios. */
  others: OtherAccount[]
  /** Why what was said last could not be done. */
  problem?: string | undefined
}) => {
  const { counts, questions } = preview
  // the page asks what a program is told in words
  const asked = new Set(questions.map(inWords))
  const beyond = beyondADay(preview.counts.new)
  const warnings = preview.warnings.filter((warning) => !asked.has(warning))
  const imports = `/portfolios/${portfolio.id}/imports`
  const isAsked = questions.some(isOpen)
  const leaving = others.reduce((sum, { accounts }) => sum + accounts.length, 0)
  const canImport = (counts.new > 0 || leaving > 0) && !isAsked
  return (
    <div class="page wide-page preview" id="preview">
      <h1>
        {isAsked
          ? t('One question first')
          : counts.new + leaving === 0
            ? t('Nothing new to import')
            : t('Check before importing')}
      </h1>
      <p class="lead">
        {t('Format: {format}. Nothing has been imported into {name} yet.', {
          format: translated(preview.format),
          name: portfolio.name,
        })}
      </p>
      {problem && (
        <p class="fault" role="alert">
          {translated(problem)}
        </p>
      )}
      <div role="status" hidden={isAsked}>
        <dl class="cards">
          <Count name={t('New')} count={counts.new} />
          <Count name={t('Already in portfolio')} count={counts.known} />
          {(counts.similar ?? 0) > 0 && <Count name={t('Similar')} count={counts.similar!} />}
          <Count name={t('Rejected')} count={counts.rejected} />
          {counts.left_out > 0 && <Count name={t('Not supported')} count={counts.left_out} />}
          <Count name={t('Warnings')} count={warnings.length} />
        </dl>
        {beyond !== null && <p class="aside">{translated(beyond)}</p>}
      </div>
      <div class="beside">
        <form id="reading" method="post" action={imports} {...shownAnew(imports)} hx-trigger="change">
          <input type="hidden" name="draft" value={draft} />
          <input type="hidden" name="seen" value={said.mark} />
          {said.unseen.map(([name, value]) => (
            <input type="hidden" name={name} value={value} />
          ))}
          <section class="panel strip" aria-label={t('How this file is read')}>
            <ImportQuestions preview={preview} />
            <Accounts {...{ portfolio, list, preview, others, said: said.accounts }} />
          </section>
          {/* the first button is the one that Enter presses */}
          <button
            class="button apply"
            name="preview"
            value="1"
            {...shownAnew(imports)}
            hx-sync="#reading:replace"
          >
            {t('Apply')}
          </button>
          <Warnings warnings={warnings} />
          <PreviewedRows preview={preview} />
        </form>
        <div class="after">
          {counts.new > 0 && <HeldAfter preview={preview} />}
          <div class="actions">
            {canImport && (
              <button class="button primary" name="preview" value="0" form="reading">
                {importing(counts.new, leaving)}
              </button>
            )}
            <a class="button" href={imports}>
              {t('Choose another file')}
            </a>
            <ReadSoFar />
          </div>
        </div>
      </div>
    </div>
  )
}

/** The page is morphed, so that the focus and what is being typed stay; the last change wins. */
function shownAnew(imports: string): Record<`hx-${string}`, string> {
  return {
    'hx-post': imports,
    'hx-vals': '{"preview": "1"}',
    'hx-target': '#preview',
    'hx-select': '#main > .page',
    'hx-swap': 'outerMorph',
    'hx-sync': 'replace',
  }
}

const Count = ({ name, count }: { name: string; count: number }) => (
  <div>
    <dt>{name}</dt>
    <dd>{exact(String(count))}</dd>
  </div>
)

/** What the button says: how many rows come in, and how many accounts go elsewhere. */
function importing(rows: number, leaving: number): string {
  const [n, accounts] = [exact(String(rows)), exact(String(leaving))]
  if (rows === 0 && leaving > 0)
    return t(leaving === 1 ? 'Import {n} account' : 'Import {n} accounts', { n: accounts })
  const what = t(rows === 1 ? 'Import {n} row' : 'Import {n} rows', { n })
  if (leaving === 0) return what
  return t(leaving === 1 ? '{what} and {n} other account' : '{what} and {n} other accounts', {
    what,
    n: accounts,
  })
}
