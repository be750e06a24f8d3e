import type { Mapping } from '../mapping.ts'

/**
 * The area of investors of B3, the exchange of Brazil: what the shares of all brokers did, without costs.
 *
 *     Entrada/Saída;Data;Movimentação;Produto;Instituição;Quantidade;Preço unitário;Valor da Operação
 *     Credito;15/01/2024;Transferência - Liquidação;PETR4 - PETROBRAS;XP;100; R$38,50 ; R$3.850,00
 */
export const brazilian: readonly Mapping[] = [
  {
    name: 'B3',
    header: ['entrada/saida', 'data', 'movimentacao', 'produto', 'quantidade', 'preco unitario'],
    field: {
      date: 'data',
      type: 'movimentacao',
      symbol: 'produto',
      shares: 'quantidade',
      price: 'preco unitario',
      amount: 'valor da operacao',
    },
    words: [
      [/^transferencia - liquidacao|^compra\/venda/, 'trade'],
      [/^(?:rendimento|dividendo|juros sobre capital|reembolso)/, 'dividend'],
      [/^(?:amortizacao|resgate)/, 'return of capital'],
      [/^(?:desdobro|grupamento|bonificacao|fracao)/, 'split'],
      [/^leilao de fracao/, 'in lieu'],
      [/emprestimo|direito|cessao|atualizacao/, 'nothing'],
    ],
    amount: 'gross',
    days: 'dmy',
    currency: 'BRL',
    signed: false,
    odd: (cells, cell) => {
      if (/^transfer[eê]ncia$/i.test(cells.types[0] ?? ''))
        return { skip: 'shares that went from one broker to another are in this file at both' }
      const [symbol = ''] = cells.symbol.split(' - ')
      const isOut = /^d[eé]bito/i.test(cell('entrada/saida'))
      return { ...cells, symbol: symbol.trim(), shares: isOut ? `-${cells.shares}` : cells.shares }
    },
  },
  {
    // 15/02/2023;Compra;Mercado Fracionário;-;XP;ITSA4F;37;8,92;330,04
    name: 'B3',
    header: [
      'data do negocio',
      'tipo de movimentacao',
      'mercado',
      'codigo de negociacao',
      'quantidade',
      'preco',
    ],
    field: {
      date: 'data do negocio',
      type: 'tipo de movimentacao',
      symbol: 'codigo de negociacao',
      shares: 'quantidade',
      price: 'preco',
      amount: 'valor',
    },
    amount: 'gross',
    days: 'dmy',
    currency: 'BRL',
    signed: false,
    odd: (cells, cell) =>
      /op[cç][aã]o|exerc[ií]cio|termo|futuro/i.test(cell('mercado'))
        ? { skip: 'options are not tracked' }
        : // less than a lot of 100 trades as ITSA4F
          { ...cells, symbol: cells.symbol.replace(/(?<=^[A-Z]{4}\d{1,2})F$/, '') },
  },
]
