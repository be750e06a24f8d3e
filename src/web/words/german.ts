import { account } from './german/account.ts'
import { alerts } from './german/alerts.ts'
import { answers } from './german/answers.ts'
import { cash } from './german/cash.ts'
import { dashboard } from './german/dashboard.ts'
import { device } from './german/device.ts'
import { faults } from './german/faults.ts'
import { gap } from './german/gap.ts'
import { sources } from './german/sources.ts'
import { statements } from './german/statements.ts'
import { general } from './german/general.ts'
import { imports } from './german/imports.ts'
import { records } from './german/records.ts'
import { notices } from './german/notices.ts'
import { scripts } from './german/scripts.ts'

/** What the interface says, in German. Each file has the words of some pages. */
export const german = {
  ...account,
  ...alerts,
  ...answers,
  ...cash,
  ...dashboard,
  ...device,
  ...faults,
  ...gap,
  ...sources,
  ...statements,
  ...general,
  ...imports,
  ...records,
  ...notices,
  ...scripts,
} as const satisfies Record<string, string>
