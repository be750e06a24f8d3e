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
      [/^transferencia$|emprestimo|direito|cessao|atualizacao/, 'nothing'],
    ],
    amount: 'gross',
    days: 'dmy',
    currency: 'BRL',
    signed: false,
    odd: (cells, cell) => {
      const [symbol = ''] = cells.symbol.split(' - ')
      const isOut = /^d[eé]bito/i.test(cell('entrada/saida'))
      return { ...cells, symbol: symbol.trim(), shares: isOut ? `-${cells.shares}` : cells.shares }
    },
  },
]
