import { beforeRequest, onFailure, refuseEdits } from './htmx.ts'
import { t } from '../words/words.ts'

/** A notice is shown for this many milliseconds. */
const STAYS = 8_000

/** Shows a notice: the result of an edit, as the server left it, or a failure that leaves the figures as they are. */
export function notices(): void {
  const left = document.querySelector<HTMLElement>('[data-notice]:not([hidden])')?.textContent
  const isLeft = () => left !== undefined && document.querySelector('[data-notice]')?.textContent === left
  if (left !== undefined) setTimeout(() => isLeft() && notify(null), STAYS)
  onFailure((status) => {
    if (status === null || !inForm.has(status)) notify(sentenceOf(status))
  })
  // what was entered stays in its form, and is not sent behind the reader's back later
  document.addEventListener(
    'submit',
    (event) => {
      if (!isRefused()) return
      event.preventDefault()
      event.stopImmediatePropagation()
    },
    true,
  )
  refuseEdits(isRefused)
  beforeRequest(() => isLeft() || !navigator.onLine || notify(null))
}

/** Says so where nothing can be sent. */
function isRefused(): boolean {
  if (!navigator.onLine) notify(t('You’re offline. Nothing was sent or changed; try again when you’re back.'))
  return !navigator.onLine
}

/** The statuses whose response to a form explains the failure itself. */
const inForm: ReadonlySet<number> = new Set([404, 409, 422])

export function notify(sentence: string | null): void {
  const line = document.querySelector<HTMLElement>('[data-notice]')
  if (!line) return
  line.textContent = sentence
  line.hidden = sentence === null
}

function sentenceOf(status: number | null): string {
  if (status === null) return t('Can’t reach the server. Showing the previous figures.')
  if (status === 429) return t('You just asked for that. Wait a moment, then try again.')
  return t('Couldn’t update (error {status}). Showing the previous figures.', { status })
}
