/** An amount in USD as text: the exact one that the server said, with at least cents. */
export function formatMoney(amount: string): string {
  const isNegative = amount.startsWith('-');
  const [whole = '0', fraction = ''] = amount.replace('-', '').split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  return `${isNegative ? '-' : ''}$${grouped}.${fraction.padEnd(2, '0')}`;
}

export const Money = ({ amount }: { readonly amount: string }) => (
  <span className="number">{formatMoney(amount)}</span>
);
