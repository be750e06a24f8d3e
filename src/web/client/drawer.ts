/** After a choice on a phone: its sheet closes, and the button that opened it names what was chosen. */
export function closeDrawer(figure: HTMLElement, chosen: string): void {
  const opener = figure.querySelector('.opener')!
  opener.textContent = chosen
  opener.ariaLabel = `Range: ${chosen}`
  figure.querySelector<HTMLElement>('.drawer')!.hidePopover()
}
