type RowActionsProps = {
  edit: string
  /** The address that deletes the row or, without `post`, the page that does. */
  remove: string
  /** The name of the row for screen readers: `Buy AAPL, Jan 3, 2024`. */
  name: string
  post?: boolean
  /** The htmx attributes of both. */
  inPlace?: { edit: Record<string, string>; remove: Record<string, string> }
  autofocus?: boolean
}

/** A pen and a cross, the same at the end of every row that can be edited. */
export const RowActions = ({ edit, remove, name, post, inPlace, autofocus }: RowActionsProps) => (
  <>
    <a
      class="tool edit"
      href={edit}
      aria-label={`Edit ${name}`}
      title="Edit"
      autofocus={autofocus}
      {...inPlace?.edit}
    >
      <Pen />
    </a>
    {post ? (
      <form method="post" action={remove} {...inPlace?.remove}>
        <button class="tool" aria-label={`Delete ${name}`} title="Delete">
          <Cross />
        </button>
      </form>
    ) : (
      <a class="tool" href={remove} aria-label={`Delete ${name}`} title="Delete">
        <Cross />
      </a>
    )}
  </>
)

/** Links of a row to the page of its transaction, whose form has a button for both. */
export const TransactionLinks = ({
  portfolio,
  transaction,
  name,
}: {
  portfolio: string
  transaction: string
  name: string
}) => {
  const edit = `/portfolios/${portfolio}/transactions/${transaction}/edit`
  return <RowActions edit={edit} remove={`${edit}#delete`} name={name} />
}

const Pen = () => (
  <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
    <path d="m3 13 .6-2.8 7-7 2.2 2.2-7 7Z" />
  </svg>
)

const Cross = () => (
  <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
    <path d="m4 4 8 8m0-8-8 8" />
  </svg>
)
