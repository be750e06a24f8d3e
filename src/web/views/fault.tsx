import { translated } from '../words/words.ts'

/** Why a field was refused; `marks` of the field leads there. */
export const Fault = ({ of, children }: { of: string; children: string }) => (
  <p class="fault" id={`${of}-fault`} role="alert">
    {translated(children)}
  </p>
)
