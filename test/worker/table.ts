/** Prints rows of cells in columns, each line behind the mark by which `npm run bench` finds it (test/bench/budgets.ts). */
export function printTable(title: string, rows: readonly (readonly (string | number)[])[]): void {
  const cells = rows.map((row) => row.map(String))
  const widths = cells[0]!.map((_, i) => Math.max(...cells.map((row) => row[i]!.length)))
  const lines = cells.map((row) =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join('  '),
  )
  console.log(['', title, ...lines].map((line) => `¦${line}`).join('\n'))
}
