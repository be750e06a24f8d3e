import type { NoticeWords } from '../../snapshot/alerts/says.ts'
import { account } from './german/account.ts'
import { activity } from './german/activity.ts'
import { alerts } from './german/alerts.ts'
import { answers } from './german/answers.ts'
import { brokers } from './german/brokers.ts'
import { cash } from './german/cash.ts'
import { corporateActions } from './german/corporate-actions.ts'
import { dashboard } from './german/dashboard.ts'
import { device } from './german/device.ts'
import { faults } from './german/faults.ts'
import { feeds } from './german/feeds.ts'
import { figures } from './german/figures.ts'
import { fileRows } from './german/file-rows.ts'
import { gap } from './german/gap.ts'
import { general } from './german/general.ts'
import { imports } from './german/imports.ts'
import { income } from './german/income.ts'
import { instrument } from './german/instrument.ts'
import { notices } from './german/notices.ts'
import { reasons } from './german/reasons.ts'
import { records } from './german/records.ts'
import { returns } from './german/returns.ts'
import { scripts } from './german/scripts.ts'
import { settings } from './german/settings.ts'
import { shared } from './german/shared.ts'
import { signIn } from './german/sign-in.ts'
import { sources } from './german/sources.ts'
import { statements } from './german/statements.ts'
import { status } from './german/status.ts'
import { targets } from './german/targets.ts'
import { terms } from './german/terms.ts'
import { told } from './german/told.ts'
import { transactions } from './german/transactions.ts'

/** What the interface says, in German. Each file has the words of some pages; what notices say must be among them. */
export const german = {
  ...account,
  ...activity,
  ...alerts,
  ...answers,
  ...brokers,
  ...cash,
  ...corporateActions,
  ...dashboard,
  ...device,
  ...faults,
  ...feeds,
  ...figures,
  ...fileRows,
  ...gap,
  ...general,
  ...imports,
  ...income,
  ...instrument,
  ...notices,
  ...reasons,
  ...records,
  ...returns,
  ...scripts,
  ...settings,
  ...shared,
  ...signIn,
  ...sources,
  ...statements,
  ...status,
  ...targets,
  ...terms,
  ...told,
  ...transactions,
} as const satisfies Record<string, string> & Record<NoticeWords, string>
