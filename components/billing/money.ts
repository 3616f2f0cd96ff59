/** An amount in the smallest unit of its currency, as people write it: “$29”, “$0.60”, “¥500”. */
export function formatMoney(amount: number, currency = 'usd'): string {
  const style = { style: 'currency', currency: currency.toUpperCase() } as const;
  const digits = new Intl.NumberFormat('en', style).resolvedOptions().maximumFractionDigits ?? 2;
  const text = new Intl.NumberFormat('en', { ...style, trailingZeroDisplay: 'stripIfInteger' });
  return text.format(amount / 10 ** digits);
}
