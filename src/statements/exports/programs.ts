import type { Ledger } from '../../portfolio/ledger.ts'
import { beancountFile } from './beancount.ts'
import { ghostfolioFile } from './ghostfolio.ts'
import { performanceFile } from './portfolio-performance.ts'
import { taxFile } from './tax.ts'

export type FileType = 'csv' | 'json' | 'beancount'

type Export = {
  name: string
  /** What is in it, in a sentence or two that claim only what is true. */
  says: string
  /** The end of the file's name. */
  file: string
  type: FileType
  /** `source` names the market source whose symbols these are, in capitals. */
  write: (ledger: Ledger, source: string) => string
}

/** The programs that a portfolio can be taken to, and the tax return. A new one is a file beside this and an entry here. */
const table = {
  taxes: {
    name: 'Taxes',
    says: 'Sales lot by lot with their cost and gain, dividends, interest, fees, taxes, open lots, and what transfers and corporate actions did to shares and cost.',
    file: 'taxes',
    type: 'csv',
    write: taxFile,
  },
  ghostfolio: {
    name: 'Ghostfolio',
    says: 'Activities for its JSON import. It knows no deposits, so these are left out; transfers become purchases and sales, returned capital a dividend. Of a spin-off the new shares are a purchase, and the old ones keep their whole cost; an exchange is a sale and a purchase.',
    file: 'for Ghostfolio',
    type: 'json',
    write: ghostfolioFile,
  },
  'portfolio-performance-trades': {
    name: 'Portfolio Performance: trades',
    says: 'For its CSV import “Portfolio Transactions”, with commas between the fields and decimal points. Shares of spin-offs, exchanges and stock dividends are deliveries; a spin-off leaves the old shares their whole cost.',
    file: 'trades for Portfolio Performance',
    type: 'csv',
    write: (ledger) => performanceFile(ledger, 'portfolio'),
  },
  'portfolio-performance-account': {
    name: 'Portfolio Performance: account',
    says: 'The cash beside it, for its CSV import “Account Transactions”. Returned capital becomes a dividend.',
    file: 'account for Portfolio Performance',
    type: 'csv',
    write: (ledger) => performanceFile(ledger, 'account'),
  },
  beancount: {
    name: 'Beancount',
    says: 'A ledger in the portfolio’s currency, with a lot for each purchase. Shares of a spin-off or an exchange take the cost and days of their lots along.',
    file: 'ledger',
    type: 'beancount',
    write: beancountFile,
  },
} satisfies Record<string, Export>

export type Program = keyof typeof table
export const programs: Readonly<Record<Program, Export>> = table

export function isProgram(name: string): name is Program {
  return Object.hasOwn(programs, name)
}
