import { beforeRequest, onFailure } from './htmx.ts'

/** One line that says what did not work. The figures that are there stay. */
export function notices(): void {
  onFailure((status) => notify(sentenceOf(status)))
  beforeRequest(() => navigator.onLine && notify(null))
}

export function notify(sentence: string | null): void {
  const line = document.querySelector<HTMLElement>('[data-notice]')
  if (!line) return
  line.textContent = sentence
  line.hidden = sentence === null
}

function sentenceOf(status: number | null): string {
  if (status === null) return 'The server cannot be reached. The figures are those from before.'
  if (status === 429) return 'That was asked for a moment ago. Wait a little, then try again.'
  return `The server answered ${status}. The figures are those from before.`
}
