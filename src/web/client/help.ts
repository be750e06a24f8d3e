import { made, openDialog } from './dialog.ts'

const known: [group: string, keys: [key: string, does: string][]][] = [
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

export function openHelp(): void {
  const pages = [...document.querySelectorAll<HTMLElement>('.pages [data-go]')].map(
    (link): [string, string] => [`g ${link.dataset.go}`, link.textContent],
  )
  const groups = pages.length > 0 ? [...known, ['Go to', pages] as const] : known
  const close = made('button', { class: 'button', type: 'button' }, 'Close')
  const dialog = openDialog(
    'help',
    'Keyboard',
    made(
      'div',
      { class: 'help' },
      made('header', {}, made('h1', {}, 'Keyboard'), close),
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
