const YEAR = 365 * 24 * 60 * 60

/** Theme and privacy: at once in this page, in a cookie for the first paint of the next. */
export function preferences(): void {
  document.addEventListener('click', (event) => {
    const button = (event.target as Element).closest<HTMLElement>('[data-preference]')
    if (button?.dataset.preference === 'theme') setTheme(isDark() ? 'light' : 'dark')
    if (button?.dataset.preference === 'privacy')
      setPrivacy(document.documentElement.dataset.privacy !== 'on')
  })
}

/** Calls back when what is drawn on a canvas must be drawn again. */
export function onAppearance(listener: () => void): void {
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', listener)
  const attributes = { attributes: true, attributeFilter: ['data-theme', 'data-privacy'] }
  new MutationObserver(listener).observe(document.documentElement, attributes)
}

function isDark(): boolean {
  const { theme } = document.documentElement.dataset
  return theme ? theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches
}

function setTheme(theme: 'light' | 'dark'): void {
  document.documentElement.dataset.theme = theme
  remember('theme', theme)
}

function setPrivacy(on: boolean): void {
  if (on) document.documentElement.dataset.privacy = 'on'
  else delete document.documentElement.dataset.privacy
  remember('privacy', on ? 'on' : 'off')
}

function remember(name: string, value: string): void {
  document.cookie = `${name}=${value}; path=/; max-age=${YEAR}; samesite=lax`
}
