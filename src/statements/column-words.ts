import type { Field } from './columns.ts'

/** Names of columns, the most telling first. Accents are left out, and of Japanese the marks of voiced sounds: コート is code. */
export const columnWords: Record<Field, string> = {
  date: `trade date|activity/trade date|date of trade|transaction date|execution date|run date|activity date|date executed|executed at|executed on|purchase date|buy date|date acquired|date|trade day|day|date/time|datetime|date time|timestamp|time|trade time|filled time|execution time|exec time|created at|when|transaction day|transaction time
    |handelsdatum|handelstag|ausfuhrungsdatum|ausfuhrung|transaktionsdatum|schlusstag|kaufdatum|datum|tag|datum/uhrzeit|zeit|zeitpunkt|geschaftstag|ausgefuhrt am|ausfuhrungszeit|abschluss|abschlusstag|abschlussdatum|buchungstag|buchungsdatum|buchung
    |date operation|date d'operation|date de transaction|date de l'operation|date transaction|date d'execution|jour
    |fecha operacion|fecha de operacion|fecha de la operacion|fecha|dia|fecha de transaccion|fecha ejecucion
    |transactiedatum|handelsdag|uitvoeringsdatum|boekdatum|boekingsdatum
    |data operazione|data dell'operazione|data|data esecuzione|giorno|data contabile
    |affarsdag|transaktionsdag|bokforingsdag|avslutsdag|data negocio|data da operacao|data transakcji|paivamaara|dato|handledato|kauppapaiva|kuupaev|tehingu kuupaev
    |open date|open time|booking date|posting date|process date|value date|valuta|valutadatum|valutadag|settlement date|settle date|date valeur|date de valeur|fecha valor|data valuta|date reglement|likviddag|rentedatum
    |filled at|filled on|trade timestamp|fill time|activity/trade|date paid|paid date|payment date|pay date|payable date|transaction timestamp|utc time|deal date|order date|orderdatum|handelszeit|completion date|data zlecenia|datum obchodu|datum transakce|kotes datuma|islem tarihi|tarih|data do negocio|data movimento|data negociacao|kirjauspaiva|maksupaiva|oppgjorsdag|bokforingsdato|handelsdato|bogforingsdag
    |約定日|国内約定日|取引日|約定日時|入出金日|日付|受渡日|czas transakcji|datum pokynu
    |ertekdatum|tranzakcio datuma
    |дата|дата сделки|дата операции|дата и время|время|成交日期|交易日期|日期|成交时间|交易时间|거래일자|거래일|일자|체결일
    |data tranzactiei|data tranzactionarii|data operatiunii|datum transakcije|datum posla|sandorio data|operacijos data|datums|darijuma datums|ημερομηνια|ημ/νια|дата операціі|дата угоди|tanggal|tanggal transaksi|ngay|ngay giao dich|תאריך|תאריך פעולה|תאריך ביצוע`,
  type: `action|transaction type|activity type|activity description|trans code|transaction|side|buy/sell|b/s|way|trade type|type of transaction|operation|operation type|activity|event|event type|kind|type|direction|order side|category|order type
    |transaktionstyp|transaktionsart|transaktion|transaktionart|vorgang|buchungsart|geschaftsart|auftragsart|orderart|kauf/verkauf|typ|art|umsatzart|richtung|buchungstyp
    |type d'operation|type operation|type de transaction|nature|achat/vente|sens|nature de l'operation
    |tipo de operacion|tipo operacion|tipo de transaccion|operacion|movimiento|compra/venta|tipo de movimiento|tipo|concepto
    |soort transactie|transactietype|type transactie|koop/verkoop|soort|transactie|transactiesoort
    |tipo operazione|tipo di operazione|operazione|tipo transazione|causale|segno|acquisto/vendita|movimento
    |typ av transaktion|kop/salj|handelse|haendelse|hendelse|affarstyp|tipo de negocio|typ transakcji|transaksjonstype|transaktionstype
    |what|transaction category|transaction details|transaction kind|movement|movement type|record type|entry type|trade action|order action|transaction sub type|sub type|subtype|buchungsinformation|buchungsinformationen|buchungstext|buchungs-text|umsatztyp|geschaft|transaktionskategorie|type mutatie|soort mutatie|mutatiesoort|tapahtumatyyppi|tapahtuma|handelstype|rodzaj transakcji|rodzaj operacji|typ operacji|typ transakce|typ obchodu|smer|islem turu|islem|tipo de operacao|tipo de transacao|tipo de evento|operacao|movimentacao|entrada/saida
    |売買区分|売買|取引区分|取引種別|取引|区分|k/s|pokyn|tehing|tehingu liik
    |auftrag|muvelet|ugylet|tranzakcio tipusa|irany|vetel/eladas
    |операция|тип|тип операции|вид операции|тип сделки|направление|сделка|买卖标志|买卖方向|操作|交易类型|业务名称|类型|구분|거래구분|거래종류|매매구분
    |tip tranzactie|tip operatiune|operatiune|vrsta|vrsta transakcije|vrsta posla|tip transakcije|operacija|operacijos tipas|tipas|darijums|darijuma veids|veids|κινηση|συναλλαγη|τυπος|ειδος|πραξη|операція|вид|tipe|jenis|jenis transaksi|loai|loai giao dich|סוג פעולה|סוג|פעולה`,
  symbol: `symbol|ticker|sym|tkr|portfolio/fund|fund/portfolio|ticker symbol|stock symbol|symbol/cusip|symbol(cusip)|instrument symbol|trading symbol|stock ticker|security symbol|stock code|instrument code|instrument|stock|security|asset|scrip|epic|tidm|code|share|equity|base currency|security id|instrument id|identifier|underlying symbol
    |kurzel|borsenkurzel|wertpapierkurzel|tickersymbol|symbole|symbool|effectcode|code valeur|mnemonique|simbolo|codigo|kortnamn|sigla|titolo|wertpapier|valeur|valor|vardepapper|effect|fonds|aandeel|accion|azione|aktie|titre|titulo|activo|especie|bezeichnung|papper
    |product code|scrip code|asset id|asset code|coin|crypto|currency pair|pair|trading pair|security code|market code/symbol|stock/etf|symbol/isin|isin/symbol|instrument ticker|paper|arvopaperi|kaupankayntitunnus|papier wartosciowy|walor|hisse|sembol|simbol|sumbol|ativo|codigo do ativo|codigo de negociacao
    |titel|銘柄コート|証券コート|コート|ティッカー|papir|titul
    |ertekpapir|reszveny
    |тикер|код|код инструмента|证券代码|股票代码|代码|종목코드|종목번호|티커
    |simbolis|vertybinis popierius|vertspapirs|simbols|συμβολο|μετοχη|тікер|kode saham|ma ck|ma chung khoan|סימול|נייר`,
  isin: `isin|isin code|isin-code|instrument isin|security isin|codigo isin|code isin|codice isin|identifier|isin/wkn|isin nummer|isin-nummer|isin number
    |security/isin|isin/symbol|isin-kode|isin kod`,
  cusip: `cusip|cusip number|cusip no|symbol/cusip`,
  name: `name|beschreibung|security name|scheme|scheme name|name of the fund|scrip name|stock|share|description|security description|investment name|investment|company|company name|product|product name|stock name|instrument name|asset name|title|fund|fund name|security|instrument|holding|details|asset
    |wertpapier|wertpapiername|wertpapierbezeichnung|bezeichnung|titel|produkt|name des wertpapiers|papier
    |libelle|valeur|titre|nom|designation|produit|nom du titre|nom de la valeur
    |nombre|valor|producto|titulo|activo|descripcion|nombre del valor|accion
    |omschrijving|fonds|naam|effect|fondsnaam|aandeel
    |titolo|nome|descrizione|prodotto|strumento|azione|denominazione
    |vardepapper|vardepapper/beskrivning|namn|beskrivning|aktie|vardepappersnamn|verdipapir|vaerdipapir
    |investments|source investment|instrument/asset|security/isin|paper|arvopaperi|nazwa|nazwa papieru|nazev|cenny papir|nome do ativo|hisse adi|bezeichnung 1|beschreibung 1
    |銘柄名|銘柄|ファント名|papir|titul|handling papir
    |ertekpapir|ertekpapir neve
    |название|наименование|инструмент|бумага|эмитент|证券名称|股票名称|名称|종목명|종목`,
  shares: `executed quantity|executed qty|filled qty|filled quantity|fill qty|fill quantity|qty filled|quantity filled|filled shares|shares filled|executed shares|shares|quantity|qty|units|transaction shares|no of shares|number of shares|no shares|number of units|no of units|share quantity|quantity transacted|filled|share count|unit count|amount of shares|size|filled size|executed size|shares traded|quantity traded|units/shares|units transacted|shares purchased|shares bought|shares acquired|shares sold|units purchased|units bought|base amount|volume|vol|size
    |ausgefuhrte stuck|ausgefuhrte stucke|ausgefuhrte stuckzahl|ausgefuhrte menge|ausgefuhrte anzahl|stuck ausgefuhrt|menge ausgefuhrt|anzahl|stuck|stucke|stk|stuckzahl|anteile|menge|nominal|nominale|stuck/nominal|stuck/nominale|nominal/stuck|nennwert/stuck|einheiten|anzahl aktien
    |quantite|nombre de titres|nb titres|titres|nombre|parts|nombre de parts|qte
    |cantidad|numero de titulos|titulos|participaciones|acciones|num titulos|n titulos|no titulos|no de participaciones|n de participaciones|numero de participaciones|no participaciones|unidades
    |aantal|stuks|aantal stuks|aantal aandelen
    |quantita|numero|numero azioni|azioni|pezzi|quote
    |antal|antal aktier|antal andelar|andelar|antall|quantidade|ilosc|mangd|stycken
    |number|shares/unit|filled amount|executed|no units|nominal (st|nominal (stk)|nominal (stk )|stuck/nom|nom/stuck|stk/nominal|stuck/anteile|anteile/stuck|asset quantity|asset amount|coin amount|trade quantity|total shares|shares/units|eff qty|mennyiseg|adet|miktar|maara|kpl|lukumaara|liczba|wolumen|pocet|pocet kusu|qtd|qtde|antal/nominellt|antall/palydende
    |数量|株数|約定数量|口数|約定株数|liczba walorow|kogus|liczba akcji|count|liczba sztuk|ilosc akcji
    |количество|кол-во|количество бумаг|成交数量|股数|发生数量|수량|거래수량|체결수량
    |cantitate|numar actiuni|kolicina|broj dionica|stevilo|stevilo delnic|kiekis|skaits|daudzums|ποσοτητα|τεμαχια|кількість|jumlah|lembar|khoi luong|so luong|כמות`,
  price: `price|unit price|share price|price per share|price/share|price per unit|execution price|executed price|fill price|avg price|average price|avg fill price|average fill price|trade price|purchase price|buy price|cost per share|cost per unit|cost/share|unit cost|price each|price paid|t price|rate per share|nav|price at transaction|spot price|deal price
    |kurs|preis|stuckpreis|ausfuhrungskurs|ausfuhrungspreis|kaufkurs|einstandskurs|einzelpreis|preis je stuck|preis pro stuck|kurs je stuck|kurs/preis|preis je anteil|kaufpreis|preis je aktie|preis pro aktie|stuckkurs
    |cours|prix|prix unitaire|cours d'execution|prix d'execution|prix par action|cours unitaire
    |precio|precio unitario|cotizacion|precio por accion|cambio|precio de ejecucion|precio medio
    |koers|prijs|prijs per stuk|uitvoeringskoers|prijs per aandeel|stukprijs
    |prezzo|prezzo unitario|prezzo medio|prezzo di esecuzione|prezzo per azione
    |pris|kurs/pris|pris per aktie|preco|preco unitario|cena|kurssi
    |px|quote price|asset price|coin price|filled price|avg filled price|filled@avg price|effective price|execution price per share|price per coin|price/unit|trade rate|rate|kurs in eur|trans -preis|transaktionspreis|ausf -kurs|koers per stuk|hinta|hind|cena jednostkowa|cena za sztuke|cena za kus|fiyat|preco medio|preco de execucao|prix d'exe
    |単価|約定単価|約定価格|価格|average cost basis|average cost|avg cost|cost basis per share|unit cost basis|cost basis/share
    |arfolyam|egysegar
    |цена|цена за единицу|курс|成交价格|成交价|成交均价|价格|单价|단가|거래단가|체결단가
    |pret|pret unitar|cijena|kaina|τιμη|ціна|harga|gia|gia khop|שער|מחיר`,
  fee: `commission|commissions|fee|fees|fees & comm|fees & commissions|commission & fees|commissions and fees|commission fees|commissions & fees|commission/fees|comm/fee|comm|brokerage|brokerage fee|brokerage fees|transaction fee|transaction fees|transaction cost|transaction costs|trading fee|trading fees|costs|charges|charge|total fees|total fee|broker fee|order fee|fees and/or spread|fee amount|stamp duty|ib commission|exchange fee|sec fee|reg fee|other fees|misc fees|platform fee|levy|ptm levy|trading levy|transaction levy|clearing fee|clearing fees|regulatory fee|regulatory fees|finra fee|taf fee
    |gebuhr|gebuhren|provision|kosten|entgelt|entgelte|spesen|ordergebuhr|orderkosten|ordergebuhren|transaktionskosten|handelsgebuhr|nebenkosten|fremdspesen|courtage|borsengebuhr|kommission|fremdkosten|summe kosten|gebuhren gesamt|gst
    |frais|couts|frais de courtage|commission de courtage|frais de transaction|droits|frais totaux
    |comision|comisiones|gastos|corretaje|comision y gastos|canon|gastos y comisiones
    |transactiekosten|provisie|kosten derden|brokerkosten|transactievergoeding
    |commissione|commissioni|spese|costi|costo|commissioni e spese
    |avgift|avgifter|total avgift|courtageavgift|kurtage|taxas|corretagem|taxa de liquidacao|emolumentos|iss|iva|prowizja|kulut|palkkio
    |brokerage + gst|brokerage & gst|commission paid|commission payee|frais de transaction et taxes|fees & taxes|transaction charges|fees and commissions|trade fee|makelaarsloon|makelaarskosten|transactiekosten en/of|totale kosten|kokonaiskulut|valityspalkkio|totale avgifter|kurtasje|gebyr|omkostninger|poplatek|poplatky|teenustasu|oplata|oplaty|komisyon|masraf|taxa|custos
    |手数料|手数料等|諸費用|手数料/諸経費等|gesamtkosten|gesamtgebuhren|kosten gesamt|samlede omkostninger
    |dij|jutalek|koltseg|poplatky celkem
    |комиссия|комиссия брокера|手续费|佣金|수수료|commissie|comissao|comissoes|comissao e taxas
    |naknada|provizija|mokestis|komisinis mokestis|komisija|προμηθεια|εξοδα|комісія|biaya|komisi|phi|phi giao dich|עמלה`,
  tax: `tax|taxes|tax amt|withholding tax|tax withheld|withheld tax|tax amount|foreign tax|nra tax|stamp tax|withholding
    |steuer|steuern|quellensteuer|kapitalertragsteuer|kapitalertragssteuer|kest|abgeltungsteuer|abgeltungssteuer|solidaritatszuschlag|soli|kirchensteuer|einbehaltene steuer|verrechnungssteuer|stempelsteuer|einbehaltene steuern
    |impot|impots|taxe|prelevements|retenue a la source|impot retenu|prelevement
    |retencion|impuesto|impuestos|retenciones|retencion origen|retencion destino
    |belasting|dividendbelasting|bronbelasting|bronheffing|beurstaks|roerende voorheffing|belastingen
    |ritenuta|ritenute|imposta|imposte|tasse|ritenuta fiscale|bollo|tasse e imposte
    |skatt|kallskatt|kupongskatt|utlandsk skatt|skatter|imposto|impostos|podatek
    |taxes & fees|tob|imposta di bollo|ennakkopidatys|lahdevero|kildeskat|kildeskatt|podatek u zrodla|srazkova dan|stopaj|irrf
    |税金|税額|税額合計|源泉徴収税額|所得税
    |ado
    |налог|ндфл|印花税|税费|세금|제세금`,
  amount: `net amount|net amt|amt|total amt|net cash amount|net proceeds|total amount|net value|total net|total|total cost|total (inclusive of fees and/or spread)|settlement amount|settlement value|cash amount|cash|amount|value|total value|net total|net cash|proceeds|cash flow|cashflow|transaction amount|trade value|trade amount|net|consideration|money|sum|paid|payment|quote amount|total price|cost
    |nettobetrag|endbetrag|ausmachender betrag|gesamtbetrag|zahlbetrag|betrag|summe|gegenwert|umsatz|wert|gesamt|gesamtpreis|betrag netto|buchungsbetrag|abrechnungsbetrag
    |montant net|montant|montant total|net a payer|somme|objem|objem obchodu
    |importe neto|neto|importe total|importe|efectivo neto|efectivo|monto|monto neto|liquido
    |nettobedrag|totaalbedrag|bedrag|totaal|mutatie|netto bedrag|totale bedrag|netto
    |importo netto|importo|controvalore|totale|ammontare|controvalore netto
    |nettobelopp|belopp|totalbelopp|summa|total belopp|likvid|valor liquido|valor neto|kwota|belop|belob|summa kr
    |total trade value|cash value|debit/credit|credit/debit|turnover|native amount|transaction value|traded value|net consideration|total consideration|total cash|booked amount|deal amount|fill amount|filled amount|settled amount|value traded|received/paid amount|fiat amount|cash flow amount|cash balance change|net transaction amount|total in account currency|trans -wert|transaktionswert|montant de l'operation|montant operation|importo euro|contravalore|kokonaissumma|yhteensa|kwota transakcji|castka|tutar|islem tutari|valor da operacao|valor total|valor|resulterende belop|bogfort belob
    |受渡金額|精算金額|約定金額|約定代金|金額|受取金額|入金額|wartosc|objem|cost basis total|cost basis|total cost basis|total dividend|total dividends|dividend amount|net dividend
    |osszeg|ertek
    |сумма|сумма сделки|итого|成交金额|发生金额|清算金额|거래금액|정산금액|i alt|ialt
    |valoare|valoare neta|valoare totala|suma|iznos|vrijednost|znesek|vrednost|ποσο|αξια|συνολο|сума|nilai|gia tri|thanh tien|סכום|שווי`,
  gross: `gross amount|gross amt|gross|gross value|gross proceeds|subtotal|principal|principal amount|trade gross|market value of trade
    |bruttobetrag|brutto|kurswert|handelsvolumen|bruttowert|betrag brutto|montant brut|brut|importe bruto|valor bruto|bruto|efectivo bruto|brutobedrag|bruto bedrag|importo lordo|lordo|controvalore lordo|bruttobelopp|bruttovarde
    |gross total|gross trade value|dividend gross amount|gross dividend|gross payment|waarde|bruto waarde|bruttosumma|bruttobelob|wartosc|objem|kurswert in eur
    |配当金額|配当・分配金合計（税引前）|配当金額（税引前）|税引前金額|税引前配当金額`,
  debit: `debit|debits|zahlungsausgang|auszahlungen|sortie|sorties|money out|paid out|withdrawals|soll|belastung|debet|debe|cargo|dare|addebito|af|uit|uttag|debito|outflow`,
  credit: `credit|credits|zahlungseingang|einzahlungen|entree|entrees|money in|paid in|deposits|haben|gutschrift|credito|haber|abono|avere|accredito|bij|in|insattning|inflow`,
  currency: `currency|currency of amount|amount currency|total currency|zahlungswahrung|ccy|curr|transaction currency|currency code|account currency|trade currency|settlement currency|cash currency|currency (total)|price currency|original currency|instrument currency|quote currency|cur|net currency
    |wahrung|buchungswahrung|handelswahrung|devise|monnaie|divisa|moneda|munt|muntsoort|valuta|valutasoort|moeda|waluta|transaktionsvaluta|kontowahrung|abrechnungswahrung
    |price/fee/total unit|fiat currency|settlement ccy|transaction ccy|native currency|account ccy|devise du compte|devise du prix|moneda de la cuenta|valuta mutatie|valuutta|mena|valuuta|doviz|para birimi|bewertungswahrung|whrg|wahr
    |通貨|決済通貨|受渡通貨|受取通貨
    |deviza|penznem
    |валюта|币种|货币|통화|통화코드|debit currency|credit currency
    |valiuta|νομισμα|mata uang|tien te|מטבע`,
  priceCurrency: `price currency|currency of price|currency (price/share)|instrument currency|trading currency|instrumentvaluta|kurswahrung|handelswahrung|local currency
    |asset currency|price ccy|security currency|share currency|valuta koers|devise du prix|trading ccy`,
  feeCurrency: `fee currency|fees currency|fee ccy|currency of fee|currency (fee)|commission currency|commission ccy|fee coin|fee asset|fee unit|gebuhrenwahrung|devise des frais|moneda comision`,
  note: `note|notes|beschreibung|label|libelle operation|comment|comments|memo|remark|remarks|notiz|notizen|bemerkung|bemerkungen|kommentar|anmerkung|commentaire|commentaires|remarque|remarques|nota|notas|comentario|comentarios|observaciones|opmerking|opmerkingen|notitie|commento|commenti|osservazioni|anteckning|anteckningar|notering|description|details
    |transaction description|additional information|narrative|particulars|verwendungszweck|mededelingen|tapahtumateksti|transaktionstext|transaksjonstekst|opis|popis|aciklama|descricao|komentarz|megjegyzes
    |備考|摘要
    |примечание|комментарии|备注|비고`,
  id: `transaction id|trade id|order id|order|order no|id|fitid|txid|reference|reference number|ref|ordernummer|order-id|orderid|transaktionsnummer|referenz|numero de orden|verifikationsnummer|auftragsnummer
    |deal reference|contract note|contract number|confirmation number|execution id|fill id|operation id|tx-id|tx id|hash|transaction hash|ta -nr|ta-nr|protocollo|riferimento ordine|auftrags-nr|numer zlecenia|cislo pokynu|nota|verifikat|vahvistusnumero|sluttseddelnummer|unique id|uuid|position id|tradeid`,
  status: `status|order status|state|pending/settled|zustand|estado|stato|statut|etat
    |transaction status|execution status|trade status|request status|update type|auftragsstatus|orderstatus|auftrag status|tila|situacao`,
  balance: `balance|cash balance|running balance|account balance|available balance|saldo|kontostand|solde|saldo efectivo|saldo contable
    |cash balance amount|balance after|kontosaldo|nouveau solde|saldo final`,
  rate: `exchange rate|fx rate|fxrate|conversion rate|wechselkurs|devisenkurs|umrechnungskurs|taux de change|tipo de cambio|wisselkoers|tasso di cambio|cambio|cambio applicato|valutakurs|vaxlingskurs|omregningskurs|taxa de cambio`,
  asset: `asset type|asset class|asset category|instrument type|security type|sec type|product type|investment type|type of security|symbol type|instrument kind|type of asset|asset kind|anlageklasse|instrumentenkategorie|wertpapierart|wertpapiertyp|assetklasse|classe d'actif|type d'actif|type de titre|tipo de activo|tipo di strumento|soort effect|vardepapperstyp|rahoitusvaline`,
  strike: `strike|strike price|exercise price|basispreis|prix d'exercice|precio de ejercicio`,
  exchange: `exchange|market|markets|market code|exchange code|exchange name|listing exchange|primary exchange|venue|trading venue|stock exchange|exchange description|mic|borse|borsenplatz|handelsplatz|marktplatz|place|place de cotation|marche|mercado|bolsa|mercato|borsa|beurs|markt|marknad|marknadsplats|bors|porssi
    |市場名称|市場|取引所|gielda`,
}
