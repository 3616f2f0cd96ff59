import type { ChangePreview } from '#server/billing/schema.ts';
import { formatDay } from './dates.ts';
import { formatMoney } from './money.ts';

/** The lines of an invoice that is not made yet. */
export function AmountTable({ preview }: { preview: ChangePreview }) {
  const { currency, dueNow, lines, nextAmount, nextAt } = preview;
  return (
    <table className="w-full text-ui">
      <tbody className="divide-y divide-border">
        {lines.map(({ description, amount }, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two lines may say the same, and their order stays
          <tr key={i} className="align-top">
            <td className="py-1.5 pr-4 text-foreground-muted">{description}</td>
            <td className="py-1.5 text-right tabular-nums">{formatMoney(amount, currency)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot className="border-border-strong border-t">
        <tr className="font-semibold">
          <td className="pt-2 pr-4">{dueNow < 0 ? 'Credited to your next invoices' : 'To pay now'}</td>
          <td className="pt-2 text-right tabular-nums">{formatMoney(Math.abs(dueNow), currency)}</td>
        </tr>
        <tr className="text-foreground-muted">
          <td className="py-1 pr-4">Then on {formatDay(nextAt, Date.now())}</td>
          <td className="py-1 text-right tabular-nums">{formatMoney(nextAmount, currency)}</td>
        </tr>
      </tfoot>
    </table>
  );
}
