import type { ReactNode } from 'react';

export interface Figure {
  readonly name: string;
  readonly value: ReactNode;
}

/** A few numbers in a row, as large as they are important. */
export const Figures = ({ figures }: { readonly figures: readonly Figure[] }) => (
  <dl className="flex flex-wrap gap-x-12 gap-y-4">
    {figures.map(({ name, value }) => (
      <div key={name} className="flex flex-col-reverse">
        <dt className="slate">{name}</dt>
        <dd className="number text-xl">{value}</dd>
      </div>
    ))}
  </dl>
);
