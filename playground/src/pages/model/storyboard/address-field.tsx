import { type FormEvent, useId, useState } from 'react';
import { isAddress } from '../../../form/dropped-files.ts';
import { texts } from '../../../texts/en.ts';
import { Button } from '../../../ui/button.tsx';

const words = texts.model.frame;

/** A file by its address. A form of its own cannot be nested, so enter is handled here. */
export function AddressField({
  title,
  onUse,
}: {
  readonly title: string;
  readonly onUse: (address: string) => void;
}) {
  const [address, setAddress] = useState('');
  const id = useId();
  const use = (event: FormEvent) => {
    event.preventDefault();
    if (!isAddress(address)) return;
    onUse(address.trim());
    setAddress('');
  };
  return (
    <form onSubmit={use} className="flex w-full gap-1">
      <label htmlFor={id} className="sr-only">
        {words.addressLabel(title)}
      </label>
      <input
        id={id}
        type="url"
        placeholder="https://"
        className="field number py-1! text-xs"
        value={address}
        onChange={(event) => setAddress(event.target.value)}
      />
      {address !== '' && (
        <Button type="submit" disabled={!isAddress(address)} className="py-1!">
          {words.useAddress}
        </Button>
      )}
    </form>
  );
}
