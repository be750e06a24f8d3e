import { type Chosen, names, preferences } from '../preferences.ts'
import { t, type Label } from '../words/words.ts'

/** Chooses how the pages look in this browser. With script, each choice shows at once. */
type PreferencesProps = { path: string; chosen: Chosen; visitor: { isAdmin: boolean } | null }

export const Preferences = ({ path, chosen, visitor }: PreferencesProps) => (
  <details class="popover preferences" id="preferences">
    <summary class="icon" aria-label={t('Preferences')} title={t('Preferences')}>
      <svg viewBox="0 0 16 16" width="16" height="16" fill="none" stroke="currentColor" aria-hidden="true">
        <path d="M1.5 4h6m4 0h3m-13 8h3m4 0h6" />
        <circle cx="9.5" cy="4" r="2" />
        <circle cx="6.5" cy="12" r="2" />
      </svg>
    </summary>
    <form method="post" action="/preferences">
      {names.map((name) => (
        <fieldset>
          <legend>{t(preferences[name].title)}</legend>
          {Object.entries<Label>(preferences[name].options).map(([value, label]) => (
            <label>
              <input type="radio" name={name} value={value} checked={chosen[name] === value} /> {t(label)}
            </label>
          ))}
        </fieldset>
      ))}
      <input type="hidden" name="back" value={path} />
      <noscript>
        <button class="button">{t('Save')}</button>
      </noscript>
      <p class="links">
        <button type="button" class="needs-script" data-do="help">
          {t('Keyboard shortcuts')}
        </button>
        {visitor && <a href="/account">{t('Account')}</a>}
        {visitor?.isAdmin && <a href="/status">{t('Status')}</a>}
      </p>
    </form>
  </details>
)
