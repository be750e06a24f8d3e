/** Lines of a table: what it is today, and the aim, where there is one. */
export class Report {
  private readonly lines: Record<string, Record<string, number | string>> = {}

  line(name: string, today: number, aim: number | null, unit: string): void {
    const rounded = today >= 100 ? Math.round(today) : Number(today.toPrecision(3))
    const met = aim === null ? '' : today <= aim ? 'met' : 'MISSED'
    this.lines[name] = { today: rounded, aim: aim ?? '', unit, met }
  }

  print(): void {
    console.table(this.lines)
  }
}
