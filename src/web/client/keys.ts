import { notify } from './notice.ts'
import { togglePrivacy } from './preferences.ts'
import { revisionHeaders } from './revision.ts'
import { t } from '../words/words.ts'

/** Handles keyboard shortcuts. A key presses a link or button of the page, or runs an action below. */
export function keys(): void {
  let afterG = -Infinity
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyping(event.target))
      return
    if (document.querySelector('dialog[open]')) return
    const { key } = event
    const goes = event.timeStamp - afterG < WITHIN
    afterG = key === 'g' ? event.timeStamp : -Infinity
    if (key === 'g') return
    const action = actions[key]
    if (!goes && action) action()
    else if (!press(goes ? `.pages [data-go="${CSS.escape(key)}"]` : pressed[key])) return
    event.preventDefault()
  })
  document.addEventListener('click', ({ target }) => {
    const name = (target as Element).closest<HTMLElement>('[data-do]')?.dataset.do
    if (name) commands[name]?.()
  })
}

/** A key that follows `g` within this many milliseconds belongs to it. */
const WITHIN = 1_500

// Palette and help are loaded when they are first used. After an update, an open page requests files that no longer
// exist.
const gone = () => notify(t('There is a newer version of this page. Reload it, then try again.'))
const commands: Record<string, () => void> = {
  palette: searching,
  help: () => void import('./help.ts').then((it) => it.openHelp(t)).catch(gone),
  privacy: togglePrivacy,
}

/** Opens the palette. Letters that are typed while it loads become the search and press no key of the page. */
function searching(): void {
  let typed = ''
  const keep = (event: KeyboardEvent) => {
    if (event.key.length > 1 || event.ctrlKey || event.metaKey || event.altKey) return
    typed += event.key
    event.preventDefault()
    event.stopPropagation()
  }
  addEventListener('keydown', keep, true)
  void import('./palette.ts')
    .then((it) => it.openPalette(revisionHeaders(), typed, t))
    .catch(gone)
    .finally(() => removeEventListener('keydown', keep, true))
}

const actions: Record<string, (() => void) | undefined> = {
  '/': commands.palette,
  '?': commands.help,
  p: commands.privacy,
}

const pressed: Record<string, string> = {
  r: '#freshness form button:enabled',
  n: '[data-go=n], #add-transaction, .tab-bar .add',
  ...Object.fromEntries(Array.from('123456', (key) => [key, `.ranges a:nth-of-type(${key})`])),
}

function press(selector: string | undefined): boolean {
  const found = selector === undefined ? null : document.querySelector<HTMLElement>(selector)
  found?.click()
  return found !== null
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input:not([type=radio], [type=checkbox]), select, textarea'))
  )
}
