/** The pages of a portfolio, in the order of the header; `key` is the letter that leads there. */
export const navigation = [
  { href: (id) => `/portfolios/${id}`, label: 'Dashboard', key: 'd' },
  { href: (id) => `/portfolios/${id}/transactions`, label: 'Transactions', key: 't' },
  { href: (id) => `/portfolios/${id}/imports`, label: 'Import', key: 'i' },
] as const satisfies { href: (id: string) => string; label: string; key: string }[]

export type PageName = (typeof navigation)[number]['label']

type Props = { portfolio?: string | undefined; here?: PageName | undefined }

/** Without a portfolio there is but the machinery to look at. */
export const Navigation = ({ portfolio, here }: Props) => (
  <nav class="masthead-links" aria-label="Pages">
    {portfolio !== undefined &&
      navigation.map(({ href, label }) => (
        <a href={href(portfolio)} aria-current={label === here ? 'page' : undefined}>
          {label}
        </a>
      ))}
    <a href="/status">Status</a>
  </nav>
)
