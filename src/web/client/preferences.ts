const YEAR = 365 * 24 * 60 * 60

/** Sets theme, colors of gain and loss, and privacy at once, and stores them in a cookie for the next page. */
export function preferences(): void {
  document.addEventListener('change', ({ target }) => {
    const option = target as HTMLInputElement
    if (!option.matches('.preferences input[type=radio]')) return
    if (option.name === 'language') void chooseLanguage(option)
    else choose(option.name, option.value)
  })
}

/** Draws charts for paper in the colors of the light theme, because a canvas cannot follow a style sheet by itself. */
export function printing(): void {
  const { dataset } = document.documentElement
  let before: string | undefined
  addEventListener('beforeprint', () => {
    before = dataset.theme
    dataset.theme = 'light'
  })
  addEventListener('afterprint', () => {
    if (before === undefined) delete dataset.theme
    else dataset.theme = before
  })
}

export function togglePrivacy(): void {
  choose('privacy', document.documentElement.dataset.privacy === 'on' ? 'off' : 'on')
}

/** Calls back when a canvas must be drawn again. */
export function onAppearance(listener: () => void): void {
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', listener)
  const attributes = { attributes: true, attributeFilter: ['data-theme', 'data-privacy', 'data-palette'] }
  new MutationObserver(listener).observe(document.documentElement, attributes)
}

/** The first option is the default and has no attribute, as in preferences.ts of the server. */
const standard: Record<string, string> = { theme: 'auto', palette: 'green', privacy: 'off' }

function choose(name: string, value: string): void {
  const { dataset } = document.documentElement
  if (value === standard[name]) delete dataset[name]
  else dataset[name] = value
  keep(name, value)
  for (const option of document.querySelectorAll<HTMLInputElement>(`.preferences input[name=${name}]`)) {
    option.checked = option.value === value
  }
  if (name === 'privacy') {
    document.querySelector('[data-do=privacy]')!.ariaPressed = String(value === 'on')
  }
}

/** Another language is another page; the server is told, because the account's channels are told things in it. */
async function chooseLanguage({ form, value }: HTMLInputElement): Promise<void> {
  const { action, method } = form!
  await fetch(action, { method, body: new FormData(form!), redirect: 'manual' }).catch(() =>
    keep('language', value),
  )
  location.reload()
}

function keep(name: string, value: string): void {
  document.cookie = `${name}=${value}; path=/; max-age=${YEAR}; samesite=lax`
}
