/** What the tests use of big.js, which brings no types: decimals by another author, to check ours against. */
declare module 'big.js' {
  type Number = string | number | Big

  export class Big {
    static DP: number
    constructor(value: Number)
    plus(other: Number): Big
    minus(other: Number): Big
    times(other: Number): Big
    div(other: Number): Big
    /** Mode 2 is half to even, 3 away from zero. */
    round(decimals: number, mode?: 0 | 1 | 2 | 3): Big
    cmp(other: Number): -1 | 0 | 1
    lt(other: Number): boolean
    gt(other: Number): boolean
    abs(): Big
    toFixed(): string
    toNumber(): number
  }
}
