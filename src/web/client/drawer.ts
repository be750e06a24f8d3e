import { t } from '../words/words.ts'

/** Closes the sheet after a choice on a phone, and writes the choice on the button that opened it. */
export function closeDrawer(figure: HTMLElement, chosen: string): void {
  const opener = figure.querySelector('.opener')!
  opener.textContent = chosen
  opener.ariaLabel = t('Range: {chosen}', { chosen })
  figure.querySelector<HTMLElement>('.drawer')!.hidePopover()
}
