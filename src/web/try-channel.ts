import { sendNow } from '../jobs/deliver-notice.ts'
import { database, inOneTransaction } from '../storage/database.ts'
import { openedChannel, saveChannelLanguage } from '../storage/notice-channels.ts'
import { refuseTooOften } from './access/allowance.ts'
import { signedIn } from './access/visitor.ts'
import { withReader } from './reader.ts'
import { type AppContext, reader } from './request.ts'
import { storedReader } from './locale.ts'
import { t } from './words/words.ts'

/** What came of a test: null in place of a sentence when it was sent. */
type Tried = { said: string | null }

/** Sends a test by a channel of whoever is signed in; null where they have no such channel, a refusal when it is too often. */
export async function tryChannel(c: AppContext, id: string): Promise<Tried | Response | null> {
  const { account } = await signedIn(c)
  const db = database(c.env.DB)
  const channel = await openedChannel(db, account, id)
  if (!channel) return null
  const refused = await refuseTooOften(c, 'test notice', account)
  if (refused) return refused
  // from now on it speaks this language
  const now = Date.now()
  await inOneTransaction(db, [saveChannelLanguage(db, account, storedReader(reader(c)), id)])
  const [title, body] = withReader(reader(c), () => [
    t('Test from Yardstick'),
    t('If you can read this, notifications arrive here.'),
  ])
  const notice = { title: title!, body: body!, address: '/account/notices', tag: 'test', at: now }
  const sending = await sendNow(c.env, channel, { ...notice, id: `test:${crypto.randomUUID()}` })
  return { said: sending.status === 'sent' ? null : sending.said }
}
