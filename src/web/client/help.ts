import { made, openDialog } from './dialog.ts'
import type * as words from '../words/words.ts'

const known: [group: words.Label, keys: [key: string, does: words.Label][]][] = [
  [
    'Anywhere',
    [
      ['/', 'Search: tickers, pages, portfolios, actions'],
      ['?', 'Keyboard shortcuts'],
      ['n', 'Add transaction'],
      ['p', 'Hide or show money'],
      ['Esc', 'Close'],
    ],
  ],
  [
    'Dashboard',
    [
      ['r', 'Refresh prices'],
      ['1 … 6', 'Chart range: 1M, 3M, YTD, 12M, 5Y, All'],
      ['← →', 'In the chart: move by a day; Page Up and Page Down by a month; Home, End'],
      ['↑ ↓', 'In the table: move between holdings; Enter opens one'],
    ],
  ],
]

export function openHelp(t: typeof words.t): void {
  const pages = [...document.querySelectorAll<HTMLElement>('.pages [data-go]')].map(
    (link): [string, string] => [`g ${link.dataset.go}`, link.textContent],
  )
  const groups = known.map(
    ([title, keys]) => [t(title), keys.map(([key, does]): [string, string] => [key, t(does)])] as const,
  )
  if (pages.length > 0) groups.push([t('Go to'), pages])
  const close = made('button', { class: 'button', type: 'button' }, t('Close'))
  const dialog = openDialog(
    'help',
    t('Keyboard'),
    made(
      'div',
      { class: 'help' },
      made('header', {}, made('h1', {}, t('Keyboard')), close),
      ...groups.map(([title, keys]) =>
        made(
          'section',
          {},
          made('h2', {}, title),
          made(
            'dl',
            {},
            ...keys.flatMap(([key, does]) => [
              made('dt', {}, ...key.split(' ').map((part) => made('kbd', {}, part))),
              made('dd', {}, does),
            ]),
          ),
        ),
      ),
    ),
  )
  close.addEventListener('click', () => dialog.close())
}
