/** What went wrong, in words, and a way on. */
export const Problem = ({
  status,
  title,
  detail,
}: {
  status: number
  title: string
  detail?: string | undefined
}) => (
  <div class="page">
    <p class="aside">{status}</p>
    <h1>{title}</h1>
    {detail && <p class="lead">{detail}</p>}
    <p>
      <a class="button" href="/">
        Back to the start
      </a>
    </p>
  </div>
)
