import type { ImportPreview as Preview } from '../../coordinator/import-preview.ts'
import { inWords, isOpen } from '../../statements/question.ts'
import { exact } from '../format.ts'
import type { OtherAccount } from '../other-accounts.ts'
import type { SaidOnPage } from '../said-on-page.ts'
import { HeldAfter } from './held-after.tsx'
import { Accounts } from './other-accounts.tsx'
import { ImportQuestions } from './import-questions.tsx'
import { ReadSoFar, Warnings } from './import.tsx'
import { PreviewedRows } from './previewed-rows.tsx'

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
  const warnings = preview.warnings.filter((warning) => !asked.has(warning))
  const imports = `/portfolios/${portfolio.id}/imports`
  const isAsked = questions.some(isOpen)
  const leaving = others.reduce((sum, { accounts }) => sum + accounts.length, 0)
  const canImport = (counts.new > 0 || leaving > 0) && !isAsked
  return (
    <div class="page wide-page preview" id="preview">
      <h1>
        {isAsked
          ? 'One question first'
          : counts.new + leaving === 0
            ? 'Nothing new to import'
            : 'Check before importing'}
      </h1>
      <p class="lead">
        Format: {preview.format}. Nothing has been imported into {portfolio.name} yet.
      </p>
      {problem && (
        <p class="fault" role="alert">
          {problem}
        </p>
      )}
      <div role="status" hidden={isAsked}>
        <dl class="cards">
          <Count name="New" count={counts.new} />
          <Count name="Already in portfolio" count={counts.known} />
          {(counts.similar ?? 0) > 0 && <Count name="Similar" count={counts.similar!} />}
          <Count name="Rejected" count={counts.rejected} />
          {counts.left_out > 0 && <Count name="Not supported" count={counts.left_out} />}
          <Count name="Warnings" count={warnings.length} />
        </dl>
      </div>
      <div class="beside">
        <form id="reading" method="post" action={imports} {...shownAnew(imports)} hx-trigger="change">
          <input type="hidden" name="draft" value={draft} />
          <input type="hidden" name="seen" value={said.mark} />
          {said.unseen.map(([name, value]) => (
            <input type="hidden" name={name} value={value} />
          ))}
          <section class="panel strip" aria-label="How this file is read">
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
            Apply
          </button>
          <Warnings warnings={warnings} />
          <PreviewedRows preview={preview} />
        </form>
        <div class="after">
          {counts.new > 0 && <HeldAfter preview={preview} />}
          <div class="actions">
            {canImport && (
              <button class="button primary" name="preview" value="0" form="reading">
                {counts.new > 0 || leaving === 0
                  ? `Import ${counted(counts.new, 'row')}`
                  : `Import ${counted(leaving, 'account')}`}
                {counts.new > 0 && leaving > 0 && ` and ${counted(leaving, 'other account')}`}
              </button>
            )}
            <a class="button" href={imports}>
              Choose another file
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

function counted(count: number, noun: string): string {
  return `${exact(String(count))} ${noun}${count === 1 ? '' : 's'}`
}
