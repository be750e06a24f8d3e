/** The logo: a ruler with its marks. */
export const Mark = () => (
  <svg class="mark" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
    <rect x="1" y="5" width="18" height="10" rx="1.5" fill="currentColor" />
    <path d="M4.5 5v4M8.2 5v2.5M11.8 5v4M15.5 5v2.5" />
  </svg>
)
